"""Pages of shapes that hide their text: posts of messengers, pages built by scripts, links between paragraphs."""

import json

import pytest

from tollbook.errors import SourceError
from tollbook.sources.page import read_page

POST = "Three civilians were killed by a drone strike in the village."


def test_a_post_of_a_messenger() -> None:
    text = (
        '<div class="tgme_widget_message_text js-message_text" dir="auto">'
        + POST
        + "<br>Two children are among them.</div>"
    )
    footer = '<div class="tgme_widget_message_footer"><div class="tgme_widget_message_views">1.2K</div></div>'
    page = read_page(f'<html><body><div class="tgme_widget_message">{text}{footer}</div></body></html>')
    assert POST in page.text
    assert "Two children" in page.text
    assert "1.2K" not in page.text


def test_a_page_that_shows_its_text_by_scripts_only() -> None:
    told = json.dumps({"@type": "NewsArticle", "articleBody": f'{POST} "Two" are \u0627 missing. At least 1'})
    page = read_page(
        f'<html><head><script type="application/ld+json">{told}</script></head><body><div id="root"></div></body></html>'
    )
    assert (
        page.text == f'{POST} "Two" are \u0627 missing.'
    )  # the last sentence is cut off, its figure perhaps too
    head = f'<head><meta property="og:description" content="{POST} Another 12"></head>'
    meta = f"<html>{head}<body><iframe></iframe></body></html>"
    assert read_page(meta).text == POST
    with pytest.raises(SourceError, match="no text"):
        read_page(
            '<html><head><meta property="og:description" content="At least 1"></head><body></body></html>'
        )


def test_a_link_to_another_story_between_paragraphs_is_dropped() -> None:
    link = '<div class="wp-block-embed"><a href="/y">Thirty dead in a mine</a></div>'
    page = read_page(
        f"<body><article><h1>Clashes in a valley</h1><p>{POST}</p>{link}<p>Two of them were young.</p></article></body>"
    )
    assert "Thirty" not in page.text
    assert "Two of them" in page.text
