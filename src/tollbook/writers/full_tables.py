"""full_tables: incidents -> the rows of the whole record: reports, claims, incidents, tolls, ledger, history, decisions."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tollbook.model.folio import Folio
from tollbook.model.testimony import Testimony

# table -> its columns with their types: s text, i whole number, f number, b yes or no
TABLES: dict[str, dict[str, str]] = {
    "reports": dict.fromkeys(
        ("report", "url", "title", "publisher", "author", "published", "language", "story", "recorded", "superseded_by"), "s"
    ),
    "claims": {
        **dict.fromkeys(
            ("claim", "incident", "report", "harm", "count_quote", "count_kind"), "s"
        ),
        "low": "i", "best": "i", "high": "i", "vague": "b",
        **dict.fromkeys(
            ("victims_quote", "status", "sex", "age_group", "identities", "affiliation", "parties", "means", "places",
             "when_quote", "when_start", "when_end", "origin_id", "origin", "origin_kind", "chain", "scope", "modality",
             "part_of", "relation", "supersedes", "evidence_quote"), "s"
        ),
        "evidence_start": "i", "evidence_end": "i",
        "reader": "s", "state": "s", "confidence": "f", "recorded": "s",
    },
    "incidents": {
        **dict.fromkeys(
            ("incident", "previous_ids", "parent", "counted_in", "title", "place", "country", "adm1"), "s"
        ),
        "lat": "f", "lon": "f", "where_prec": "i", "start": "s", "end": "s", "date_prec": "i", "type_of_violence": "i",
        "clarity": "i", "parties": "s", "means": "s", "grade": "s", "grade_reason": "s", "reports": "i", "origins": "i",
        "review": "s", "conflicts": "s", "reasons": "s",
    },
    "tolls": {"incident": "s", "harm": "s", "status": "s", "low": "i", "best": "i", "high": "i", "profile": "s"},
    "ledger": dict.fromkeys(("incident", "harm", "status", "claim", "use", "reason"), "s"),
    "history": {
        **dict.fromkeys(("incident", "harm", "status"), "s"), "low": "i", "best": "i", "high": "i",
        **dict.fromkeys(("recorded_from", "recorded_to", "cause"), "s"),
    },
    "decisions": dict.fromkeys(
        ("decision", "at", "by", "action", "targets", "field", "old", "new", "reason"), "s"
    ),
    "effects": {"incident": "s", "report": "s", "kind": "s", "quote": "s", "start": "i", "end": "i"},
    "statements": {**dict.fromkeys(("incident", "report", "speaker", "act", "about", "quote"), "s"), "start": "i", "end": "i"},
}  # fmt: skip
Row = tuple[Any, ...]  # in the order of the table's columns
_text = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=5_000)  # the same few lists of names stand in most rows
def _names(values: tuple[str, ...]) -> str | None:
    return _text(values) if values else None


def rows_of(folio: Folio) -> Iterator[tuple[str, str, Row]]:
    """Yield (table, key, row) of one incident; rows of the same key are one, told by several incidents."""
    card, incident = folio.card, folio.card.incident
    yield "incidents", incident.id, _incident(folio)
    for line in card.reports:
        h = line.reference
        yield "reports", h.id, (
            h.id, h.url, h.title, h.publisher, h.author, h.published, h.language, line.story, line.recorded,
            line.superseded_by,
        )  # fmt: skip
    for one in card.testimonies:
        yield "claims", one.id, _claim(one, incident.id)
    for toll in incident.tolls:
        head = (incident.id, toll.harm, toll.status)
        yield "tolls", "", (*head, toll.low, toll.best, toll.high, card.profile)
        for entry in toll.ledger:
            yield "ledger", "", (*head, entry.claim, entry.use, entry.reason)
    for step in folio.steps:
        f = step.figures
        yield "history", "", (
            step.incident, f.harm, f.status, f.low, f.best, f.high, step.start, step.end, step.cause,
        )  # fmt: skip
    for r in card.reviews:
        yield "decisions", r.id, (
            r.id, r.at, r.by, r.action, _names(r.targets), r.field, r.old, r.new, r.reason,
        )  # fmt: skip
    yield from _beside(folio)


def _beside(folio: Folio) -> Iterator[tuple[str, str, Row]]:
    id = folio.card.incident.id
    for report, effect in folio.card.effects:
        yield "effects", "", (id, report, effect.kind, effect.quote, effect.start, effect.end)
    for report, said in folio.card.statements:
        about, evidence = said.about and said.about.quote, said.evidence
        yield "statements", "", (
            id, report, said.speaker.name, said.act, about, evidence.quote, evidence.start, evidence.end,
        )  # fmt: skip


def _incident(folio: Folio) -> Row:
    i = folio.card.incident
    period, place = i.period, i.place
    parties = [{"name": s.name, "bases": s.bases, "origins": s.origins} for s in i.parties]
    return (
        i.id, _names(i.previous_ids), i.parent, folio.counted_in, i.title, place and place.name,
        folio.land.alpha3 if folio.land else None, place and place.adm1, place and place.lat, place and place.lon,
        i.where_prec, period and period.start, period and period.end, i.date_prec, i.type_of_violence, i.clarity,
        _text(parties) if parties else None, _names(i.means), i.grade, i.grade_reason, len(i.reports),
        len(i.independent_origins), i.review, _names(tuple(f"{c.kind}: {c.message}" for c in i.conflicts)),
        _names(i.reasons),
    )  # fmt: skip


def _claim(one: Testimony, incident: str) -> Row:
    c = one.claim
    v, n, e = c.victims, c.count, c.evidence
    parties = [{"name": p.name, "basis": p.basis, "quote": p.quote} for p in c.by]
    return (
        one.id, incident, one.report, c.harm, n.quote, n.kind, n.low, n.best, n.high, n.vague, v.quote, v.status, v.sex,
        v.age_group, _names(v.identities), v.affiliation, _text(parties) if parties else None,
        _names(tuple([m.name for m in c.means])), _names(tuple([p.name for p in c.where])), c.when and c.when.quote,
        c.when and c.when.start, c.when and c.when.end, one.origin.id, one.origin.name, one.origin.kind, _names(one.chain),
        c.scope, c.modality, c.part_of and c.part_of.claim, c.part_of and c.part_of.relation, c.supersedes, e.quote, e.start,
        e.end, c.reader, c.state, c.confidence, one.recorded,
    )  # fmt: skip
