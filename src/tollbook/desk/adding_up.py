"""adding_up: incidents -> sums that count nobody twice, and what was left out because a wider incident holds it.

Of the present the database adds up all incidents that lie in no wider one; the few that do, and whatever is asked of another
moment or by another school's rule, are added here one by one. Both ways give the same, which tests hold them to.
"""

from collections.abc import Mapping, Sequence

from tollbook.desk.asking import When, counted, members_of
from tollbook.desk.choosing import meant
from tollbook.desk.present_sums import Present
from tollbook.desk.recounting import Docket
from tollbook.desk.sums import GROUPS, Adding, Holders, figures_of, within
from tollbook.errors import UsageError
from tollbook.model.answer import Figures, IncidentLine, TollTable, Wanted
from tollbook.register import find, neighbours
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register


def toll(
    register: Register,
    by: Sequence[str] = ("harm",),
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
) -> TollTable:
    """Add up the incidents wanted by groups (see GROUPS); harms are never added to one another.

    An incident inside a wider one that has a toll for the same harm is left out, and listed: the wider toll holds it. By
    `status` the tolls of the statuses are added, else those of all victims. Raises UsageError for an unknown group.
    """
    return tolls(register, [by], wanted, as_of=as_of, profile=profile)[0]


def tolls(
    register: Register,
    groupings: Sequence[Sequence[str]],
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
    only: str | None = None,
) -> list[TollTable]:
    """Add up the same incidents by several groupings, of one moment, and reading them once; `only` one harm where it is named.

    See `toll`.
    """
    for by in groupings:
        unknown = [name for name in by if name not in GROUPS]
        if unknown or not by:
            raise UsageError(f"no group '{', '.join(unknown)}' - there are: {', '.join(GROUPS)}")
    moment = moment_of(as_of)
    if moment == NOW and profile == "house":
        with register.reading() as connection:
            found = Present(connection, groupings, meant(connection, wanted or Wanted()))
        return [found.table(by, only=only) for by in groupings]
    lines, every = _lines(register, wanted, moment, profile, named=any("party" in by for by in groupings))
    holders = _holders(lines, every)
    return [_added_up(by, lines, every, holders, only) for by in groupings]


def unlooked(
    register: Register, groupings: Sequence[Sequence[str]], by: Sequence[str], wanted: Wanted, *, drawn: str
) -> tuple[list[TollTable], TollTable]:
    """Return what `tolls` does, and what `toll` does of those that nobody has looked at, of one moment and from one reading.

    Tables by month are those of the harm that is `drawn`.
    """
    with register.reading() as connection:
        found = Present(connection, [*groupings, by], meant(connection, wanted))
    tables = [found.table(one, only=drawn if "month" in one else None) for one in groupings]
    return tables, found.table(by, review="machine")


def _added_up(
    by: Sequence[str],
    lines: Sequence[IncidentLine],
    every: Mapping[str, Sequence[Figures]],
    holders: Holders,
    only: str | None,
) -> TollTable:
    adding = Adding(by)
    for line in lines:
        told = [f for f in figures_of(every[line.id], adding.by_status) if only in (None, f.harm)]
        adding.add(line, line.title, [(f, within(line, f.harm, holders)) for f in told])
    return adding.table()


def _lines(
    register: Register, wanted: Wanted | None, moment: str, profile: str, *, named: bool
) -> tuple[Sequence[IncidentLine], dict[str, tuple[Figures, ...]]]:
    """Return the incidents wanted, and the figures of each, by status too."""
    with register.reading() as connection:
        lines = find.every(
            connection, meant(connection, wanted or Wanted(), moment), as_of=moment, named=named
        )
        if profile == "house":
            return lines, {line.id: line.tolls for line in lines}
        every: dict[str, tuple[Figures, ...]] = {}
        docket = Docket(neighbours.reviews(connection, as_of=moment))
        for line in lines:
            found = find.incident(connection, line.id, moment)
            if found is not None:
                members = members_of(connection, found[1], moment)
                anew = counted(found[1], members, docket.concerning(members), profile)
                every[line.id] = find.figures(anew.tolls)
        return lines, every


def _holders(lines: Sequence[IncidentLine], every: Mapping[str, Sequence[Figures]]) -> Holders:
    """Return for each incident asked for: the incident it lies in, and the harms it has a toll for."""
    return {line.id: (line.parent, frozenset(f.harm for f in every[line.id])) for line in lines}
