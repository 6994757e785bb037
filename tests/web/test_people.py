"""Doubtful pairs in the room: side by side, decided, kept, taken back; hostile names are shown, not obeyed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tollbook.desk.linking import link, read_decisions, relink
from tollbook.web.app import create_app
from tollbook.web.settings import Settings

NORTH = (
    "id,name,age,date of death,place\n1,Ahmad Khaled Darwish,34,2013-05-12,Homs\n2,Omar Issa,40,2013-05-12,Homs\n"
    "3,<b>Sami</b> Nasser,22,2013-06-01,Aleppo\n"
)
SOUTH = (
    "id,name,age,date of death,place\n1,Ahmed Darwish,33,2013-05-12,Hims\n2,Omar Eissa,,2013-05-14,\n3,Sami Nasser,,,Aleppo\n"
    "4,Layla Haddad,7,2014-01-01,Idlib\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("north", NORTH), ("south", SOUTH)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    link([tmp_path / "north.csv", tmp_path / "south.csv"], tmp_path / "linked", single=True)
    return tmp_path / "linked"


@pytest.fixture
def room(tmp_path: Path, folder: Path) -> Iterator[TestClient]:
    app = create_app(Settings(str(tmp_path / "a.register"), person="ana", people=str(folder)))
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    found = re.search(r'data-token="([^"]+)"', client.get("/people").text)
    assert found
    client.headers["x-tollbook-token"] = found[1]
    yield client
    app.state.register.close()


PAIR = {"one_list": "north", "one_ref": "1", "two_list": "south", "two_ref": "1"}


def test_a_decision_is_kept_at_once_and_taken_back(room: TestClient, folder: Path) -> None:
    assert (
        room.post(
            "/people", data={**PAIR, "verdict": "same", "why": "same mother", "back": "/people"}
        ).status_code
        == 303
    )
    assert [(d.verdict, d.by, d.reason) for d in read_decisions(folder)] == [("same", "ana", "same mother")]
    joined = {frozenset(linked_rows(folder, p)) for p in relink(folder).persons}
    assert frozenset({("north", "1"), ("south", "1")}) in joined
    page = room.get("/people").text
    assert "same mother" in page
    assert "Take back" in page
    assert room.post("/people", data={**PAIR, "verdict": "different"}).status_code == 303
    assert room.post("/people", data={**PAIR, "verdict": "undecided"}).status_code == 303
    assert [d.verdict for d in read_decisions(folder)] == ["same", "different", "undecided"]
    assert "Take back" not in room.get("/people").text  # nothing stands, all is written


def linked_rows(folder: Path, person: object) -> list[tuple[str, str]]:
    rows = relink(folder).rows
    return [(rows[i].list, rows[i].ref) for i in getattr(person, "rows", ())]


def test_doubtful_pairs_stand_side_by_side_and_names_are_not_obeyed(room: TestClient) -> None:
    page = room.get("/people").text
    assert "<b>Sami</b>" not in page
    assert room.get("/").text.count('href="/people"') == 1
    for heading in re.findall(r"north:\d+</th>", page):
        assert heading
    assert re.search(r"doubtful pair|No doubtful pair", page)


def test_what_is_no_decision_changes_nothing(room: TestClient, folder: Path) -> None:
    assert room.post("/people", data={**PAIR, "verdict": "perhaps"}).status_code == 422
    assert room.post("/people", data={**PAIR, "two_ref": "99", "verdict": "same"}).status_code == 422
    stranger = room.post("/people", data={**PAIR, "verdict": "same"}, headers={"x-tollbook-token": "no"})
    assert stranger.status_code == 403
    assert read_decisions(folder) == []


def test_a_room_without_linked_lists_says_how_to_link(tmp_path: Path) -> None:
    app = create_app(Settings(str(tmp_path / "b.register")))
    page = TestClient(app, base_url="http://127.0.0.1").get("/people").text
    assert "tollbook people link" in page
    app.state.register.close()
