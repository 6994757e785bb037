"""people: the doors to lists of named victims."""

import getpass
import sys
from pathlib import Path

import click

from tollbook.model.person import Verdict


@click.group()
def people() -> None:
    """Link lists of people: who on one list is who on another.

    \b
    Try:  tollbook people link a.csv b.csv --out linked
          tollbook people review linked          doubtful pairs, side by side
          tollbook people show linked a:17       one person with every list's row
    """


def _mapping(values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        field, sign, column = value.partition("=")
        if not sign:
            raise click.UsageError(f"--map '{value}' - write FIELD=COLUMN, such as name='Full name'")
        found[field.strip()] = column.strip()
    return found


def _row(name: str) -> tuple[str, str]:
    listed, _, ref = name.partition(":")
    return listed, ref


@people.command("link")
@click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LIST...")
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("linked"),
    show_default=True,
    help="Folder for persons, pairs, decisions.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column holds what, where the guess is wrong.",
)
@click.option("--single", is_flag=True, help="Nobody stands twice on any one list.")
@click.option(
    "--cut",
    type=click.FloatRange(0.01, 0.999),
    default=0.3,
    show_default=True,
    help="Least average probability of one person.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of what is sampled.")
@click.option("--columns", "only_columns", is_flag=True, help="Show how the columns would be read, and stop.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def people_link(
    lists: tuple[Path, ...],
    folder: Path,
    mapped: tuple[str, ...],
    single: bool,
    cut: float,
    seed: int,
    only_columns: bool,
    quiet: bool,
) -> None:
    """Link LISTs (.csv, .xlsx, .parquet) within and across, and write the folder."""
    from tollbook.desk.linking import link, read_lists  # noqa: PLC0415  # --help must not wait for the linker
    from tollbook.desk.people_told import tell_linked, tell_lists, ticker  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    try:
        if only_columns:
            click.echo(tell_lists(read_lists(lists, _mapping(mapped))[0]))
            return
        linked = link(
            lists, folder, mapping=_mapping(mapped), single=single, cut=cut, seed=seed, tick=ticker(quiet)
        )
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem
    click.echo(tell_linked(linked))


@people.command("review")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--by", default=getpass.getuser, help="Who decides; your login name unless given.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="Pairs to look at.")
def people_review(folder: Path, by: str, most: int) -> None:
    """Go through doubtful pairs side by side: y same, n different, s skip, q stop. Each answer is kept at once."""
    from tollbook.desk.linking import decide, doubts, rejoin, relink  # noqa: PLC0415  # as above
    from tollbook.desk.people_told import tell_linked, tell_pair, ticker  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    try:
        linked = relink(folder, ticker(False))
        waiting = doubts(linked, most)
        taken = 0
        for number, pair in enumerate(waiting, 1):
            click.echo(f"\n{number} of {len(waiting)}\n{tell_pair(linked, pair)}")
            answer = click.prompt(
                "one person? y/n/s/q", type=click.Choice(["y", "n", "s", "q"]), show_choices=False
            )
            if answer == "q":
                break
            if answer == "s":
                continue
            reason = click.prompt("reason", default="", show_default=False)
            names = [(linked.rows[i].list, linked.rows[i].ref) for i in (pair.one, pair.two)]
            decide(folder, names[0], names[1], "same" if answer == "y" else "different", by=by, reason=reason)
            taken += 1
        if taken:
            linked = rejoin(linked)
        click.echo(
            tell_linked(linked) if taken else "nothing decided" if waiting else "no doubtful pair is left"
        )
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem


@people.command("decide")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("one", metavar="LIST:REF")
@click.argument("two", metavar="LIST:REF")
@click.argument("verdict", type=click.Choice(["same", "different", "undecided"]))
@click.option("--by", default=getpass.getuser, help="Who decides; your login name unless given.")
@click.option("--reason", default="", help="Why, in words.")
def people_decide(folder: Path, one: str, two: str, verdict: Verdict, by: str, reason: str) -> None:
    """Decide that two rows are the same person, or different; "undecided" takes a decision back. Each is kept for ever."""
    from tollbook.desk.linking import decide, pair_of, rejoin, relink  # noqa: PLC0415  # as above
    from tollbook.desk.people_told import tell_linked, ticker  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    first, second = _row(one), _row(two)
    try:
        linked = relink(folder, ticker(False))
        pair_of(linked, first, second)
        decide(folder, first, second, verdict, by=by, reason=reason)
        click.echo(tell_linked(rejoin(linked)))
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem


@people.command("show")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("who", metavar="PERSON|LIST:REF")
def people_show(folder: Path, who: str) -> None:
    """Show one person: every list's row, and what holds them together."""
    from tollbook.desk.linking import relink  # noqa: PLC0415  # as above
    from tollbook.desk.people_told import tell_person, ticker  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above

    try:
        told = tell_person(relink(folder, ticker(True)), who)
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem
    if told is None:
        click.echo(f"no person or row '{who}' - see {folder}/persons.csv", err=True)
        sys.exit(1)
    click.echo(told)


@people.command("register")
@click.option(
    "--register", metavar="REGISTER", envvar="TOLLBOOK_REGISTER", show_envvar=True,
    help="A file, or postgresql://user@host/database. [default: tollbook.register in this folder]",
)  # fmt: skip
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the list (.csv), to be linked with others; shown here otherwise.",
)
@click.option("--as-of", metavar="DATE", help="What the register said then, not what it says now.")
def people_register(register: str | None, out: Path | None, as_of: str | None) -> None:
    """List the victims whom the register's reports name, each with the words that say so."""
    from tollbook.desk.naming import named_victims, write_victims  # noqa: PLC0415  # as above
    from tollbook.desk.people_told import tell_victims  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above
    from tollbook.register.register import Register, name_of  # noqa: PLC0415  # as above

    try:
        with Register(name_of(register)) as opened:
            found = named_victims(opened, as_of=as_of)
        if out is not None:
            write_victims(found, out)
    except OSError as problem:
        raise click.UsageError(f"{out}: cannot be written - {problem.strerror}") from problem
    except TollbookError as problem:
        raise click.UsageError(str(problem)) from problem
    click.echo(tell_victims(found, out))
