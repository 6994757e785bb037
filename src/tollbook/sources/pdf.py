"""pdf: PDF -> text, page by page."""

import io
import re
import unicodedata
from collections import Counter

from tollbook.errors import SourceError
from tollbook.model.text import Warning

_MOST_PAGES = 2000
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUN = re.compile(r"[A-Za-z0-9٠-٩][A-Za-z0-9٠-٩.,:/%-]*")
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")


def read_pdf(data: bytes) -> tuple[str, str | None, str | None, tuple[Warning, ...]]:
    """Return (text, title, author, warnings); SourceError for encrypted, scanned or broken files."""
    import pypdf  # noqa: PLC0415  # only PDFs pay for it

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("the PDF is encrypted - save a copy without its password")
        pages = [_page(page) for page in reader.pages[:_MOST_PAGES]]
        meta = reader.metadata
        title = str(meta.title) if meta and meta.title else None
        author = str(meta.author) if meta and meta.author else None
        images = any("/XObject" in (p.get("/Resources") or {}) for p in reader.pages[:3])
    except SourceError:
        raise
    except Exception as problem:  # pypdf raises whatever a broken file makes it stumble over
        raise SourceError(f"the PDF is broken: {type(problem).__name__}: {problem}"[:300]) from problem
    text, warnings = _joined(pages)
    if not text.strip():
        why = "it holds pictures of pages" if images else "it is empty"
        raise SourceError(f"the PDF has no text layer ({why}): OCR it first")
    return text, title, author, warnings


def _page(page: object) -> str:
    text: str = page.extract_text() or ""  # type: ignore[attr-defined]  # a pypdf page
    if len(_ARABIC.findall(text)) > 0.2 * max(1, len(text)):
        layout: str = page.extract_text(extraction_mode="layout") or ""  # type: ignore[attr-defined]  # as above
        text = "\n".join(_reordered(line) for line in layout.split("\n"))
    return unicodedata.normalize("NFKC", text)


def _reordered(line: str) -> str:
    """Turn a line of right-to-left text from the order of the paper to the order of reading."""
    line = line.strip()
    if not _ARABIC.search(line):
        return line
    return _RUN.sub(lambda m: m[0][::-1], line[::-1].translate(_MIRROR))


def _joined(pages: list[str]) -> tuple[str, tuple[Warning, ...]]:
    """Join pages: headers and footers that stand on most of them dropped, lines of a paragraph made one."""
    edges: Counter[str] = Counter()
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    for lines in split:
        solid = [line for line in lines if line]
        edges.update({_numberless(line) for line in (*solid[:2], *solid[-2:])})
    repeated = {
        line for line, n in edges.items() if len(pages) > 2 and n > 0.6 * len(pages) and len(line) < 120
    }
    out: list[str] = []
    for lines in split:
        out += [line for line in lines if not (line and _numberless(line) in repeated)]
        out.append("")
    warnings = tuple(
        Warning("furniture", f"skipped, stands on most pages: “{line[:60]}”")
        for line in sorted(repeated)
        if line
    )
    return _paragraphs(out), warnings


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _paragraphs(lines: list[str]) -> str:
    """Join lines that were broken by the width of the page."""
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    wide = lengths[int(0.75 * len(lengths))] if lengths else 80
    out: list[str] = []
    for line in lines:
        last = out[-1] if out else ""
        if (
            line
            and last
            and len(last) > 0.7 * wide
            and not re.search(r"[.!?:;؟]$", last)
            and not line.startswith(("•", "-", "–"))
        ):
            hyphen = last.endswith("-") and line[:1].islower()
            out[-1] = last[:-1] + line if hyphen else f"{last} {line}"
        elif line and last and len(last) > 0.85 * wide:
            out[-1] = f"{last} {line}"
        else:
            out.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()
