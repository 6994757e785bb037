"""verifying: a register -> whether it is whole, and exactly what is not."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from tollbook.desk.recounting import Docket
from tollbook.model.answer import Fault, Verified
from tollbook.record import conclude
from tollbook.register import check, find, neighbours, reports, whole
from tollbook.register.moment import NOW
from tollbook.register.register import Register
from tollbook.writers.words import number_of


def verify(
    register: Register, *, recount: bool = False, step: Callable[[str, int], None] | None = None
) -> Verified:
    """Check everything the register holds; with `recount` also count all incidents anew and compare.

    `step` is told now and then what is being checked and how many were. Nothing is changed. What is broken is named one by one.
    """
    checked: Counter[str] = Counter()
    faults: list[Fault] = []
    notes: list[str] = []
    with register.reading() as connection:
        broken = check.damaged(connection)
        if broken is not None:
            return Verified((), (Fault("database", register.name, broken),))
        findings: Iterator[check.Finding] = chain(
            check.originals(connection, register.archive),
            check.datasets(connection),
            check.texts(connection),
            check.reviews(connection),
            check.counts(connection),
            check.members(connection),
            check.lists(connection),
            check.log(connection),
        )
        for kind, fault in findings:
            checked[kind] += 1
            if fault is not None:
                faults.append(fault)
            if step is not None and checked[kind] % 1000 == 0:
                step(kind, checked[kind])
        extra = check.unknown_originals(connection, register.archive)
        if extra:
            notes.append(
                f"{number_of(extra, 'file')} in the archive that no report names: of an add that was broken off, "
                "or of a text that was there already in other bytes"
            )
        if recount:
            differing = list(_recounted(register))
            checked["incidents counted anew"] += len(whole.present(connection))
            faults += differing
        newest = reports.log(connection, None, 1, None)
    head = newest[0].digest if newest else None
    return Verified(tuple(checked.items()), tuple(faults), tuple(notes), head)


def _recounted(register: Register) -> Iterator[Fault]:
    """Count all incidents anew from the claims and decisions, and yield those that come out otherwise."""
    with register.reading() as connection:
        told = neighbours.recall(connection, whole.claims(connection))
        made = conclude(
            told.values(), Docket(neighbours.reviews(connection)).concerning(told.values())
        ).incidents
        held = whole.present(connection)
        for incident in made:
            if incident.id not in held:
                yield Fault("incident", incident.id, "comes out of the claims and is not in the register")
                continue
            found = find.incident(connection, incident.id, NOW)
            if found is None or _content(found[1]) != _content(incident):
                yield Fault("incident", incident.id, "comes out otherwise when it is counted anew")
        for id in sorted(held - {incident.id for incident in made}):
            yield Fault("incident", id, "does not come out of the claims any more")


def _content(incident: object) -> dict[str, object]:
    """Return what of an incident follows from its claims alone: all but the ids it had before."""
    names = [n for n in incident.__slots__ if n != "previous_ids"]  # type: ignore[attr-defined]  # a dataclass with slots
    return {name: _sorted(getattr(incident, name)) for name in names}


def _sorted(value: object) -> object:
    return tuple(sorted(value, key=repr)) if isinstance(value, tuple) else value
