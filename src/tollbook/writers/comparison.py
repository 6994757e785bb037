"""comparison: Compared -> lines for a terminal, a table, a page."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import Path

from tollbook.model.published import Compared, Pair
from tollbook.writers.cells import Table
from tollbook.writers.words import harmless

COLUMNS = (
    "outcome", "incident", "title", "start", "end", "low", "best", "high", "review", "their_id", "their_place", "their_start",
    "their_end", "their_low", "their_best", "their_high", "their_sides", "why", "their_warnings",
)  # fmt: skip
_STYLE = "td { vertical-align: top; } .whole { white-space: nowrap; }"
_MEANING = (
    "<p>Place, days and parties decide which go together, never the figure. Figures are killed: low / best / high; "
    "nothing of theirs is part of our record.</p>"
)
SAID = {
    "differ": "in both, figures differ", "theirs": "only theirs", "ours": "only ours",
    "agree": "in both, figures agree",
}  # fmt: skip


def counts_of(found: Compared) -> str:
    """Return how many pairs of each outcome there are, in one line."""
    parts = [f"{sum(p.outcome == o for p in found.pairs):,} {words}" for o, words in SAID.items()]
    return "; ".join(parts) + (f"; {found.outside:,} of ours outside what it covers" if found.outside else "")


def comparison_lines(found: Compared, most: int = 40) -> list[str]:
    """Return a comparison as lines of a terminal, at most so many pairs."""
    out = [counts_of(found)]
    for pair in found.pairs[:most]:
        row = _row(pair)
        ours = f"{row['incident']} {row['title']}: {_range(row, '')}" if pair.ours else ""
        theirs = f"{row['their_id']} {row['their_place'] or ''} {row['their_start'] or ''}: {_range(row, 'their_')}"
        sides = " | ".join(s for s in (ours, theirs if pair.theirs else "") if s)
        out.append(harmless(f"{SAID[pair.outcome]}: {sides}" + (f" ({pair.why})" if pair.why else "")))
    if len(found.pairs) > most:
        out.append(f"… {len(found.pairs) - most:,} more: see --out")
    out += [f"kept though broken: {words}" for words in map(harmless, found.broken[:5])]
    if len(found.broken) > 5:
        out.append(f"… {len(found.broken) - 5:,} more broken rows: see --out")
    return out


def comparison_rows(found: Compared) -> list[dict[str, object]]:
    """Return a comparison as rows, one pair each: for JSON."""
    return [_row(pair) for pair in found.pairs]


def comparison_csv(found: Compared, path: Path) -> None:
    """Write a comparison as a table, one pair a row."""
    table = Table(path, COLUMNS)
    for pair in found.pairs:
        table.add(_row(pair))
    table.close()


def comparison_html(found: Compared) -> str:
    """Write a comparison as a page that needs nothing else."""
    style = (resources.files(__package__) / "static" / "brief.css").read_text(
        encoding="utf-8"
    ).strip() + _STYLE
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"Our incidents beside {found.dataset}"
    body = [f"<h1>{_safe(title)}</h1><p>{_safe(counts_of(found))}.</p>", _MEANING]
    for outcome, words in SAID.items():
        rows = [_row(pair) for pair in found.pairs if pair.outcome == outcome]
        if not rows:
            continue  # the line above says that there are none
        body.append(f"<h2>{_safe(words[0].upper() + words[1:])} ({len(rows):,})</h2>")
        lines = "".join(_line(row) for row in rows)
        body.append(f'<div class="scroll"><table>{_head(outcome)}{lines}</table></div>')
    if found.broken:
        body.append(f"<h2>Rows of theirs that break their own format ({len(found.broken):,})</h2><ul>")
        body += [f"<li>{_safe(words)}</li>" for words in found.broken]
        body.append("</ul>")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{_safe(title)} – Tollbook</title><style>{style}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _safe(words: object) -> str:
    return escape(harmless("" if words is None else str(words)), quote=True)


def _line(row: dict[str, object]) -> str:
    ours = f"{_safe(row['title'])}<br>{_safe(row['incident'])}" if row["incident"] else ""
    theirs = (
        f'{_safe(row["their_place"])} <span class="whole">{_safe(row["their_start"])}</span><br>{_safe(row["their_id"])}'
        if row["their_id"]
        else ""
    )
    figures = (
        _range(row, "") + (" (unreviewed)" if row["review"] != "signed_off" else "")
        if row["incident"]
        else ""
    )
    other = _range(row, "their_") if row["their_id"] else ""
    cells = {
        "ours": f"<td>{ours}</td><td>{_safe(figures)}</td>",
        "theirs": f'<td>{theirs}</td><td class="whole">{_safe(other)}</td>',
    }
    outcome = str(row["outcome"])
    told = (
        cells[outcome]
        if outcome in cells
        else cells["ours"] + cells["theirs"] + f"<td>{_safe(row['why'])}</td>"
    )
    return f"<tr>{told}</tr>"


def _head(outcome: str) -> str:
    """Return the head of a table: what only one side has needs no columns of the other."""
    sides = [outcome] if outcome in ("ours", "theirs") else ["ours", "theirs"]
    heads = "".join(f"<th>{side}</th><th>killed</th>" for side in sides)
    return f"<tr>{heads}{'<th>why</th>' if len(sides) > 1 else ''}</tr>"


def _range(row: dict[str, object], side: str) -> str:
    return " / ".join(
        "?" if row[f"{side}{end}"] is None else f"{row[f'{side}{end}']:,}" for end in ("low", "best", "high")
    )


def _row(pair: Pair) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS)
    row |= {"outcome": pair.outcome, "why": pair.why}
    if pair.ours is not None:
        line = pair.ours
        toll = next((t for t in line.tolls if (t.harm, t.status) == ("killed", "all")), None)
        row |= {
            "incident": line.id,
            "title": line.title,
            "start": line.start,
            "end": line.end,
            "review": line.review,
        }
        if toll is not None:
            row |= {"low": toll.low, "best": toll.best, "high": toll.high}
    if pair.theirs is not None:
        event = pair.theirs
        row |= {
            "their_id": event.id, "their_place": event.place or event.adm1 or event.country, "their_start": event.start,
            "their_end": event.end, "their_low": event.low, "their_best": event.best, "their_high": event.high,
            "their_sides": "; ".join(event.sides), "their_warnings": "; ".join(event.warnings),
        }  # fmt: skip
    return row
