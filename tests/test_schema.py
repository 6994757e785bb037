"""The shipped JSON Schema is what the types say, and what is written obeys it."""

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

import tollbook
from tollbook.desk.examples import example_names, example_path, published_of
from tollbook.writers.schema import schema_text, shipped_schema

SCHEMA = json.loads(shipped_schema())


def written(name: str) -> dict[str, object]:
    path = example_path(name)
    reading = tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path))
    value = json.loads(reading.to_json())
    assert isinstance(value, dict)
    return value


def test_the_shipped_schema_is_fresh() -> None:
    assert shipped_schema() == schema_text(), "run: python tools/build_schema.py"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", example_names())
def test_what_is_written_obeys_the_schema(name: str) -> None:
    Draft202012Validator(SCHEMA).validate(written(name))


def test_the_schema_refuses_what_is_no_reading() -> None:
    reading = written("coast")
    validator = Draft202012Validator(SCHEMA)
    for key in ("report", "claims", "toll"):
        with pytest.raises(ValidationError):
            validator.validate({k: v for k, v in reading.items() if k != key})
    with pytest.raises(ValidationError):
        validator.validate({**reading, "more": 1})
    claims = reading["claims"]
    assert isinstance(claims, list)
    with pytest.raises(ValidationError):
        validator.validate({**reading, "claims": [{**claims[0], "harm": "hurt"}]})


def test_every_object_is_closed_and_whole() -> None:
    for part in SCHEMA["$defs"].values():
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
