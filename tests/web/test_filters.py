"""Filters live in the address and mean the same in every room; who may not read words cannot ask for them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tollbook.desk import admitting
from tollbook.desk.rooming import open_register, paste
from tollbook.web.app import create_app
from tollbook.web.settings import Settings

WORD = "a long and easy sentence"
KANO = "At least 12 civilians were killed in Kano on Monday, police said. Amina Yusuf was among them."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
ROOMS = ("/", "/queue", "/incidents", "/map", "/timeline")


@pytest.fixture
def name(tmp_path: Path) -> str:
    register = str(tmp_path / "a.register")
    with open_register(register) as opened:
        for text, title in ((KANO, "Kano attack"), (GOMA, "Goma raid")):
            paste(
                opened,
                text,
                {"publisher": "Daily", "published": "2025-03-05", "language": "en", "title": title},
                by="root",
            )
    return register


@pytest.fixture
def alone(name: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(name)), base_url="http://127.0.0.1") as client:
        yield client


def signed_in(name: str, who: str) -> TestClient:
    client = TestClient(
        create_app(Settings(name, team=True)), base_url="http://127.0.0.1", follow_redirects=False
    )
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/login").text)[0]
    answer = client.post(
        "/login", data={"token": token, "name": who, "password": WORD, "back": "/", "code": ""}
    )
    assert answer.status_code == 303
    return client


@pytest.mark.parametrize(
    "asked",
    [
        "place=Kano",
        "status=civilian",
        "origin=police",
        "words=Amina",
        "harm=killed&start=2025-03-03&end=2025-03-03",
        "party=&words=market+OR",
    ],
)
def test_one_address_part_means_the_same_in_every_room(alone: TestClient, asked: str) -> None:
    nothing = "market" in asked
    for room in ROOMS:
        page = alone.get(f"{room}?{asked}")
        assert page.status_code == 200
        shown = re.sub(
            r"<form class=\"filters.*?</form>|<section aria-labelledby=\"h-log\">.*",
            "",
            page.text,
            flags=re.S,
        )
        own, other = (">2025-03-03<", ">2025-03-04<") if room == "/timeline" else ("Kano", "Goma")
        assert (own in shown) is not nothing, room
        assert other not in shown, room
        assert 'class="set"' in page.text


def test_what_is_set_is_in_view_and_taken_off_one_by_one(alone: TestClient) -> None:
    page = alone.get("/timeline?place=Kano&status=civilian&by=month").text
    hrefs = re.findall(r'<a class="tag" href="([^"]+)"', page)
    assert [h.replace("&amp;", "&") for h in hrefs] == [
        "/timeline?status=civilian&by=month",
        "/timeline?place=Kano&by=month",
    ]
    assert 'href="/timeline?by=month">Clear all' in page


def test_with_victims_asked_for_the_figures_are_of_them_alone(alone: TestClient) -> None:
    whole = alone.get("/").text
    assert '<span class="figure">14</span>' in whole
    of_civilians = alone.get("/?status=civilian").text
    assert '<span class="figure">12</span>' in of_civilians
    assert "<title>2025-03: 2 armed forces" not in alone.get("/timeline?status=civilian&by=month").text


def test_who_may_not_read_words_cannot_find_out_where_they_stand(name: str) -> None:
    with open_register(name) as opened:
        for role in ("viewer", "reviewer"):
            admitting.add_account(opened, role, role, WORD, by="root")
    viewer, reviewer = signed_in(name, "viewer"), signed_in(name, "reviewer")
    for room in (*ROOMS[:1], *ROOMS[2:], "/api/incidents", "/api/toll", "/api/map"):
        assert viewer.get(f"{room}?words=Amina").status_code == 403
        assert reviewer.get(f"{room}?words=Amina").status_code == 200
    assert 'name="words"' not in viewer.get("/incidents").text


def test_words_that_cannot_be_looked_up_are_told_so_and_never_ignored(alone: TestClient) -> None:
    page = alone.get("/incidents?words=on")
    assert page.status_code == 404
    assert "no word of 3 letters" in page.text
    assert alone.get("/api/incidents?words=on+it").status_code == 422
    assert alone.get("/api/incidents?victims=civilian").status_code == 400


def token_of(client: TestClient) -> str:
    return re.findall(r'data-token="([^"]+)"', client.get("/filters").text)[0]


def save(client: TestClient, **fields: str) -> int:
    form = {
        "token": token_of(client),
        "wish": "save",
        "name": "Kano",
        "query": "place=Kano",
        "back": "/incidents?place=Kano",
    }
    return client.post("/filters", data={**form, **fields}, follow_redirects=False).status_code


def test_a_filter_is_saved_where_it_is_set_and_opens_in_every_room(alone: TestClient) -> None:
    assert "Save this filter" not in alone.get("/incidents").text
    page = alone.get("/incidents?order=largest&place=Kano").text
    query = re.findall(r'name="query" value="([^"]+)"', page)[0]
    assert query == "place=Kano"
    assert save(alone, name="The north", query=f"?offset=50&{query}&other=1") == 303
    for room in ROOMS:
        assert f'<a href="{room}?place=Kano" dir="auto">The north</a>' in alone.get(room).text
        assert '<b dir="auto">The north</b>' in alone.get(f"{room}?place=Kano").text
    listed = alone.get("/filters").text
    number = re.findall(r'name="filter" value="(\d+)"', listed)[0]
    form = {"token": token_of(alone), "wish": "remove", "filter": number, "back": "/filters"}
    assert alone.post("/filters", data={**form, "token": "x"}).status_code == 403
    assert alone.post("/filters", data=form).status_code == 200
    assert "The north" not in alone.get("/filters").text
    assert "saved filter changed" in alone.get("/log").text


def test_what_is_saved_is_looked_at_and_nothing_else_is_kept(alone: TestClient) -> None:
    assert save(alone, query="") == 422
    assert save(alone, query="offset=3") == 422
    assert save(alone, name="") == 422
    assert save(alone, query="place=" + "x" * 300) == 422
    assert save(alone, name="<script>alert(1)</script>") == 303
    assert "<script>alert" not in alone.get("/incidents").text


def test_a_team_sees_what_is_shared_as_far_as_each_role_may(name: str) -> None:
    with open_register(name) as opened:
        for role in admitting.ROLES:
            admitting.add_account(opened, role, role, WORD, by="root")
    viewer, reviewer, editor, admin = (
        signed_in(name, role) for role in ("viewer", "reviewer", "editor", "admin")
    )
    assert save(viewer, name="mine") == 303
    assert save(viewer, name="for all", shared="1") == 403
    assert save(viewer, name="names", query="words=Amina") == 403
    assert save(reviewer, name="one of us", shared="1") == 303
    assert save(reviewer, name="named", query="words=Amina", shared="1") == 303
    seen = {who: set(re.findall(r'<th scope="row" dir="auto">([^<]+)', c.get("/filters").text))
            for who, c in (("viewer", viewer), ("reviewer", reviewer), ("editor", editor))}  # fmt: skip
    assert seen == {
        "viewer": {"mine", "one of us"}, "reviewer": {"one of us", "named"}, "editor": {"one of us", "named"},
    }  # fmt: skip
    numbers = re.findall(r'name="filter" value="(\d+)"', reviewer.get("/filters").text)
    assert len(numbers) == 2
    for n in numbers:
        form = {"wish": "remove", "filter": n, "back": "/filters"}
        assert editor.post("/filters", data={**form, "token": token_of(editor)}).status_code == 403
    form = {"wish": "remove", "filter": numbers[0], "back": "/filters", "token": token_of(admin)}
    assert admin.post("/filters", data=form).status_code == 303
