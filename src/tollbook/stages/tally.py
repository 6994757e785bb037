"""tally: the testimonies of one incident -> its tolls: low, best and high with the whole ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.model.claim import HARMS
from tollbook.model.incident import Conflict
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.profiles.toll_rule import TollRule


@dataclass(frozen=True, slots=True)
class Tallied:
    """The tolls of an incident, and what disagrees."""

    tolls: tuple[Toll, ...]
    conflicts: tuple[Conflict, ...] = ()


def tally(
    members: Sequence[Testimony], reviews: Sequence[Review], rule: TollRule, *, incident: str = ""
) -> Tallied:
    """Add up what the members of one incident say, by a rule; every testimony of a harm is in the ledger of its whole."""
    tolls = []
    for harm in HARMS:
        own = sorted(
            (t for t in members if t.claim.harm == harm),
            key=lambda t: (t.reference.published or "", t.id),
        )
        counted = [
            t for t in own
            if t.claim.scope == "incident" and t.claim.part_of is None and t.claim.count.low is not None
            and t.claim.state != "rejected"
        ]  # fmt: skip
        if not counted:
            continue
        newest = {t.origin.id: t for t in counted}
        lows = sorted(t.claim.count.low or 0 for t in newest.values())
        best = lows[(len(lows) - 1) // 2]
        ledger = tuple(
            Entry(t.id, "used" if t in newest.values() else "superseded", f"“{t.claim.count.quote}”")
            for t in own
        )
        tolls.append(Toll(harm, "all", lows[0], best, max(lows), ledger))
    return Tallied(tuple(tolls))
