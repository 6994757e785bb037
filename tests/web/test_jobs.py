"""Long work in real browsers: it is seen, paused, cancelled; a server that is killed at it leaves it to be gone on with."""

import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk import working
from tollbook.desk.asking import incidents, log
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.verifying import verify
from tollbook.register import jobs as rows

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
MANY = 400


def many(folder: Path, count: int = MANY) -> Path:
    """Write reports of many towns' harm, enough that adding them takes some seconds."""
    file = folder / "many.jsonl"
    towns = ("Kano", "Goma", "Homs", "Aleppo", "Mosul")
    lines = [
        {"text": f"Police said {n + 2} people were killed in {towns[n % 5]} on Monday. Report {n} of the day.",
         "language": "en", "publisher": f"Daily {n}", "published": f"2025-03-{n % 27 + 1:02}"} for n in range(count)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def upload(tab: Any, file: Path) -> str:
    tab.goto("/add")
    tab.locator("#files").set_input_files(str(file))
    with tab.expect_navigation():
        tab.locator("button", has_text="Upload").first.click()
    return str(re.search(r"/jobs/[\w-]+", tab.url)[0])  # type: ignore[index]  # it is there


def added(room: Any) -> int:
    with closing(sqlite3.connect(f"file:{room.register}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def until(room: Any, least: int) -> None:
    for _ in range(600):
        if added(room) >= least:
            return
        time.sleep(0.05)
    raise AssertionError(f"{added(room)} of {least} reports were added")


def test_work_is_paused_gone_on_with_and_cancelled(room: Any, tab: Any, tmp_path: Path) -> None:
    job = upload(tab, many(tmp_path))
    until(room, 10)
    with tab.expect_navigation():
        tab.locator("button", has_text="Pause").click()
    assert tab.locator("[data-job=paused]").count() == 1
    time.sleep(0.6)
    held = added(room)
    time.sleep(0.6)
    assert added(room) == held < MANY
    with tab.expect_navigation():
        tab.locator("button", has_text="Go on").click()
    until(room, held + 10)
    with tab.expect_navigation():
        tab.locator("button", has_text="Cancel").click()
    tab.wait_for_selector("[data-job=stopped]")
    assert 0 < added(room) < MANY
    assert not list(room.register.parent.glob("*.incoming/*"))
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()
    tab.goto("/add")
    assert tab.locator(f"a[href='{job}']").count() == 1


def test_what_a_killed_server_was_at_is_shown_and_gone_on_with(room: Any, tab: Any, tmp_path: Path) -> None:
    job = upload(tab, many(tmp_path))
    until(room, 20)
    tab.goto("about:blank")
    room.kill()
    half = added(room)
    assert 20 <= half < MANY
    room.start()
    tab.goto("/add")
    assert "Interrupted" in tab.locator("li", has=tab.locator(f"a[href='{job}']")).inner_text()
    tab.goto(job)
    assert tab.locator("[data-job=left]").count() == 1
    with tab.expect_navigation():
        tab.locator("button", has_text="Go on").click()
    tab.wait_for_selector("[data-job=done]", timeout=60000)
    assert added(room) == MANY
    assert f"{MANY - half} reports added, {half} there already" in tab.locator("#job").inner_text()
    assert not list(room.register.parent.glob("*.incoming/*"))
    with open_register(str(room.register)) as register:
        assert verify(register, recount=True).faults == ()


def test_reports_are_read_anew_seen_first_and_taken_over(room: Any, tab: Any) -> None:
    with open_register(str(room.register)) as register:
        paste(register, KANO, {"publisher": "Daily", "published": "2025-03-05", "language": "en"}, by="ada")
        with register.writing() as connection:  # as an older pack would have read it
            (body,) = connection.exec_driver_sql("SELECT body FROM claim WHERE low = 3").one()
            older = body.replace('"low":3,"best":3,"high":3', '"low":2,"best":2,"high":2')
            assert older != body
            connection.exec_driver_sql(
                "UPDATE claim SET body = ?, low = 2, best = 2, high = 2 WHERE low = 3", (older,)
            )
    tab.goto("/add")
    tab.locator("a[href='/reread']").click()
    with tab.expect_navigation():
        tab.locator("button", has_text="Read and compare").click()
    tab.wait_for_selector("[data-job=done]")
    tab.wait_for_selector("text=What would change")
    assert "exact 2/2/2 → exact 3/3/3" in tab.locator("article").inner_text()
    with open_register(str(room.register)) as register:
        assert [e for e in log(register) if e.action == "reread"] == []
    tab.locator("#why-take").fill("the new pack")
    with tab.expect_navigation():
        tab.locator("button", has_text="Take it over").click()
    tab.wait_for_selector("[data-job=done]")
    assert "1 of 1 of these reports were taken over" in tab.content()
    with open_register(str(room.register)) as register:
        assert {f.best for f in incidents(register).lines[0].tolls} == {12, 3}
        (entry,) = [e for e in log(register) if e.action == "reread"]
        assert entry.by == "ada"
        assert json.loads(entry.detail)["reason"] == "the new pack"


def test_work_is_left_where_its_process_is_gone_and_nowhere_else(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "a.register")) as register:
        one = working.begin(register, "compare", "x", {}, by="ada")
        assert not working.is_left(one)
        machine, process, begun = working.holder().split()
        with register.writing() as connection:
            rows.note(
                connection,
                one.id,
                at=one.made,
                holder=f"{machine} {process} {int(begun) + 1}",
                state="running",
            )
        found = working.find_work(register, one.id)
        assert found is not None
        assert working.is_left(found)
        with register.writing() as connection:
            rows.note(connection, one.id, at=one.made, holder="another 1 1", state="running")
        found = working.find_work(register, one.id)
        assert found is not None
        assert not working.is_left(found)
        with register.writing() as connection:
            rows.touch(connection, [one.id], "2020-01-01T00:00:00.000000Z")
        found = working.find_work(register, one.id)
        assert found is not None
        assert working.is_left(found)
        assert working.take_up(register, one.id).state == "running"
        with pytest.raises(working.UsageError):
            working.take_up(register, one.id)
