"""record: the doors to the register: adding, asking, deciding, verifying."""

import sys
from collections.abc import Callable
from typing import Any

import click

from tollbook.cli.receiving import receiving

PROFILES = click.Choice(["house", "ucdp", "acled", "ibc", "airwars"])
_GRADES = click.Choice(["confirmed", "fair", "weak", "contested", "discounted"])
_HARMS = click.Choice(
    ["killed", "injured", "killed_or_injured", "missing", "abducted", "detained", "displaced"]
)
_STATUSES = click.Choice(["civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown"])
Command = Callable[..., Any]

REGISTER = click.option(
    "--register", metavar="REGISTER", envvar="TOLLBOOK_REGISTER", show_envvar=True,
    help="A file, or postgresql://user@host/database. [default: tollbook.register in this folder]",
)  # fmt: skip
JSON = click.option("--json", "form", flag_value="json", help="Print JSON, one object a line.")
AS_OF = click.option("--as-of", metavar="DATE", help="What the register said then, not what it says now.")
_PROFILE = click.option(
    "--profile", type=PROFILES, default="house", show_default=True, help="The school whose rule counts."
)
_LIMIT = click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="Lines at most."
)
WANTED = (
    click.option("--place", metavar="NAME", help="In this town, division or country."),
    click.option("--from", "start", metavar="DATE", help="Not over before this day."),
    click.option("--to", "end", metavar="DATE", help="Begun by this day."),
    click.option("--harm", type=_HARMS, help="With a toll of this harm."),
    click.option("--party", metavar="NAME", help="Connected with this party."),
    click.option("--status", type=_STATUSES, help="With a toll of such victims."),
    click.option("--origin", metavar="NAME", help="With a figure that this voice gives."),
    click.option("--words", metavar="WORDS", help="With a report whose title or text holds all these words."),
    click.option("--grade", type=_GRADES, help="Of this grade."),
    click.option(
        "--review",
        type=click.Choice(["machine", "in_review", "signed_off"]),
        help="In this state of review.",
    ),
)
_DECIDED = (
    click.option("--reason", required=True, metavar="WORDS", help="Why; kept with the decision."),
    click.option("--by", metavar="NAME", help="Who decides.  [default: the user at the keyboard]"),
)


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command several options, shown in their order."""

    def given(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--example", is_flag=True, help="Add the bundled reports of Syria's coast, March 2025.")
@REGISTER
@receiving
@click.option(
    "--jobs",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Processes that read; 0 for one a core.",
)
@click.option("--by", metavar="NAME", help="Who adds, for the log.  [default: the user at the keyboard]")
@JSON
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def add(sources: tuple[str, ...], example: bool, **options: Any) -> None:
    """Add reports to the register, which is made where there is none.

    SOURCE is all that `tollbook read` takes. Adding the same again changes nothing; a page that has changed becomes a new
    version. It may be stopped at any moment and run again.

    Exit status: 0 all added, 1 some could not be read, 2 wrong usage, or the register cannot be written.
    """
    from tollbook.desk.examples import example_record  # noqa: PLC0415  # --help must not wait for the reader
    from tollbook.desk.showing import show_add  # noqa: PLC0415  # as above

    if example:
        sources = (*sources, str(example_record()))
    if not sources:
        raise click.UsageError("add what? - name files, folders or addresses, or try: tollbook add --example")

    sys.exit(show_add(sources, stdin=sys.stdin.buffer, **options))


@click.command()
@with_options(REGISTER, *WANTED)
@click.option("--conflicts/--no-conflicts", default=None, help="With, or without, something that disagrees.")
@click.option("--top", is_flag=True, help="Leave out what is part of a wider incident.")
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "largest", "conflicts"]),
    default="newest",
    show_default=True,
)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, metavar="N")
@with_options(_LIMIT, AS_OF, _PROFILE, JSON)
def incidents(**options: Any) -> None:
    """List incidents with their tolls."""
    from tollbook.desk.showing import show_incidents  # noqa: PLC0415  # as above

    sys.exit(show_incidents(**options))


@click.command()
@click.argument("id")
@with_options(REGISTER, AS_OF, _PROFILE, JSON)
def show(id: str, **options: Any) -> None:
    """Show an incident: tolls with their ledger, claims, reports, reasons, conflicts, decisions."""
    from tollbook.desk.showing import show_incident  # noqa: PLC0415  # as above

    sys.exit(show_incident(id=id, **options))


@click.command()
@click.option(
    "--by", default="harm", show_default=True, metavar="GROUPS",
    help="Some of harm, status, country, place, month, year, party, grade, with commas between.",
)  # fmt: skip
@with_options(REGISTER, *WANTED, AS_OF, _PROFILE, JSON)
def toll(by: str, **options: Any) -> None:
    """Add up incidents, counting nobody twice: low, best, high, and what was left out as overlapping."""
    from tollbook.desk.showing import show_toll  # noqa: PLC0415  # as above

    sys.exit(show_toll(by=[name.strip() for name in by.split(",") if name.strip()], **options))


@click.command()
@click.argument("words", nargs=-1, required=True)
@with_options(REGISTER, _LIMIT, AS_OF, JSON)
def search(words: tuple[str, ...], **options: Any) -> None:
    """Find reports by words in their title or text, in any script; each with the sentence that shows it."""
    from tollbook.desk.showing import show_search  # noqa: PLC0415  # as above

    sys.exit(show_search(words=words, **options))


@click.command()
@click.argument("words", required=False)
@with_options(REGISTER, _LIMIT, AS_OF, JSON)
def origins(words: str | None, **options: Any) -> None:
    """List who gives figures, and which outlets carry them; WORDS are a part of a name."""
    from tollbook.desk.showing import show_origins  # noqa: PLC0415  # as above

    sys.exit(show_origins(words=words, **options))


@click.command()
@with_options(REGISTER, *WANTED, _LIMIT, AS_OF, JSON)
def conflicts(**options: Any) -> None:
    """List what disagrees and deserves a person."""
    from tollbook.desk.showing import show_conflicts  # noqa: PLC0415  # as above

    sys.exit(show_conflicts(**options))


@click.command()
@click.argument("id")
@with_options(REGISTER, AS_OF, _PROFILE, JSON)
def history(id: str, **options: Any) -> None:
    """List each value that an incident's tolls had, when, and the claim or decision that moved it."""
    from tollbook.desk.showing import show_history  # noqa: PLC0415  # as above

    sys.exit(show_history(id=id, **options))


@click.command()
@click.argument("harm", type=_HARMS)
@click.option("--on", metavar="DATE", help="The day that the figure is for; all days where it is left out.")
@click.option("--carry", is_flag=True, help="Where nothing is told for that day, the newest day before it.")
@click.option("--place", metavar="NAME", help="Of this place.")
@click.option("--origin", metavar="NAME", help="Told by this voice.")
@click.option(
    "--age", "age_group", metavar="GROUP", help="Of this age group, such as child; else of all people."
)
@click.option(
    "--scope", type=click.Choice(["cumulative", "incident", "period"]), default="cumulative", show_default=True,
    help="Running totals, or figures of events or of periods.",
)  # fmt: skip
@with_options(REGISTER, AS_OF, JSON)
def told(harm: str, **options: Any) -> None:
    """List the figures that reports give for a day, as known on any other day: of running totals."""
    from tollbook.desk.showing_more import show_told  # noqa: PLC0415  # as above

    sys.exit(show_told(harm=harm, **options))


@click.command()
@click.argument("key", metavar="ID")
@click.option("--text", is_flag=True, help="With its text.")
@with_options(REGISTER, JSON)
def report(key: str, **options: Any) -> None:
    """Show a report: where it came from, its versions and copies, its claims and the incident of each."""
    from tollbook.desk.showing_more import show_report  # noqa: PLC0415  # as above

    sys.exit(show_report(key=key, **options))


@click.command()
@click.argument("id", required=False)
@click.option(
    "--lost", is_flag=True, help="Only those that lost the claim, incident or voice they were about."
)
@with_options(REGISTER, JSON)
def decisions(id: str | None, **options: Any) -> None:
    """List what people decided, newest first; ID is an incident, claim, report or decision."""
    from tollbook.desk.showing_more import show_decisions  # noqa: PLC0415  # as above

    sys.exit(show_decisions(id=id, **options))


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@with_options(REGISTER, *_DECIDED)
def merge(ids: tuple[str, ...], **options: Any) -> None:
    """Say that incidents are one event. Their ids go on leading to it; it can be undone."""
    from tollbook.desk.showing import show_merge  # noqa: PLC0415  # as above

    sys.exit(show_merge(ids=ids, **options))


@click.command()
@click.argument("id")
@click.option(
    "--claims", required=True, metavar="IDS", help="The claims that leave together, with commas between."
)
@with_options(REGISTER, *_DECIDED)
def split(id: str, claims: str, **options: Any) -> None:
    """Say that some claims of an incident are another event. It can be undone."""
    from tollbook.desk.showing import show_split  # noqa: PLC0415  # as above

    sys.exit(show_split(id=id, claims=[c.strip() for c in claims.split(",") if c.strip()], **options))


@click.command()
@click.argument("review", metavar="DECISION")
@with_options(REGISTER, *_DECIDED)
def undo(review: str, **options: Any) -> None:
    """Take a decision back, such as a merge or a split; both stay on record."""
    from tollbook.desk.showing import show_undo  # noqa: PLC0415  # as above

    sys.exit(show_undo(review=review, **options))


@click.command()
@REGISTER
@click.option("--recount", is_flag=True, help="Also count all incidents anew from the claims, and compare.")
@JSON
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def verify(**options: Any) -> None:
    """Check originals, texts, quotes, decisions, tolls and log, and say exactly what is broken.

    Exit status: 0 all whole, 1 something is broken, 2 there is no register.
    """
    from tollbook.desk.showing import show_verified  # noqa: PLC0415  # as above

    sys.exit(show_verified(**options))


@click.command()
@REGISTER
def upgrade(register: str | None) -> None:
    """Bring a register that an older version made to this version. Back it up first."""
    from tollbook.desk.showing import show_upgrade  # noqa: PLC0415  # as above

    sys.exit(show_upgrade(register))
