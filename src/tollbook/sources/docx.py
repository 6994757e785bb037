"""docx: Word file -> text: paragraphs, tables row by row, text boxes where they stand, notes at the end.

Read from the file's own XML, as ECMA-376 lays it down (part 1, §17), because a reading must not lose words: what Word
shows inside content controls, text boxes, insertions under review and notes is part of the report; what was deleted
under review is not.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from tollbook.errors import SourceError

_MOST_UNPACKED = 200_000_000
_MOST_RATIO = 200
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the other name of the same words
_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a second copy for old readers
)
_CORE = "{http://purl.org/dc/elements/1.1/}"
_GONE = (f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK)
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    struct.error,
)
_AGAIN = "open it in a word processor and save it again, or save it as text"


def read_docx(data: bytes) -> tuple[str, str | None, str | None]:
    """Return (text, title, author); SourceError for a broken file or one that unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, len(data))
            body = _xml(archive, "word/document.xml")
            blocks = list(_blocks(body))
            for name in _NOTES:
                if name in archive.namelist():
                    blocks += list(_notes(_xml(archive, name)))
            core = _xml(archive, "docProps/core.xml") if "docProps/core.xml" in archive.namelist() else None
    except KeyError as problem:
        raise SourceError(f"a ZIP file without a Word text in it - {_AGAIN}") from problem
    except _BROKEN as problem:
        raise SourceError(f"the Word file is broken ({problem}) - {_AGAIN}"[:300]) from problem
    return "\n".join(blocks).strip(), _core(core, "title"), _core(core, "creator")


def _check_size(archive: zipfile.ZipFile, packed: int) -> None:
    size = sum(item.file_size for item in archive.infolist())
    if size > _MOST_UNPACKED or size > _MOST_RATIO * max(packed, 100_000):
        raise SourceError(
            f"the Word file unpacks to {size / 1e6:,.0f} MB - refused as a bomb; save it as text"
        )


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """Parse one part of the file; what declares entities is no Word file."""
    from lxml import etree  # noqa: PLC0415  # only Word files pay for it

    data = archive.read(name).replace(_STRICT, _WORD[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise SourceError(f"the Word file is broken ({problem.msg}) - {_AGAIN}"[:300]) from problem
    if root.getroottree().docinfo.doctype:
        raise SourceError(f"the Word file declares entities, which none needs: refused - {_AGAIN}")
    return root


def _blocks(part: Any) -> Iterator[str]:
    """Yield the lines of a part in the order of reading: a paragraph is one, a row of a table another."""
    for element in part:
        if element.tag == f"{_WORD}p":
            yield from _paragraph(element)
        elif element.tag == f"{_WORD}tbl":
            for row in _rows(element):
                cells = (" ".join(" ".join(_blocks(cell)).split()) for cell in row)
                yield "\t".join(cells)
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row; a cell that spans several columns or rows is there once."""
    for row in table.iter(f"{_WORD}tr"):
        if next(row.iterancestors(f"{_WORD}tbl")) is table:
            yield [c for c in row.iter(f"{_WORD}tc") if next(c.iterancestors(f"{_WORD}tr")) is row]


def _paragraph(element: Any) -> Iterator[str]:
    """Yield a paragraph's own line, then those of the text boxes that hang on it."""
    words: list[str] = []
    boxes: list[Any] = []
    _gather(element, words, boxes)
    yield "".join(words)
    for box in boxes:
        yield from _blocks(box)


def _gather(element: Any, words: list[str], boxes: list[Any]) -> None:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE:
            continue
        if tag == f"{_WORD}t":
            words.append(child.text or "")
        elif tag == f"{_WORD}tab":
            words.append("\t")
        elif tag in (f"{_WORD}br", f"{_WORD}cr"):
            words.append("\n")
        elif tag == f"{_WORD}noBreakHyphen":
            words.append("-")
        elif tag == f"{_WORD}txbxContent":
            boxes.append(child)
        elif tag not in (f"{_WORD}pPr", f"{_WORD}rPr"):
            _gather(child, words, boxes)


def _notes(part: Any) -> Iterator[str]:
    """Yield footnotes or endnotes; those with a type are the lines that part them."""
    for note in part:
        if note.get(f"{_WORD}type") in (None, "normal"):
            text = " ".join(" ".join(_blocks(note)).split())
            if text:
                yield text


def _core(core: Any, name: str) -> str | None:
    found = core.findtext(f"{_CORE}{name}") if core is not None else None
    return " ".join(found.split()) or None if found else None
