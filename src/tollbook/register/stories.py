"""stories: which reports are copies of one text, as links between new reports and those that were there."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from tollbook.register import schema
from tollbook.register.keep import chunks


def texts(connection: Connection, reports: Iterable[int]) -> dict[int, str]:
    """Return the texts of reports by their numbers."""
    found: dict[int, str] = {}
    question = select(schema.report.c.n, schema.body.c.content).join(
        schema.body, schema.report.c.id == schema.body.c.id
    )
    for some in chunks(reports):
        found.update(
            (row.n, row.content) for row in connection.execute(question.where(schema.report.c.n.in_(some)))
        )
    return found


def join(connection: Connection, links: Sequence[tuple[int, int]]) -> set[int]:
    """Make one story of each chain of copies; return the reports that have another story now.

    A story bears the id of its earliest report, by day of publication, then by id; so it does not matter in which order
    its copies came.
    """
    if not links:
        return set()
    table = schema.report.c
    stories: dict[int, str] = {}
    for some in chunks({n for link in links for n in link}):
        stories.update(
            (row.n, row.story)
            for row in connection.execute(select(table.n, table.story).where(table.n.in_(some)))
        )
    above: dict[str, str] = {story: story for story in stories.values()}
    for a, b in links:
        above[_root(above, stories[a])] = _root(above, stories[b])
    groups: dict[str, list[str]] = {}
    for story in above:
        groups.setdefault(_root(above, story), []).append(story)
    moved: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            moved |= _rename(connection, group)
    return moved


def _root(above: Mapping[str, str], story: str) -> str:
    while above[story] != story:
        story = above[story]
    return story


def _rename(connection: Connection, group: Sequence[str]) -> set[int]:
    table = schema.report.c
    rows = [
        row
        for some in chunks(group)
        for row in connection.execute(
            select(table.n, table.key, table.published, table.story).where(table.story.in_(some))
        )
    ]
    first = min(rows, key=lambda r: (r.published or "9", r.key)).key
    moved = {row.n for row in rows if row.story != first}
    for some in chunks(moved):
        connection.execute(update(schema.report).where(table.n.in_(some)).values(story=first))
    return moved


def claims_of(connection: Connection, reports: Iterable[int]) -> set[int]:
    """Return the numbers of the claims of reports."""
    found: set[int] = set()
    for some in chunks(reports):
        found.update(
            connection.execute(select(schema.claim.c.n).where(schema.claim.c.report.in_(some))).scalars()
        )
    return found
