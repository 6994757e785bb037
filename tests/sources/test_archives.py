"""ZIP, tar and packed files: streamed within limits; one bad member never stops the others; nothing is written."""

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.errors import Problem
from tollbook.sources import Options, Received, archive, forward, open_sources
from tollbook.sources.kinds import kind_of

ONE = b"Shelling killed 12 civilians in the town on Monday, officials said."
TWO = b"Gunmen killed nine people on Sunday."
PAGE = b"<html><body><article><p>" + ONE + b"</p></article></body></html>"


def read(path: Path, **options: Any) -> list[Received | Problem]:
    return list(open_sources([str(path)], Options(**options)))


def told(items: list[Received | Problem]) -> dict[str, str]:
    """Return the text, or what the problem is, of each item by the end of where it is."""
    return {
        item.where.rpartition(", ")[2]: item.report.text if isinstance(item, Received) else item.what
        for item in items
    }


def zipped(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as made:  # type: ignore[call-overload]  # the mode is a parameter here
        for name, data in members.items():
            item = tarfile.TarInfo(name)
            item.size = len(data)
            made.addfile(item, io.BytesIO(data))
    return out.getvalue()


MEMBERS = {
    "a.txt": ONE,
    "deep/b.html": PAGE,
    "c.jsonl": b'{"text":"Nine were killed."}\n',
    "README": TWO,
    "p.png": b"\x89PNG\r\n\x1a\n\0\0",
}


@pytest.mark.parametrize("pack", [
    lambda: zipped(MEMBERS), lambda: zipped(MEMBERS, zipfile.ZIP_BZIP2), lambda: zipped(MEMBERS, zipfile.ZIP_LZMA),
    lambda: tarred(MEMBERS), lambda: tarred(MEMBERS, "w:gz"), lambda: tarred(MEMBERS, "w:bz2"), lambda: tarred(MEMBERS, "w:xz"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["reports.bin", "reports.txt"])
def test_members_are_read_in_order_whatever_the_archive_is_called(
    tmp_path: Path, pack: Callable[[], bytes], name: str
) -> None:
    (tmp_path / name).write_bytes(pack())
    items = read(tmp_path / name)
    where = str(tmp_path / name)
    assert [item.where for item in items] == [
        f"{where}, a.txt",
        f"{where}, deep/b.html",
        f"{where}, c.jsonl, line 1",
        f"{where}, README",
        f"{where}, p.png",
    ]
    assert [type(item) for item in items] == [Received] * 4 + [Problem]
    first = items[0]
    assert isinstance(first, Received)
    assert first.original == ONE


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_what_it_holds(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a.html.packed").write_bytes(pack(PAGE))
    (item,) = read(tmp_path / "a.html.packed")
    assert isinstance(item, Received)
    assert item.report.media_type == "text/html"
    (tmp_path / "torn").write_bytes(pack(ONE * 5000)[:-20])
    (torn,) = read(tmp_path / "torn")
    assert isinstance(torn, Problem)


def test_archives_in_archives_to_a_depth(tmp_path: Path) -> None:
    inner = zipped({"a.txt": ONE})
    (tmp_path / "ok.zip").write_bytes(zipped({"x.tar.gz": tarred({"y.zip": inner}, "w:gz"), "z.txt": TWO}))
    assert list(told(read(tmp_path / "ok.zip")).values()) == [ONE.decode(), TWO.decode()]
    for _ in range(6):
        inner = zipped({"n.zip": inner})
    (tmp_path / "deep.zip").write_bytes(zipped({"n.zip": inner, "z.txt": TWO}))
    deep, flat = read(tmp_path / "deep.zip")
    assert isinstance(deep, Problem)
    assert "deep" in deep.what
    assert isinstance(flat, Received)


def test_names_that_lead_out_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    names = ["../../out.txt", "/etc/out.txt", "C:\\out.txt", "..\\out.txt", "in\x1b[2J\nside\u202e.txt"]
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    (folder / "a.zip").write_bytes(zipped(dict.fromkeys(names, ONE)))
    (folder / "a.tar").write_bytes(tarred(dict.fromkeys(names, ONE)))
    before = sorted(tmp_path.rglob("*"))
    for name in ("a.zip", "a.tar"):
        items = read(folder / name)
        assert len(items) == 5
        for item, outside in zip(items, [True] * 4 + [False], strict=True):
            assert isinstance(item, Received)
            assert ("name" in [w.code for w in item.warnings]) is outside
            assert "\x1b" not in item.where
            assert "\n" not in item.where
    assert sorted(tmp_path.rglob("*")) == before


def test_links_and_devices_are_told_and_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as made:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("d", tarfile.CHRTYPE),
            ("f", tarfile.FIFOTYPE),
        ):
            item = tarfile.TarInfo(name)
            item.type, item.linkname = kind, "/etc/passwd"
            made.addfile(item)
        item = tarfile.TarInfo("z.txt")
        item.size = len(ONE)
        made.addfile(item, io.BytesIO(ONE))
    items = read(tmp_path / "a.tar")
    assert [type(item) for item in items] == [Problem] * 4 + [Received]


def test_an_encrypted_member_and_a_damaged_one_stop_no_other(tmp_path: Path) -> None:
    data = bytearray(
        zipped({"secret.txt": ONE, "torn.txt": os.urandom(500), "good.txt": TWO}, zipfile.ZIP_STORED)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        offsets = {item.filename: item.header_offset for item in made.infolist()}
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    data[offsets["torn.txt"] + 100] ^= 255
    (tmp_path / "a.zip").write_bytes(data)
    secret, torn, good = read(tmp_path / "a.zip")
    assert isinstance(secret, Problem)
    assert "encrypted" in secret.what
    assert isinstance(torn, Problem)
    assert isinstance(good, Received)


def test_a_tar_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(tarred({"a.txt": ONE, "b.txt": TWO * 1000})[:5000])
    items = read(tmp_path / "a.tar")
    assert isinstance(items[0], Received)
    assert isinstance(items[-1], Problem)


def test_a_large_member_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"big.txt": b"killed 12 " * 300_000, "z.txt": ONE}))
    big, small = read(tmp_path / "a.zip", max_bytes=1_000_000)
    assert isinstance(big, Problem)
    assert "1 MB" in big.what
    assert isinstance(small, Received)


def test_bombs_are_given_up_in_flat_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "_FLOOR", 10_000_000)
    zeros = bytes(40_000_000)
    (tmp_path / "flat.gz").write_bytes(gzip.compress(gzip.compress(zeros)))
    (tmp_path / "nested.zip").write_bytes(
        zipped({"a.gz": gzip.compress(zeros), "b.xz": lzma.compress(zeros), "c.bz2": bz2.compress(zeros)})
    )
    (tmp_path / "many.tar.xz").write_bytes(
        lzma.compress(tarred({f"{n}.txt": bytes(3_000_000) for n in range(8)}))
    )
    (tmp_path / "member.zip").write_bytes(zipped({"a.txt": zeros}, zipfile.ZIP_BZIP2))
    del zeros
    tracemalloc.start()
    try:
        for name in ("flat.gz", "nested.zip", "many.tar.xz", "member.zip"):
            items = read(tmp_path / name, max_bytes=2_000_000)
            assert items
            assert all(isinstance(item, Problem) for item in items)
            assert tracemalloc.get_traced_memory()[1] < 60_000_000, name
    finally:
        tracemalloc.stop()


def test_a_tar_header_made_to_fill_memory_is_refused(tmp_path: Path) -> None:
    item = tarfile.TarInfo("long")
    item.type, item.size = tarfile.GNUTYPE_LONGNAME, 500_000_000
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(item.tobuf() + bytes(20_000_000)))
    tracemalloc.start()
    try:
        (told_,) = read(tmp_path / "a.tar.gz")
        assert isinstance(told_, Problem)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_more_members_than_can_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "_MOST_MEMBERS", 50)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": ONE for n in range(60)}))
    items = read(tmp_path / "a.zip")
    assert sum(isinstance(item, Received) for item in items) == 50
    assert isinstance(items[-1], Problem)
    monkeypatch.setattr(archive, "_MOST_DIRECTORY", 1000)
    (item,) = read(tmp_path / "a.zip")
    assert isinstance(item, Problem)
    assert "in parts" in item.what


def test_what_is_packed_otherwise_is_told(tmp_path: Path) -> None:
    for name, head in (
        ("a.zst", b"\x28\xb5\x2f\xfd"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.rar", b"Rar!\x1a\x07\x00"),
    ):
        (tmp_path / name).write_bytes(head + bytes(100))
        (item,) = read(tmp_path / name)
        assert isinstance(item, Problem)
        assert "unpack it" in item.what
    (tmp_path / "a.xlsx").write_bytes(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}))
    (item,) = read(tmp_path / "a.xlsx")
    assert isinstance(item, Problem)
    assert "office" in item.what


def test_a_folder_reads_archives_and_files_whose_names_lie(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": ONE}))
    (tmp_path / "page.dat").write_bytes(PAGE)
    (tmp_path / "table.csv").write_bytes(b"a,b\n1,2\n")
    kinds = {item.where.rpartition(os.sep)[2]: type(item) for item in read(tmp_path)}
    assert kinds == {"a.zip, a.txt": Received, "page.dat": Received, "table.csv": Problem}


def test_an_old_tar_without_a_mark_is_told_by_its_check_sum() -> None:
    block = bytearray(tarred({"a.txt": ONE})[:512])
    block[257:265] = bytes(8)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    assert kind_of(bytes(block)) == "tar"
    block[0] ^= 1
    assert kind_of(bytes(block)) == "report"


SEEDS = [
    zipped(MEMBERS),
    tarred(MEMBERS),
    tarred(MEMBERS, "w:gz"),
    tarred(MEMBERS, "w:xz"),
    bz2.compress(PAGE),
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6),
    st.floats(0, 1),
)
def test_damaged_archives_raise_nothing(
    tmp_path_factory: Any, seed: bytes, changes: list[tuple[float, int]], keep: float
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[int(place * len(data))] = value
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes(data[: 1 + int(keep * len(data))])
    for item in read(path, max_bytes=5_000_000):
        assert isinstance(item, Received | Problem)


def test_a_directory_that_lies_about_its_size_is_no_trap(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": ONE}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 0xFFFFFFF0)
    (tmp_path / "a.zip").write_bytes(data)
    (item,) = read(tmp_path / "a.zip")
    assert isinstance(item, Problem)
