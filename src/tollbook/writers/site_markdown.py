"""site_markdown: the Markdown that our own writers make -> HTML: headings, lists, tables, strong and stressed words."""

import re
from collections.abc import Iterable

from tollbook.writers.site_parts import safe, table_html

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~+\-.])")
_HELD = "\ue000{}\ue001"  # stands for an escaped sign while marks are told


def markdown_html(text: str, *, name: str) -> str:
    """Return the body of a page; what is no mark of these is words, and escaped. `name` is said of its tables."""
    out: list[str] = []
    bullets: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if not line.startswith("- ") and bullets:
            out.append("<ul>" + "".join(f"<li>{b}</li>" for b in bullets) + "</ul>")
            bullets = []
        if not line.startswith("|") and rows:
            out.append(_table(rows, name))
            rows = []
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            out.append(f"<h{level}>{_inline(line[level:].strip())}</h{level}>")
        elif line.startswith("- "):
            bullets.append(_inline(line[2:]))
        elif line.startswith("|"):
            rows.append([_inline(cell.strip()) for cell in _cells(line)])
        elif line.strip():
            out.append(f"<p>{_inline(line)}</p>")
    return "".join(out)


def _cells(line: str) -> Iterable[str]:
    return re.split(r"(?<!\\)\|", line)[1:-1]


def _table(rows: list[list[str]], name: str) -> str:
    return table_html(name, [(cell, "") for cell in rows[0]], rows[2:])


def _inline(words: str) -> str:
    held = _ESCAPED.sub(lambda m: _HELD.format(ord(m[1])), words)
    marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe(held))
    marked = re.sub(r"\*(.+?)\*", r"<em>\1</em>", marked)
    marked = re.sub(r"`(.+?)`", r"<code>\1</code>", marked)
    return re.sub("\ue000(\\d+)\ue001", lambda m: safe(chr(int(m[1]))), marked)
