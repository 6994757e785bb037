"""terminal: Reading -> lines for a person, with colour where the terminal has it and marks where it has none."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tollbook.errors import Problem
from tollbook.model.claim import Claim
from tollbook.model.reading import Reading
from tollbook.writers.words import (
    by_words,
    confidence_words,
    count_words,
    harmless,
    note_words,
    nothing_words,
    plain,
    problem_words,
    quoted,
    toll_words,
    when_words,
    where_words,
    who_words,
)

_STYLES = {
    "killed": "bold white on red",
    "injured": "bold black on yellow",
    "killed_or_injured": "bold white on magenta",
    "displaced": "bold white on blue",
}
_OTHER = "bold black on cyan"


def write_terminal(reading: Reading, console: Console) -> None:
    """Write a reading: the text with its evidence marked, the claims, the toll with its ledger, what else it tells."""
    report = reading.report
    if report.title:
        console.print(Text(harmless(report.title), style="bold"))
    published = f"published {report.published}" if report.published else None
    about = " · ".join(harmless(v) for v in (report.publisher, published, report.url) if v)
    if about:
        console.print(Text(about, style="dim"))
    console.print(_text(reading))
    console.print()
    _claims(reading, console)
    _toll(reading, console)
    _told(reading, console)
    _warnings(reading, console)


def write_problem(problem: Problem, console: Console) -> None:
    """Write an item that could not be read."""
    console.print(Text(problem_words(problem), style="bold red"), soft_wrap=True)


def _text(reading: Reading) -> Text:
    """Return the text with each count marked: [c1 …] always, colour where there is some; furniture dimmed."""
    text = harmless(reading.report.text)  # as long as the text: offsets hold
    out = Text(overflow="fold")
    at = 0
    for start, end, claims in _spans(reading.claims):
        out.append(text[at:start])
        style = _STYLES.get(claims[0].harm, _OTHER) if claims[0].scope == "incident" else "bold underline"
        out.append(f"[{','.join(c.id for c in claims)} ", style="dim")
        out.append(text[start:end], style=style)
        out.append("]", style="dim")
        at = end
    out.append(text[at:])
    out.rstrip()
    return out


def _spans(claims: Sequence[Claim]) -> list[tuple[int, int, list[Claim]]]:
    """Return the stretches of counts in order, overlapping ones joined."""
    out: list[tuple[int, int, list[Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c.count.start, c.count.end)):
        start, end = claim.count.start, max(claim.count.end, claim.victims.end or 0)
        end = end if end - claim.count.end < 60 else claim.count.end
        if out and start < out[-1][1]:
            first, last, joined = out[-1]
            out[-1] = (first, max(last, end), [*joined, claim])
        else:
            out.append((start, end, [claim]))
    return out


def _claims(reading: Reading, console: Console) -> None:
    if not reading.claims:
        console.print(f"{nothing_words(reading)}\n")
        return
    console.rule("[bold]Claims (read by machine, reviewed by nobody)", align="left", style="dim")
    wide = console.width >= 120
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("harm", no_wrap=True)
    table.add_column("count", justify="right", no_wrap=True)
    for name in (
        ("who", "by whom", "where", "when", "says who", "confidence")
        if wide
        else ("who, by whom", "where, when", "says who, how sure")
    ):
        table.add_column(name, overflow="fold", ratio=1)
    for claim in reading.claims:
        who, by, where, when = who_words(claim), by_words(claim), where_words(claim), when_words(claim)
        origin = claim.origin.name if claim.origin else "the report"
        note = note_words(claim)
        said = origin + (f" [{note}]" if note else "")
        sure = confidence_words(claim)
        tail = [said, sure] if wide else ["\n".join(x for x in (said, sure) if x)]
        cells = (
            [who, by, where, when, *tail]
            if wide
            else [who + (f"\nby {by}" if by else ""), "\n".join(x for x in (where, when) if x), *tail]
        )
        table.add_row(
            claim.id, plain(claim.harm), count_words(claim.count), *(escape(harmless(c)) for c in cells)
        )
    console.print(table)
    console.print()


def _toll(reading: Reading, console: Console) -> None:
    if not reading.toll:
        return
    console.rule("[bold]Toll of this report (documented, unreviewed)", align="left", style="dim")
    for toll in reading.toll:
        if toll.status != "all":
            continue
        parts = [t for t in reading.toll if t.harm == toll.harm and t.status != "all"]
        console.print(Text.assemble((plain(toll.harm), "bold"), ": ", (toll_words(toll), "bold")))
        if [t.status for t in parts] != ["unknown"]:
            told = ", ".join(f"{plain(t.status)} {toll_words(t)}" for t in parts)
            console.print(Padding(Text(f"by status: {told}", style="italic"), (0, 0, 0, 2)))
        for entry in toll.ledger:
            line = f"{entry.claim} {plain(entry.use)}: {harmless(entry.reason)}"
            console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()


def _told(reading: Reading, console: Console) -> None:
    if reading.effects:
        console.rule("[bold]Effects", align="left", style="dim")
        for effect in reading.effects:
            where = ", ".join(dict.fromkeys(p.name for p in effect.where[:2]))
            console.print(
                Text(
                    harmless(
                        f"{plain(effect.kind)}: {quoted(effect.quote)}" + (f" ({where})" if where else "")
                    )
                )
            )
        console.print()
    if reading.statements:
        console.rule("[bold]Statements", align="left", style="dim")
        for statement in reading.statements:
            about = f": {quoted(statement.about.quote)}" if statement.about else ""
            linked = f" [{', '.join(statement.claims)}]" if statement.claims else ""
            console.print(Text(harmless(f"{statement.speaker.name} · {plain(statement.act)}{about}{linked}")))
        console.print()


def _warnings(reading: Reading, console: Console) -> None:
    if reading.warnings:
        console.rule("[bold]Warnings", align="left", style="dim")
        for warning in reading.warnings:
            console.print(Text(f"! {harmless(warning.message)}"))
        console.print()
