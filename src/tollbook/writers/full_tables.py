"""full_tables: incidents -> the rows of the whole record: reports, claims, incidents, tolls, ledger, history, decisions."""

import json
from collections.abc import Iterator
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
Row = dict[str, Any]


def _list(values: Any) -> str | None:
    return json.dumps(list(values), ensure_ascii=False) if values else None


def rows_of(folio: Folio) -> Iterator[tuple[str, str, Row]]:
    """Yield (table, key, row) of one incident; rows of the same key are one, told by several incidents."""
    card, incident = folio.card, folio.card.incident
    yield "incidents", incident.id, _incident(folio)
    for line in card.reports:
        h = line.reference
        yield "reports", h.id, {
            "report": h.id, "url": h.url, "title": h.title, "publisher": h.publisher, "author": h.author,
            "published": h.published, "language": h.language, "story": line.story, "recorded": line.recorded,
            "superseded_by": line.superseded_by,
        }  # fmt: skip
    for one in card.testimonies:
        yield "claims", one.id, _claim(one, incident.id)
    for toll in incident.tolls:
        row = {"incident": incident.id, "harm": toll.harm, "status": toll.status}
        figures = {"low": toll.low, "best": toll.best, "high": toll.high}
        yield "tolls", "", row | figures | {"profile": card.profile}
        for entry in toll.ledger:
            yield "ledger", "", row | {"claim": entry.claim, "use": entry.use, "reason": entry.reason}
    for step in folio.steps:
        f = step.figures
        yield "history", "", {
            "incident": step.incident, "harm": f.harm, "status": f.status, "low": f.low, "best": f.best, "high": f.high,
            "recorded_from": step.start, "recorded_to": step.end, "cause": step.cause,
        }  # fmt: skip
    for r in card.reviews:
        yield "decisions", r.id, {
            "decision": r.id, "at": r.at, "by": r.by, "action": r.action, "targets": _list(r.targets), "field": r.field,
            "old": r.old, "new": r.new, "reason": r.reason,
        }  # fmt: skip
    yield from _beside(folio)


def _beside(folio: Folio) -> Iterator[tuple[str, str, Row]]:
    id = folio.card.incident.id
    for report, effect in folio.card.effects:
        yield "effects", "", {
            "incident": id, "report": report, "kind": effect.kind, "quote": effect.quote, "start": effect.start,
            "end": effect.end,
        }  # fmt: skip
    for report, said in folio.card.statements:
        yield "statements", "", {
            "incident": id, "report": report, "speaker": said.speaker.name, "act": said.act,
            "about": said.about and said.about.quote, "quote": said.evidence.quote, "start": said.evidence.start,
            "end": said.evidence.end,
        }  # fmt: skip


def _incident(folio: Folio) -> Row:
    i = folio.card.incident
    period, place = i.period, i.place
    return {
        "incident": i.id, "previous_ids": _list(i.previous_ids), "parent": i.parent, "counted_in": folio.counted_in,
        "title": i.title, "place": place and place.name, "country": folio.land.alpha3 if folio.land else None,
        "adm1": place and place.adm1, "lat": place and place.lat, "lon": place and place.lon, "where_prec": i.where_prec,
        "start": period and period.start, "end": period and period.end, "date_prec": i.date_prec,
        "type_of_violence": i.type_of_violence, "clarity": i.clarity,
        "parties": _list({"name": s.name, "bases": s.bases, "origins": s.origins} for s in i.parties) if i.parties else None,
        "means": _list(i.means), "grade": i.grade, "grade_reason": i.grade_reason, "reports": len(i.reports),
        "origins": len(i.independent_origins), "review": i.review,
        "conflicts": _list(f"{c.kind}: {c.message}" for c in i.conflicts) if i.conflicts else None,
        "reasons": _list(i.reasons),
    }  # fmt: skip


def _claim(one: Testimony, incident: str) -> Row:
    c = one.claim
    v, n, e = c.victims, c.count, c.evidence
    return {
        "claim": one.id, "incident": incident, "report": one.report, "harm": c.harm, "count_quote": n.quote,
        "count_kind": n.kind, "low": n.low, "best": n.best, "high": n.high, "vague": n.vague, "victims_quote": v.quote,
        "status": v.status, "sex": v.sex, "age_group": v.age_group, "identities": _list(v.identities),
        "affiliation": v.affiliation, "parties": _list({"name": p.name, "basis": p.basis, "quote": p.quote} for p in c.by)
        if c.by else None, "means": _list(m.name for m in c.means) if c.means else None,
        "places": _list(p.name for p in c.where) if c.where else None, "when_quote": c.when and c.when.quote,
        "when_start": c.when and c.when.start, "when_end": c.when and c.when.end, "origin_id": one.origin.id,
        "origin": one.origin.name, "origin_kind": one.origin.kind, "chain": _list(one.chain), "scope": c.scope,
        "modality": c.modality, "part_of": c.part_of and c.part_of.claim, "relation": c.part_of and c.part_of.relation,
        "supersedes": c.supersedes, "evidence_quote": e.quote, "evidence_start": e.start, "evidence_end": e.end,
        "reader": c.reader, "state": c.state, "confidence": c.confidence, "recorded": one.recorded,
    }  # fmt: skip
