"""brief: Dossier -> Brief: the sections in the order that a reader needs, each sentence with what it stands on."""

from tollbook.model.brief import Brief, Dossier, Paragraph, Part, Section, Sentence, Stage
from tollbook.model.incident import Incident
from tollbook.writers.brief_accounts import Accounts, capital, countries_of
from tollbook.writers.brief_casualties import Casualties, ended, headline, title_of
from tollbook.writers.brief_citing import CONFIRMED, Citer, named, number_of, said
from tollbook.writers.brief_figures import period_words
from tollbook.writers.brief_places import placed, some_of
from tollbook.writers.words import harmless, plain

_FIGURES = (
    "Figures are documented: what reports say, added up where it may be added. “At least” has no upper bound; “between” gives "
    "the least and the greatest that is told. No estimate of what was not reported is part of any figure."
)
_NUMBERS = (
    "Numbers in brackets lead to the words of a report. A figure marked unreviewed was read by machine, and no person has "
    "confirmed it."
)
_MOST = 12  # disagreements that are told one by one


def to_brief(dossier: Dossier) -> Brief:
    """Make a brief of a dossier."""
    citer = Citer(dossier)
    casualties = Casualties(dossier, citer)
    accounts = Accounts(dossier, citer, casualties)
    where, when = _where(dossier), _when(dossier)
    first = headline(casualties, dossier.totals, where, when)
    sections = (
        casualties.section(), accounts.happened(), accounts.responses(), accounts.continuing(), known(dossier, citer),
    )  # fmt: skip
    stages, kind = stages_of(dossier)
    return Brief(
        harmless(dossier.title), when, first, sections, tuple(citer.citations), citer.sources(), _notes(dossier), stages,
        "told" if kind else "happened", dossier.spots, dossier.outlines, dossier.edition,
        tuple(card.incident.id for card in dossier.cards),
    )  # fmt: skip


def _where(dossier: Dossier) -> str:
    names: dict[str, None] = {}
    for card in dossier.cards[:1] if dossier.steps else dossier.cards:
        sites = [
            s.name
            for s in card.incident.places
            if s.lat is not None and s.level not in ("country", "region", None)
        ]
        names |= dict.fromkeys(sites[:3])
    countries = dict.fromkeys(name for card in dossier.cards for name in countries_of(card.incident, dossier))
    if not names and not countries:
        names = dict.fromkeys(
            card.incident.place.name for card in dossier.cards if card.incident.place is not None
        )
    if len(names) > 4:
        return some_of(list(countries)) or some_of(list(names))
    return placed(list(names), list(countries))


def _when(dossier: Dossier) -> str:
    periods = [card.incident.period for card in dossier.cards if card.incident.period is not None]
    if not periods:
        return ""
    words = period_words(min(p.start for p in periods), max(p.end for p in periods))
    return words if len(periods) == len(dossier.cards) else f"{words} and on days not told"


def stages_of(dossier: Dossier) -> tuple[tuple[Stage, ...], bool]:
    """Return the chart: what was told up to each day of one incident, else what happened on each day."""
    if dossier.steps:
        steps = [
            s
            for s in dossier.steps
            if s.axis == "told" and (s.figures.harm, s.figures.status) == ("killed", "all")
        ]
        told = tuple(
            Stage(s.start[:10], s.figures.low, s.figures.best, s.figures.high)
            for s in steps
            if s.start[:4] != "0000"
        )
        return (told if len(told) > 1 else ()), True
    days: dict[str, list[Incident]] = {}
    for card in dossier.cards:
        one = card.incident
        single = one.period is not None and one.period.start == one.period.end
        if one.period is not None and single and (one.id, "killed") not in dossier.inside:
            days.setdefault(one.period.start, []).append(one)
    found = []
    for day in sorted(days):
        tolls = [t for i in days[day] for t in i.tolls if (t.harm, t.status) == ("killed", "all")]
        known = [t for t in tolls if t.best is not None or t.low is not None]
        if known:
            high = None if any(t.high is None for t in known) else sum(t.high or 0 for t in known)
            found.append(
                Stage(day, sum(t.low or 0 for t in known), sum(t.best if t.best is not None else t.low or 0 for t in known), high)
            )  # fmt: skip
    return (tuple(found) if len(found) > 1 else ()), False


def known(dossier: Dossier, citer: Citer, *, most: int = _MOST) -> Section:
    """Return how we know: reports, origins, reviews, grades, and what disagrees, at most so many of each."""
    blocks: list[Paragraph] = [Paragraph(_counted(dossier, citer))]
    for card in dossier.cards[:most]:
        incident = card.incident
        lead = title_of(incident) if len(dossier.cards) > 1 else "Grade"
        grade: list[Part | str] = [
            named(incident.grade or "none"),
            " – ",
            Part(citer.reason(incident.grade_reason), "reason"),
        ]
        blocks.append(Paragraph((ended(said(*grade)),), lead, bullet=len(dossier.cards) > 1))
    conflicts = [(card, c) for card in dossier.cards for c in card.incident.conflicts]
    if conflicts:
        blocks.append(Paragraph((), "Sources disagree"))
        for _, conflict in conflicts[:most]:
            claims = [citer.testimonies[t] for t in conflict.testimonies if t in citer.testimonies]
            part = Part(
                capital(citer.reason(conflict.message)),
                "reason",
                claims=tuple(c.id for c in claims),
                cites=citer.claims(claims),
            )
            blocks.append(
                Paragraph(
                    (ended(said(part, unreviewed=not all(map(citer.is_reviewed, claims)))),), bullet=True
                )
            )
        if len(conflicts) > most:
            more = number_of(len(conflicts) - most, "more", "more")
            blocks.append(Paragraph((said("And ", more, " in the record."),), bullet=True))
    else:
        blocks.append(Paragraph((said("No disagreement between sources is recorded."),)))
    return Section("How we know", tuple(blocks))


def _counted(dossier: Dossier, citer: Citer) -> tuple[Sentence, ...]:
    reports = {line.key: line.story for card in dossier.cards for line in card.reports}
    claims = citer.testimonies.values()
    called = {one.origin.id: citer.voice(one) for one in claims}
    origins = {
        o.id: called.get(o.id, o.name) for card in dossier.cards for o in card.incident.independent_origins
    }
    machine = sum(one.claim.state not in CONFIRMED for one in claims)
    signed = sum(card.incident.review == "signed_off" for card in dossier.cards)
    lines = [
        said("This rests on ", number_of(len(reports), "report", "reports"), " in ",
             number_of(len(set(reports.values())), "story", "stories"), " (copies are one story), with ",
             number_of(len(claims), "claim", "claims"), ". "),
        said("It counts ", number_of(len(origins), "independent origin", "independent origins")),
    ]  # fmt: skip
    names: list[Part | str] = []
    for n, name in enumerate(list(origins.values())[:8]):
        names += [", " if n else ": ", named(name)]
    if len(origins) > 8:
        names += [" and ", number_of(len(origins) - 8, "other", "others")]
    own = any(one.claim.origin is None and one.claim.count.kind != "some" for one in claims)
    lines[1] = said(
        *lines[1].parts,
        *names,
        "; figures for which a report names nobody are its outlet's. " if own else ". ",
    )
    if machine:
        lines.append(
            said("Not verified by a person: ", number_of(machine, "claim is", "claims are"),
                 " as the machine read it", "; what is marked unreviewed stands on such. " if signed < len(dossier.cards)
                 else "; a person answers for the whole. ")
        )  # fmt: skip
    if len(dossier.cards) > 1:
        lines.append(said("Signed off by a person: ", Part(f"{signed:,}", "records", (signed,)), " of ",
                          number_of(len(dossier.cards), "incident", "incidents"), ". "))  # fmt: skip
    else:
        state = {"signed_off": "signed off by a person", "in_review": "under review"}
        words = state.get(dossier.cards[0].incident.review, "not reviewed by a person")
        lines.append(said(f"The incident is {words}. "))
    return tuple(lines)


def _notes(dossier: Dossier) -> tuple[str, ...]:
    edition = dossier.edition
    ids = ", ".join(card.incident.id for card in dossier.cards[:8]) + (" …" if len(dossier.cards) > 8 else "")
    version = dict(edition.rules).get(dossier.rule, "")
    notes = [
        f"Made by {edition.program} as known on {edition.as_of[:10]}; counting rule {dossier.rule} {version}; {ids}.",
        _FIGURES,
        _NUMBERS,
    ]
    if edition.head:
        notes.append(f"Digest of the newest entry of the register's log: {edition.head}.")
    if edition.filters:
        asked = ", ".join(f"{plain(key)} {value}" for key, value in edition.filters)
        notes.append(f"Asked for: {asked}.")
    if edition.redacted:
        notes.append(f"Withheld from this brief: {', '.join(edition.redacted)}.")
    return tuple(harmless(note) for note in notes)
