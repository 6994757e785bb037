"""Who may do what: the door, roles, keys, and that nothing changes for those who may not."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pyotp
import pytest
from sqlalchemy import text
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tollbook.desk import admitting
from tollbook.desk.admitting import ROLES, Admitted, Refused
from tollbook.desk.asking import incident, incidents, log, newest_entry, origins
from tollbook.desk.deciding import decide, merge, open_claims, undo
from tollbook.desk.rooming import Register, open_register, paste
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.web.app import create_app
from tollbook.web.person import Person, table
from tollbook.web.settings import Settings

WORD = "a long and easy sentence"
NAMED = (
    "Amina Yusuf, 34, a teacher, and her son Bilal, 7, were among at least 12 people killed in Kano on Monday, police said. "
    "The brother of Amina Yusuf was injured. Qadri Street was looted by gunmen. The army denied that it killed Amina Yusuf."
)
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
HEAD = {"publisher": "Daily One", "published": "2025-03-05", "language": "en"}


class Team:
    """A room with one account for each role, named as its role."""

    def __init__(self, register: str) -> None:
        self.name = register
        with open_register(register) as opened:
            for role in ROLES:
                admitting.add_account(opened, role, role, WORD, by="root")
            paste(
                opened,
                NAMED,
                {**HEAD, "title": "Amina Yusuf mourned", "url": "https://one.example/amina-yusuf"},
                by="root",
            )
            paste(opened, GOMA, {**HEAD, "title": "Goma"}, by="root")
        self.app = create_app(Settings(register, team=True))

    @property
    def register(self) -> Register:
        found = self.app.state.register
        assert isinstance(found, Register)
        return found

    def nobody(self) -> TestClient:
        return TestClient(self.app, base_url="http://127.0.0.1", follow_redirects=False)

    def signed_in(self, name: str, word: str = WORD) -> TestClient:
        client = self.nobody()
        token = token_of(client.get("/login").text)
        answer = client.post("/login", data={"token": token, "name": name, "password": word})
        assert answer.status_code == 303, answer.text
        client.headers["x-tollbook-token"] = token_of(client.get("/account").text)
        return client

    def head(self) -> int:
        return newest_entry(self.register)


def token_of(page: str) -> str:
    found = re.search(r'data-token="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def team(register: str) -> Iterator[Team]:
    made = Team(register)
    yield made
    made.register.close()


@pytest.fixture(scope="session")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A room that tests only look at, or undo what they do."""
    made = Team(str(tmp_path_factory.mktemp("team") / "a.register"))
    yield made
    made.register.close()


def routes(team: Team) -> list[Route]:
    return [r for r in team.app.routes if not isinstance(r, Mount) and isinstance(r, Route)]


def test_every_route_has_its_line_in_the_table_and_every_line_its_route(light: Team) -> None:
    there = {f"{m} {r.path}" for r in routes(light) for m in (r.methods or ()) if m != "HEAD"}
    mounts = {f"GET {r.path}" for r in light.app.routes if isinstance(r, Mount)}
    assert there | mounts == set(table().routes) | table().open
    assert set(table().routes.values()) <= set(table().actions)
    assert set(table().actions.values()) <= set(table().roles)
    assert table().roles == ROLES
    assert all(actions <= set(table().actions) for actions in table().scopes.values())


@pytest.mark.parametrize("who", ["", *ROLES])
def test_no_route_opens_to_a_lesser_role(light: Team, who: str) -> None:
    client = light.signed_in(who) if who else light.nobody()
    before, denied = light.head(), 0
    for route in routes(light):
        (method,) = (route.methods or set()) - {"HEAD"}
        name = f"{method} {route.path}"
        if name in table().open or (who and Person(who, who).may(table().routes[name])):
            continue
        denied += 1
        path = re.sub(r"\{[\w:]+\}", "x", route.path)
        answer = client.request(method, path)
        if who:
            assert answer.status_code == 403, name
        else:
            assert answer.status_code == (303 if method == "GET" and "/api/" not in path else 401), name
    assert denied > 0 or who == "admin"
    assert light.head() == before


def test_a_viewer_sees_no_word_of_a_report_wherever_it_looks(light: Team) -> None:
    viewer, reviewer = light.signed_in("viewer"), light.signed_in("reviewer")
    ids = [line.id for line in incidents(light.register).lines]
    paths = [p.removeprefix("GET ") for p in table().routes if p.startswith("GET ")]
    addresses = [
        p.replace("{id}", id) for p in paths for id in ids if not re.search(r"{key}|{job}|{voice", p)
    ]
    addresses += [f"/origins/{quote(line.id, safe='')}" for line in origins(light.register)]
    seen = 0
    for address in dict.fromkeys(addresses):
        params = {"name": "Kano"} if address == "/api/places" else {}
        answer = viewer.get(address, params=params)
        if answer.status_code == 403:
            continue
        assert answer.status_code == 200, address
        seen += 1
        for word in ("Amina", "amina", "Bilal", " 34, a", "Qadri", "mourned", "teacher"):
            assert word not in answer.text, (address, word)
    assert seen >= 12
    assert any("Amina" in reviewer.get(f"/incidents/{id}").text for id in ids)
    assert any("Amina" in reviewer.get(f"/api/incidents/{id}").text for id in ids)


def test_wrong_words_wait_longer_each_time_and_a_restart_forgives_nothing(team: Team) -> None:
    for _ in range(4):
        assert admitting.sign_in(team.register, "editor", "wrong", "", "9.9.9.9") == Refused("wrong")
    first = admitting.sign_in(team.register, "editor", "wrong", "", "9.9.9.9")
    assert first == Refused("wait", 2)
    with open_register(team.name) as again:
        waits = admitting.sign_in(again, "editor", WORD, "", "9.9.9.9")
        assert isinstance(waits, Refused)
        assert waits.why == "wait"
        assert isinstance(admitting.sign_in(again, "editor", WORD, "", "1.1.1.1"), Admitted)
    with team.register.writing() as connection:
        connection.execute(text("UPDATE attempt SET until = '2000-01-01'"))
    assert admitting.sign_in(team.register, "editor", "wrong", "", "9.9.9.9") == Refused("wait", 4)
    client = team.nobody()
    answer = client.post(
        "/login", data={"token": token_of(client.get("/login").text), "name": "x", "password": "y"}
    )
    assert answer.status_code == 401
    assert "wrong" in answer.text


def test_a_wrong_name_and_a_wrong_password_are_one_answer(light: Team) -> None:
    for name in ("viewer", "nobody-here"):
        assert admitting.sign_in(light.register, name, "wrong", "", f"8.8.8.{len(name)}") == Refused("wrong")


def test_one_time_codes_are_asked_for_and_taken_once(team: Team) -> None:
    secret, address = admitting.new_secret("editor")
    assert address.startswith("otpauth://totp/Tollbook:editor")
    admitting.set_codes(team.register, "editor", secret, by="root")
    assert admitting.sign_in(team.register, "editor", WORD, "", "h") == Refused("code")
    assert admitting.sign_in(team.register, "editor", WORD, "000000x", "h") == Refused("wrong")
    code = pyotp.TOTP(secret).now()
    assert isinstance(admitting.sign_in(team.register, "editor", WORD, code, "h"), Admitted)
    assert admitting.sign_in(team.register, "editor", WORD, code, "h") == Refused("wrong")
    with pytest.raises(UsageError, match="not the code"):
        admitting.set_codes(team.register, "editor", secret, by="editor", code="1")


def test_sessions_end_by_time_by_hand_by_password_and_with_the_account(team: Team) -> None:
    one, two, boss = team.signed_in("editor"), team.signed_in("editor"), team.signed_in("admin")
    with team.register.writing() as connection:
        connection.execute(text("UPDATE session SET expires = '2020-01-01' WHERE account = 1"))
    viewer = team.signed_in("viewer")
    assert viewer.get("/").status_code == 200
    change = {"present": WORD, "password": "another long sentence", "again": "another long sentence"}
    assert one.post("/account/password", data=change).status_code == 303
    assert (one.get("/").status_code, two.get("/").status_code) == (200, 303)
    assert one.post("/account/password", data=change).status_code == 422  # the present one is another now
    sure = {"present": WORD, "name": "editor"}
    assert boss.post("/users", data={**sure, "wish": "role", "role": "viewer"}).status_code == 303
    assert one.get("/queue").status_code == 403
    assert boss.post("/users", data={**sure, "wish": "remove"}).status_code == 303
    assert one.get("/").status_code == 303
    assert boss.post("/users", data={"present": WORD, "name": "admin", "wish": "remove"}).status_code == 422
    assert viewer.post("/logout").status_code == 303
    assert viewer.get("/").status_code == 303
    entries = [line for line in log(team.register, limit=50) if line.action == "account"]
    assert len(entries) == 4 + 3 + 1  # made; password, role, removed; signed out
    assert all(WORD not in e.detail and "argon2" not in e.detail for e in entries)
    assert verify(team.register).faults == ()


def _decided(client: Any, action: str, target: str, headers: dict[str, str]) -> int:
    asked = {"decisions": [{"action": action, "targets": [target]}]}
    return int(client.post("/api/decisions", json=asked, headers=headers).status_code)


def test_a_key_may_what_it_says_and_never_more_than_its_owner(team: Team) -> None:
    client = team.signed_in("reviewer")
    answer = client.post(
        "/account/keys", data={"present": WORD, "label": "notebook", "scope": "read", "days": "3"}
    )
    read = re.search(r"tb_[\w-]{43}", answer.text)
    assert read
    answer = client.post(
        "/account/keys", data={"present": WORD, "label": "x", "scope": ["decide", "receive"], "days": "3"}
    )
    more = re.search(r"tb_[\w-]{43}", answer.text)
    assert more
    program = team.nobody()
    by_read, by_more = ({"authorization": f"Bearer {k[0]}"} for k in (read, more))
    assert program.get("/api/incidents", headers=by_read).status_code == 200
    assert program.get("/api/reports", headers=by_read).status_code == 403
    assert program.get("/api/reports", headers=by_more).status_code == 200
    report = {"text": "Three people were killed in Kano on Monday, police said."}
    assert program.post("/api/reports", json=report, headers=by_read).status_code == 403
    assert program.post("/api/reports", json=report, headers=by_more).status_code == 403  # no editor
    for path in ("/account", "/users"):
        assert program.get(path, headers=by_more).status_code == 403
    held = incidents(team.register).lines[0].id
    assert _decided(program, "confirm", held, by_more) == 422  # no claim: confirming it would do nothing
    assert _decided(program, "confirm", incident(team.register, held).incident.testimonies[0], by_more) == 201
    admitting.end_sessions(team.register, "reviewer", by="root")
    assert program.get("/api/incidents", headers=by_read).status_code == 401
    assert program.get("/api/incidents", headers={"authorization": "Bearer tb_wrong"}).status_code == 401


def test_who_could_not_merge_cannot_take_a_merging_back(team: Team) -> None:
    first, second = (line.id for line in incidents(team.register).lines)
    kept = merge(team.register, [first, second], by="editor", reason="one raid")
    before = team.head()
    client = team.signed_in("reviewer")
    form = {"action": "revoke", "target": kept.id, "why": "no", "back": "/"}
    assert client.post("/decide", data=form).status_code == 403
    body = {"decisions": [{"action": "revoke", "targets": [kept.id]}], "reason": "no"}
    assert client.post("/api/decisions", json=body).status_code == 403
    assert client.post("/decide", data={**form, "action": "merge", "target": first}).status_code == 403
    assert team.head() == before
    assert team.signed_in("editor").post("/decide", data=form).status_code == 303
    assert len(incidents(team.register).lines) == 2


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("/decide", {"data": {"action": "confirm", "target": "T", "back": "/"}}),
    ("/add", {"data": {"text": "Nine people were killed in Kano on Monday, police said."}}),
    ("/api/reports", {"json": {"text": "Nine people were killed in Kano on Monday, police said."}}),
    ("/api/decisions", {"json": {"decisions": [{"action": "confirm", "targets": ["T"]}]}}),
    ("/account/password", {"data": {"present": WORD, "password": WORD + "!", "again": WORD + "!"}}),
    ("/users", {"data": {"present": WORD, "name": "eve", "role": "admin", "password": WORD, "wish": "add"}}),
    ("/account/keys", {"data": {"present": WORD, "label": "x", "scope": "decide", "days": "3"}}),
]


@pytest.mark.parametrize(("path", "sent"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_that_no_page_of_the_room_sent_changes_nothing(
    light: Team, path: str, sent: dict[str, Any]
) -> None:
    client = light.signed_in("admin")
    token = client.headers.pop("x-tollbook-token")
    before = light.head()
    attacks = [
        {},  # a form on another site: the browser sends the cookie, but knows no token
        {"x-tollbook-token": "A" * 43},
        {"x-tollbook-token": token, "origin": "https://evil.example"},
        {"x-tollbook-token": token, "origin": "null"},
        {"x-tollbook-token": token, "sec-fetch-site": "cross-site"},
        {"x-tollbook-token": token, "sec-fetch-site": "same-site"},
        {"authorization": "Bearer tb_x", "x-tollbook-token": token},
        {"x-tollbook-token": token, "host": "evil.example"},
    ]
    for headers in attacks:
        answer = client.post(path, headers=headers, **sent)
        assert answer.status_code in (401, 403, 421), headers
        assert light.head() == before
    client.cookies.set(
        "tollbook_token", "A" * 43
    )  # a cookie that a neighbour planted is not the session's token
    assert client.post(path, headers={"x-tollbook-token": "A" * 43}, **sent).status_code == 403
    plain = {"content-type": "text/plain", "x-tollbook-token": token}
    if path.startswith("/api/"):
        assert client.post(path, content=b"{}", headers=plain).status_code == 415
    assert light.head() == before


def test_answers_are_sealed_and_cookies_kept_from_scripts(light: Team) -> None:
    client = light.nobody()
    page = client.get("/login")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    answer = client.post(
        "/login",
        data={"token": token_of(page.text), "name": "viewer", "password": WORD, "back": "//evil.example"},
    )
    assert answer.headers["location"] == "/"
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("tollbook=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    secure = create_app(Settings(light.name, team=True, secure=True))
    with TestClient(secure, base_url="https://127.0.0.1", follow_redirects=False) as safe:
        token = token_of(safe.get("/login").text)
        answer = safe.post("/login", data={"token": token, "name": "viewer", "password": WORD})
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-tollbook=")]
    assert "Secure" in cookie
    secure.state.register.close()


def test_accounts_are_kept_by_names_that_can_be_told_apart(team: Team) -> None:
    for name, word in (("VIEWER", WORD), ("", WORD), ("a\nb", WORD), ("new", "short")):
        with pytest.raises(UsageError):
            admitting.add_account(team.register, name, "viewer", word, by="root")
    with pytest.raises(UsageError, match="only admin"):
        admitting.set_role(team.register, "admin", "viewer", by="root")
    admitting.remove_account(team.register, "viewer", by="root")
    admitting.add_account(team.register, "viewer", "editor", WORD, by="root")
    assert [a.removed is None for a in admitting.people(team.register) if a.name == "viewer"] == [False, True]


def test_a_decision_carries_the_name_of_who_is_signed_in(team: Team) -> None:
    line = incidents(team.register).lines[0]
    client = team.signed_in("editor")
    form = {"action": "note", "target": line.id, "new": "seen", "by": "somebody else", "back": "/"}
    assert client.post("/decide", data=form).status_code == 303
    assert log(team.register, limit=1)[0].by == "editor"
    with pytest.raises(UsageError):
        decide(team.register, "confirm", ["nothing"], by="editor")


def test_a_claim_whose_confirmation_was_taken_back_waits_again(team: Team) -> None:
    line = max(incidents(team.register).lines, key=lambda one: len(open_claims(team.register, one.id)))
    before = [o.id for o in open_claims(team.register, line.id)]
    kept = decide(team.register, "confirm", before[:1], by="editor")
    decide(team.register, "note", before[1:2], by="editor", new="seen")
    assert [o.id for o in open_claims(team.register, line.id)] == before[1:]
    undo(team.register, kept.id, by="editor", reason="not sure")
    again = {o.id: o.version for o in open_claims(team.register, line.id)}
    assert list(again) == before
    decide(team.register, "confirm", before[:1], by="editor", expected={before[0]: again[before[0]]})
