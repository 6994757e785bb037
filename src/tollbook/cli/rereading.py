"""rereading: the door to reading all reports anew."""

import sys
from typing import Any

import click

from tollbook.cli.record import JSON, REGISTER


@click.command()
@REGISTER
@click.option("--take-over", is_flag=True, help="Put the new readings in the place of those there are.")
@click.option("--reason", default="", metavar="WORDS", help="Why they are taken over; kept with each change.")
@click.option(
    "--by", metavar="NAME", help="Who takes over, for the log.  [default: the user at the keyboard]"
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    metavar="N",
    help="Reports shown at most.",
)
@JSON
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def reread(**options: Any) -> None:
    """Read all reports anew with this version and its packs, and tell which claims are gained, lost and changed.

    Nothing of the record changes without --take-over. What people decided stays, with every claim they decided on; what was
    recorded until now stays for --as-of. It may be stopped at any moment and run again.

    Exit status: 0 done, 1 some reports could not be read or taken over, 2 wrong usage, or the register cannot be opened.
    """
    from tollbook.desk.showing_reread import show_reread  # noqa: PLC0415  # --help must not wait for the reader

    sys.exit(show_reread(**options))
