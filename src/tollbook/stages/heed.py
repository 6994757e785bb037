"""heed: testimonies and what people decided -> testimonies as decided, and the decisions that found nothing to hold to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tollbook.model.claim import Claim, PartOf, Party
from tollbook.model.incident import incident_id
from tollbook.model.origin import OriginRef
from tollbook.model.review import Review
from tollbook.model.testimony import Days, Site, Testimony
from tollbook.model.toll import Entry

_STATES = {"confirm": "confirmed", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision that no longer applies, and why."""

    review: Review
    reason: str


@dataclass(frozen=True, slots=True)
class Heeded:
    """Testimonies as decided, the decisions in force (oldest first), and those that lost what they were about."""

    testimonies: tuple[Testimony, ...]
    reviews: tuple[Review, ...]
    lost: tuple[Lost, ...]


def in_force(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return the decisions that nobody revoked, oldest first; revoking a revocation restores."""
    ordered = sorted(set(reviews), key=lambda r: (r.at, r.id))
    gone: set[str] = set()
    for review in reversed(ordered):
        if review.action == "revoke" and review.id not in gone:
            gone.update(review.targets)
    return tuple(r for r in ordered if r.id not in gone and r.action != "revoke")


def heed(testimonies: Iterable[Testimony], reviews: Iterable[Review]) -> Heeded:
    """Apply people's decisions to testimonies: confirm, reject, correct, unify, separate; the newest on a field holds.

    Decisions on incidents (merge, split, …) are passed on in `reviews`. A decision whose testimony, incident or origin is
    not among the testimonies is reported as lost, never dropped in silence.
    """
    held: dict[str, Testimony] = {}
    for one in sorted(testimonies, key=_told_first):
        held.setdefault(one.id, one)  # one text in two outlets is told by the first of them
    founders = {incident_id(t) for t in held}
    voices = _Voices(t.origin for t in held.values())
    kept: list[Review] = []
    lost: list[Lost] = []
    reviews = tuple(reviews)
    holding = in_force(reviews)
    standing = {t for r in holding if r.action == "add" for t in r.targets}
    for target in {t for r in reviews if r.action == "add" for t in r.targets} - standing:
        if target in held:  # whoever added it took it back
            held[target] = replace(held[target], claim=replace(held[target].claim, state="rejected"))
    for review in holding:
        missing = _missing(review, held, founders, voices)
        if missing:
            lost.append(Lost(review, "is about " + ", ".join(missing) + ", which the record does not hold"))
            if len(missing) == len(review.targets) and review.action != "unify":
                continue  # voices made one bind later decisions too, even where no claim is of them yet
        kept.append(review)
        _apply(review, held, voices)
    return Heeded(tuple(held[i] for i in sorted(held)), tuple(kept), tuple(lost))


def _told_first(one: Testimony) -> tuple[str, str, str]:
    head = one.reference
    return head.published or "9", head.publisher or "", head.url or ""


def _missing(review: Review, held: dict[str, Testimony], founders: set[str], voices: "_Voices") -> list[str]:
    known = voices.heard if review.action == "unify" else {*held, *founders, *voices.heard}
    return [t for t in review.targets if t not in known]


class _Voices:
    """The voices that claims are given by, and which of them people made one.

    Whom a decision names, it knows by itself (`Review.voice`): the outcome for a claim is the same whichever others are held.
    Only a decision that was kept before this was so finds its voice among those of the claims.
    """

    def __init__(self, heard: Iterable[OriginRef]) -> None:
        self.heard = {voice.id: voice for voice in heard}
        self._now: dict[str, OriginRef] = {}  # by its id, what a voice that was made one with others is since

    def led_to(self, review: Review) -> OriginRef:
        """Return whom a decision gives claims to: a voice by its id, or one that nobody knew, by its name."""
        name = review.new or ""
        voice = review.voice or self.heard.get(name) or OriginRef(f"said:{name.casefold()}", name, "unknown")
        self.heard.setdefault(voice.id, voice)
        return voice

    def now(self, voice: OriginRef) -> OriginRef:
        """Return what a voice is since people made some of them one."""
        return self._now.get(voice.id, voice)

    def unify(self, review: Review) -> frozenset[str]:
        """Make voices one, with all that was made one with any of them before; return their ids."""
        first = next((self.heard[t] for t in review.targets if t in self.heard), None)
        named = self._now.get(review.targets[0]) or review.voice or first
        if named is None:
            return frozenset()
        stays = self.now(named)
        ids = {stays.id, *review.targets, *(self._now[t].id for t in review.targets if t in self._now)}
        ids.update([id for id, voice in self._now.items() if voice.id in ids])
        self._now.update(dict.fromkeys(ids, stays))
        self.heard.setdefault(stays.id, stays)
        return frozenset(ids)


def _apply(review: Review, held: dict[str, Testimony], voices: _Voices) -> None:
    if review.action in _STATES:
        for target in review.targets:
            if target in held:
                one = held[target]
                held[target] = replace(one, claim=replace(one.claim, state=_STATES[review.action]))  # type: ignore[arg-type]  # a state
    elif review.action == "correct" and review.field is not None:
        for target in review.targets:
            if target in held:
                held[target] = _corrected(held[target], review.field, review, voices)
                if review.field == "supersedes":
                    _replace(held, held[target])
    elif review.action == "add":
        for target in review.targets:
            if target in held:
                _replace(held, held[target])
    elif review.action == "separate" and review.new:
        for target in review.targets:
            if target in held:
                held[target] = replace(held[target], origin=voices.led_to(review))
    elif review.action == "unify":
        ids = voices.unify(review)
        for key, one in held.items():
            if one.origin.id in ids:
                held[key] = replace(one, origin=voices.now(one.origin))


def _replace(held: dict[str, Testimony], newer: Testimony) -> None:
    """Set aside the claim that a person says another replaces, as the report's own ledger would."""
    for key, one in held.items():
        if one.report == newer.report and one.claim.id == newer.claim.supersedes:
            words = f"“{newer.claim.count.quote}” replaces it, as a person said"
            held[key] = replace(one, entry=Entry(one.claim.id, "superseded", words))


def _corrected(one: Testimony, field: str, review: Review, voices: _Voices) -> Testimony:
    """Return a testimony with one field as a person set it; figures are persons, days are `start/end`.

    `part_of` and `supersedes` name another claim of the same report by the id it has there; `by` is who is said to have done
    it, a line for each with its footing behind a tab; no `place` and no `by` at all say that the words name none.
    """
    claim, new = one.claim, review.new
    head, _, tail = field.partition(".")
    if field == "days" and new:
        start, _, end = new.partition("/")
        return replace(one, days=Days(start, end or start, 1), claim=replace(claim, state="corrected"))
    if field == "origin":
        origin = voices.now(voices.led_to(review))
        return replace(one, origin=origin, claim=replace(claim, state="corrected"))
    if field == "place":
        sites = (_site(new), *one.sites[1:]) if new else ()
        return replace(one, sites=sites, claim=replace(claim, state="corrected"))
    if field == "by":
        return replace(one, claim=replace(claim, by=_parties(claim, new or ""), state="corrected"))
    if field in ("part_of", "supersedes"):
        return _related(one, field, new)
    changed: Claim = claim
    if head == "count" and tail in ("low", "best", "high"):
        figure = int(new) if new not in (None, "") else None
        changed = replace(claim, count=replace(claim.count, **{tail: figure}))  # type: ignore[arg-type]  # a figure
    elif head == "victims" and tail == "status":
        changed = replace(claim, victims=replace(claim.victims, status=new))  # type: ignore[arg-type]  # a status
    elif field in ("harm", "scope", "modality"):
        changed = replace(claim, **{field: new})  # type: ignore[arg-type]  # the record's words
    return replace(one, claim=replace(changed, state="corrected"))


def _site(words: str) -> Site:
    """Return the place that a person chose: its name, level, country, division, position and gazetteer id, tabs between."""
    name, level, country, adm1, lat, lon, id, precision = ([*words.split("\t"), *[""] * 8])[:8]
    return Site(
        name, level or None, country or None, adm1 or None, float(lat) if lat else None,  # type: ignore[arg-type]  # a level as words
        float(lon) if lon else None, id or None, int(precision) if precision else None,
    )  # fmt: skip


def _parties(claim: Claim, words: str) -> tuple[Party, ...]:
    """Return the parties that a person names; those that the text names keep their words, others have none to show."""
    known = {party.name: party for party in claim.by}
    at = claim.evidence.start
    made = []
    for line in words.splitlines():
        name, _, basis = line.partition("\t")
        party = known.get(name) or Party("", at, at, name, "stated")
        made.append(replace(party, basis=basis or party.basis))  # type: ignore[arg-type]  # a footing as words
    return tuple(made)


def _related(one: Testimony, field: str, new: str | None) -> Testimony:
    """Return a testimony with another relation to a claim of its own report; None lets it stand by itself."""
    claim = replace(one.claim, state="corrected")
    if field == "supersedes":
        return replace(one, claim=replace(claim, supersedes=new or None))
    if not new:
        entry = one.entry if one.entry is not None and one.entry.use != "part_of" else None
        return replace(one, claim=replace(claim, part_of=None), entry=entry)
    entry = Entry(claim.id, "part_of", "a part, as a person set it")
    return replace(one, claim=replace(claim, part_of=PartOf(new, "partition")), entry=entry)


def decided(reviews: Sequence[Review], action: str) -> list[Review]:
    """Return the decisions of one kind, oldest first."""
    return [r for r in reviews if r.action == action]
