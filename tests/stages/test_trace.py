"""Whose figure is it: names of one voice are one, voices of two countries are two, carriers carry."""

import pytest

import tollbook
from tollbook.model import origin as model
from tollbook.model.report import report_of
from tollbook.pipeline import read_report
from tollbook.record import attested, resolve_origin
from tollbook.stages.trace import UNNAMED
from tollbook.world.origins import load_origins

SOHR = "Syrian Observatory for Human Rights"


def origins(text: str, published: str = "2024-03-09", **head: str) -> list[model.OriginRef]:
    return [t.origin for t in attested(tollbook.read(text, published=published, **head))]


@pytest.mark.parametrize(
    "words",
    [SOHR, "SOHR", "the Syrian Observatory", "The UK-based war monitor", "المرصد السوري لحقوق الإنسان", "the war monitor",
     "SOHR director Rami Abdulrahman", "the Britain-based Syrian Observatory for Human Rights", "المرصد السوري"],
)  # fmt: skip
def test_the_names_of_one_voice_are_one(words: str) -> None:
    assert resolve_origin(words, "SY", load_origins()).name == SOHR


def test_a_description_points_only_at_who_watches_there() -> None:
    assert resolve_origin("the war monitor", "IQ", load_origins()).name != SOHR
    assert resolve_origin("the war monitor", None, load_origins()).name != SOHR


def test_ministries_are_never_one_across_countries() -> None:
    table = load_origins()
    ids = {
        resolve_origin(w, c, table).id
        for w in ("the health ministry", "the ministry of health")
        for c in ("SD", "UA", "LB", "PS")
    }
    assert len(ids) == 4
    assert resolve_origin("the health ministry", "PS", table).name == "Gaza Health Ministry"


def test_the_country_of_a_ministry_is_the_one_its_words_name() -> None:
    found = origins("Five people were killed in Homs in Syria on Friday, the Lebanese health ministry said.")
    assert {o.name for o in found} == {"Lebanese Health Ministry"}


def test_two_hospitals_are_two_voices() -> None:
    table = load_origins()
    assert resolve_origin("Al-Rahma hospital", "SY", table) != resolve_origin(
        "the Central hospital", "SY", table
    )
    assert resolve_origin("Al-Rahma hospital", "SY", table).kind == "hospital"


def test_a_party_speaks_as_a_party() -> None:
    assert resolve_origin("Coastal Shield Brigade", "SY", load_origins()).kind == "belligerent"
    assert resolve_origin("an Al-Shabaab spokesman", "SO", load_origins()).party == "Al-Shabaab"


def test_an_outlet_that_names_no_source_is_its_own_origin_and_an_agency_carries() -> None:
    text = "KHARKIV (Reuters) — Nine people were killed in shelling of Kharkiv on Friday."
    testimony = attested(tollbook.read(text, published="2024-03-09", publisher="Harbour Times"))[0]
    assert testimony.origin.name == "Reuters"
    assert testimony.chain == ("Harbour Times", "Reuters")


def test_the_chain_goes_from_the_outlet_to_the_origin() -> None:
    text = "DAMASCUS (AFP) — Nine people were killed in Idlib on Friday, the Syrian Observatory for Human Rights said."
    testimony = attested(tollbook.read(text, published="2024-03-09", publisher="Harbour Times"))[0]
    assert testimony.chain == ("Harbour Times", "AFP", SOHR)


def test_an_outlet_going_on_in_its_own_words_is_no_second_voice() -> None:
    text = f"Nine people were killed in Idlib on Friday, the {SOHR} said. Twelve people were injured in the same strike."
    assert {o.name for o in origins(text)} == {SOHR}


def test_what_another_monitor_says_in_the_same_report_is_its_own() -> None:
    text = (
        f"The {SOHR} said nine civilians were killed in Idlib on Friday. "
        "The Syrian Network for Human Rights, which counts by name, documented twelve civilians killed in Idlib on Friday."
    )
    assert {o.name for o in origins(text)} == {SOHR, "Syrian Network for Human Rights"}


def test_every_kind_in_the_table_is_a_kind_of_the_record() -> None:
    table = load_origins()
    kinds = set(model.OriginKind.__args__)  # type: ignore[attr-defined]  # the arguments of a Literal
    assert {r.kind for r in table.rows} <= kinds
    assert {r.kind for r in table.roles} <= kinds
    assert sum(r.kind == "unknown" for r in table.rows) == 0


def test_an_address_that_is_none_names_no_outlet_and_breaks_nothing() -> None:
    for url in ("http://]\udb1e", "http://[::1", "nonsense"):
        report = report_of(
            "Nine people were killed in Idlib on Friday.", url=url, published="2024-03-09", language="en"
        )
        assert attested(read_report(report))[0].origin == UNNAMED


@pytest.mark.parametrize(
    "feast", ["a Christmas party", "last year's Halloween ball", "a Thanksgiving dinner"]
)
def test_a_feast_that_names_a_custom_dates_no_event(feast: str) -> None:
    told = attested(
        tollbook.read(f"Gunmen broke into {feast} in Lagos. Nine people were killed.", published="2015-12-03")
    )
    assert [(t.days.stated, t.days.end) for t in told if t.days] == [(False, "2015-12-03")]


def test_a_feast_told_as_a_day_dates_its_event() -> None:
    told = attested(
        tollbook.read(
            "On Christmas Day a bomb went off in Lagos. Nine people were killed.", published="2016-01-03"
        )
    )
    assert [t.days.start for t in told if t.days] == ["2015-12-25"]
