"""Killed at any moment and started again, `add` ends as an undisturbed one does; two at once lose and double nothing.

TOLLBOOK_CRASHES sets how often it is killed on each database (default 3), TOLLBOOK_CRASH_REPORTS of how many reports.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tollbook.desk.keeping import add
from tollbook.desk.verifying import verify
from tollbook.errors import RegisterError
from tollbook.register import find, whole
from tollbook.register.moment import NOW
from tollbook.register.register import Register
from tollbook.sources import Options

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from world import world  # the benchmark's world, whose folder is no package

KILLS = int(os.environ.get("TOLLBOOK_CRASHES", "3"))
REPORTS = int(os.environ.get("TOLLBOOK_CRASH_REPORTS", "400"))
COMMAND = "import sys; from tollbook.cli import main; sys.argv[0] = 'tollbook'; main()"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "reports.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for one in world(REPORTS, 3, hard=True).reports:
            head = {
                name: getattr(one, name)
                for name in ("text", "title", "publisher", "published", "url", "language")
            }
            lines.write(json.dumps(head) + "\n")
    return path


def started(source: Path, register: str, *more: str, **how: Any) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", COMMAND, "add", str(source), "--register", register, "--quiet", *more]
    return subprocess.Popen(
        words, start_new_session=True, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **how
    )


def content(register: Register) -> tuple[set[object], ...]:
    """Return reports, claims, incidents and tolls, without the moments at which they were recorded."""
    with register.reading() as connection:

        def rows(question: str) -> set[object]:
            found = [tuple(row) for row in connection.exec_driver_sql(question)]
            assert len(found) == len(set(found))
            return set(found)

        reports = rows("SELECT key, id, url, story, claims, superseded_by, rest FROM report")
        claims = rows("SELECT id, body FROM claim")
        incidents = {
            (i.id, i.testimonies, i.parent, i.children, i.grade, tuple(sorted(i.tolls, key=repr)))
            for id in whole.present(connection)
            if (found := find.incident(connection, id, NOW)) is not None
            for i in [found[1]]
        }
    return reports, claims, incidents


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[set[object], ...]:
    with Register(str(tmp_path_factory.mktemp("undisturbed") / "r"), create=True) as register:
        *_, tally = add(register, [str(source)], Options())
        assert tally.problems == []
        assert tally.added >= REPORTS
        return content(register)


def test_killed_at_random_moments_it_ends_as_if_it_had_not_been(
    register: str, source: Path, undisturbed: tuple[set[object], ...]
) -> None:
    rng, kept = Random(7), []
    for number in range(KILLS):
        running = started(source, register, "--jobs", str(1 + number % 2))
        deadline = time.monotonic() + 120
        while not _has_reports(register, more_than=kept[-1] if kept else 0) and time.monotonic() < deadline:
            if running.poll() is not None:
                break
            time.sleep(0.02)
        time.sleep(rng.random() * 0.4)
        if running.poll() is None:  # a fast machine may have added the rest already
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        with Register(register, create=True) as opened:
            assert verify(opened).faults == ()
            with opened.reading() as connection:
                kept.append(connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one())
    last = started(source, register)
    assert last.wait(240) == 0, last.communicate()
    last.communicate()
    with Register(register) as opened:
        assert content(opened) == undisturbed
        assert verify(opened, recount=True).faults == ()


def _has_reports(register: str, more_than: int) -> bool:
    try:
        with Register(register) as opened, opened.reading() as connection:
            return bool(connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one() > more_than)
    except RegisterError:
        return False


def test_readers_end_when_the_writer_is_killed(source: Path, tmp_path: Path) -> None:
    running = started(source, str(tmp_path / "r"), "--jobs", "2")
    while not _members(running.pid, 3):
        assert running.poll() is None
        time.sleep(0.005)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    deadline = time.monotonic() + 60
    while _members(running.pid, 1) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _members(running.pid, 1)


def _members(group: int, least: int) -> bool:
    """Tell whether at least so many processes of a group live."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += fields[2] == str(group) and fields[0] != "Z"
    return found >= least


def test_two_writers_at_once_lose_and_double_nothing(
    register: str, source: Path, undisturbed: tuple[set[object], ...], tmp_path: Path
) -> None:
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    backwards = tmp_path / "backwards.jsonl"
    backwards.write_text("".join(reversed(lines)), encoding="utf-8")
    writers = [started(source, register, "--jobs", "1"), started(backwards, register, "--jobs", "1")]
    for writer in writers:
        assert writer.wait(240) == 0
        writer.communicate()
    with Register(register) as opened:
        assert content(opened) == undisturbed
        assert verify(opened, recount=True).faults == ()


def _small_files(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails, as it does on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_full_disk_is_told_and_what_was_kept_stands(
    source: Path, undisturbed: tuple[set[object], ...], tmp_path: Path
) -> None:
    path = str(tmp_path / "r")
    full = started(source, path, "--jobs", "1", preexec_fn=_small_files(2_500_000))
    said = full.communicate(timeout=240)[1]
    assert full.returncode == 2
    assert "disk" in said
    assert "make room" in said
    with Register(path) as register:
        assert verify(register).faults == ()
        for _ in add(register, [str(source)], Options()):
            pass
        assert content(register) == undisturbed


def test_a_full_archive_is_told(tmp_path: Path, source: Path) -> None:
    full = started(source, str(tmp_path / "r"), "--jobs", "1", preexec_fn=_small_files(200))
    said = full.communicate(timeout=240)[1]
    assert full.returncode == 2
    assert "Error" in said
    assert "Traceback" not in said


def test_a_register_that_may_only_be_read_says_so_and_can_be_asked(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    path = folder / "r"
    with Register(str(path), create=True) as register:
        for _ in add(register, [str(source)], Options()):
            break
    path.chmod(0o444)
    folder.chmod(0o555)
    if os.access(
        path, os.W_OK
    ):  # a superuser may write everything: let the question be answered as for others
        real = os.access
        monkeypatch.setattr(
            os, "access", lambda name, mode, **more: mode != os.W_OK and real(name, mode, **more)
        )
    try:
        with Register(str(path)) as register:
            assert verify(register).faults == ()
            with pytest.raises(RegisterError, match="may not be written"):
                for _ in add(register, [str(source)], Options()):
                    pass
    finally:
        folder.chmod(0o755)


def test_a_lost_connection_is_told_and_what_was_kept_stands(
    request: pytest.FixtureRequest, source: Path, undisturbed: tuple[set[object], ...], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("TOLLBOOK_ARCHIVE", str(tmp_path / "originals"))
    server = request.getfixturevalue("server")
    name = server.database()
    with Register(name, create=True) as register:
        adding = add(register, [str(source)], Options(), batch=60)
        next(adding)
        server.stop()
        try:
            with pytest.raises(RegisterError, match="connection"):
                for _ in adding:
                    pass
        finally:
            server.start()
        for _ in add(register, [str(source)], Options()):
            pass
        assert content(register) == undisturbed
        assert verify(register).faults == ()
