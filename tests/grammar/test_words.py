"""Words are cut piece by piece; they must be those that one pattern finds in the whole text."""

from hypothesis import given
from hypothesis import strategies as st

from tollbook.grammar.words import WORD, words_of
from tollbook.model.text import Span

_SIGNS = "aB1 23\n\t,.'’-_\u00a0\u2009\0\r½é()U"


def _plainly(text: str, first: int, last: int) -> list[tuple[str, str, int, int]]:
    return [(m[0], m[0].lower(), m.start(), m.end()) for m in WORD.finditer(text, first, last)]


@given(st.text(_SIGNS, max_size=60))
def test_the_words_are_those_of_the_whole_text(text: str) -> None:
    assert list(zip(*words_of(text, str.lower)[:4], strict=True)) == _plainly(text, 0, len(text))


@given(st.text(_SIGNS, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_skipped_has_no_words(text: str, a: int, b: int) -> None:
    first, last = sorted((min(a, len(text)), min(b, len(text))))
    found = list(zip(*words_of(text, str.lower, [Span(first, last)])[:4], strict=True))
    assert found == _plainly(text, 0, first) + _plainly(text, last, len(text))


def test_a_number_keeps_its_blank_and_a_new_line_ends_it() -> None:
    assert words_of("4 556 dead, 5\n200 hurt, 12 000 fled", str.lower)[0] == [
        *("4 556", "dead", ",", "5", "200", "hurt", ",", "12 000", "fled")
    ]


def test_long_pieces_are_cut_and_not_kept() -> None:
    long = "word," * 50
    assert words_of(long, str.lower)[0] == ["word", ","] * 50


def test_words_and_gaps_that_no_byte_can_tell_stand_where_they_stand() -> None:
    text = "a" * 300 + " bb (" + "é" * 70_000 + ")\0" + " " * 400 + "cc."
    found = words_of(text, str.lower)
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == found.words
    assert found.words == [match[0] for match in WORD.finditer(text)]
