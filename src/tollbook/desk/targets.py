"""targets: the ids that a decision names -> whether the register holds them as what that decision is about.

An id that is known, but of another kind (a claim where voices are made one), is refused: kept, such a decision would stand in
the log and do nothing, or what nobody meant.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from tollbook.errors import UsageError
from tollbook.model.review import ABOUT, Review, Subject
from tollbook.register import deciders, neighbours

_HOLDS: Mapping[Subject, Callable[[Connection, list[str]], Any]] = {
    "claim": neighbours.numbers_of,
    "incident": neighbours.founders_of,
    "origin": deciders.claims_of_origins,
    "report": deciders.claims_of_reports,
    "decision": deciders.named,
}
_TOGETHER = ("merge", "unify")  # what joins things takes two of them


def check_targets(connection: Connection, review: Review) -> None:
    """Raise UsageError where a decision names what the register does not hold, or what no such decision can be about."""
    for target in missing(connection, review):
        *others, last = ABOUT[review.action]
        kinds = f"{', '.join(others)} or {last}" if others else last
        if any(holds(connection, [target]) for holds in _HOLDS.values()):
            raise UsageError(f"{review.action}: '{target}' is no {kinds} - that is what it can be about")
        raise UsageError(f"{review.action}: '{target}' is no {kinds} of this register")
    if review.action in _TOGETHER and len(set(review.targets)) < 2:
        raise UsageError(f"{review.action}: give two or more that are to be one")
    if review.action == "assign" and not neighbours.founders_of(connection, [review.new or ""]):
        raise UsageError(
            f"assign: '{review.new or ''}' is no incident of this register - to which one? give its id"
        )


def missing(connection: Connection, review: Review) -> list[str]:
    """Return the targets of a decision that the register does not hold as what the decision is about."""
    kinds = ABOUT[review.action]
    return [t for t in review.targets if not any(_HOLDS[kind](connection, [t]) for kind in kinds)]


__all__ = ["check_targets", "missing"]
