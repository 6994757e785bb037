"""estimate_html: Comparison -> one page that needs nothing else: words, families side by side, pictures, provenance.

The names of lists and strata are from a file somebody made: all of it is escaped, and the page runs no script.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources

from tollbook.model.estimate import SPOKEN, Answer, Comparison, Estimate, Modes
from tollbook.writers.drawing import Drawing, to_svg
from tollbook.writers.estimate_plots import (
    intervals,
    known_sizes,
    posteriors,
    strata_intervals,
    traces,
    upset,
)
from tollbook.writers.estimate_words import best_of, between, paragraphs, percent
from tollbook.writers.words import harmless


def estimate_html(found: Comparison) -> str:
    """Write a comparison as one self-contained page."""
    style = (resources.files(__package__) / "static" / "estimate.css").read_text(encoding="utf-8").strip()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _safe(found.title or "How many were on no list")
    told = [f"<p>{_led(words)}</p>" for words in paragraphs(found)]
    before = (
        2 if found.consistency else 1
    )  # what is documented, and the test on known sizes, come before any number
    body = "".join(
        (
            f"<h1>{title}</h1>",
            *told[:before],
            _pair(found),
            *told[before:],
            _families(found),
            _figure(
                "How the lists overlap", upset(found.table), "Documented persons by the lists they are on."
            ),
            _strata(found),
            _own_lists(found),
            _figure(
                "What each family's draws look like", posteriors(found), "All on one axis; heights are free."
            ),
            _figure("Do the chains agree?", traces(found), "Chains that agree cannot be told apart."),
            _sensitivity(found),
            _checks(found),
        )
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{title} – Tollbook</title><style>{style}</style></head><body>{body}{_footer(found)}</body></html>\n"
    )


def _safe(words: str) -> str:
    return escape(harmless(words), quote=True)


def _led(words: str) -> str:
    head, colon, rest = words.partition(":")
    tone = {"Documented": "is-documented", "Estimated": "is-estimated"}.get(head)
    return f'<strong class="{tone}">{head}:</strong>{_safe(rest)}' if colon and tone else _safe(words)


def _pair(found: Comparison) -> str:
    lists = f"on at least one of {len(found.table.lists)} lists"
    left = f'<section class="documented"><span>documented</span><b>{found.documented:,}</b><span>{lists}</span></section>'
    if found.quoted is None:
        right = '<section class="none"><span>estimated</span><b>no number is given</b><span>see below, why</span></section>'
    else:
        best = f", best value {best_of(found.quoted)}" if found.quoted.best is not None else ""
        right = (
            f'<section class="estimated"><span>estimated, listed or not</span>'
            f"<b>{between(found.quoted, found.documented)}</b>"
            f"<span>{percent(found.quoted.level)} interval{best}</span></section>"
        )
    return f'<div class="pair">{left}{right}</div>'


def _figure(title: str, drawing: Drawing | None, caption: str) -> str:
    if drawing is None:
        return ""
    return (
        f"<h2>{_safe(title)}</h2><figure>{to_svg(drawing)}<figcaption>{_safe(caption)}</figcaption></figure>"
    )


def _families(found: Comparison) -> str:
    if not any(a.family is not None for a in found.answers):
        return ""
    drawing = _figure(
        "The families side by side",
        intervals(found),
        "The blue line is documented, a count. The band is the interval quoted; dashed: more than one answer.",
    )
    rows = "".join(_row(answer, found.documented) for answer in found.answers)
    return (
        f'{drawing}<div class="scroll"><table><tr><th>family</th><th>estimated, listed or not</th>'
        '<th class="number">best</th><th class="number">of them on no list</th><th>takes for granted</th>'
        f"<th>how, and what to know</th></tr>{rows}</table></div>"
    )


def _row(answer: Answer, documented: int) -> str:
    name = _safe(SPOKEN[answer.family])
    if isinstance(answer, Estimate):
        mark = {"floor": " (a floor)", "sensitivity": " (sensitivity)"}.get(answer.role, "")
        notes = "; ".join((answer.method, *answer.notes))
        return (
            f'<tr><td>{name}</td><td class="estimated">{between(answer.estimated, documented)}{mark}</td>'
            f'<td class="number estimated">{best_of(answer.estimated)}</td>'
            f'<td class="number estimated">{between(answer.unlisted)}</td><td>{_safe(answer.assumes)}</td>'
            f'<td class="quiet">{_safe(notes)}</td></tr>'
        )
    if isinstance(answer, Modes):
        parts = " or ".join(
            f"{between(part, documented)} ({100 * share:.0f}% of draws)" for share, part in answer.modes
        )
        return (
            f'<tr><td>{name}</td><td class="estimated">several answers: {parts}</td><td class="number">–</td>'
            f'<td class="number">–</td><td>{_safe(answer.assumes)}</td><td class="quiet">{_safe(answer.words)}</td></tr>'
        )
    return (
        f'<tr><td>{name}</td><td>refused</td><td class="number">–</td><td class="number">–</td>'
        f'<td colspan="2" class="quiet">{_safe(answer.words)}</td></tr>'
    )


def _strata(found: Comparison) -> str:
    strata = found.strata
    if strata is None or not strata.strata:
        return ""
    families = [a.family for a in strata.strata[0].answers if a.family is not None]
    imputed = '<th class="number">labels imputed</th>' if strata.fills else ""
    head = "".join(f'<th class="number">{_safe(SPOKEN[f])}</th>' for f in families)
    rows = []
    for stratum in strata.strata:
        known = {a.family: a for a in stratum.answers}
        cells = "".join(
            f'<td class="number estimated">{_short(known.get(f), stratum.table.documented)}</td>'
            for f in families
        )
        more = (
            f'<td class="number">{stratum.table.documented - stratum.labelled:,}</td>' if strata.fills else ""
        )
        rows.append(
            f"<tr><td>{_safe(stratum.name)}</td>"
            f'<td class="number documented">{stratum.labelled:,}</td>{more}{cells}</tr>'
        )
    caption = "Blue ticks are documented, counts; lines are estimated."
    return (
        f"{_figure('By ' + ' and '.join(strata.names), strata_intervals(found), caption)}"
        f'<div class="scroll"><table><tr><th>{_safe(" · ".join(strata.names))}</th>'
        f'<th class="number">documented</th>{imputed}{head}</tr>{"".join(rows)}</table></div>'
    )


def _short(answer: Answer | None, documented: int) -> str:
    if isinstance(answer, Estimate):
        return between(answer.estimated, documented).replace(" to ", "–")
    return "several" if isinstance(answer, Modes) else "refused"


def _own_lists(found: Comparison) -> str:
    drawing = _figure(
        "Tested on these lists themselves",
        known_sizes(found),
        "Blue ticks are the known size of each list; lines are what a family makes of it from the other lists alone.",
    )
    rows = []
    for case in found.without:
        cells = "".join(
            f'<td class="number estimated">{_short(answer, case.documented)}</td>' for answer in case.answers
        )
        rows.append(
            f'<tr><td>{_safe(case.left_out)}</td><td class="number documented">{case.documented:,}</td>{cells}</tr>'
        )
    if not rows or len(found.without[0].answers) < 2:
        return drawing
    head = "".join(f'<th class="number">{_safe(SPOKEN[a.family])}</th>' for a in found.without[0].answers)
    return (
        f'{drawing}<h2>Each list left out</h2><div class="scroll"><table><tr><th>without</th>'
        f'<th class="number">documented by the rest</th>{head}</tr>{"".join(rows)}</table></div>'
    )


def _sensitivity(found: Comparison) -> str:
    if not found.sensitivity:
        return ""
    rows = "".join(
        f'<tr><td>{xi:g}</td><td class="estimated">{between(interval, found.documented)}</td>'
        f'<td class="number estimated">{best_of(interval)}</td></tr>'
        for xi, interval in found.sensitivity
    )
    return (
        "<h2>How far one untestable assumption carries</h2><p>The interaction of all lists together cannot be seen in "
        "the data: only the unlisted would show it. If it multiplied the number of unlisted by ξ, the estimate would "
        f'be:</p><table><tr><th>ξ</th><th>estimated, listed or not</th><th class="number">best</th></tr>{rows}</table>'
    )


def _checks(found: Comparison) -> str:
    checks = [*found.checks, *(found.strata.checks if found.strata is not None else ())]
    items = "".join(f'<li class="{"good" if c.passed else "bad"}">{_safe(c.words)}</li>' for c in checks)
    return f"<h2>Checks</h2><ul>{items}</ul>"


def _footer(found: Comparison) -> str:
    if found.provenance is None:
        return "<footer>Estimated by Tollbook.</footer>"
    made = found.provenance
    settings = "; ".join(f"{key} {value}" for key, value in made.settings if value)
    versions = ", ".join(f"{name} {version}" for name, version in made.versions)
    return (
        f"<footer>To compute it again: {_safe(made.data)}, sha256 {_safe(made.sha256)}; seed {made.seed}; "
        f"{_safe(settings)}; {_safe(versions)}.</footer>"
    )
