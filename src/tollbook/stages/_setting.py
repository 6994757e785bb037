"""_setting: a reading -> for each claim the places and days of its event, as far as the report tells them.

What stands in the way of taking the places and dates next to a claim: a dateline tells where the report was filed; a date
right behind the speaker tells when he spoke; a place right before a word for a hospital is a hospital's name; places and
dates of background sentences belong to other events.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tollbook.model.claim import Claim
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.testimony import Days

NARROW = ("point", "locality", "adm2", None)
_DATELINE = re.compile(r"\s[—–-]+\s|[—–]")
_DATELINE_REACH = 90  # characters in which a dateline ends
_BRACKETS = re.compile(r"\([^()]*\)")
_SPOKEN = 14  # characters between a speaker and the day on which he spoke ("X said on Sunday")
_BEFORE = 3  # days before a report in which an event without a day may have been
_DAYS = 2  # UCDP's date_prec up to which a period is of some days
_LONG_AGO = 45  # days before a report from which a date in it is taken for history
_NEXT = re.compile(r"\s?([\w'’-]+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a claim's event was: `places` most specific first; `days` None where nothing is known."""

    places: tuple[Place, ...]
    days: Days | None


def settings_of(
    reading: Reading, houses: Collection[str] = (), feasts: Collection[str] = ()
) -> Mapping[str, Setting]:
    """Return for each claim of a reading its setting; `houses` are the folded words for hospitals and the like.

    `feasts` are those of which nothing is known but a season or a custom ("a Christmas party"): they date no event.
    """
    text, published = reading.report.text, reading.report.published
    filed = dateline_end(text)
    apart = [c.evidence.sentence for c in reading.claims if c.scope != "incident"]
    own = [c.evidence.sentence for c in reading.claims if c.scope == "incident"]
    voices = [(c.origin.start, c.origin.end) for c in reading.claims if c.origin is not None]

    def stands(place: Place) -> bool:
        if place.start < filed or any(a <= place.start < b for a, b in voices):
            return False
        word = _NEXT.match(text, place.end)
        return word is None or word.group(1).casefold() not in houses

    places = [p for p in reading.places if stands(p)]
    about = [p for p in places if _outside(p.start, apart, own)]
    told: dict[str, Setting] = {}
    spoken = {_when_spoken(c) for c in reading.claims} - {None}
    dates = [
        d
        for d in reading.dates
        if d.start and (d.start_offset, d.end_offset) not in spoken and not _is_feast(d, tuple(feasts))
    ]
    near = [d for d in dates if _outside(d.start_offset, apart, own) and _recent(d, published)]
    for claim in reading.claims:
        said = [p for p in claim.where if stands(p)]
        if claim.scope == "incident":
            said = [p for p in said if _outside(p.start, apart, own)]
        here = _shared_out(claim, reading.claims, places) or _here(claim, said, places, about)
        told[claim.id] = Setting(here, _days(claim, dates, near, published))
    return told


def dateline_end(text: str) -> int:
    """Return where the dateline of a report ends ("KYIV (Agency) — …"): 0 where it has none, or letters have no case."""
    mark = _DATELINE.search(text, 0, _DATELINE_REACH)
    if mark is None:
        return 0
    head = _BRACKETS.sub("", text[: mark.start()]).split(",")[0]
    return mark.end() if head.isupper() or not head.strip() else 0


def _outside(at: int, apart: Sequence[object], own: Sequence[object]) -> bool:
    """Tell whether a point of the text is in no sentence that tells only of other events."""

    def within(spans: Sequence[object]) -> bool:
        return any(s.start <= at < s.end for s in spans)  # type: ignore[attr-defined]  # spans of sentences

    return within(own) or not within(apart)


def _here(
    claim: Claim, said: Sequence[Place], places: Sequence[Place], about: Sequence[Place]
) -> tuple[Place, ...]:
    """Return the places of a claim: its own, else those of its sentence, else those told before it, else any."""
    span = claim.evidence.sentence
    inside = [p for p in places if span.start <= p.start < span.end]
    if said and any(p.level in NARROW or p.level in ("adm1", "region") for p in said):
        chosen = list(said)
    elif inside and any(p.level != "country" for p in inside):
        chosen = [*said, *inside]
    elif claim.scope == "incident":
        before = [p for p in about if p.start < span.start and p.level != "country"]
        chosen = [*said, *([before[-1]] if before else [p for p in about if p.level != "country"][:1])]
    else:
        chosen = list(said)
    if not any(p.country for p in chosen):
        chosen += [p for p in about if p.country][:1] or [p for p in places if p.level == "country"][:1]
    return tuple(chosen)


def _shared_out(claim: Claim, claims: Sequence[Claim], places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places of a total that its sentence shares out over places, or of one of those shares."""
    span = claim.evidence.sentence
    whole = claim.id if claim.part_of is None else claim.part_of.claim
    shares = [
        c for c in claims
        if c.part_of is not None and c.part_of.claim == whole and c.part_of.relation == "partition"
        and c.victims.quote is None and span.start <= c.count.start < span.end
    ]  # fmt: skip
    inside = [p for p in places if span.start <= p.start < span.end and p.level != "country"]
    if len(shares) < 2 or len(inside) < len(shares):
        return ()
    if claim.id == whole:
        return tuple(inside)
    after = min((c.count.start for c in shares if c.count.start > claim.count.start), default=span.end)
    return tuple(p for p in inside if claim.count.end <= p.start < after)[:1]


def _is_feast(date: Period, feasts: tuple[str, ...]) -> bool:
    """Tell whether a time is a feast told by its bare name, with a year at most: "last Christmas", "Halloween, 2015"."""
    told = date.quote.casefold().replace(",", " ").split()
    return " ".join(word for word in told if not word.isdecimal()).endswith(feasts)


def _when_spoken(claim: Claim) -> tuple[int, int] | None:
    """Return where the words stand that tell when the origin of a claim spoke."""
    when, origin = claim.when, claim.origin
    if when is None or origin is None or not 0 <= when.start_offset - origin.end <= _SPOKEN:
        return None
    if origin.end <= claim.evidence.sentence.start <= when.start_offset:
        return None  # a new sentence begins in between
    return when.start_offset, when.end_offset


def _recent(period: Period, published: str | None) -> bool:
    """Tell whether a date may be that of the event a report is about: a day, not a year; not long before the report."""
    if (period.precision or 1) > _DAYS or published is None or period.start is None:
        return False
    ago = date.fromisoformat(published[:10]) - date.fromisoformat(period.start)
    return timedelta(0) <= ago <= timedelta(days=_LONG_AGO)


def _days(
    claim: Claim, dates: Sequence[Period], near: Sequence[Period], published: str | None
) -> Days | None:
    when = claim.when
    spoken = _when_spoken(claim)
    if when is not None and when.start and spoken is None:
        return Days(when.start, when.end or when.start, when.precision or 1, when.basis != "published")
    span = claim.evidence.sentence
    inside = [d for d in dates if span.start <= d.start_offset < span.end]
    chosen = inside or (near if claim.scope == "incident" else [])
    if chosen:
        first = chosen[0]
        return Days(first.start or "", first.end or first.start or "", first.precision or 1)
    if claim.scope != "incident":
        return None
    last = when.end if when is not None and spoken is not None else (published or "")[:10]
    if not last:
        return None
    day = date.fromisoformat(last)
    begin = date.fromordinal(max(1, day.toordinal() - _BEFORE))
    return Days(begin.isoformat(), day.isoformat(), 2, stated=False)
