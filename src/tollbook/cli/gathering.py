"""gathering: watch, the door through which reports come in by themselves."""

import re
import sys
from pathlib import Path
from typing import Any

import click

from tollbook.cli.receiving import receiving

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _seconds(context: click.Context, option: click.Parameter, value: str) -> float:
    """Return the seconds of a span of time such as 15m, 2h, 1d."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", value.strip().lower())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if seconds < 60:
        raise click.BadParameter(f"'{value}' is no span of time of a minute or more - give 15m, 2h, 1d")
    return float(seconds)


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--every",
    callback=_seconds,
    default="15m",
    show_default=True,
    metavar="SPAN",
    help="Between two polls of a feed.",
)
@click.option("--once", is_flag=True, help="Poll each feed once, and end.")
@click.option(
    "--register",
    metavar="REGISTER",
    envvar="TOLLBOOK_REGISTER",
    show_envvar=True,
    help="A file, or postgresql://user@host/database. [default: tollbook.register in this folder]",
)
@click.option(
    "--print", "printed", is_flag=True, help="Print what is read, instead of adding it to the register."
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to remember what was taken. [default: beside the register]",
)
@click.option("--by", metavar="NAME", help="Who adds, for the log. [default: the user at the keyboard]")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="For the chance in the times of polling."
)
@click.option("--json", "form", flag_value="json", help="With --print: one reading as a JSON object a line.")
@click.option("--quiet", is_flag=True, help="Do not tell on standard error what goes on.")
@receiving
def watch(
    feeds: tuple[str, ...],
    register: str | None,
    printed: bool,
    by: str | None,
    form: str | None,
    **options: Any,
) -> None:
    """Watch feeds and sitemaps, and add what is new in them to the register, until stopped (Ctrl-C, or SIGTERM).

    Politely: robots.txt is honoured, an unchanged feed is not sent again, one that fails is asked ever more seldom.

    Exit status: 0 stopped or done, 1 with --once when something could not be read, 2 wrong usage, or the register cannot
    be written.
    """
    if printed:
        from tollbook.desk.watch_readings import watch_readings  # noqa: PLC0415  # --help must not wait for the reader

        sys.exit(watch_readings(feeds, form=form, **options))
    from tollbook.desk.watch_register import watch_register  # noqa: PLC0415  # as above

    if form is not None:
        raise click.UsageError("--json is for --print - the register is asked with other commands")
    sys.exit(watch_register(feeds, register, by=by, **options))
