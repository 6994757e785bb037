"""doubt: claims -> how sure their reader may be of each.

A claim shows signs: the order that formed it, how its figure is put, how long its sentence is, what other figures stand
beside it. A pack's confidence.toml weighs them, fitted against reports that other people annotated
(tools/fit_confidence.py); the sum of the weights is the log-odds that the claim is right. A pack without the file doubts
nothing and says so: its claims have no confidence.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp
from typing import Any, TypeVar

from tollbook.grammar.account import Account
from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.made import changed
from tollbook.model.text import Warning
from tollbook.model.toll import Toll

Key = TypeVar("Key")
_Steps = tuple[
    Sequence[int], Sequence[str]
]  # where each step ends, and what each is called, the last one open


def _steps(*steps: tuple[int, str]) -> _Steps:
    """Compile steps of a sign: each ends before its limit."""
    return [limit for limit, _ in steps], [*(name for _, name in steps), "more"]


_FEW = ((2, "1"), (3, "2"), (5, "3 or 4"), (10, "5 to 9"))
_SIZE = _steps((2, "1"), (10, "2 to 9"), (100, "10 to 99"), (1_000, "100 to 999"))
_LENGTH = _steps((12, "up to 12 words"), (25, "up to 25"), (40, "up to 40"), (70, "up to 70"))
_GAP = _steps((1, "none"), (4, "up to 3 words"), (10, "up to 9"), (20, "up to 19"))
_OFTEN = _steps(*_FEW)
_WHATS = (
    "order", "harm", "figure", "size", "people", "scope", "modality", "standing", "use", "sentence", "gap", "beside",
    "other figures", "same figure", "letters", "says who", "day", "place", "pointing",
)  # fmt: skip
_NO_WEIGHT = (0.0,) * len(_WHATS)


def doubt(
    view: View,
    pack: Pack,
    claims: Sequence[Claim],
    drafts: Sequence[Draft],
    toll: Sequence[Toll],
    account: Account | None = None,
) -> tuple[tuple[Claim, ...], tuple[Warning, ...]]:
    """Give each claim its confidence, and warn of those that a person should look at before anything else.

    The confidence is the share of claims with such signs that are right, between 0 and 1, to two digits.
    """
    table = pack.parts["confidence"]
    if not table or not claims:
        return tuple(claims), ()
    weights, threshold = _weights_of(pack), table["threshold"]
    out, warnings = [], []
    for claim, signs in zip(claims, _signs_of(view, claims, drafts, toll), strict=True):
        weighed = [*map(dict.get, weights, signs, _NO_WEIGHT)]
        sure = confidence_of(table, sum(weighed))
        out.append(changed(claim, confidence=sure))
        if account is not None:
            names = map("{}: {}".format, _WHATS, signs)
            account.signs.append(dict(zip(names, weighed, strict=True)))
        if sure < threshold:
            warnings.append(_warning(claim, sure))
    return tuple(out), tuple(warnings)


@cache
def _weights_of(pack: Pack) -> list[dict[str, float]]:
    """Return for each what the weight of each how: so no sign of a claim is written out to be weighed."""
    told: dict[str, dict[str, float]] = {what: {} for what in _WHATS}
    for sign, weight in pack.parts["confidence"]["weights"].items():
        what, _, how = sign.partition(": ")
        told[what][how] = weight
    return list(told.values())


def confidence_of(table: Mapping[str, Any], weight: float) -> float:
    """Return the confidence that a sum of weights stands for, within what the model was shown."""
    sure = 1 / (1 + exp(-(table["intercept"] + weight)))
    return float(round(min(max(sure, table["least"]), table["most"]), 2))


def _warning(claim: Claim, sure: float) -> Warning:
    count = claim.count
    return Warning(
        "doubtful_claim",
        f"{claim.id}, “{count.quote}” {claim.harm.replace('_', ' ')}: of claims like this one only {sure:.0%} are right;"
        " read its sentence before you use it",
        count.start,
        count.end,
    )


def _signs_of(
    view: View, claims: Sequence[Claim], drafts: Sequence[Draft], toll: Sequence[Toll]
) -> Iterator[tuple[str, ...]]:
    """Yield the signs of each claim: how it is with each of `_WHATS`, in their order."""
    uses = {entry.claim: entry.use for row in toll if row.status == "all" for entry in row.ledger}
    beside = _how_often([draft.sentence for draft in drafts])
    figures = _how_often([(c.harm, c.count.best) for c in claims])
    harms = _how_often([c.harm for c in claims])
    for claim, draft in zip(claims, drafts, strict=True):
        first, last = view.sentences[draft.sentence]
        same = figures[claim.harm, claim.count.best]
        yield (
            draft.order,
            claim.harm,
            _figure(claim, draft),
            _step(_SIZE, claim.count.best or claim.count.low or 0),
            _people(claim),
            claim.scope,
            claim.modality,
            "part" if claim.part_of else "whole",
            uses.get(claim.id, "none"),
            _step(_LENGTH, last - first),
            _step(_GAP, _gap(draft)),
            _step(_OFTEN, beside[draft.sentence]),
            _step(_OFTEN, harms[claim.harm] - same + 1),
            _step(_OFTEN, same),
            "capitals only" if view.upper[draft.sentence] else "both",
            "an origin" if claim.origin else "the report",
            claim.when.basis if claim.when else "none",
            _place(claim),
            "back" if draft.reference else "implied" if draft.implied else "no",
        )


def _how_often(keys: Sequence[Key]) -> dict[Key, int]:
    """Return how often each key stands among some: of the few of a report in a third of a Counter's time."""
    counts: dict[Key, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def _step(steps: _Steps, value: int) -> str:
    """Return the sign of the step that a value is in."""
    limits, names = steps
    return names[bisect_right(limits, value)]


def _figure(claim: Claim, draft: Draft) -> str:
    """Return how a figure is put: in digits or words with its kind, or as persons told without one."""
    kind = claim.count.kind
    if any(map(str.isdecimal, claim.count.quote)):
        return "digits" if kind == "exact" else f"digits, {kind}"
    if kind != "exact":
        return kind
    if draft.numbered and draft.noun_first <= draft.noun_last:
        return "words"
    return "one person" if draft.stated.low == 1 else "people named"


def _people(claim: Claim) -> str:
    victims = claim.victims
    if victims.quote is None:
        return "unsaid"
    return "said" if victims.status == "unknown" else "of known status"


def _gap(draft: Draft) -> int:
    """Return the words between the figure and the word of harm."""
    if draft.harm_first > draft.stated.last:
        return draft.harm_first - draft.stated.last - 1
    return max(0, draft.stated.first - draft.harm_last - 1)


def _place(claim: Claim) -> str:
    if not claim.where:
        return "none"
    here = claim.evidence.sentence
    return "in its sentence" if here.start <= claim.where[0].start < here.end else "elsewhere"
