"""Measure how a long report scrolls: python benchmarks/scrolling.py [--kilobytes 300] [--claims 400] [--page FILE]

A made-up report of so many kilobytes with so many claims is added to a register, `tollbook serve` opens it, and a real headless
Chromium, driven through its DevTools protocol, does what a reader does: opens the page, scrolls from its top to its end and back
with a wheel's gestures, walks from claim to claim by the keys (each is highlighted in the text and brought into view), selects
words. Told are the times between two frames while it scrolls (by requestAnimationFrame), the long tasks (over 50 ms on the page's
main thread), and how long it takes from a key to the frame that shows the next claim. A frame is due every 16.7 ms; what people
see as a stutter is a gap of 50 ms and more. Writes its section of docs/performance.md where a page is given.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import sync_playwright
from room import Server, write_section

from tollbook.desk.asking import newest_reports
from tollbook.desk.rooming import open_register, paste

BEGIN, END = "<!-- made by benchmarks/scrolling.py -->", "<!-- end of what the scrolling makes -->"
TOWNS = ("Kano", "Goma", "Homs", "Aleppo", "Mosul", "Basra", "Bamako", "Gao", "Jos", "Maiduguri")
WORDS = [
    "the",
    "river",
    "market",
    "road",
    "council",
    "school",
    "bridge",
    "harvest",
    "season",
    "water",
    "meeting",
    "letter",
    "minister",
    "village",
    "price",
    "grain",
    "station",
    "winter",
    "summer",
    "garden",
    "teacher",
    "student",
    "office",
    "paper",
    "window",
    "morning",
    "evening",
    "radio",
    "music",
    "bread",
    "table",
    "mountain",
    "valley",
    "train",
]
WATCH = """() => {
  window.seen = { frames: [], tasks: [] };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => window.seen.tasks.push(one.duration)))
    .observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  const frame = (now) => { window.seen.frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
KEY = """() => new Promise((done) => {
  const begun = performance.now();
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""
SELECT = """() => new Promise((done) => {
  const marks = document.querySelectorAll('#text mark'), range = document.createRange(), begun = performance.now();
  const at = Math.floor(Math.random() * (marks.length - 2));
  range.setStartBefore(marks[at]); range.setEndAfter(marks[at + 1]);
  getSelection().removeAllRanges(); getSelection().addRange(range);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def text_of(kilobytes: int, claims: int, seed: int) -> str:
    """Write a report of a size with so many figures of killed and injured, spread over it."""
    dice = random.Random(seed)
    whole = [
        f"Police said {dice.randint(2, 90)} people were {dice.choice(('killed', 'injured'))} in {dice.choice(TOWNS)} on Monday."
        for _ in range(claims)
    ]
    size = sum(map(len, whole))
    share = max(0, kilobytes * 1000 - size) // max(1, claims)
    paragraphs = []
    for sentence in whole:
        filler, length = list[str](), 0
        while length < share:
            words = [dice.choice(WORDS) for _ in range(dice.randint(6, 16))]
            filler.append(" ".join(words).capitalize() + ".")
            length += len(filler[-1]) + 1
        paragraphs.append(f"{sentence} {' '.join(filler)}")
    return "\n\n".join(paragraphs)


def told(name: str, values: list[float]) -> str:
    """Return a line of the table."""
    high = quantiles(values, n=20)[18] if len(values) > 1 else values[0]
    over = sum(v > 50 for v in values)
    return f"| {name} | {len(values):,} | {median(values):,.1f} ms | {high:,.1f} ms | {max(values):,.1f} ms | {over} |"


def scrolled(page: Any, distance: int) -> list[float]:
    """Scroll by gestures of the wheel, through the DevTools protocol; return the times between frames."""
    protocol = page.context.new_cdp_session(page)
    page.evaluate("() => { window.seen.frames = []; }")
    protocol.send(
        "Input.synthesizeScrollGesture",
        {
            "x": 400,
            "y": 400,
            "yDistance": distance,
            "speed": 4000,
            "gestureSourceType": "mouse",
            "preventFling": True,
        },
    )
    return [float(f) for f in page.evaluate("() => window.seen.frames")][1:]


def measured(address: str) -> tuple[list[str], int]:
    """Read a page as a person does; return the lines told, and how many gaps over 50 ms there were in scrolling."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 720}, bypass_csp=True)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(f"({WATCH})()")
        page.goto(address)
        page.wait_for_timeout(1500)
        times = page.evaluate(
            "() => { const n = performance.getEntriesByType('navigation')[0];"
            " return [n.responseStart, n.domContentLoadedEventEnd, n.loadEventEnd, n.decodedBodySize]; }"
        )
        opening = page.evaluate("() => { const t = window.seen.tasks; window.seen.tasks = []; return t; }")
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        down = scrolled(page, -height)
        up = scrolled(page, height)
        scrolling = page.evaluate("() => { const t = window.seen.tasks; window.seen.tasks = []; return t; }")
        keys = [float(page.evaluate(KEY)) for _ in range(60)]
        chosen = [float(page.evaluate(SELECT)) for _ in range(20)]
        marks = page.locator("#text mark").count()
        working = page.evaluate("() => window.seen.tasks")
        browser.close()
    opened = (
        f"The page is {times[3] / 1e6:.1f} MB of HTML with {marks:,} marks and {height:,} pixels high. Its first byte comes "
        f"after {times[0]:,.0f} ms, it is there after {times[1]:,.0f} ms, with {len(opening)} long tasks of "
        f"{sum(opening):,.0f} ms together."
    )
    tasks = (
        f"Long tasks while scrolling: {len(scrolling)}, {sum(scrolling):,.0f} ms together; while walking and selecting: "
        f"{len(working)}, {sum(working):,.0f} ms together."
    )
    lines = [
        opened,
        "",
        "| | frames, or times | median | 95 of 100 | longest | over 50 ms |\n|---|--:|--:|--:|--:|--:|",
        told("scrolling down, between two frames", down),
        told("scrolling up, between two frames", up),
        told("the next claim by its key, until it is shown", keys),
        told("selecting words, until it is shown", chosen),
        "",
        tasks,
    ]
    return lines, sum(f > 50 for f in (*down, *up))


def main() -> int:
    """Measure one report and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--claims", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/a.register"
        with open_register(name) as register:
            head = {
                "title": "A long report",
                "publisher": "Daily One",
                "published": "2025-03-05",
                "language": "en",
            }
            paste(register, text_of(asked.kilobytes, asked.claims, asked.seed), head, by="somebody")
            line = newest_reports(register)[0]
        server = Server(name)
        try:
            lines, gaps = measured(f"http://127.0.0.1:{server.port}/reports/{line.key}")
        finally:
            server.kill()
    size = f"A report of {asked.kilobytes} KB with {line.claims} claims"
    about = f"{size} in headless Chromium without a graphics card, at 1280×720."
    load = f"{os.getloadavg()[0]:.1f} processes wanted to run meanwhile on {os.cpu_count()} cores."
    words = "\n".join([f"{about} {load}", "", *lines])
    print(words)
    if asked.page:
        write_section(asked.page, f"## A long report in the room\n\n{words}", BEGIN, END)
    print(f"\n{gaps} gaps of more than 50 ms between two frames of scrolling")
    return 0


if __name__ == "__main__":
    sys.exit(main())
