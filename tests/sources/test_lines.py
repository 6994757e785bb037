"""Lines of JSON: one report each; what is broken is told with its number, and the rest goes on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import Problem
from tollbook.sources import Options, Received
from tollbook.sources.lines import read_lines

TEXT = "Two people were killed in Kano."


def one(line: bytes | dict[str, Any], **options: Any) -> Received | Problem:
    data = line if isinstance(line, bytes) else json.dumps(line).encode()
    (item,) = read_lines([data], "x.jsonl", Options(**options))
    return item


def received(line: bytes | dict[str, Any], **options: Any) -> Received:
    item = one(line, **options)
    assert isinstance(item, Received), item
    return item


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{broken", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"{}", "no 'text'"),
        (b'{"text": 5}', "no 'text'"),
        (b'{"text": " "}', "the text is empty"),
        (b'{"text": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nests too deep"),
    ],
)
def test_what_is_no_report_is_told_with_its_line(line: bytes, told: str) -> None:
    good = json.dumps({"id": "g", "text": TEXT}).encode()
    items = list(read_lines([good, b"\n", line, good], "x.jsonl", Options()))
    assert [type(i) for i in items] == [Received, Problem, Received]
    problem = items[1]
    assert isinstance(problem, Problem)
    assert problem.where == "x.jsonl, line 3"
    assert told in problem.what


def test_a_problem_keeps_the_givers_id() -> None:
    item = one({"id": "a7", "text": ""})
    assert isinstance(item, Problem)
    assert item.ref == "a7"


def test_a_repeated_key_is_told() -> None:
    item = received(b'{"text": "One man was killed.", "text": "Two men were killed."}')
    assert item.report.text == "Two men were killed."
    assert [w.code for w in item.warnings] == ["repeated_key"]
    inner = received({"text": TEXT, "raw": {"text": "x"}})
    assert not inner.warnings


def test_half_a_character_and_bytes_that_are_no_utf_8_are_mended_and_told() -> None:
    for line in (b'{"text": "Two \\ud800 men were killed."}', b'{"text": "Two \xff men were killed."}'):
        item = received(line)
        assert item.report.text == "Two \ufffd men were killed."
        assert [w.code for w in item.warnings] == ["undecodable"]


def test_fields_that_are_not_what_they_should_be_are_left_out_and_told() -> None:
    item = received({"text": TEXT, "published": "last week", "publisher": 5, "title": None, "url": ""})
    assert (item.report.published, item.report.publisher) == (None, None)
    assert [w.code for w in item.warnings] == ["field", "published"]
    whole = received({"text": TEXT, "published": "2025-03-09T10:00:00Z"}, published="2020-01-01")
    assert whole.report.published == "2025-03-09T10:00:00Z"
    assert not whole.warnings
    filled = received({"text": TEXT, "published": "soon"}, published="2020-01-01")
    assert filled.report.published == "2020-01-01"


@pytest.mark.parametrize(("given_id", "ref"), [("a", "a"), (7, "7"), (None, None), ({"a": 1}, '{"a": 1}')])
def test_an_id_comes_back(given_id: Any, ref: str | None) -> None:
    assert received({"id": given_id, "text": TEXT}).report.ref == ref


def test_a_line_over_the_limit_is_told() -> None:
    item = one({"text": "x" * 2_000}, max_bytes=1_000)
    assert isinstance(item, Problem)
    assert "--max-size" in item.what


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(["id", "text", "title", "url", "publisher", "published", "language"])


@given(st.dictionaries(_KEYS, _JSON, max_size=7))
def test_no_object_stops_it(row: dict[str, Any]) -> None:
    for item in read_lines([json.dumps(row).encode()], "x", Options()):
        if isinstance(item, Received):
            item.report.text.encode()


@given(st.binary(max_size=200))
def test_no_bytes_stop_it(line: bytes) -> None:
    list(read_lines([line, b'{"text": "' + line + b'"}'], "x", Options()))


@pytest.mark.parametrize("lines", [[], [b"\n", b"  \r\n"], [b"\xef\xbb\xbf"]])
def test_a_file_without_a_line_is_told(lines: list[bytes]) -> None:
    (item,) = read_lines(lines, "x.jsonl", Options())
    assert isinstance(item, Problem)
    assert "no line in it" in item.what
