"""brief_citing: claims, effects, statements, decisions -> numbered citations; and the parts that sentences are made of."""

import re
from collections.abc import Iterable, Sequence

from tollbook.model.brief import Citation, Dossier, Part, Sentence, Source
from tollbook.model.incident import Incident
from tollbook.model.review import Review
from tollbook.model.telling import Effect, Statement
from tollbook.model.testimony import Reference, Testimony
from tollbook.model.toll import Toll
from tollbook.writers.words import harmless, quoted

CONFIRMED = ("confirmed", "corrected", "added")
COUNTING = ("used", "agrees")
_ROLE = re.compile(
    r" \([A-Z]{2}\)$"
)  # how the record tells the hospitals of one country from those of another
_INNER = re.compile(
    r"\bc\d+( says)? \((“[^”]*”)\)"
)  # a claim by its number within its report, which nobody outside knows
_LONGEST = 80  # characters of a name


class Citer:
    """Gives numbers to what sentences stand on, in the order of first use; the same words have one number."""

    def __init__(self, dossier: Dossier) -> None:
        """Begin with none."""
        self._dossier = dossier
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[Citation] = []
        self.testimonies = {one.id: one for card in dossier.cards for one in card.testimonies}
        self.signed = {
            one.id
            for card in dossier.cards
            if card.incident.review == "signed_off"
            for one in card.testimonies
        }
        self._called = self._names()

    def _names(self) -> dict[str, str]:
        """Return what each origin is called: one known by its role as the reports word it, where words may be shown."""
        worded = not {"names", "quotes"} & set(self._dossier.edition.redacted)
        found: dict[str, str] = {}
        for one in self.testimonies.values():
            role = _ROLE.sub("", one.origin.name)
            told = " ".join(one.claim.origin.quote.split()) if worded and one.claim.origin else ""
            if role == one.origin.name or not (len(role) // 2 < len(told) <= _LONGEST):
                told = role  # a pronoun is no name
            found[one.origin.id] = max(found.get(one.origin.id, ""), told, key=len)
        return found

    def voice(self, one: Testimony) -> str:
        """Return who gives a figure: the origin, or the outlet for itself."""
        return self._called[one.origin.id] or one.reference.publisher or "an outlet without a name"

    def reason(self, words: str) -> str:
        """Return a rule's reason for readers who do not know the names that the record uses within."""
        for one in self.testimonies.values():
            if _ROLE.search(one.origin.name):
                words = words.replace(one.origin.name, self._called[one.origin.id])
        return harmless(_INNER.sub(r"\2\1", words))

    def claim(self, one: Testimony) -> int:
        """Return the number of a claim."""
        e = one.claim.evidence
        return self._number("claim", one.report, e.quote, e.start, e.end, one.id, one.claim.state)

    def claims(self, several: Iterable[Testimony]) -> tuple[int, ...]:
        """Return the numbers of several claims, each once."""
        return tuple(dict.fromkeys(self.claim(one) for one in several))

    def effect(self, report: str, effect: Effect) -> int:
        """Return the number of an effect."""
        e = effect.evidence
        return self._number("effect", report, e.quote, e.start, e.end)

    def statement(self, report: str, said: Statement) -> int:
        """Return the number of a statement."""
        e = said.evidence
        return self._number("statement", report, e.quote, e.start, e.end)

    def decision(self, review: Review) -> int:
        """Return the number of a person's decision about a toll."""
        words = (
            f"{review.field}: {review.old or 'unknown'} → {review.new}; {review.reason or 'no reason given'}"
        )
        return self._number("decision", review.id, words, 0, 0)

    def is_reviewed(self, one: Testimony) -> bool:
        """Tell whether a person has confirmed a claim, or answers for its incident."""
        return one.claim.state in CONFIRMED or one.id in self.signed

    def of_toll(self, incident: Incident, toll: Toll) -> tuple[list[Testimony], tuple[int, ...]]:
        """Return the claims that a toll stands on, and their numbers with those of decisions about it.

        The whole stands on the parts by status too: where these are added up, a stated total only agrees. Those whose status
        nobody tells can be the rest that the other parts leave of the whole.
        """
        entries = list(toll.ledger)
        if toll.status in ("all", "unknown"):
            entries += [
                e for t in incident.tolls if t.harm == toll.harm and t.status != toll.status for e in t.ledger
            ]
        ids = dict.fromkeys(e.claim for e in entries if e.use in COUNTING and e.claim in self.testimonies)
        counted = [self.testimonies[id] for id in ids]
        field = f"toll.{toll.harm}.{toll.status}"
        decisions = [
            r for card in self._dossier.cards if card.incident.id == incident.id
            for r in card.reviews if r.field == field
        ]  # fmt: skip
        return counted, (*self.claims(counted), *(self.decision(r) for r in decisions))

    def sources(self) -> tuple[Source, ...]:
        """Return the reports cited, in the order of their first citation."""
        heads: dict[str, Reference] = {
            line.key: line.reference for card in self._dossier.cards for line in card.reports
        }
        found = []
        for key in dict.fromkeys(c.report for c in self.citations if c.report):
            head, steps = heads.get(key, Reference(key)), self._dossier.custody.get(key, ())
            captured, digest = (steps[0].at, steps[0].capture or steps[0].original) if steps else (None, None)
            found.append(Source(key, head.title, head.publisher, head.published, head.url, captured, digest))
        return tuple(found)

    def _number(
        self, kind: str, report: str, quote: str, start: int, end: int, claim: str | None = None, state: str = "machine"
    ) -> int:  # fmt: skip
        key = (report, start, end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(
                Citation(
                    self._numbers[key], kind,  # type: ignore[arg-type]  # one of four, by the methods above
                    harmless(quote), None if kind == "decision" else report, start, end, claim, state,
                )
            )  # fmt: skip
        return self._numbers[key]


def said(*parts: Part | str, unreviewed: bool = False) -> Sentence:
    """Make a sentence of parts; plain text is words."""
    made = [Part(p) if isinstance(p, str) else p for p in parts if p != ""]
    if unreviewed:
        made.append(Part(" (unreviewed)"))
    return Sentence(tuple(made), unreviewed)


def named(name: str, cites: Sequence[int] = ()) -> Part:
    """Make the part of a name."""
    return Part(harmless(" ".join(name.split())), "name", cites=tuple(cites))


def quotation(words: str, cites: Sequence[int] = ()) -> Part:
    """Make the part of a report's words, between quotation marks."""
    return Part(quoted(harmless(words)), "quote", cites=tuple(cites))


def number_of(count: int, one: str, many: str) -> Part:
    """Make the part that counts things of the record: 1 report · 12 reports."""
    return Part(f"{count:,} {one if count == 1 else many}", "records", (count,))
