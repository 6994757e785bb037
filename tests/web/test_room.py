"""The review room in a real browser: what a recorder does in a day, by the keys alone."""

import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk.asking import incidents
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.verifying import verify
from tollbook.model.answer import Wanted

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
ARABIC = "قتل 14 مدنيا في حلب يوم الاثنين، بحسب المرصد السوري لحقوق الإنسان."
HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> At least 9 people were killed in "
    "Kano on Monday, police said. \u202egnp.exe\u202c </div></mark><svg onload=\"document.title='owned'\">"
)
HEAD = {"title": "Kano attack", "publisher": "Daily One", "published": "2025-03-05", "language": "en"}
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")


def chromium_error() -> type[Exception]:
    from playwright.sync_api import Error  # noqa: PLC0415  # only where there is a browser

    return Error


def put(room: Any, text: str, **head: str) -> None:
    with open_register(str(room.register)) as register:
        paste(register, text, {**HEAD, **head}, by="ada")


def seen(room: Any, **wanted: Any) -> tuple[Any, ...]:
    with open_register(str(room.register)) as register:
        return incidents(register, Wanted(**wanted)).lines


def figure(page: Any) -> str:
    return str(page.locator(".tolls .figure").first.inner_text())


def test_from_pasting_a_report_to_a_signed_off_incident_by_keys_alone(room: Any, tab: Any) -> None:
    tab.goto("/")
    tab.keyboard.press("+")
    tab.wait_for_url("**/add")
    tab.locator(
        "#text:focus"
    ).wait_for()  # a page takes its field after it has come; words before that go nowhere
    tab.keyboard.insert_text(KANO)
    for words in ("Kano attack", "Daily One"):
        tab.keyboard.press("Tab")
        tab.keyboard.insert_text(words)
    tab.keyboard.press("Tab")
    tab.keyboard.type("03052025")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/reports/*")
    assert tab.locator("mark").first.inner_text() == "At least 12"
    tab.goto("/queue")
    for _ in range(2):
        assert "read by machine" in tab.locator("[data-current] .top").inner_text()
        with tab.expect_navigation():
            tab.keyboard.press("a")
    assert tab.locator("[data-current]").get_attribute("data-incident")
    with tab.expect_navigation():
        tab.keyboard.press("a")
    assert seen(room)[0].review == "signed_off"
    assert "Nothing waits" in tab.content()
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()


def test_a_corrected_count_moves_toll_ledger_and_history_and_is_taken_back(room: Any, tab: Any) -> None:
    put(room, KANO)
    id = seen(room)[0].id
    tab.goto(f"/incidents/{id}")
    assert figure(tab) == "at least 12"
    tab.locator("a", has_text="At least 12").first.click()
    tab.wait_for_url("**/reports/*")
    tab.keyboard.press("e")
    tab.keyboard.type("20")
    tab.keyboard.press("Tab")
    tab.keyboard.type("20")
    tab.keyboard.press("Tab")
    tab.keyboard.type("20")
    why = tab.locator("[data-current] form.correct input[name=why]")
    why.fill("the words say otherwise")
    with tab.expect_navigation():
        why.press("Enter")
    assert "corrected" in tab.locator("[data-current] .top").inner_text()
    tab.goto(f"/incidents/{id}")
    assert figure(tab) == "20"
    assert "correct by ada: the words say otherwise" in tab.content()
    assert "best: 12 → 20" in tab.locator(".steps").last.inner_text()
    for _ in range(3):
        undo = tab.locator(".steps form.inline button").first
        with tab.expect_navigation():
            undo.click()
    assert figure(tab) == "at least 12"


def test_a_correction_without_a_reason_or_with_words_for_a_figure_is_refused(room: Any, tab: Any) -> None:
    put(room, KANO)
    tab.goto(f"/incidents/{seen(room)[0].id}")
    tab.locator("a", has_text="At least 12").first.click()
    tab.wait_for_url("**/reports/*")
    tab.keyboard.press("e")
    tab.keyboard.type("many")
    tab.locator("[data-current] form.correct input[name=why]").fill("so")
    tab.locator("[data-current] form.correct button").click()
    tab.wait_for_url("**/decide")
    assert "whole number of persons" in tab.content()
    with open_register(str(room.register)) as register:
        assert 12 in [t.best for t in incidents(register).lines[0].tolls]


def test_merging_shows_what_becomes_of_it_first_and_can_be_undone(room: Any, tab: Any) -> None:
    put(room, KANO)
    put(room, GOMA, title="Goma")
    first, second = (line.id for line in seen(room))
    tab.goto(f"/incidents/{first}")
    tab.locator("#merge-with").fill(second)
    tab.locator("#why-merge").fill("one raid")
    tab.locator("button[data-key=m]").click()
    tab.wait_for_url("**/decide")
    assert len(seen(room)) == 2
    assert tab.locator("section").nth(0).locator(".card").count() == 2
    assert tab.locator("section").nth(1).locator(".card").count() == 1
    with tab.expect_navigation():
        tab.keyboard.press("a")
    assert len(seen(room)) == 1
    with tab.expect_navigation():
        tab.locator(".steps form.inline button").first.click()
    assert {line.id for line in seen(room)} == {first, second}


def test_two_who_decide_at_once_never_overrule_each_other_unseen(chromium: Any, room: Any, tab: Any) -> None:
    put(room, KANO)
    other = chromium.new_context(base_url=room.address).new_page()
    for page in (tab, other):
        page.goto("/queue")
    tab.goto(f"/incidents/{seen(room)[0].id}")
    other.reload()
    assert "Open at this moment by ada, in another window" in other.content()
    tab.goto("/queue")
    with tab.expect_navigation():
        tab.keyboard.press("a")
    other.keyboard.press("x")
    other.keyboard.type("misread by machine")
    with other.expect_navigation():
        other.keyboard.press("Enter")
    assert "Somebody decided meanwhile" in other.content()
    assert "misread by machine" in other.content()
    with open_register(str(room.register)) as register:
        assert "rejected" not in str(incidents(register))
    with other.expect_navigation():
        other.keyboard.press("Enter")
    other.context.close()


def test_a_claim_that_was_missed_is_added_from_the_words_selected(room: Any, tab: Any) -> None:
    put(room, f"😀 {KANO} The mayor holds a list of 17 names.")
    tab.goto(f"/incidents/{seen(room)[0].id}")
    tab.locator("a", has_text="At least 12").first.click()
    tab.wait_for_url("**/reports/*")
    tab.evaluate(
        """() => { const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) { const at = walk.currentNode.data.indexOf('mayor holds');
        if (at >= 0) { const r = document.createRange(); r.setStart(walk.currentNode, at);
        r.setEnd(walk.currentNode, walk.currentNode.data.length); getSelection().removeAllRanges(); getSelection().addRange(r);
        return; } } }"""
    )
    api = pytest.importorskip("playwright.sync_api")
    api.expect(tab.locator("#add-quote")).to_have_value("mayor holds a list of 17 names.", timeout=15000)
    assert tab.locator("#add-figure").input_value() == "17"
    for name in ("low", "best", "high"):
        tab.locator(f"#add-{name}").fill("17")
    tab.locator("#add-relation").select_option(label="the same people as “At least 12”: replaces it")
    tab.locator("#why-add").fill("the mayor's figure")
    with tab.expect_navigation():
        tab.locator("#adding button").click()
    assert "added by a person" in tab.locator("[data-current] .top").inner_text()
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()
        assert 17 in [t.high for line in incidents(register).lines for t in line.tolls]
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert "rejected" in tab.locator("[data-current] .top").inner_text()
    with open_register(str(room.register)) as register:
        assert 17 not in [t.high for line in incidents(register).lines for t in line.tolls]


def test_a_report_from_right_to_left_reads_so_and_its_marks_stand_on_its_words(room: Any, tab: Any) -> None:
    put(room, ARABIC, language="ar", title="حلب")
    tab.goto("/reports")
    tab.locator("a[data-open]").first.click()
    text = tab.locator("#text")
    assert text.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert text.inner_text() == ARABIC
    assert "�" not in tab.content()


def test_a_hostile_report_is_words_and_nothing_else(room: Any, tab: Any) -> None:
    put(room, HOSTILE, title="</title><script>document.title='owned'</script>")
    for address in ("/", "/queue", "/reports", "/incidents", f"/incidents/{seen(room)[0].id}"):
        tab.goto(address)
        assert tab.title() != "owned"
    tab.goto("/reports")
    tab.locator("a[data-open]").first.click()
    assert tab.title() != "owned"
    assert "<script>" in tab.locator("#text").inner_text()
    assert "\u202e" not in tab.locator("#text").inner_text()


def test_of_many_claims_those_in_view_have_forms_and_all_are_decided_by_the_keys(
    chromium: Any, room: Any, tab: Any
) -> None:
    said = [
        f"Police said {n + 2} people were killed in {t} on Monday."
        for n in range(10)
        for t in ("Kano", "Goma", "Homs", "Jos", "Gao")
    ]
    text = "\n\n".join(f"{one} {'The market was closed for the day. ' * 20}" for one in said)
    put(room, text)
    tab.goto("/reports")
    tab.locator("a[data-open]").first.click()
    assert tab.locator("#text").evaluate("e => e.textContent") == text
    assert tab.locator("#text .block").count() > 10
    claims = tab.locator("article.claim").count()
    assert claims > 40
    tab.wait_for_selector("article.claim .acts")
    assert tab.locator("article.claim .acts").count() < 20
    for _ in range(45):
        tab.keyboard.press("j")
    last = tab.locator("[data-current]").get_attribute("id")
    tab.wait_for_selector("[data-current] .acts")
    assert tab.locator("article.claim .acts").count() < 20
    with tab.expect_navigation():
        tab.keyboard.press("a")
    assert "confirmed" in tab.locator(f"#{last} .top").inner_text()
    context = chromium.new_context(base_url=room.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(tab.url.partition("#")[0])
    with page.expect_navigation():
        page.locator("noscript a, a.button", has_text="Decide").first.click()
    with page.expect_navigation():
        page.locator("button", has_text="Accept").first.click()
    assert page.locator("article .state.confirmed").count() == 2
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_in_both_colours(chromium: Any, room: Any, scheme: str) -> None:
    put(room, KANO)
    put(room, GOMA, title="Goma")
    with open_register(str(room.register)) as register:
        line = incidents(register).lines[0]
    context = chromium.new_context(base_url=room.address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"/incidents/{line.id}")
    report = page.locator("a[href^='/reports/']").first.get_attribute("href")
    page.goto("/origins")
    voice = page.locator("a[href^='/origins/']").first.get_attribute("href")
    rooms = ("/", "/queue", "/incidents", f"/incidents/{line.id}", "/reports", report, "/map", "/timeline", "/origins", voice,
             "/log", "/log?check=1", "/add", "/incidents/none")  # fmt: skip
    found = []
    for address in rooms:
        page.goto(address)
        page.evaluate(AXE)
        rules = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
        result = page.evaluate(f"axe.run(document, {{runOnly: {rules}}})")
        found += [(address, v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]
    context.close()
    assert found == []


def test_printed_an_incident_has_its_quotes_and_a_voice_its_claims_and_nothing_to_press(
    room: Any, tab: Any
) -> None:
    put(room, KANO)
    for address in (f"/incidents/{seen(room)[0].id}", "/origins"):
        tab.goto(address)
        if address == "/origins":
            tab.locator("a[href^='/origins/']").first.click()
        tab.emulate_media(media="print")
        assert tab.locator("table", has_text="12 people were killed").first.is_visible()
        assert tab.locator("button:visible, input:visible").count() == 0
        tab.emulate_media(media="screen")


def test_pages_can_be_read_and_decided_on_without_scripts(chromium: Any, room: Any) -> None:
    put(room, KANO)
    context = chromium.new_context(base_url=room.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/queue")
    with page.expect_navigation():
        page.locator("button", has_text="Accept").first.click()
    assert page.locator(".work .state.confirmed").count() == 0
    page.goto(f"/incidents/{seen(room)[0].id}")
    assert page.locator(".state.confirmed").count() == 1
    assert page.locator("svg .stepline").count() >= 1
    context.close()


def test_uploaded_files_come_in_and_custody_names_the_file_not_the_folder(
    room: Any, tab: Any, tmp_path: Path
) -> None:
    files = []
    for n, words in enumerate((KANO, GOMA)):
        files.append(tmp_path / f"report-{n}.txt")
        files[-1].write_text(words, encoding="utf-8")
    tab.goto("/add")
    tab.locator("#files").set_input_files([str(f) for f in files])
    tab.locator("button", has_text="Upload").click()
    tab.wait_for_selector("[data-job=done]")
    assert "2 reports added" in tab.locator("#job").inner_text()
    tab.goto("/reports")
    tab.locator("a[data-open]").first.click()
    assert "uploaded: " in tab.content()
    assert str(tmp_path) not in tab.content()


def test_killed_in_the_middle_of_decisions_each_is_there_whole_or_not_at_all(
    room: Any, chromium: Any
) -> None:
    for day in range(3, 9):
        put(room, KANO.replace("12", str(10 + day)), published=f"2025-03-0{day}", title=f"Day {day}")
    context = chromium.new_context(base_url=room.address)
    page = context.new_page()
    page.goto("/queue")
    token = page.locator("body").get_attribute("data-token")
    claims = re.findall(r'data-claim="(\w+)"', page.content())
    asked: list[str] = []

    def decide() -> None:
        for claim in claims:
            asked.append(claim)
            context.request.post(
                "/decide",
                form={"token": token, "action": "confirm", "target": claim, "back": "/queue"},
                max_redirects=0,
            )

    timer = threading.Timer(0.15, room.process.kill)
    timer.start()
    with suppress(chromium_error()):
        decide()
    timer.join()
    room.close()
    context.close()
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()
    room.start()
    assert asked
