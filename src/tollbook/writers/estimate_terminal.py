"""estimate_terminal: Comparison -> a terminal: paragraphs, then the families side by side."""

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from tollbook.model.estimate import SPOKEN, Answer, Comparison, Estimate, Modes, Refusal
from tollbook.writers.estimate_words import best_of, between, paragraphs
from tollbook.writers.words import harmless

DOCUMENTED, ESTIMATED = "cyan", "magenta"  # never one colour
_STYLES = {"Documented": DOCUMENTED, "Estimated": ESTIMATED}


def write_estimate(found: Comparison, console: Console) -> None:
    """Write a comparison: what is documented, what is estimated, the families side by side, where it is from."""
    if found.title:
        console.print(Text(harmless(found.title), style="bold"))
    for words in paragraphs(found):
        style = _STYLES.get(words.partition(":")[0], "")
        console.print()
        console.print(_led(harmless(words), style))
    if any(a.family is not None for a in found.answers):
        console.print()
        console.print(_grid(found))
    if found.strata is not None and found.strata.strata:
        console.print()
        console.print(_strata_grid(found))
    if found.provenance is not None:
        made = found.provenance
        versions = ", ".join(f"{name} {version}" for name, version in made.versions)
        words = f"{made.data}, sha256 {made.sha256[:16]}…; seed {made.seed}; {versions}"
        console.print()
        console.print(Text(harmless(words), style="dim"))


def _led(words: str, style: str) -> Text:
    """Colour the first word of a paragraph, which says whether it is documented or estimated."""
    head, colon, rest = words.partition(":")
    if not style or not colon or " " in head:
        return Text(words)
    return Text.assemble((head + ":", f"bold {style}"), rest)


def _cells(answer: Answer, documented: int) -> tuple[str, str, str]:
    if isinstance(answer, Estimate):
        mark = {"floor": " (floor)", "sensitivity": " (sensitivity)"}.get(answer.role, "")
        return between(answer.estimated, documented) + mark, best_of(answer.estimated), answer.assumes
    if isinstance(answer, Modes):
        parts = " or ".join(between(part, documented) for _, part in answer.modes)
        return f"several: {parts}", "–", answer.words
    return "refused", "–", answer.words


def _grid(found: Comparison) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    grid.add_column("family", no_wrap=True)
    grid.add_column("estimated, listed or not", style=ESTIMATED)
    grid.add_column("best", justify="right", style=ESTIMATED, no_wrap=True)
    grid.add_column("takes for granted, or why not", style="dim")
    for answer in found.answers:
        interval, best, words = _cells(answer, found.documented)
        grid.add_row(SPOKEN[answer.family], interval, best, harmless(words))
    return grid


def _strata_grid(found: Comparison) -> Grid:
    assert found.strata is not None
    families = [a.family for a in found.strata.strata[0].answers if a.family is not None]
    grid = Grid(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    grid.add_column(" · ".join(harmless(name) for name in found.strata.names))
    grid.add_column("documented", justify="right", style=DOCUMENTED)
    if found.strata.fills:
        grid.add_column("of them imputed", justify="right", style="yellow")
    for family in families:
        grid.add_column(SPOKEN[family], justify="right", style=ESTIMATED)
    for stratum in found.strata.strata:
        known = {a.family: a for a in stratum.answers}
        cells = [_short(known.get(family), stratum.table.documented) for family in families]
        imputed = [f"{stratum.table.documented - stratum.labelled:,}"] if found.strata.fills else []
        grid.add_row(harmless(stratum.name), f"{stratum.labelled:,}", *imputed, *cells)
    return grid


def _short(answer: Answer | None, documented: int) -> str:
    if isinstance(answer, Estimate):
        return between(answer.estimated, documented).replace(" to ", "–")
    if isinstance(answer, Modes):
        return "several"
    return "refused" if isinstance(answer, Refusal) else "–"
