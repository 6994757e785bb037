"""Review: what a person decided, as an input that is applied again whenever the record is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tollbook.model.origin import OriginRef

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
    grade. A claim that a person adds comes as a testimony whose state is `added`. `voice` is whom unify, separate or a
    corrected origin gives the claims to, as the register knew that voice when it was decided: so a decision says the same
    wherever it is applied, whether or not a claim of that voice is near.
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
    voice: OriginRef | None = None


def voices_led_to(review: Review) -> tuple[str, ...]:
    """Return the ids of the voices that claims may come to by a decision, and of those that it makes one with them."""
    if review.action == "unify":
        return review.targets
    if review.action == "separate" or (review.action == "correct" and review.field == "origin"):
        return (review.voice.id if review.voice is not None else review.new or "",)
    return ()


def made_one(reviews: Iterable[Review], ids: Iterable[str]) -> frozenset[str]:
    """Return voices, by their ids, with all that decisions make one with them, directly or through others."""
    found, joined = set(ids), [r.targets for r in reviews if r.action == "unify"]
    while more := [some for some in joined if not found.isdisjoint(some) and not found.issuperset(some)]:
        found.update(*more)
    return frozenset(found)
