"""schema: the types of a reading -> the JSON Schema of what `to_json` writes."""

from importlib import resources
from typing import Any

import msgspec

from tollbook.model.reading import Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def reading_schema() -> dict[str, Any]:
    """Make the JSON Schema of one reading from its types: every key is required, no other key is allowed."""
    (root,), parts = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    for part in parts.values():
        if part.get("type") == "object":
            part["required"] = list(part["properties"])
            part["additionalProperties"] = False
            for value in part["properties"].values():
                value.pop("default", None)
    return {
        "$schema": DIALECT,
        "title": "A reading of Tollbook",
        "description": "One report with its claims, effects, statements, places, dates, toll and warnings. Offsets are "
        "half-open, in code points of report.text; null is unknown or open, never zero.",
        **root,
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """Return the schema as the file that is shipped."""
    return msgspec.json.format(msgspec.json.encode(reading_schema()), indent=2).decode() + "\n"


def shipped_schema() -> str:
    """Return the shipped file, reading.schema.json."""
    return (resources.files(__package__) / "reading.schema.json").read_text(encoding="utf-8")
