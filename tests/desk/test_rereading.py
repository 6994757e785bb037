"""Read anew by other packs, on both databases: what would change is told first; what was stays for earlier moments."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tollbook.desk import rereading
from tollbook.desk.adding_claims import Missed, add_claim
from tollbook.desk.asking import incident, incidents, log, report
from tollbook.desk.bulk_reading import read_item
from tollbook.desk.deciding import decide
from tollbook.desk.remembering import history
from tollbook.desk.rooming import paste
from tollbook.desk.verifying import verify
from tollbook.errors import Problem, UsageError
from tollbook.model.reading import Reading
from tollbook.model.rereading import Standing
from tollbook.register.moment import now
from tollbook.register.register import Register

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured. A list holds 17 names."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
HOMS = "Seven people were killed in Homs on Wednesday, the ministry said."


@pytest.fixture
def held(register: str) -> Iterator[Register]:
    with Register(register, create=True) as opened:
        for day, (text, title) in enumerate(((KANO, "Kano"), (GOMA, "Goma"), (HOMS, "Homs")), 5):
            paste(
                opened,
                text,
                {"publisher": "Daily", "published": f"2025-03-0{day}", "language": "en", "title": title},
                by="ada",
            )
        yield opened


class Better:
    """A reader of tomorrow: what it makes of a report is what today's makes, but for what is said of it."""

    def __init__(self) -> None:
        self.blind_to: set[str] = set()  # figures that it takes for none
        self.older = False  # whether it numbers its claims from the end

    def __call__(self, item: Any, profile: str, *, said: bool) -> Reading | Problem:
        made = read_item(item, profile, said=said)
        assert isinstance(made, Reading)
        claims = [c for c in made.claims if c.count.quote not in self.blind_to]
        claims = [
            replace(c, count=replace(c.count, low=8, best=8, high=8)) if c.count.quote == "Seven" else c
            for c in claims
        ]
        if self.older:
            names = {c.id: f"c{n}" for n, c in enumerate(reversed(claims), 1)}
            claims = [replace(c, id=names[c.id]) for c in claims]
        return replace(made, claims=tuple(replace(c, reader="tomorrow") for c in claims))


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> Better:
    made = Better()
    monkeypatch.setattr(rereading, "read_item", made)
    return made


def compared(register: Register, job: str = "j") -> Standing:
    *_, last = rereading.compare(register, job)
    return last


def taken(register: Register, job: str = "j") -> Standing:
    *_, last = rereading.take_over(register, job, by="ada", reason="the new pack", after=None)
    return last


def figures(register: Register, place: str, as_of: str | None = None) -> dict[str, tuple[int | None, ...]]:
    for line in incidents(register, as_of=as_of).lines:
        if line.place == place:
            return {f.harm: (f.low, f.best, f.high) for f in line.tolls}
    return {}


def test_the_same_reader_changes_nothing_whatever_it_is_called(held: Register) -> None:
    before = (incidents(held), log(held))
    assert compared(held) == Standing(3, 3, compared(held).counts, (), 0, 3)
    assert compared(held).count("reports") == 0
    assert (incidents(held), log(held)) == before


def test_what_would_change_is_told_and_nothing_changes_until_it_is_taken_over(
    held: Register, better: Better
) -> None:
    better.blind_to = {"Three", "two"}
    better.older = True
    before = incidents(held)
    last = compared(held)
    assert (last.done, last.total, last.count("lost"), last.count("changed"), last.count("gained")) == (
        3,
        3,
        2,
        1,
        0,
    )
    assert incidents(held) == before
    summed, fields, found = rereading.found_by(held, "j")
    assert summed.reports == 3
    assert fields == {"count": 1}
    (part,) = next(c for d in found for c in d.claims if c.fate == "changed").parts
    assert (part.before, part.after) == ("exact 7/7/7", "exact 8/8/8")
    with pytest.raises(UsageError, match="why"):
        next(rereading.take_over(held, "j", by="ada", reason=" "))


def test_what_was_read_before_is_answered_as_of_then_and_every_change_is_in_the_log(
    held: Register, better: Better
) -> None:
    old = {line.place: incident(held, line.id) for line in incidents(held).lines}
    then = now()
    better.blind_to = {"Three", "two"}
    compared(held)
    assert taken(held).count("taken") == 3
    assert figures(held, "Homs") == {"killed": (8, 8, 8)}
    assert figures(held, "Kano") == {"killed": (12, 12, None)}
    assert figures(held, "Goma") == {}
    assert figures(held, "Homs", then) == {"killed": (7, 7, 7)}
    assert figures(held, "Kano", then)["injured"] == (3, 3, 3)
    assert figures(held, "Goma", then) == {"killed": (2, 2, 2)}
    for place, card in old.items():
        again = incident(held, card.incident.id, as_of=then)
        assert again.testimonies == card.testimonies, place
        assert again.incident == card.incident
    entries = [line for line in log(held) if line.action == "reread"]
    assert {line.by for line in entries} == {"ada"}
    assert len(entries) == 3
    assert verify(held, recount=True).faults == ()
    homs = next(line for line in incidents(held).lines if line.place == "Homs")
    assert [
        s.figures.best for s in history(held, homs.id) if s.axis == "recorded" and s.figures.status == "all"
    ] == [7, 8]
    better.blind_to = set()
    compared(held)
    assert taken(held).count("taken") == 2
    assert figures(held, "Goma") == {"killed": (2, 2, 2)}
    assert figures(held, "Goma", then) == {"killed": (2, 2, 2)}
    assert verify(held, recount=True).faults == ()


def test_what_people_decided_stays_whatever_the_reader_sees(held: Register, better: Better) -> None:
    kano = next(line for line in incidents(held).lines if line.place == "Kano")
    card = incident(held, kano.id)
    by_words = {t.claim.count.quote: t for t in card.testimonies}
    decide(
        held, "correct", [by_words["Three"].id], by="bo", reason="look", field="count.best", old="3", new="4"
    )
    missed = Missed(
        "A list holds 17 names",
        "17",
        "17",
        "17",
        "17",
        "killed",
        "civilian",
        f"supersedes:{by_words['At least 12'].claim.id}",
    )
    added = add_claim(held, card.reports[0].key, missed, by="bo", reason="the mayor's list")
    before = figures(held, "Kano")
    better.blind_to = {"Three", "At least 12"}
    last = compared(held)
    assert (last.count("lost"), last.count("kept")) == (0, 2)
    taken(held)
    assert figures(held, "Kano") == before
    assert {t.id for t in report(held, card.reports[0].key).testimonies} == {
        *(t.id for t in card.testimonies),
        added,
    }
    assert verify(held, recount=True).faults == ()


def test_it_is_broken_off_and_goes_on_where_it_was(
    held: Register, better: Better, monkeypatch: pytest.MonkeyPatch
) -> None:
    better.blind_to = {"Three", "two"}
    monkeypatch.setattr(rereading, "_BATCH", 1)
    monkeypatch.setattr(rereading, "_TAKEN", 1)
    work = rereading.compare(held, "j")
    next(work)
    seen = next(work)
    work.close()
    assert seen.done == 1
    *_, last = rereading.compare(held, "j", after=seen)
    assert (last.done, last.total, last.count("reports")) == (3, 3, 3)
    half = rereading.take_over(held, "j", by="ada", reason="the new pack")
    next(half)
    assert next(half).done == 1
    half.close()
    assert verify(held, recount=True).faults == ()
    assert taken(held).done == 3
    assert verify(held, recount=True).faults == ()


def test_what_reads_otherwise_by_now_than_when_it_was_compared_is_left(
    held: Register, better: Better
) -> None:
    better.blind_to = {"two"}
    compared(held)
    better.blind_to = {"Three", "two"}
    last = taken(held)
    assert [where for where, _ in last.problems] == []
    better.blind_to = {"Seven"}
    assert figures(held, "Kano")["injured"] == (3, 3, 3)
    compared(held)
    goma = [d.report for d in rereading.found_by(held, "j")[2]]
    assert len(goma) == 2
    better.blind_to = {"two"}
    last = taken(held)
    assert last.unread == 2
    assert "compare again" in last.problems[0][1]
    assert figures(held, "Homs") == {"killed": (8, 8, 8)}
