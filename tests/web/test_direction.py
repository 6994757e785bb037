"""The interface from right to left: a made-up catalogue proves that every word is in the catalogue and every page turns."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk.asking import incidents
from tollbook.desk.rooming import open_register, paste
from tollbook.errors import UsageError
from tollbook.web import catalogue

HERE = Path(__file__).parent
ENGLISH = Path(catalogue.__file__).parent / "strings" / "en.toml"
KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
LATER = "The army said 9 people were killed in Kano on Monday."
ARABIC = "قتل 14 مدنيا في حلب يوم الاثنين، بحسب المرصد السوري لحقوق الإنسان."
SIZES = ((1280, 720), (820, 1180), (360, 740))
# what the interface says of itself: no words of reports, of people, or of the record stand in these
OWN = (
    "nav a, h2:not(:has(a)), label, button, summary, th[scope=col], legend, .state, .tools a, figcaption, "
    "select:not(#assign-claim, [name=part_of], [name=supersedes], [name=relation], #note-of) option"
)


def _pseudo(to: Path) -> Path:
    spec = importlib.util.spec_from_file_location("pseudo", HERE / "pseudo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Path(module.write(ENGLISH, to))


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory, room_at: Any) -> Iterator[Any]:
    """A room from right to left."""
    folder = tmp_path_factory.mktemp("turned")
    with open_register(str(folder / "a.register")) as register:
        for n, text in enumerate((KANO, LATER, ARABIC)):
            head = {
                "publisher": f"Daily {n}",
                "published": f"2025-03-0{n + 5}",
                "language": "ar" if text is ARABIC else "en",
            }
            paste(register, text, head, by="ada")
    made = room_at(folder / "a.register", more=("--catalogue", str(_pseudo(folder / "pseudo.toml"))))
    yield made
    made.close()


@pytest.fixture
def pages(turned: Any) -> list[str]:
    with open_register(str(turned.register)) as register:
        line = next(line for line in incidents(register).lines if line.place == "Kano")
    return ["/", "/queue", "/incidents", f"/incidents/{line.id}", "/reports", "/map", "/timeline?by=month", "/origins", "/log",
            "/add", "/reread", "/filters", "/incidents?place=Kano", "/nothing"]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_every_page_turns_and_nothing_hangs_over(
    chromium: Any, turned: Any, pages: list[str], size: tuple[int, int]
) -> None:
    context = chromium.new_context(base_url=turned.address, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    for address in pages:
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl", address
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, address
        name, tools = page.locator(".bar .name").bounding_box(), page.locator(".bar .tools").bounding_box()
        assert name["x"] > tools["x"], address
        heading = page.locator("main h1").bounding_box()
        assert abs(heading["x"] + heading["width"] - (size[0] - 24)) < 260 or heading["x"] > size[0] / 3, (
            address
        )
    context.close()


def test_every_word_of_the_interface_is_in_its_catalogue(
    chromium: Any, turned: Any, pages: list[str]
) -> None:
    context = chromium.new_context(base_url=turned.address)
    page = context.new_page()
    english = []
    for address in pages:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        said = page.evaluate(
            """(own) => [...document.querySelectorAll(own)].flatMap((one) => {
                const copy = one.cloneNode(true);
                copy.querySelectorAll('kbd, bdi, q, [dir=auto], code, .soft').forEach((inner) => inner.remove());
                return /[A-Za-z]{2}/.test(copy.textContent) ? [copy.textContent.trim()] : [];
            })""",
            OWN,
        )
        english += [(address, words) for words in said]
    context.close()
    assert english == []


def test_texts_keep_their_own_direction_in_either_interface(chromium: Any, turned: Any) -> None:
    context = chromium.new_context(base_url=turned.address)
    page = context.new_page()
    found = {}
    for key in _reports(turned):
        page.goto(f"/reports/{key}")
        text = page.locator("#text")
        found[text.inner_text()] = text.evaluate("e => getComputedStyle(e).direction")
    context.close()
    assert found == {KANO: "ltr", LATER: "ltr", ARABIC: "rtl"}


def _reports(room: Any) -> list[str]:
    from tollbook.desk.asking import newest_reports  # noqa: PLC0415  # only here

    with open_register(str(room.register)) as register:
        return [line.key for line in newest_reports(register)]


def test_a_catalogue_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    for words, why in (
        ("[site]\nnowhere = 'x'\n", "says nothing under"),
        ("[incident]\nlist = '{m} incidents'\n", "other values"),
        ("[catalogue]\ndirection = 'up'\n", "ltr or rtl"),
        ("[site]\nname = 3\n", "words under its keys"),
        ("not toml", "cannot be read"),
    ):
        file.write_text(words, encoding="utf-8")
        with pytest.raises(UsageError, match=why):
            catalogue.speak(str(file))
    file.write_text("[site]\nqueue = 'Warteschlange'\n", encoding="utf-8")
    catalogue.speak(str(file))
    assert (catalogue.say("site.queue"), catalogue.say("site.map")) == ("Warteschlange", "Map")
    catalogue.speak(None)
    assert catalogue.say("site.queue") == "Queue"
