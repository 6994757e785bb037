"""describing: the table of calls -> OpenAPI 3.1, made from the very types that answers are made of."""

import re
from functools import cache
from typing import Any

import msgspec

from tollbook.model.version import VERSION
from tollbook.web.api.calls import CALLS, Call
from tollbook.web.person import table

_WHERE = "#/components/schemas/{name}"
_FAULTS = {
    400: "What was asked is not understood",
    401: "No session or key, or one that has ended",
    403: "The role, or the key's scopes, do not allow it; or the request was not made by a page of this room",
    404: "There is nothing of this id",
    409: "Somebody decided in the meantime",
    413: "Too large",
    415: "The body is no JSON",
    422: "It was understood and cannot be done; the words say why",
    503: "The register cannot be read or written just now",
}


@cache
def description() -> dict[str, Any]:
    """Return the description of all calls."""
    kinds = [t for call in CALLS for t in (call.gives, *([call.takes] if call.method == "POST" else []))]
    shown, schemas = msgspec.json.schema_components(kinds, ref_template=_WHERE)
    found = iter(shown)
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        gives = next(found)
        body = next(found) if call.method == "POST" else None
        paths.setdefault(call.path, {})[call.method.lower()] = _call(call, gives, body)
    schemas["Refusal"] = {
        "type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"],
        "description": "Why something was not done.",
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tollbook's review room", "version": VERSION,
            "description": "The calls that the pages make, under the same permissions. Figures are persons; null is unknown, "
            "never nought.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key made on the page of one's account."}
            },
        },
        "security": [{"key": []}, {}],
    }  # fmt: skip


def _call(call: Call, gives: dict[str, Any], body: dict[str, Any] | None) -> dict[str, Any]:
    action = table().routes[f"{call.method} {call.path}"]
    told: dict[str, Any] = {
        "summary": call.summary,
        "operationId": re.sub(r"\W+", "_", f"{call.method.lower()}{call.path}").strip("_"),
        "description": f"{call.takes.__doc__} Least role: {table().actions[action]}.",
        "responses": {
            str(call.status): {"description": "Done", "content": {"application/json": {"schema": gives}}},
            **{str(n): _fault(words) for n, words in _FAULTS.items()},
        },
    }
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
        for name in re.findall(r"\{(\w+)\}", call.path)
    ]
    if body is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    else:
        parameters += _parameters(call.takes)
    if parameters:
        told["parameters"] = parameters
    return told


def _fault(words: str) -> dict[str, Any]:
    schema = {"$ref": _WHERE.format(name="Refusal")}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _parameters(takes: type) -> list[dict[str, Any]]:
    """Return a shape's fields as parameters of the address; one that is not given is not asked about, so none is null."""
    (_,), schemas = msgspec.json.schema_components([takes])
    shape = schemas[takes.__name__]
    made = []
    for name, schema in shape["properties"].items():
        kinds = [kind for kind in schema.get("anyOf", [schema]) if kind != {"type": "null"}]
        one = {k: v for k, v in kinds[0].items() if k != "default"}
        if "enum" in one:
            one["enum"] = [value for value in one["enum"] if value is not None]
        if schema.get("default") is not None:
            one["default"] = schema["default"]
        made.append(
            {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": one}
        )
    return made


__all__ = ["description"]
