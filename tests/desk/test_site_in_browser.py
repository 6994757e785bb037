"""A site in a real browser, opened from its folder with the network off: it searches, draws its maps, and asks nobody."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk import asking, keeping
from tollbook.desk.examples import example_record
from tollbook.desk.siting import SiteOrder, site
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.writers.site_parts import path_of

CHROMIUM = shutil.which("chromium")
AXE = (Path(__file__).parent.parent / "web" / "axe" / "axe.min.js").read_text(encoding="utf-8")
HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> At least 9 people were killed in "
    "Kano on Monday, police said. </div><svg onload=\"document.title='owned'\">"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "kano.txt").write_text(HOSTILE, encoding="utf-8")
    with Register(str(folder / "a.register"), create=True) as register:
        for source in (str(example_record()), str(folder / "kano.txt")):
            for _ in keeping.add(register, [source], Options(published="2025-03-05"), by="tests"):
                pass
        site(register, SiteOrder(review="all", redact=()), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any, out: Path) -> Iterator[Any]:
    """A page without a network; what it asks for outside its folder, and every fault of its scripts, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((out.as_uri(), "data:")) else faults.append(r.url))
    # a picture still on its way when the page is left is no fault; a missing file is ERR_FILE_NOT_FOUND
    page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else faults.append(r.url))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.set_default_timeout(15000)
    yield page
    context.close()
    assert faults == []


def test_search_finds_an_incident_by_place_day_and_words_of_a_report(out: Path, tab: Any) -> None:
    tab.goto(f"{out.as_uri()}/index.html")
    tab.fill("#find", "banias 2025")
    tab.press("#find", "Enter")
    tab.wait_for_url("**/search.html?q=banias**")
    assert tab.locator("#said").inner_text() == "0 incidents"
    tab.fill("#q", "baniyas mar 2025")
    first = tab.locator("#results a").first
    assert "Bāniyās" in first.inner_text()
    assert tab.locator("#more").is_hidden()
    tab.fill("#q", "electricity water")
    tab.locator("#results li", has_text="Latakia").first.wait_for()
    with tab.expect_navigation():
        tab.locator("#results a").first.click()
    assert "Electricity and water were cut" in tab.inner_text("main")
    tab.locator("sup.cite a").first.click()
    assert tab.locator(".cites :focus, .cites .back").count() == 1


def test_maps_are_drawn_without_a_network_and_areas_as_areas(out: Path, tab: Any) -> None:
    tab.goto(f"{out.as_uri()}/map.html")
    tab.locator("[data-map][data-ready]").wait_for()
    assert tab.locator(".map path[fill-opacity='0.14']").count() >= 1  # a country or division
    tab.locator(".map path[fill-opacity='0.15']").first.click(force=True)
    assert "killed" in tab.locator(".leaflet-popup-content").inner_text()
    page = next((out / "incidents").rglob("*.html"))
    tab.goto(page.as_uri())
    tab.locator("[data-map][data-ready]").wait_for()
    assert tab.locator(".map path").count() > 1


def test_a_hostile_report_is_words_and_nothing_else(out: Path, tab: Any) -> None:
    with Register(str(out.parent / "a.register")) as register:
        line = next(line for line in asking.incidents(register).lines if line.place == "Kano")
    for path in ("index.html", "list/1.html", "map.html", "search.html?q=kano", path_of(line.id)):
        tab.goto(f"{out.as_uri()}/{path}")
        assert tab.title() != "owned"
    assert "At least 9" in tab.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible_in_both_colours(chromium: Any, out: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, offline=True)
    page = context.new_page()
    largest = (
        max((out / "incidents").rglob("*.html"), key=lambda p: p.stat().st_size).relative_to(out).as_posix()
    )
    kinds = ("index.html", "list/1.html", "list/months.html", "map.html", "timeline.html", "search.html?q=syria", "data.html",
             "method.html", largest)  # fmt: skip
    found = []
    for path in kinds:
        page.goto(f"{out.as_uri()}/{path}")
        if "search" in path:
            page.locator("#results li").first.wait_for()
        page.evaluate(AXE)
        rules = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
        result = page.evaluate(f"axe.run(document, {{runOnly: {rules}}})")
        found += [(path, v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]
    context.close()
    assert found == []


def test_everything_but_the_search_is_there_without_scripts(chromium: Any, out: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(f"{out.as_uri()}/index.html")
    page.click("text=All incidents")
    page.locator("tbody th a").first.click()
    assert page.locator("ol.cites li").count() >= 1
    page.goto(f"{out.as_uri()}/search.html?q=x")
    assert page.locator("noscript").count() == 1
    context.close()
