"""withholding: an incident's card -> the same without what must not go out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from tollbook.errors import UsageError
from tollbook.model.answer import IncidentCard
from tollbook.model.testimony import Testimony

KINDS = ("names", "quotes", "authors", "urls", "staff")
WITHHELD = "[withheld]"
_QUOTED = re.compile("“[^”]*”")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\w|[^\W\d_]")
_CAPITAL = r"(?:[^\W\d_]{1,3}['’-])?[^\W\d_a-z][\w'’-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})+")  # Ali al-Khatib
_WORDS = {"quote", "title", "message", "reason", "reasons", "grade_reason", "about", "summary"}


def check_kinds(kinds: tuple[str, ...]) -> None:
    """Raise UsageError for what cannot be withheld."""
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"--redact {kind}: cannot be withheld - there are: {', '.join(KINDS)}")


def withheld(card: IncidentCard, kinds: tuple[str, ...]) -> IncidentCard:
    """Return a card in which some kinds of words are withheld; figures, places, parties, ids and offsets stay.

    `names`: words with a capital inside sentences that tell the harm, those next to them, people whose name is the count, and all
    words of scripts without capitals, which are no place, party or origin of the record, are struck from quotes and titles; no
    speaker is named who is no origin, and an address that holds one ends at its host;
    `quotes`: every verbatim word; `authors`, `urls` of the reports; `staff`: who decided, the reasons they gave, their notes.
    """
    if "staff" in kinds:
        card = _unsigned(card)
    if not set(kinds) - {"staff"}:
        return card
    names = _names(card) if "names" in kinds else frozenset()
    words = None
    if names:
        any_of = r"\b(?:" + "|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))) + r")\b"
        words = re.compile(rf"{any_of}(?:\s+{any_of})*")
    return msgspec.convert(_walk(msgspec.to_builtins(card), kinds, words), IncidentCard)


def _names(card: IncidentCard) -> frozenset[str]:
    incident = card.incident
    public = {
        w
        for one in card.testimonies
        for w in re.split(r"\W+", one.origin.name + " " + (one.origin.party or ""))
    }
    public |= {w for line in card.reports for w in re.split(r"\W+", line.reference.publisher or "")}
    public |= {w for side in incident.parties for w in re.split(r"\W+", side.name)}
    for one in card.testimonies:
        public |= {w for site in one.sites for w in re.split(r"\W+", f"{site.name} {site.adm1 or ''}")}
        public |= {w for p in one.claim.by for w in re.split(r"\W+", p.quote)}
    told = {w for one in card.testimonies for w in one.names if w[:1].isupper()}
    told |= {
        w for _, said in card.statements for w in re.split(r"\W+", said.speaker.quote) if w[:1].isupper()
    }
    for one in card.testimonies:
        told |= _counted_by_name(one)
    said_so = [q for one in card.testimonies for q in _quotes(one)]
    said_so += [said.evidence.quote for _, said in card.statements]
    said_so += [line.reference.title or "" for line in card.reports]
    runs = (run.split() for words in said_so for run in _RUN.findall(words))
    told |= {w for run in runs if not told.isdisjoint(run) for w in run}
    told |= {w for words in said_so for w in _WORD.findall(words) if _has_no_case(w)}
    names = {w for w in told if not set(re.split(r"\W+", w)) - {""} <= public}
    return frozenset(names | {w.upper() for w in names if len(w) > 1})


def _quotes(one: Testimony) -> Iterator[str]:
    yield one.claim.evidence.quote
    yield one.claim.count.quote
    if one.claim.victims.quote:
        yield one.claim.victims.quote


def _counted_by_name(one: Testimony) -> set[str]:
    """Return the words of a count that is a name: it begins where its victims do, or has a capital within (his wife Fatima)."""
    count, victims = one.claim.count, one.claim.victims
    words = _WORD.findall(count.quote)
    inner = [w for w in words[1:] if _has_capital(w)]
    return {w for w in words if _has_capital(w)} if inner or count.start == victims.start else set()


def _has_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _has_no_case(word: str) -> bool:
    """Tell whether a word is of a script without capitals, in which a name looks like any other word."""
    return word.lower() == word.upper() and any(letter.isalpha() for letter in word)


def _walk(value: Any, kinds: tuple[str, ...], names: re.Pattern[str] | None, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _walk(v, kinds, names, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        if key == "names" and "names" in kinds:
            return []
        return [_walk(v, kinds, names, key) for v in value]
    if not isinstance(value, str):
        return value
    if key == "url" and names is not None:
        return None if "urls" in kinds else _site_of(value, names)
    if (key == "url" and "urls" in kinds) or (key == "author" and ("authors" in kinds or "names" in kinds)):
        return None
    if key == "quote" and "quotes" in kinds:
        return WITHHELD
    if key == "title" and "quotes" in kinds:
        return value if ": " in value else WITHHELD
    if "quotes" in kinds:
        value = _QUOTED.sub(
            f"“{WITHHELD}”", value
        )  # reasons and messages repeat a report's words between these marks
    if names is not None and (key in _WORDS or key == "name"):
        return names.sub(WITHHELD, value)
    return value


def _site_of(url: str, names: re.Pattern[str]) -> str | None:
    """Return an address, or its host alone where the rest holds a name: addresses are often made of headlines."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None  # no address, so nobody can say what it holds
    rest = re.sub(r"[\W_]+", " ", unquote(f"{parts.path} {parts.query} {parts.fragment}"))
    return f"{parts.scheme}://{host}/" if re.search(names.pattern, rest, re.IGNORECASE) else url


def _unsigned(card: IncidentCard) -> IncidentCard:
    """Return a card that says what was decided, and neither by whom nor in whose words why."""
    # with their reasons first: a name alone would leave the reason of another decision behind
    phrases = [f"by {r.by}: {r.reason}" for r in card.reviews if r.by and r.reason]
    phrases += [f"by {r.by}" for r in card.reviews if r.by]
    told = re.compile(
        "|".join(rf"\b{re.escape(p)}(?!\w)" for p in sorted(set(phrases), key=lambda p: (-len(p), p)))
        or r"(?!)"
    )

    def said(words: str) -> str:
        return told.sub("by a person", words)

    incident = card.incident
    reviews = tuple(
        replace(r, by=WITHHELD, reason=None, new=WITHHELD if r.action == "note" else r.new) for r in card.reviews
    )  # fmt: skip
    tolls = tuple(
        replace(t, ledger=tuple(replace(e, reason=said(e.reason)) for e in t.ledger)) for t in incident.tolls
    )
    incident = replace(
        incident, grade_reason=said(incident.grade_reason), reasons=tuple(map(said, incident.reasons)), tolls=tolls,
        conflicts=tuple(replace(c, message=said(c.message)) for c in incident.conflicts),
    )  # fmt: skip
    return replace(card, incident=incident, reviews=reviews)
