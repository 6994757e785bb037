"""What a person meets at the command: outputs that cannot be written, readers that leave, Ctrl-C, hostile names."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tollbook.cli import main

TEXT = "At least 12 people were killed in Kano on Monday, police said."
COMMAND = [sys.executable, "-c", "from tollbook.cli import main; main(prog_name='tollbook')"]


def read(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *words], input=stdin)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 2_000, encoding="utf-8")
    return path


def test_exit_status_tells_what_became_of_it(report: Path) -> None:
    assert read(str(report)).exit_code == 0
    assert read(str(report), str(report.parent / "missing.txt")).exit_code == 1
    assert read(str(report), "--published", "yesterday").exit_code == 2
    assert read(str(report), "--profile", "mine").exit_code == 2
    assert read().exit_code == 2


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"], ["--html"]])
def test_one_bad_item_never_stops_the_others(report: Path, tmp_path: Path, form: list[str]) -> None:
    form = [*form, str(tmp_path / "page.html")] if form == ["--html"] else form
    run = read("missing.txt", str(report), "", "ftp://example.org/x", str(report), *form)
    assert run.exit_code == 1
    assert "not read: missing.txt: no such file or folder - check the name" in run.stderr
    assert "not http or https" in run.stderr
    shown = (tmp_path / "page.html").read_text(encoding="utf-8") if "--html" in form else run.stdout
    assert shown.count("At least 12") >= 2


def test_json_has_a_line_for_each_item_in_order(report: Path) -> None:
    lines = [json.loads(line) for line in read("missing", str(report), "--json").stdout.splitlines()]
    assert lines[0] == {"ref": None, "error": "no such file or folder - check the name", "where": "missing"}
    assert lines[1]["claims"][0]["count"]["low"] == 12


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_name_cannot_rule_the_screen(form: list[str]) -> None:
    run = read("evil\x1b]0;owned\x07\nnot read: other", *form)
    assert "\x1b" not in run.stderr
    assert "\x07" not in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_name_that_is_no_text_is_told_all_the_same() -> None:
    run = read(os.fsdecode(b"caf\xe9.txt"), "--json")
    assert json.loads(run.stdout)["where"] == "caf\\udce9.txt"
    assert run.exit_code == 1


@pytest.mark.parametrize("form", [[], ["--csv"]])
def test_a_report_cannot_rule_the_screen(tmp_path: Path, form: list[str]) -> None:
    path = tmp_path / "evil.txt"
    path.write_text(
        "\x1b[2JTwo people \x9b31m were killed in Kano.\u202e\x07 \x1b]52;c;Zm9v\x07", encoding="utf-8"
    )
    out = read(str(path), *form).stdout
    assert not any(c in out for c in "\x1b\x9b\x07\u202e")


def test_a_page_that_cannot_be_written_is_refused_before_reading(report: Path, tmp_path: Path) -> None:
    run = read(str(report), "--html", str(tmp_path / "nowhere" / "page.html"))
    assert run.exit_code == 2
    assert "no folder" in run.stderr
    assert read(str(report), "--html", str(tmp_path)).exit_code == 2
    both = read(str(report), "--json", "--html", str(tmp_path / "page.html"))
    assert both.exit_code == 2
    assert "give one" in both.stderr


def test_what_is_piped_has_no_colour_and_80_columns() -> None:
    run = subprocess.run(
        [*COMMAND, "example", "monthly"],
        capture_output=True,
        env={**os.environ, "COLUMNS": "200"},
        check=True,
    )
    text = run.stdout.decode()
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"], ["--json", "--jobs", "2"]])
def test_a_reader_may_leave(many: Path, form: list[str]) -> None:
    run = subprocess.Popen(
        [*COMMAND, "read", str(many), *form], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline()
    run.stdout.close()
    told = run.stderr.read()
    run.stderr.close()
    assert run.wait(60) == 0
    assert told == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_full_disk_is_told(many: Path, form: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [*COMMAND, "read", str(many), *form], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [
        "Error: the output cannot be written: No space left on device"
    ]


HEEDING = (
    "env",
    "--default-signal=INT",
)  # what a shell starts in the background is deaf to Ctrl-C, and so are its children


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_at_once_and_what_was_printed_is_whole(tmp_path: Path, jobs: str) -> None:
    pipe, out = tmp_path / "pipe.jsonl", tmp_path / "out.jsonl"
    os.mkfifo(pipe)
    with out.open("wb") as printed:
        run = subprocess.Popen(
            [*HEEDING, *COMMAND, "read", str(pipe), "--json", "--jobs", jobs],
            stdout=printed,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    with pipe.open("wb") as into:
        into.write((json.dumps({"text": TEXT}).encode() + b"\n") * 2_000)
        into.flush()
        while out.stat().st_size == 0 and run.poll() is None:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
        _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in told.decode()
    lines = out.read_bytes().splitlines()
    assert lines
    assert all(json.loads(line)["claims"] for line in lines)


def test_standard_input_is_a_report_or_lines_of_them() -> None:
    assert len(read("-", "--json", stdin=TEXT.encode()).stdout.splitlines()) == 1
    lines = b'{"text": "Two people were killed."}\n' * 3
    assert len(read("-", "--json", stdin=lines).stdout.splitlines()) == 3
    empty = read("-", stdin=b"")
    assert empty.exit_code == 1
    assert "standard input: the file is empty - nothing to read" in empty.stderr


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text("what stood here", encoding="utf-8")
    whole = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        whole(self, data[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    told = read(str(report), "--html", str(page))
    assert told.exit_code == 1
    assert "No space left" in told.output
    assert page.read_text(encoding="utf-8") == "what stood here"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page.html", "report.txt"]
