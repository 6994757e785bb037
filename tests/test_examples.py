"""The bundled reports read as a careful person reads them."""

from functools import cache

import pytest
from click.testing import CliRunner

import tollbook
from tollbook.cli import main
from tollbook.desk.examples import example_names, example_path, published_of
from tollbook.model.claim import Claim


@cache
def reading(name: str) -> tollbook.Reading:
    path = example_path(name)
    return tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path))


def find(name: str, words: str) -> Claim:
    found = [c for c in reading(name).claims if words in " ".join(c.evidence.quote.split())]
    assert found, f"no claim of {name} has “{words}”"
    return found[0]


def test_there_are_four_and_each_says_its_day() -> None:
    assert example_names() == ("coast", "denial", "monthly", "rising")
    for name in example_names():
        assert published_of(example_path(name)) is not None


@pytest.mark.parametrize("name", example_names())
def test_each_quote_is_the_text(name: str) -> None:
    read = reading(name)
    assert read.claims
    for claim in read.claims:
        for start, end, quote in (
            (claim.evidence.start, claim.evidence.end, claim.evidence.quote),
            (claim.count.start, claim.count.end, claim.count.quote),
        ):
            assert read.report.text[start:end] == quote


def test_the_coast_adds_up() -> None:
    killed = {t.status: t for t in reading("coast").toll if t.harm == "killed"}
    assert {s: t.low for s, t in killed.items()} == {
        "all": 1018, "civilian": 745, "security_forces": 125, "armed_group": 148,
    }  # fmt: skip
    assert killed["all"].high is None
    assert any("745 + 125 + 148 = 1,018" in e.reason for e in killed["all"].ledger)
    whole = find("coast", "More than 1,000")
    for words in ("745 civilians", "125 security personnel", "148 militants"):
        part = find("coast", words)
        assert part.part_of is not None
        assert (part.part_of.claim, part.part_of.relation) == (whole.id, "partition")


def test_the_coast_tells_effects_and_statements() -> None:
    assert {e.kind for e in reading("coast").effects} == {
        "looting",
        "arson",
        "displacement",
        "service_outage",
    }
    said = {(s.speaker.name, s.act) for s in reading("coast").statements}
    assert {("Syrian government", "blames"), ("officials", "blames"), ("France", "concern")} <= said


def test_old_and_running_tolls_stand_apart() -> None:
    assert find("denial", "killed 12 people").scope == "background"
    assert find("denial", "More than 6 million").scope == "cumulative"
    assert find("rising", "killed 25 people").scope == "background"
    assert find("monthly", "more than 200,000").scope == "cumulative"


def test_fears_and_threats_reach_no_toll() -> None:
    assert find("denial", "up to five people").modality == "feared"
    assert find("denial", "a hundred soldiers").modality == "threatened"


def test_the_command_reads_and_lists_them() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["example", "--list"]).output.split() == list(example_names())
    shown = runner.invoke(main, ["example"])
    assert shown.exit_code == 0
    assert "745 + 125 + 148 = 1,018" in " ".join(shown.output.split())
    assert runner.invoke(main, ["example", "nowhere"]).exit_code == 2


# What a careful person takes from the harder examples.


def toll(name: str, harm: str, status: str = "all") -> tuple[int | None, int | None]:
    row = next(t for t in reading(name).toll if t.harm == harm and t.status == status)
    return row.low, row.best


@pytest.mark.parametrize(
    ("name", "harm", "figure"),
    [
        ("monthly", "killed", 212),  # men, women, boys, girls, causes, places, incidents: all inside it
        ("monthly", "injured", 340),
        ("rising", "killed", 14),  # 6, 8, 11 were earlier tolls; another body is the fourteenth
        ("rising", "injured", 31),  # 27 were in hospital earlier in the day
        ("denial", "killed", 29),  # nine at the school, whoever shot, and 20 rebels elsewhere
    ],
)
def test_the_toll_a_careful_person_gives(name: str, harm: str, figure: int) -> None:
    assert toll(name, harm) == (figure, figure)


@pytest.mark.parametrize(
    ("words", "harm", "number"),
    [
        ("Aleppo | 71", "killed", 71),
        ("120", "injured", 120),
        ("airstrikes 34", "killed", 34),
        ("artillery shelling 17", "killed", 17),
    ],
)
def test_tables_and_lists_without_a_verb_are_read(words: str, harm: str, number: int) -> None:
    found = [c for c in reading("monthly").claims if c.harm == harm and c.count.best == number]
    assert found, words


def test_a_short_name_is_the_origin_named_before() -> None:
    origin = find("coast", "745 civilians").origin
    assert origin is not None
    assert origin.name == "Syrian Observatory for Human Rights"


def test_who_is_said_to_have_claimed_nothing_did_nothing() -> None:
    assert find("rising", "suicide bomber also died").by == ()
    assert "No group" not in {s.speaker.name for s in reading("rising").statements}


def test_three_thousand_who_fled_are_displaced() -> None:
    assert find("denial", "3,000 people who fled").harm == "displaced"
