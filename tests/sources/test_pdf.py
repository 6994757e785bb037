"""PDFs: the text layer page by page; what has none, is locked or broken is told."""

import io
from collections.abc import Callable

import pypdf
import pytest

from tollbook.errors import SourceError
from tollbook.sources.pdf import read_pdf

Make = Callable[..., bytes]
FIRST = "At least 12 people were killed in Kano on Monday,\npolice said."


def locked(data: bytes, user: str, owner: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner_password=owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_of_a_paragraph_are_one(make_pdf: Make) -> None:
    text, title, author, warnings = read_pdf(
        make_pdf([FIRST, "Three others were injured."], info="/Title (Harm in Kano) /Author (The Desk)")
    )
    assert (
        text == "At least 12 people were killed in Kano on Monday, police said.\n\nThree others were injured."
    )
    assert (title, author, warnings) == ("Harm in Kano", "The Desk", ())


def test_a_scan_is_told_to_be_one(make_pdf: Make) -> None:
    with pytest.raises(SourceError, match=r"no text layer \(it holds pictures of pages\): OCR it first"):
        read_pdf(make_pdf(["", ""], pictures=True))
    with pytest.raises(SourceError, match="no text layer"):
        read_pdf(make_pdf([""]))


def test_a_page_without_text_among_others_is_told(make_pdf: Make) -> None:
    _, _, _, warnings = read_pdf(make_pdf([FIRST, "", FIRST]))
    assert [(w.code, "page 2" in w.message) for w in warnings] == [("page_unread", True)]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_locked_pdf_is_refused_and_one_that_only_forbids_printing_is_read(
    make_pdf: Make, algorithm: str
) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="the cipher's package is not installed")
    data = make_pdf([FIRST])
    with pytest.raises(SourceError, match="encrypted - save a copy without its password"):
        read_pdf(locked(data, "secret", "owner", algorithm))
    assert read_pdf(locked(data, "", "owner", algorithm))[0].startswith("At least 12")


def test_headers_that_stand_on_most_pages_are_skipped_and_told(make_pdf: Make) -> None:
    pages = [
        f"The Desk - page {n}\nKilled: {n * n}\nIn the north it was calm.\nThat is all." for n in range(1, 6)
    ]
    text, _, _, warnings = read_pdf(make_pdf(pages))
    assert "The Desk" not in text
    assert all(f"Killed: {n * n}" in text for n in range(1, 6))  # alike, but figures
    assert {w.code for w in warnings} == {"furniture"}


def test_a_broken_page_costs_no_other(make_pdf: Make) -> None:
    data = make_pdf([FIRST, "Three others were injured."])
    broken = data.replace(b"/Contents 5 0 R", b"/Contents [4 4]")
    text, _, _, warnings = read_pdf(broken)
    assert "Three others were injured." in text
    assert any(w.code == "page_unread" and "page 1" in w.message for w in warnings)


@pytest.mark.parametrize("cut", [8, 60, 300, 700])
def test_a_broken_file_is_told(make_pdf: Make, cut: int) -> None:
    with pytest.raises(SourceError, match=r" - |OCR"):
        read_pdf(make_pdf([FIRST])[:cut])


def test_pages_that_name_themselves_end(make_pdf: Make) -> None:
    with pytest.raises(SourceError, match="broken"):
        read_pdf(make_pdf([FIRST, FIRST]).replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"))
