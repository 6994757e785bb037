"""recounting: what is new or decided -> the incidents it touches, counted anew, and nothing else."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from tollbook.model.incident import Incident
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Toll
from tollbook.record import conclude, likeness, shingles_of
from tollbook.register import incidents, neighbours, stories
from tollbook.register.incidents import Changed, Writer
from tollbook.register.sketch import Sketches
from tollbook.stages.match import THRESHOLD, WINDOW

NOTHING = Changed((), (), (), 0)


def sketches() -> Sketches:
    """Return an empty memory of sketches, which a writer keeps from batch to batch."""
    return Sketches(WINDOW)


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


def recount(
    connection: Connection, claims: Iterable[int], writer: Writer, *, cause: str, fresh: Iterable[int] = ()
) -> Changed:
    """Count anew the incidents that claims are in or could be in.

    `fresh` are the claims that were not there before: the first of an incident that counts is named as the cause of its
    change. Where there is none, the cause is the one given: a decision, a report that took its claims back.
    """
    touched = set(claims)
    if not touched:
        return NOTHING
    near, before = neighbours.around(connection, touched)
    told = neighbours.recall(connection, near)
    numbers = {one.id: n for n, one in told.items()}
    new = {told[n].id: n for n in sorted(fresh) if n in told}
    decisions = concerning(neighbours.reviews(connection), told.values())
    made = conclude(told.values(), decisions, known=before).incidents

    def moved_by(incident: Incident, toll: Toll | None) -> str:
        if toll is not None:
            of_it = [e for e in toll.ledger if e.claim in new]
            if of_it:
                return f"claim {min(of_it, key=lambda e: (e.use != 'used', new[e.claim])).claim}"
        own = [t for t in incident.testimonies if t in new]
        return f"claim {min(own, key=new.__getitem__)}" if own else cause

    return incidents.write(connection, made, before, numbers, moved_by, writer)


def concerning(reviews: Sequence[Review], told: Iterable[Testimony]) -> list[Review]:
    """Return the decisions that are about some testimonies, their incidents or origins, and those that revoke them."""
    if not reviews:
        return []
    names: set[str] = set()
    for one in told:
        names |= {one.id, "i" + one.id[1:13], one.origin.id, one.report}
    kept = {review.id for review in reviews if names.intersection(review.targets)}

    while extra := {
        r.id for r in reviews if r.action == "revoke" and r.id not in kept and kept.intersection(r.targets)
    }:
        kept |= extra
    return [r for r in reviews if r.id in kept]
