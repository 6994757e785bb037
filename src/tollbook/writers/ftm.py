"""ftm: incidents -> FollowTheMoney entities as JSON lines: Event, Organization, Article, Documentation, made by its own library.

The library says what a property may hold and writes values as it wants them; what it does not take is told as a loss. There is
no property for a number of casualties: figures stand in `summary` in words, our id in `recordId`.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from tollbook.model.folio import Edition, Folio
from tollbook.writers.cells import named_parties
from tollbook.writers.words import plain, toll_words


class Ftm:
    """Writes entities.ftm.json, one entity a line; a party or article that several incidents share is written once."""

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._model = _library()
        self._file = (Path(folder) / "entities.ftm.json").open("w", encoding="utf-8", newline="\n")
        self._known: dict[str, tuple[str, ...]] = {}  # what the library took nothing of, by the entity's id

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        incident = folio.card.incident
        refused: list[str] = []
        parties = {name: _id("party", name) for name in named_parties(incident)}
        for name, id in parties.items():
            refused += self._put(id, "Organization", {"name": [name]})
        for line in folio.card.reports:
            head = line.reference
            article = _id("report", head.id)
            known = {"title": head.title, "sourceUrl": head.url, "author": head.author,
                     "publishedAt": (head.published or "")[:10] or None, "publisher": head.publisher}  # fmt: skip
            refused += self._put(article, "Article", {k: [v] for k, v in known.items() if v})
            refused += self._put(_id("documentation", head.id + incident.id), "Documentation",
                                 {"document": [article], "entity": [incident.id], "role": ["source"]})  # fmt: skip
        refused += self._put(incident.id, "Event", _event(folio, list(parties.values())))
        return ("figures: only in words, in the summary", *_unsaid(folio), *dict.fromkeys(refused))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def _put(self, id: str, schema: str, properties: dict[str, list[str]]) -> tuple[str, ...]:
        """Write an entity once; return what the library did not take of it, for each incident that has it."""
        if id in self._known:
            return self._known[id]
        entity = self._model.make_entity(schema)
        entity.id = id
        refused = []
        for name, values in properties.items():
            for value in values:
                before = len(entity.get(name))
                entity.add(name, value)  # raises where the schema has no such property
                if len(entity.get(name)) == before:
                    refused.append(f"{schema}.{name}: the library does not take {value!r}")
        self._known[id] = tuple(refused)
        told = entity.to_dict()
        told = {"id": told["id"], "schema": told["schema"], "properties": told["properties"]}
        self._file.write(json.dumps(told, ensure_ascii=False) + "\n")
        return self._known[id]


def _library() -> Any:
    from followthemoney import model  # noqa: PLC0415  # it takes a second, which no other format should wait for

    return model


def _event(folio: Folio, involved: list[str]) -> dict[str, list[str]]:
    incident = folio.card.incident
    period, place = incident.period, incident.place
    tolls = [f"{plain(t.harm)} {toll_words(t)}" for t in incident.tolls if t.status == "all"]
    state = "" if incident.review == "signed_off" else " (unreviewed)"
    known: dict[str, Any] = {
        "name": incident.title, "recordId": incident.id, "startDate": period and period.start,
        "endDate": period and period.end, "location": place and place.name,
        "country": folio.land.code.lower() if folio.land else None,
        "summary": "; ".join(tolls) + state if tolls else None,
    }  # fmt: skip
    found = {key: [value] for key, value in known.items() if value}
    return found | ({"involved": involved} if involved else {})


def _unsaid(folio: Folio) -> tuple[str, ...]:
    return ("who is said to have done it, on what footing, by whom",) if folio.card.incident.parties else ()


def _id(kind: str, words: str) -> str:
    return f"{kind}-{hashlib.sha256(words.encode()).hexdigest()[:20]}"
