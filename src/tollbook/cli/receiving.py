"""receiving: the options that every command shares which takes reports in."""

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option(
        "--published",
        metavar="DATE",
        help="Day of publication (year-month-day) where the source does not say it.",
    ),
    click.option("--publisher", metavar="NAME", help="Who published it, where the source does not say it."),
    click.option("--language", metavar="CODE", help="Language of the text, such as en; else it is detected."),
    click.option(
        "--since", metavar="DATE", help="Take nothing that a feed or sitemap dates before this day."
    ),
    click.option(
        "--limit", type=click.IntRange(1), metavar="N", help="Pages of each feed, sitemap or list at most."
    ),
    click.option(
        "--no-follow", is_flag=True, help="Fetch no page that a feed, sitemap or list names; take its words."
    ),
    click.option(
        "--delay",
        type=click.FloatRange(0),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="Between two such pages of one site; its robots.txt may ask for more.",
    ),
    click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too."),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        default=30.0,
        show_default=True,
        metavar="SECONDS",
        help="For each address.",
    ),
    click.option(
        "--max-size",
        type=click.FloatRange(0.01),
        default=64.0,
        show_default=True,
        metavar="MB",
        help="For each item.",
    ),
)


def receiving(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of receiving; the desk's `options_of` takes them by their names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
