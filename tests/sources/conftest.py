"""PDFs and Word files made by the tests: byte by byte, or by the libraries that others make them with."""

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

PdfMaker = Callable[..., bytes]
WordMaker = Callable[..., bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _pdf(pages: Sequence[str], *, pictures: bool = False, info: str = "") -> bytes:
    """Return a PDF of pages of lines, laid down as ISO 32000 has it; a page of "" has no text."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        lines = " ".join(f"({line}) Tj T*" for line in page.split("\n") if line)
        content = f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET"
        shapes = "/XObject << /I 3 0 R >> " if pictures else ""
        resources = f"<< /Font << /F1 3 0 R >> {shapes}>>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate([*objects, f"<< {info} >>"], 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(places) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n"
    return out.encode("latin-1")


def _word(body: str, *, doctype: str = "", more: dict[str, str] | None = None) -> bytes:
    """Return a Word file with this inside its w:body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>',
        )
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture(scope="session")
def make_pdf() -> PdfMaker:
    return _pdf


@pytest.fixture(scope="session")
def make_word() -> WordMaker:
    return _word
