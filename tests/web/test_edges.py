"""What comes seldom, in a real browser: a folder with folders, a report that is one endless line, a server of map tiles."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk.asking import incidents, newest_reports
from tollbook.desk.rooming import open_register, paste

KANO = "At least 12 people were killed in Kano on Monday, police said."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
HEAD = {"title": "Kano attack", "publisher": "Daily One", "published": "2025-03-05", "language": "en"}
TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0f01f000502020158e2b0"
    "d80000000049454e44ae426082"
)


class Tiles(http.server.BaseHTTPRequestHandler):
    """A server of tiles that remembers what was asked of it."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(TILE)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def tiles() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Tiles,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def test_a_folder_comes_in_with_its_folders_and_what_is_no_report_is_named(
    room: Any, tab: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "week"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text(KANO, encoding="utf-8")
    (folder / "inner" / "b.txt").write_text(GOMA, encoding="utf-8")
    (folder / "inner" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(400))
    tab.goto("/add")
    tab.locator("#folder").set_input_files(str(folder))
    tab.locator("form", has=tab.locator("#folder")).locator("button").click()
    tab.wait_for_selector("[data-job=done]")
    told = tab.locator("main").inner_text()
    assert "2 reports added" in told
    assert "photo.jpg" in told
    with open_register(str(room.register)) as register:
        assert len(newest_reports(register)) == 2


def test_a_report_of_one_line_of_ten_megabytes_is_shown_and_the_room_goes_on(room: Any, tab: Any) -> None:
    line = "shelling went on in the north " * 350_000
    with open_register(str(room.register)) as register:
        paste(register, f"{KANO} {line}{GOMA}", HEAD, by="ada")
    tab.set_default_timeout(60_000)
    tab.goto("/reports")
    tab.locator("a[data-open]").first.click()
    tab.wait_for_selector("article.claim")
    text = tab.content()
    assert "12 people were killed" in text
    assert "two soldiers" in text
    tab.keyboard.press("j")
    tab.wait_for_selector("[data-current] .acts")
    with tab.expect_navigation():
        tab.keyboard.press("a")
    assert tab.locator("article .state.confirmed").count() == 1


def test_tiles_are_asked_of_the_server_that_was_set_and_of_no_other(
    room_at: Any, chromium: Any, tmp_path: Path, tiles: tuple[str, list[str]]
) -> None:
    address, asked = tiles
    register = tmp_path / "a.register"
    with open_register(str(register)) as opened:
        paste(opened, KANO, HEAD, by="ada")
        assert incidents(opened).lines
    for more in ((), ("--tiles", address + "/{z}/{x}/{y}.png")):
        one = room_at(register, more=more)
        elsewhere: list[str] = []
        context = chromium.new_context(base_url=one.address)
        page = context.new_page()
        page.on(
            "request",
            lambda r, here=one.address, out=elsewhere: (
                None if r.url.startswith((here, "data:", "blob:")) else out.append(r.url)
            ),
        )
        page.goto("/map")
        page.wait_for_selector(".map path", state="attached")
        if more:
            page.wait_for_selector("img.leaflet-tile-loaded")
        context.close()
        with suppress(OSError):
            one.close()
        assert bool(elsewhere) == bool(more)
        assert all(url.startswith(address + "/") for url in elsewhere)
        assert bool(asked) == bool(more)
