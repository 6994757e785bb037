"""reading: read and example, the doors to one reading at a time."""

import sys
from pathlib import Path
from typing import Any

import click

from tollbook.cli.receiving import receiving

_PROFILES = click.Choice(["house", "acled", "gtd", "aoav"])


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@receiving
@click.option(
    "--profile", type=_PROFILES, default="house", show_default=True, help="Counting rule for the figures."
)
@click.option("--json", "form", flag_value="json", help="Print one reading as a JSON object a line.")
@click.option("--csv", "form", flag_value="csv", help="Print one row a claim.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one self-contained page.",
)
@click.option(
    "--jobs", type=click.IntRange(0), default=1, show_default=True, help="Processes at work; 0 for all cores."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def read(sources: tuple[str, ...], **options: Any) -> None:
    """Read reports: every casualty figure with its words, who says so, where, when, and what adds up.

    SOURCE is a file (.txt .md .html .mhtml .eml .pdf .docx .jsonl), an archive (.zip .tar .warc .wacz, packed or not),
    a feed, a sitemap, a list of addresses, a folder of these, an http(s) address of one, or - for standard input.

    Exit status: 0 all read, 1 some could not be read, 2 wrong usage.
    """
    from tollbook.desk.printing import print_readings  # noqa: PLC0415  # --help must not wait for the reader

    sys.exit(print_readings(sources, stdin=sys.stdin.buffer, **options))


@click.command()
@click.argument("name", required=False)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one self-contained page.",
)
@click.option("--json", "form", flag_value="json", help="Print the reading as JSON.")
@click.option("--list", "listing", is_flag=True, help="Name the bundled reports.")
def example(name: str | None, listing: bool, **options: Any) -> None:
    """Read a bundled example report (coast, monthly, rising, denial)."""
    from tollbook.desk.examples import example_names, example_path, published_of  # noqa: PLC0415  # as above
    from tollbook.desk.printing import print_readings  # noqa: PLC0415  # as above

    if listing:
        click.echo("\n".join(example_names()))
        return
    try:
        path = example_path(name or "coast")
    except KeyError:
        raise click.UsageError(f"no example '{name}' - there are: {', '.join(example_names())}") from None
    sys.exit(print_readings((str(path),), published=published_of(path), **options))


@click.command()
@click.argument("report", metavar="REPORT")
@click.argument("claim", required=False, metavar="[CLAIM]")
@receiving
@click.option(
    "--profile", type=_PROFILES, default="house", show_default=True, help="Counting rule for the figures."
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole explanation as a JSON object a line.")
def explain(report: str, claim: str | None, **options: Any) -> None:
    """Tell why the claims of a report were formed, and what became of every number in it.

    REPORT is what `tollbook read` takes. With a CLAIM (c1, c2, …): its sentence, the roles that its words play, the order
    that fired and where the pack has it, each slot with its words, what was refused and why, what speaks for and against it.
    """
    from tollbook.desk.explaining import print_explanation  # noqa: PLC0415  # as above

    sys.exit(print_explanation(report, claim, stdin=sys.stdin.buffer, **options))
