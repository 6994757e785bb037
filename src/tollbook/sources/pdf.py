"""pdf: PDF -> text, page by page."""

import io
import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from tollbook.errors import SourceError
from tollbook.model.text import Warning

_MOST_PAGES = 2000
_AGAIN = "open it and print it to a new PDF, or save it as text"
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUN = re.compile(r"[A-Za-z0-9٠-٩][A-Za-z0-9٠-٩.,:/%-]*")
_NUMBER = re.compile(r"[0-9]{1,9}")
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")


def read_pdf(data: bytes) -> tuple[str, str | None, str | None, tuple[Warning, ...]]:
    """Return (text, title, author, warnings); SourceError for encrypted, scanned or broken files."""
    import pypdf  # noqa: PLC0415  # only PDFs pay for it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news for who reads a report
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except pypdf.errors.DependencyError as problem:  # its cipher, AES, stands in a package of its own
        raise SourceError(
            "the PDF is encrypted - pip install cryptography, or save a copy without its password"
        ) from problem
    except Exception as problem:  # pypdf raises whatever a broken file makes it stumble over
        raise SourceError(f"the PDF is broken ({_why(problem)}) - {_AGAIN}") from problem
    if locked:
        raise SourceError("the PDF is encrypted - save a copy without its password, and give that")
    pages, failed, pictured = [], [], False
    for number in range(min(count, _MOST_PAGES)):
        try:
            page = reader.pages[number]
            pages.append(_page(page))
            pictured = pictured or _has_pictures(page)
        except Exception as problem:  # as above; the other pages are read
            pages.append("")
            failed.append((number + 1, _why(problem)))
    if count and len(failed) == len(pages):
        raise SourceError(f"the PDF is broken ({failed[0][1]}) - {_AGAIN}")
    text, warnings = _joined(pages)
    if not text.strip():
        why = "it holds pictures of pages" if pictured else "its pages are empty"
        raise SourceError(f"the PDF has no text layer ({why}): OCR it first")
    return (
        text,
        _about(reader, "title"),
        _about(reader, "author"),
        (*warnings, *_unread(pages, failed, count)),
    )


def _unread(pages: list[str], failed: list[tuple[int, str]], count: int) -> Iterator[Warning]:
    """Yield a warning for what was not read: pages that are broken, that have no text, or that are too many."""
    for number, why in failed:
        yield Warning("page_unread", f"page {number:,} is broken and was not read ({why})")
    broken = {number for number, _ in failed}
    empty = [n for n, page in enumerate(pages, 1) if not page.strip() and n not in broken]
    if empty:
        shown = ", ".join(f"{n:,}" for n in empty[:10]) + (" and more" if len(empty) > 10 else "")
        yield Warning("page_unread", f"no text on page {shown}: blank, or a picture (then OCR it first)")
    if count > _MOST_PAGES:
        told = f"only the first {_MOST_PAGES:,} of {count:,} pages were read - split the file for the rest"
        yield Warning("page_unread", told)


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    return "/XObject" in (resources.get_object() if resources is not None else {})


def _about(reader: Any, name: str) -> str | None:
    """Return what a file says of itself, where it says it in one piece."""
    try:
        value = getattr(reader.metadata, name, None)
        return " ".join(str(value).split()) or None if value else None
    except Exception:  # as above: a broken title costs no text
        return None


def _why(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:150]


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
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    repeated = _repeated(split)
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


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the forms of lines that stand at the edge of most pages, alike but for numbers that count the pages.

    Lines that differ in any other number are figures of the report, however alike they look.
    """
    seen: dict[str, list[tuple[int, list[str]]]] = {}
    for number, lines in enumerate(pages):
        solid = [line for line in lines if line]
        edge = min(2, len(solid) // 3)
        for line in dict.fromkeys([*solid[:edge], *solid[len(solid) - edge :]]):
            seen.setdefault(_numberless(line), []).append((number, _NUMBER.findall(line)))
    return {
        form
        for form, places in seen.items()
        if len(pages) > 2 and len(places) > 0.6 * len(pages) and len(form) < 120 and _steady(places)
    }


def _steady(places: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Tell whether each number of a line is the same on all pages, or goes up with them."""
    for column in zip(*(numbers for _, numbers in places), strict=True):
        steps = {int(value) - page for value, (page, _) in zip(column, places, strict=True)}
        if len(set(column)) > 1 and len(steps) > 1:
            return False
    return True


def _numberless(line: str) -> str:
    return _NUMBER.sub("#", line)


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
