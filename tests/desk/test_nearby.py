"""What may be the same event is offered for merging: near in place and days, never what lies within or far away."""

from pathlib import Path

from tollbook.desk.asking import incident, incidents
from tollbook.desk.deciding import Wish, preview
from tollbook.desk.nearby import nearby
from tollbook.desk.rooming import Register, open_register, paste

KANO = "At least 12 people were killed in a bombing in Kano on Monday, police said."
AGAIN = "Three farmers were shot dead in Kano on Tuesday, the mayor said."
LAGOS = "Gunmen killed 40 people in Lagos on Monday, the governor said."
LATER = "Two people were killed in Kano on Monday, police said."


def filled(folder: Path) -> Register:
    register = open_register(str(folder / "a.register"))
    for text, day in (
        (KANO, "2025-03-05"),
        (AGAIN, "2025-03-05"),
        (LAGOS, "2025-03-05"),
        (LATER, "2025-06-04"),
    ):
        paste(register, text, {"publisher": "Daily", "published": day, "language": "en"}, by="ada")
    return register


def test_the_same_town_a_day_later_is_offered_and_another_town_or_month_is_not(tmp_path: Path) -> None:
    with filled(tmp_path) as register:
        lines = {line.tolls[0].low: line.id for line in incidents(register).lines}
        assert len(lines) == 4
        near = nearby(register, incident(register, lines[12]).incident)
        assert [(n.line.id, n.days, n.kilometres) for n in near] == [(lines[3], 1, 0.0)]
        assert nearby(register, incident(register, lines[40]).incident) == []


def test_a_merge_can_be_looked_at_before_there_is_a_reason(tmp_path: Path) -> None:
    with filled(tmp_path) as register:
        lines = {line.tolls[0].low: line.id for line in incidents(register).lines}
        before, after = preview(register, [Wish("merge", (lines[12], lines[3]))], by="ada")
        assert (len(before), len(after)) == (2, 1)
        assert len(incidents(register).lines) == 4


def test_a_report_of_the_calendars_first_or_last_day_is_kept_as_any_other(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "a.register")) as register:
        for day in ("9999-12-31", "0001-01-01"):
            head: dict[str, str | None] = {"publisher": "Daily", "published": day, "language": "en"}
            tally = paste(register, "Four people were killed in Lagos.", head, by="ada")
            assert (tally.added, tally.problems) == (1, [])
        for line in incidents(register).lines:
            assert nearby(register, incident(register, line.id).incident) == []
