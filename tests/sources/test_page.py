"""Pages as the web writes them: the article and what the page says of itself come in, what stands around stays out."""

from pathlib import Path

import pytest

from tollbook.errors import SourceError
from tollbook.sources import Options, Received
from tollbook.sources.files import received_of

PAGES = Path(__file__).parent / "pages"
TITLE = "Shells kill 14 in market of northern town"
TOLD = (
    "At least 14 people were killed",
    "Four of the dead were children",
    "No party has taken responsibility",
)
KNOWN: dict[str, tuple[str | None, ...]] = {
    # page: title, publisher, published, url, author
    "wordpress": (
        TITLE,
        "The Valley Post",
        "2025-03-06T17:20:11+00:00",
        "https://valleypost.example/2025/03/06/shells-kill-14/",
        "Rana Khoury",
    ),
    "table": (TITLE, "Northern Wire", "2025-03-06", None, None),
    "amp": (TITLE, "Example Wire", "2025-03-06T12:00:00Z", "https://wire.example/news/14-dead", "Sami Aziz"),
    "live": (
        "Live: fighting in the north of the country",
        "Example Live",
        "2025-03-06T08:00:00+02:00",
        None,
        None,
    ),
    "cookies": (TITLE, "Daily Example", "2025-03-06", None, "A. Writer, B. Writer"),
    "meta-only": (TITLE, "The Bulletin", "2025-03-06", "https://bulletin.example/42", "Rana Khoury"),
    "malformed": (TITLE, None, "2025-03-06", None, None),
}


def page(name: str) -> Received:
    path = PAGES / f"{name}.html"
    return received_of(path.read_bytes(), str(path), Options(), name=path.name)


def of(html: str, **options: str) -> Received:
    return received_of(html.encode(), "page", Options(**options), name="page.html")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", KNOWN)
def test_a_page_says_what_it_is(name: str) -> None:
    report = page(name).report
    assert (report.title, report.publisher, report.published, report.url, report.author) == KNOWN[name]
    assert report.media_type == "text/html"


@pytest.mark.parametrize("name", KNOWN)
def test_the_article_comes_in_and_the_rest_stays_out(name: str) -> None:
    text = page(name).report.text
    at = [text.find(words) for words in TOLD]
    assert -1 not in at, text
    assert at == sorted(at)
    for number in ("93 passengers", "99 people", "98 people", "97 people", "96 people", "812", "cookies"):
        assert number not in text
    for words in TOLD:
        assert text.count(words) == 1


@pytest.mark.parametrize(
    ("name", "encoding", "words"),
    [
        ("arabic", "cp1256", "قتل اثنا عشر شخصا على الأقل"),
        ("chinese", "gb18030", "造成至少十四人死亡，另有三十人受伤"),
    ],
)
def test_other_scripts_in_old_encodings(name: str, encoding: str, words: str) -> None:
    received = page(name)
    assert words in received.report.text
    assert [w.message for w in received.warnings] == [f"read as {encoding}: the bytes are not UTF-8"]
    assert (received.report.published or "").startswith("2025-03-06")


def test_a_day_that_is_only_found_is_told_and_yields() -> None:
    html = f"<h1>{TITLE}</h1><p>Posted on 6 March 2025</p><p>{'Two people were killed in the town. ' * 5}</p>"
    found = of(html)
    assert found.report.published == "2025-03-06"
    assert [w.code for w in found.warnings] == ["published"]
    told = of(html, published="2025-03-07")
    assert told.report.published == "2025-03-07"
    assert not told.warnings


def test_a_table_of_figures_stays_a_table() -> None:
    rows = "<tr><th>Place</th><th>Killed</th></tr><tr><td>Aleppo</td><td>12</td></tr>"
    text = of(
        f"<h1>Monthly summary of harm</h1><p>{'Twelve people were killed. ' * 9}</p><table>{rows}</table>"
    ).report.text
    assert "| Aleppo | 12 |" in text


def test_what_a_script_will_show_is_read() -> None:
    body = "".join(f"<p>{words} in the town on Thursday, officials said.</p>" for words in TOLD)
    assert TOLD[0] in of(f"<h1>{TITLE}</h1><div style='visibility: hidden'>{body}</div>").report.text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!doctype html><title>App</title><div id=root></div><script>x()</script>",
        "<html><body><nav><a>a</a></nav>",
    ],
)
def test_a_page_without_text_is_told(html: str) -> None:
    with pytest.raises(SourceError, match="no text in this page"):
        of(html)


def test_a_page_that_nests_100_000_deep_is_read() -> None:
    deep = 100_000
    text = of("<html><body>" + "<div>" * deep + f"<p>{TOLD[0]}</p>" + "</div>" * deep).report.text
    assert text == TOLD[0]


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<p ", "</", "<a href='", "&", "<![CDATA[", "<script>", "<table>"]
)
def test_broken_pieces_repeated_end(piece: str) -> None:
    assert TOLD[0] in of(f"<html><body><p>{TOLD[0]}</p>" + piece * 50_000).report.text


@pytest.mark.parametrize(
    "ld",
    [
        "{",
        "[" * 5_000,
        '{"@graph": {"a": 1}}',
        "[[1], 2, null]",
        '{"datePublished": 5, "publisher": [], "author": [null, {"name": 3}], "headline": {}}',
    ],
)
def test_broken_json_ld_costs_nothing(ld: str) -> None:
    head = f'<script type="application/ld+json">{ld}</script><meta name="date" content="2025-03-06">'
    report = of(f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{TOLD[0]} on Thursday.</p>").report
    assert (report.title, report.published, report.publisher, report.author) == (
        TITLE,
        "2025-03-06",
        None,
        None,
    )
