"""words: values of the record -> the words that people read them in; shared by the terminal and the page."""

import re
import unicodedata
from collections.abc import Mapping

from tollbook.errors import Problem
from tollbook.model.claim import Claim
from tollbook.model.count import Count
from tollbook.model.reading import Reading
from tollbook.model.toll import Toll

# control characters but line feed and tab, and those that turn the direction of writing
RULING = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_RULING = re.compile(RULING)

_SURE = ((0.9, "high"), (0.8, "fair"), (0.7, "low"), (0.0, "doubtful"))  # from which share which word
_MARKS = "\"'“”‘’«»„"


def harmless(text: str) -> str:
    """Make control and direction characters of a report visible, so that no report rules the screen it is shown on."""
    return _RULING.sub("\ufffd", text)


def problem_words(problem: Problem) -> str:
    """Return what could not be read as one line, whatever its name and its message hold."""
    return " ".join(harmless(f"not read: {problem.where}: {problem.what}").split())


def nothing_words(reading: Reading) -> str:
    """Say of a reading without claims whether there is none, or whether nobody looked."""
    if any(w.code == "language_unread" for w in reading.warnings):
        return "Nothing was read, as the warnings say: this is no finding."
    return "No casualty figure found."


def is_right_to_left(text: str) -> bool:
    """Tell whether a text runs from right to left, by most of its first letters."""
    ways = [unicodedata.bidirectional(c) for c in text[:2000]]
    return sum(w in ("R", "AL") for w in ways) > ways.count("L")


def number_of(count: int, one: str, many: str = "") -> str:
    """Return a count of things in words: "1 report", "2 reports"; `many` where it is not one and an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def plain(word: str) -> str:
    """Return a value of the record as words: killed_or_injured -> killed or injured."""
    return word.replace("_", " ")


def count_words(count: Count) -> str:
    """Return a count's figures: 745 · ≥ 1,000 · ≤ 20 · ~ 20 · 10–15 · some · none."""
    if count.kind == "none":
        return "none"
    if count.best is None and count.kind in ("some", "vague"):
        return "some" if count.kind == "some" else f"“{count.quote}”"
    figure = format(count.best if count.best is not None else count.low or 0, ",")
    if count.kind == "range":
        return (
            f"{count.low:,}–{count.high:,}" if count.high is not None and count.low != count.high else figure
        )
    sign = {"at_least": "≥ ", "vague": "≥ ", "at_most": "≤ ", "about": "~ "}.get(count.kind, "")
    return sign + figure


def toll_words(toll: Toll) -> str:
    """Return a toll's figures in words: 1,018 · at least 1,018 · 10 to 15 (best 12) · up to 20 · unknown."""
    low, best, high = toll.low, toll.best, toll.high
    if best is None and low is None:
        return "unknown" if high is None else f"up to {high:,}"
    if high is None:
        lead = f"at least {low:,}" if low is not None else "unknown"
        return lead if best is None or best == low else f"{lead} (best {best:,})"
    if low == high:
        return f"{low:,}"
    spread = f"up to {high:,}" if low is None else f"{low:,} to {high:,}"
    return spread if best is None or (low is None and best == high) else f"{spread} (best {best:,})"


def when_words(claim: Claim) -> str:
    """Return the days of a claim: 2025-03-06 · 2025-03-06 to 07 · the words where nothing is resolved."""
    period = claim.when
    if period is None:
        return ""
    start, end = period.start, period.end
    if start is None:
        return f"“{period.quote}”"
    if end is None or end == start:
        return start
    same = 8 if end[:8] == start[:8] else 5 if end[:5] == start[:5] else 0
    return f"{start} to {end[same:]}"


def where_words(claim: Claim) -> str:
    """Return two places of a claim, most specific first, each name once; those in no gazetteer marked."""
    names = dict.fromkeys(
        place.name + ("" if place.lat is not None else " (unresolved)") for place in claim.where
    )
    return ", ".join(list(names)[:2])


def who_words(claim: Claim) -> str:
    """Return who was harmed: the report's words, and the status where they do not say it."""
    victims = claim.victims
    words = " ".join((victims.quote or "").split())
    status = plain(victims.status)
    if not words:
        return status if victims.status != "unknown" else "people"
    return words if victims.status == "unknown" or status in words.casefold() else f"{words} ({status})"


def quoted(words: str) -> str:
    """Return words of a report between one pair of quotation marks, on one line."""
    return f"“{' '.join(words.split()).strip(_MARKS)}”"


def by_words(claim: Claim) -> str:
    """Return who is said to have done it, with the footing where it is not plain."""
    return ", ".join(p.name + ("" if p.basis == "stated" else f" ({p.basis})") for p in claim.by)


def confidence_words(claim: Claim) -> str:
    """Return how sure the reader may be, as a word and a share: high 0.97; nothing where a person has spoken."""
    sure = claim.confidence
    if sure is None or claim.state != "machine":
        return ""
    word = next(word for least, word in _SURE if sure >= least)
    return f"{word} {sure:.2f}"


def doubt_words(claim: Claim) -> str:
    """Return how sure the reader may be, where it is less than high: what a person should look at."""
    sure = claim.confidence
    return "" if sure is None or sure >= _SURE[0][0] else confidence_words(claim)


def note_words(claim: Claim, names: Mapping[str, str] | None = None) -> str:
    """Return what keeps a claim from being plain: its scope, modality, relation, and what a person decided.

    `names` are what other claims of its report are called where the ids that they have in their reading are not shown.
    """
    called = names or {}
    notes: list[str] = [claim.scope] if claim.scope != "incident" else []
    notes += [claim.modality] if claim.modality != "asserted" else []
    notes += [f"part of {called.get(claim.part_of.claim, claim.part_of.claim)}"] if claim.part_of else []
    notes += [f"replaces {called.get(claim.supersedes, claim.supersedes)}"] if claim.supersedes else []
    notes += [claim.state] if claim.state != "machine" else []
    return ", ".join(notes)
