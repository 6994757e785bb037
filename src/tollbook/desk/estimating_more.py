"""estimating_more: coverage in worlds of known number, tables to be shared, estimates over doubtful links."""

import csv
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.desk.estimating import Wish, give, provenance_of, settings_of
from tollbook.desk.progress import Shares
from tollbook.errors import TollbookError, UsageError
from tollbook.model.estimate import SPOKEN, Comparison, Table
from tollbook.sources.linked import read_linked
from tollbook.sources.overlap import read_overlap

if TYPE_CHECKING:
    from tollbook.estimation.simulate import Score


def print_coverage(world: str, replicates: int, wish: Wish) -> int:
    """Simulate a world again and again and print how often each family's interval held the true number."""
    from tollbook.estimation.simulate import WORLDS, coverage  # noqa: PLC0415  # takes a second to load

    names = list(WORLDS) if world == "all" else [world]
    shares = Shares(quiet=wish.quiet)
    for at, name in enumerate(names):
        scores: dict[str, Score] = {}
        try:
            width = (
                WORLDS[name].width if name in WORLDS else 0
            )  # an unknown world is refused by its name below
            for done, running in coverage(name, replicates, settings_of(wish, width), wish.seed):
                scores = running
                shares(name, (at + done / replicates) / len(names))
        except TollbookError as problem:
            click.echo(f"Error: {problem}", err=True)
            return 2
        shares.close()
        _print_world(name, scores, replicates)
    return 0


def _print_world(name: str, scores: "dict[str, Score]", replicates: int) -> None:
    from tollbook.estimation.simulate import WORLDS  # noqa: PLC0415  # as above

    world = WORLDS[name]
    click.echo(f"{name}: {world.people:,} people, {world.words}; {replicates} replicates")
    click.echo(f"  {'family':<24}{'covers':>8}{'given':>8}{'warned':>8}{'median':>10}{'width':>10}")
    spoken = {str(family): words for family, words in SPOKEN.items()}
    for family, score in scores.items():
        share = f"{score.covered / score.given:.2f}" if score.given else "–"
        middle = f"{sorted(score.bests)[len(score.bests) // 2]:,.0f}" if score.bests else "–"
        width = f"{sorted(score.widths)[len(score.widths) // 2]:,.0f}" if score.widths else "–"
        label = spoken.get(family, f"{family} interval")
        click.echo(f"  {label:<24}{share:>8}{score.given:>8}{score.warned:>8}{middle:>10}{width:>10}")


def share_table(path: Path, out: Path | None, below: int, wish: Wish) -> int:
    """Write a table of all combinations of lists with small counts hidden, to be given to others."""
    from tollbook.estimation.protect import protect  # noqa: PLC0415  # as above
    from tollbook.estimation.study import together  # noqa: PLC0415  # as above

    try:
        read = read_overlap(path, lists=wish.lists, counts=wish.counts)
        shared = protect(together(read.rows, read.lists), below)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    stream = out.open("w", encoding="utf-8", newline="") if out is not None else sys.stdout
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*shared.lists, "persons"))
    for pattern, count in shared.cells:
        writer.writerow((*pattern, f"<{below}" if count is None else count))
    if out is not None:
        stream.close()
    hidden = sum(count is None for _, count in shared.cells)
    click.echo(f"{hidden} of {len(shared.cells)} counts hidden, zeros among them", err=True)
    return 0


def print_linked(
    records: Path,
    pairs: Path | None,
    draws: int,
    wish: Wish,
    *,
    form: str | None,
    html: Path | None,
    pdf: Path | None,
) -> int:
    """Draw whole linkages from pair probabilities, estimate each, pool, and print."""
    try:
        found = estimate_linked(records, pairs, draws, wish)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    return give(found, form=form, html=html, pdf=pdf)


def estimate_linked(records: Path, pairs: Path | None, draws: int, wish: Wish) -> Comparison:
    """Estimate over drawn linkages; `records` is a file beside `pairs`, or the folder that `people link` wrote."""
    import numpy as np  # noqa: PLC0415  # as above

    from tollbook.estimation.linkage import draw_tables, link_table  # noqa: PLC0415  # as above
    from tollbook.estimation.pooled import pooled_study  # noqa: PLC0415  # as above

    if records.is_dir():
        records, pairs = records / "persons.csv", records / "pairs.csv"
    if pairs is None:
        raise UsageError("give PAIRS beside RECORDS, or the folder that tollbook people link wrote")
    linked = read_linked(records, pairs)
    rows = np.array(linked.pairs, dtype=np.float64).reshape(-1, 3)
    shares = Shares(quiet=wish.quiet)
    tables = draw_tables(linked.records, rows, linked.lists, draws=draws, seed=wish.seed)
    surest: Table = link_table(linked.records, rows[rows[:, 2] >= 0.5], linked.lists)
    found = pooled_study(
        tables,
        surest,
        settings_of(wish, len(linked.lists)),
        wish.seed,
        title=wish.title or "",
        thorough=wish.thorough,
        progress=shares,
    )
    shares.close()
    digest = sha256(records.read_bytes() + pairs.read_bytes()).hexdigest()
    name = f"{records.name} + {pairs.name}"
    return replace(found, provenance=provenance_of(name, digest, linked.lists, (), wish))
