"""A summary of a wider area or longer period holds the incidents inside it; the two are never added."""

import tollbook
from tollbook.model.incident import Incident
from tollbook.record import record_of

IDLIB = "Seven people were killed in an air strike on Idlib in Syria on 3 March, residents said."
SARAQIB = (
    "Five people were killed in shelling of Saraqib in Idlib province in Syria on 4 March, residents said."
)
LATER = (
    "Four people were killed in shelling of Saraqib in Idlib province in Syria on 9 March, residents said."
)
SUM = "Some 42 people were killed in attacks across Idlib province in Syria between 2 March and 5 March, officials said."
SMALL = "Six people were killed in attacks across Idlib province in Syria between 2 March and 5 March, officials said."
HOMS = "Three people were killed by gunmen in Homs in Syria on 3 March, residents said."


def record(*texts: str) -> dict[str, Incident]:
    """Return the incidents by the first words of the text that tells them."""
    readings = [tollbook.read(t, published="2024-03-10") for t in texts]
    names = {r.report.id: r.report.text for r in readings}
    return {names[i.reports[0]]: i for i in record_of(readings).incidents}


def test_a_summary_is_the_parent_of_what_is_inside_it() -> None:
    made = record(IDLIB, SARAQIB, SUM)
    assert made[IDLIB].parent == made[SARAQIB].parent == made[SUM].id
    assert set(made[SUM].children) == {made[IDLIB].id, made[SARAQIB].id}
    assert (made[SUM].tolls[0].low, made[SUM].tolls[0].best) == (42, 42)  # 42, not 54
    assert made[SUM].clarity == 2


def test_another_province_or_another_week_is_not_inside() -> None:
    made = record(HOMS, LATER, SUM)
    assert made[HOMS].parent is None
    assert made[LATER].parent is None


def test_a_sum_smaller_than_an_incident_does_not_hold_it() -> None:
    assert record(IDLIB, SMALL)[IDLIB].parent is None


def test_one_report_may_tell_several_incidents() -> None:
    made = record(f"{IDLIB} {HOMS}")
    assert len(made) == 1  # one text
    readings = [tollbook.read(f"{IDLIB} {HOMS}", published="2024-03-10")]
    assert sorted((i.tolls[0].best or 0) for i in record_of(readings).incidents) == [3, 7]
