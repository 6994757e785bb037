"""Word files: everything that Word shows, once; bombs and entities refused."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from tollbook.errors import SourceError
from tollbook.sources.docx import read_docx

Make = Callable[..., bytes]


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_a_file_of_another_library_is_read() -> None:
    document = docx.Document()
    document.add_heading("Harm in Kano", 0)
    document.add_paragraph("At least 12 people were killed.")
    table = document.add_table(2, 3)
    for cell, words in zip(table._cells, ["Place", "Killed", "Injured", "Kano", "12", "3"], strict=True):
        cell.text = words
    table.cell(1, 1).merge(table.cell(1, 2))
    document.core_properties.title, document.core_properties.author = "Harm", "The Desk"
    out = io.BytesIO()
    document.save(out)
    text, title, author = read_docx(out.getvalue())
    assert text.split("\n") == [
        "Harm in Kano", "At least 12 people were killed.", "Place\tKilled\tInjured", "Kano\t12 3",
    ]  # fmt: skip
    assert (title, author) == ("Harm", "The Desk")


def test_what_word_shows_is_there_and_what_was_deleted_is_not(make_word: Make) -> None:
    note = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('In a box: 4 injured.')}</w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtContent>{p('In a control: 3 killed.')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Toll </w:t></w:r><w:ins><w:r><w:t>twelve</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>nine</w:delText></w:r></w:del><w:hyperlink><w:r><w:t> linked</w:t></w:r></w:hyperlink></w:p>"
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{note}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:type="separator">{p("---")}</w:footnote><w:footnote>{p("A note: 5 missing.")}</w:footnote></w:footnotes>'
    )
    text = read_docx(make_word(body, more={"word/footnotes.xml": notes}))[0]
    assert [line for line in text.split("\n") if line] == [
        "In a control: 3 killed.", "Toll twelve linked", "In a box: 4 injured.", "A note: 5 missing.",
    ]  # fmt: skip


def test_tables_in_tables_are_read_once(make_word: Make) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('inner')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('outer')}{inner}</w:tc><w:tc>{p('12')}</w:tc></w:tr></w:tbl>"
    assert read_docx(make_word(body))[0] == "outer inner\t12"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE x [<!ENTITY a 'aaaa'>"
        + "".join(
            f"<!ENTITY {b} '{('&' + a + ';') * 20}'>" for a, b in zip("abcdefg", "bcdefgf", strict=True)
        )
        + "]>",
    ],
    ids=["file", "billion laughs"],
)
def test_entities_are_refused(make_word: Make, doctype: str) -> None:
    with pytest.raises(SourceError, match="open it in a word processor"):
        read_docx(make_word(p("&f; Two people were killed."), doctype=doctype))


def test_a_bomb_is_refused(make_word: Make) -> None:
    with pytest.raises(SourceError, match="refused as a bomb"):
        read_docx(make_word("<w:p/>" * 6_000_000))


@pytest.mark.parametrize("depth", [60, 100_000])
def test_depth_ends(make_word: Make, depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + p("deep") + "</w:tc></w:tr></w:tbl>" * depth
    if depth < 256:
        assert read_docx(make_word(body))[0] == "deep"
    else:
        with pytest.raises(SourceError, match="broken"):
            read_docx(make_word(body))


def test_what_is_no_word_file_is_told(make_word: Make) -> None:
    good = make_word(p("Two people were killed."))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "b")
    for data in (good[:-40], good[: len(good) // 2], b"PK\x03\x04junk", other.getvalue()):
        with pytest.raises(SourceError, match=" - open it in a word processor and save it again"):
            read_docx(data)
