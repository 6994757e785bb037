"""brief_casualties: tolls -> the headline and the section on casualties, with what is counted and what is not."""

from collections.abc import Sequence

from tollbook.model.brief import Dossier, Grid, Paragraph, Part, Section, Sentence, Total
from tollbook.model.claim import HARMS
from tollbook.model.incident import Incident
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.writers.brief_citing import COUNTING, Citer, named, number_of, quotation, said
from tollbook.writers.brief_figures import (
    HARMS as HARM_WORDS,
)
from tollbook.writers.brief_figures import (
    STATUSES,
    figure_words,
    listed,
    titled,
)
from tollbook.writers.words import harmless, plain, quoted

_MOST = 6  # entries of one kind that are told one by one; the rest is counted
_GROUP = 90  # characters of a group's words
_DISPUTED = "sources disagree"
_USES = {
    "superseded": "Replaced by a newer figure of the same origin",
    "part_of": "Held by another figure already",
    "same_origin": "The same origin heard again",
    "repeated": "Told again",
    "out_of_scope": "Not about these events",
    "set_aside": "Set aside",
}
Told = tuple[Incident, Toll]


class Casualties:
    """Words for the tolls of a dossier."""

    def __init__(self, dossier: Dossier, citer: Citer, *, most: int = _MOST) -> None:
        """Gather the tolls that are added; `most` entries of a kind are told one by one."""
        self._dossier, self._citer, self._most = dossier, citer, most
        self._tolls: dict[tuple[str, str], list[Told]] = {}
        for card in dossier.cards:
            for toll in card.incident.tolls:
                if (card.incident.id, toll.harm) not in dossier.inside:
                    self._tolls.setdefault((toll.harm, toll.status), []).append((card.incident, toll))

    def figure(self, total: Total, *, noun: bool = True) -> Part:
        """Return a total in words with all that it stands on."""
        told = self._tolls.get((total.harm, total.status), [])
        claims: list[Testimony] = []
        cites: list[int] = []
        for incident, toll in told:
            counted, numbers = self._citer.of_toll(incident, toll)
            claims += counted
            cites += numbers
        counts = [one.claim.count for one in claims]
        text, values = figure_words(total.low, total.best, total.high, counts, total.status if noun else None)
        if len(claims) == 1 and claims[0].claim.count.vague and values:
            text += f" ({quoted(harmless(claims[0].claim.count.quote))})"  # no word of the report states this number
        return Part(
            text, "persons", values, tuple(dict.fromkeys(c.id for c in claims)), tuple(dict.fromkeys(cites))
        )

    def is_open(self, harm: str) -> bool:
        """Tell whether a figure of a harm stands on an incident that nobody has signed off."""
        return any(
            i.review != "signed_off" for (h, _), told in self._tolls.items() if h == harm for i, _ in told
        )

    def total(self, harm: str, status: str = "all") -> Total | None:
        """Return the total of a harm and status; None where none is told."""
        return next((t for t in self._dossier.totals if (t.harm, t.status) == (harm, status)), None)

    def sentence(self, harm: str) -> Sentence | None:
        """Return a harm's sentence: how many, by status as far as told."""
        whole = self.total(harm)
        if whole is None or self._is_empty(whole):
            return None
        figure = self.figure(whole)
        known = [
            t for t in self._dossier.totals
            if t.harm == harm and t.status not in ("all", "unknown") and (t.low, t.best, t.high) != (None, None, None)
        ]  # fmt: skip
        known.sort(key=lambda t: list(STATUSES).index(t.status))
        verb = "was" if figure.values == (1,) else "were"
        if figure.values == (0,):
            return said(Part("nobody", "persons", (0,), figure.claims, figure.cites),
                        f" was reported {HARM_WORDS[harm]}", unreviewed=self.is_open(harm))  # fmt: skip
        parts: list[Part | str] = [figure, f" {verb} reported {HARM_WORDS[harm]}"]
        if known:
            all_told = sum(t.best or 0 for t in known) == whole.best and all(
                t.best is not None for t in known
            )
            parts.append(": " if all_told else "; by status, as far as it is told: ")
            for n, total in enumerate(known):
                parts += [", " if 0 < n < len(known) - 1 else " and " if n else "", self.figure(total)]
        parts += ["; " + _DISPUTED] if self.is_disputed(harm) else []
        return said(*parts, unreviewed=self.is_open(harm))

    def is_disputed(self, harm: str) -> bool:
        """Tell whether sources disagree on a harm."""
        return any(
            t in self._citer.testimonies and self._citer.testimonies[t].claim.harm == harm
            for card in self._dossier.cards
            for conflict in card.incident.conflicts
            for t in conflict.testimonies
        )

    def _is_empty(self, total: Total) -> bool:
        """Tell whether there is neither a figure nor a claim that counts: all that is told is not about these events."""
        return (total.low, total.best, total.high) == (None, None, None) and not self.figure(total).cites

    def section(self, *, uncounted: bool = True) -> Section:
        """Return the section on casualties; with the figures that are not counted, unless a ledger beside it has them."""
        blocks: list[Paragraph | Grid] = []
        lines = [s for harm in HARMS if (s := self.sentence(harm)) is not None]
        blocks += [Paragraph((ended(line),)) for line in lines]
        if not lines:
            blocks.append(Paragraph((said("The record holds no figure of casualties for this."),)))
        else:
            blocks.append(self._grid())
        blocks += self._unknown()
        blocks += self._groups()
        blocks += self._not_counted() if uncounted else []
        if self._dossier.inside:
            blocks.append(Paragraph(self._inside(), "Not added a second time", bullet=False))
        return Section("Casualties", tuple(blocks))

    def _grid(self) -> Grid:
        rows = []
        for harm in HARMS:
            for status in STATUSES:
                total = self.total(harm, status)
                if status == "unknown" and self._is_whole(harm):
                    continue
                if (
                    total is None
                    or self._is_empty(total)
                    or (status != "all" and (total.low, total.best, total.high) == (None, None, None))
                ):
                    continue
                told = self._tolls.get((harm, status), [])
                names: dict[str, None] = {}
                for incident, toll in told:
                    counted = self._citer.of_toll(incident, toll)[0]
                    figures = [one for one in counted if one.claim.count.kind != "some"]
                    names |= dict.fromkeys(map(self._citer.voice, figures or counted))
                who = plain(status) if status != "unknown" else "not told, or the rest of all"
                figure = self.figure(total, noun=False)
                if not figure.values:
                    figure = Part("no figure given", cites=figure.cites)
                shown = [*list(names)[:4]]
                origins: list[Part | str] = []
                for n, name in enumerate(shown):
                    origins += [", " if n else "", named(name)]
                if len(names) > len(shown):
                    origins += [" and ", number_of(len(names) - len(shown), "other", "others")]
                state = "unreviewed" if self.is_open(harm) else "signed off"
                rows.append((said(HARM_WORDS[harm]), said(who), said(figure), said(*origins), said(state)))
        return Grid(("harm", "whose", "figure", "given by", "state"), tuple(rows))

    def _is_whole(self, harm: str) -> bool:
        """Tell whether those of unknown status are simply all."""
        one, whole = self.total(harm, "unknown"), self.total(harm)
        return (
            one is not None
            and whole is not None
            and (one.low, one.best, one.high) == (whole.low, whole.best, whole.high)
        )

    def _unknown(self) -> list[Paragraph]:
        found: list[Sentence] = []
        for total in self._dossier.totals:
            if total.status == "all" and total.without_best and not self._is_empty(total):
                space = " " if found else ""
                found.append(
                    said(space, number_of(total.without_best, "incident gives", "incidents give"),
                         f" no best figure of people {HARM_WORDS[total.harm]}; what they hold at least is in the lower bound.")
                )  # fmt: skip
        return [Paragraph(tuple(found))] if found and len(self._dossier.cards) > 1 else []

    def _groups(self) -> list[Paragraph]:
        """Tell the groups that reports name among the victims: women, children, peoples, professions."""
        lines: dict[tuple[str, str, int], list[Testimony]] = {}
        for one in self._citer.testimonies.values():
            victims = one.claim.victims
            marks = [*(m for m in (victims.age_group, victims.sex) if m), *victims.identities]
            if marks and one.claim.scope == "incident" and one.claim.modality in ("asserted", "estimated"):
                key = (one.claim.harm, one.report, one.claim.evidence.sentence.start)
                lines.setdefault(key, []).append(one)
        if not lines:
            return []
        made: list[Sentence] = []
        for (harm, _, _), several in list(lines.items())[: self._most]:
            parts: list[Part | str] = [f"{HARM_WORDS[harm].capitalize()}: "]
            for n, one in enumerate({self._who(one): one for one in several}.values()):
                parts += [", " if n else "", quotation(self._who(one), (self._citer.claim(one),))]
            parts += [" (", named(self._citer.voice(several[0])), ")"]
            made.append(said(*parts, unreviewed=not all(map(self._citer.is_reviewed, several))))
        if len(lines) > self._most:
            made.append(said("And ", number_of(len(lines) - self._most, "more", "more"), " in the record"))
        return [Paragraph((said("As told; they overlap, and are never added."),), "Groups named among the victims"),
                *(Paragraph((ended(s),), bullet=True) for s in made)]  # fmt: skip

    def _who(self, one: Testimony) -> str:
        """Return the words of a report for how many of whom."""
        count, victims, evidence = one.claim.count, one.claim.victims, one.claim.evidence
        spans = [(count.start, count.end)] if count.quote else []
        spans += (
            [(victims.start, victims.end)] if victims.start is not None and victims.end is not None else []
        )
        text = self._dossier.texts.get(one.report, "")
        if not text or not spans:
            return evidence.quote
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        inside = evidence.sentence.start <= start < end <= evidence.sentence.end
        return text[start:end] if inside and end - start <= _GROUP else evidence.quote

    def _not_counted(self) -> list[Paragraph]:
        """Tell every figure that the tolls do not hold, with the reason; figures that agree are named as such."""
        kinds: dict[str, list[tuple[Testimony, Entry]]] = {}
        counted = {
            e.claim
            for told in self._tolls.values()
            for _, toll in told
            for e in toll.ledger
            if e.use == "used"
        }
        agreeing: list[tuple[Testimony, Entry]] = []
        for (_, status), told in self._tolls.items():
            for _incident, toll in told if status == "all" else []:
                for entry in toll.ledger:
                    one = self._citer.testimonies.get(entry.claim)
                    if one is None or entry.claim in counted:
                        continue
                    (agreeing if entry.use in COUNTING else kinds.setdefault(entry.use, [])).append(
                        (one, entry)
                    )
        out: list[Paragraph] = []
        for lead, entries in (
            ("Agrees, and is not added", agreeing),
            *((_USES[u], kinds.get(u, [])) for u in _USES),
        ):
            if entries:
                out.append(Paragraph((), lead))
                out += [
                    Paragraph((self._entry(one, entry),), bullet=True) for one, entry in entries[: self._most]
                ]
                if len(entries) > self._most:
                    rest = tuple(dict.fromkeys(self._citer.claim(one) for one, _ in entries[self._most :]))
                    left = len(entries) - self._most
                    more = Part(f"{left:,} more", "records", (left,), cites=rest)
                    out.append(Paragraph((said("And ", more, "."),), bullet=True))
        return out

    def _entry(self, one: Testimony, entry: Entry) -> Sentence:
        return ended(
            said(f"{HARM_WORDS[one.claim.harm].capitalize()}: ",
                 quotation(one.claim.evidence.quote, (self._citer.claim(one),)), " (", named(self._citer.voice(one)), ") – ",
                 Part(self._citer.reason(entry.reason), "reason", claims=(one.id,)), unreviewed=not self._citer.is_reviewed(one))
        )  # fmt: skip

    def _inside(self) -> tuple[Sentence, ...]:
        titles = {card.incident.id: title_of(card.incident) for card in self._dossier.cards}
        within: dict[str, list[str]] = {}
        for id, harm in sorted(self._dossier.inside):
            within.setdefault(id, []).append(HARM_WORDS[harm])
        return tuple(
            said(named(titles.get(id, id)), f" ({listed(harms)}): a wider incident of this brief holds it. ")
            for id, harms in within.items()
        )


def headline(casualties: Casualties, totals: Sequence[Total], where: str, when: str) -> Sentence:
    """Return the one sentence that a reader needs first: of the gravest harm that has a figure."""
    for harm in HARMS:
        total = casualties.total(harm)
        if total is None or (total.low, total.best, total.high) == (None, None, None):
            continue
        told = casualties.sentence(harm)
        assert told is not None  # there is a total
        first = told.parts[0]
        start = Part(
            first.text[:1].upper() + first.text[1:], first.kind, first.values, first.claims, first.cites
        )
        place: list[Part | str] = [" in ", named(where)] if where else []
        day: list[Part | str] = [", " if "–" in when else " on ", Part(when, "day")] if when else []
        verb = told.parts[1].text.partition(":")[0].partition(";")[0]
        doubt = ["; " + _DISPUTED] if casualties.is_disputed(harm) else []
        made = said(start, verb, *place, *day, *doubt, unreviewed=told.unreviewed)
        return Sentence((*made.parts, Part(".")), told.unreviewed)
    return said("The record holds no figure of casualties for this.")


def title_of(incident: Incident) -> str:
    """Return what a brief calls an incident."""
    period = incident.period
    return incident.title if period is None else titled(incident.title, period.start, period.end)


def ended(sentence: Sentence) -> Sentence:
    """End a sentence with a full stop, and begin it with a capital."""
    parts = list(sentence.parts)
    first = parts[0]
    if first.kind in ("words", "persons"):
        parts[0] = Part(
            first.text[:1].upper() + first.text[1:], first.kind, first.values, first.claims, first.cites
        )
    return Sentence((*parts, Part(".")), sentence.unreviewed)


__all__ = ["Casualties", "ended", "headline", "title_of"]
