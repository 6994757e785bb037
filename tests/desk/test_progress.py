"""The line of progress: how many, how fast, how long still; and what the share is a share of."""

import io
import sys
from pathlib import Path

import pytest

from tollbook.desk import progress
from tollbook.desk.progress import Progress, line_of, size_of
from tollbook.errors import Problem


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_says_how_many_how_fast_how_long() -> None:
    assert line_of(1, 2.0, None) == "1 report, 0.5 a second"
    assert line_of(12_000, 60.0, 0.25) == "12,000 reports, 200 a second, 25%, 3 min 0 s left"
    assert line_of(10, 3600.0, 0.1) == "10 reports, 0.0 a second, 10%, 9 h 0 min left"


def test_the_line_stays_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(progress, "_AFTER", -1.0)
    monkeypatch.setattr(progress, "_EVERY", -1.0)
    items = [1, 2, Problem("x", "no"), 3]
    assert list(Progress(iter(items), share=lambda: 0.5)) == items
    told = shown.getvalue()
    assert told.count("\n") == 1
    assert "50%" in told
    assert told.endswith("\n")


def test_it_is_silent_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_AFTER", -1.0)
    for shown, quiet in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr(sys, "stderr", shown)
        assert list(Progress(iter([1, 2, 3]), quiet=quiet)) == [1, 2, 3]
        assert shown.getvalue() == ""


def test_the_size_of_files_and_folders_is_known_and_of_streams_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"x" * 10)
    (tmp_path / "b.txt").write_bytes(b"x" * 5)
    assert size_of([str(tmp_path)]) == 15
    assert size_of([str(tmp_path / "b.txt"), str(tmp_path / "in")]) == 15
    assert size_of(["-"]) is None
    assert size_of(["https://example.org/"]) is None
