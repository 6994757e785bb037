"""PDF pages: letters of many scripts, names from the right, the same bytes for the same calls."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tollbook.writers.drawing import Bar, Dot, Drawing, Stroke, Word
from tollbook.writers.pages import Pages


def words_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def one(text: str) -> bytes:
    pages = Pages("a title")
    pages.paragraph(text)
    return pages.to_bytes()


def test_the_same_calls_give_the_same_bytes_and_no_day_is_told() -> None:
    assert one("Ten people") == one("Ten people")
    told = PdfReader(BytesIO(one("Ten people"))).metadata
    assert told is not None
    assert told.title == "a title"
    assert told.creation_date is not None
    assert told.creation_date.year == 2000


@pytest.mark.parametrize("text", ["Łódź, Şırnak, Đắk", "Київ, Ђорђе", "Αθήνα ξ ≤ ≥ →", "Երևան", "თბილისი"])
def test_letters_of_many_scripts_are_set(text: str) -> None:
    assert text in words_of(one(text))
    assert "lacks" not in words_of(one(text))


@pytest.mark.parametrize("text", ["محمد عبد الله الأحمد", "عدد القتلى 12", "שלום"])
def test_names_from_the_right_are_whole_and_in_order(text: str) -> None:
    lines = [one(f"The list {text} of 3").replace(b"\r", b""), one(text)]
    for made in lines:
        told = words_of(made)
        assert "\u2022" not in told
        for word in text.split():
            assert word in told or word[::-1] in told


def test_the_first_word_from_the_right_stands_right() -> None:
    places: dict[str, float] = {}

    def visit(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        for letter in text.strip():
            places[letter] = matrix[4]

    PdfReader(BytesIO(one("ش ب"))).pages[0].extract_text(visitor_text=visit)
    pages = PdfReader(BytesIO(one("ش ب"))).pages[0].extract_text()
    assert pages.strip()
    assert min(x for letter, x in places.items() if not letter.isdigit()) > 300  # set at the right edge


def test_what_the_typeface_lacks_is_shown_and_told() -> None:
    assert "lacks" in words_of(one("王 and 12 others"))
    assert "\u2022 and 12 others" in words_of(one("王 and 12 others"))
    assert "lacks" not in words_of(one("a \u2022 b"))


def test_marks_of_direction_are_not_shown() -> None:
    assert words_of(one("a\u2067b\u2069c")).startswith("abc")


def test_a_picture_is_never_parted_and_pages_are_numbered() -> None:
    pages = Pages("t")
    for _ in range(12):
        pages.paragraph("word " * 200)
    marks = (
        Bar(0, 0, 9, 9, "band"),
        Dot(5, 5, 2, "ink"),
        Stroke(((0, 0), (9, 9)), "ink", 1, True),
        Word(0, 380, "last"),
    )
    pages.picture("Picture", Drawing(400, 400, marks, "x"))
    reader = PdfReader(BytesIO(pages.to_bytes()))
    told = [page.extract_text() for page in reader.pages]
    at = next(n for n, text in enumerate(told) if "Picture" in text)
    assert "last" in told[at]
    assert len(told) >= 2
    assert all(str(n) in text for n, text in enumerate(told, 1))
