"""Review: what a person decided, as an input that is applied again whenever the record is computed."""

from collections.abc import Mapping
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

Subject = Literal["claim", "incident", "origin", "report", "decision"]

# what a decision of each kind can be about
ABOUT: Mapping[Action, tuple[Subject, ...]] = {
    "confirm": ("claim",),
    "reject": ("claim",),
    "correct": ("claim", "incident"),
    "add": ("claim",),
    "merge": ("incident",),
    "split": ("claim",),
    "assign": ("claim",),
    "relate": ("claim", "incident"),
    "unify": ("origin",),
    "separate": ("claim",),
    "sign_off": ("incident",),
    "note": ("claim", "incident", "origin", "report"),
    "grade": ("incident",),
    "revoke": ("decision",),
}


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of a person; never changed, only revoked by a later one.

    `targets` by action, of the kinds in ABOUT: testimony ids for confirm, reject, correct, split (those that leave together),
    assign and separate; incident ids for merge, sign_off, grade and the correction of a toll (an incident's id leads to the
    testimony that founded it, so a decision outlives every regrouping); origin ids for unify, the first of which stays; the
    id of a review for revoke. `field`, `old` and `new` say what is corrected: `count.best`, `victims.status`, `days`,
    `origin`, `toll.killed.civilian` (new: `low/best/high`). For split `old` is the incident and `new` the testimonies that
    stayed, parted by blanks; for assign `new` is the incident; for separate it is the name or id of the voice; for grade the
    grade. A claim that a person adds comes as a testimony whose state is `added`.
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
