"""Numbers of briefs over many incidents: each is a claim's own, a toll of the register, or a sum of tolls; no other goes unseen.

Sums of many claims reach nearly every small number, so that asking whether some claims could add up to it proves little. Here
a number must be exactly one that the register holds, each toll must be made of the claims of its own ledger, and the test says of
itself how many numbers it would notice if they were others.
"""

import re
import sys
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tracing import claims_of, numbers

from tollbook.desk import asking
from tollbook.desk.adding_up import toll
from tollbook.desk.briefing import brief
from tollbook.desk.keeping import add_received
from tollbook.desk.publishing import Order
from tollbook.model.brief import Brief, Grid, Part
from tollbook.model.report import report_of
from tollbook.register.register import Register
from tollbook.sources import Received
from tollbook.writers.brief_markdown import brief_markdown

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from world import world  # the benchmark's world, whose folder is no package

SEEDS = (5, 11)


@pytest.fixture(scope="module", params=SEEDS)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register(str(tmp_path_factory.mktemp("many") / "many.register"), create=True) as register:
        items = (
            Received(
                report_of(
                    one.text, language="en", url=one.url, title=one.title, publisher=one.publisher, published=one.published
                ),
                "a made-up world",
            )
            for one in world(240, request.param, hard=True).reports
        )  # fmt: skip
        for _ in add_received(register, items, by="tests"):
            pass
        yield register


def persons(made: Brief) -> Iterator[tuple[Part, bool]]:
    """Yield each figure of people that a brief tells, and whether it is what is left of a whole."""
    yield from ((part, False) for part in made.headline.parts if part.kind == "persons")
    for block in chain.from_iterable(section.blocks for section in made.sections):
        rows = (
            block.rows
            if isinstance(block, Grid)
            else [block.sentences]
            if hasattr(block, "sentences")
            else []
        )
        for row in rows:
            rest = isinstance(block, Grid) and "the rest" in row[1].parts[0].text
            for sentence in row:
                yield from ((part, rest) for part in sentence.parts if part.kind == "persons")


def held(register: Register, id: str | None) -> set[int]:
    """Return the figures that the register holds of an incident and what lies in it, or of all together."""
    if id is None:
        rows = [row for by in (("harm",), ("harm", "status")) for row in toll(register, by).rows]
        return {f for row in rows for f in (row.low, row.best, row.high) if f is not None}
    card = asking.incident(register, id)
    several = [card, *(asking.incident(register, child) for child in card.incident.children)]
    tolls = [t for one in several for t in one.incident.tolls]
    return {f for t in tolls for f in (t.low, t.best, t.high) if f is not None}


def test_every_number_is_one_that_the_register_holds_and_another_would_be_noticed(many: Register) -> None:
    claims = claims_of(many)
    ids = [line.id for line in asking.incidents(many, limit=500).lines]
    assert len(ids) > 30
    told = noticed = 0
    for id in (None, *ids):
        known = held(many, id)
        for part, rest in persons(brief(many, id, Order(()))):
            own = set(chain.from_iterable(claims[c][0] for c in part.claims))
            reachable = own | known | ({a - b for a in known for b in known} if rest else set())
            assert set(part.values) <= reachable, (id, part)
            assert part.cites or not part.values, part
            told += len(part.values)
            noticed += sum(value + 1 not in reachable for value in part.values)
    assert told > 200
    assert noticed > 0.8 * told, f"only {noticed} of {told} numbers would be noticed if they were one more"


def test_every_toll_is_made_of_the_claims_of_its_own_ledger(many: Register) -> None:
    """A bound is a claim's figure, or a sum of some few that tell of different people; "at least" may rest on the word alone."""
    claims = claims_of(many)
    checked = 0
    for line in asking.incidents(many, limit=500).lines:
        for one in asking.incident(many, line.id).incident.tolls:
            figures = [claims[e.claim][0] for e in one.ledger if e.claim in claims]
            single = set(chain.from_iterable(figures))
            few = (
                single
                | {
                    sum(some)
                    for size in (2, 3, 4)
                    for some in combinations([f for own in figures for f in own], size)
                }
                if len(figures) < 20
                else None
            )
            for figure in (one.low, one.best, one.high):
                if figure is not None:
                    assert single or not figure
                    assert few is None or not figure or figure in few, (line.id, one)
                    checked += 1
    assert checked > 100


TOWNS = ("Kano", "Goma", "Bukavu", "Khartoum", "Aleppo")
VOICES = ("police", "the army", "the health ministry", "a hospital")
VERBS = ("were killed", "were injured", "were displaced")
WHO = ("civilians", "soldiers", "people", "children")
HEDGES = ("{}", "At least {}", "More than {}", "Up to {}", "About {}")
BESIDE = (
    "", "The governor condemned the attack.", "Gunmen burned down the market.", "The army denied the attack.",
    "Police called for an investigation.",
)  # fmt: skip


@st.composite
def registers(draw: st.DrawFn) -> list[str]:
    """Return the texts of some reports, each of claims about one town and day, made of drawn words and figures."""
    texts = []
    for _ in range(draw(st.integers(1, 5))):
        town, day = draw(st.sampled_from(TOWNS)), draw(st.integers(1, 4))
        told = []
        for _ in range(draw(st.integers(1, 3))):
            figure = draw(st.sampled_from(HEDGES)).format(draw(st.integers(2, 4999)))
            who, verb, voice = (draw(st.sampled_from(words)) for words in (WHO, VERBS, VOICES))
            told.append(f"{figure} {who} {verb} in {town} on {day} March 2025, {voice} said.")
        texts.append(" ".join([*told, draw(st.sampled_from(BESIDE))]).strip())
    return texts


@settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # fmt: skip
@given(texts=registers())
def test_whatever_the_claims_every_number_of_a_brief_is_traced_to_them(texts: list[str]) -> None:
    """Figures are claims' own or sums the register holds, and cited; each quote is word for word in a report."""
    with TemporaryDirectory() as folder, Register(str(Path(folder) / "a.register"), create=True) as register:
        reports = [
            report_of(text, language="en", publisher=f"Daily {chr(65 + n)}", published="2025-03-06")
            for n, text in enumerate(texts)
        ]
        for _ in add_received(register, [Received(one, "made up") for one in reports], by="tests"):
            pass
        claims = claims_of(register)
        for id in (None, *(line.id for line in asking.incidents(register).lines)):
            made = brief(register, id, Order(()))
            known, traced = held(register, id), set[int]()
            for part, rest in persons(made):
                own = set(chain.from_iterable(claims[c][0] for c in part.claims))
                reachable = own | known | ({a - b for a in known for b in known} if rest else set())
                assert set(part.values) <= reachable, (id, part)
                assert part.cites or not part.values, part
                traced |= set(part.values)
            page = brief_markdown(made)
            assert untraced(page, texts, traced) == set(), page.partition("## How we know")[0]


def untraced(page: str, texts: list[str], traced: set[int]) -> set[int]:
    """Return the numbers of people told above the citations that are neither a traced figure nor in words of a report."""
    body = page.partition("## How we know")[0]
    for quote in set(re.findall("“([^”]*)”", body)):
        assert any(quote.replace("\\", "") in text for text in texts), quote
    body = re.sub(r"“[^”]*”|\[[\d–, ]+\](?:\[[\d–, ]+\])*", "", body)
    body = re.sub(r"(?:\d+(?: March)?(?: 2025)?[–-])?\d+ March(?: 2025)?|2025-03-\d\d", "", body)
    body = re.sub(
        r"\d+ (?:more |independent )?(?:account|incident|origin|report|claim)s?\b", "", body
    )  # of the record
    return set(numbers(body)) - traced
