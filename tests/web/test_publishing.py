"""The record goes out by the page: exports, briefs, sites, as archives with manifests, by role; others' data beside ours."""

import hashlib
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tollbook.desk import admitting
from tollbook.desk.asking import incidents
from tollbook.desk.rooming import open_register, paste
from tollbook.web.app import create_app
from tollbook.web.settings import Settings

WORD = "a long and easy sentence"
KANO = "At least 12 people, among them Amina Yusuf, were killed in Kano on Monday by Boko Haram, police said."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
HEAD = {"publisher": "Daily One", "published": "2025-03-05", "language": "en", "title": "News"}
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
ACLED = """event_id_cnty,event_date,event_type,actor1,country,location,latitude,longitude,fatalities
NGA1,03 March 2025,Attack,Boko Haram,Nigeria,Kano,12.0,8.52,40
NGA3,2025-03-04,Attack,<script>alert(1)</script>,Nigeria,Lagos,6.45,3.39,7
NGA4,someday,Attack,Unknown,Nigeria,Jos,99,3.39,many
"""


@pytest.fixture
def name(tmp_path: Path) -> str:
    name = str(tmp_path / "a.register")
    with open_register(name) as register:
        for text in (KANO, GOMA):
            paste(register, text, HEAD, by="ada")
    return name


@pytest.fixture
def client(name: str) -> Iterator[TestClient]:
    app = create_app(Settings(name))
    yield opened(app)
    app.state.register.close()


def opened(app: Any) -> TestClient:
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    found = re.search(r'data-token="([^"]+)"', client.get("/compare").text or "")
    if found:
        client.headers["x-tollbook-token"] = found[1]
    return client


def made(client: TestClient, address: str = "/publish", **fields: Any) -> zipfile.ZipFile:
    answer = client.post(address, data=fields)
    assert answer.status_code == 303, answer.text
    place = answer.headers["location"]
    for _ in range(600):
        page = client.get(place).text
        if 'data-job="done"' in page:
            break
        assert 'data-job="failed"' not in page, page
        time.sleep(0.05)
    answer = client.get(f"{place}/file")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith('.zip"')
    return zipfile.ZipFile(io.BytesIO(answer.content))


def vouched(held: zipfile.ZipFile, manifest: str = "manifest.json") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(held.read(manifest))
    files = {f["name"]: f["sha256"] for f in told["files"]}
    assert files == {n: hashlib.sha256(held.read(n)).hexdigest() for n in held.namelist() if n != manifest}
    return told


def test_an_export_is_an_archive_with_manifest_and_losses(client: TestClient) -> None:
    held = made(
        client,
        "/publish?place=Kano",
        wish="export",
        format=["ged", "geojson"],
        go_out="all",
        redact=["names"],
        hxl="1",
    )
    told = vouched(held)
    assert {"ged-shaped.csv", "incidents.geojson", "losses.csv"} <= set(held.namelist())
    assert (told["incidents"], told["filters"], told["redacted"], told["hxl"]) == (
        1,
        {"place": "Kano"},
        ["names"],
        True,
    )
    assert b"Amina" not in b"".join(held.read(n) for n in held.namelist())
    assert b"Goma" not in held.read("ged-shaped.csv")


def test_only_what_is_signed_off_unless_all_is_asked_for(client: TestClient, name: str) -> None:
    held = made(client, wish="export", format="ged", go_out="confirmed")
    assert vouched(held)["incidents"] == 0
    answer = client.post("/publish", data={"wish": "export", "go_out": "all"})
    assert answer.status_code == 422
    assert "no format" in answer.text


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "md"])
def test_a_brief_of_an_incident_and_of_what_is_asked_for(client: TestClient, name: str, form: str) -> None:
    with open_register(name) as register:
        line = next(line for line in incidents(register).lines if line.place == "Kano")
    one = made(client, f"/publish?incident={line.id}", wish="brief", form=form, go_out="all")
    assert vouched(one, f"brief.{form}.manifest.json")["incidents"] == [line.id]
    every = made(client, "/publish", wish="brief", form=form, go_out="all", redact=["names", "quotes"])
    assert len(vouched(every, f"brief.{form}.manifest.json")["incidents"]) == 2
    if form in ("html", "md"):
        assert "At least 12 people" in one.read(f"brief.{form}").decode()
        assert "Amina" not in every.read(f"brief.{form}").decode()


def test_a_site_is_an_archive_that_opens_by_itself(client: TestClient) -> None:
    held = made(client, wish="site", go_out="all", redact="names", title="Our record")
    told = vouched(held)
    assert (told["incidents"], told["title"]) == (2, "Our record")
    assert "Our record" in held.read("index.html").decode()
    assert {"data/manifest.json", "search/about.js", "assets/map/world.js"} <= set(held.namelist())


def test_a_work_that_fails_says_why_and_one_of_anothers_is_not_there(client: TestClient) -> None:
    answer = client.post("/publish", data={"wish": "site", "go_out": "confirmed"})
    place = answer.headers["location"]
    for _ in range(200):
        page = client.get(place).text
        if 'data-job="failed"' in page:
            break
        time.sleep(0.05)
    assert "no incident is like that" in page
    assert client.get(f"{place}/file").status_code == 404
    client.app.state.makings.all[place.rpartition("/")[2]].by = "another"  # type: ignore[attr-defined]  # an application
    assert client.get(place).status_code == 404
    assert client.post(place, data={"wish": "stop"}).status_code == 404


def test_roles_decide_who_may_take_the_record_away(name: str) -> None:
    with open_register(name) as register:
        for role in admitting.ROLES:
            admitting.add_account(register, role, role, WORD, by="root")
    app = create_app(Settings(name, team=True))
    for role, may_take, may_bring in (
        ("viewer", False, False),
        ("reviewer", True, False),
        ("editor", True, True),
    ):
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        page = client.get("/login").text
        token = re.findall(r'data-token="([^"]+)"', page)[0]
        client.post("/login", data={"token": token, "name": role, "password": WORD})
        client.headers["x-tollbook-token"] = re.findall(r'data-token="([^"]+)"', client.get("/account").text)[
            0
        ]
        assert (client.get("/publish").status_code == 200) is may_take
        assert client.post("/publish", data={"wish": "brief", "go_out": "all"}).status_code == (
            303 if may_take else 403
        )
        assert client.get("/compare").status_code == 200
        assert ("Bring a data set in" in client.get("/compare").text) is may_bring
        sent = client.post("/compare", data={"kind": "acled"}, files={"file": ("a.csv", ACLED)})
        assert sent.status_code == (303 if may_bring else 403)
    app.state.register.close()


def test_a_data_set_is_brought_in_and_laid_beside_ours(client: TestClient, name: str) -> None:
    assert "No data set" in client.get("/compare").text
    sent = client.post("/compare", data={"kind": "acled", "name": "March"}, files={"file": ("a.csv", ACLED)})
    assert sent.status_code == 303
    page = client.get(sent.headers["location"]).text
    assert "1 in both, figures agree" in page
    assert "2 only theirs" in page
    assert "1 of our incidents" in page or "One of our incidents lies outside" in page
    assert "<script>alert" not in page
    assert "someday" in page
    address = re.findall(r'href="(/compare/files[^"]+)"', page)[0].replace("&amp;", "&")
    held = zipfile.ZipFile(io.BytesIO(client.get(address).content))
    told = vouched(held)
    assert told["pairs"] == {"agree": 1, "differ": 0, "ours": 0, "theirs": 2}
    with open_register(name) as register:
        assert incidents(register).total == 2
    wrong = client.post("/compare", data={"kind": "ged"}, files={"file": ("a.csv", ACLED)})
    assert wrong.status_code == 422
    assert client.get("/compare?dataset=none").status_code == 404


def test_the_pages_are_accessible_and_work_in_a_browser(
    chromium: Any, room_at: Any, name: str, tmp_path: Path
) -> None:
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    room = room_at(Path(name))
    found = []
    try:
        for scheme in ("light", "dark"):
            context = chromium.new_context(
                base_url=room.address, color_scheme=scheme, bypass_csp=True, accept_downloads=True
            )
            page = context.new_page()
            page.goto("/publish")
            page.check("#x-ged")
            page.select_option("#p-review", "all")
            page.locator("button[value=export]").click()
            page.wait_for_selector("[data-job=done]")
            with page.expect_download() as download:
                page.locator("a[download]").click()
            assert download.value.suggested_filename == "tollbook-export.zip"
            addresses = [page.url.removeprefix(room.address), "/publish", "/publish?place=Kano"]
            page.goto("/compare")
            page.set_input_files("#i-file", str(tmp_path / "acled.csv"))
            page.select_option("#i-kind", "acled")
            page.locator("form.row button", has_text="Bring").click()
            page.wait_for_url("**/compare?dataset=*")
            addresses += ["/compare", page.url.removeprefix(room.address)]
            for address in addresses:
                page.goto(address)
                page.evaluate(AXE)
                rules = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
                result = page.evaluate(f"axe.run(document, {{runOnly: {rules}}})")
                found += [(address, v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]
            context.close()
    finally:
        room.close()
    assert found == []
