"""Tables and lists pasted as lines: a claim a cell, with the row as its evidence."""

import pytest

import tollbook
from tollbook.model.claim import Claim


def claims(text: str) -> list[Claim]:
    return list(tollbook.read(text, published="2025-03-12", language="en").claims)


def brief(text: str) -> list[tuple[str, int | None, str]]:
    return [(c.harm, c.count.best, c.evidence.quote) for c in claims(text)]


def test_a_table_gives_a_claim_a_cell_with_its_row_as_evidence() -> None:
    text = "| Governorate | Killed | Injured |\n|---|---|---|\n| Aleppo | 71 | 120 |\n| Idlib | 48 | – |"
    assert brief(text) == [
        ("killed", 71, "Aleppo | 71"),
        ("injured", 120, "Aleppo | 71 | 120"),
        ("killed", 48, "Idlib | 48"),
    ]
    assert [c.where[0].name for c in claims(text)] == ["Aleppo", "Aleppo", "Idlib"]


def test_tabs_part_cells_too_and_a_date_in_the_first_dates_the_row() -> None:
    found = claims("Date\tKilled\tWounded\n3 March 2025\t4\t11\n5 March 2025\t9\t2")
    assert [(c.harm, c.count.best, c.when and c.when.start) for c in found] == [
        ("killed", 4, "2025-03-03"),
        ("injured", 11, "2025-03-03"),
        ("killed", 9, "2025-03-05"),
        ("injured", 2, "2025-03-05"),
    ]


def test_the_row_of_totals_is_the_whole_and_is_not_added() -> None:
    read = tollbook.read("Area | Dead\nOuagadougou | 4\nDjibo | 9\nTotal | 13", language="en")
    whole, *rows = read.claims
    assert whole.count.best == 13
    assert [(c.part_of.claim, c.part_of.relation) for c in rows if c.part_of] == [(whole.id, "partition")] * 2
    assert [(t.harm, t.best) for t in read.toll if t.status == "all"] == [("killed", 13)]


def test_the_head_or_the_first_cell_says_who() -> None:
    by_head = claims("City | Civilians killed | Soldiers killed\nKyiv | 5 | 2\nKharkiv | 7 | 11")
    assert [c.victims.status for c in by_head] == ["civilian", "armed_forces", "civilian", "armed_forces"]
    by_cell = claims("Killed in May:\n- Civilians: 12\n- Police officers: 3")
    assert [(c.count.best, c.victims.status) for c in by_cell] == [(12, "civilian"), (3, "security_forces")]


def test_a_list_of_those_who_did_it_names_them() -> None:
    found = claims("Perpetrators of the killings:\n- M23: 41\n- ADF: 33\n- Unidentified armed men: 8")
    assert [(c.count.best, [p.name for p in c.by]) for c in found] == [
        (41, ["M23"]),
        (33, ["Allied Democratic Forces"]),
        (8, ["Unidentified armed men"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Contact us | About | Privacy\nHome | News | 12",
        "Team | Won | Lost\nLions | 12 | 3\nBears | 9 | 6",
        "The talks went on.\nPage: 12\nArticle: 14",
        "Deaths in detention\nOpening hours\nMonday: 9\nTuesday: 10",
        "Killed | Injured",
    ],
)
def test_what_is_no_table_of_harm_gives_none(text: str) -> None:
    assert claims(text) == []


def test_the_total_of_the_text_holds_the_rows() -> None:
    text = "In May, 30 civilians were killed.\n\nDistrict | Killed\nMasisi | 18\nRutshuru | 12"
    read = tollbook.read(text, published="2025-06-02", language="en")
    assert [(t.harm, t.best) for t in read.toll if t.status == "all"] == [("killed", 30)]
    assert [c.part_of is not None for c in read.claims] == [False, True, True]


def test_lines_that_begin_with_a_figure_and_people_are_read_under_a_head_of_harm() -> None:
    text = (
        "We counted 94 people killed in February.\n\nThe fatalities are distributed as follows:\n"
        "• 58 civilians, including five children\n• 29 soldiers who had deserted\n• 7 ISIS members\n\nThe talks go on."
    )
    found = claims(text)
    assert [(c.count.best, c.victims.status) for c in found] == [
        (94, "unknown"),
        (58, "civilian"),
        (29, "armed_forces"),
        (7, "armed_group"),
    ]
    assert {c.part_of.claim for c in found[1:] if c.part_of} == {"c1"}


def test_lines_of_figures_and_people_under_another_head_count_nobody() -> None:
    assert not claims("Those who came to the meeting:\n• 47 farmers\n• 29 teachers\n")


def test_a_figure_behind_each_name_shares_out_deaths() -> None:
    found = claims("Deaths by governorate: Aleppo 12, Hama 7, Homs 4.")
    assert [(c.count.best, c.where[0].name) for c in found] == [(12, "Aleppo"), (7, "Hama"), (4, "Homs")]
    assert [c.count.best for c in claims("By town: Corinto 14, Caloto 9 and Argelia 8 deaths.")] == [8, 14, 9]
    assert not claims("Guests by age: Ahmed 14, Ali 9.")
