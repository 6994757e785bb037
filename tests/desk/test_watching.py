"""A watch: each entry once, nothing sent twice, patience with servers in trouble, a clean end, a memory that lasts.

One file, longer than others: every test drives the same site and the same clock, which stand at its head.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tollbook.desk.watching import Item, Plan, Watcher, World
from tollbook.errors import Problem, UsageError
from tollbook.register import schema
from tollbook.register.register import Register
from tollbook.sources import Options, Received

TOLLBOOK = [sys.executable, "-c", "from tollbook.cli import main; main()"]
WORDS = "Shelling killed {} civilians in the town on Monday, officials said. "


class Days:
    """A clock that goes on while somebody waits, until a moment at which the watch is stopped."""

    def __init__(self, until: float) -> None:
        self.at, self.until = 1_000_000.0, 1_000_000.0 + until
        self.told: list[str] = []

    def now(self) -> float:
        return self.at

    def pause(self, seconds: float) -> bool:
        self.at += seconds
        return self.at > self.until


class Desk:
    """Keeps what a watch hands on."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def consume(self, items: Sequence[Item]) -> None:
        self.items += items

    def numbers(self) -> list[str]:
        return [
            item.report.text.split("killed ")[1].split()[0]
            for item in self.items
            if isinstance(item, Received)
        ]

    def problems(self) -> list[str]:
        return [item.what for item in self.items if isinstance(item, Problem)]


def rss(site: Any, *numbers: int, more: str = "") -> str:
    rows = "".join(f"<item><title>No {n}</title><link>{site.url}/{n}</link>{more}</item>" for n in numbers)
    return f"<rss version='2.0'><channel><title>The Daily</title>{rows}</channel></rss>"


def run(
    site: Any,
    until: float,
    *,
    feeds: Sequence[str] = ("/feed",),
    desk: Desk | None = None,
    consume: Callable[[Sequence[Item]], None] | None = None,
    days: Days | None = None,
    plan: dict[str, Any] | None = None,
    **options: Any,
) -> tuple[Desk, Days]:
    """Watch for so many seconds, from the same moment on."""
    days, desk = days or Days(until), desk or Desk()
    said = Options(**{"allow_private": True, "spacing": 0.0, "timeout": 5.0, **options})
    world = World(days.pause, days.told.append, days.now)
    how = Plan(**{"every": 900.0, **(plan or {})})
    Watcher([site.url + feed for feed in feeds], said, how, world, consume or desk.consume).watch()
    return desk, days


def articles(site: Any, *numbers: int) -> None:
    for n in numbers:
        site.page(f"/{n}", WORDS.format(n) * 3, f"No {n} of the day")


def conditional(site: Any, path: str, etag: str, body: str) -> None:
    """Serve a feed that answers 304 to who has it."""

    def answer(handler: Any) -> None:
        same = handler.headers.get("If-None-Match") == etag
        data = b"" if same else body.encode()
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Type", "application/rss+xml")
        if not same:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    site.pages[path] = answer


def test_each_entry_is_taken_once_and_an_unchanged_feed_is_not_sent_again(site: Any, tmp_path: Path) -> None:
    articles(site, 1, 2, 3)
    conditional(site, "/feed", '"a"', rss(site, 2, 1))
    state = tmp_path / "state.json"
    desk, _ = run(site, 4 * 900, plan={"state": state})
    assert desk.numbers() == ["1", "2"]  # the oldest first
    assert site.paths() == ["/robots.txt", "/feed", "/1", "/2", "/feed", "/feed", "/feed"]
    assert [headers.get("if-none-match") for path, headers in site.asked if path == "/feed"] == [
        None,
        '"a"',
        '"a"',
        '"a"',
    ]
    site.asked.clear()
    conditional(site, "/feed", '"b"', rss(site, 3, 2, 1))
    again, _ = run(site, 6000, plan={"state": state})
    assert again.numbers() == ["3"]
    assert site.paths().count("/3") == 1
    assert "/1" not in site.paths()
    assert next(headers for path, headers in site.asked if path == "/feed")["if-none-match"] == '"a"'


def test_last_modified_is_sent_back(site: Any) -> None:
    articles(site, 1)
    site.serve("/feed", rss(site, 1), Last_Modified="Tue, 04 Mar 2025 10:00:00 GMT")
    run(site, 1000)
    assert [h.get("if-modified-since") for p, h in site.asked if p == "/feed"] == [
        None,
        "Tue, 04 Mar 2025 10:00:00 GMT",
    ]


def test_a_changed_entry_is_read_again(site: Any) -> None:
    articles(site, 1)
    site.serve("/feed", rss(site, 1, more="<description>four …</description>"))
    desk = Desk()
    state = {"every": 900.0}

    def consume(items: Sequence[Item]) -> None:
        desk.consume(items)
        site.page("/1", WORDS.format(9) * 3)
        site.serve("/feed", rss(site, 1, more="<description>nine …</description>"))

    run(site, 3 * 900, consume=consume, plan=state)
    assert desk.numbers() == ["1", "9"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_in_trouble_is_asked_ever_more_seldom_and_not_before_it_says(site: Any, status: int) -> None:
    site.serve("/feed", "", status=status)
    moments: list[float] = []
    days = Days(20_000)
    desk = Desk()

    def consume(items: Sequence[Item]) -> None:
        moments.append(days.at)
        desk.consume(items)

    run(site, 0, days=days, consume=consume, plan={"seed": 7})
    gaps = [b - a for a, b in pairwise(moments)]
    assert all(900 * 2**n * 0.75 <= gap <= 900 * 2**n * 1.25 for n, gap in enumerate(gaps, 1))
    assert len({round(gap / 2**n) for n, gap in enumerate(gaps)}) == len(gaps)  # with jitter
    site.serve("/feed", "", status=status, Retry_After="50000")
    site.asked.clear()
    run(site, 49_000)
    assert site.paths().count("/feed") == 1


def test_the_same_seed_gives_the_same_times(site: Any) -> None:
    site.serve("/feed", "", status=500)
    told = [run(site, 50_000, plan={"seed": seed})[1].told for seed in (1, 1, 2)]
    assert told[0] == told[1] != told[2]


def test_after_a_failure_the_usual_times_return(site: Any) -> None:
    articles(site, 1)
    site.serve("/feed", "", status=500)
    days = Days(10_000)
    desk = Desk()

    def consume(items: Sequence[Item]) -> None:
        desk.consume(items)
        site.serve("/feed", rss(site, 1))

    run(site, 0, days=days, consume=consume)
    assert desk.numbers() == ["1"]
    assert site.paths().count("/feed") > 8


def test_a_page_in_trouble_is_tried_with_three_polls_then_the_feed_is_taken_by_its_word(site: Any) -> None:
    site.serve("/1", "", status=503)
    articles(site, 2)
    site.serve("/feed", rss(site, 1, 2, more=f"<description>{WORDS.format(7)}</description>"), ETag='"x"')
    desk, _ = run(site, 6 * 900)
    assert desk.numbers() == ["2", "7"]
    assert site.paths().count("/1") == 3
    assert site.paths().count("/2") == 1
    sent = [h.get("if-none-match") for p, h in site.asked if p == "/feed"]
    assert sent[:4] == [None, None, None, '"x"']


def test_robots_are_asked_for_feed_and_pages_and_their_delay_is_kept(site: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 30\nDisallow: /2\nDisallow: /closed")
    articles(site, 1, 2, 3)
    site.serve("/feed", rss(site, 1, 2, 3))
    moments: list[float] = []
    days = Days(800)
    desk = Desk()

    def consume(items: Sequence[Item]) -> None:
        moments.append(days.at)
        desk.consume(items)

    run(site, 0, days=days, consume=consume, feeds=["/feed", "/closed"], spacing=1.0)
    assert sorted(desk.numbers()) == ["1", "3"]
    assert len(desk.problems()) == 2
    assert all("robots.txt" in words for words in desk.problems())
    assert not {"/2", "/closed"} & set(site.paths())
    assert days.at - 1_000_000 >= 60  # feed, 3, 1: thirty seconds apart
    assert moments[-1] - 1_000_000 >= 60


def test_one_page_in_two_feeds_is_fetched_once(site: Any) -> None:
    articles(site, 1, 2)
    site.serve("/feed", rss(site, 1))
    site.serve("/other", rss(site, 1, 2))
    desk, _ = run(site, 2000, feeds=["/feed", "/other"])
    assert sorted(desk.numbers()) == ["1", "2"]
    assert site.paths().count("/1") == 1


def test_a_sitemap_can_be_watched(site: Any) -> None:
    articles(site, 1, 2)
    rows = "".join(f"<url><loc>{site.url}/{n}</loc><lastmod>2025-03-0{n}</lastmod></url>" for n in (1, 2))
    site.serve(
        "/feed",
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>',
        "application/xml",
    )
    desk, _ = run(site, 2000, since="2025-03-02")
    assert desk.numbers() == ["2"]


def test_gone_moved_and_no_feed(site: Any) -> None:
    articles(site, 1)
    site.serve("/gone", "", status=410)
    site.serve("/old", "", status=301, Location="/new")
    site.serve("/new", rss(site, 1))
    site.serve(
        "/page", '<html><head><link rel="alternate" type="application/rss+xml" href="/new"></head></html>'
    )
    site.serve("/index", f"<sitemapindex><sitemap><loc>{site.url}/map</loc></sitemap></sitemapindex>")
    desk, days = run(site, 5000, feeds=["/gone", "/old", "/page", "/index"])
    assert site.paths().count("/gone") == 1
    assert site.paths().count("/old") == 1
    assert site.paths().count("/new") > 3
    assert any(words.endswith(f"a page that names one: {site.url}/new") for words in desk.problems())
    assert any(words.endswith(f"such as {site.url}/map") for words in desk.problems())
    assert any("moved for good" in words for words in days.told)


def test_redirects_without_end_and_bombs_and_private_addresses_are_told(site: Any) -> None:
    site.serve("/loop", "", status=302, Location="/loop")
    site.serve("/bomb", gzip.compress(bytes(20_000_000)), "application/rss+xml", Content_Encoding="gzip")
    desk, _ = run(site, 100, feeds=["/loop", "/bomb"], max_bytes=1_000_000)
    assert len(desk.problems()) == 2
    desk, _ = run(site, 100, allow_private=False)
    assert "not public" in desk.problems()[0]


def test_once_ends_when_all_is_taken(site: Any) -> None:
    articles(site, 1, 2)
    site.serve("/feed", rss(site, 1, 2))
    desk, days = run(site, 1e12, plan={"once": True})
    assert desk.numbers() == ["2", "1"]
    assert days.at - 1_000_000 < 900


def test_what_could_not_be_kept_is_brought_again(site: Any, tmp_path: Path) -> None:
    articles(site, 1, 2, 3)
    site.serve("/feed", rss(site, 3, 2, 1), ETag='"a"')
    state = tmp_path / "state.json"
    desk = Desk()

    def full(items: Sequence[Item]) -> None:
        if len(desk.items) == 1:
            raise OSError("disk full")
        desk.consume(items)

    with pytest.raises(OSError, match="disk full"):
        run(site, 5000, consume=full, plan={"state": state, "once": True})
    assert desk.numbers() == ["1"]
    run(site, 5000, desk=desk, plan={"state": state, "once": True})
    assert desk.numbers() == ["1", "2", "3"]


def test_a_journal_survives_what_a_crash_leaves(site: Any, tmp_path: Path) -> None:
    articles(site, 1, 2)
    site.serve("/feed", rss(site, 1, 2))
    state = tmp_path / "state.json"
    run(site, 100, plan={"state": state})
    known = json.loads(state.read_text())["feeds"][f"{site.url}/feed"]["seen"]
    state.unlink()
    lines = [json.dumps([f"{site.url}/feed", key, digest]) for key, digest in known.items()]
    (tmp_path / "state.json.journal").write_text(lines[0] + "\n" + lines[1][:20])
    desk, _ = run(site, 100, plan={"state": state})
    assert len(desk.numbers()) == 1


def test_a_memory_that_is_none_is_refused(site: Any, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("[]")
    with pytest.raises(UsageError, match="not the memory of a watch"):
        run(site, 100, plan={"state": tmp_path / "s"})
    with pytest.raises(UsageError, match="cannot be written"):
        run(site, 100, plan={"state": tmp_path / "no" / "s"})


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_command_cleanly_and_a_second_run_goes_on(
    site: Any, tmp_path: Path, sign: int
) -> None:
    articles(site, 1)
    conditional(site, "/feed", '"a"', rss(site, 1))
    command = [*TOLLBOOK, "watch", f"{site.url}/feed", "--allow-private", "--delay", "0", "--print", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    ) as process:
        assert process.stdout is not None
        reading = json.loads(process.stdout.readline())
        assert reading["report"]["url"] == f"{site.url}/1"
        while not (tmp_path / "tollbook-print.watch.json").exists():
            time.sleep(0.01)
        second = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert (second.returncode, b"another watch" in second.stderr) == (2, True)
        process.send_signal(sign)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert b"Traceback" not in errors
    again = subprocess.run([*command, "--once"], cwd=tmp_path, capture_output=True, check=False)
    assert (again.returncode, again.stdout) == (0, b"")
    assert site.paths().count("/1") == 1
    assert [h.get("if-none-match") for p, h in site.asked if p == "/feed"] == [None, '"a"']


def test_spans_of_time(tmp_path: Path) -> None:
    command = [*TOLLBOOK, "watch", "http://a.example", "--every"]
    for words in ("5s", "soon", "-1h", "15"):
        assert (
            subprocess.run([*command, words], cwd=tmp_path, capture_output=True, check=False).returncode == 2
        )


def test_what_feeds_bring_is_added_to_the_register(site: Any, tmp_path: Path) -> None:
    articles(site, 4, 5)
    conditional(site, "/feed", '"a"', rss(site, 4, 5))
    command = [
        *TOLLBOOK,
        "watch",
        f"{site.url}/feed",
        "--allow-private",
        "--delay",
        "0",
        "--once",
        "--register",
        "r",
    ]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert b"unchanged" in done.stderr
    with Register(str(tmp_path / "r")) as register, register.reading() as connection:
        rows = connection.execute(select(schema.report.c.url, schema.report.c.original)).all()
        kept = connection.execute(select(schema.custody.c.capture, schema.custody.c.received_from)).all()
    assert sorted(row.url for row in rows) == [f"{site.url}/4", f"{site.url}/5"]
    assert all(row.capture is not None for row in kept)
    assert sorted(row.received_from for row in kept) == [f"{site.url}/feed, {site.url}/{n}" for n in (4, 5)]
    archive = tmp_path / "r.originals"
    warc = next(path for path in archive.rglob("*") if path.is_file() and kept[0].capture in path.name)
    assert warc.read_bytes()[:2] == b"\x1f\x8b"


def test_a_register_that_cannot_be_written_ends_one_round_and_nothing_is_remembered(
    site: Any, tmp_path: Path
) -> None:
    articles(site, 4)
    site.serve("/feed", rss(site, 4))
    command = [
        *TOLLBOOK,
        "watch",
        f"{site.url}/feed",
        "--allow-private",
        "--delay",
        "0",
        "--once",
        "--register",
        "r",
    ]
    (tmp_path / "r").write_bytes(b"this is no register " * 100)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    (tmp_path / "r").unlink()
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_a_watch_killed_at_any_moment_loses_and_doubles_nothing(site: Any, tmp_path: Path) -> None:
    numbers = range(10, 22)
    articles(site, *numbers)
    conditional(site, "/feed", '"a"', rss(site, *numbers))
    command = [
        *TOLLBOOK,
        "watch",
        f"{site.url}/feed",
        "--allow-private",
        "--delay",
        "0",
        "--once",
        "--register",
        "r",
    ]
    for after in (1, 6):
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, b"")
            for _ in range(after):
                next((line for line in lines if line.startswith(b"added")), b"")
            process.kill()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with Register(str(tmp_path / "r")) as register, register.reading() as connection:
        urls = connection.execute(select(schema.report.c.url)).scalars().all()
    assert sorted(urls) == [f"{site.url}/{n}" for n in numbers]
    fetched = [path for path in site.paths() if path not in ("/feed", "/robots.txt")]
    assert len(fetched) <= len(numbers) + 2  # what was at hand when it was killed
