"""brief_accounts: claims, effects, statements -> what happened, who said what about it, and what goes on."""

from collections.abc import Iterable, Mapping

from tollbook.model.brief import Dossier, Paragraph, Part, Section, Sentence
from tollbook.model.incident import Incident
from tollbook.model.telling import Act, Effect, Statement
from tollbook.model.testimony import Testimony
from tollbook.writers.brief_casualties import Casualties, ended, title_of
from tollbook.writers.brief_citing import Citer, named, number_of, quotation, said, voice
from tollbook.writers.brief_figures import listed, period_words
from tollbook.writers.words import plain

_MOST = 12  # accounts and statements of a kind that are told one by one; the rest is counted
_LONGEST = 420  # characters of a sentence that is quoted whole
_ACTS: Mapping[Act, str] = {
    "blames": "Blame", "denies": "Denial", "admits": "Admission", "condemns": "Condemnation", "calls_for": "Calls",
    "concern": "Concern", "announces": "Announcements",
}  # fmt: skip
_WHOLE = (
    "blames",
    "denies",
    "admits",
    "announces",
    "concern",
)  # told with their verb; of the others what they are about is enough
_BASES = {
    "stated": "named by", "alleged": "alleged by", "suspected": "suspected by", "claimed": "claimed it, as told by",
    "admitted": "admitted it, as told by", "denied": "denied, as told by", "implied": "implied by",
}  # fmt: skip


class Accounts:
    """Words for what reports tell beside figures."""

    def __init__(self, dossier: Dossier, citer: Citer, casualties: Casualties, *, most: int = _MOST) -> None:
        """Begin; `most` entries of a kind are told one by one."""
        self._dossier, self._citer, self._casualties = dossier, citer, casualties
        self._most = most

    def happened(self) -> Section:
        """Return what happened: where, when, by what means, by whom as told, to whom, in the words of the reports."""
        blocks: list[Paragraph] = []
        several = len(self._dossier.cards) > 1
        for card in self._dossier.cards[: self._most]:
            incident = card.incident
            told = [one for one in card.testimonies if one.claim.scope == "incident"] or list(
                card.testimonies
            )
            lead = title_of(incident) if several else ""
            lines = [self._setting(incident, told), *self._means(told), *self._parties(incident, told)]
            blocks.append(Paragraph(tuple(lines), lead))
            blocks += [
                Paragraph((line,), bullet=True)
                for line in self._quotes(told, self._most if not several else 4)
            ]
        rest = self._dossier.cards[self._most :]
        if rest:
            blocks.append(
                Paragraph(
                    tuple(said(named(title_of(c.incident)), " (", named(c.incident.id), "). ") for c in rest),
                    "Further incidents, in the figures above and not told in detail",
                )
            )
        return Section("What happened", tuple(blocks))

    def _setting(self, incident: Incident, told: list[Testimony]) -> Sentence:
        sites = list(dict.fromkeys(s.name for s in incident.places if s.level not in ("country", "region")))
        country = list(dict.fromkeys(s.name for s in incident.places if s.level == "country"))
        names = (sites[:6] + country[:1]) or ([incident.place.name] if incident.place else [])
        cites = self._citer.claims(told)
        parts: list[Part | str] = ["Reported "]
        for n, name in enumerate(names):
            parts += ["in " if n == 0 else ", ", named(name)]
        if len(sites) > 6:
            parts += [" and ", number_of(len(sites) - 6, "other place", "other places")]
        period = incident.period
        if period is not None:
            words = period_words(period.start, period.end)
            parts += [" " if names else "", "for ", Part(words, "day")]
            parts += [] if period.stated else [" (the day of publication; no report names the day)"]
        else:
            parts.append(" on a day that no report names")
        cited = Part("", cites=cites)
        return said(*parts, cited, ". ")

    def _means(self, told: list[Testimony]) -> list[Sentence]:
        found: dict[str, list[Testimony]] = {}
        for one in told:
            for means in one.claim.means:
                found.setdefault(means.name, []).append(one)
        if not found:
            return []
        parts: list[Part | str] = ["Means named: "]
        for n, (name, several) in enumerate(found.items()):
            parts += [", " if n else "", Part(plain(name), "name", cites=self._citer.claims(several))]
        return [said(*parts, ". ")]

    def _parties(self, incident: Incident, told: list[Testimony]) -> list[Sentence]:
        lines: list[Sentence] = []
        for side in incident.parties:
            by: dict[str, list[Testimony]] = {}
            for one in told:
                for party in one.claim.by:
                    if party.name == side.name and one not in by.setdefault(party.basis, []):
                        by[party.basis].append(one)
            for basis in [b for b in _BASES if b in by]:
                origins = list(dict.fromkeys(voice(one) for one in by[basis]))
                parts: list[Part | str] = [named(side.name), f" – {_BASES[basis]} "]
                for n, name in enumerate(origins[:5]):
                    parts += [", " if n else "", named(name)]
                if len(origins) > 5:
                    parts += [" and ", number_of(len(origins) - 5, "other", "others")]
                lines.append(said("; " if lines else "Said to have done it: ", *parts,
                                  Part("", cites=self._citer.claims(by[basis]))))  # fmt: skip
        return [*lines, said(".")] if lines else []

    def _quotes(self, told: list[Testimony], most: int) -> list[Sentence]:
        """Quote the sentences that tell how, each once; those that say by whom or by what means first."""
        found: dict[str, list[Testimony]] = {}
        for one in sorted(
            told, key=lambda t: not (t.claim.means or t.claim.by or t.claim.victims.identities)
        ):
            words = " ".join(self._sentence(one).split())
            found.setdefault(words.casefold(), []).append(one)
        lines = []
        for several in list(found.values())[:most]:
            first = several[0]
            head = first.reference
            outlet = head.publisher if head.publisher and head.publisher != voice(first) else ""
            parts: list[Part | str] = [named(voice(first))]
            if outlet:
                parts += [", in ", named(outlet)]
            parts.append(": ")
            parts.append(quotation(self._sentence(first), self._citer.claims(several)))
            lines.append(ended(said(*parts, unreviewed=not all(map(self._citer.is_reviewed, several)))))
        if len(found) > most:
            lines.append(
                said("And ", number_of(len(found) - most, "more account", "more accounts"), " in the record.")
            )
        return lines

    def _sentence(self, one: Testimony) -> str:
        text, e = self._dossier.texts.get(one.report, ""), one.claim.evidence
        whole = text[e.sentence.start : e.sentence.end]
        return whole if 0 < len(whole) <= _LONGEST else e.quote

    def responses(self) -> Section:
        """Return who said what about it, act by act, each statement once however many reports carry it."""
        found: dict[Act, dict[tuple[str, str], list[tuple[str, Statement]]]] = {}
        seen: set[tuple[str, int, int, str]] = set()
        for report, one in (pair for card in self._dossier.cards for pair in card.statements):
            spot = (report, one.evidence.start, one.evidence.end, one.act)
            words = " ".join(_said_words(one).split())
            if spot not in seen:
                seen.add(spot)
                same = found.setdefault(one.act, {})
                same.setdefault((one.speaker.name.casefold(), words.casefold()), []).append((report, one))
        blocks: list[Paragraph] = []
        for act, lead in _ACTS.items():
            items = list(found.get(act, {}).values())
            if not items:
                continue
            blocks.append(Paragraph((), lead))
            for several in items[: self._most]:
                cites = tuple(dict.fromkeys(self._citer.statement(r, s) for r, s in several))
                one = several[0][1]
                blocks.append(
                    Paragraph((ended(said(named(one.speaker.name), ": ", quotation(_said_words(one), cites),
                                          *self._concerns(several))),), bullet=True)
                )  # fmt: skip
            if len(items) > self._most:
                more = number_of(len(items) - self._most, "more", "more")
                blocks.append(Paragraph((said("And ", more, " in the record."),), bullet=True))
        if not blocks:
            blocks = [Paragraph((said("The record holds no statement about it."),))]
        return Section("Responses and reactions", (*self._warning(bool(found)), *blocks))

    def _warning(self, any_told: bool) -> list[Paragraph]:
        """Say of a section whose quotes may hold figures that nobody has confirmed it."""
        if not any_told or all(card.incident.review == "signed_off" for card in self._dossier.cards):
            return []
        return [Paragraph((said("As the machine read it; figures inside quotes are unreviewed too."),))]

    def _concerns(self, several: Iterable[tuple[str, Statement]]) -> list[Part | str]:
        own = {(one.report, one.claim.id): one for one in self._citer.testimonies.values()}
        claims = [own[report, id] for report, s in several for id in s.claims if (report, id) in own]
        return [" (about ", Part("", cites=self._citer.claims(claims)), ")"] if claims else []

    def continuing(self) -> Section:
        """Return what goes on: people displaced, damage, services cut."""
        blocks: list[Paragraph] = []
        displaced = self._casualties.sentence("displaced")
        if displaced is not None:
            blocks.append(Paragraph((ended(displaced),)))
        found: dict[str, dict[str, list[tuple[str, Effect]]]] = {}
        seen: set[tuple[str, int, int]] = set()
        for report, effect in (pair for card in self._dossier.cards for pair in card.effects):
            if (report, effect.start, effect.end) not in seen:
                seen.add((report, effect.start, effect.end))
                words = " ".join(effect.quote.split()).casefold()
                found.setdefault(effect.kind, {}).setdefault(words, []).append((report, effect))
        for kind, items in found.items():
            parts: list[Part | str] = []
            for n, several in enumerate(list(items.values())[: self._most]):
                cites = tuple(dict.fromkeys(self._citer.effect(r, e) for r, e in several))
                places = list(dict.fromkeys(p.name for p in several[0][1].where[:1]))
                parts += ["; " if n else "", quotation(several[0][1].quote, cites)]
                parts += [" (", named(listed(places)), ")"] if places else []
            if len(items) > self._most:
                parts += ["; and ", number_of(len(items) - self._most, "more", "more")]
            blocks.append(Paragraph((said(*parts, "."),), plain(kind).capitalize(), bullet=True))
        if not blocks:
            blocks = [Paragraph((said("The record tells of no displacement, damage or service cut."),))]
        return Section("Continuing situation", (*self._warning(bool(found)), *blocks))


def _said_words(one: Statement) -> str:
    return one.about.quote if one.about and one.act not in _WHOLE else one.evidence.quote


__all__ = ["Accounts"]
