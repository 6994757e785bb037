"""json: Reading -> one line of JSON, in the shape of the record."""

import msgspec

from tollbook.errors import Problem
from tollbook.model.reading import Reading

_ENCODER = msgspec.json.Encoder()


def to_json(reading: Reading) -> bytes:
    """Write a reading as one line of JSON, keys in the order of the record."""
    return _ENCODER.encode(reading)


def error_json(problem: Problem) -> bytes:
    """Write an item that could not be read as {"ref", "error", "where"}."""
    return _ENCODER.encode({"ref": problem.ref, "error": problem.what, "where": problem.where})
