"""What the record promises, over any testimonies: order, ledgers, bounds, copies, parts, people's decisions, families."""

from collections import Counter
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tollbook.model import testimony as model
from tollbook.model.claim import Claim, PartOf, Victims
from tollbook.model.count import Count
from tollbook.model.incident import Incident
from tollbook.model.origin import OriginRef
from tollbook.model.review import Review
from tollbook.model.text import Evidence, Span
from tollbook.profiles.toll_rule import installed_toll_rules
from tollbook.record import Record, conclude, families

TOWNS = {
    "A": model.Site("Atown", "locality", "SY", "North", 35.0, 36.0, "1", 1),
    "B": model.Site("Btown", "locality", "SY", "North", 35.5, 36.5, "2", 1),
    "C": model.Site("Ctown", "locality", "IQ", "East", 33.0, 44.0, "3", 1),
    "N": model.Site("North", "adm1", "SY", "North", 35.2, 36.2, "4", 4),
}
VOICES = [
    OriginRef("monitor", "The Monitor", "monitor"),
    OriginRef("ministry@SY", "Health ministry (SY)", "ministry", "state:SY"),
    OriginRef("army@SY", "Army (SY)", "military", "state:SY"),
    OriginRef("local@SY", "Residents (SY)", "local"),
    OriginRef("outlet:times", "The Times", "outlet"),
    OriginRef("un-human-rights-office", "UN Human Rights Office", "un"),
]
STATUSES = ["civilian", "armed_group", "security_forces", "unknown", "mixed"]
KINDS = ["exact", "at_least", "about", "some"]


def make(
    n: int,
    town: str,
    day: int,
    voice: int,
    value: int,
    status: str,
    kind: str,
    late: int,
    harm: str,
    part: int,
) -> list[model.Testimony]:
    """Make the testimonies of one report: a figure and, where `part` says so, an overlapping or a disjoint part of it."""
    high = None if kind in ("at_least", "some") else value
    best = None if kind == "some" else value
    low = 1 if kind == "some" else value
    head = model.Reference(f"r{n}", publisher=f"Outlet {n}", published=f"2024-03-{day + late:02d}")
    days = model.Days(f"2024-03-{day:02d}", f"2024-03-{day:02d}", 1)
    telling = (
        f"r{n}",
        head,
        f"s{n}",
        VOICES[voice],
        ("Outlet",),
        "2024-03-20",
        f"r{n}#0",
        (TOWNS[town],),
        days,
    )
    whole = _claim("c1", harm, Count(str(value), 0, 3, kind, low, best, high, False, "house"), status)  # type: ignore[arg-type]
    made = [model.Testimony(f"t{n:04d}a", whole, *telling)]
    if part and value > 1:
        size = max(1, value // 3)
        count = Count(str(size), 5, 7, "exact", size, size, size, False, "house")
        relation = "overlay" if part == 1 else "partition"
        inner = replace(_claim("c2", harm, count, "civilian"), part_of=PartOf("c1", relation))  # type: ignore[arg-type]
        made.append(model.Testimony(f"t{n:04d}b", inner, *telling))
    return made


def _claim(id_: str, harm: str, count: Count, status: str) -> Claim:
    victims = Victims(None, None, None, status)  # type: ignore[arg-type]  # a status
    evidence = Evidence(count.start, count.end, count.quote, Span(0, 9))
    return Claim(
        id_,
        harm,
        count,
        victims,
        (),
        (),
        (),
        None,
        None,
        "incident",
        "asserted",
        None,
        None,
        evidence,
        "test",
    )  # type: ignore[arg-type]


REPORT = st.tuples(
    st.sampled_from(sorted(TOWNS)), st.integers(1, 6), st.integers(0, len(VOICES) - 1), st.integers(1, 90),
    st.sampled_from(STATUSES), st.sampled_from(KINDS), st.integers(0, 4), st.sampled_from(["killed", "injured"]),
    st.integers(0, 2),
)  # fmt: skip
WORLDS = st.lists(REPORT, min_size=1, max_size=9).map(
    lambda rows: [t for n, row in enumerate(rows) for t in make(n, *row)]
)
RULES = st.sampled_from(installed_toll_rules())


def by_id(record: Record) -> dict[str, Incident]:
    return {i.id: i for i in record.incidents}


@settings(max_examples=60, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_testimonies_changes_nothing(told: list[model.Testimony], rng: object) -> None:
    mixed = list(told)
    rng.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert conclude(mixed) == conclude(told)


@settings(max_examples=100, deadline=None)
@given(WORLDS, RULES)
def test_every_claim_is_considered_once_and_every_figure_has_its_words(
    told: list[model.Testimony], rule: str
) -> None:
    record = conclude(told, rule=rule)
    held = {t.id: t for t in told}
    placed = Counter(t for i in record.incidents for t in i.testimonies)
    assert set(placed) | set(record.unplaced) == set(held)
    assert max(placed.values(), default=0) <= 1
    for incident in record.incidents:
        for toll in incident.tolls:
            entries = [e.claim for e in toll.ledger]
            assert len(entries) == len(set(entries))
            own = {t for t in incident.testimonies if held[t].claim.harm == toll.harm}
            assert set(entries) <= own
            if toll.status == "all":
                assert set(entries) == own
            known = [f for f in (toll.low, toll.best, toll.high) if f is not None]
            assert known == sorted(known)
            assert all(f >= 0 for f in known)
            for entry in toll.ledger:
                assert entry.reason
                assert held[entry.claim].claim.count.quote
            if any(f is not None for f in known):
                assert any(e.use in ("used", "agrees") for e in toll.ledger)


@settings(max_examples=100, deadline=None)
@given(WORLDS)
def test_no_toll_exceeds_what_all_origins_say_together(told: list[model.Testimony]) -> None:
    held = {t.id: t for t in told}
    for incident in conclude(told).incidents:
        for toll in incident.tolls:
            tops = [
                held[e.claim] for e in toll.ledger
                if held[e.claim].claim.part_of is None and held[e.claim].claim.count.best is not None
            ]  # fmt: skip
            most: dict[tuple[str, str], int] = {}
            for one in tops:
                key = (one.origin.id, one.claim.victims.status)
                most[key] = max(most.get(key, 0), one.claim.count.best or 0)
            if toll.status == "all" and toll.best is not None and tops:
                origins = {o for o, _ in most}
                assert toll.best <= max(
                    sum(v for (o, _), v in most.items() if o == origin) for origin in origins
                )


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_overlapping_parts_are_never_added(told: list[model.Testimony]) -> None:
    assume(
        not any(t.claim.count.kind == "some" for t in told)
    )  # where only the part has a figure, it is the least there is
    without = [t for t in told if t.claim.part_of is None or t.claim.part_of.relation != "overlay"]
    kept = {t.id for t in without}
    before = {i.testimonies[0]: i for i in conclude(without).incidents}
    for incident in conclude(told).incidents:
        same = before[next(t for t in incident.testimonies if t in kept)]
        for toll in same.tolls:
            now = next(t for t in incident.tolls if (t.harm, t.status) == (toll.harm, toll.status))
            assert (now.low, now.best, now.high) == (toll.low, toll.best, toll.high)


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_a_copy_in_another_outlet_changes_no_figure_and_no_grade(told: list[model.Testimony]) -> None:
    copied = [
        replace(t, id=t.id + "x", report=t.report + "x", telling=t.telling + "x", reference=replace(t.reference, id="x"))
        for t in told
    ]  # fmt: skip
    before, after = conclude(told).incidents, conclude([*told, *copied]).incidents
    assert [[(t.harm, t.status, t.low, t.best, t.high) for t in i.tolls] for i in before] == [
        [(t.harm, t.status, t.low, t.best, t.high) for t in i.tolls] for i in after
    ]
    assert [(i.id, i.grade, i.independent_origins) for i in before] == [
        (i.id, i.grade, i.independent_origins) for i in after
    ]


@settings(max_examples=60, deadline=None)
@given(WORLDS, st.integers(0, 5), st.integers(0, 5))
def test_a_merge_holds_and_taking_it_back_restores(told: list[model.Testimony], a: int, b: int) -> None:
    before = conclude(told)
    one, other = (before.incidents[n % len(before.incidents)].id for n in (a, b))
    assume(one != other)
    merge = Review("v1", "2024-04-01", "ana", "merge", (one, other), reason="one event")
    later = make(77, "A", 3, 0, 40, "civilian", "exact", 1, "killed", 0)
    for made in (conclude(told, [merge]), conclude([*told, *later], [merge])):
        holding = [i for i in made.incidents if {one, other} & {i.id, *i.previous_ids}]
        assert len(holding) == 1
        assert {one, other} <= {holding[0].id, *holding[0].previous_ids}
        assert any("ana" in reason for reason in holding[0].reasons)
    back = Review("v2", "2024-04-02", "ana", "revoke", ("v1",))
    assert conclude(told, [merge, back]).incidents == before.incidents


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_a_split_holds_whatever_comes_later(told: list[model.Testimony]) -> None:
    for incident in conclude(told).incidents:
        reports = sorted({t.report for t in told if t.id in incident.testimonies})
        if len(reports) < 2:
            continue
        gone = tuple(t.id for t in told if t.id in incident.testimonies and t.report == reports[0])
        stayed = " ".join(t for t in incident.testimonies if t not in gone)
        split = Review(
            "v1", "2024-04-01", "ana", "split", gone, old=incident.id, new=stayed, reason="two events"
        )
        later = make(77, "A", 3, 0, 40, "civilian", "exact", 1, "killed", 0)
        for made in (conclude(told, [split]), conclude([*told, *later], [split])):
            inside = [i for i in made.incidents if set(gone) & set(i.testimonies)]
            assert len(inside) == 1
            assert not set(stayed.split()) & set(inside[0].testimonies)
        back = Review("v2", "2024-04-02", "ana", "revoke", ("v1",))
        assert conclude(told, [split, back]).incidents == conclude(told).incidents


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_a_family_by_itself_gives_the_incidents_of_the_whole(told: list[model.Testimony]) -> None:
    whole = {i.id: i for i in conclude(told).incidents}
    of = families(told)
    for family in set(of.values()):
        own = [t for t in told if of[t.id] == family]
        for incident in conclude(own).incidents:
            theirs = whole[incident.id]
            assert (incident.testimonies, incident.tolls) == (theirs.testimonies, theirs.tolls)


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_a_rejected_claim_counts_nothing_and_stays_in_the_ledger(told: list[model.Testimony]) -> None:
    target = told[0].id
    record = conclude(told, [Review("v1", "2024-04-01", "ana", "reject", (target,))])
    entries = [
        e
        for i in record.incidents
        for t in i.tolls
        for e in t.ledger
        if e.claim == target and t.status == "all"
    ]
    assert [e.use for e in entries] == ["set_aside"]


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_a_toll_that_a_person_set_stands_and_is_shown(told: list[model.Testimony]) -> None:
    incident = conclude(told).incidents[0]
    review = Review(
        "v1", "2024-04-01", "ana", "correct", (incident.id,), "toll.killed.all", None, "7/8/", "the list"
    )
    made = by_id(conclude(told, [review]))[incident.id]
    toll = next(t for t in made.tolls if (t.harm, t.status) == ("killed", "all"))
    assert (toll.low, toll.best, toll.high) == (7, 8, None)
    assert "ana" in toll.ledger[0].reason
    assert made.review == "in_review"


def test_a_decision_about_nothing_is_reported() -> None:
    told = make(1, "A", 3, 0, 4, "civilian", "exact", 0, "killed", 0)
    record = conclude(told, [Review("v1", "2024-04-01", "ana", "reject", ("t9999",))])
    assert [lost.review.id for lost in record.lost] == ["v1"]
