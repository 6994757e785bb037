"""What an attacker sends: by hand (well made, badly made, forged) and from the room's own OpenAPI with schemathesis."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from requests import Request

from tollbook.web.api.describing import description
from tollbook.web.person import Person, table

HOST, WORD = "127.0.0.1", "a long and easy sentence"
Ids = dict[str, list[str]]  # kind -> ids of it that the register holds


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: by a session, a key, or as nobody."""

    name: str
    person: Person | None
    cookie: str = ""
    token: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `forged` says that no page of the room can have sent it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    actor: Actor
    forged: bool


def headed(
    actor: Actor, dice: random.Random, method: str, *, honest: bool = False
) -> tuple[dict[str, str], bool]:
    """Return the headers of a request of somebody, honest or perhaps forged, and whether it is forged."""
    headers: dict[str, str] = {}
    if actor.key:
        headers["authorization"] = f"Bearer {actor.key}"
        return headers, False
    if actor.cookie:
        headers["cookie"] = f"tollbook={actor.cookie}; tollbook_token={'B' * 43}"
    if method in ("GET", "HEAD"):
        return headers, False
    trick = 7 if honest else dice.randrange(8)
    if trick != 0:
        headers["x-tollbook-token"] = actor.token if trick != 1 else "B" * 43
    if trick == 2:
        headers["origin"] = dice.choice(("https://evil.example", "null", f"http://{HOST}.evil.example"))
    if trick == 3:
        headers["sec-fetch-site"] = dice.choice(("cross-site", "same-site"))
    return headers, trick < 4 or not actor.token


_ODD = (
    "", "x", "0", "-1", "99999999999999999999", "é", "\u202e", "\x00", "%00", "../../etc/passwd", "' OR 1=1 --", "<script>",
    "a" * 5000, "١٢", "2025-02-30", "2025-03-07/2025-03-01", "9999-12-31", "0000-00-00", "null", "1e9",
    "\t" * 8, "😀", "/", "//evil",
)  # fmt: skip
_FORMS = ("action", "target", "field", "old", "new", "why", "back", "seen", "sure", "text", "title", "published", "url", "report",
          "quote", "figure", "low", "best", "high", "harm", "status", "relation", "origin", "start", "wish", "id", "name", "role",
          "password", "present", "again", "label", "scope", "days", "code", "secret",
          "count.best", "old:count.best", "language", "by.name", "by.basis")  # fmt: skip
_ACTIONS = ("confirm", "reject", "correct", "note", "relate", "revoke", "add", "merge", "split", "assign", "unify", "separate",
            "grade", "sign_off", "read", "manage", "")  # fmt: skip
_FIELDS = ("count.low", "count.best", "count.high", "harm", "victims.status", "scope", "modality", "days", "place", "origin",
           "part_of", "supersedes", "by", "toll.killed.all", "id")  # fmt: skip
_NEW = ("12", "7", "", "killed", "civilian", "incident", "asserted", "2025-03-03", "2025-03-03/2025-03-04", "Reuters", "fair",
        "Kano\tlocality\tNG\t\t12.0\t8.5\t1\t1", "Kano\tlocality\tNG\t\tnan\tinf\t1\t1", "one:2")  # fmt: skip


# what a decision of each kind is about, and what it may say: what is made of this often holds
_FITTING: dict[str, tuple[str, tuple[tuple[str | None, tuple[str, ...]], ...]]] = {
    "confirm": ("claim", ((None, ()),)),
    "reject": ("claim", ((None, ()),)),
    "correct": ("claim", (
        ("count.low", ("1", "7", "")), ("count.best", ("12", "8", "")), ("count.high", ("20", "9", "")),
        ("harm", ("killed", "injured", "missing")), ("victims.status", ("civilian", "armed_group", "unknown")),
        ("scope", ("incident", "cumulative")), ("modality", ("asserted", "denied")),
        ("days", ("2025-03-03", "2025-03-03/2025-03-04")), ("origin", ("Reuters", "the mayor")), ("part_of", ("",)),
        ("by", ("the army\tstated", "the army\talleged\nrebels\tdenied", "")),
        ("place", ("Kano\tlocality\tNG\t\t12.0\t8.5\t1\t1",)),
    )),
    "note": ("incident", ((None, ("seen", "ask the mayor again", "ملاحظة")),)),
    "grade": ("incident", ((None, ("fair", "weak", "confirmed", "contested")),)),
    "sign_off": ("incident", ((None, ()),)),
    "unify": ("origin", ((None, ()),)),
    "separate": ("claim", ((None, ("the mayor", "Reuters")),)),
    "revoke": ("review", ((None, ()),)),
    "merge": ("incident", ((None, ()),)),
}  # fmt: skip


def fitting(dice: random.Random, ids: Ids) -> dict[str, Any]:
    """Return a decision that a person could have asked for."""
    action = dice.choice(tuple(_FITTING))
    kind, choices = _FITTING[action]
    field, words = dice.choice(choices)
    held = ids.get(kind) or ["none"]
    count = min(len(held), 2) if action in ("merge", "unify") else 1
    made: dict[str, Any] = {"action": action, "targets": dice.sample(held, count)}
    return made | ({"field": field} if field else {}) | ({"new": dice.choice(words)} if words else {})


def decision(dice: random.Random, ids: Ids) -> dict[str, Any]:
    """Return a decision of parts that hardly ever fit together."""
    every = [id for held in ids.values() for id in held]

    def one() -> str:
        return dice.choice(every) if dice.random() < 0.9 else dice.choice(_ODD)

    made: dict[str, Any] = {
        "action": dice.choice(_ACTIONS),
        "targets": [one() for _ in range(dice.choice((1, 1, 2, 3)))],
    }
    if dice.random() < 0.6:
        made["field"] = dice.choice(_FIELDS)
    if dice.random() < 0.4:
        made["old"] = one()
    if dice.random() < 0.8:
        made["new"] = dice.choice((dice.choice(_NEW), one()))
    return made


def decided(dice: random.Random, actors: list[Actor], ids: Ids) -> Ask:
    """Make a request that decides something as pages and programs do; whether it may, the role tells."""
    actor, made = dice.choice(actors), fitting(dice, ids)
    headers, forged = headed(actor, dice, "POST", honest=dice.random() < 0.8)
    about = made["targets"][0]
    if dice.random() < 0.5:
        expected = {about: dice.choice((0, 1, 2, 3))} if dice.random() < 0.3 else {}
        sent = {"decisions": [made], "reason": "looked at anew", "expected": expected}
        path = dice.choice(("/api/decisions", "/api/decisions", "/api/preview"))
        headers["content-type"] = "application/json"
        return Ask("POST", path, headers, json.dumps(sent).encode(), actor, forged)
    fields = [
        ("action", made["action"]),
        *(("target", t) for t in made["targets"]),
        ("why", "looked at anew"),
        ("sure", "1"),
    ]
    new = made.get("new", "")
    fields += [(made["field"], new), (f"old:{made['field']}", "x")] if made.get("field") else [("new", new)]
    if dice.random() < 0.2:
        fields.append(("seen", f"{about}={dice.choice((0, 1, 2, 3))}"))
    headers["content-type"] = "application/x-www-form-urlencoded"
    return Ask("POST", "/decide", headers, urlencode(fields).encode(), actor, forged)


def by_hand(dice: random.Random, actors: list[Actor], ids: Ids) -> Ask:
    """Make a request by hand: a page's or a program's, somebody's, well or badly made."""
    actor, every = dice.choice(actors), [id for held in ids.values() for id in held]
    # names that end sessions or start work of their own are asked less: most of what they do is in the tests
    names = [
        n for n in table().routes if n not in ("POST /logout", "POST /account/sessions", "POST /add/files")
    ]
    name = (
        dice.choice(names)
        if dice.random() < 0.9
        else dice.choice(["POST /decide", "POST /api/decisions", "POST /api/preview"])
    )
    method, path = name.split()
    if dice.random() < 0.03:
        method = dice.choice(("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"))

    def value() -> str:
        return dice.choice(every) if dice.random() < 0.6 else dice.choice((*_ODD, *_NEW))

    path = re.sub(r"\{[\w:]+\}", lambda _: quote(value(), safe=""), path)
    headers, forged = headed(actor, dice, method)
    query = ""
    if method in ("GET", "HEAD") or dice.random() < 0.02:
        keys = ("place", "start", "end", "harm", "party", "grade", "review", "conflicts", "order", "limit", "offset", "q", "by",
                "as_of", "subject", "before", "name", "about", "at", "check", "furniture", "back", "token", "action")  # fmt: skip
        query = urlencode([(dice.choice(keys), value()) for _ in range(dice.choice((0, 0, 1, 1, 2, 3)))])
    body = b""
    if method not in ("GET", "HEAD"):
        body, kind = _body(dice, path, ids, value)
        headers["content-type"] = kind
    return Ask(method, path + (f"?{query}" if query else ""), headers, body, actor, forged)


def _body(dice: random.Random, path: str, ids: Ids, value: Any) -> tuple[bytes, str]:
    odd = dice.random()
    if odd < 0.03:
        return dice.randbytes(dice.choice((1, 100, 3000))), dice.choice(
            ("application/json", "multipart/form-data; boundary=x", "text/plain")
        )
    if odd < 0.05:
        return b"[" * 100_000, "application/json"
    if path.startswith("/api/"):
        sent: Any = {
            "decisions": [decision(dice, ids) for _ in range(dice.choice((1, 1, 2)))],
            "reason": dice.choice(("so", "", value())),
        }
        if path == "/api/reports":
            sent = {
                "text": dice.choice(("Four people were killed in Lagos on Sunday.", value() or "x")),
                "published": dice.choice(("2025-03-04", value())),
            }
        elif path == "/api/claims":
            sent = {"report": value(), "quote": dice.choice(("at least 12 people", "two soldiers", value())),
                    "figure": dice.choice(("12", "two", value())),
                    "harm": "killed", "reason": "missed", "best": dice.choice((12, 2, -1, 10**12, None))}  # fmt: skip
        if dice.random() < 0.1:
            sent[dice.choice(_FORMS)] = value()
        return json.dumps(sent).encode(), "application/json"
    fields = [(dice.choice(_FORMS), value()) for _ in range(dice.choice((0, 1, 3, 6)))]
    if path == "/decide":
        made = decision(dice, ids)
        fields = [("action", made["action"]), *(("target", t) for t in made["targets"]), ("why", "so"),
                  ("new", made.get("new", "")),
                  ("old", made.get("old", "")), ("sure", dice.choice(("", "1"))), *fields[:2]]  # fmt: skip
        if made.get("field"):
            fields += [(made["field"], made.get("new", "")), (f"old:{made['field']}", "11")]
    if path == "/add/addresses":
        fields = [("urls", "ftp://x")]  # nothing is fetched
    if path.startswith(("/account", "/users")) and dice.random() < 0.02:
        fields.append(("present", "wrong"))
    return urlencode(fields, errors="replace").encode(), "application/x-www-form-urlencoded"


def by_schema(number: int, seed: int) -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    """Make requests from the OpenAPI, well and badly formed, with schemathesis: method, target, headers, body."""
    import schemathesis  # noqa: PLC0415  # takes a second
    from schemathesis import GenerationMode  # noqa: PLC0415  # as above

    found = [one.ok() for one in schemathesis.openapi.from_dict(description()).get_all_operations()]
    each = max(1, number // (2 * len(found)))
    for operation in found:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases: list[Any] = []
            quiet = settings(
                max_examples=each,
                phases=[Phase.generate],
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _drawn(quiet, seed, strategy, cases)
            except Unsatisfiable:
                continue  # what takes nothing cannot be asked wrongly
            for case in cases:
                made = Request(**case.as_transport_kwargs(base_url=f"http://{HOST}")).prepare()
                body = made.body or b""
                headers = {
                    k.lower(): str(v)
                    for k, v in made.headers.items()
                    if k.lower() not in ("content-length", "host")
                }
                yield (
                    made.method or "GET",
                    made.path_url,
                    headers,
                    body.encode() if isinstance(body, str) else body,
                )


def _drawn(quiet: settings, seed: int, strategy: Any, cases: list[Any]) -> None:
    @seeded(seed)
    @quiet
    @given(case=strategy)
    def draw(case: Any) -> None:
        cases.append(case)

    draw()
