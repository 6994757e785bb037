"""estimating: a file of persons by list -> a comparison of estimates -> terminal, JSON, page, PDF."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from importlib import import_module, resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tollbook.desk.folders import replace_file
from tollbook.desk.progress import Shares
from tollbook.errors import TollbookError, UsageError
from tollbook.model.estimate import Comparison, Provenance
from tollbook.sources.overlap import Overlap, read_overlap

if TYPE_CHECKING:
    from tollbook.estimation.settings import Settings

# bundled tables: what they are, and the strata they come with
EXAMPLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "kosovo": (
        "Kosovo, killings, 20 March to 22 June 1999: EXH exhumations, ABA American Bar Association, OSCE, HRW",
        (),
    ),
    "gaza": (
        "Gaza, traumatic deaths, 7 October 2023 to 30 June 2024: hospital morgues, ministry survey, obituaries",
        ("sex", "age"),
    ),
}


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
    read = read_overlap(path, lists=wish.lists, strata=wish.strata, counts=wish.counts)
    if read.guessed and not wish.quiet:
        click.echo(f"{path.name}: {'; '.join(read.guessed)}", err=True)
    return estimate_shared(read, wish) if read.hidden else estimate_rows(read, wish)


def estimate_shared(read: Overlap, wish: Wish) -> Comparison:
    """Estimate from a table that was shared with small counts hidden: whole tables are drawn and pooled."""
    from tollbook.estimation.pooled import pooled_study  # noqa: PLC0415  # takes a second to load
    from tollbook.estimation.protect import SharedTable, complete  # noqa: PLC0415  # as above

    if read.strata:
        raise UsageError("strata and hidden counts do not go together - share a table for each stratum")
    known: dict[str, int | None] = {pattern: count for (_, pattern), count in read.rows.items()}
    cells = tuple(sorted({**known, **dict.fromkeys(pattern for pattern, _ in read.hidden)}.items()))
    shared = SharedTable(read.lists, max(limit for _, limit in read.hidden), cells)
    shares = Shares(quiet=wish.quiet)
    tables = complete(shared, draws=wish.imputations, seed=wish.seed)
    found = pooled_study(
        tables,
        tables[0],
        settings_of(wish, len(read.lists)),
        wish.seed,
        title=wish.title or "",
        doubt_of=f"{len(read.hidden)} hidden counts of {2 ** len(read.lists) - 1}",
        thorough=wish.thorough,
        progress=shares,
    )
    shares.close()
    return replace(found, provenance=provenance_of(read.name, read.sha256, read.lists, (), wish))


def estimate_rows(read: Overlap, wish: Wish) -> Comparison:
    """Estimate from rows that were read; see `estimate_file`."""
    from tollbook.estimation.study import Missing, Plan, study  # noqa: PLC0415  # takes a second to load

    settings = settings_of(wish, len(read.lists))
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
    found = study(read.rows, read.lists, settings, plan, wish.seed, title=wish.title or "", progress=shares)
    shares.close()
    return replace(found, provenance=provenance_of(read.name, read.sha256, read.lists, read.strata, wish))


def settings_of(wish: Wish, lists: int) -> "Settings":
    """Return the settings that a wish comes to; the threads are as many as this machine has use for."""
    from tollbook.estimation.prior import elicit  # noqa: PLC0415  # as above
    from tollbook.estimation.settings import ALL_FAMILIES, Settings  # noqa: PLC0415  # as above

    families = tuple(f for f in ALL_FAMILIES if not wish.families or f in wish.families)
    settings = Settings(families=families, level=wish.level)
    workers = min(wish.chains, os.cpu_count() or 1)
    sampling = replace(settings.sampling, chains=wish.chains, workers=workers)
    if wish.multiplier is not None:
        sampling = elicit(lists, *wish.multiplier, sampling)
    return replace(settings, sampling=sampling)


def _warn_slow(wish: Wish) -> None:
    """Say what will make a person wait before any progress can be told."""
    from tollbook.estimation._kernel import COMPILED, sweep  # noqa: PLC0415  # as above

    if wish.quiet or (wish.families and "latent_class" not in wish.families):
        return
    kept = getattr(getattr(sweep, "stats", None), "cache_path", None)
    if not COMPILED:
        click.echo("numba is not installed: latent classes take a hundred times longer", err=True)
    elif kept is not None and not any(Path(kept).glob("_kernel.sweep-*.nbi")):
        click.echo("compiling the sampler, once on this machine: some ten seconds", err=True)


def provenance_of(
    name: str, digest: str, lists: Sequence[str], strata: Sequence[str], wish: Wish
) -> Provenance:
    """Return what it takes to compute the same again: the data's digest, seed, settings, versions."""
    own = import_module(
        "tollbook"
    ).__version__  # by name: the desk stands below what the package's door opens
    versions = {"tollbook": str(own), "python": ".".join(map(str, sys.version_info[:3]))}
    for package in ("numpy", "numba"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "absent"
    said = {
        field.name: value
        for field in fields(wish)
        if (value := getattr(wish, field.name)) != field.default
        and field.name not in ("title", "quiet", "seed")
    }
    settings = {**said, "lists": ",".join(lists), "strata": ",".join(strata), "level": f"{wish.level:g}"}
    return Provenance(
        name,
        digest,
        wish.seed,
        tuple((key, _plain(value)) for key, value in sorted(settings.items())),
        tuple(versions.items()),
    )


def _plain(value: object) -> str:
    return ",".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def print_estimate(
    path: Path, wish: Wish, *, form: str | None = None, html: Path | None = None, pdf: Path | None = None
) -> int:
    """Estimate and print; return 0 where an interval is quoted, 1 where it is refused, 2 for wrong usage."""
    try:
        found = estimate_file(path, wish)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    return give(found, form=form, html=html, pdf=pdf)


def give(
    found: Comparison, *, form: str | None = None, html: Path | None = None, pdf: Path | None = None
) -> int:
    """Write a comparison in the forms asked for; return 0 where an interval is quoted, 1 where it is refused."""
    if html is not None:
        from tollbook.writers.estimate_html import estimate_html  # noqa: PLC0415  # each form loads its own

        replace_file(html, estimate_html(found).encode())
        click.echo(f"report written to {html}", err=True)
    if pdf is not None:
        from tollbook.writers.estimate_pdf import estimate_pdf  # noqa: PLC0415  # as above

        replace_file(pdf, estimate_pdf(found))
        click.echo(f"report written to {pdf}", err=True)
    if form == "json":
        from tollbook.writers.estimate_json import estimate_json  # noqa: PLC0415  # as above

        sys.stdout.buffer.write(estimate_json(found) + b"\n")
        sys.stdout.buffer.flush()
    elif html is None and pdf is None:
        from rich.console import Console  # noqa: PLC0415  # as above

        from tollbook.writers.estimate_terminal import write_estimate  # noqa: PLC0415  # as above

        write_estimate(found, Console(highlight=False, width=None if sys.stdout.isatty() else 100))
    return 1 if found.quoted is None else 0
