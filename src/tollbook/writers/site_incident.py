"""site_incident: Leaf -> the page of one incident: toll, ledger as sentences, accounts, history, every quote with its report."""

from collections.abc import Mapping

from tollbook.model.answer import IncidentCard, Step
from tollbook.model.brief import Brief, Citation, Paragraph, Part, Section, Sentence, Source
from tollbook.model.claim import HARMS
from tollbook.model.incident import Incident
from tollbook.model.site import Front, Leaf, Tie
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.writers.brief import known, stages_of
from tollbook.writers.brief_accounts import Accounts
from tollbook.writers.brief_casualties import Casualties, ended, headline, title_of
from tollbook.writers.brief_citing import COUNTING, Citer, named, quotation, said
from tollbook.writers.brief_figures import HARMS as HARM_WORDS
from tollbook.writers.brief_figures import STATUSES, day_words, figure_words, titled
from tollbook.writers.brief_pictures import chart_of, chart_title
from tollbook.writers.drawing import to_svg
from tollbook.writers.site_parts import (
    blocks_html,
    day_html,
    days_html,
    figures_html,
    framed,
    outward,
    path_of,
    record_html,
    review_html,
    safe,
    sentence_html,
)
from tollbook.writers.words import plain

_ALL = 1_000_000  # a page of the record leaves nothing out
_USES = {
    "used": "Counted", "agrees": "Agrees", "superseded": "Replaced", "part_of": "Part of another",
    "same_origin": "Heard again", "repeated": "Told again", "out_of_scope": "Out of scope", "set_aside": "Set aside",
}  # fmt: skip
PRECISION = {
    1: "The spot itself is known.", 2: "Known to within some twenty-five kilometres of the point.",
    3: "Known as a district; what is drawn is the area that holds it.", 4: "Known as a division: the area is drawn.",
    5: "Known as a region over several divisions.", 6: "Known as the country only: the area is drawn.",
    7: "The place is not known.",
}  # fmt: skip


def leaf_html(leaf: Leaf, front: Front) -> str:
    """Write the page of one incident."""
    dossier = leaf.dossier
    (card,) = dossier.cards
    citer = Citer(dossier)
    casualties = Casualties(dossier, citer, most=_ALL)
    accounts = Accounts(dossier, citer, casualties, most=_ALL)
    first = headline(casualties, dossier.totals, "", "")
    sections = (
        casualties.section(uncounted=False), _ledger(card, citer), accounts.happened(), accounts.responses(),
        accounts.continuing(), known(dossier, citer, most=_ALL), _history(dossier.steps, card, citer),
    )  # fmt: skip
    numbers = {id: citer.claim(one) for id, one in citer.testimonies.items()}
    stages, _ = stages_of(dossier)
    brief = Brief(
        dossier.title, "", first, sections, tuple(citer.citations), citer.sources(), (), stages, "told"
    )
    incident = card.incident
    body = (
        f'{_head(leaf, brief, numbers)}<div class="sides"><div>'
        + "".join(_section(section, brief, numbers) for section in sections)
        + f"{_citations(brief, citer.testimonies)}{_reports(brief.sources)}</div>"
        + f'<div class="beside">{_facts(leaf, front)}</div></div>'
    )
    return framed(front, path_of(incident.id), title_of(incident), body, map=incident.place is not None)


def _head(leaf: Leaf, brief: Brief, numbers: Mapping[str, int]) -> str:
    incident = leaf.dossier.cards[0].incident
    period = incident.period
    place = incident.place
    names = [safe(n) for n in dict.fromkeys(
        (place.name, place.adm1 or "", leaf.land.name if leaf.land else "")) if n] if place else []  # fmt: skip
    where = f" · <bdi>{', '.join(names)}</bdi>" if names else ""
    days = days_html(period.start, period.end) if period else days_html(None, None)
    wider = (
        f'<p class="notice">Within {_tie(leaf.wider, incident.id)}: that toll already holds this one, the two '
        "are never added.</p>"
        if leaf.wider
        else ""
    )
    return (
        f'<header><p class="over">{review_html(incident.review)} <span '
        f'class="tag">{safe(incident.grade or "not graded")}</span> '
        f"<code>{safe(incident.id)}</code></p><h1><bdi>{safe(title_of(incident))}</bdi></h1>"
        f'<p class="lead headline">{sentence_html(brief.headline, numbers)}</p><p '
        f'class="soft">{days}{where}</p>{wider}</header>\n'
    )


def _section(section: Section, brief: Brief, numbers: Mapping[str, int]) -> str:
    chart = chart_of(brief) if section.title == "History" else None
    figure = (
        f'<figure class="chart">{to_svg(chart, themed=True)}<figcaption '
        f'class="soft">{safe(chart_title(brief))}</figcaption></figure>'
        if chart
        else ""
    )
    name = section.title.split()[0].lower()
    return (
        f'<section aria-labelledby="h-{name}"><h2 id="h-{name}">{safe(section.title)}</h2>{figure}'
        f"{blocks_html(section.blocks, numbers)}</section>\n"
    )


def _tolls(incident: Incident) -> list[Toll]:
    statuses: list[str] = ["all", *(s for s in STATUSES if s != "all")]
    harms: tuple[str, ...] = HARMS
    return sorted(incident.tolls, key=lambda t: (harms.index(t.harm), statuses.index(t.status)))


def _ledger(card: IncidentCard, citer: Citer) -> Section:
    """Tell for each toll every figure that was considered, whether it counts, and why."""
    blocks: list[Paragraph] = []
    told: set[tuple[str, str]] = set()
    for toll in _tolls(card.incident):
        # what is told under all victims is told once; under a status stand those that count there, and what is nowhere else
        entries = [
            e
            for e in toll.ledger
            if toll.status == "all" or e.use in COUNTING or (toll.harm, e.claim) not in told
        ]
        told |= {(toll.harm, e.claim) for e in entries}
        if not entries:
            continue
        figure = _figure(toll, card.incident, citer)
        lead = said(
            figure,
            f" {HARM_WORDS[toll.harm]}, by these figures:",
            unreviewed=card.incident.review != "signed_off",
        )
        blocks.append(Paragraph((lead,)))
        for entry in sorted(entries, key=lambda e: list(_USES).index(e.use)):
            blocks.append(Paragraph((_entry(entry, citer),), bullet=True))
    if not blocks:
        blocks.append(Paragraph((said("No figure was considered."),)))
    return Section("Ledger: how the toll adds up", tuple(blocks))


def _entry(entry: Entry, citer: Citer) -> Sentence:
    one = citer.testimonies.get(entry.claim)
    reason = Part(citer.reason(entry.reason), "reason", claims=(entry.claim,))
    if one is None:
        return ended(said(f"{_USES[entry.use]}: ", reason))
    day = one.reference.published
    parts: list[Part | str] = [
        f"{_USES[entry.use]}: ", quotation(one.claim.evidence.quote, (citer.claim(one),)), ", ", named(citer.voice(one)),
    ]  # fmt: skip
    parts += [", ", Part(day_words(day), "day")] if day else []
    return ended(said(*parts, " – ", reason, unreviewed=not citer.is_reviewed(one)))


def _figure(toll: Toll, incident: Incident, citer: Citer) -> Part:
    claims, cites = citer.of_toll(incident, toll)
    text, values = figure_words(toll.low, toll.best, toll.high, [c.claim.count for c in claims], toll.status)
    return Part(text[:1].upper() + text[1:], "persons", values, tuple(c.id for c in claims), cites)


def _history(steps: tuple[Step, ...], card: IncidentCard, citer: Citer) -> Section:
    """Tell each value that the tolls of all victims had, by the day it was told and by the moment it was recorded."""
    blocks: list[Paragraph] = []
    for axis, lead in (
        ("told", "By the day on which reports told it"),
        ("recorded", "By the moment from which the record held it"),
    ):
        own = [s for s in steps if s.axis == axis and s.figures.status == "all"]
        if own:
            blocks.append(Paragraph((), lead))
            blocks += [Paragraph((ended(_step(s, card, citer)),), bullet=True) for s in own]
    if not blocks:
        blocks.append(Paragraph((said("The tolls had no earlier value."),)))
    return Section("History", tuple(blocks))


def _step(step: Step, card: IncidentCard, citer: Citer) -> Sentence:
    f = step.figures
    day = step.start[:10]
    behind = [
        one for one in card.testimonies
        if one.claim.harm == f.harm and (step.axis == "recorded" or (one.reference.published or "")[:10] <= day)
    ]  # fmt: skip
    text, values = figure_words(f.low, f.best, f.high, (), "all")
    kind, _, id = step.cause.partition(" ")
    cause = citer.testimonies.get(id)
    cites = (citer.claim(cause),) if cause is not None else ()
    decided = next((r for r in card.reviews if r.id == id), None)
    dated: list[Part | str] = (
        ["From ", Part(day_words(day), "day")] if day[:4] != "0000" else ["Without a day"]
    )
    figure = Part(text, "persons", values, tuple(c.id for c in behind), cites)
    parts: list[Part | str] = [*dated, ": ", figure, f" {HARM_WORDS[f.harm]}"]
    if cause is not None:
        parts += [", moved by ", named(citer.voice(cause))]
    elif decided is not None or kind == "review":
        parts.append(
            f", moved by a person's decision ({plain(decided.action)})"
            if decided
            else ", moved by a person's decision"
        )
    elif kind == "report":
        parts.append(", when a report came in")
    return said(*parts, unreviewed=card.incident.review != "signed_off")


def _citations(brief: Brief, claims: Mapping[str, Testimony]) -> str:
    heads = {source.report: source for source in brief.sources}
    rows = "".join(_citation(c, heads.get(c.report or "")) for c in brief.citations)
    return (
        '<section aria-labelledby="h-quotes"><h2 id="h-quotes">Quotes</h2><p class="soft">Every figure above '
        "leads here: the words, "
        f'the report, the day, the address.</p><ol class="cites">{rows}</ol></section>\n'
    )


def _citation(one: Citation, source: Source | None) -> str:
    if one.kind == "decision":
        return f'<li id="c{one.number}">Decision of a person: <span class="why" dir="auto">{safe(one.quote)}</span></li>\n'
    words = " ".join(one.quote.split())
    state = "read by machine" if one.state == "machine" else one.state
    where = ""
    if source is not None:
        title = source.title or "untitled report"
        published = day_html(source.published[:10]) if source.published else "undated"
        where = f"<bdi>{safe(source.publisher or 'unknown outlet')}</bdi>, {outward(source.url, safe(title))}, {published}"
    claim = f' data-claim="{safe(one.claim)}"' if one.claim else ""
    return (
        f'<li id="c{one.number}"{claim} data-report="{safe(one.report)}" data-start="{one.start}" data-end="{one.end}">'
        f'<q><bdi>{safe(words)}</bdi></q> <span class="soft">{where} · {one.kind}, {safe(state)}</span></li>\n'
    )


def _reports(sources: tuple[Source, ...]) -> str:
    rows = []
    for source in sources:
        published = day_html(source.published[:10]) if source.published else "undated"
        address = f"<br>{outward(source.url, safe(source.url))}" if source.url else ""
        captured = f" · received {day_html(source.captured[:10])}" if source.captured else ""
        digest = f"<br><code>SHA-256 {safe(source.original)}</code>" if source.original else ""
        rows.append(
            f'<li><b><bdi>{safe(source.title or "untitled report")}</bdi></b><br><span class="soft"><bdi>'
            f"{safe(source.publisher or 'unknown outlet')}</bdi>, {published}{captured}{address}{digest}</span></li>\n"
        )
    return (
        '<section aria-labelledby="h-reports"><h2 id="h-reports">Reports</h2>'
        f'<ul class="plain reports">{"".join(rows)}</ul></section>\n'
    )


def _reasons(reasons: tuple[str, ...]) -> str:
    lines = [f'<span class="why" dir="auto">{safe(reason)}</span>' for reason in reasons]
    if len(lines) < 5:
        return "<br>".join(lines)
    more = "<br>".join(lines[3:])
    return f'{"<br>".join(lines[:3])}<details><summary><span class="r">{len(lines) - 3}</span> more</summary>{more}</details>'


def _tie(tie: Tie, here: str) -> str:
    return f'<a href="../../{path_of(tie.id)}"><bdi>{safe(titled(tie.title, tie.start, tie.end))}</bdi></a>'


def _facts(leaf: Leaf, front: Front) -> str:
    card = leaf.dossier.cards[0]
    one, place = card.incident, card.incident.place
    drawn = ""
    if place is not None:
        exact = one.where_prec in (1, 2) and place.lat is not None
        spot = f' data-lat="{place.lat}" data-lon="{place.lon}"' if exact else ""
        area = f' data-division="{safe(leaf.division)}"' if leaf.division and one.where_prec in (3, 4) else ""
        drawn = (
            f'<div class="map small" data-map{spot} data-country="{safe(place.country)}"{area} role="region" '
            f'aria-label="Map of {safe(place.name)}"></div><p class="soft">{PRECISION[one.where_prec or 7]} '
            "Borders: Natural Earth; they say nothing about who holds what.</p>"
        )
    sides = "; ".join(
        f'<bdi>{safe(s.name)}</bdi> <span class="soft">({", ".join(s.bases)})</span>' for s in one.parties
    )
    origins = ", ".join(f"<bdi>{safe(o.name)}</bdi>" for o in one.independent_origins)
    rows = [
        (
            "Grade",
            f'<b>{safe(one.grade or "none")}</b><br><span class="soft why" dir="auto">{safe(one.grade_reason)}</span>',
        ),
        ("Parties named", sides),
        ("Means", safe(", ".join(plain(m) for m in one.means))),
        ("Independent origins", origins),
        ("Reports", record_html(len(one.reports), "report", "reports")),
        (
            "One event because",
            "<br>".join(f'<span class="why" dir="auto">{safe(r)}</span>' for r in one.reasons),
        ),
        ("Formerly", ", ".join(f"<code>{safe(i)}</code>" for i in one.previous_ids)),
    ]
    facts = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in rows if words)
    parts = "".join(
        f'<li>{_tie(p, one.id)} <span class="soft">{figures_html(p.id, p.figures)}</span></li>'
        for p in leaf.parts
    )
    held = (
        '<h3>Told in parts</h3><p class="soft">This toll holds theirs; they are never added to it.</p><ul '
        f'class="plain">{parts}</ul>'
        if parts
        else ""
    )
    return (
        f'<section aria-labelledby="h-about"><h2 id="h-about">About this incident</h2>{drawn}<dl '
        f'class="facts">{facts}</dl>{held}'
        f'<h3>How to cite it</h3><p class="soft"><bdi>{safe(front.title)}</bdi>, incident '
        f"<code>{safe(one.id)}</code>, as known on "
        f"{day_html(front.edition.as_of[:10])}.</p></section>"
    )
