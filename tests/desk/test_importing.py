"""Others' data beside the register: kept as received, never claims, found again, verified, restored; and laid beside ours."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from tollbook.cli import main
from tollbook.desk import asking, keeping
from tollbook.desk.comparing import compare
from tollbook.desk.importing import dataset, datasets, events_of, import_dataset
from tollbook.desk.publishing import Order, export
from tollbook.desk.restoring import restore
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.register import schema
from tollbook.register.register import Register
from tollbook.sources import Options

TEXT = "At least 12 civilians were killed in Kano on Monday by Boko Haram, police said."
ACLED = """event_id_cnty,event_date,event_type,actor1,country,location,latitude,longitude,fatalities
NGA1,03 March 2025,Attack,Boko Haram,Nigeria,Kano,12.0,8.52,40
NGA3,2025-03-04,Attack,Unknown,Nigeria,Lagos,6.45,3.39,7
NGA4,someday,Attack,Unknown,Nigeria,Jos,99,3.39,many
"""


@pytest.fixture
def name(tmp_path: Path) -> str:
    lines = tmp_path / "few.jsonl"
    lines.write_text(
        json.dumps({"text": TEXT, "language": "en", "published": "2025-03-05", "publisher": "Daily"})
    )
    name = str(tmp_path / "few.register")
    with Register(name, create=True) as made:
        for _ in keeping.add(made, [str(lines)], Options(), by="tests"):
            pass
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    return name


def counts(register: Register) -> list[int]:
    tables = (schema.report, schema.claim, schema.incident, schema.toll, schema.review)
    with register.reading() as connection:
        return [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables]


def test_what_is_brought_in_is_kept_as_it_is_and_is_no_claim(name: str, tmp_path: Path) -> None:
    with Register(name) as register:
        before = counts(register)
        done = import_dataset(register, "acled", tmp_path / "acled.csv", by="ada")
        assert (done.dataset.events, done.dataset.broken, done.fresh) == (3, 1, True)
        assert "someday" in done.warnings[0]
        again = import_dataset(register, "acled", tmp_path / "acled.csv", by="ada")
        assert (again.dataset, again.fresh) == (done.dataset, False)
        assert counts(register) == before
        assert register.archive.read(done.dataset.original) == ACLED.encode()
        assert [e.id for e in events_of(register, done.dataset)] == ["NGA1", "NGA3", "NGA4"]
        newest = asking.log(register, limit=1)[0]
        assert (newest.action, newest.subject, newest.by) == ("import", done.dataset.id, "ada")
        for which in (done.dataset.id, done.dataset.id[:6], "acled", "acled.csv"):
            assert dataset(register, which) == done.dataset
        with pytest.raises(UsageError, match="no data set 'ged'"):
            dataset(register, "ged")
        assert datasets(register, as_of="2020-01-01") == []


def test_a_lost_or_changed_file_of_theirs_is_found(name: str, tmp_path: Path) -> None:
    with Register(name) as register:
        found = import_dataset(register, "acled", tmp_path / "acled.csv").dataset
        done = verify(register, recount=True)
        assert done.faults == ()
        assert dict(done.checked)["data sets"] == 1
        path = register.archive.path(found.original)
        path.chmod(0o644)
        path.write_text("changed")
        faults = verify(register).faults
    assert [f.kind for f in faults] == ["original"]
    assert f"data set {found.id}" in faults[0].what


def test_an_export_of_tables_brings_it_back(name: str, tmp_path: Path) -> None:
    with Register(name) as register, Register(str(tmp_path / "back.register"), create=True) as back:
        found = import_dataset(register, "acled", tmp_path / "acled.csv").dataset
        export(register, Order(("tables",)), tmp_path / "out")
        restore(back, tmp_path / "out")
        shutil.copytree(register.archive.folder, back.archive.folder)
        assert datasets(back) == [found]
        assert events_of(back, found) == events_of(register, found)


def test_only_what_is_asked_for_is_missing_with_us(name: str, tmp_path: Path) -> None:
    with Register(name) as register:
        found = import_dataset(register, "acled", tmp_path / "acled.csv").dataset
        events = events_of(register, found)
        outcomes = {
            wanted: sorted((p.outcome, p.theirs.id if p.theirs else "") for p in compare(register, "acled", events, wanted).pairs)
            for wanted in (Wanted(), Wanted(place="Lagos"), Wanted(end="2025-03-03"), Wanted(party="Boko Haram"))
        }  # fmt: skip
    assert outcomes[Wanted()] == [("agree", "NGA1"), ("theirs", "NGA3"), ("theirs", "NGA4")]
    assert outcomes[Wanted(place="Lagos")] == [("theirs", "NGA3")]
    assert outcomes[Wanted(end="2025-03-03")] == [
        ("agree", "NGA1"),
        ("theirs", "NGA4"),
    ]  # it says no day: it may be one of these
    assert outcomes[Wanted(party="Boko Haram")] == [("agree", "NGA1")]


def test_from_the_command_line(name: str, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--register", name])
        assert done.exit_code == 0, done.output
        return done.output

    assert "no data set was brought in yet" in run("compare")
    told = run("import", "acled", str(tmp_path / "acled.csv"), "--name", "ACLED of March", "--by", "ada")
    assert "3 events of acled" in told
    assert "kept though broken: row 3 (NGA4)" in told
    assert "there already" in run("import", "acled", str(tmp_path / "acled.csv"))
    assert "ACLED of March" in run("compare")
    assert "2 only theirs" in run("compare", "acled", "--out", str(tmp_path / "out"))
    assert run("compare", "acled", str(tmp_path / "acled.csv")) == run("compare", "ACLED of March")
    rows = [json.loads(line) for line in run("compare", "acled", "--json").splitlines()]
    assert {row["outcome"] for row in rows} == {"theirs", "agree"}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {f["name"] for f in manifest["files"]} == {"comparison.csv", "comparison.html", "comparison.jsonl"}
    assert manifest["dataset"]["name"] == "ACLED of March"
    assert manifest["pairs"] == {"agree": 1, "differ": 0, "ours": 0, "theirs": 2}
    wrong = CliRunner().invoke(main, ["import", "ged", str(tmp_path / "acled.csv"), "--register", name])
    assert wrong.exit_code == 2
    assert "is it of the kind ged?" in wrong.output
