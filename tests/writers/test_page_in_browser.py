"""The page works where it is read: its own policy lets its script run, and a link to a claim shows claim and words."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import tollbook

BROWSER = shutil.which("chromium")
TEXT = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_link_to_a_claim_marks_it_and_its_words(tmp_path: Path) -> None:
    page = tmp_path / "reading.html"
    page.write_text(tollbook.read(TEXT, published="2025-03-05").to_html(), encoding="utf-8")
    run = subprocess.run(
        [
            str(BROWSER),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=3000",
            "--dump-dom",
            page.as_uri() + "#r1-c2",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if "<html" not in run.stdout:
        pytest.skip(f"Chromium does not start here: {run.stderr.strip()[-200:]}")
    marked = re.findall(r'<(mark|li) class="[^"]*\bon\b[^"]*"[^>]*(?:data-c|id)="(r1-c\d)"', run.stdout)
    assert marked == [("mark", "r1-c2"), ("li", "r1-c2")]


def test_the_page_asks_nobody_for_anything() -> None:
    page = tollbook.read(TEXT).to_html()
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import""", page)
