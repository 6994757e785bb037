"""The small machines below the sources: reading forward, unpacking, telling kinds; for any bytes."""

import contextlib
import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import SourceError
from tollbook.sources.encoding import body_of
from tollbook.sources.forward import Budget, Forward
from tollbook.sources.kinds import kind_of
from tollbook.sources.tape import records_of

BYTES = st.binary(max_size=400)


def dripping(data: bytes, sizes: list[int]) -> Forward:
    """Return a stream that gives its bytes in pieces of these sizes, again and again."""
    file, at = io.BytesIO(data), iter(range(10**9))
    return Forward(lambda count: file.read(min(count, sizes[next(at) % len(sizes)])))


@given(BYTES, st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(0, 50))
def test_what_is_looked_at_is_still_read(data: bytes, sizes: list[int], ahead: int) -> None:
    stream = dripping(data, sizes)
    assert stream.peek(ahead) == data[:ahead]
    assert stream.read(7) == data[:7]
    assert stream.tell() == len(data[:7])
    assert stream.read(10_000) == data[7:]
    assert stream.read(1) == b""


@given(
    st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"")), max_size=8),
    st.integers(1, 9),
    st.integers(1, 40),
)
def test_lines_come_whole_or_are_known_to_be_too_long(rows: list[bytes], size: int, most: int) -> None:
    data = b"\n".join(rows)
    found = list(dripping(data, [size]).lines(most))
    expected = data.split(b"\n") if data else []
    if expected and not expected[-1]:
        expected.pop()
    assert len(found) == len(expected)
    for line, whole in zip(found, expected, strict=True):
        if len(whole) < most:
            assert line.rstrip(b"\n") == whole
        else:
            assert whole.startswith(line.rstrip(b"\n")[:most])


@given(
    BYTES,
    st.lists(st.integers(1, 50), min_size=1, max_size=5),
    st.sampled_from(["", "gzip", "deflate", "gzip, deflate"]),
    st.booleans(),
)
def test_what_was_encoded_is_decoded(data: bytes, sizes: list[int], layers: str, chunked: bool) -> None:
    body = data
    for layer in [word.strip() for word in layers.split(",") if word]:
        body = gzip.compress(body) if layer == "gzip" else zlib.compress(body)
    if chunked:
        pieces, at = [], 0
        while at < len(body):
            size = sizes[len(pieces) % len(sizes)]
            piece = body[at : at + size]
            pieces.append(b"%x\r\n" % len(piece) + piece + b"\r\n")
            at += size
        body = b"".join(pieces) + b"0\r\n\r\n"
    headers = {"content-encoding": layers, "transfer-encoding": "chunked" if chunked else ""}
    assert body_of(body, headers, 10_000) == data


@given(BYTES, st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "identity"]), st.booleans())
def test_any_body_is_decoded_or_refused(data: bytes, layers: str, chunked: bool) -> None:
    with contextlib.suppress(SourceError):
        body_of(data, {"content-encoding": layers, "transfer-encoding": "chunked" * chunked}, 10_000)


@given(st.lists(st.binary(max_size=60), max_size=5), st.booleans(), st.integers(1, 20))
def test_records_come_back_as_they_were_written(blocks: list[bytes], packed: bool, size: int) -> None:
    written = [
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n" % len(b) + b + b"\r\n\r\n"
        for b in blocks
    ]
    data = b"".join(gzip.compress(record) if packed else record for record in written)
    records = list(records_of(dripping(data, [size]), 1000, Budget(len(data))))
    assert [record.block for record in records] == blocks
    assert [record.raw for record in records] == written


@given(
    st.lists(st.binary(min_size=1, max_size=40).filter(lambda b: b"WARC/" not in b), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_record_after_rubbish_is_found(rubbish: list[bytes], packed: bool) -> None:
    good = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
    data = gzip.compress(good) + b"\x1f\x8b\x08\x00broken" if packed else good + b"".join(rubbish) + b"\r\n"
    data += gzip.compress(good) if packed else good
    records = list(records_of(dripping(data, [64]), 1000, Budget(len(data))))
    assert [record.block for record in records if record.block is not None] == [b"abc", b"abc"]


@given(BYTES, st.text(max_size=10))
def test_any_bytes_are_of_some_kind(data: bytes, name: str) -> None:
    assert kind_of(data, name)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (
            b"<?xml version='1.0'?><!-- a --><!DOCTYPE rss [<!ENTITY x 'y'>]>\n<rss version='2.0'>",
            "a.html",
            "feed",
        ),
        (b"\xef\xbb\xbf<feed xmlns='x'>", "a", "feed"),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "a", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "a.xml", "feed"),
        (b"<sm:urlset xmlns:sm='x'>", "a.xml", "sitemap"),
        (b"<!DOCTYPE html><html>", "feed.rss", "report"),
        (b"https://a.example/1\n# so\n\nhttp://b.example/2", "a.txt", "addresses"),
        (b"https://a.example/1\n", "a.html", "report"),
        (b"https://a.example/1 killed nine\n", "a.txt", "report"),
        (b"anything", "a.urls", "addresses"),
        (b"%PDF-1.7 https", "a.zip", "report"),
        (b'{"text":"a"}\n', "a.txt", "lines"),
        (b"User-agent: *\nSitemap: https://a.example/s.xml", "https://a.example/robots.txt", "robots"),
        (b"User-agent: *\nDisallow: /", "https://a.example/robots.txt", "report"),
        (b"filedesc://a.arc 0.0.0.0 20250307 text/plain 77\n", "a", "arc"),
        (b"", "a.zip", "report"),
    ],
)
def test_kinds_are_told_by_content(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind
