"""Attack the review room: python benchmarks/attack.py [--requests 100000] [--share 0.2] [--seed 1] [--minutes M] [--page FILE]

A room with an account for every role, some keys and reports that name people is asked as strangers, colleagues and stolen
sessions would: a share of the requests is made by schemathesis from the room's own OpenAPI, the rest by hand for pages and API:
foreign origins, forged and missing tokens, other people's addresses, broken bodies, ids of everything there is. After every
request it is asked: no 5xx; nothing answered or changed beyond the role; nothing changed without an entry in the log; no victim's
name for those who may not read words. Ends with status 1 where one of these failed, saying by which request.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from requests import Request
from sqlalchemy import text
from starlette.routing import compile_path

from tollbook.desk import admitting
from tollbook.desk.asking import incidents
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.verifying import verify
from tollbook.web.api.describing import description
from tollbook.web.app import create_app
from tollbook.web.person import Person, key_may, table
from tollbook.web.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "security.md"
BEGIN, END = "<!-- made by benchmarks/attack.py -->", "<!-- end of what the attack makes -->"
WORD, HOST = "a long and easy sentence", "127.0.0.1"
SECRET = ("Amina", "Bilal")
TEXTS = (
    "Amina Yusuf, 34, and her son Bilal were among at least 12 people killed in Kano on Monday, police said. Bilal Yusuf died.",
    "Rebels killed two soldiers in Goma on Tuesday, the army said. Three others were injured.",
    "At least 9 people were killed in Kano on Monday, the ministry said, among them Amina Yusuf.",
)
# what a register holds, by which a change shows; sessions and waits move of themselves and are no data
_HELD = (
    "report",
    "body",
    "original",
    "custody",
    "claim",
    "incident",
    "toll",
    "review",
    "target",
    "member",
    "origin",
)


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


@dataclass(slots=True)
class Seen:
    """What came of it all."""

    statuses: Counter[int] = field(default_factory=Counter)
    changes: int = 0
    faults: list[str] = field(default_factory=list)


class Room:
    """A room under attack, in this process."""

    def __init__(self, register: str) -> None:
        with open_register(register) as opened:
            for role in admitting.ROLES:
                admitting.add_account(opened, role, role, WORD, by="root")
            for n, words in enumerate(TEXTS):
                paste(
                    opened,
                    words,
                    {"publisher": f"Daily {n}", "published": "2025-03-05", "language": "en"},
                    by="root",
                )
        self.app = create_app(Settings(register, team=True, max_upload=200_000))
        self.register = self.app.state.register
        self.patterns = [
            (name, name.split()[0], compile_path(name.split()[1])[0])
            for name in (*table().routes, *table().open)
            if name != "GET /static"
        ]
        self.actors = [Actor("nobody", None), Actor("stranger", None, key="tb_" + "x" * 43)]
        self.actors += [self._signed_in(role) for role in admitting.ROLES]
        self.actors += [
            self._key(role, scopes)
            for role in admitting.ROLES
            for scopes in (["read"], ["decide", "receive"])
        ]

    def _signed_in(self, role: str) -> Actor:
        found = admitting.sign_in(self.register, role, WORD, "", "root")
        assert isinstance(found, admitting.Admitted)
        return Actor(f"session of {role}", Person(role, role), cookie=found.word, token=found.session.token)

    def _key(self, role: str, scopes: list[str]) -> Actor:
        account = next(a for a in admitting.people(self.register) if a.name == role)
        key = admitting.new_key(self.register, account, "x", scopes, 1, by=role)
        return Actor(f"key {'+'.join(scopes)} of {role}", Person(role, role, key_may(scopes)), key=key)

    def ids(self) -> list[str]:
        """Return ids of everything: incidents, claims, reports, decisions, voices."""
        found = ["none"]
        for line in incidents(self.register, limit=20).lines:
            found.append(line.id)
        with self.register.reading() as connection:
            for table_, column in (("claim", "id"), ("report", "key"), ("origin", "id"), ("review", "id")):
                found += connection.execute(text(f"SELECT {column} FROM {table_} ORDER BY n DESC LIMIT 20" if table_ != "origin"
                                                 else "SELECT id FROM origin LIMIT 20")).scalars()  # fmt: skip
        return found

    def state(self) -> tuple[Any, int]:
        """Return what the register holds in short, and the number of its newest log entry, of one moment."""
        counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in _HELD)
        with self.register.reading() as connection:
            held = tuple(connection.execute(text(f"SELECT {counts}")).one())
            people = tuple(
                connection.execute(
                    text("SELECT n, role, password, totp, removed FROM account ORDER BY n")
                ).all()
            )
            last = connection.execute(text("SELECT coalesce(max(n), 0) FROM log")).scalar_one()
        return (held, people), int(last)

    def route(self, ask: Ask) -> str | None:
        """Return the line of the table that a request falls under; None where there is none."""
        path = urlsplit(ask.target).path
        for name, method, pattern in self.patterns:
            if method == ask.method.replace("HEAD", "GET") and pattern.match(path):
                return name
        return None

    async def send(self, ask: Ask) -> tuple[int, dict[str, str], bytes]:
        """Send a request as a server would pass it on."""
        path, _, query = ask.target.partition("?")
        head = {"host": HOST, **ask.headers, "content-length": str(len(ask.body))}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": ask.method, "scheme": "http",
            "path": _unquoted(path), "raw_path": path.encode("latin-1", "replace"),
            "query_string": query.encode("latin-1", "replace"),
            "root_path": "", "headers": [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in head.items()],
            "client": ("10.0.0.1", 1), "server": (HOST, 80),
        }  # fmt: skip
        status, headers, body = 0, dict[str, str](), bytearray()
        sent = False

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": ask.body, "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in message["headers"]}
            else:
                body.extend(message.get("body", b""))

        try:
            await self.app(scope, receive, send)
        except Exception as problem:  # the room answered 500 and passes on why
            body.extend(repr(problem).encode())
        return status, headers, bytes(body)


def _unquoted(path: str) -> str:
    from urllib.parse import unquote  # noqa: PLC0415  # as the server does it

    return unquote(path, errors="replace")


def headed(actor: Actor, dice: random.Random, method: str) -> tuple[dict[str, str], bool]:
    """Return the headers of a request of somebody, honest or forged, and whether it is forged."""
    headers: dict[str, str] = {}
    if actor.key:
        headers["authorization"] = f"Bearer {actor.key}"
        return headers, False
    if actor.cookie:
        headers["cookie"] = f"tollbook={actor.cookie}; tollbook_token={'B' * 43}"
    if method in ("GET", "HEAD"):
        return headers, False
    trick = dice.randrange(8)
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
          "count.best", "old:count.best", "language")  # fmt: skip
_ACTIONS = ("confirm", "reject", "correct", "note", "relate", "revoke", "add", "merge", "split", "assign", "unify", "separate",
            "grade", "sign_off", "read", "manage", "")  # fmt: skip
_FIELDS = ("count.low", "count.best", "count.high", "harm", "victims.status", "scope", "modality", "days", "place", "origin",
           "part_of", "supersedes", "toll.killed.all", "id")  # fmt: skip
_NEW = ("12", "7", "", "killed", "civilian", "incident", "asserted", "2025-03-03", "2025-03-03/2025-03-04", "Reuters", "fair",
        "Kano\tlocality\tNG\t\t12.0\t8.5\t1\t1", "Kano\tlocality\tNG\t\tnan\tinf\t1\t1", "one:2")  # fmt: skip


def decision(dice: random.Random, ids: list[str]) -> dict[str, Any]:
    """Return a decision that may well hold."""

    def one() -> str:
        return dice.choice(ids) if dice.random() < 0.9 else dice.choice(_ODD)

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


def by_hand(dice: random.Random, room: Room, ids: list[str]) -> Ask:
    """Make a request by hand: a page's or a program's, somebody's, well or badly made."""
    actor = dice.choice(room.actors)
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
        return dice.choice(ids) if dice.random() < 0.6 else dice.choice((*_ODD, *_NEW))

    path = re.sub(r"\{\w+\}", lambda _: quote(value(), safe=""), path)
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


def _body(dice: random.Random, path: str, ids: list[str], value: Any) -> tuple[bytes, str]:
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


def judged(
    room: Room, ask: Ask, answer: tuple[int, dict[str, str], bytes], before: Any, after: Any
) -> str | None:
    """Return what is wrong with an answer; None where all is well."""
    status, headers, body = answer
    if status >= 500:
        return f"answered {status}: {body[:300]!r}"
    if before[0] != after[0] and before[1] == after[1]:
        return "changed the register without an entry in the log"
    refused = status in (401, 403, 404, 405, 421) or headers.get("location", "").startswith("/login")
    name, changed = room.route(ask), before != after
    action = table().routes.get(name or "")
    person = ask.actor.person
    if changed and (ask.forged or ask.method in ("GET", "HEAD")):
        return "changed something and was forged, or only a question"
    if action is not None and (person is None or not person.may(action)) and (not refused or changed):
        return f"answered {status} to somebody who may not {action}"
    sent = f"{ask.target} {ask.body!r}"
    if person is None or not person.may("words"):
        for word in SECRET:
            if word.encode() in body and word not in sent:
                return f"shows {word} to somebody who may not read words"
    if "default-src 'none'" not in headers.get("content-security-policy", ""):
        return "is not sealed by the Content-Security-Policy"
    return None


async def attack(room: Room, number: int, share: float, seed: int, minutes: float) -> Seen:
    """Send so many requests, or what time allows, a share of them made by schemathesis, and judge every answer."""
    end = time.monotonic() + 60 * minutes
    dice, seen, ids = random.Random(seed), Seen(), room.ids()
    before = room.state()

    async def one(ask: Ask) -> None:
        nonlocal before
        answer = await room.send(ask)
        after = room.state()
        seen.statuses[answer[0]] += 1
        seen.changes += before[1] != after[1]
        wrong = judged(room, ask, answer, before, after)
        if wrong:
            seen.faults.append(
                f"{ask.method} {ask.target[:200]} by {ask.actor.name}: {wrong}\n    {ask.body[:400]!r}"
            )
            print(seen.faults[-1], file=sys.stderr, flush=True)
        before = after

    for method, target, headers, body in by_schema(int(number * share), seed):
        actor = dice.choice(room.actors)
        own, forged = headed(actor, dice, method)
        await one(Ask(method, target, {**headers, **own}, body, actor, forged))
    while seen.statuses.total() < number and len(seen.faults) < 20 and time.monotonic() < end:
        if seen.statuses.total() % 50 == 0:
            ids = room.ids()
        await one(by_hand(dice, room, ids))
    return seen


def told(seen: Seen, wished: int, seconds: float, share: float, seed: int, checked: int) -> str:
    """Return the section of the page on security."""
    rows = "\n".join(f"| {status} | {n:,} |" for status, n in sorted(seen.statuses.items()))
    return (
        f"{seen.statuses.total():,} requests (of {wished:,} wished {share:.0%} made by schemathesis from the room's own\n"
        f"OpenAPI, the others by hand against pages and API; seed {seed}) took {seconds:,.0f} seconds.\n"
        f"{seen.changes:,} of them changed the register, each with its entries in the log; {checked:,} checks of the\n"
        "register afterwards found nothing broken. No answer was a 5xx, none went beyond the role, none showed a victim's\n"
        f"name to those who may not read words.\n\n| answer | requests |\n|---|---|\n{rows}\n"
    )


def main() -> int:
    """Attack, say what came of it, and write it into the page where one is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minutes", type=float, default=600, help="stop after so many, and tell how far it came"
    )
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        room = Room(f"{folder}/a.register")
        seen = asyncio.run(attack(room, asked.requests, asked.share, asked.seed, asked.minutes))
        found = verify(room.register, recount=True)
        taken = sum(1 for _ in decisions(room.register))
        room.register.close()
    for fault in found.faults:
        print(fault)
    if seen.faults or found.faults:
        return 1
    words = told(
        seen,
        asked.requests,
        time.perf_counter() - begun,
        asked.share,
        asked.seed,
        sum(n for _, n in found.checked),
    )
    print(words, f"\n{taken:,} decisions were kept.")
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        asked.page.write_text(f"{head}{BEGIN}\n\n{words}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
