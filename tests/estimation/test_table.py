"""A table is what was counted, and it is refused where no estimate can be made from it."""

import pytest

from tollbook.errors import UsageError
from tollbook.estimation import (
    Settings,
    compare,
    keep_lists,
    merge_lists,
    parse_cells,
    table_of,
    table_of_rows,
)
from tollbook.estimation.answers import answer_table
from tollbook.estimation.table import check_table, components, refuse_table, usable_lists, within_list
from tollbook.model.estimate import Refusal, Table


def test_rows_and_cells_make_the_same_table() -> None:
    rows = [(True, False, True)] * 3 + [(False, True, False)] * 2
    assert table_of_rows(rows, "ABC") == parse_cells("101:3 010:2")
    assert table_of({"101": 3, "010": 2, "111": 0}) == parse_cells("101:3 010:2")
    assert parse_cells("101:3 010:2").documented == 5
    assert parse_cells("101:3 010:2").size("C") == 3


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"000": 4, "110": 3}, "row on no list"),
        ({"12": 4}, "zeros and ones|one digit a list"),
        ({"110": -1}, "none negative"),
        ({"110": 3, "11": 2}, "one number of lists"),
    ],
)
def test_impossible_tables_are_wrong_use(cells: dict[str, int], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        table_of(cells)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (parse_cells("10:5 01:6 11:2"), "too_few_lists"),
        (parse_cells("100:5 010:6 110:2"), "empty_list"),
        (parse_cells("1000:9 0100:8 1100:3 0010:7 0001:6 0011:2"), "no_overlap"),
        (parse_cells("100:9 010:8 001:3"), "no_overlap"),
        (table_of({"1" * 61: 3, "1" + "0" * 60: 2}), "too_many_lists"),
    ],
)
def test_what_forbids_an_estimate_is_a_value_with_its_reason(table: Table, code: str) -> None:
    refused = refuse_table(table)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.words.count(" - ") >= 2  # what - why - what to do
    assert answer_table(table, Settings(), 1) == (refused,)
    found = compare(table)
    assert found.quoted is None
    assert found.verdict.startswith("No estimate")
    assert found.answers == (refused,)


def test_lists_that_are_not_identified_get_no_number_from_any_family(tables: dict[str, Table]) -> None:
    answers = answer_table(tables["artificial3"], Settings(replicates=200), 1)
    assert {a.code for a in answers if isinstance(a, Refusal)} == {"no_overlap"}


def test_groups_without_overlap_are_named() -> None:
    table = parse_cells("1000:9 0100:8 1100:3 0010:7 0001:6 0011:2")
    assert components(table) == (("A", "B"), ("C", "D"))
    refused = refuse_table(table)
    assert refused is not None
    assert "A, B | C, D" in refused.words


def test_lists_are_kept_merged_and_looked_into(tables: dict[str, Table]) -> None:
    table = tables["kosovo"]
    three = keep_lists(table, ["EXH", "ABA", "OSCE"])
    assert three.documented == table.documented - 306
    merged = merge_lists(table, ["ABA", "OSCE"], "both")
    assert merged.documented == table.documented
    assert merged.size("both") == 845 + 177 + 936 + 228 + 217 + 181 + 31 + 18 + 123 + 42 + 32 + 27
    inside = within_list(table, "HRW")
    assert inside.lists == ("EXH", "ABA", "OSCE")
    assert inside.documented == table.size("HRW") - 306
    assert usable_lists(table, 1000).lists == ("EXH", "ABA", "OSCE")


def test_pairs_of_lists_without_a_shared_person_are_told() -> None:
    checks = {c.code: c for c in check_table(parse_cells("100:9 010:8 001:3 110:4 011:2"))}
    assert not checks["pairs_overlap"].passed
    assert "A and C" in checks["pairs_overlap"].words
    assert not checks["shared_persons"].passed
