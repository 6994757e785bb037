"""withholding: an incident's card -> the same without what must not go out."""

import hashlib
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from tollbook.desk.telling_names import NOBODY, WORD, Hidden, Told, names_in, small_parts
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentCard

KINDS = ("names", "quotes", "authors", "urls", "staff")
WITHHELD = "[withheld]"
_QUOTED = re.compile("“[^”]*”")
_PARTS = re.compile(r"['’-]")
_IDS = {"origins", "targets", "voice"}  # keys of ids of voices
_WORDS = {  # keys of what is told in words of reports and of people
    "quote", "title", "message", "reason", "reasons", "grade_reason", "about", "summary", "name", "chain", "old", "new",
}  # fmt: skip


def check_kinds(kinds: tuple[str, ...]) -> None:
    """Raise UsageError for what cannot be withheld."""
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"--redact {kind}: cannot be withheld - there are: {', '.join(KINDS)}")


def withheld(card: IncidentCard, kinds: tuple[str, ...], elsewhere: Hidden = NOBODY) -> IncidentCard:
    """Return a card in which some kinds of words are withheld; figures, places, parties, ids and offsets stay.

    `names`: words that may name a person (see `telling_names`) are struck from all words of reports and people, and so are
    those `elsewhere`, told in other cards of the same export; no speaker is named who is no origin, and an address that may
    hold a name (a word that is no ordinary one) ends at its host;
    `quotes`: every verbatim word; `authors`, `urls` of the reports; `staff`: who decided, the reasons they gave, their notes.
    """
    return Veil(card, kinds, elsewhere).card


class Veil:
    """What is withheld of one card, and of what else is told beside it; `card` is what is left of the card."""

    def __init__(self, card: IncidentCard, kinds: tuple[str, ...], elsewhere: Hidden = NOBODY) -> None:
        """Find what must not go out of a card from which nothing was struck."""
        self._kinds, self._elsewhere = kinds, elsewhere
        self._told = names_in(card) if "names" in kinds else Told(*[frozenset[str]()] * 4)
        self._small = {part for name in self._told.private for part in small_parts(name)}
        self._public = {word.casefold() for word in self._told.public}
        if "staff" in kinds:
            card = _unsigned(card)
        if set(kinds) - {"staff"}:
            card = msgspec.convert(self._walk(msgspec.to_builtins(card)), IncidentCard)
        self.card = card

    def words(self, text: str) -> str:
        """Return words told beside the card without its names."""
        return self._struck(text) if "names" in self._kinds else text

    def _walk(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            found = {k: self._walk(v, k) for k, v in value.items()}
            if "kind" in value and "party" in value and self._holds_a_name(value["id"]):
                found["id"] = self._pseudonym(value["id"])
            return found
        if isinstance(value, list | tuple):
            if key == "names" and "names" in self._kinds:
                return []
            return [self._walk(v, key) for v in value]
        return self._word(value, key) if isinstance(value, str) else value

    def _word(self, value: str, key: str) -> str | None:
        kinds = self._kinds
        if key == "url":
            return None if "urls" in kinds else self._site_of(value) if "names" in kinds else value
        if key == "author" and ("authors" in kinds or "names" in kinds):
            return None
        if key == "quote" and "quotes" in kinds:
            return WITHHELD
        if key == "title" and "quotes" in kinds:
            return value if ": " in value else WITHHELD
        if "quotes" in kinds:
            # reasons and messages repeat a report's words between these marks
            value = _QUOTED.sub(f"“{WITHHELD}”", value)
        if key in _IDS and self._holds_a_name(value):
            return self._pseudonym(value)
        return self._struck(value) if "names" in kinds and key in _WORDS else value

    def _site_of(self, url: str) -> str | None:
        """Return an address, or its host alone where the rest may hold a name: addresses are often made of headlines."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return None  # no address, so nobody can say what it holds
        rest = set(re.split(r"[\W_]+", unquote(f"{parts.path} {parts.query} {parts.fragment}").casefold()))
        plain, public = self._told.ordinary, self._public
        strange = any(len(w) > 2 and w.isalpha() and w not in plain and w not in public for w in rest)
        return f"{parts.scheme}://{host}/" if strange or any(map(self._is_part, rest)) else url

    def _holds_a_name(self, id: str) -> bool:
        """Tell whether an id is made of a name, as those of voices are that no table knows."""
        return any(map(self._is_part, re.split(r"[\W_]+", id.casefold())))

    def _is_part(self, word: str) -> bool:
        """Tell whether a small word is a part of a name that is struck here."""
        names = self._elsewhere.parts.get(word)
        return word in self._small or (names is not None and not names <= self._told.public)

    def _is_name(self, word: str) -> bool:
        """Tell whether a word is struck here: a name of this card, or of another that names nothing public in this one."""
        return word in self._told.private or (word in self._elsewhere.names and word not in self._told.public)

    @staticmethod
    def _pseudonym(id: str) -> str:
        return "withheld-" + hashlib.sha256(id.encode()).hexdigest()[:12]

    def _holds(self, word: str) -> bool:
        """Tell whether a word is a name, whole or in a part of it: "Okafor's", "al-Khatib"."""
        return self._is_name(word) or any(
            self._is_name(part) for part in _PARTS.split(word) if len(part) > 1 and part[0] != part[0].lower()
        )

    def _struck(self, text: str) -> str:
        """Strike names, those beside one another as one."""
        spans: list[tuple[int, int]] = []
        for match in WORD.finditer(text):
            word = match.group()
            if word.islower() or not self._holds(word):  # a name has a capital, or a script without any
                continue
            if spans and not text[spans[-1][1] : match.start()].strip():
                spans[-1] = (spans[-1][0], match.end())
            else:
                spans.append(match.span())
        for start, end in reversed(spans):
            text = text[:start] + WITHHELD + text[end:]
        return text


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
