"""Make the pictures of the README anew: python tools/pictures.py (the second one needs Chromium)."""

import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import tollbook
from tollbook.desk.examples import example_path, published_of
from tollbook.writers.html import to_html
from tollbook.writers.terminal import write_terminal

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
THEME = TerminalTheme(
    (250, 249, 246),
    (38, 38, 36),
    [
        (38, 38, 36),
        (155, 28, 28),
        (56, 102, 65),
        (205, 160, 60),
        (29, 79, 134),
        (112, 66, 128),
        (40, 110, 115),
        (250, 249, 246),
    ],
    [
        (110, 108, 104),
        (190, 40, 40),
        (70, 130, 80),
        (225, 180, 80),
        (50, 110, 175),
        (140, 90, 160),
        (60, 140, 145),
        (20, 20, 18),
    ],
)


def main() -> None:
    """Read the example of the coast; draw the terminal as SVG and the page as PNG."""
    path = example_path("coast")
    reading = tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path))
    console = Console(
        record=True,
        width=100,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    write_terminal(reading, console)
    svg = console.export_svg(title="tollbook example", theme=THEME, unique_id="reading")
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8")
    browser = shutil.which("chromium")
    if browser is None:
        print("no Chromium: reading.png left as it is")
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "reading.html"
        page.write_text(to_html([reading]), encoding="utf-8")
        size = ["--window-size=1280,2560", "--hide-scrollbars", "--force-prefers-reduced-motion"]
        size.append(f"--screenshot={PICTURES / 'reading.png'}")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", *size, page.as_uri() + "#r1-c3"],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main()
