"""What a recorder does beside accepting: places on a map, parties, notes, voices, the log, what may be one event."""

import csv
import io
import json
from typing import Any

from tollbook.desk.asking import incident, incidents, origins
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.verifying import verify

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
BOMB = "At least 12 people were killed in a bombing in Kano on Monday, police said."
AGAIN = "Rebels shot dead three farmers in Kano on Tuesday, the army said."


def put(room: Any, *texts: str) -> list[str]:
    with open_register(str(room.register)) as register:
        for n, text in enumerate(texts):
            head = {
                "title": f"Report {n}",
                "publisher": f"Daily {n}",
                "published": "2025-03-05",
                "language": "en",
            }
            paste(register, text, head, by="ada")
        return [line.id for line in incidents(register).lines]


def card(room: Any, id: str) -> Any:
    with open_register(str(room.register)) as register:
        return incident(register, id)


def open_claim(tab: Any, id: str, words: str) -> None:
    tab.goto(f"/incidents/{id}")
    tab.locator("a", has_text=words).first.click()
    tab.wait_for_url("**/reports/*")


def test_a_place_is_chosen_on_a_map_or_taken_off_and_both_keep_the_old_value(room: Any, tab: Any) -> None:
    (id,) = put(room, KANO)
    open_claim(tab, id, "At least 12")
    tab.keyboard.press("e")
    tab.wait_for_selector("[data-current] .map.spots[data-ready='1']")
    tab.locator("[data-current] input[data-spots]").fill("Goma")
    tab.wait_for_selector("[data-current] .map.spots:not([data-ready='1'])")
    choice = tab.locator("[data-current] select[name=place]")
    first = choice.input_value()
    assert first.startswith("Goma\t")
    tab.locator("[data-current] .map.spots path.leaflet-interactive").last.click()
    assert choice.input_value() != first
    choice.select_option(first)
    tab.locator("[data-current] form.correct input[name=why]").fill("wrong place or day")
    with tab.expect_navigation():
        tab.locator("[data-current] form.correct button.first").click()
    assert "Goma" in tab.locator("[data-current]").inner_text()
    decided = tab.locator(".steps").last.inner_text()
    assert "place: Kano, NG" in decided
    assert "→ Goma, CD" in decided
    tab.keyboard.press("e")
    tab.locator("[data-current] select[name=place]").select_option("-")
    tab.locator("[data-current] form.correct input[name=why]").fill("the words name none")
    with tab.expect_navigation():
        tab.locator("[data-current] form.correct button.first").click()
    assert "no place known" in tab.locator("[data-current]").inner_text()
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()


def test_who_did_it_is_corrected_with_its_footing(room: Any, tab: Any) -> None:
    (id,) = put(room, AGAIN)
    assert [s.name for s in card(room, id).incident.parties] == ["Rebels"]
    open_claim(tab, id, "three farmers")
    tab.keyboard.press("e")
    form = tab.locator("[data-current] form.correct")
    form.locator("[name='by.basis']").first.select_option("alleged")
    form.locator("[name='by.name']").last.fill("The army")
    form.locator("[name='by.basis']").last.select_option("denied")
    form.locator("input[name=why]").fill("the words say otherwise")
    with tab.expect_navigation():
        form.locator("button.first").click()
    assert "by Rebels (alleged), The army (denied)" in tab.locator("[data-current]").inner_text()
    sides = {s.name: s.bases for s in card(room, id).incident.parties}
    assert sides["Rebels"] == ("alleged",)
    assert (
        "done by: Rebels (stated) → Rebels (alleged); The army (denied)"
        in tab.locator(".steps").last.inner_text()
    )
    form = tab.locator("[data-current] form.correct")
    tab.keyboard.press("e")
    for field in form.locator("[name='by.name']").all():
        field.fill("")
    form.locator("input[name=why]").fill("nobody is named")
    with tab.expect_navigation():
        form.locator("button.first").click()
    assert card(room, id).incident.parties == ()


def test_a_note_on_a_claim_is_seen_by_whoever_comes_next(room: Any, tab: Any) -> None:
    (id,) = put(room, KANO)
    open_claim(tab, id, "At least 12")
    tab.keyboard.press("w")
    tab.keyboard.type("ask the hospital")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "ask the hospital" in tab.locator("[data-current] .note").inner_text()
    assert (
        "read by machine" in tab.locator("[data-current] .top").inner_text()
    )  # a note is no look at the figure


def test_what_may_be_one_event_is_merged_from_its_list_with_a_reason_given_last(room: Any, tab: Any) -> None:
    ids = put(room, BOMB, AGAIN)
    assert len(ids) == 2
    tab.goto(f"/incidents/{ids[0]}")
    assert "one day apart" in tab.locator("#h-facts ~ .steps").inner_text()
    with tab.expect_navigation():
        tab.locator("#h-facts ~ .steps button").click()
    why = tab.locator("#why-preview")
    why.fill("one raid")
    with tab.expect_navigation():
        why.press("Enter")
    assert len(put(room)) == 1


def test_voices_are_unified_and_claims_parted_only_after_every_item_was_shown(room: Any, tab: Any) -> None:
    put(room, KANO, AGAIN)
    tab.goto("/origins")
    for box in tab.locator("input[name=target]").all()[:2]:
        box.check()
    tab.locator("#why-unify").fill("one office")
    with tab.expect_navigation():
        tab.locator("button", has_text="one voice").click()
    assert tab.locator(".items li").count() == 2
    with open_register(str(room.register)) as register:
        assert decisions(register) == []
    with tab.expect_navigation():
        tab.keyboard.press("a")
    with open_register(str(room.register)) as register:
        assert [r.action for r, _ in decisions(register)] == ["unify"]
        name = origins(register)[0].name
    with tab.expect_navigation():
        tab.locator("button", has_text="Part them again").click()
    tab.locator("tbody a", has_text=name).first.click()
    tab.wait_for_url("**/origins/*")
    tab.locator("input[name=target]").first.check()
    tab.locator("#separate-to").fill("The mayor")
    tab.locator("#why-separate").fill("wrong origin")
    with tab.expect_navigation():
        tab.locator("form[action='/decide'] button", has_text="…").first.click()
    assert tab.locator(".items li").count() == 1
    with tab.expect_navigation():
        tab.keyboard.press("a")
    with open_register(str(room.register)) as register:
        assert next(r.action for r, holds in decisions(register) if holds) == "separate"
        assert verify(register, recount=True).faults == ()


def test_the_log_is_filtered_and_taken_away_with_old_and_new_value_and_why(room: Any, tab: Any) -> None:
    (id,) = put(room, AGAIN)
    open_claim(tab, id, "three farmers")
    tab.keyboard.press("e")
    tab.locator("[data-current] [name='count.best']").fill("4")
    tab.locator("[data-current] form.correct input[name=why]").fill("=misread")
    with tab.expect_navigation():
        tab.locator("[data-current] form.correct button.first").click()
    tab.goto("/log?action=correct&by=AD&start=2020-01-01")
    assert tab.locator("table").first.locator("tbody tr").count() == 1
    assert tab.locator("table").last.locator("tbody tr").count() == 1
    address = tab.locator(".tools a").first.get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(tab.context.request.get(address).text())))
    assert len(rows) == 1
    assert [rows[0][k] for k in ("by", "did", "field", "old", "new", "reason")] == [
        "ada", "correct", "count.best", "3", "4", "'=misread",
    ]  # fmt: skip
    lines = tab.context.request.get("/log.jsonl?end=2020-01-01").text()
    assert lines == ""
    whole = [json.loads(line) for line in tab.context.request.get("/log.jsonl").text().splitlines()]
    assert {"report", "review", "count"} <= {line["action"] for line in whole}
    tab.goto("/")
    tab.locator("a", has_text="decision: correct (best)").click()
    tab.wait_for_url("**/log?subject=*")
