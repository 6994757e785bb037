"""publishing: the doors through which the record goes out."""

import sys
from pathlib import Path
from typing import Any

import click

from tollbook.cli.record import AS_OF, JSON, PROFILES, REGISTER, WANTED, with_options

_OUT = click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A new folder.",
)


@click.command()
@click.argument("formats", nargs=-1, required=True, metavar="FORMAT...")
@with_options(REGISTER, *WANTED[:-1], AS_OF)
@click.option(
    "--profile", type=PROFILES, help="The school whose rule counts.  [default: the format's own, else house]"
)
@click.option(
    "--review", type=click.Choice(["confirmed", "all"]), default="all", show_default=True,
    help="Only incidents that a person has signed off, or all, marked as unreviewed.",
)  # fmt: skip
@click.option(
    "--redact",
    metavar="KINDS",
    help="Withhold some of names, quotes, authors, urls, staff; with commas between.",
)
@click.option("--hxl", is_flag=True, help="A second row of HXL hashtags in CSV files.")
@with_options(_OUT, JSON)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def export(formats: tuple[str, ...], redact: str | None, out: Path, **options: Any) -> None:
    """Write the record in other people's formats, with a manifest and a report of what each cannot say.

    FORMAT is tables (CSV, Parquet, DuckDB), ged, acled, sdg, geojson, airwars, annotations, ftm or xlsx.

    Exit status: 0 written, 2 wrong usage or no register.
    """
    from tollbook.desk.handing_out import show_export  # noqa: PLC0415  # --help must not wait for the formats

    kinds = tuple(kind.strip() for kind in (redact or "").split(",") if kind.strip())
    sys.exit(show_export(formats, redact=kinds, out=out, **options))


@click.command()
@click.argument("id", required=False, metavar="INCIDENT")
@with_options(REGISTER, *WANTED[:-1], AS_OF)
@click.option(
    "--profile", type=PROFILES, default="house", show_default=True, help="The school whose rule counts."
)
@click.option(
    "--review", type=click.Choice(["confirmed", "all"]), default="all", show_default=True,
    help="Only incidents that a person has signed off, or all, marked as unreviewed.",
)  # fmt: skip
@click.option(
    "--redact",
    metavar="KINDS",
    help="Withhold some of names, quotes, authors, urls, staff; with commas between.",
)
@click.option(
    "--format", "form", type=click.Choice(["md", "html", "pdf", "docx"]),
    help="The form.  [default: as the file's name ends, else md]",
)  # fmt: skip
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to, not standard output.",
)
def brief(id: str | None, redact: str | None, **options: Any) -> None:
    """Write the situation brief of an incident, or of all that the options ask for, every sentence with its citations."""
    from tollbook.desk.handing_out import show_brief  # noqa: PLC0415  # as above

    kinds = tuple(kind.strip() for kind in (redact or "").split(",") if kind.strip())
    sys.exit(show_brief(id, redact=kinds, **options))


_KINDS = ["ged", "acled", "airwars", "table"]


@click.command("import")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@with_options(REGISTER)
@click.option("--name", metavar="WORDS", help="What to call it.  [default: the file's name]")
@click.option(
    "--by", metavar="NAME", help="Who brings it in, for the log.  [default: the user at the keyboard]"
)
@with_options(JSON)
def import_(kind: str, file: Path, **options: Any) -> None:
    """Bring others' published events in, to lay them beside ours with tollbook compare; never as claims of ours.

    The file is kept as it is, under its SHA-256. Rows that break their own format stay in, with a warning. The same file again
    changes nothing. A table has the columns id, start and, as known, end, place, adm1, country, lat, lon, low, best, high,
    side_a, side_b.

    Exit status: 0 brought in, 2 wrong usage, or the file is not of the kind.
    """
    from tollbook.desk.laying_beside import show_import  # noqa: PLC0415  # as above

    sys.exit(show_import(kind, file, **options))


@click.command()
@click.argument("which", required=False, metavar="[DATASET|KIND]")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]"
)
@with_options(REGISTER, *WANTED[:-1], AS_OF)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A new folder for a table, a page and JSON, with a manifest.",
)
@with_options(JSON)
def compare(which: str | None, file: Path | None, **options: Any) -> None:
    """Lay our incidents beside a published data set: in both, agreeing or not; only ours; only theirs.

    DATASET is one that tollbook import brought in: its id, its name, or its kind (ged, acled, airwars, table) for the newest.
    KIND with a FILE compares with a file that was not. Without either, the data sets that were brought in are listed. Nothing
    of theirs becomes ours.
    """
    from tollbook.desk.laying_beside import show_compared  # noqa: PLC0415  # as above

    sys.exit(show_compared(which, file, **options))


@click.command()
@with_options(REGISTER)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to, not standard output.",
)
def methodology(register: str | None, out: Path | None) -> None:
    """Say how this record is made, from the set-up as it is, with a checklist against the field's standards."""
    from tollbook.desk.handing_out import show_methodology  # noqa: PLC0415  # as above

    sys.exit(show_methodology(register, out))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@with_options(REGISTER)
def restore(folder: Path, register: str | None) -> None:
    """Make a register again from a whole export of tables; it is checked with tollbook verify."""
    from tollbook.desk.handing_out import show_restored  # noqa: PLC0415  # as above

    sys.exit(show_restored(register, folder))


@click.command()
@with_options(REGISTER, *WANTED[:-1], AS_OF)
@click.option(
    "--profile", type=PROFILES, default="house", show_default=True, help="The school whose rule counts."
)
@click.option(
    "--review", type=click.Choice(["confirmed", "all"]), default="confirmed", show_default=True,
    help="Only incidents that a person has signed off, or all, marked as unreviewed.",
)  # fmt: skip
@click.option(
    "--redact", default="names,staff", show_default=True, metavar="KINDS",
    help="Withhold some of names, quotes, authors, urls, staff; with commas between; none for nothing.",
)  # fmt: skip
@click.option(
    "--data", default="tables,xlsx,geojson,ged,acled,sdg", show_default=True, metavar="FORMATS",
    help="Formats to take away, as tollbook export has them; none for nothing.",
)  # fmt: skip
@click.option(
    "--title", default="Record of harm", show_default=True, metavar="WORDS", help="What the site is called."
)
@with_options(_OUT)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def site(redact: str, data: str, **options: Any) -> None:
    """Write a static public site of the confirmed record: it needs no server and no network, and searches by itself.

    Open DIR/index.html, put DIR on any web host, or on a stick. Names of people in reports are withheld unless --redact says
    otherwise: look before you publish.

    Exit status: 0 written, 2 wrong usage or no register.
    """
    from tollbook.desk.handing_out_more import show_site  # noqa: PLC0415  # as above

    sys.exit(show_site(redact=_listed(redact), data=_listed(data), **options))


def _listed(words: str) -> tuple[str, ...]:
    """Return words between commas; none for "none"."""
    return tuple(w for part in words.split(",") if (w := part.strip()) and w != "none")
