"""knowledge: places and lang, the doors to the data that reading stands on."""

import sys
from pathlib import Path

import click


@click.group()
def places() -> None:
    """Add places of your own to the gazetteer."""


@places.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def places_add(file: Path) -> None:
    """Add a GeoNames country dump (.txt, .zip) or an OCHA p-code table (.csv, .xlsx) to the gazetteer."""
    from tollbook.desk.places import add_places  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    try:
        added = add_places(file)
    except TollbookError as problem:
        raise click.ClickException(str(problem)) from problem
    lost = f"; {added.without_position:,} without a position left out" if added.without_position else ""
    click.echo(f"{added.places:,} places with {added.names:,} names added to {added.path}{lost}")


@click.group()
def lang() -> None:
    """Look after language packs."""


@lang.command("check")
@click.argument("code")
def lang_check(code: str) -> None:
    """Prove a language pack: every pattern finds its example and respects its nevers."""
    from tollbook.desk.proving import prove_pack  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    try:
        proved, faults = prove_pack(code)
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"lang/{code}: {proved:,} examples proved, {len(faults)} faults")
    sys.exit(1 if faults else 0)
