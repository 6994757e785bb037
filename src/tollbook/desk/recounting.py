"""recounting: what is new or decided -> the incidents it touches, counted anew, and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tollbook.desk.renesting import former_ids, renested
from tollbook.model.incident import Incident
from tollbook.model.review import Review, voices_led_to
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Toll
from tollbook.record import (
    conclude,
    families,
    heed,
    likeness,
    linked,
    neighbourhood_keys,
    shingles_of,
    sums_up,
)
from tollbook.register import deciders, incidents, neighbours, stories
from tollbook.register.incidents import Changed, Writer
from tollbook.register.moment import NOW
from tollbook.register.sketch import Sketches
from tollbook.stages.match import THRESHOLD, WINDOW

NOTHING = Changed((), (), (), 0)


def sketches() -> Sketches:
    """Return an empty memory of sketches, which a writer keeps from batch to batch."""
    return Sketches(WINDOW, THRESHOLD)


def find_copies(
    connection: Connection, new: Sequence[tuple[int, str | None, Sequence[int]]], memory: Sketches
) -> set[int]:
    """Find the copies of new reports (number, day of publication, sketch); return the reports whose story changed."""
    memory.load(connection, {day for _, day, _ in new})
    pairs = [(n, other) for n, day, keys in new for other in memory.alike(connection, n, day, keys)]
    shingles = {
        n: shingles_of(text)
        for n, text in stories.texts(connection, {n for pair in pairs for n in pair}).items()
    }
    links = [pair for pair in pairs if likeness(shingles[pair[0]], shingles[pair[1]]) >= THRESHOLD]
    return stories.join(connection, links)


@dataclass(frozen=True, slots=True)
class _Around:
    """What must be counted together: claims, the incidents that they make up to now, and the family of each from now on."""

    claims: set[int]
    incidents: set[str]
    families: dict[int, str]


def recount(
    connection: Connection, claims: Iterable[int], writer: Writer, *, cause: str, fresh: Iterable[int] = (),
    reports: Iterable[str] = (), emptied: Iterable[str] = (),
) -> Changed:  # fmt: skip
    """Count anew the incidents that claims are in or could be in; the outcome is that of counting everything.

    `claims` are those that are new, decided on, or of reports whose story or version changed. `fresh` are those that were not
    there before: the first of an incident that counts is named as the cause of its change. Where there is none, it is the one
    of the new `reports` that took the place of another, else the cause given: a decision, a report without claims. `emptied`
    are incidents that held claims which are not read any more.
    """
    touched, left = neighbours.whole_reports(connection, claims), set(emptied)
    if not touched and not left:
        return NOTHING
    docket = Docket(neighbours.reviews(connection))
    around = _around(connection, touched, docket, left)
    told = neighbours.recall(connection, around.claims)
    concerned = docket.concerning(told.values())
    known = former_ids(connection, around.incidents)
    anew = conclude(told.values(), concerned, known=known).incidents
    made, others = renested(connection, anew, around.incidents)
    numbers = {one.id: n for n, one in told.items()}
    new = {told[n].id: n for n in sorted(fresh) if n in told}
    arrived = set(reports)

    def moved_by(incident: Incident, toll: Toll | None) -> str:
        if toll is not None:
            of_it = [e for e in toll.ledger if e.claim in new]
            if of_it:
                return f"claim {min(of_it, key=lambda e: (e.use != 'used', new[e.claim])).claim}"
        own = [t for t in incident.testimonies if t in new]
        if own:
            return f"claim {min(own, key=new.__getitem__)}"
        newer = sorted(
            k
            for t in incident.testimonies
            if t in numbers and (k := told[numbers[t]].superseded_by) and k in arrived
        )
        return f"report {newer[0]}" if newer else cause

    held = {numbers[t]: i.id for i in made for t in i.testimonies}
    members = {n: (held.get(n), family) for n, family in around.families.items()}
    return incidents.write(connection, [*made, *others], around.incidents, members, moved_by, writer, sums_up)


def _around(connection: Connection, touched: set[int], docket: "Docket", emptied: set[str]) -> _Around:
    """Find what must be counted with claims of whole reports: the families that they are of, before and from now on.

    Whom they are linked with is asked of the reports that share a key with them; of these the whole families come along, the
    incidents that any of them is in (a person may have joined what no likeness does), and so on until nothing is left out.
    """
    decisions = docket.reviews
    told = neighbours.recall(connection, touched)
    mine = heed(told.values(), docket.concerning(told.values())).testimonies
    keys = neighbourhood_keys(mine, decisions)
    if decisions:
        numbers = neighbours.numbers_of_reports(connection, keys)
        neighbours.put_under(connection, {numbers[report]: held for report, (held, _) in keys.items()})
    asked = set().union(*(asked for _, asked in keys.values()))
    near = neighbours.claims_of_reports(connection, neighbours.reports_under(connection, asked)) - touched
    others = neighbours.recall(connection, near)
    theirs = heed(others.values(), docket.concerning(others.values())).testimonies
    joined = linked(mine, theirs, decisions)
    ids = {one.id: n for n, one in (*told.items(), *others.items())}
    places = neighbours.places_of(connection, {*touched, *(ids[t] for some in joined.values() for t in some)})
    union = _Union()
    for one, family in families(mine, decisions).items():
        union.join(family, one)
        for other in (one, *joined.get(one, ())):
            if ids[other] in places:
                union.join(family, places[ids[other]][1])
    claims = set(touched)
    incidents = set(emptied)
    kin = {name for _, name in places.values()}
    while True:
        claims |= neighbours.members_of(connection, incidents, kin)
        places = neighbours.places_of(connection, claims)
        here = {incident for incident, _ in places.values() if incident is not None}
        names = {name for _, name in places.values()}
        if here <= incidents and names <= kin:
            break
        incidents |= here
        kin |= names
    of = {ids[one.id]: one.id for one in mine}
    return _Around(claims, incidents, {n: union.root(of[n] if n in of else places[n][1]) for n in claims})


class _Union:
    """Names that become one: the lowest of each set stands for all of it."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the name that stands for a name."""
        while (above := self._above.get(name, name)) != name:
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        """Make two names one."""
        low, high = sorted((self.root(one), self.root(other)))
        if low != high:
            self._above[high] = low


def names_of(told: Iterable[Testimony]) -> set[str]:
    """Return the ids by which a decision may be about some testimonies: of them, their incidents, origins and reports."""
    return {name for one in told for name in (one.id, "i" + one.id[1:13], one.origin.id, one.report)}


def decided(connection: Connection, told: Iterable[Testimony], as_of: str) -> list[Review]:
    """Return what `Docket.concerning` does of all decisions up to a moment, without reading all where it is the present."""
    if as_of == NOW:
        return deciders.decisions_about(connection, names_of(told))
    return Docket(neighbours.reviews(connection, as_of=as_of)).concerning(told)


class Docket:
    """All decisions, by what they are about: for asking `concerning` of many incidents in turn."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        """Sort decisions, which are the oldest first, by their targets."""
        self.reviews = reviews
        self._about: dict[str, list[int]] = {}
        for n, review in enumerate(reviews):
            for target in review.targets:
                self._about.setdefault(target, []).append(n)

    def concerning(self, told: Iterable[Testimony]) -> list[Review]:
        """Return the decisions that are about some testimonies, their incidents or origins, and those that revoke them.

        A voice that a decision gives a testimony is one of its own: what is decided about that voice concerns it too.
        """
        if not self.reviews:
            return []
        asked = names_of(told)
        known, found = set(asked), set[int]()
        while asked:
            fresh = {n for name in asked for n in self._about.get(name, ())} - found
            found |= fresh
            of = [self.reviews[n] for n in fresh]
            asked = {id for review in of for id in (review.id, *voices_led_to(review))} - known
            known |= asked
        return [self.reviews[n] for n in sorted(found)]
