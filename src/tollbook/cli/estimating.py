"""estimating: how many were on no list; the doors to estimates, their coverage, and tables that can be shared."""

import sys
from pathlib import Path
from typing import Any

import click

_FAMILIES = ("loglinear", "graphs", "latent_class", "no_highest_interaction", "lower_bound")


class _ListsFirst(click.Group):
    """A group whose first command need not be named: `estimate people.csv` is `estimate lists people.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            args = ["lists", *args]
        return super().parse_args(ctx, args)


def _names(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if value else ()


def _families(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    chosen = _names(context, option, value)
    for name in chosen:
        if name not in _FAMILIES:
            raise click.BadParameter(f"'{name}' is no family - there are: {', '.join(_FAMILIES)}")
    return chosen


_MULTIPLIER = click.option(
    "--multiplier",
    type=(float, float),
    metavar="LOW HIGH",
    help="Prior of everyone over the listed (95%), such as 1.1 3, for latent classes on many lists.",
)


@click.group(cls=_ListsFirst)
def estimate() -> None:
    """Estimate how many were on no list, from lists that overlap."""


@estimate.command("lists")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]"
)
@click.option("--example", metavar="NAME", help="Use a bundled table: kosovo, or gaza (with sex and age).")
@click.option("--lists", callback=_names, metavar="A,B,C", help="Columns that say who is on which list.")
@click.option("--strata", callback=_names, metavar="A,B", help="Columns of labels to estimate apart by.")
@click.option("--counts", metavar="COLUMN", help="Column that counts persons, where a row is not one person.")
@click.option("--families", callback=_families, metavar="A,B", help=f"Only these of: {', '.join(_FAMILIES)}.")
@click.option(
    "--missing",
    type=click.Choice(["impute", "drop", "drop-anyway"]),
    default="impute",
    show_default=True,
    help="Persons without a label: impute several times and pool, or leave them out (refused above 5%).",
)
@click.option(
    "--imputations",
    type=click.IntRange(2),
    default=20,
    show_default=True,
    help="Times that missing labels are filled.",
)
@click.option("--partial", is_flag=True, help="Let small strata lean on the others (partial pooling).")
@click.option("--thorough", is_flag=True, help="Sample latent classes in every stratum too; takes long.")
@click.option("--quick", is_flag=True, help="Leave out the tests on the lists themselves.")
@click.option(
    "--chains", type=click.IntRange(4, 64), default=4, show_default=True, help="Chains of the sampler."
)
@_MULTIPLIER
@click.option(
    "--level",
    type=click.FloatRange(0.5, 0.999),
    default=0.95,
    show_default=True,
    help="Probability of the intervals.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same figures."
)
@click.option("--title", help="What the lists are of.")
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write one report page."
)
@click.option(
    "--pdf", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the report as PDF."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def lists(
    file: Path | None,
    example: str | None,
    form: str | None,
    html: Path | None,
    pdf: Path | None,
    **options: Any,
) -> None:
    """Estimate how many persons were on no list, by several families side by side.

    FILE is a table (.csv, .tsv, .xlsx, .parquet): a row for each person, or for a number of persons alike, a column of 1 and 0
    for each list. Also: tollbook estimate coverage, tollbook estimate share, tollbook estimate linked.

    Exit status: 0 an interval is given, 1 refused, 2 wrong usage.
    """
    from tollbook.desk.estimating import EXAMPLES, Wish, example_file, print_estimate  # noqa: PLC0415  # --help must not wait
    from tollbook.errors import UsageError  # noqa: PLC0415  # as above

    if (file is None) == (example is None):
        raise click.UsageError("give a FILE, or --example kosovo")
    try:
        path = file if file is not None else example_file(example or "")
    except UsageError as problem:
        raise click.UsageError(str(problem)) from problem
    if example is not None:
        title, strata = EXAMPLES[example]
        options["title"], options["strata"] = options["title"] or title, options["strata"] or strata
    sys.exit(print_estimate(path, Wish(**options), form=form, html=html, pdf=pdf))


_LISTS = click.option(
    "--lists", callback=_names, metavar="A,B,C", help="Columns that say who is on which list."
)
_COUNTS = click.option("--counts", metavar="COLUMN", help="Column that counts persons.")
_SEED = click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same figures."
)
_QUIET = click.option("--quiet", is_flag=True, help="No progress on standard error.")
_FILE = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@estimate.command("coverage")
@click.argument("world")
@click.option(
    "--replicates",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Simulated tables of the world.",
)
@click.option("--families", callback=_families, metavar="A,B", help=f"Only these of: {', '.join(_FAMILIES)}.")
@_MULTIPLIER
@_SEED
@_QUIET
def coverage(world: str, replicates: int, **options: Any) -> None:
    """Simulate a world of known number and count how often each family's interval holds it.

    WORLD is indep4, dep12, ag4a, mv2016, stan3, stan5neg, logitnorm, wide25, or all.
    """
    from tollbook.desk.estimating import Wish  # noqa: PLC0415  # as above
    from tollbook.desk.estimating_more import print_coverage  # noqa: PLC0415  # as above

    sys.exit(print_coverage(world, replicates, Wish(**options)))


@estimate.command("share")
@click.argument("file", type=_THERE)
@_LISTS
@_COUNTS
@click.option("--below", type=click.IntRange(2), default=5, show_default=True, help="Hide counts under this.")
@click.option("--out", type=_FILE, metavar="FILE", help="Write there instead of standard output.")
def share(file: Path, below: int, out: Path | None, **options: Any) -> None:
    """Write the table of lists with small counts hidden, to be given to another organisation."""
    from tollbook.desk.estimating import Wish  # noqa: PLC0415  # as above
    from tollbook.desk.estimating_more import share_table  # noqa: PLC0415  # as above

    sys.exit(share_table(file, out, below, Wish(**options)))


@estimate.command("linked")
@click.argument("records", type=click.Path(exists=True, path_type=Path))
@click.argument("pairs", required=False, type=_THERE, metavar="[PAIRS]")
@click.option(
    "--draws", type=click.IntRange(2), default=20, show_default=True, help="Whole linkages to draw."
)
@click.option("--families", callback=_families, metavar="A,B", help=f"Only these of: {', '.join(_FAMILIES)}.")
@click.option("--thorough", is_flag=True, help="Sample latent classes on every linkage too; takes long.")
@click.option("--title", help="What the lists are of.")
@_SEED
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--html", type=_FILE, metavar="FILE", help="Write one report page.")
@click.option("--pdf", type=_FILE, metavar="FILE", help="Write the report as PDF.")
@_QUIET
def linked(
    records: Path,
    pairs: Path | None,
    draws: int,
    form: str | None,
    html: Path | None,
    pdf: Path | None,
    **options: Any,
) -> None:
    """Estimate over whole linkages drawn from the probabilities of pairs, pooled into one interval.

    RECORDS has the columns id and list, PAIRS two ids and the probability that they are one person; or RECORDS is the
    folder that tollbook people link wrote.
    """
    from tollbook.desk.estimating import Wish  # noqa: PLC0415  # as above
    from tollbook.desk.estimating_more import print_linked  # noqa: PLC0415  # as above

    sys.exit(print_linked(records, pairs, draws, Wish(**options), form=form, html=html, pdf=pdf))
