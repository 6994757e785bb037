"""voicing: a voice -> what it said: its names, its claims as decided, and the outlets that carried them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tollbook.desk.choosing import voices_of
from tollbook.desk.recounting import decided
from tollbook.errors import UsageError
from tollbook.model.answer import OriginLine
from tollbook.model.testimony import Testimony
from tollbook.register import choosing, deciders, find, neighbours, reports
from tollbook.register.moment import NOW
from tollbook.register.register import Register
from tollbook.stages.heed import heed


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice: its line, the names that people made one with it, the newest of its claims, and whether there are more.

    `incidents` gives for claims the incident each is in, `versions` what a decision on it names as seen.
    """

    line: OriginLine
    also: tuple[tuple[str, str], ...]
    claims: tuple[Testimony, ...]
    more: bool
    incidents: Mapping[str, str]
    versions: Mapping[str, int]


def voice(register: Register, id: str, *, limit: int = 100, offset: int = 0) -> Voice:
    """Return a voice by its id with the newest of its claims; UsageError where the register knows none."""
    with register.reading() as connection:
        line = reports.voice(connection, id)
        if line is None:
            raise UsageError(f"no voice '{id}' - list them with: tollbook origins")
        every = voices_of(connection, id)
        names = reports.voices(connection)
        numbers = choosing.claims_of(connection, every, limit + 1, offset)
        told = neighbours.recall(connection, numbers[:limit])
        reviews = decided(connection, told.values(), NOW)
        heeded = {one.id: one for one in heed(told.values(), reviews).testimonies}
        shown = tuple(heeded[told[n].id] for n in numbers[:limit] if n in told)
        held = {told[n].id: found for n in told if (found := find.present_id(connection, n)) is not None}
        return Voice(
            line,
            tuple((other, names[other]) for other in every.origins if other != id and other in names),
            shown,
            len(numbers) > limit,
            held,
            deciders.claim_versions(connection, [one.id for one in shown]),
        )


def line_of(register: Register, id: str) -> OriginLine:
    """Return the line of a voice by its id; UsageError where the register knows none."""
    with register.reading() as connection:
        found = reports.voice(connection, id)
    if found is None:
        raise UsageError(f"no voice '{id}' - list them with: tollbook origins")
    return found


def claims_of(register: Register, ids: Sequence[str]) -> list[Testimony]:
    """Return claims by their ids, as they were read; those that the register does not hold are left out."""
    with register.reading() as connection:
        numbers = neighbours.numbers_of(connection, ids)
        told = neighbours.recall(connection, numbers.values())
    return [told[numbers[id]] for id in ids if id in numbers]


__all__ = ["Voice", "claims_of", "line_of", "voice"]
