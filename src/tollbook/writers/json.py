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
    told = {"ref": problem.ref, "error": problem.what, "where": problem.where}
    return _ENCODER.encode({key: value and _whole(value) for key, value in told.items()})


def _whole(words: str) -> str:
    """Return words as JSON can hold them: a file's name may be bytes that are no text."""
    return words.encode("utf-8", "backslashreplace").decode()
