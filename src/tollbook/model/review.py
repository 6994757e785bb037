"""Review: what a person decided, as an input that is applied again whenever the record is computed."""

from dataclasses import dataclass
from typing import Literal

Action = Literal[
    "confirm",
    "reject",
    "correct",
    "add",
    "merge",
    "split",
    "assign",
    "relate",
    "unify",
    "separate",
    "sign_off",
    "note",
    "grade",
    "revoke",
]


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of a person; never changed, only revoked by a later one.

    `targets` by action: testimony ids for confirm, reject, correct, split (those that leave together) and assign; incident
    ids for merge, sign_off and grade (an incident's id leads to the testimony that founded it, so a decision outlives every
    regrouping); origin ids for unify and separate; the id of a review for revoke. `field`, `old` and `new` say what is
    corrected; `new` is the incident for assign, the toll's figures for a correction of a toll, the grade for grade.
    """

    id: str
    at: str
    by: str
    action: Action
    targets: tuple[str, ...]
    field: str | None = None
    old: str | None = None
    new: str | None = None
    reason: str | None = None
