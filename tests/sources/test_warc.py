"""WARC and WACZ: what was captured is read, with its address and time; what is broken is told, and the rest goes on."""

import base64
import gc
import gzip
import hashlib
import io
import json
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tollbook.errors import Problem
from tollbook.sources import Options, Received, open_sources

WORDS = "Shelling killed 12 civilians in the town on Monday, officials said. "
DAY = "2025-03-07T10:00:00Z"
Row = tuple[str, str, str, bytes, dict[str, str]]


def page(words: str = WORDS) -> bytes:
    return f"<html><head><title>T</title></head><body><article><p>{words * 4}</p></article></body></html>".encode()


def row(
    url: str, body: bytes = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **more: str
) -> Row:
    headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
    return url, "response", status, body, headers


def warc(rows: Sequence[Row], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library leaves its own temporary files to the collector
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
        for line in rows:
            writer.write_record(record_of(writer, *line))
        gc.collect()
    return out.getvalue()


def record_of(writer: Any, url: str, kind: str, status: str, body: bytes, headers: dict[str, str]) -> Any:
    dated = {"WARC-Date": DAY}
    if kind == "response":
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        return writer.create_warc_record(
            url, kind, io.BytesIO(body), http_headers=http, warc_headers_dict=dated
        )
    if kind == "revisit":
        return writer.create_revisit_record(
            url, headers["digest"], headers["refers"], DAY, warc_headers_dict=dated
        )
    told = headers["Content-Type"]
    return writer.create_warc_record(
        url, kind, io.BytesIO(body), warc_content_type=told, warc_headers_dict=dated
    )


def read(data: bytes, folder: Path, name: str = "a.bin", **options: Any) -> list[Received | Problem]:
    (folder / name).write_bytes(data)
    return list(open_sources([str(folder / name)], Options(**options)))


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n" % len(p) + p + b"\r\n" for p in (body[:40], body[40:])) + b"0\r\n\r\n"


def digest(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


@pytest.mark.parametrize("packed", [True, False])
def test_pages_texts_and_conversions_are_reports_and_nothing_else(tmp_path: Path, packed: bool) -> None:
    rows = [
        row("https://a.example/1", page()),
        row("https://a.example/gone", page("No."), status="404 Not Found"),
        row("https://a.example/moved", status="301 Moved", Location="https://a.example/1"),
        row("https://a.example/p.png", b"\x89PNG", kind="image/png"),
        row("https://a.example/t.txt", WORDS.encode(), kind="text/plain"),
        ("https://a.example/r", "resource", "", page("Nine were killed. "), {"Content-Type": "text/html"}),
        (
            "https://a.example/c",
            "conversion",
            "",
            b"Seven people were killed.",
            {"Content-Type": "text/plain"},
        ),
        ("https://a.example/m", "metadata", "", b"via: x", {"Content-Type": "application/warc-fields"}),
    ]
    items = read(warc(rows, packed=packed), tmp_path)
    assert [item.report.url for item in items if isinstance(item, Received)] == [
        f"https://a.example/{x}" for x in ("1", "t.txt", "r", "c")
    ]
    assert len(items) == 4
    first = items[0]
    assert isinstance(first, Received)
    assert first.report.retrieved == DAY
    assert first.original == page()
    assert first.warnings == ()
    assert first.capture is not None
    assert (first.capture.url, first.capture.time, first.capture.status) == ("https://a.example/1", DAY, 200)
    kept = [
        r.content_stream().read()
        for r in ArchiveIterator(io.BytesIO(first.capture.warc), check_digests="raise")
    ]
    assert kept == [page()]


def test_encodings_are_undone(tmp_path: Path) -> None:
    body = page()
    rows = [
        row("https://a.example/gzip", gzip.compress(body), Content_Encoding="gzip"),
        row("https://a.example/deflate", zlib.compress(body), Content_Encoding="deflate"),
        row("https://a.example/raw-deflate", zlib.compress(body)[2:-4], Content_Encoding="deflate"),
        row("https://a.example/br", brotli.compress(body), Content_Encoding="br"),
        row("https://a.example/chunked", chunked(body), Transfer_Encoding="chunked"),
        row(
            "https://a.example/both",
            chunked(gzip.compress(body)),
            Transfer_Encoding="chunked",
            Content_Encoding="gzip",
        ),
        row("https://a.example/undone", body, Transfer_Encoding="chunked", Content_Encoding="gzip"),
        row(
            "https://a.example/1256",
            page("قتل تسعة أشخاص").decode().encode("cp1256"),
            kind="text/html; charset=windows-1256",
        ),
    ]
    items = read(warc(rows), tmp_path)
    assert [item.original == body for item in items if isinstance(item, Received)] == [True] * 7 + [False]
    last = items[-1]
    assert isinstance(last, Received)
    assert "قتل" in last.report.text


def test_bombs_in_records_are_refused_and_the_next_is_read(tmp_path: Path) -> None:
    zeros = bytes(20_000_000)
    rows = [
        row("https://a.example/gzip", gzip.compress(zeros), Content_Encoding="gzip"),
        row("https://a.example/br", brotli.compress(zeros), Content_Encoding="br"),
        row("https://a.example/layers", b"x", Content_Encoding="gzip, gzip, gzip, gzip"),
        row("https://a.example/big", zeros),
        row("https://a.example/1", page()),
    ]
    items = read(warc(rows), tmp_path, max_bytes=1_000_000)
    assert [type(item) for item in items] == [Problem] * 4 + [Received]


def test_a_capture_that_found_nothing_new(tmp_path: Path) -> None:
    body = page()
    known = (
        "https://a.example/1",
        "revisit",
        "",
        b"",
        {"digest": digest(body), "refers": "https://a.example/1"},
    )
    lost = (
        "https://a.example/9",
        "revisit",
        "",
        b"",
        {"digest": digest(b"x"), "refers": "https://a.example/9"},
    )
    items = read(warc([row("https://a.example/1", body), known, lost]), tmp_path)
    assert [type(item) for item in items] == [Received, Problem]
    assert isinstance(items[1], Problem)
    assert "https://a.example/9" in items[1].what


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_record_is_told_and_the_next_is_read(tmp_path: Path, packed: bool) -> None:
    a, b, c = (
        warc([row(f"https://a.example/{n}", page(f"{n} people were killed. "))], packed=packed)
        for n in (1, 2, 3)
    )
    torn = bytearray(b)
    torn[len(torn) // 2] ^= 255
    if not packed:
        torn = bytearray(b.replace(b"Content-Length: ", b"Content-Length: x"))
    items = read(a + bytes(torn) + c, tmp_path)
    urls = [item.report.url for item in items if isinstance(item, Received)]
    assert urls[0] == "https://a.example/1"
    assert urls[-1] == "https://a.example/3"
    problems = [item for item in items if isinstance(item, Problem)]
    assert problems
    assert "record at byte" in problems[0].where


def test_an_archive_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    data = warc([row("https://a.example/1", page()), row("https://a.example/2", page())])
    items = read(data[:-200], tmp_path)
    assert [type(item) for item in items] == [Received, Problem]


def test_one_packed_stream_of_all_records(tmp_path: Path) -> None:
    data = gzip.compress(
        warc([row("https://a.example/1", page()), row("https://a.example/2", page())], packed=False)
    )
    assert [type(item) for item in read(data, tmp_path)] == [Received, Received]


def test_a_changed_record_is_told(tmp_path: Path) -> None:
    data = warc([row("https://a.example/1", page())], packed=False).replace(b"killed 12", b"killed 99")
    (item,) = read(data, tmp_path)
    assert isinstance(item, Received)
    assert [w.code for w in item.warnings] == ["digest"]


def test_an_archive_without_pages_says_what_it_holds(tmp_path: Path) -> None:
    (item,) = read(warc([row("https://a.example/p.png", b"\x89PNG", kind="image/png")]), tmp_path)
    assert isinstance(item, Problem)
    assert "image/png" in item.what


def wacz(rows: Sequence[Row], listed: Sequence[str], *, changed: bool = False) -> bytes:
    data = warc(rows)
    pages = "\n".join(
        json.dumps(line)
        for line in [{"format": "json-pages-1.0", "id": "pages"}, *({"url": u, "ts": DAY} for u in listed)]
    )
    said = hashlib.sha256(data + (b"x" if changed else b"")).hexdigest()
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [
            {
                "name": "data.warc.gz",
                "path": "archive/data.warc.gz",
                "hash": f"sha256:{said}",
                "bytes": len(data),
            }
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("archive/data.warc.gz", data)
        made.writestr("pages/pages.jsonl", pages)
        made.writestr("datapackage.json", json.dumps(package), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_wacz_gives_the_pages_it_lists(tmp_path: Path) -> None:
    rows = [
        row("https://a.example/frame", page("Advertisement. ")),
        row("https://a.example/old", status="302 Found", Location="/1#top"),
        row("https://a.example/1", page()),
        row("https://a.example/2", page("Nine were killed. ")),
    ]
    listed = ["https://a.example/old", "https://a.example/2#part", "https://a.example/lost"]
    items = read(wacz(rows, listed), tmp_path)
    assert [item.report.url for item in items if isinstance(item, Received)] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    (lost,) = [item for item in items if isinstance(item, Problem)]
    assert lost.where.endswith("https://a.example/lost")
    everything = read(wacz(rows, []), tmp_path)
    assert len(everything) == 3


def test_a_wacz_changed_after_packing_is_told(tmp_path: Path) -> None:
    problem, item = read(
        wacz([row("https://a.example/1", page())], ["https://a.example/1"], changed=True), tmp_path
    )
    assert isinstance(problem, Problem)
    assert "check sum" in problem.what
    assert isinstance(item, Received)


def test_a_warc_in_an_archive_and_at_an_address(tmp_path: Path, site: Any) -> None:
    data = warc([row("https://a.example/1", page())])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x/a.warc.gz", data)
    (item,) = read(out.getvalue(), tmp_path)
    assert isinstance(item, Received)
    site.serve("/a", data, "application/warc")
    (item,) = open_sources([f"{site.url}/a"], Options(allow_private=True))
    assert isinstance(item, Received)
    assert item.report.url == "https://a.example/1"


FUZZED = [
    warc(
        [
            row("https://a.example/1", page()),
            row(
                "https://a.example/2",
                chunked(gzip.compress(page())),
                Transfer_Encoding="chunked",
                Content_Encoding="gzip",
            ),
        ],
        packed=packed,
    )
    for packed in (True, False)
] + [wacz([row("https://a.example/1", page())], ["https://a.example/1"])]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(FUZZED),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), max_size=5),
    st.floats(0, 1),
)
def test_damaged_archives_raise_nothing(
    tmp_path_factory: Any, seed: bytes, changes: list[tuple[float, bytes]], keep: float
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        at = int(place * len(data))
        data[at : at + 2] = value
    items = read(
        bytes(data[: 1 + int(keep * len(data))]), tmp_path_factory.mktemp("fuzz"), max_bytes=2_000_000
    )
    assert items
    assert all(isinstance(item, Received | Problem) for item in items)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_after_a_mark_raise_nothing(tmp_path_factory: Any, rest: bytes) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for head in (
        b"WARC/1.0\r\n",
        b"<rss>",
        b"<urlset>",
        b'{"version":"https://jsonfeed.org/version/1","items":[',
        b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    ):
        assert all(isinstance(item, Received | Problem) for item in read(head + rest, folder, follow=False))
