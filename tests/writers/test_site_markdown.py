"""Our own Markdown becomes a page: marks become elements, and what a report says stays words."""

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from tollbook.writers.method_markdown import _safe
from tollbook.writers.site_markdown import markdown_html

PAGE = """# Head

Some **strong** and *stressed* words, `code`, an escaped \\* and <b>no element</b>.

- one
- two

| a | b |
|---|---|
| c \\| d | **e** |
"""


def body(text: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{markdown_html(text, name='Table')}</div>")


def test_marks_become_elements_and_nothing_else_does() -> None:
    page = body(PAGE)
    assert [e.tag for e in page] == ["h1", "p", "ul", "div"]
    assert (
        page.xpath("string(p)") == "Some strong and stressed words, code, an escaped * and <b>no element</b>."
    )
    assert page.xpath("//p/*/text()") == ["strong", "stressed", "code"]
    assert page.xpath("//li/text()") == ["one", "two"]
    assert [c.text_content() for c in page.xpath("//tbody/tr/*")] == ["c | d", "e"]
    assert not page.xpath("//b")


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]), max_size=40))
def test_the_name_of_an_outlet_is_words_whatever_it_is(name: str) -> None:
    words = " ".join(name.split())
    page = body(f"Outlets: {_safe(name)} 3.")
    assert [e.tag for e in page] == ["p"]
    assert page.xpath("string(p)") == f"Outlets: {words} 3."
    assert not page.xpath("//p/*")
