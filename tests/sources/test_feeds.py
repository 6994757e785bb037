"""Feeds and sitemaps: whole entries are taken, others fetched; robots are asked; what fails is told."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tollbook.errors import Problem
from tollbook.sources import Options, Received, open_sources

LONG = "Shelling killed 12 civilians in the town on Monday, officials said. " * 12
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Coast Daily</title><language>en-gb</language>{}</channel></rss>"""


def read(*names: str | Path, **options: Any) -> list[Received | Problem]:
    said = {"allow_private": True, "spacing": 0.0, **options}
    return list(open_sources([str(name) for name in names], Options(**said)))


def only(items: list[Received | Problem]) -> Received:
    assert len(items) == 1
    assert isinstance(items[0], Received), items[0]
    return items[0]


def test_an_entry_with_its_full_text_is_taken_as_the_feed_tells_it(site: Any, tmp_path: Path) -> None:
    feed = RSS.format(
        f"<item><title>Twelve dead in the town</title><link>{site.url}/a</link><guid>tag:a</guid>"
        f"<dc:creator>A. Writer</dc:creator><pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate>"
        f"<description>short</description><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>"
    )
    (tmp_path / "feed.txt").write_text(feed)  # the name lies
    item = only(read(tmp_path / "feed.txt"))
    assert item.report.published == "2025-03-04T23:30:00-05:00"
    assert item.report.title == "Twelve dead in the town"
    assert item.report.author == "A. Writer"
    assert item.report.publisher == "The Coast Daily"
    assert item.report.url == f"{site.url}/a"
    assert "killed 12 civilians" in item.report.text
    assert site.asked == []


def test_a_short_entry_is_fetched_after_robots_and_keeps_the_day_of_the_feed(site: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private")
    site.page("/a", LONG)
    site.page("/private/b", LONG)
    site.serve(
        "/feed",
        RSS.format(
            f"<item><title>A</title><link>{site.url}/a</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate>"
            f"<description>Twelve dead …</description></item>"
            f"<item><link>{site.url}/private/b</link></item>"
            f"<item><title>Nine killed on the road</title><link>{site.url}/private/c</link>"
            f"<description>Gunmen killed nine people on Sunday.</description></item>"
        ),
        "application/rss+xml",
    )
    a, b, c = read(f"{site.url}/feed")
    assert isinstance(a, Received)
    assert a.report.published == "2025-03-04T10:00:00Z"
    assert a.report.retrieved is not None
    assert "killed 12 civilians" in a.report.text
    assert isinstance(b, Problem)
    assert "robots.txt" in b.what
    assert isinstance(c, Received)
    assert "killed nine people" in c.report.text
    assert [w.code for w in c.warnings] == ["feed"]
    assert site.paths() == ["/feed", "/robots.txt", "/a"]


def test_a_page_that_names_another_day_than_its_feed_is_told(site: Any) -> None:
    day = '<meta property="article:published_time" content="2024-03-04T08:00:00Z">'
    page = f"<html><head>{day}</head><body><article><p>{LONG}</p></article></body></html>"
    site.serve("/a", page)
    site.serve(
        "/feed",
        RSS.format(f"<item><link>{site.url}/a</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate></item>"),
    )
    item = only(read(f"{site.url}/feed"))
    assert item.report.published == "2025-03-04T10:00:00Z"
    assert "2024-03-04" in next(w.message for w in item.warnings if w.code == "published")


def test_atom_and_json_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Monitor</title><entry><id>urn:1</id><title>Strike</title>
        <updated>2025-03-05T09:00:00+03:00</updated><author><name>N. Name</name></author>
        <content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"""
    )
    atom = only(read(tmp_path / "a.xml"))
    assert atom.report.published == "2025-03-05T09:00:00+03:00"
    assert atom.report.author == "N. Name"
    assert [w.code for w in atom.warnings] == ["published"]
    (tmp_path / "j.json").write_text(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Monitor",
                "items": [
                    {
                        "id": "1",
                        "title": "Strike",
                        "content_text": LONG,
                        "date_published": "2025-03-05",
                        "authors": [{"name": "N. Name"}],
                    }
                ],
            }
        )
    )
    told = only(read(tmp_path / "j.json"))
    assert (told.report.published, told.report.author, told.report.publisher) == (
        "2025-03-05",
        "N. Name",
        "Monitor",
    )


def test_without_following_nothing_is_asked(site: Any, tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(
        RSS.format(
            f"<item><title>Nine killed</title><link>{site.url}/a</link><description>Gunmen killed nine.</description></item>"
            f"<item><title>Only this</title><link>{site.url}/b</link></item>"
        )
    )
    first, second = read(tmp_path / "f.rss", follow=False)
    assert isinstance(first, Received)
    assert isinstance(second, Problem)
    assert site.asked == []


def test_a_feed_that_leads_into_the_private_network_is_refused(site: Any, tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(RSS.format(f"<item><link>{site.url}/a</link></item>"))
    (item,) = read(tmp_path / "f.rss", allow_private=False)
    assert isinstance(item, Problem)
    assert "not public" in item.what
    assert site.asked == []


def test_a_billion_laughs_and_a_broken_feed(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    item = f"<item><title>&l11;</title><description>{LONG}</description></item>"
    doctype = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]>'
    (tmp_path / "laughs.xml").write_text(f'{doctype}<rss version="2.0"><channel>{item}</channel></rss>')
    items = read(tmp_path / "laughs.xml")
    assert all(len(item.report.text) < 100_000 for item in items if isinstance(item, Received))
    (tmp_path / "torn.xml").write_text(
        RSS.format(f"<item><title>One</title><description>{LONG}</description></item><item><title>Two")[:-30]
    )
    torn = read(tmp_path / "torn.xml")[0]
    assert isinstance(torn, Received)
    assert "feed" in [w.code for w in torn.warnings]


def test_addresses_told_in_part_are_those_of_the_feed_s_site(site: Any, tmp_path: Path) -> None:
    site.page("/news/1", LONG)
    (tmp_path / "f.rss").write_text(RSS.format(f"<link>{site.url}/</link><item><link>/news/1</link></item>"))
    assert only(read(tmp_path / "f.rss")).report.url == f"{site.url}/news/1"
    told = {
        "version": "https://jsonfeed.org/version/1",
        "home_page_url": site.url,
        "items": [{"url": "news/1"}],
    }
    (tmp_path / "f.json").write_text(json.dumps(told))
    assert only(read(tmp_path / "f.json")).report.url == f"{site.url}/news/1"


SITEMAP = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


def test_a_site_is_read_by_its_sitemaps_index_and_gz_and_loops(site: Any) -> None:
    site.serve("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.url}/index.xml\n", "text/plain")
    site.serve(
        "/index.xml",
        INDEX.format(
            "".join(
                f"<sitemap><loc>{site.url}/{n}</loc></sitemap>" for n in ("a.xml.gz", "b.xml", "index.xml")
            )
        ),
    )
    news = "<news:news><news:publication><news:name>The Daily</news:name></news:publication>"
    news += "<news:publication_date>2025-03-05</news:publication_date><news:title>T</news:title></news:news>"
    site.serve(
        "/a.xml.gz",
        gzip.compress(
            SITEMAP.format(
                f"<url><loc>{site.url}/1</loc>{news}</url><url><loc>{site.url}/1</loc></url>"
            ).encode()
        ),
        "application/gzip",
    )
    site.serve(
        "/b.xml",
        SITEMAP.format(
            f"<url><loc>{site.url}/2</loc><lastmod>2019-01-01</lastmod></url><url><loc>{site.url}/3</loc></url>"
        ),
    )
    site.page("/1", LONG)
    site.page("/2", LONG + "Second.")
    items = read(f"{site.url}/robots.txt")
    reports = [item.report for item in items if isinstance(item, Received)]
    assert [report.url for report in reports] == [f"{site.url}/1", f"{site.url}/2"]
    assert (reports[0].published, reports[0].publisher) == ("2025-03-05", "The Daily")
    assert reports[1].published != "2019-01-01"
    (lost,) = [item for item in items if isinstance(item, Problem)]
    assert "404" in lost.what
    assert site.paths().count("/index.xml") == 1
    assert len(read(f"{site.url}/b.xml", since="2020-01-01")) == 1
    assert len(read(f"{site.url}/b.xml", most=1)) == 1


@pytest.mark.parametrize("name", ["list.txt", "list.urls", "list"])
def test_a_list_of_addresses(site: Any, tmp_path: Path, name: str) -> None:
    site.page("/1", LONG)
    lines = [f"{site.url}/1", "# a remark", "", f"{site.url}/404"]
    (tmp_path / name).write_text("\r\n".join(lines))
    one, two = read(tmp_path / name)
    assert isinstance(one, Received)
    assert one.report.url == f"{site.url}/1"
    assert isinstance(two, Problem)
    assert "line 4" in two.where


def test_a_list_without_an_address_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.urls").write_text("# for tomorrow\n\n")
    (item,) = read(tmp_path / "a.urls")
    assert isinstance(item, Problem)
    assert "no address in it" in item.what


def test_a_text_with_an_address_in_it_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("https://example.org/a\nGunmen killed nine people on Sunday.\n")
    assert isinstance(only(read(tmp_path / "a.txt")), Received)


def test_a_list_that_names_itself_ends(site: Any) -> None:
    site.serve("/list", f"{site.url}/list\n", "text/plain")
    (item,) = read(f"{site.url}/list")
    assert isinstance(item, Problem)
    assert "deep" in item.what
