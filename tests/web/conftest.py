"""A room as a person has it: `tollbook serve` in a process of its own, and a real Chromium at its pages."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Room:
    """A running room; `address` is where it answers."""

    def __init__(self, register: Path, by: str = "ada", more: tuple[str, ...] = ()) -> None:
        self.register, self.by, self.port, self.more = register, by, free_port(), more
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tollbook.cli import main; main()", "serve", "--register", str(self.register),
             "--port", str(self.port), "--by", self.by, *self.more],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stderr=subprocess.PIPE,
        )  # fmt: skip
        for _ in range(600):
            assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
            try:
                urllib.request.urlopen(f"{self.address}/static/mark.svg").read()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the room does not answer")

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.close()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture(scope="session")
def room_at() -> type[Room]:
    """How a room over a register that is there already is opened."""
    return Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room over a new register."""
    made = Room(tmp_path / "a.register")
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A real browser, without any service of its own that calls home."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--force-prefers-reduced-motion",  # what glides into view is clicked where it no longer is
            ],
        )
        _patient(browser)
        yield browser
        browser.close()


def _patient(browser: Any) -> None:
    """Let keys wait for the page's script, as a person does who looks before pressing one: no page of any test is faster."""
    open_context = browser.new_context

    def new_context(**more: Any) -> Any:
        context = open_context(**more)
        if more.get("java_script_enabled", True):
            context.on("page", _patient_keys)
        return context

    browser.new_context = new_context


def _patient_keys(page: Any) -> None:
    keyboard = page.keyboard
    press = keyboard.press

    def patient(key: str, **more: Any) -> None:
        page.wait_for_selector("body[data-keys]", state="attached")
        press(key, **more)

    keyboard.press = patient


@pytest.fixture
def tab(chromium: object, room: Room) -> Iterator[object]:
    """A page of a browser at the room. Whatever asks another machine, or faults in a script, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, base_url=room.address)  # type: ignore[attr-defined]  # a browser
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((room.address, "data:", "blob:")) else faults.append(r.url),
    )
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "console",
        lambda m: faults.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
    )
    page.set_default_timeout(15000)
    yield page
    context.close()
    assert faults == []
