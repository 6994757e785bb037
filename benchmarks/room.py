"""Measure the review room at work: python benchmarks/room.py [--reports 100000] [--users 10] [--seconds 120]

A register of a made-up world (benchmarks/world.py, hard setting) is added with the command, or `--register` names one that
is there. `tollbook serve` opens it, and so many people work in it at once: each signs in, walks the rooms at a reader's pace
(a page a second), follows links, searches, filters, and now and then decides. Told are the times to the first byte of an
answer, page by page, at the median and at the 95th percentile. At the end the server is killed in the middle of decisions:
each must be there entirely or not at all. Writes its section of docs/performance.md where a page is given.
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from world import world

from tollbook.desk import admitting
from tollbook.desk.asking import incidents, newest_reports
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import open_register
from tollbook.desk.verifying import verify
from tollbook.register.register import Register

COMMAND = "import sys; from tollbook.cli import main; sys.argv[0] = 'tollbook'; main()"
WORD = "a long and easy sentence"
BEGIN, END = "<!-- made by benchmarks/room.py -->", "<!-- end of what the room's benchmark makes -->"


@dataclass(slots=True)
class Walk:
    """What one person waited for: kind of page -> milliseconds to the first byte; and what went wrong."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)


def build(reports: int, seed: int, name: str, *, brief: bool = False) -> None:
    """Add a world to a register with the command; a `brief` one has more incidents."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        for one in world(reports, seed, hard=True, brief=brief).reports:
            kept = ("text", "title", "publisher", "published", "url", "language")
            lines.write(
                json.dumps({k: v for k, v in asdict(one).items() if k in kept}, ensure_ascii=False) + "\n"
            )
        lines.flush()
        subprocess.run(
            [sys.executable, "-c", COMMAND, "add", lines.name, "--register", name, "--quiet"], check=True
        )


def reports_in(name: str) -> int:
    """Return how many reports a register holds; it is made where there is none."""
    with open_register(name) as register, register.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one())


class Server:
    """`tollbook serve` over a register."""

    def __init__(self, name: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", "--register", name, "--port", str(self.port)],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.1)
        raise SystemExit("the room does not open")

    def worked(self) -> float:
        """Return the seconds of the processor that it took so far."""
        with suppress(OSError):
            told = (
                Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            )
            return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0  # a system that does not tell

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Browser:
    """One person's browser: a connection, a session, the token of the last page."""

    def __init__(self, port: int, name: str) -> None:
        self.port, self.cookies, self.token = port, dict[str, str](), ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.ask("GET", "/login")
        status, _, _ = self.ask("POST", "/login", {"name": name, "password": WORD})
        assert status == 303, status

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, float, str]:
        """Ask; return status, milliseconds to the first byte, the page."""
        headers = {"cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode({"token": self.token, **form})
            headers["content-type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        waited = (time.perf_counter() - begun) * 1000
        words = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("set-cookie") or ():
            key, _, value = line.partition(";")[0].partition("=")
            self.cookies[key] = value
        found = re.search(r'data-token="([^"]+)"', words)
        if found:
            self.token = found[1]
        return answer.status, waited, words


def paths(register: Register, dice: random.Random) -> list[tuple[str, str]]:
    """Return kinds of pages with an address each, as people ask for them."""
    page = incidents(
        register, limit=200, offset=dice.randrange(1 + max(0, incidents(register, limit=1).total - 200))
    )
    lines, reports = page.lines, newest_reports(register, limit=200)
    line, report = dice.choice(lines), dice.choice(reports)
    country, day = line.country or "NG", line.start or "2024-01-01"
    return [
        ("overview", "/"),
        ("overview, filtered", f"/?{urlencode({'place': country, 'harm': 'killed'})}"),
        ("queue", "/queue"),
        ("queue, filtered", f"/queue?{urlencode({'place': country})}"),
        ("incidents", f"/incidents?offset={50 * dice.randrange(20)}"),
        (
            "incidents, filtered",
            f"/incidents?{urlencode({'place': country, 'start': day, 'order': 'largest'})}",
        ),
        ("an incident", f"/incidents/{line.id}"),
        ("a report", f"/reports/{report.key}"),
        ("reports", "/reports"),
        (
            "search",
            f"/reports?{urlencode({'q': dice.choice(('police market', 'killed soldiers', 'hospital'))})}",
        ),
        ("map", f"/map?{urlencode({'place': country})}"),
        ("what the map draws", f"/api/map?{urlencode({'place': country})}"),
        ("timeline", f"/timeline?{urlencode({'place': country, 'by': 'month'})}"),
        ("origins", "/origins"),
        ("log", "/log"),
    ]


def walk(port: int, n: int, name: str, seconds: float, seed: int, found: Walk) -> None:
    """Work for some seconds: a page a second, and every tenth time a decision."""
    dice, browser, end = random.Random(seed * 100 + n), Browser(port, f"user{n}"), time.monotonic() + seconds
    with open_register(name) as register:
        while time.monotonic() < end:
            for kind, path in dice.sample(rooms := paths(register, dice), len(rooms)):
                if time.monotonic() > end:
                    return
                begun = time.monotonic()
                status, waited, words = browser.ask("GET", path)
                found.waits[kind].append(waited)
                if status != 200:
                    found.faults.append(f"{path}: {status}")
                claims = (
                    re.findall(r'name="target" value="(t\w+)"', words)
                    if kind in ("queue", "a report")
                    else []
                )
                if claims and dice.random() < 0.5:
                    form = {"action": "confirm", "target": dice.choice(claims), "back": "/log"}
                    status, waited, _ = browser.ask("POST", "/decide", form)
                    found.waits["a decision"].append(waited)
                    if status != 303:
                        found.faults.append(f"decision: {status}")
                time.sleep(max(0.0, 1.0 - (time.monotonic() - begun)))


def at_work(name: str, users: int, seconds: float, seed: int) -> Walk:
    """Let people work at once; return what they waited for."""
    with open_register(name) as register:
        there = {a.name for a in admitting.people(register)}
        for n in range(users):
            if f"user{n}" not in there:
                admitting.add_account(register, f"user{n}", "editor", WORD, by="root")
    server = Server(name)
    walks = [Walk() for _ in range(users)]
    try:
        warm = Browser(server.port, "user0")
        for path in (
            "/",
            "/queue",
            "/map",
            "/timeline",
            "/origins",
        ):  # the first answer of a morning, told apart
            _, waited, _ = warm.ask("GET", path)
            walks[0].waits[f"first of the morning: {path}"].append(waited)
        threads = [
            threading.Thread(target=walk, args=(server.port, n, name, seconds, seed, walks[n]))
            for n in range(users)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.kill()
    whole = Walk()
    for one in walks:
        whole.faults += one.faults
        for kind, waits in one.waits.items():
            whole.waits[kind] += waits
    return whole


def alone(name: str, times: int, seed: int) -> dict[str, float]:
    """Return for each kind of page the milliseconds of the server's processor, asked by one person, some times each.

    What the room remembers of a page is forgotten with each decision, so one goes before every page.
    """
    dice, server, spent = random.Random(seed), Server(name), defaultdict[str, list[float]](list)
    try:
        browser = Browser(server.port, "user0")
        _, _, words = browser.ask("GET", "/queue")
        claim = re.findall(r'name="target" value="(t\w+)"', words)[0]
        for _ in range(times):
            with open_register(name) as register:
                kinds = paths(register, dice)
            for kind, path in kinds:
                form = {"action": "note", "target": claim, "new": "seen", "back": "/log"}
                for what, ask in (("a decision", ("POST", "/decide", form)), (kind, ("GET", path))):
                    begun = server.worked()
                    browser.ask(*ask)
                    time.sleep(0.3)  # what is made anew behind a page is of the page
                    spent[what].append(server.worked() - begun)
    finally:
        server.kill()
    return {kind: 1000 * sum(seconds) / len(seconds) for kind, seconds in spent.items()}


def killed(name: str, times: int, dice: random.Random) -> tuple[int, int]:
    """Kill the server in the middle of decisions, some times over; return how many were answered, and how many are kept.

    Whoever got an answer finds the decision; what got none is there entirely or not at all, which `verify` tells.
    """
    answered = 0
    with open_register(name) as register:
        before = len(decisions(register))
    for _ in range(times):
        server = Server(name)
        browser = Browser(server.port, "user0")
        _, _, words = browser.ask("GET", "/queue")
        claims = re.findall(r'name="target" value="(t\w+)"', words)
        timer = threading.Timer(dice.uniform(0.05, 0.6), server.kill)
        timer.start()
        with suppress(OSError, http.client.HTTPException):
            for claim in claims * 50:
                status, _, _ = browser.ask(
                    "POST", "/decide", {"action": "note", "target": claim, "new": "seen", "back": "/log"}
                )
                answered += status == 303
        timer.join()
    with open_register(name) as register:
        return answered, len(decisions(register)) - before


def told(kind: str, found: Walk, reports: int, work: dict[str, float]) -> list[str]:
    """Return the lines of a table: each kind of page, then all pages; `work` is what each takes when asked alone."""
    usual = {k: v for k, v in found.waits.items() if not k.startswith("first")}
    pages = [w for k, v in usual.items() if k != "a decision" for w in v]
    lines = ["| | asked | median | 95 of 100 | longest | processor, asked alone |\n|---|--:|--:|--:|--:|--:|"]
    for name, waits in [*sorted(usual.items()), ("**all pages**", pages)]:
        high = quantiles(waits, n=20)[18] if len(waits) > 1 else waits[0]
        lines.append(
            f"| {name} | {len(waits):,} | {median(waits):,.0f} ms | {high:,.0f} ms | {max(waits):,.0f} ms | "
            + (f"{work[name]:,.0f} ms |" if name in work else "|")
        )
    first = "; ".join(
        f"{k.partition(': ')[2]} {v[0]:,.0f} ms" for k, v in found.waits.items() if k.startswith("first")
    )
    return [f"**{kind}**, {reports:,} reports. Before anything is remembered: {first}.", "", *lines, ""]


def write_section(page: Path, words: str, begin: str = BEGIN, end: str = END) -> None:
    """Put a section between its marks, at the end where there are none yet."""
    before, mark, rest = page.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2] if mark else "\n"
    page.write_text(f"{before.rstrip()}\n\n{begin}\n\n{words.strip()}\n\n{end}{after}", encoding="utf-8")


def main() -> int:
    """Measure one register, or one on each database, and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--register", help="a register that is there already; it gets accounts and decisions")
    parser.add_argument(
        "--postgresql", metavar="ADDRESS", help="measure there too; it is filled where it holds nothing"
    )
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    broken, lines = 0, list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in [
            asked.register or f"{folder}/a.register",
            *([asked.postgresql] if asked.postgresql else []),
        ]:
            held = reports_in(name)
            if not held:
                build(asked.reports, asked.seed, name)
                held = reports_in(name)
            found = at_work(name, asked.users, asked.seconds, asked.seed)
            work = alone(name, 5, asked.seed)
            answered, kept = killed(name, asked.kills, random.Random(asked.seed))
            with open_register(name) as register:
                faults = verify(register).faults
            kind = "PostgreSQL" if "://" in name else "SQLite"
            lines += told(kind, found, held, work)
            lines += [
                (
                    f"Killed {asked.kills} times in the middle of decisions: {answered:,} were answered, {kept:,} are kept, "
                    f"`verify` found {len(faults)} broken."
                ),
                "",
            ]
            broken += len(faults) + len(found.faults) + (kept < answered)
            for fault in (*found.faults[:20], *map(str, faults[:20])):
                print(fault)
            print("\n".join(lines), flush=True)
    load = f"{os.getloadavg()[2]:.1f} processes wanted to run on average"
    pace = f"{asked.users} people at once, a page a second each for {asked.seconds:.0f} s"
    about = f"{pace}, on {os.cpu_count()} cores; {load} meanwhile."
    if asked.page:
        write_section(asked.page, f"## The review room\n\n{about}\n\n" + "\n".join(lines))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
