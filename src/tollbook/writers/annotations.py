"""annotations: claims -> W3C Web Annotations in JSON-LD, with PROV for who derived what from which report.

Offsets are code points of the report's stored text in NFC, `start` inclusive and `end` exclusive; browsers count otherwise.
"""

import json
from pathlib import Path
from typing import Any

from tollbook.model.folio import Edition, Folio
from tollbook.model.testimony import Testimony

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {
    "prov": "http://www.w3.org/ns/prov#",
    "tollbook": "urn:tollbook:",
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "harm": "tollbook:harm", "status": "tollbook:status", "low": "tollbook:low", "best": "tollbook:best",
    "high": "tollbook:high", "reviewState": "tollbook:reviewState", "incident": {"@id": "tollbook:incident", "@type": "@id"},
}]  # fmt: skip


class Annotations:
    """Writes annotations.jsonld: one annotation for each claim, and the entities they were derived from."""

    around = True

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._file = (Path(folder) / "annotations.jsonld").open("w", encoding="utf-8", newline="\n")
        self._edition = edition
        self._first = True
        self._known: set[str] = set()
        self._file.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [')
        self._put({"id": f"urn:tollbook:program:{edition.program.replace(' ', ':')}",
                   "type": ["Software", "prov:SoftwareAgent"], "name": edition.program})  # fmt: skip

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident's claims."""
        incident = folio.card.incident
        around = {id: (before, after) for id, before, after in folio.around}
        origins = {one.origin.id: one.origin for one in folio.card.testimonies}
        for origin in origins.values():
            if origin.id not in self._known:
                self._known.add(origin.id)
                self._put({"id": _urn("origin", origin.id), "type": "prov:Agent", "name": origin.name})
        for one in folio.card.testimonies:
            self._put(_annotation(one, incident.id, around.get(one.id, ("", "")), self._edition))
        losses = ("its tolls and their ledgers: annotations carry claims only",) if incident.tolls else ()
        return losses + (("effects and statements",) if folio.card.effects or folio.card.statements else ())

    def close(self) -> None:
        """Finish the file."""
        self._file.write("\n]}\n")
        self._file.close()

    def _put(self, node: dict[str, Any]) -> None:
        self._file.write(("" if self._first else ",") + "\n" + json.dumps(node, ensure_ascii=False))
        self._first = False


def _urn(kind: str, id: str) -> str:
    return f"urn:tollbook:{kind}:" + "".join(c if c.isalnum() or c in "-._" else f"%{ord(c):02X}" for c in id)


def _annotation(one: Testimony, incident: str, around: tuple[str, str], edition: Edition) -> dict[str, Any]:
    evidence, claim = one.claim.evidence, one.claim
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": evidence.quote}
    if around[0]:
        quote["prefix"] = around[0]
    if around[1]:
        quote["suffix"] = around[1]
    source = _urn("report", one.report)
    return {
        "id": _urn("claim", one.id), "type": ["Annotation", "prov:Entity"], "motivation": "identifying",
        "created": one.recorded, "creator": f"urn:tollbook:program:{edition.program.replace(' ', ':')}",
        "body": {
            "type": "Dataset", "harm": claim.harm, "modality": claim.modality, "scope": claim.scope,
            "status": claim.victims.status, "low": claim.count.low, "best": claim.count.best,
            "high": claim.count.high, "reviewState": claim.state,
            "incident": _urn("incident", incident),
        },
        "target": {
            "source": source,
            "selector": [quote, {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}],
        },
        "wasDerivedFrom": source, "wasQuotedFrom": source, "wasAttributedTo": _urn("origin", one.origin.id),
    }  # fmt: skip
