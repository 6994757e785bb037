"""Counting only what is touched gives what counting everything gives: in any order, in any batches, on both databases."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tollbook.desk import asking, deciding
from tollbook.desk.keeping import add_received
from tollbook.desk.verifying import verify
from tollbook.desk.voicing import voice
from tollbook.model.report import report_of
from tollbook.record import heed
from tollbook.register import find, neighbours, whole
from tollbook.register.moment import NOW
from tollbook.register.register import Register
from tollbook.sources import Received

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from world import Told, world  # the benchmark's world, whose folder is no package

Outcome = set[tuple[object, ...]]


@pytest.fixture(scope="module")
def reports() -> list[Told]:
    return world(130, 11, hard=True).reports


def received(reports: list[Told]) -> Iterator[Received]:
    for one in reports:
        yield Received(
            report_of(
                one.text, url=one.url, title=one.title, publisher=one.publisher, published=one.published,
                language="en",
            ),
            "a made-up world",
        )  # fmt: skip


def outcome(register: Register) -> Outcome:
    """Return all that incidents are, but for the ids they had on the way."""
    with register.reading() as connection:
        ids = whole.present(connection)
        made = [found[1] for id in ids if (found := find.incident(connection, id, NOW)) is not None]
    return {
        (i.id, i.testimonies, i.title, i.period, i.places, i.parent, i.children, i.grade, i.conflicts,
         frozenset((t.harm, t.status, t.low, t.best, t.high, frozenset(t.ledger)) for t in i.tolls))
        for i in made
    }  # fmt: skip


@pytest.fixture(scope="module")
def at_once(reports: list[Told], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    with Register(str(tmp_path_factory.mktemp("whole") / "r"), create=True) as register:
        for _ in add_received(register, received(reports), said=True, batch=10_000):
            pass
        assert verify(register, recount=True).faults == ()
        return outcome(register)


@pytest.mark.parametrize(("seed", "batch"), [(0, 7), (1, 1), (2, 40)])
def test_neither_order_nor_batches_matter(
    reports: list[Told], at_once: Outcome, tmp_path: Path, seed: int, batch: int
) -> None:
    shuffled = list(reports)
    Random(seed).shuffle(shuffled)
    with Register(str(tmp_path / "r"), create=True) as register:
        for _ in add_received(register, received(shuffled), said=True, batch=batch):
            pass
        assert outcome(register) == at_once
        assert verify(register, recount=True).faults == ()


def test_both_databases_count_alike(register: str, reports: list[Told], at_once: Outcome) -> None:
    with Register(register, create=True) as opened:
        for _ in add_received(opened, received(reports), said=True, batch=50):
            pass
        assert outcome(opened) == at_once


def test_decisions_stand_whatever_comes_and_are_taken_back_without_a_trace(
    reports: list[Told], at_once: Outcome, tmp_path: Path
) -> None:
    half = len(reports) // 2
    with Register(str(tmp_path / "r"), create=True) as register:
        for _ in add_received(register, received(reports[:half]), said=True):
            pass
        page = asking.incidents(register, order="largest")
        one, other = page.lines[0], next(i for i in page.lines[1:] if i.country != page.lines[0].country)
        merged = deciding.merge(register, [one.id, other.id], by="Ada", reason="one campaign")
        large = next(i for i in page.lines if i.reports > 2 and i.id not in (one.id, other.id))
        claim = asking.incident(register, large.id).testimonies[0].id
        parted = deciding.split(register, large.id, [claim], by="Ada", reason="another raid")
        for _ in add_received(register, received(reports[half:]), said=True, batch=9):
            pass
        assert (
            asking.incident(register, one.id).incident.id == asking.incident(register, other.id).incident.id
        )
        assert verify(register, recount=True).faults == ()
        for review in (parted, merged):
            deciding.undo(register, review.id, by="Bob", reason="no")
        assert outcome(register) == at_once


def of_voices(register: Register, chance: Random) -> None:
    """Decide something about who says what, as people might: make voices one, part them, correct one, take it back."""
    lines = asking.origins(register, limit=500)
    whom = chance.choice(lines)
    how = chance.choice(("unify", "unify", "unify", "separate", "correct", "undo"))
    made = [r for r, holds in deciding.decisions(register) if holds and r.action != "revoke"]
    if how == "undo" and made:
        deciding.undo(register, chance.choice(made).id, by="Ada", reason="no")
    elif how in ("separate", "correct"):
        page = asking.incidents(register, limit=200)
        claim = chance.choice(asking.incident(register, chance.choice(page.lines).id).testimonies)
        to = chance.choice((whom.id, whom.name, f"Doctor {chance.randrange(3)}"))
        field = "origin" if how == "correct" else None
        deciding.decide(register, how, [claim.id], by="Ada", reason="he says so", field=field, new=to)
    elif len(lines) > 1:
        both = chance.sample([line.id for line in lines], 2)
        deciding.decide(register, "unify", both, by="Ada", reason="one office")


@pytest.mark.parametrize("seed", range(4))
def test_a_voice_is_one_wherever_it_speaks_and_however_it_came_to_be_so(
    reports: list[Told], tmp_path: Path, seed: int
) -> None:
    chance, some = Random(seed), list(reports)
    chance.shuffle(some)
    with Register(str(tmp_path / "r"), create=True) as register:
        for start in range(0, len(some), 26):
            for _ in add_received(register, received(some[start : start + 26]), said=True, batch=9):
                pass
            for _ in range(5):
                of_voices(register, chance)
            assert verify(register, recount=True).faults == ()
        with register.reading() as connection:
            told = neighbours.recall(connection, whole.claims(connection)).values()
            decisions = neighbours.reviews(connection)
        given = {one.id: one.origin for one in heed(told, decisions).testimonies}
        for line in asking.incidents(register, limit=500).lines:
            for one in asking.incident(register, line.id).testimonies:
                assert one.origin == given[one.id]
        for line in asking.origins(register, limit=500):
            for one in voice(register, line.id, limit=1000).claims:
                assert one.origin == given[one.id]
