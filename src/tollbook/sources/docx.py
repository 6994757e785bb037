"""docx: Word file -> text: paragraphs, and tables row by row."""

import io
import zipfile
from collections.abc import Iterator

from tollbook.errors import SourceError

_MOST_UNPACKED = 200_000_000
_MOST_RATIO = 200


def read_docx(data: bytes) -> tuple[str, str | None, str | None]:
    """Return (text, title, author); SourceError for a broken file or one that unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise SourceError("the Word file is broken: it is no ZIP archive") from problem
    if size > _MOST_UNPACKED or size > _MOST_RATIO * max(len(data), 100_000):
        raise SourceError(
            f"the Word file unpacks to {size / 1e6:,.0f} MB - refused as a bomb; save it as text"
        )
    import docx  # noqa: PLC0415  # only Word files pay for it

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_blocks(document))
        about = document.core_properties
        return text.strip(), about.title or None, about.author or None
    except Exception as problem:  # the library raises whatever a broken file makes it stumble over
        raise SourceError(f"the Word file is broken: {type(problem).__name__}: {problem}"[:300]) from problem


def _blocks(document: object) -> Iterator[str]:
    for block in document.iter_inner_content():  # type: ignore[attr-defined]  # a python-docx document
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield block.text
