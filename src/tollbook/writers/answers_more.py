"""answers_more: a report, figures told for a day, decisions -> lines for a person, readable at 80 columns."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tollbook.model.answer import Figures, ReportCard, ReportLine, Told
from tollbook.model.review import Review
from tollbook.writers.answers import cell, heading, short, short_names, table_of
from tollbook.writers.words import doubt_words, harmless, note_words, plain, who_words


def write_report(card: ReportCard, console: Console, *, text: bool) -> None:
    """Write a report: its head, where it came from, its versions and copies, its claims; and its text where asked for."""
    report = card.report
    console.print(Text(harmless(report.title or "without a title"), style="bold"))
    known = (
        report.publisher or "unknown outlet",
        (report.published or "no date")[:10],
        report.language,
        report.url,
    )
    console.print(Text(harmless(" · ".join(k for k in known if k)), style="dim"))
    console.print(Text(f"report {card.key}\ntext   {report.id}", style="dim"))
    if card.superseded_by:
        console.print(
            Text(f"replaced by a newer version of its page: {card.superseded_by[:8]}", style="bold")
        )
    heading("Custody", console)
    for step in card.custody:
        console.print(
            Text(harmless(f"{step.at[:19].replace('T', ' ')} from {step.received_from}, by {step.program}"))
        )
        for name, digest in (("original", step.original), ("capture", step.capture)):
            if digest:
                console.print(Text(f"  {name} {digest}", style="dim"))
    for title, lines in (("Versions of this page", card.versions), ("Copies: one story", card.copies)):
        if len(lines) > (title != "Copies: one story"):
            heading(title, console)
            for line in lines:
                console.print(Text(harmless(_line(line, card.key))))
    _claims(card, console)
    for warning in card.warnings:
        console.print(Text(harmless(f"{warning.code}: {warning.message}"), style="dim"))
    if text:
        heading("Text", console)
        console.print(Text(harmless(report.text)))


def _line(line: ReportLine, own: str) -> str:
    head = line.reference
    what = " (this one)" if line.key == own else " (replaced)" if line.superseded_by else ""
    name = head.title or head.url or "without a title"
    return f"{line.key[:8]}  {(head.published or 'no date')[:10]}  {head.publisher or 'unknown outlet'}: {name}{what}"


def _claims(card: ReportCard, console: Console) -> None:
    heading(f"Claims ({len(card.testimonies):,})", console)
    held, names = dict(card.incidents), short_names(card.testimonies)
    table = table_of(
        ("", "l"), ("harm", "l"), ("figure", "r"), ("who", "f"), ("says who", "f"), ("incident", "l")
    )
    for one in sorted(card.testimonies, key=lambda t: t.claim.evidence.start):
        claim = one.claim
        notes = note_words(claim, {other.claim.id: names[other.id] for other in card.testimonies})
        note = ", ".join(words for words in (notes, doubt_words(claim)) if words)
        told = Figures(claim.harm, "all", claim.count.low, claim.count.best, claim.count.high)
        table.add_row(
            names[one.id], plain(claim.harm), short(told), cell(who_words(claim) + (f" [{note}]" if note else "")),
            cell(one.origin.name), held.get(one.id, "")[:8],
        )  # fmt: skip
    console.print(table if card.testimonies else "It tells no figure.")


def write_told(told: Sequence[Told], console: Console, scope: str) -> None:
    """Write the figures that reports give for days, newest knowledge last."""
    if not told:
        console.print(f"No figure of scope '{scope}' is told for it.")
        return
    table = table_of(("day", "l"), ("known since", "l"), ("figure", "r"), ("where", "f"), ("says who", "f"))
    for one in told:
        count = one.testimony.claim.count
        figure = short(Figures(one.testimony.claim.harm, "all", count.low, count.best, count.high))
        where = one.testimony.sites[0].name if one.testimony.sites else ""
        voices = dict.fromkeys((one.testimony.origin.name, one.testimony.reference.publisher or ""))
        table.add_row(one.day, one.recorded[:16].replace("T", " "), figure, cell(where),
                      cell(", ".join(v for v in voices if v)))  # fmt: skip
    console.print(table)


def write_decisions(found: Sequence[tuple[Review, bool]], lost: Mapping[str, str], console: Console) -> None:
    """Write what people decided, newest first: what is no longer in force, and what lost what it was about, is said."""
    if not found:
        console.print("No decision." if not lost else "None of these.")
    for review, holds in found:
        state = "" if holds else " · taken back"
        head = f"{review.id}  {review.at[:16].replace('T', ' ')}  {review.by}: {plain(review.action)}{state}"
        console.print(Text(harmless(head), style="bold"))
        about = ", ".join(_short(target) for target in review.targets)
        changed = (
            f" {review.field}: {review.old or 'nothing'} → {review.new or 'nothing'}" if review.field else ""
        )
        console.print(Padding(Text(harmless(f"{about}{changed}")), (0, 0, 0, 2)))
        for words, style in ((review.reason, ""), (lost.get(review.id), "bold")):
            if words:
                console.print(Padding(Text(harmless(words), style=style), (0, 0, 0, 2)))


def _short(id: str) -> str:
    return id if len(id) <= 13 else id[:8]
