"""estimate_pdf: Comparison -> a PDF of A4 pages: the words, the pictures and the provenance of the page.

The same comparison gives the same bytes; the typeface travels with the file (pages.py).
"""

from collections.abc import Sequence

from tollbook.model.estimate import SPOKEN, Comparison, Estimate, Modes
from tollbook.writers.drawing import Drawing
from tollbook.writers.estimate_plots import (
    intervals,
    known_sizes,
    posteriors,
    strata_intervals,
    traces,
    upset,
)
from tollbook.writers.estimate_words import paragraphs
from tollbook.writers.pages import Pages
from tollbook.writers.words import harmless


def estimate_pdf(found: Comparison) -> bytes:
    """Write a comparison as PDF."""
    pages = Pages(title=harmless(found.title or "How many were on no list"))
    pages.heading(harmless(found.title or "How many were on no list"), 16)
    for words in paragraphs(found):
        head, colon, rest = words.partition(":")
        tone = {"Documented": "documented", "Estimated": "estimated"}.get(head, "ink")
        if colon and tone != "ink":
            pages.paragraph(f"{head}:", tone=tone, bold=True, after=1)
            pages.paragraph(harmless(rest.strip()))
        else:
            pages.paragraph(harmless(words))
    pictures: Sequence[tuple[str, Drawing | None]] = (
        ("How the lists overlap", upset(found.table)),
        ("Tested on these lists themselves", known_sizes(found)),
        ("The families side by side", intervals(found) if _answered(found) else None),
        ("By stratum", strata_intervals(found)),
        ("What each family's draws look like", posteriors(found)),
        ("Do the chains agree?", traces(found)),
    )
    for title, drawing in pictures:
        if drawing is not None:
            pages.picture(title, drawing)
    if _answered(found):
        pages.heading("What each family takes for granted", 12)
        for answer in found.answers:
            if isinstance(answer, Estimate):
                notes = "; ".join((answer.method, *answer.notes))
                pages.paragraph(f"{SPOKEN[answer.family]}: {answer.assumes} ({harmless(notes)}).")
            else:
                words = answer.assumes + "; " + answer.words if isinstance(answer, Modes) else answer.words
                pages.paragraph(f"{SPOKEN[answer.family]}: {harmless(words)}.")
    pages.heading("Checks", 12)
    for check in (*found.checks, *(found.strata.checks if found.strata is not None else ())):
        pages.paragraph(("passed: " if check.passed else "failed: ") + harmless(check.words) + ".", after=2)
    if found.provenance is not None:
        made = found.provenance
        settings = "; ".join(f"{key} {value}" for key, value in made.settings if value)
        versions = ", ".join(f"{name} {version}" for name, version in made.versions)
        pages.heading("To compute it again", 12)
        pages.paragraph(f"{made.data}, sha256 {made.sha256}; seed {made.seed}; {settings}; {versions}.")
    return pages.to_bytes()


def _answered(found: Comparison) -> bool:
    return any(answer.family is not None for answer in found.answers)
