"""Whatever the bytes, a source gives a report or says why not: nothing else ever comes out of it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbook.errors import Problem
from tollbook.sources import Options, Received, open_sources

Make = Callable[..., bytes]
NAMES = st.sampled_from(
    ["-", ".txt", ".md", ".html", ".pdf", ".docx", ".jsonl", ".xml", ".zip", ".warc", ".gz"]
)
PIECES = st.sampled_from(
    [
        "<html>", "<body>", "<div>", "</div>", "<p>", "<table>", "<tr>", "<td>", "</table>", "<h1>", "<!--", "-->", "<script>",
        "</script>", "<style>", "<meta charset=", "<meta name=date content=", '<script type="application/ld+json">', "{", "}",
        '"datePublished":', "2025-13-99", "<a href=x>", "&amp", "&#xD800;", "&#0;", "\0", "<![CDATA[", "<svg>", "<template>",
        "<rss>", "<item>", "<title>", "Two people were killed in Kano. ", "<ul><li>", "<td hidden>", "\ufeff", "\u202e", "<?xml ",
    ]
)  # fmt: skip
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(data: bytes, suffix: str, folder: Path) -> None:
    """Read bytes as a file of this kind, or as standard input; each item is one of two things, and whole."""
    options = Options(stdin=io.BytesIO(data), follow=False)
    name = "-"
    if suffix != "-":
        path = folder / f"fuzz{suffix}"
        path.write_bytes(data)
        name = str(path)
    for item in open_sources([name], options):
        if isinstance(item, Problem):
            assert item.what
        else:
            assert isinstance(item, Received)
            item.report.text.encode()
            for warning in item.warnings:
                if warning.start is not None and warning.end is not None:
                    assert 0 <= warning.start <= warning.end <= len(item.report.text)


@FEW
@given(st.binary(max_size=600), NAMES)
def test_any_bytes(tmp_path_factory: object, data: bytes, suffix: str) -> None:
    told(data, suffix, _folder(tmp_path_factory))


@FEW
@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_any_markup(tmp_path_factory: object, html: str) -> None:
    told(b"<html>" + html.encode("utf-8", "replace"), ".html", _folder(tmp_path_factory))


@FEW
@given(st.data())
def test_any_damage_to_a_pdf(tmp_path_factory: object, make_pdf: Make, data: st.DataObject) -> None:
    whole = bytearray(make_pdf(["At least 12 people were killed.", "Three were injured."], info="/Title (T)"))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    told(b"%PDF-" + bytes(whole)[5:], ".pdf", _folder(tmp_path_factory))


@FEW
@given(st.data())
def test_any_damage_to_a_word_file(tmp_path_factory: object, make_word: Make, data: st.DataObject) -> None:
    whole = bytearray(make_word("<w:p><w:r><w:t>Two people were killed.</w:t></w:r></w:p>"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=6))
    told(bytes(whole), ".docx", _folder(tmp_path_factory))


@FEW
@given(
    st.lists(
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "ins", "del", "br", "txbxContent"]),
        max_size=25,
    )
)
def test_any_order_of_words_in_a_word_file(
    make_word: Make, tmp_path_factory: object, tags: list[str]
) -> None:
    body = "".join(f"<w:{t}>" for t in tags) + "x" + "".join(f"</w:{t}>" for t in reversed(tags))
    told(make_word(body), ".docx", _folder(tmp_path_factory))


@FEW
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        st.binary(max_size=80),
        max_size=5,
    )
)
def test_any_archive(tmp_path_factory: object, members: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "_")), data)
    told(out.getvalue(), ".zip", _folder(tmp_path_factory))


def _folder(factory: object) -> Path:
    folder = factory.getbasetemp()  # type: ignore[attr-defined]  # pytest's factory of temporary folders
    assert isinstance(folder, Path)
    return folder
