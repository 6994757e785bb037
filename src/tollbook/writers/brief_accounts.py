"""brief_accounts: claims, effects, statements -> what happened, who said what about it, and what goes on."""

from collections.abc import Iterable, Mapping

from tollbook.model.brief import Dossier, Paragraph, Part, Section, Sentence
from tollbook.model.incident import Incident
from tollbook.model.telling import Act, Effect, Statement
from tollbook.model.testimony import Testimony
from tollbook.model.text import Evidence
from tollbook.writers.brief_casualties import Casualties, ended, title_of
from tollbook.writers.brief_citing import Citer, named, number_of, quotation, said
from tollbook.writers.brief_figures import listed, period_words
from tollbook.writers.brief_places import some_of, spelt_once
from tollbook.writers.words import plain

_MOST = 12  # accounts and statements of a kind that are told one by one; the rest is counted
_LONGEST = 420  # characters of a sentence that is quoted whole
_ACTS: Mapping[Act, str] = {
    "blames": "Blame", "denies": "Denial", "admits": "Admission", "condemns": "Condemnation", "calls_for": "Calls",
    "concern": "Concern", "announces": "Announcements",
}  # fmt: skip
_DEEDS = (
    "killings",
    "targeting",
    "ill_treatment",
    "outbreak",
)  # effects that are no state of things but what happened
_CONCERNING = ("denies", "admits")  # of which it matters what they are about
_MARKS = " \t\n-–—•*·"  # before an entry of a list
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
        self._quoted: set[str] = set()  # the sentences told whole as what happened

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
        blocks += self._deeds()
        rest = self._dossier.cards[self._most :]
        if rest:
            blocks.append(
                Paragraph(
                    tuple(said(named(title_of(c.incident)), " (", named(c.incident.id), "). ") for c in rest),
                    "Further incidents, in the figures above and not told in detail",
                )
            )
        return Section("What happened", tuple(blocks))

    def _deeds(self) -> list[Paragraph]:
        """Quote what was done to people of whom no number is told, where no sentence quoted so far tells it."""
        items = [(words, several) for words, several in self._effects() if _are_deeds(several)]
        fresh = [item for item in items if not all(self._is_quoted(r, e) for r, e in item[1])]
        return [*self._warning(bool(fresh)), *self._told_effects(fresh)]

    def _is_quoted(self, report: str, effect: Effect) -> bool:
        whole = self._whole(report, effect.evidence)
        return " ".join(whole.split()).casefold() in self._quoted if whole else False

    def _setting(self, incident: Incident, told: list[Testimony]) -> Sentence:
        sites = spelt_once(s.name for s in incident.places if s.level not in ("country", "region"))
        names = sites[:6] or ([incident.place.name] if incident.place else [])
        cites = self._citer.claims(told)
        parts: list[Part | str] = ["Reported "]
        for n, name in enumerate(names):
            last = n == len(names) - 1 and len(sites) <= len(names)
            parts += ["in " if n == 0 else " and " if last else ", ", named(name)]
        if len(sites) > len(names):
            parts += [" and ", number_of(len(sites) - len(names), "other place", "other places")]
        countries = [name for name in countries_of(incident, self._dossier) if name not in names]
        parts += [", " if names else "in ", named(some_of(countries)), ","] if countries else []
        period = incident.period
        if period is not None:
            words = period_words(period.start, period.end)
            parts += [" " if names or countries else "", "for ", Part(words, "day")]
            parts += [] if period.stated else [" (the day of publication; no report names the day)"]
        else:
            parts.append(" on a day that no report names")
        cited = Part("", cites=cites)
        return said(*parts, cited, ". ")

    def _means(self, told: list[Testimony]) -> list[Sentence]:
        """Tell the means in the words of the reports: a class of the record may say more than they do."""
        found: dict[str, tuple[str, list[Testimony]]] = {}
        for one in told:
            for means in one.claim.means:
                words = " ".join(means.quote.split())
                found.setdefault(words.casefold(), (words, []))[1].append(one)
        if not found:
            return []
        parts: list[Part | str] = ["Means, as told: "]
        for n, (words, several) in enumerate(list(found.values())[: self._most]):
            parts += [", " if n else "", quotation(words, self._citer.claims(several))]
        if len(found) > self._most:
            parts += [" and ", number_of(len(found) - self._most, "other", "others")]
        return [said(*parts, ". ")]

    def _parties(self, incident: Incident, told: list[Testimony]) -> list[Sentence]:
        """Tell each party that is said to have done it, once, with who says so on which footing."""
        lines: list[Sentence] = []
        for side in incident.parties:
            by: dict[str, list[Testimony]] = {}
            for one in told:
                for party in one.claim.by:
                    if party.name == side.name and one not in by.setdefault(party.basis, []):
                        by[party.basis].append(one)
            parts: list[Part | str] = []
            for basis in [b for b in _BASES if b in by]:
                parts += ["; " if parts else " (", f"{_BASES[basis]} "]
                origins = list(dict.fromkeys(map(self._citer.voice, by[basis])))
                for n, name in enumerate(origins[:5]):
                    parts += [", " if n else "", named(name)]
                if len(origins) > 5:
                    parts += [" and ", number_of(len(origins) - 5, "other", "others")]
                parts.append(Part("", cites=self._citer.claims(by[basis])))
            if parts:
                lead = "; " if lines else "Said to have done it: "
                lines.append(said(lead, named(side.name), *parts, ")"))
        return [*lines, said(".")] if lines else []

    def _quotes(self, told: list[Testimony], most: int) -> list[Sentence]:
        """Quote the sentences that tell how, each once, as told; where they are many, those that say by whom or by what."""
        found: dict[str, list[Testimony]] = {}
        for one in sorted(
            told, key=lambda t: not (t.claim.means or t.claim.by or t.claim.victims.identities)
        ):
            words = " ".join(self._sentence(one).split())
            found.setdefault(words.casefold(), []).append(one)
        lines = []
        chosen = list(found.values())[:most]
        reports = {
            line.key: n for n, line in enumerate(line for c in self._dossier.cards for line in c.reports)
        }
        chosen.sort(
            key=lambda held: (reports.get(held[0].report, 0), held[0].claim.evidence.start)
        )  # as they were told
        for several in chosen:
            first = several[0]
            head, own = first.reference, self._citer.voice(first)
            outlet = head.publisher if head.publisher and head.publisher != own else ""
            parts: list[Part | str] = [named(capital(own))]
            if outlet:
                parts += [", in ", named(outlet)]
            origin = first.claim.origin
            if origin is not None and origin.end <= first.claim.evidence.sentence.start:
                parts.append(", as it seems from what stands before")  # the sentence itself names nobody
            self._quoted.add(" ".join(self._sentence(first).split()).casefold())
            parts.append(": ")
            parts.append(quotation(self._sentence(first).lstrip(_MARKS), self._citer.claims(several)))
            lines.append(ended(said(*parts, unreviewed=not all(map(self._citer.is_reviewed, several)))))
        if len(found) > most:
            lines.append(
                said("And ", number_of(len(found) - most, "more account", "more accounts"), " in the record.")
            )
        return lines

    def _sentence(self, one: Testimony) -> str:
        return self._whole(one.report, one.claim.evidence) or one.claim.evidence.quote

    def _whole(self, report: str, evidence: Evidence) -> str:
        """Return the sentence of an evidence, empty where it may not be shown or is too long."""
        whole = self._dossier.texts.get(report, "")[evidence.sentence.start : evidence.sentence.end]
        return whole if len(whole) <= _LONGEST else ""

    def responses(self) -> Section:
        """Return who said what about it, sentence by sentence, each once however many reports carry it."""
        found: dict[str, tuple[str, list[tuple[str, Statement]]]] = {}
        seen: set[tuple[str, int, int, str]] = set()
        for report, one in (pair for card in self._dossier.cards for pair in card.statements):
            spot = (report, one.evidence.start, one.evidence.end, one.act)
            words = self._whole(report, one.evidence) or one.evidence.quote
            if spot not in seen and one.act in _ACTS:
                seen.add(spot)
                key = " ".join(words.split()).casefold()
                found.setdefault(key, (words, []))[1].append((report, one))
        rank = list(_ACTS)
        items = sorted(found.values(), key=lambda item: min(rank.index(s.act) for _, s in item[1]))
        blocks: list[Paragraph] = []
        most = self._most * len(_ACTS)
        for words, several in items[:most]:
            acts = sorted({s.act for _, s in several}, key=rank.index)
            cites = tuple(dict.fromkeys(self._citer.statement(r, s) for r, s in several))
            speakers = capital(listed(dict.fromkeys(s.speaker.name for _, s in several)))
            line = said(named(speakers), ": ", quotation(words, cites), *self._concerns(several))
            lead = listed([_ACTS[act] if n == 0 else _ACTS[act].lower() for n, act in enumerate(acts)])
            blocks.append(Paragraph((ended(line),), lead, bullet=True))
        if len(items) > most:
            more = number_of(len(items) - most, "more", "more")
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
        claims = [
            own[report, id]
            for report, s in several if s.act in _CONCERNING
            for id in s.claims if (report, id) in own
        ]  # fmt: skip
        return [", about ", Part("", cites=self._citer.claims(claims))] if claims else []

    def continuing(self) -> Section:
        """Return what goes on: people displaced, damage, services cut."""
        blocks: list[Paragraph] = []
        displaced = self._casualties.sentence("displaced")
        if displaced is not None:
            blocks.append(Paragraph((ended(displaced),)))
        going_on = [item for item in self._effects() if not _are_deeds(item[1])]
        blocks += self._told_effects(going_on)
        if not blocks:
            blocks = [Paragraph((said("The record tells of no displacement, damage or service cut."),))]
        return Section("Continuing situation", (*self._warning(bool(going_on)), *blocks))

    def _effects(self) -> list[tuple[str, list[tuple[str, Effect]]]]:
        """Return what is told beside figures, in the order of the reports: the words, and the effects that they tell."""
        found: dict[str, tuple[str, list[tuple[str, Effect]]]] = {}
        seen: set[tuple[str, int, int]] = set()
        told = sorted(
            (pair for card in self._dossier.cards for pair in card.effects),
            key=lambda pair: -len(pair[1].quote),  # the longer words first: they may hold the shorter
        )
        order: dict[str, int] = {}
        for report, effect in told:
            if (report, effect.start, effect.end) not in seen:
                seen.add((report, effect.start, effect.end))
                key, words = self._told_of(report, effect, found)
                found.setdefault(key, (words, []))[1].append((report, effect))
                order[key] = min(order.get(key, effect.start), effect.start)
        return [found[key] for key in sorted(found, key=lambda key: (found[key][1][0][0], order[key]))]

    def _told_effects(self, items: list[tuple[str, list[tuple[str, Effect]]]]) -> list[Paragraph]:
        """Quote effects one by one, each with what it is and where."""
        blocks: list[Paragraph] = []
        most = self._most * 2
        for words, several in items[:most]:
            cites = tuple(dict.fromkeys(self._citer.effect(r, e) for r, e in several))
            places = list(dict.fromkeys(p.name for _, e in several for p in e.where[:1]))
            parts: list[Part | str] = [quotation(words, cites)]
            parts += [" (", named(listed(places[:3])), ")"] if places else []
            kinds = list(
                dict.fromkeys(plain(e.kind) for _, e in sorted(several, key=lambda pair: pair[1].start))
            )
            blocks.append(Paragraph((said(*parts, "."),), capital(listed(kinds)), bullet=True))
        if len(items) > most:
            more = number_of(len(items) - most, "more", "more")
            blocks.append(Paragraph((said("And ", more, " in the record."),), bullet=True))
        return blocks

    def _told_of(
        self, report: str, effect: Effect, found: Mapping[str, tuple[str, list[tuple[str, Effect]]]]
    ) -> tuple[str, str]:
        """Return under which words an effect is told, and these: its sentence, or less of one that was told before."""
        whole = self._whole(report, effect.evidence)
        key = " ".join(whole.split()).casefold()
        if whole and key not in self._quoted:
            return key, whole
        for held, (_, several) in found.items():  # words within words that are told already
            if any(r == report and e.start <= effect.start and effect.end <= e.end for r, e in several):
                return held, ""
        words = effect.quote
        for one in self._citer.testimonies.values():
            start = one.claim.evidence.start - effect.start
            if one.report == report and 0 < start < len(words) and words == effect.quote:
                words = words[:start].rstrip() or words  # the figure that follows is told elsewhere
        return " ".join(words.split()).casefold(), words


def _are_deeds(several: Iterable[tuple[str, Effect]]) -> bool:
    """Tell whether effects are all of what was done to people, none of what goes on."""
    return all(effect.kind in _DEEDS for _, effect in several)


def countries_of(incident: Incident, dossier: Dossier) -> list[str]:
    """Return the countries of an incident by name: those that its reports name, else that of its place."""
    named_so = [s.name for s in incident.places if s.level == "country"]
    sites = [s for s in (incident.place, *incident.places) if s is not None and s.country]
    codes = dict.fromkeys(s.country for s in sites if s.country)
    return list(dict.fromkeys(named_so)) or [dossier.lands[code] for code in codes if code in dossier.lands]


def capital(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


__all__ = ["Accounts", "capital", "countries_of"]
