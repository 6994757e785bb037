"""What record.md promises of every reading, over generated news and over any text at all."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tollbook
from tollbook.model.claim import Claim

COUNTS = st.sampled_from(
    ["12", "1,200", "at least 20", "more than a dozen", "dozens of", "10 to 15", "up to 40", "no", "several", "a", "some 30",
     "two", "twenty-one", "hundreds of", "between 3 and 5", "2.3 million", "half a dozen", "about 745", "an estimated 60"]
)  # fmt: skip
PEOPLE = st.sampled_from(
    ["people", "civilians", "soldiers", "women and children", "militants", "police officers", "villagers, including 3 children,",
     "of them", "others", "Alawite farmers", "passengers", "members of the security forces"]
)  # fmt: skip
VERBS = st.sampled_from(
    ["were killed", "were wounded", "died", "fled", "were abducted", "are missing", "were arrested", "were feared dead",
     "may have been killed", "were not hurt", "had been displaced", "were shot dead and 4 others injured"]
)  # fmt: skip
TAILS = st.sampled_from(
    ["in Latakia on Thursday", "near Kharkiv", "since 2011", "last week, the Syrian Observatory for Human Rights said",
     "according to the ministry", "in an air strike", "by gunmen in Kano state", "on 3 March 2025", "", "overnight"]
)  # fmt: skip
SENTENCE = st.builds(
    lambda a, b, c, d: f"{a} {b} {c} {d}".strip().capitalize() + ".", COUNTS, PEOPLE, VERBS, TAILS
)
FRAMES = st.sampled_from(
    ["The death toll rose to 14.", "The army denied killing anyone.", "img", "Read more: 40 killed in floods",
     "(3 of them children)", "KILLED: 7", "He blamed the rebels.", "A suicide bomber blew himself up, killing 6.",
     "In all, 30 people were killed.", "\n\n"]
)  # fmt: skip
NEWS = st.lists(st.one_of(SENTENCE, FRAMES), min_size=1, max_size=8).map(" ".join)
ANY = st.text(max_size=300)
DAYS = st.sampled_from([None, "2025-03-09", "1990-01-05"])


def spans(claim: Claim) -> list[tuple[int | None, int | None, str | None]]:
    """Return offsets and quote of every slot of a claim that comes from words."""
    found = [(claim.count.start, claim.count.end, claim.count.quote)]
    found += [(claim.evidence.start, claim.evidence.end, claim.evidence.quote)]
    found += [(s.start, s.end, s.quote) for s in (*claim.by, *claim.means, *claim.where)]
    if claim.when is not None:
        found.append((claim.when.start_offset, claim.when.end_offset, claim.when.quote))
    for slot in (claim.victims, claim.origin):
        if slot is not None and slot.quote is not None:
            found.append((slot.start, slot.end, slot.quote))
    return found


def check(reading: tollbook.Reading) -> None:
    text = reading.report.text
    ids = {c.id for c in reading.claims}
    for claim in reading.claims:
        for start, end, quote in spans(claim):
            assert text[start:end] == quote
        sentence = claim.evidence.sentence
        assert sentence.start <= claim.evidence.start < claim.evidence.end <= sentence.end
        ordered = [v for v in (claim.count.low, claim.count.best, claim.count.high) if v is not None]
        assert ordered == sorted(ordered)
        assert claim.part_of is None or claim.part_of.claim in ids - {claim.id}
        assert claim.supersedes is None or claim.supersedes in ids - {claim.id}
        seen, at = set(), claim
        while at.part_of is not None:  # parts have an end
            assert at.id not in seen
            seen.add(at.id)
            at = next(c for c in reading.claims if at.part_of is not None and c.id == at.part_of.claim)
    for thing in (*reading.effects, *reading.places):
        assert text[thing.start : thing.end] == thing.quote
    for period in reading.dates:
        assert text[period.start_offset : period.end_offset] == period.quote
        assert (period.start is None) == (period.end is None)
        assert period.start is None or period.start <= (period.end or "")
    for statement in reading.statements:
        assert text[statement.speaker.start : statement.speaker.end] == statement.speaker.quote
        assert text[statement.evidence.start : statement.evidence.end] == statement.evidence.quote
        assert set(statement.claims) <= ids
    check_toll(reading)


def check_toll(reading: tollbook.Reading) -> None:
    by_id = {c.id: c for c in reading.claims}
    for harm in {c.harm for c in reading.claims if c.scope == "incident"}:
        rows = [t for t in reading.toll if t.harm == harm]
        assert [t.status for t in rows].count("all") == 1
        assert len({t.status for t in rows}) == len(rows)
        every = next(t for t in rows if t.status == "all")
        considered = [e.claim for e in every.ledger]
        assert sorted(considered) == sorted(
            c.id for c in reading.claims if c.harm == harm and c.scope == "incident"
        )
        assert all(e.reason for e in every.ledger)
        for row in rows:
            ordered = [v for v in (row.low, row.best, row.high) if v is not None]
            assert ordered == sorted(ordered)
            for entry in row.ledger:
                if entry.use == "used":
                    assert by_id[entry.claim].modality in ("asserted", "estimated")


@settings(max_examples=150, deadline=None)
@given(NEWS, DAYS)
def test_news_keeps_every_promise(text: str, published: str | None) -> None:
    check(tollbook.read(text, published=published, language="en"))


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_any_text_keeps_every_promise(text: str) -> None:
    check(tollbook.read(text, published="2025-03-09", language="en"))


@settings(max_examples=60, deadline=None)
@given(NEWS, st.sampled_from(["house", "acled", "gtd", "aoav"]))
def test_a_reading_is_repeatable_in_every_profile(text: str, profile: str) -> None:
    one = tollbook.read(text, published="2025-03-09", profile=profile, language="en")
    assert (
        one.to_json() == tollbook.read(text, published="2025-03-09", profile=profile, language="en").to_json()
    )
    assert [c.count.quote for c in one.claims] == [
        c.count.quote for c in tollbook.read(text, language="en").claims
    ]
    check(one)


@settings(max_examples=60, deadline=None)
@given(NEWS)
def test_without_a_day_of_publication_nothing_relative_is_resolved(text: str) -> None:
    assert all(d.start is None for d in tollbook.read(text, language="en").dates if d.basis == "relative")


@settings(max_examples=60, deadline=None)
@given(NEWS)
def test_the_json_comes_back_as_it_was(text: str) -> None:
    reading = tollbook.read(text, published="2025-03-09", language="en")
    value = msgspec.json.decode(reading.to_json())
    assert value["report"]["text"] == reading.report.text
    assert [c["evidence"]["quote"] for c in value["claims"]] == [c.evidence.quote for c in reading.claims]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", ".", "12", "\u202e12 killed", "(((", "killed " * 50, "12 " * 200]
)
def test_scraps_are_read_without_harm(text: str) -> None:
    check(tollbook.read(text, language="en"))


def test_furniture_yields_nothing_and_is_told() -> None:
    text = "Twelve people were killed in Kano on Monday.\nimg\nRead more: 40 killed in Lagos floods\nShare this article\n"
    reading = tollbook.read(text, published="2025-03-05")
    assert [c.count.best for c in reading.claims] == [12]
    assert not [p for p in reading.places if p.name == "Lagos"]
    told = [text[w.start : w.end] for w in reading.warnings if w.start is not None and w.code == "furniture"]
    assert any("img" in t for t in told)
    assert any("Read more" in t for t in told)
