"""What pages ask of the present, from narrow tables, is what the tables with a history say: listed, added up, counted."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path

import pytest

from tollbook.desk import adding_up, asking, deciding, keeping, rooming
from tollbook.desk.adding_claims import Missed, add_claim
from tollbook.desk.examples import example_record
from tollbook.desk.folios import cards
from tollbook.desk.keeping import add_received
from tollbook.desk.sums import GROUPS
from tollbook.desk.tabling import rows
from tollbook.desk.verifying import verify
from tollbook.model.answer import Figures, Wanted
from tollbook.model.report import report_of
from tollbook.register import find, migrate, neighbours
from tollbook.register.moment import NOW
from tollbook.register.register import Register, upgraded
from tollbook.sources import Options, Received

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from world import world  # the benchmark's world, whose folder is no package

LATER = "2990-01-01"  # a moment by which nothing else is known, so that the tables with a history answer
WANTED = (
    Wanted(),
    Wanted(harm="injured"),
    Wanted(start="2024-03-03", end="2024-03-20"),
    Wanted(review="machine"),
    Wanted(review="signed_off"),
    Wanted(grade="fair"),
    Wanted(conflicts=True),
    Wanted(conflicts=False, top=True),
    Wanted(party="army"),
    Wanted(place="Nigeria"),
    Wanted(place="a"),
)


def received(number: int, seed: int) -> Iterator[Received]:
    for one in world(number, seed, hard=True).reports:
        head = {name: getattr(one, name) for name in ("url", "title", "publisher", "published")}
        yield Received(report_of(one.text, language="en", **head), "a made-up world")


@pytest.fixture
def held(register: str) -> Iterator[Register]:
    """A register of a world, in which people decided this and that, and a page was seen again with other words."""
    with Register(register, create=True) as opened:
        for _ in add_received(opened, received(260, 5), said=True, batch=40):
            pass
        pages = [
            Received(
                report_of(
                    f"At least {n} people were killed in Kano on Monday, police said.", url="https://a.example/x",
                    publisher=publisher, published="2025-03-05", retrieved=f"2025-03-0{n}T00:00:00Z", language="en",
                ),
                "a page",
            )
            for n, publisher in ((6, "Daily One"), (7, "Daily Two"))
        ]  # fmt: skip
        for page in pages:
            for _ in add_received(opened, iter([page]), said=True):
                pass
        lines = asking.incidents(opened, order="largest", limit=200).lines
        deciding.merge(opened, [lines[0].id, lines[3].id], by="Ada", reason="one campaign")
        told = next(line for line in lines[4:] if line.reports > 2)
        claims = asking.incident(opened, told.id).testimonies
        deciding.split(opened, told.id, [claims[0].id], by="Ada", reason="another raid")
        deciding.decide(opened, "reject", [claims[1].id], by="Ada", reason="of another war")
        deciding.decide(opened, "sign_off", [lines[5].id], by="Ada")
        report = asking.report(opened, claims[-1].report)
        words = report.report.text.split(". ")[-1]
        quote = next(w for w in words.split() if w.isalpha())
        add_claim(
            opened,
            report.key,
            Missed(
                quote=quote,
                figure=quote,
                low="3",
                best="3",
                high="3",
                harm="injured",
                status="unknown",
                relation="beside",
            ),
            by="Ada",
            reason="the machine missed it",
        )
        yield opened


def test_lists_are_the_same(held: Register) -> None:
    for wanted in WANTED:
        for order in find.ORDERS:
            now, then = (
                asking.incidents(held, wanted, order=order, limit=40, offset=2, as_of=at)
                for at in (None, LATER)
            )
            assert now == then, (wanted, order)
        assert rooming.number(held, wanted) == then.total
    assert asking.conflicts(held) == asking.conflicts(held, as_of=LATER)


def test_sums_are_the_same_by_all_that_they_are_made_by(held: Register) -> None:
    names = list(GROUPS)
    groupings = [list(some) for some in chain(combinations(names, 1), combinations(names, 2))]
    within = 0
    for wanted in WANTED:
        now = adding_up.tolls(held, groupings, wanted)
        for by, table, alone in zip(
            groupings, now, adding_up.tolls(held, groupings, wanted, as_of=LATER), strict=True
        ):
            assert table.rows == alone.rows, (wanted, by)
            assert set(table.left_out) == set(alone.left_out), (wanted, by)
        within += len(now[0].left_out)
        assert adding_up.toll(held, ("day",), wanted).rows == now[names.index("day")].rows
        tables, apart = adding_up.unlooked(held, groupings[:4], ("harm", "status"), wanted, drawn="killed")
        assert tables == now[:4]
        some = [("day", "harm"), ("month", "harm", "status")]
        killed = [adding_up.tolls(held, some, wanted, as_of=at, only="killed") for at in (None, LATER)]
        assert [table.rows for table in killed[0]] == [table.rows for table in killed[1]]
        (drawn,), _ = adding_up.unlooked(held, some[1:], ("harm",), wanted, drawn="killed")
        assert drawn == killed[0][1]
        if wanted.review != "signed_off":
            machine = replace(wanted, review="machine")
            assert apart.rows == adding_up.toll(held, ("harm", "status"), machine, as_of=LATER).rows
    assert within > 3  # the world has summaries that hold other incidents


def test_frames_and_voices_are_the_same(held: Register) -> None:
    for table in ("incidents", "tolls"):
        now, then = (
            sorted(map(str, (tuple(row.values()) for row in rows(held, table, as_of=at))))
            for at in (None, LATER)
        )
        assert now == then
    assert asking.origins(held, limit=500) == asking.origins(held, limit=500, as_of=LATER)
    assert asking.origins(held, "pol", limit=3) == asking.origins(held, "pol", limit=3, as_of=LATER)


def test_the_map_shows_the_killed_of_each_incident(held: Register) -> None:
    lines = asking.incidents(held, order="largest", limit=500).lines
    spots = rooming.largest(held, Wanted(), 500)
    assert [spot.id for spot in spots] == [line.id for line in lines]
    for spot, line in zip(spots, lines, strict=True):
        killed = next(
            (f for f in line.tolls if f.harm == "killed"), Figures("killed", "all", None, None, None)
        )
        assert (spot.low, spot.best) == (killed.low, killed.best)


def test_the_queue_has_what_nobody_signed_off_the_weightiest_first(held: Register) -> None:
    waiting = deciding.queue(held, limit=500)
    lines = {line.id: line for line in asking.incidents(held, limit=500).lines}
    assert {one.id for one in waiting} == {i for i, line in lines.items() if line.review != "signed_off"}
    weights = [
        1000 * lines[one.id].conflicts + max(f.best or f.low or 0 for f in lines[one.id].tolls)
        for one in waiting
    ]
    assert [one.weight for one in waiting] == weights == sorted(weights, reverse=True)
    assert deciding.queue(held, limit=5, offset=5) == waiting[5:10]


def test_an_upgrade_makes_them_and_verify_tells_where_they_differ(held: Register) -> None:
    assert verify(held).faults == ()
    with held.reading() as connection:
        before = [connection.exec_driver_sql(f"SELECT * FROM {t} ORDER BY 1, 2, 3").all() for t in TABLES]
    with held.writing() as connection:
        connection.exec_driver_sql("UPDATE figure SET low = 7777 WHERE line = (SELECT min(line) FROM figure)")
        connection.exec_driver_sql("DELETE FROM line WHERE n = (SELECT max(n) FROM line)")
        connection.exec_driver_sql("UPDATE voice SET claims = claims + 1 WHERE reports = 1")
    faults = {fault.kind for fault in verify(held).faults}
    assert faults == {"list"}
    with held.writing() as connection:
        for table in (*TABLES, *NEWER):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("ALTER TABLE claim DROP COLUMN since")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '2'")
    with upgraded(held.name) as versions:
        assert versions == ("2", migrate.newest())
    assert verify(held).faults == ()
    with held.reading() as connection:
        after = [connection.exec_driver_sql(f"SELECT * FROM {t} ORDER BY 1, 2, 3").all() for t in TABLES]
    assert after == before


TABLES = ("line", "figure", "voice")
NEWER = ("saved", "former", "reading", "job", "difference")  # made by newer upgrades


def test_what_is_read_in_bulk_is_what_is_read_alone_thing_for_thing_in_one_order(tmp_path: Path) -> None:
    """An export lists reports, testimonies, tolls, ledgers, effects and statements in the order of the room."""
    with Register(str(tmp_path / "coast.register"), create=True) as register:
        for _ in keeping.add(register, [str(example_record())], Options(), by="tests"):
            pass
        lines = asking.incidents(register, limit=1000).lines
        with register.reading() as connection:
            decisions = neighbours.reviews(connection)
            bulk = {c.incident.id: c for c in cards(connection, [one.id for one in lines], NOW, decisions)}
        alone = {one.id: asking.incident(register, one.id) for one in lines}
    assert any(len({key for key, _ in card.effects}) > 1 for card in alone.values())
    assert any(len(card.testimonies) > 5 for card in alone.values())
    assert bulk == {id: replace(card, children=(), parent=None) for id, card in alone.items()}
