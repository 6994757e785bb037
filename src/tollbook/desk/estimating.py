"""estimating: a file of persons by list -> a comparison of estimates -> terminal, JSON, page, PDF."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import cast

import click

from tollbook import __version__
from tollbook.desk.progress import Shares
from tollbook.errors import TollbookError, UsageError
from tollbook.model.estimate import Comparison, Family, Provenance
from tollbook.sources.overlap import ListRows, read_lists

EXAMPLES = {"kosovo": (), "gaza": ("sex", "age")}  # bundled tables and the strata they come with


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asked for; empty where nothing was said."""

    lists: tuple[str, ...] = ()
    strata: tuple[str, ...] = ()
    counts: str | None = None
    families: tuple[str, ...] = ()
    missing: str = "impute"
    imputations: int = 20
    partial: bool = False
    thorough: bool = False
    quick: bool = False
    chains: int = 4
    multiplier: tuple[float, float] | None = None
    seed: int = 1
    level: float = 0.95
    title: str | None = None
    quiet: bool = False


def example_file(name: str) -> Path:
    """Return the file of a bundled table; UsageError where there is none of that name."""
    if name not in EXAMPLES:
        raise UsageError(f"no example '{name}' - there are: {', '.join(EXAMPLES)}")
    return Path(str(resources.files("tollbook.examples") / f"{name}.csv"))


def estimate_file(path: Path, wish: Wish) -> Comparison:
    """Estimate from a file; the comparison tells the file's digest, the seed, settings and versions."""
    read = read_lists(path, lists=wish.lists, strata=wish.strata, counts=wish.counts)
    if read.guessed and not wish.quiet:
        click.echo(f"{path.name}: {'; '.join(read.guessed)}", err=True)
    return estimate_rows(read, wish)


def estimate_rows(read: ListRows, wish: Wish) -> Comparison:
    """Estimate from rows that were read; see `estimate_file`."""
    from tollbook.estimation.settings import ALL_FAMILIES, Settings  # noqa: PLC0415  # takes a second to load
    from tollbook.estimation.study import Missing, Plan, study  # noqa: PLC0415  # as above

    families = tuple(f for f in ALL_FAMILIES if not wish.families or f in wish.families)
    settings = Settings(families=families, level=wish.level)
    sampling = replace(settings.sampling, chains=wish.chains, workers=min(wish.chains, os.cpu_count() or 1))
    settings = replace(settings, sampling=sampling)
    plan = Plan(
        strata=read.strata,
        missing=cast(Missing, wish.missing),
        imputations=wish.imputations,
        partial=wish.partial,
        chains=wish.thorough,
        consistency=not wish.quick,
        without=not wish.quick,
    )
    shares = Shares(quiet=wish.quiet)
    _warn_slow(wish)
    title = read.title if wish.title is None else wish.title
    found = study(read.rows, read.lists, settings, plan, wish.seed, title=title, progress=shares)
    shares.close()
    return replace(found, provenance=_provenance(read, wish, families))


def _warn_slow(wish: Wish) -> None:
    """Say that nothing is compiled, where that will make a person wait."""
    from tollbook.estimation import COMPILED  # noqa: PLC0415  # as above

    if not COMPILED and not wish.quiet:
        click.echo("numba is not installed: latent classes take a hundred times longer", err=True)


def _provenance(read: ListRows, wish: Wish, families: Sequence[Family]) -> Provenance:
    import numpy  # noqa: PLC0415  # only its version

    settings = {
        "lists": ",".join(read.lists),
        "strata": ",".join(read.strata),
        "families": ",".join(families),
        "missing": wish.missing,
        "imputations": str(wish.imputations),
        "partial": str(wish.partial),
        "thorough": str(wish.thorough),
        "quick": str(wish.quick),
        "chains": str(wish.chains),
        "level": f"{wish.level:g}",
    }
    versions = {
        "tollbook": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": numpy.__version__,
    }
    return Provenance(read.name, read.sha256, wish.seed, tuple(settings.items()), tuple(versions.items()))


def print_estimate(
    path: Path, wish: Wish, *, form: str | None = None, html: Path | None = None, pdf: Path | None = None
) -> int:
    """Estimate and print; return 0 where an interval is quoted, 1 where it is refused, 2 for wrong usage."""
    try:
        found = estimate_file(path, wish)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    if html is not None:
        from tollbook.writers.estimate_html import estimate_html  # noqa: PLC0415  # each form loads its own

        html.write_text(estimate_html(found), encoding="utf-8")
        click.echo(f"report written to {html}", err=True)
    if pdf is not None:
        from tollbook.writers.estimate_pdf import estimate_pdf  # noqa: PLC0415  # as above

        pdf.write_bytes(estimate_pdf(found))
        click.echo(f"report written to {pdf}", err=True)
    if form == "json":
        from tollbook.writers.estimate_json import estimate_json  # noqa: PLC0415  # as above

        sys.stdout.buffer.write(estimate_json(found) + b"\n")
        sys.stdout.buffer.flush()
    elif html is None and pdf is None:
        from rich.console import Console  # noqa: PLC0415  # as above

        from tollbook.writers.estimate_terminal import write_estimate  # noqa: PLC0415  # as above

        width = None if sys.stdout.isatty() else 100
        write_estimate(found, Console(highlight=False, width=width))
    return 1 if found.quoted is None else 0
