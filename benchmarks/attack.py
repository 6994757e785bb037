"""Attack the review room: python benchmarks/attack.py [--requests 100000] [--pieces 20] [--seed 1] [--minutes M] [--page FILE]

A room with an account for every role, some keys and reports that name people is asked as strangers, colleagues and stolen
sessions would: a share of the requests is made by schemathesis from the room's own OpenAPI, the rest by hand for pages and API:
foreign origins, forged and missing tokens, other people's addresses, broken bodies, ids of everything there is. After every
request it is asked: no 5xx; nothing answered or changed beyond the role; nothing changed without an entry in the log; no victim's
name for those who may not read words. Ends with status 1 where one of these failed, saying by which request.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hostile import HOST, WORD, Actor, Ask, Ids, by_hand, by_schema, decided, headed
from sqlalchemy import text
from starlette.routing import compile_path

from tollbook.desk import admitting
from tollbook.desk.asking import incidents
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.verifying import verify
from tollbook.web.app import create_app
from tollbook.web.person import Person, key_may, table
from tollbook.web.settings import Settings

BEGIN, END = "<!-- made by benchmarks/attack.py -->", "<!-- end of what the attack makes -->"
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


@dataclass(slots=True)
class Seen:
    """What came of it all."""

    statuses: Counter[int] = field(default_factory=Counter)
    drawn: int = 0
    changes: int = 0
    decisions: int = 0
    checked: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Seen") -> None:
        """Add what came of another room."""
        self.statuses += other.statuses
        self.faults += other.faults
        self.drawn, self.changes = self.drawn + other.drawn, self.changes + other.changes
        self.decisions, self.checked = self.decisions + other.decisions, self.checked + other.checked


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

    def ids(self) -> Ids:
        """Return the newest ids of everything: incidents, claims, reports, decisions, voices."""
        with self.register.reading() as connection:

            def newest(table_: str, column: str, order: str) -> list[str]:
                asked = text(f"SELECT {column} FROM {table_} ORDER BY {order} DESC LIMIT 20")
                return [str(id) for id in connection.execute(asked).scalars()]

            return {
                "incident": [line.id for line in incidents(self.register, limit=20).lines],
                "claim": newest("claim", "id", "n"),
                "report": newest("report", "key", "n"),
                "review": newest("review", "id", "n"),
                "origin": newest("origin", "id", "id"),
                "none": ["none"],
            }

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
            "path": unquote(path, errors="replace"), "raw_path": path.encode("latin-1", "replace"),
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


async def attack(room: Room, number: int, share: float, seed: int, end: float) -> Seen:
    """Send so many requests, or what time allows, a share of them made by schemathesis, and judge every answer."""
    dice, seen, ids = random.Random(seed), Seen(), room.ids()
    made = by_schema(int(number * share), seed)
    before = room.state()
    while seen.statuses.total() < number and len(seen.faults) < 20 and time.monotonic() < end:
        if seen.statuses.total() % 20 == 0:
            ids = room.ids()
        ask = None
        if dice.random() < share and (drawn := next(made, None)) is not None:
            method, target, headers, body = drawn
            actor = dice.choice(room.actors)
            own, forged = headed(actor, dice, method)
            ask = Ask(method, target, {**headers, **own}, body, actor, forged)
            seen.drawn += 1
        elif dice.random() < 0.2:
            ask = decided(dice, room.actors, ids)
        ask = ask or by_hand(dice, room.actors, ids)
        answer = await room.send(ask)
        after = room.state()
        seen.statuses[answer[0]] += 1
        seen.changes += before[1] != after[1]
        wrong = judged(room, ask, answer, before, after)
        if wrong:
            whose = f"{ask.method} {ask.target[:200]} by {ask.actor.name}"
            seen.faults.append(f"{whose}: {wrong}\n    {ask.body[:400]!r}")
            print(seen.faults[-1], file=sys.stderr, flush=True)
        before = after
    return seen


def piece(number: int, share: float, seed: int, end: float) -> Seen:
    """Attack a room of its own, and look through its register afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        room = Room(f"{folder}/a.register")
        seen = asyncio.run(attack(room, number, share, seed, end))
        found = verify(room.register, recount=True)
        seen.faults += map(str, found.faults)
        seen.checked = sum(n for _, n in found.checked)
        seen.decisions = sum(1 for _ in decisions(room.register))
        room.register.close()
    return seen


def told(seen: Seen, pieces: int, seed: int, seconds: float) -> str:
    """Return the section of the page on security."""
    rows = "\n".join(f"| {status} | {n:,} |" for status, n in sorted(seen.statuses.items()))
    total = seen.statuses.total()
    rooms = (
        f"{pieces:,} rooms one after another (seeds {seed} to {seed + pieces - 1})"
        if pieces > 1
        else f"one room (seed {seed})"
    )
    return (
        f"{total:,} requests, {seen.drawn:,} of them made by schemathesis from the room's own OpenAPI and the others\n"
        f"by hand against pages and API, in {rooms}, took {seconds:,.0f} seconds.\n"
        f"{seen.changes:,} of them changed a register, each with its entries in the log; {seen.decisions:,} were decisions.\n"
        f"{seen.checked:,} checks of the registers afterwards, tolls counted anew among them, found nothing broken. No answer\n"
        "was a 5xx, none went beyond the role, none showed a victim's name to those who may not read words.\n\n"
        f"| answer | requests |\n|---|--:|\n{rows}\n"
    )


def main() -> int:
    """Attack, say what came of it, and write it into the page where one is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument(
        "--pieces", type=int, default=1, help="so many rooms one after another, each with a seed of its own"
    )
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minutes", type=float, default=600, help="stop after so many, and tell how far it came"
    )
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    begun, whole, done = time.monotonic(), Seen(), 0
    for n in range(asked.pieces):
        number = asked.requests // asked.pieces + (n < asked.requests % asked.pieces)
        whole.add(piece(number, asked.share, asked.seed + n, begun + 60 * asked.minutes))
        done += 1
        print(f"seed {asked.seed + n}: {whole.statuses.total():,} sent", file=sys.stderr, flush=True)
        if time.monotonic() > begun + 60 * asked.minutes:
            break
    if whole.faults:
        print("\n".join(whole.faults))
        return 1
    words = told(whole, done, asked.seed, time.monotonic() - begun)
    print(words)
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        asked.page.write_text(f"{head}{BEGIN}\n\n{words}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
