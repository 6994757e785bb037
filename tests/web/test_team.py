"""A team in real browsers: signing in by the keys, roles as pages show them, two reviewers at once, keys that end."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from tollbook.desk import admitting
from tollbook.desk.asking import incidents, log
from tollbook.desk.rooming import open_register, paste

WORD = "a long and easy sentence"
KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
HEAD = {"title": "Kano attack", "publisher": "Daily One", "published": "2025-03-05", "language": "en"}
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, room_at: Any) -> Iterator[Any]:
    """A room whose accounts are named as their roles."""
    name = tmp_path_factory.mktemp("team") / "a.register"
    with open_register(str(name)) as register:
        for role in admitting.ROLES:
            admitting.add_account(register, role, role, WORD, by="root")
        paste(register, KANO, HEAD, by="root")
    made = room_at(name)
    yield made
    made.close()


class Browser:
    """Opens windows at a room; whatever asks another machine is kept."""

    def __init__(self, chromium: Any, room: Any) -> None:
        self.chromium, self.room, self.strayed = chromium, room, list[str]()

    def nobody(self, **more: Any) -> Any:
        context = self.chromium.new_context(
            viewport={"width": 1280, "height": 720}, base_url=self.room.address, **more
        )
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on(
            "request", lambda r: None if r.url.startswith(self.room.address) else self.strayed.append(r.url)
        )
        return page

    def signed_in(self, name: str, **more: Any) -> Any:
        page = self.nobody(**more)
        page.goto("/")
        page.wait_for_selector("#name:focus")  # where the cursor is put for whoever types at once
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.type(WORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url == f"{self.room.address}/"
        return page


@pytest.fixture
def browser(chromium: Any, team: Any) -> Iterator[Browser]:
    made = Browser(chromium, team)
    yield made
    for context in chromium.contexts:
        context.close()
    assert made.strayed == []


def test_a_link_leads_through_the_door_to_where_it_points_and_out_again(browser: Browser) -> None:
    page = browser.nobody()
    page.goto("/incidents?order=largest")
    assert "Sign in" in page.title()
    assert "Kano" not in page.content()
    page.wait_for_selector("#name:focus")
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("a wrong sentence")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "is wrong" in page.locator("[role=alert]").inner_text()
    page.locator("#password").fill(WORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/incidents?order=largest")
    assert page.evaluate("document.cookie") == ""
    with page.expect_navigation():
        page.locator("footer button").click()
    page.goto("/incidents")
    assert "Sign in" in page.title()


def test_a_page_shows_what_the_role_may_and_nothing_else(browser: Browser) -> None:
    viewer, reviewer, editor = (browser.signed_in(name) for name in ("viewer", "reviewer", "editor"))
    assert viewer.locator("nav a", has_text="Queue").count() == 0
    assert reviewer.locator("nav a", has_text="Queue").count() == 1
    viewer.goto("/queue")
    assert "Your role does not allow this" in viewer.content()
    with open_register(str(browser.room.register)) as register:
        line = incidents(register).lines[0]
    for page, decides, signs in ((viewer, 0, 0), (reviewer, 0, 0), (editor, 1, 1)):
        page.goto(f"/incidents/{line.id}")
        assert page.locator("button[data-key=s]").count() == signs
        assert page.locator("#merge-with").count() == decides
    assert "hidden for your role" in viewer.content()
    assert "At least 12" not in viewer.content()
    assert "at least 12" in viewer.locator(".tolls").inner_text()
    assert viewer.locator("main a[href^='/reports']").count() == 0
    assert reviewer.locator("main a[href^='/reports']").count() > 0
    for page, adds in ((viewer, 0), (reviewer, 0), (editor, 1)):
        assert page.locator("a[href='/add']").count() == adds


def test_two_reviewers_at_once_see_each_other_and_overrule_nobody_unseen(browser: Browser) -> None:
    first, second = browser.signed_in("reviewer"), browser.signed_in("editor")
    for page in (first, second):
        page.goto("/queue")
    with open_register(str(browser.room.register)) as register:
        line = incidents(register).lines[0]
    first.goto(f"/incidents/{line.id}")
    second.reload()
    assert re.search(r"Open at this moment by [\w, ]*reviewer", second.content())
    first.goto("/queue")
    with first.expect_navigation():
        first.keyboard.press("a")
    second.keyboard.press("x")
    second.keyboard.type("misread")
    with second.expect_navigation():
        second.keyboard.press("Enter")
    assert "Somebody decided meanwhile" in second.content()
    with open_register(str(browser.room.register)) as register:
        newest = [one for one in log(register, limit=30) if one.action == "review"]
        assert [one.by for one in newest] == ["reviewer"]


def test_one_time_codes_are_turned_on_by_the_page_and_asked_for_at_the_door(browser: Browser) -> None:
    with open_register(str(browser.room.register)) as register:
        admitting.add_account(register, "coded", "viewer", WORD, by="root")
    page = browser.signed_in("coded")
    page.goto("/account")
    with page.expect_navigation():
        page.locator("button", has_text="Ask me for codes").click()
    secret = page.locator("code.key").inner_text()
    page.locator("#code").fill(pyotp.TOTP(secret).now())
    page.locator("#present-c").fill(WORD)
    with page.expect_navigation():
        page.locator("button", has_text="from now on").click()
    assert "You are asked for a code" in page.content()
    other = browser.nobody()
    other.goto("/login")
    other.locator("#name").fill("coded")
    other.locator("#password").fill(WORD)
    with other.expect_navigation():
        other.keyboard.press("Enter")
    assert "asks for a one-time code" in other.locator("[role=alert]").inner_text()
    other.locator("#password").fill(WORD)
    other.locator("#code").fill(pyotp.TOTP(secret).now())
    with other.expect_navigation():
        other.keyboard.press("Enter")
    assert other.url == f"{browser.room.address}/"


def test_a_session_that_is_ended_from_another_browser_is_out_at_once(browser: Browser) -> None:
    one, two = browser.signed_in("admin"), browser.signed_in("admin")
    one.goto("/account")
    with one.expect_navigation():
        one.locator("button", has_text="End all others").click()
    two.goto("/incidents")
    assert "Sign in" in two.title()
    one.goto("/users")
    assert one.locator("tbody tr").count() >= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_and_the_accounts_are_accessible_in_both_colours(browser: Browser, scheme: str) -> None:
    page = browser.signed_in("admin", color_scheme=scheme, bypass_csp=True)
    door = browser.nobody(color_scheme=scheme, bypass_csp=True)
    door.goto("/login")
    found = []
    for address in ("/account", "/users", "/login"):
        one = door if address == "/login" else page
        one.goto(address)
        one.evaluate(AXE)
        result = one.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
        found += [(address, v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]
    assert found == []
