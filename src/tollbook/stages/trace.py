"""trace: a reading -> for each claim whose figure it is, and the way it took: outlet, agency, origin."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit

from tollbook.model.claim import Claim, Origin
from tollbook.model.origin import CARRIERS, OriginRef, OriginRole, OriginRow, OriginTable
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.telling import Speaker
from tollbook.model.testimony import Answer

UNNAMED = OriginRef("outlet:", "an unnamed outlet", "outlet")
_HEAD = 140  # characters in which a dateline names its agency
_TAIL = 90  # and those in which the last line does
_SHORT = 3  # letters up to which a party's name is too short to be told from other words
_BEFORE = 300  # characters of a sentence, before a claim, in which its origin is looked for
_COUNTERS = ("monitor", "un", "ministry")
_ANSWERS = ("admits", "denies", "blames")
T = TypeVar("T")
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Traced:
    """Whose figure a claim is; `chain` are the names from the outlet to the origin."""

    origin: OriginRef
    chain: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """The table, ready to be asked: folded words of a name -> what bears it."""

    rows: Mapping[tuple[str, ...], OriginRow]
    described: Mapping[tuple[str, ...], list[OriginRow]]
    roles: Mapping[tuple[str, ...], OriginRole]
    parties: Mapping[tuple[str, ...], str]
    carriers: Sequence[tuple[str, OriginRow]]
    longest: int = field(default=1)
    tails: frozenset[str] = frozenset()


def trace(reading: Reading, table: OriginTable) -> dict[str, Traced]:
    """Tell for each claim of a reading who gave the figure: the named origin, else the agency, else the outlet.

    Names of one voice are unified by the table; words that only describe a voice ("the war monitor") by what else the text
    names and by the country meant; an office that every country has ("the health ministry") by its country, so that it is
    never one across countries. Returns claim id -> Traced.
    """
    names = _names(table)
    outlet = _outlet(reading, names)
    agency = _agency(reading, names)
    carrier = agency or outlet
    spans = [(c.origin.start, c.origin.end) for c in reading.claims if c.origin is not None]
    home = _main_country(reading.places, spans)
    answers = _answers(reading, names, home)
    named = _named_rows(reading, names)
    traced: dict[str, Traced] = {}
    for claim in reading.claims:
        if claim.origin is None:
            origin = (
                _in_sentence(claim, reading, names) or _inherited(claim, traced, reading.claims) or carrier
            )
        else:
            country = _country(claim, reading.places, home)
            origin = _resolve(
                claim.origin.name,
                claim.origin.quote,
                country,
                names,
                named,
                _place_in(reading.places, claim.origin.start, claim.origin.end),
            )
            if origin.kind == "unknown":
                origin = _in_short(claim.origin, reading.claims, traced) or origin
        way = dict.fromkeys([outlet.name, *((agency.name,) if agency else ()), origin.name])
        traced[claim.id] = Traced(origin, tuple(way), tuple(answers.get(claim.id, ())))
    return traced


def resolve_origin(words: str, country: str | None, table: OriginTable) -> OriginRef:
    """Return the voice that some words name, where `country` (ISO 3166-1) is meant."""
    return _resolve(words, words, country, _names(table), (), None)


def _in_sentence(claim: Claim, reading: Reading, names: _Names) -> OriginRef | None:
    """Return the one that counts the dead whom the sentence of a claim names before it, where it names just one."""
    start = claim.evidence.sentence.start
    words = fold(reading.report.text[start : claim.count.start][-_BEFORE:])
    found: dict[str, OriginRow] = {}
    for size in range(2, min(len(words), names.longest) + 1):
        for i in range(len(words) - size + 1):
            row = names.rows.get(words[i : i + size])
            if row is not None and row.kind in _COUNTERS:
                found[row.name] = row
    return _ref(next(iter(found.values()))) if len(found) == 1 else None


def _inherited(claim: Claim, traced: Mapping[str, Traced], claims: Sequence[Claim]) -> OriginRef | None:
    """Return the origin of what a claim is a part of, or that of all other claims where the report names only one.

    So an outlet that goes on in its own words is not heard as a second voice beside the one that it quotes.
    """
    whole = traced.get(claim.part_of.claim) if claim.part_of is not None else None
    if whole is not None and whole.origin.kind not in CARRIERS:
        return whole.origin
    before = [
        c for c in claims if c.origin is not None and c.origin.end <= claim.evidence.start and c.id in traced
    ]
    named = {traced[c.id].origin for c in before}
    return named.pop() if len(named) == 1 and claim.scope == "incident" else None


def _in_short(own: Origin, claims: Sequence[Claim], traced: Mapping[str, Traced]) -> OriginRef | None:
    """Return the voice that was named before in more words, of which these are the last: "the ministry"."""
    words = fold(own.name)
    longer = {
        traced[c.id].origin
        for c in claims
        if c.id in traced and c.origin is not None and c.origin.end <= own.start
        and any(len(n) > len(words) and n[-len(words):] == words for n in (fold(c.origin.name), fold(c.origin.quote)))
    }  # fmt: skip
    return longer.pop() if words and len(longer) == 1 else None


@cache
def _names(table: OriginTable) -> _Names:
    rows = {fold(form): row for row in table.rows for form in (row.name, *row.aliases)}
    described: dict[tuple[str, ...], list[OriginRow]] = {}
    for row in table.rows:
        for form in row.described:
            described.setdefault(fold(form), []).append(row)
    roles = {fold(form): role for role in table.roles for form in role.forms}
    carriers = [
        (form, row)
        for row in table.rows
        if row.kind == "agency"
        for form in (row.name, *row.aliases)
        if form[:1].isupper()
    ]
    carriers.sort(key=lambda c: (-len(c[0]), c[0]))
    parties = {fold(form): name for name, forms in table.parties for form in forms if len(form) > _SHORT}
    longest = max(map(len, (*rows, *described, *roles, *parties)), default=1)
    return _Names(rows, described, roles, parties, carriers, longest, frozenset(table.tails))


@cache
def fold(words: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: no case, no accents, no articles' hyphens, no possessives."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "").replace(".", "")
    return tuple(w.strip("'-") for w in _WORD.findall(plain) if w.strip("'-"))


def _resolve(
    name: str,
    quote: str,
    country: str | None,
    names: _Names,
    named: Sequence[OriginRow],
    inside: Place | None,
) -> OriginRef:
    if inside is not None and inside.country is not None:
        country = inside.country
    words = fold(name)
    exact = names.rows.get(words) or names.rows.get(fold(quote))
    if exact is not None:
        return _ref(exact)
    row = _within(words, names, names.rows, 1)
    if row is not None and (len(words) <= 12):
        return _ref(row)
    pointed = _within(words, names, names.described, 1)
    if pointed:
        told = [r for r in named if r in pointed]
        there = [r for r in pointed if country is not None and country in r.countries]
        if len(told) == 1 and (not there or told[0] in there):
            return _ref(told[0])
        if len(there) == 1:
            return _ref(there[0])
    role = _within(words, names, names.roles, 1)
    party = _within(words, names, names.parties, 1)
    if party is not None and role is None:
        return OriginRef("party:" + "-".join(fold(party)), party, "belligerent", party)
    if role is not None:
        return _in_role(role, name, country, inside)
    if len(words) > 2 and words[-1] in names.tails:
        words, name = words[:-1], name.rpartition(" ")[0] or name
    return OriginRef("said:" + "-".join(words), name, "unknown")


def _within(
    words: tuple[str, ...], names: _Names, table: Mapping[tuple[str, ...], T], least: int
) -> T | None:
    """Return what the longest stretch of the words names."""
    for size in range(min(len(words), names.longest), least - 1, -1):
        for i in range(len(words) - size + 1):
            found = table.get(words[i : i + size])
            if found is not None:
                return found
    return None


def _ref(row: OriginRow) -> OriginRef:
    return OriginRef("-".join(fold(row.name)), row.name, row.kind, row.party)


def _in_role(role: OriginRole, name: str, country: str | None, inside: Place | None) -> OriginRef:
    """Return the voice of an office in its country; of hospitals each by its own name."""
    if role.by_name and len(fold(name)) > 1:
        own = "-".join(fold(name))
        return OriginRef(f"{role.key}:{own}@{country or '?'}", name, role.kind)
    where, shown = country or "?", country or "country unknown"
    if inside is not None and inside.level in ("adm1", "adm2", "locality") and inside.adm1:
        where += "." + "-".join(fold(inside.adm1))
        shown = f"{inside.adm1}, {shown}"
    own = f"{role.forms[0][:1].upper()}{role.forms[0][1:]} ({shown})"
    return OriginRef(
        f"{role.key}@{where}", own, role.kind, f"state:{country}" if role.of_state and country else None
    )


def _outlet(reading: Reading, names: _Names) -> OriginRef:
    report = reading.report
    if report.publisher:
        row = names.rows.get(fold(report.publisher))
        if row is not None:
            return _ref(row)
        return OriginRef("outlet:" + "-".join(fold(report.publisher)), report.publisher, "outlet")
    host = _host(report.url or "").removeprefix("www.")
    return OriginRef(f"outlet:{host}", host, "outlet") if host else UNNAMED


def _host(url: str) -> str:
    """Return the host of an address; "" where it is none: a report may say anything of where it stood."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _agency(reading: Reading, names: _Names) -> OriginRef | None:
    """Return the agency whose story a report is: by its author, its dateline, or its last line."""
    text = reading.report.text
    for part in (reading.report.author or "", text[:_HEAD], text[-_TAIL:]):
        for form, row in names.carriers:
            if form in part and re.search(
                rf"(?<![\w@])\(?{re.escape(form)}\)?(?=\s*[)\]—–/,:-]|\s*\.?\s*$)", part
            ):
                return _ref(row)
    return None


def _named_rows(reading: Reading, names: _Names) -> list[OriginRow]:
    """Return the voices that a reading's claims name outright."""
    found: dict[str, OriginRow] = {}
    for claim in reading.claims:
        if claim.origin is not None:
            row = names.rows.get(fold(claim.origin.name)) or names.rows.get(fold(claim.origin.quote))
            if row is not None:
                found[row.name] = row
    return list(found.values())


def _main_country(places: Sequence[Place], skip: Sequence[tuple[int, int]]) -> str | None:
    """Return the country that most places of a text lie in; the first named of equals."""
    counts = Counter(p.country for p in places if p.country and not any(a <= p.start < b for a, b in skip))
    return counts.most_common(1)[0][0] if counts else None


def _country(claim: Claim, places: Sequence[Place], home: str | None) -> str | None:
    origin = claim.origin
    for place in claim.where:
        if place.country and not (origin and origin.start <= place.start < origin.end):
            return place.country
    return home


def _place_in(places: Sequence[Place], start: int, end: int) -> Place | None:
    """Return the most specific place named within some words, but not where somebody is based ("UK-based")."""
    return next((p for p in places if start <= p.start and p.end <= end), None)


def _answers(reading: Reading, names: _Names, home: str | None) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for statement in reading.statements:
        if statement.act not in _ANSWERS:
            continue
        speaker: Speaker = statement.speaker
        inside = _place_in(reading.places, speaker.start, speaker.end)
        ref = _resolve(speaker.name, speaker.quote, home, names, (), inside)
        for claim in statement.claims:
            found.setdefault(claim, []).append(Answer(ref, statement.act, statement.evidence.quote))
    return found
