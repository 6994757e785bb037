"""The page: every word escaped, both sides linked, everything within, whichever way the text runs."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

import tollbook
from tollbook.desk.examples import example_names, example_path, published_of
from tollbook.writers.html import to_html

HOSTILE = "</div><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}"


class Shape(HTMLParser):
    """Collects what a browser would: tags that are open, ids, what refers to them, and the text of the report."""

    VOID = ("meta", "br", "img", "link", "input")

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.referred: set[str] = set()
        self.marked: set[str] = set()
        self.text = ""
        self.faults: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(f"{tag}.{said.get('class') or ''}")
        if said.get("id"):
            self.ids.append(str(said["id"]))
        href = said.get("href") or ""
        if href.startswith("#"):
            self.referred.add(href[1:])
        elif href:
            self.faults.append(href)
        self.marked |= set((said.get("data-c") or "").split())
        self.faults += [name for name in said if name.startswith("on") or name == "src"]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().split(".")[0] != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if "div.text" in self.open and "span.n" not in self.open:
            self.text += data


def test_every_claim_is_linked_in_both_directions_and_the_text_is_whole() -> None:
    for name in example_names():
        path = example_path(name)
        reading = tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path))
        shape = Shape(reading.to_html())
        assert not shape.faults
        assert not shape.open
        assert len(shape.ids) == len(set(shape.ids))
        assert shape.referred <= set(shape.ids)
        assert shape.marked == {f"r1-{claim.id}" for claim in reading.claims} <= set(shape.ids)
        assert shape.text == reading.report.text


def test_many_reports_have_an_index_and_ids_of_their_own() -> None:
    readings = [tollbook.read("Two people were killed in Kano.", title=t) for t in ("One", "Two", HOSTILE)]
    shape = Shape(to_html(readings))
    assert not shape.faults
    assert {"r1", "r2", "r3", "r1-c1", "r2-c1", "r3-c1"} <= set(shape.ids)
    assert len(shape.ids) == len(set(shape.ids))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([HOSTILE, "Two people were killed. ", "&amp;", "<!--", "\x00", "\u202e", "]]>"]),
        max_size=6,
    )
)
def test_a_hostile_report_is_only_words(parts: list[str]) -> None:
    words = "".join(parts)
    reading = tollbook.read(
        f"At least 12 {words} people were killed. {words}", title=words, publisher=words, language="en"
    )
    page = reading.to_html()
    shape = Shape(page)
    assert not shape.faults
    assert shape.tags.count("script") == 1
    assert "img" not in shape.tags
    assert "svg" not in shape.tags
    assert "\u202e" not in page
    assert "<script" not in reading._repr_html_()


def test_a_text_that_runs_from_right_to_left_has_its_side() -> None:
    words = "قتل شخصان في القصف على البلدة. Two people were killed. قالت الشرطة ذلك يوم الخميس الماضي."
    page = tollbook.read(words, language="en").to_html()
    assert '<article id="r1" dir="rtl">' in page
    assert re.search(r'<section class="claims"[^>]* dir="ltr"', page)


def test_the_page_asks_nobody_for_anything() -> None:
    page = tollbook.read("Two people were killed in Kano.").to_html()
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import""", page)
