"""The register from end to end, on both databases: added, asked, decided, remembered, verified."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tollbook.desk import adding_up, asking, deciding, remembering
from tollbook.desk.keeping import add
from tollbook.desk.verifying import verify
from tollbook.errors import ConflictError, UsageError
from tollbook.model.answer import Wanted
from tollbook.register.register import Register
from tollbook.sources import Options

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
LATER = "The death toll of Monday's attack in Kano has risen to 15, police said on Wednesday."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."


def line(text: str, **head: str) -> str:
    return json.dumps({"text": text, "language": "en", **head}) + "\n"


LINES = (
    line(
        KANO,
        published="2025-03-05",
        publisher="Daily One",
        url="https://one.example/kano",
        title="Kano attack",
    )
    + line(LATER, published="2025-03-06", publisher="Daily Two", url="https://two.example/kano")
    + line(GOMA, published="2025-03-05", publisher="Daily One", url="https://one.example/goma")
)


@pytest.fixture
def held(register: str) -> Iterator[Register]:
    with Register(register, create=True) as opened:
        yield opened


def added(held: Register, folder: Path, lines: str = LINES) -> int:
    source = folder / "reports.jsonl"
    source.write_text(lines, encoding="utf-8")
    *_, tally = add(held, [str(source)], Options(), by="a test")
    assert tally.problems == []
    return tally.added


def test_what_is_added_twice_changes_nothing(held: Register, tmp_path: Path) -> None:
    assert added(held, tmp_path) == 3
    page, entries = asking.incidents(held), asking.log(held)
    assert added(held, tmp_path) == 0
    assert (asking.incidents(held), asking.log(held)) == (page, entries)


def test_an_incident_comes_with_all_that_stands_behind_it(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    page = asking.incidents(held, Wanted(place="Kano"))
    assert page.total >= 1
    card = asking.incident(held, page.lines[0].id)
    assert card.testimonies
    assert {one.report for one in card.testimonies} == {line.key for line in card.reports}
    for one in card.testimonies:
        text = asking.report(held, one.report).report.text
        assert text[one.claim.evidence.start : one.claim.evidence.end] == one.claim.evidence.quote
    assert asking.incidents(held, Wanted(place="Nigeria")).total == page.total
    assert asking.incidents(held, Wanted(place="France")).total == 0


def test_as_of_a_day_before_nothing_was_said(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    assert asking.incidents(held, as_of="2020-01-01").total == 0
    assert asking.incidents(held, as_of="2100-01-01") == asking.incidents(held)


def test_a_changed_page_is_a_new_version_and_the_old_one_stays(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    changed = line(
        KANO.replace("12", "14"), published="2025-03-05", publisher="Daily One",
        url="https://one.example/kano", title="Kano attack",
    )  # fmt: skip
    assert added(held, tmp_path, changed) == 1
    hit = next(h for h in asking.search(held, "at least 14 people"))
    card = asking.report(held, hit.key)
    assert [v.superseded_by for v in card.versions] == [card.key, None]
    old = asking.report(held, card.versions[0].key)
    assert old.report.text == KANO
    assert all(one.superseded_by == card.key for one in old.testimonies)


def test_words_are_found_with_their_sentence_in_any_script(held: Register, tmp_path: Path) -> None:
    arabic = line(
        "قتل ثلاثة مدنيين في حمص يوم الاثنين. قال المرصد السوري إن القصف استهدف المشفى.",
        published="2025-03-05",
    )
    added(held, tmp_path, LINES + arabic)
    hit = asking.search(held, "soldiers goma")[0]
    assert hit.sentence == GOMA
    assert "المرصد" in asking.search(held, "مرصد")[0].sentence
    assert asking.search(held, "nowhere to be found") == []
    with pytest.raises(UsageError, match="3 letters"):
        asking.search(held, "a b")


def test_people_merge_and_split_and_take_it_back(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    before = asking.incidents(held, order="oldest")
    a, b = before.lines[0], next(i for i in before.lines if i.country != before.lines[0].country)
    review = deciding.merge(held, [a.id, b.id], by="Ada", reason="one attack on two towns")
    one, other = asking.incident(held, a.id), asking.incident(held, b.id)
    assert one.incident == other.incident
    assert {a.id, b.id} <= {one.incident.id, *one.incident.previous_ids}
    added(
        held,
        tmp_path,
        line("Four people were killed in Kano on Monday, a hospital said.", published="2025-03-07"),
    )
    assert asking.incident(held, a.id).incident.id == asking.incident(held, b.id).incident.id
    deciding.undo(held, review.id, by="Ada", reason="they were two")
    assert asking.incident(held, a.id).incident.id != asking.incident(held, b.id).incident.id
    assert verify(held, recount=True).faults == ()


def test_a_decision_on_what_has_changed_is_refused(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    seen = asking.incidents(held).lines[0]
    claim = asking.incident(held, seen.id).testimonies[0].id
    deciding.decide(held, "reject", [claim], by="Ada", reason="misread", expected={claim: 0})
    with pytest.raises(ConflictError, match="look again"):
        deciding.decide(held, "confirm", [claim], by="Bob", expected={claim: 0})
    with pytest.raises(UsageError, match="why"):
        deciding.decide(held, "reject", [claim], by="Ada")


def test_history_names_what_moved_each_figure(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path, LINES.splitlines(keepends=True)[0])
    line_ = asking.incidents(held, Wanted(place="Kano", harm="killed")).lines[0]
    claim = next(t.id for t in asking.incident(held, line_.id).testimonies if t.claim.harm == "killed")
    deciding.decide(
        held, "correct", [claim], by="Ada", field="count.best", old="12", new="13", reason="the table says so"
    )
    steps = [
        s
        for s in remembering.history(held, line_.id)
        if (s.figures.harm, s.figures.status, s.axis) == ("killed", "all", "recorded")
    ]
    assert [s.figures.best for s in steps] == [12, 13]
    assert steps[0].cause == f"claim {claim}"
    assert "Ada" in steps[1].words
    assert steps[0].end == steps[1].start
    then = asking.incident(held, line_.id, as_of=steps[0].start[:26] + "+00:00").incident
    assert next(t.best for t in then.tolls if (t.harm, t.status) == ("killed", "all")) == 12


def test_sums_are_over_incidents(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    table = adding_up.toll(held, by=("country", "harm"))
    rows = {row.group: row for row in table.rows}
    assert rows["CD", "killed"].low == 2
    with pytest.raises(UsageError, match="month"):
        adding_up.toll(held, by=("colour",))


def test_verify_counts_what_is_whole_and_names_what_is_not(held: Register, tmp_path: Path) -> None:
    added(held, tmp_path)
    found = verify(held, recount=True)
    assert found.faults == ()
    counted = dict(found.checked)
    assert counted["reports"] == counted["originals"] == 3
    assert counted["quotes"] > counted["reports"]
    key = asking.search(held, "soldiers goma")[0].key
    original = asking.report(held, key).custody[0].original
    assert original is not None
    path = held.archive.path(original)
    path.chmod(0o644)
    path.write_bytes(b"something else")
    with held.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE body SET content = replace(content, 'two soldiers', 'ten soldiers')"
        )
        connection.exec_driver_sql("UPDATE report SET publisher = 'Nobody' WHERE publisher = 'Daily Two'")
        connection.exec_driver_sql("UPDATE toll SET low = 99 WHERE n = 1")
        connection.exec_driver_sql("UPDATE log SET \"by\" = 'somebody' WHERE n = 2")
    kinds = [fault.kind for fault in verify(held).faults]
    assert sorted(set(kinds)) == ["incidents", "list", "log entry", "original", "quote", "report"]
