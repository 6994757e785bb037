"""A text without a letter that a pattern needs does not hold the pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.grammar.needs import needs_of
from tollbook.grammar.order import pattern_of
from tollbook.lang.pack import load_pack
from tollbook.stages.form import orders_of_pack

_ORDERS = orders_of_pack(load_pack("en"))
_LETTERS = sorted({letter for order in _ORDERS for need in order.needs for letter in need})


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("ab?c+", ["a", "c"]),
        ("(?:ab|cd){2,3}x*", ["ac"]),
        ("(?P<n>[ab])(?=z)(?<!y)[^q]{0,4}\\.", ["ab", "."]),
        ("(?:a|b?)c{0,1}d{1,}?", ["d"]),
        ("^(?>a|)$", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[str]) -> None:
    found = [set(need) for need in needs_of(pattern)]
    assert len(found) == len(needs)
    for need in needs:
        assert any(have <= set("abcdx.") and have & set(need) for have in found)


@given(st.text(_LETTERS, min_size=2, max_size=40))
def test_what_fits_has_what_it_needs(letters: str) -> None:
    for order in _ORDERS:
        if pattern_of(order).search(letters):
            assert not any(need.isdisjoint(letters) for need in order.needs[1:]), order.name
