"""estimate_words: Comparison -> the paragraphs that a careful statistician would write.

The documented number and the estimated one stand in different sentences, and nothing adds them up.
"""

import math
from collections.abc import Sequence

from tollbook.model.estimate import (
    SPOKEN,
    Answer,
    Comparison,
    Consistency,
    Estimate,
    Interval,
    Modes,
    Quoted,
    Refusal,
    Strata,
)

BEFORE = (
    "None of this holds unless the lists cover one population, one period and one definition of a victim, nobody is "
    "on a list twice, each person was linked across lists correctly, and everybody could have come onto some list."
)
APART = (
    "The documented number is a count and the estimated one an inference: do not add them, do not swap them."
)


def step_of(width: float) -> float:
    """Return the unit to round to: about a fiftieth of the width of the interval, a power of ten."""
    return 10.0 ** max(0, round(math.log10(max(width, 1.0) / 50)))


def rounded(value: float, step: float) -> str:
    """Write a number of persons rounded to a unit."""
    return f"{round(value / step) * step:,.0f}"


def between(found: Interval | Quoted, least: float = 0.0) -> str:
    """Write an interval as "8,800 to 20,500", rounded to its own precision and never below the documented."""
    step = step_of(found.high - found.low)
    low = max(math.floor(found.low / step) * step, least)
    return f"{low:,.0f} to {math.ceil(found.high / step) * step:,.0f}"


def best_of(found: Interval | Quoted) -> str:
    """Write the best value rounded to the precision of its interval, or nothing where there is none."""
    return "" if found.best is None else rounded(found.best, step_of(found.high - found.low))


def percent(level: float) -> str:
    """Write a level of confidence, such as 95%."""
    return f"{100 * level:g}%"


def share_words(documented: int, found: Interval | Quoted) -> str:
    """Say which share of everyone is documented, from the interval."""
    low, high = documented / found.high, min(1.0, documented / max(found.low, 1.0))
    return f"{100 * low:.0f}% to {100 * high:.0f}%"


def answer_words(answer: Answer, documented: int) -> str:
    """Say in one clause what a family answers: interval first, or why there is none."""
    if isinstance(answer, Estimate):
        interval = f"{between(answer.estimated, documented)}, best value {best_of(answer.estimated)}"
        return f"at least {best_of(answer.estimated)}" if answer.role == "floor" else interval
    if isinstance(answer, Modes):
        parts = "; or ".join(
            f"{between(part, documented)} ({100 * share:.0f}% of draws)" for share, part in answer.modes
        )
        return f"more than one answer: {parts}"
    return f"no number: {answer.words}"


def paragraphs(found: Comparison) -> tuple[str, ...]:
    """Write the whole comparison in plain paragraphs: the documented, then how each family did on these lists' known sizes,
    and only then what is estimated.
    """
    return tuple(
        part
        for part in (
            _documented(found),
            _own_lists(found.consistency),
            _estimated(found),
            _families(found),
            _floor(found),
            _strata(found.strata, found.documented) if found.strata is not None else "",
            _left_out(found),
            _warnings(found),
            BEFORE + " " + APART if found.quoted is not None else "",
        )
        if part
    )


def _documented(found: Comparison) -> str:
    table = found.table
    sizes = ", ".join(f"{name} {table.size(name):,}" for name in table.lists)
    twice = sum(count for pattern, count in table.cells if pattern.count("1") > 1)
    many = "s" if len(table.lists) != 1 else ""
    people = "person is" if found.documented == 1 else "persons are"
    return (
        f"Documented: {found.documented:,} {people} on at least one of {len(table.lists)} list{many} ({sizes}); "
        f"{twice:,} {'is' if twice == 1 else 'are'} on more than one. This is a count."
    )


def _estimated(found: Comparison) -> str:
    if found.quoted is None:
        return found.verdict
    level = percent(found.quoted.level)
    ends = between(found.quoted, found.documented).replace(" to ", " and ")
    head = f"Estimated: between {ends} persons in all, listed or not ({level})"
    if found.quoted.best is not None:
        head += f", best value {best_of(found.quoted)}"
    said = found.quoted.best is not None or "no single number" in found.verdict
    tail = "" if said else " No single number is given."
    share = share_words(found.documented, found.quoted)
    return f"{head}; so the lists hold {share} of them. {found.verdict}{tail}"


def _families(found: Comparison) -> str:
    said = [
        f"{SPOKEN[a.family]}: {answer_words(a, found.documented)}"
        for a in found.answers
        if a.family is not None and not (isinstance(a, Estimate) and a.role == "floor")
    ]
    return "By family. " + ". ".join(word[0].upper() + word[1:] for word in said) + "." if said else ""


def _floor(found: Comparison) -> str:
    for answer in found.answers:
        if isinstance(answer, Estimate) and answer.role == "floor":
            above = found.quoted is not None and answer.estimated.best > found.quoted.low
            return (
                f"Floor: if people differed only in how visible they are, there were at least "
                f"{best_of(answer.estimated)} ({between(answer.estimated, found.documented)}); Chao's lower bound is "
                "not an estimate."
            ) + (
                " It lies above the low end of the interval: either these lists depend on each other in other ways too, "
                "or the low end is too low."
                if above
                else ""
            )
    return ""


def _strata(strata: Strata, documented: int) -> str:
    by = " and ".join(strata.names)
    words = f"By {by}, {len(strata.strata)} strata: "
    if strata.quoted is None:
        reasons = "; ".join(a.words for a in strata.summed if isinstance(a, Refusal))
        words += f"no sum is given – {reasons}"
    else:
        words += f"their sum is {between(strata.quoted, documented)} ({percent(strata.quoted.level)})"
        words += f", best value {best_of(strata.quoted)}" if strata.quoted.best is not None else ""
        added = [a for a in strata.summed if isinstance(a, Estimate) and "limits_low" in dict(a.figures)]
        if added:
            figures = dict(added[0].figures)
            limits = Interval(figures["limits_low"], added[0].estimated.best, figures["limits_high"])
            words += (
                f"; were all strata to err in one direction, {SPOKEN[added[0].family]} reach from "
                f"{between(limits, documented)}"
            )
    if strata.fills:
        words += (
            f". {strata.unlabelled:,} persons lack a label: labels were imputed {strata.fills} times and the "
            "estimates pooled"
        )
    words += "".join(f". {check.words}" for check in strata.checks if not check.passed)
    return words + ". The sum over strata and the figure for all together answer differently: both are given."


def _own_lists(inner: Sequence[Consistency]) -> str:
    said = []
    for one in inner:
        tried = len(one.lists) + len(one.refused)
        if one.lists:
            hit = sum(i.low <= size <= i.high for _, size, i in one.lists)
            lean = f"{100 * (math.exp(one.log_bias) - 1):+.0f}% on average"
            refused = f", refused {len(one.refused)}" if one.refused else ""
            said.append(f"{SPOKEN[one.family]} {hit} of {tried} ({lean}{refused})")
        else:
            said.append(f"{SPOKEN[one.family]} refused all {tried}")
    if not said:
        return ""
    return (
        "Tested on these lists themselves: the size of each list is known; asked for it from the other lists alone, "
        f"the interval held it for {', '.join(said)}."
    )


def _left_out(found: Comparison) -> str:
    """Name the list whose absence moves the answer most, for a family that answers with it and without it."""
    moved: list[tuple[float, str]] = []
    for answer in found.answers:
        if not isinstance(answer, Estimate) or answer.role != "estimate":
            continue
        for case in found.without:
            for other in case.answers:
                if isinstance(other, Estimate) and other.family == answer.family:
                    shift = abs(math.log(other.estimated.best / answer.estimated.best))
                    words = (
                        f"without {case.left_out}, {SPOKEN[answer.family]} say {best_of(other.estimated)} "
                        f"({between(other.estimated, case.documented)}) instead of {best_of(answer.estimated)}"
                    )
                    moved.append((shift, words))
    if not moved:
        return ""
    shift, words = max(moved)
    if shift < math.log(1.15):
        return "Leaving out any one list moves no family by more than 15%."
    return f"Leaving one list out moves the answer most where {words}."


def _warnings(found: Comparison) -> str:
    said = [
        check.words
        for check in found.checks
        if not check.passed and not check.code.startswith("gate_") and check.code != "identification"
    ]
    return "Mind: " + "; ".join(said) + "." if said and found.quoted is not None else ""
