"""Sites from end to end: every number taken back to a claim's quote, nothing run, nobody asked, the same bytes each time.

One file, longer than others: every test looks at the same site, which is made once at its head.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from standing import add_at
from tracing import claims_of, numbers, of_reason, said_by, sums

from tollbook.desk import asking, deciding
from tollbook.desk.adding_up import toll
from tollbook.desk.examples import example_record
from tollbook.desk.siting import SiteOrder, site
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentLine, TollRow, Wanted
from tollbook.model.site import Totals
from tollbook.register.register import Register
from tollbook.writers import site as site_writer
from tollbook.writers import site_search
from tollbook.writers.site_search import terms_of
from tollbook.writers.site_totals import chart_html

GOLDEN = Path(__file__).parent.parent / "writers" / "golden_site"
FIXED = "2026-01-02T00:00:00.000000Z"
RISEN = "The death toll of Monday's attack in Kano has risen to 15 civilians, including 4 children, police said on Wednesday."
SMALL = {
    "Kano": """At least 12 civilians were killed in Kano on Monday by Boko Haram, police said. Three others were injured. \
The governor condemned the attack. Dozens of houses were burnt.""",
    "</title><script>alert(1)</script>": RISEN,
    "غوما": "M23 rebels killed two soldiers in Goma on Tuesday, the army said. <script>alert(1)</script> Dozens fled.",
    "Maiduguri": "Amina Okafor and two others were killed in Maiduguri on 20 January 2025, a hospital said.",
}
URLS = (
    "https://0.example/a",
    "javascript:alert(1)",
    "https://2.example/a?<b>",
    "https://3.example/amina-okafor-dies",
)


def register_of(folder: Path, rows: list[dict[str, str]], name: str = "some") -> Register:
    file = folder / "reports.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    register = Register(str(folder / f"{name}.register"), create=True)
    add_at(FIXED, register, file)
    return register


def small(folder: Path) -> Register:
    return register_of(
        folder,
        [{"text": text, "language": "en", "title": title, "published": f"2025-03-0{5 + n}", "publisher": f"Daily {n}",
          "url": URLS[n], "id": str(n)} for n, (title, text) in enumerate(SMALL.items())],
    )  # fmt: skip


def coast(folder: Path) -> Register:
    return register_of(
        folder, [json.loads(x) for x in example_record().read_text(encoding="utf-8").splitlines()]
    )


EVERY = SiteOrder(review="all", redact=())


@pytest.fixture(scope="module", params=["small", "coast"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Register, Path]]:
    folder = tmp_path_factory.mktemp(request.param)
    with (small if request.param == "small" else coast)(folder) as register:
        site(register, EVERY, folder / "out")
        yield register, folder / "out"


def pages(out: Path) -> dict[str, lxml.html.HtmlElement]:
    return {
        p.relative_to(out).as_posix(): lxml.html.fromstring(p.read_text(encoding="utf-8"))
        for p in sorted(out.rglob("*.html"))
    }


def whole(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# ---- numbers


def test_every_number_says_what_it_is(told: tuple[Register, Path]) -> None:
    """No digit stands outside an element that tells persons, things of the record, days, words of reports or addresses."""
    for path, page in pages(told[1]).items():
        (main,) = page.xpath("//main")
        kinds = ("b[@class='n']", "*[@class='r' or @class='soft r']", "time", "bdi", "q", "sup", "code", "svg",
                 "*[contains(@class,'why')]", "a[starts-with(@href,'http')]")  # fmt: skip
        for gone in main.xpath("|".join(f".//{kind}" for kind in kinds)):
            gone.drop_tree()
        if path == "method.html":  # versions, digests and settings of rules
            continue
        if path == "data.html":
            for gone in main.xpath(".//table"):
                gone.drop_tree()
        assert not re.findall(r"[^\n]{0,40}\d[^\n]{0,40}", main.text_content()), path


def test_every_figure_of_an_incident_leads_to_the_words_of_a_claim(told: tuple[Register, Path]) -> None:
    register, out = told
    claims = claims_of(register)
    spans: dict[tuple[str, int, int], set[str]] = {}
    for line in asking.newest_reports(register, limit=200):
        for one in asking.report(register, line.key).testimonies:
            e = one.claim.evidence
            spans.setdefault((line.key, e.start, e.end), set()).add(one.id)
    everything, checked = said_by(claims), 0
    for path, page in pages(out).items():
        cited = {li.get("id")[1:]: li for li in page.xpath("//ol[@class='cites']/li")}
        for figure in page.xpath("//b[@class='n'][@data-c]"):
            values = set(numbers(re.sub("“[^”]*”", "", figure.text_content())))
            own = [cited[n] for n in figure.get("data-c").split()]
            places = [
                (li.get("data-report"), int(li.get("data-start")), int(li.get("data-end"))) for li in own
            ]
            ids = set(chain.from_iterable(spans.get(place, ()) for place in places))
            reachable = sums([claims[id][0] for id in ids])
            row = figure.xpath("ancestor::tr")
            if "status is not told" in figure.text_content() or (row and "the rest" in whole(row[0])):
                reachable |= {a - b for a in reachable for b in reachable}
            assert values <= reachable, (path, figure.text_content(), values)
            assert own or not values
            checked += len(values)
        for reason in page.xpath("//*[contains(@class,'why')]"):
            assert of_reason(reason.text_content()) <= everything, reason.text_content()
    assert checked > 5


def holder(line: IncidentLine, harm: str, lines: dict[str, IncidentLine]) -> bool:
    """Tell whether a wider incident has a toll of this harm."""
    above = lines.get(line.parent or "")
    while above is not None:
        if any(t.harm == harm for t in above.tolls):
            return True
        above = lines.get(above.parent or "")
    return False


def test_every_other_figure_is_that_of_an_incident_or_a_sum_of_them(told: tuple[Register, Path]) -> None:
    register, out = told
    lines = {line.id: line for line in asking.incidents(register, limit=1000).lines}
    figures = {(line.id, t.harm): (t.low, t.best, t.high) for line in lines.values() for t in line.tolls}
    bounds: dict[tuple[str, str], list[int]] = {}
    for line in lines.values():
        for t in line.tolls:
            if not holder(line, t.harm, lines):
                for group in ("all", line.start if line.start == line.end else f"{line.start} to {line.end}"):
                    held = bounds.setdefault((t.harm, group), [0, 0, 0])
                    for n, value in enumerate((t.low, t.best, t.high)):
                        held[n] += value or 0
    for row in toll(register, ("harm", "status")).rows:
        bounds[row.group] = [row.low, row.best, row.high or 0]  # type: ignore[index]  # harm and status
    checked = 0
    for path, page in pages(out).items():
        told_of = page.xpath("//b[@class='n'][@data-of]")
        for figure in told_of:
            id, harm = figure.get("data-of").split()
            assert set(numbers(figure.text_content())) <= {f for f in figures[id, harm] if f is not None}, (
                path
            )
        for figure in page.xpath("//b[@class='n'][@data-sum]"):
            harm, group = figure.get("data-sum").split(" ", 1)
            assert set(numbers(figure.text_content())) <= set(bounds[harm, group]), (path, harm, group)
            checked += 1
        assert len(page.xpath("//b[@class='n']")) == len(
            page.xpath("//b[@class='n'][@data-of or @data-sum or @data-c]")
        )
    assert checked >= 4
    shown = [set(numbers(whole(f))) for f in pages(out)["index.html"].xpath("//*[@class='figure']")]
    assert {bounds["killed", "all"][1]} in shown


def test_every_quote_stands_in_the_report_that_it_names(told: tuple[Register, Path]) -> None:
    register, out = told
    texts = {
        line.key: asking.report(register, line.key).report
        for line in asking.newest_reports(register, limit=200)
    }
    checked = 0
    for page in pages(out).values():
        ids = set(page.xpath("//@id"))
        assert {a[1:] for a in page.xpath("//sup//a/@href")} <= ids
        for cite in page.xpath("//ol[@class='cites']/li[@data-report]"):
            report = texts[cite.get("data-report")]
            words = report.text[int(cite.get("data-start")) : int(cite.get("data-end"))]
            assert cite.xpath("string(q)").strip() == " ".join(words.split())
            assert (report.publisher or "") in whole(cite)
            if report.url and report.url.startswith("http"):
                assert cite.xpath("span//a/@href") == [report.url]
            checked += 1
    assert checked > 5


# ---- safety


def test_nothing_of_a_report_is_run_and_every_link_leads_somewhere(told: tuple[Register, Path]) -> None:
    _, out = told
    for path, page in pages(out).items():
        here = (out / path).parent
        for script in page.xpath("//script"):
            assert script.get("src")
            assert not script.text
        assert not page.xpath("//@style | //style | //iframe | //img | //@*[starts-with(name(),'on')]")
        policy = page.xpath("//meta[@http-equiv]/@content")[0]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for link in page.xpath("//@href | //@src"):
            if link.startswith(("#", "https://")):
                continue
            assert (here / unquote(link.partition("?")[0].partition("#")[0])).resolve().is_file(), (
                path,
                link,
            )
        for link in page.xpath("//a[starts-with(@href,'http')]"):
            assert link.get("rel") == "noopener noreferrer nofollow"
    assert not [a for p in pages(out).values() for a in p.xpath("//a/@href") if "javascript" in a]


def test_only_what_a_person_signed_off_goes_out_unless_asked(tmp_path: Path) -> None:
    with small(tmp_path) as register:
        with pytest.raises(UsageError, match="sign off incidents"):
            site(register, SiteOrder(), tmp_path / "none")
        assert not (tmp_path / "none").exists()
        line = next(line for line in asking.incidents(register).lines if line.place == "Kano")
        deciding.decide(register, "sign_off", [line.id], by="tests", reason="read by two")
        done = site(register, SiteOrder(), tmp_path / "out")
    assert done.incidents == 1
    text = "".join(
        p.read_text(encoding="utf-8")
        for p in (tmp_path / "out").rglob("*")
        if p.suffix in (".html", ".js", ".csv")
    )
    assert "Goma" not in re.sub(r"tollbook\(\"map/\w+\",.*", "", text)
    page = (tmp_path / "out" / site_writer.path_of(line.id)).read_text(encoding="utf-8")
    assert "15 civilians" in page
    assert "unreviewed" not in page
    assert "read by two" not in page  # what reviewers write is theirs


def test_names_of_people_are_withheld_unless_asked_for(tmp_path: Path) -> None:
    with small(tmp_path) as register:
        site(register, SiteOrder(review="all"), tmp_path / "out")
        site(register, EVERY, tmp_path / "whole")
    held = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "whole").rglob("*.html"))
    assert "Amina Okafor" in held
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix in (".html", ".js", ".csv", ".json", ".geojson"):
            assert "okafor" not in path.read_text(encoding="utf-8").casefold(), path


def test_who_decided_and_why_stays_inside(tmp_path: Path) -> None:
    with small(tmp_path) as register:
        lines = {line.place: line for line in asking.incidents(register).lines}
        kano, goma = lines["Kano"].id, lines["Goma"].id
        deciding.decide(
            register,
            "correct",
            [kano],
            field="toll.killed.all",
            new="14/15/16",
            by="ada",
            reason="called Musa",
        )
        deciding.decide(register, "grade", [kano], new="weak", by="ada", reason="one voice")
        deciding.decide(register, "note", [kano], new="ask Musa again", by="bo", reason="")
        deciding.merge(register, [kano, goma], by="ada", reason="Musa says so")
        site(register, SiteOrder(review="all"), tmp_path / "out")
        site(register, EVERY, tmp_path / "whole")
    inside = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "whole").rglob("*.html"))
    assert "set to 14/15/16 by ada: called Musa" in inside
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix in (".html", ".js", ".csv", ".json", ".geojson"):
            text = path.read_text(encoding="utf-8")
            assert "Musa" not in text, path
            assert not re.search(r"\bby (ada|bo)\b|,(ada|bo),", text), path
    assert "set to 14/15/16 by a person" in "".join(
        p.read_text(encoding="utf-8") for p in (tmp_path / "out").rglob("*.html")
    )


def test_no_table_of_the_register_itself_is_among_the_data(tmp_path: Path) -> None:
    with small(tmp_path) as register:
        site(register, replace(EVERY, data=("tables",)), tmp_path / "out")
    names = {p.name for p in (tmp_path / "out" / "data").rglob("*")}
    assert "incidents.csv" in names
    assert not names & {"register", "tollbook.duckdb", "log.parquet"}


# ---- the whole


def test_the_same_register_gives_the_same_bytes_and_a_manifest_vouches_for_them(tmp_path: Path) -> None:
    held = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        with small(folder) as register:
            site(register, EVERY, folder / "out")
        out = folder / "out"
        held.append({p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    one, two = held
    assert one.keys() == two.keys()
    told = {name for name in one if one[name] != two[name]}
    assert told <= {
        "manifest.json",
        "data/manifest.json",
        "data.html",
        "method.html",
    }  # they hold the digest of a log that names its folder
    manifest = json.loads(one["manifest.json"])
    files = {f["name"]: f["sha256"] for f in manifest["files"]}
    assert files == {n: hashlib.sha256(b).hexdigest() for n, b in one.items() if n != "manifest.json"}
    assert manifest["incidents"] == 3


def test_each_page_is_what_it_was_byte_for_byte(tmp_path: Path) -> None:
    """Set TOLLBOOK_GOLDEN=1 to write the files anew, and look at what changed."""
    with small(tmp_path) as register:
        site(register, replace(EVERY, data=(), as_of="2026-02-01"), tmp_path / "out")
    out = tmp_path / "out"
    own = [
        p for p in sorted(out.rglob("*"))
        if p.suffix in (".html", ".js") and "assets" not in p.parts and p.name != "method.html"
    ]  # fmt: skip
    if os.environ.get("TOLLBOOK_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path in own:
            target = GOLDEN / path.relative_to(out)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert {p.relative_to(out) for p in own} == {
        p.relative_to(GOLDEN) for p in GOLDEN.rglob("*") if p.is_file()
    }
    for path in own:
        assert path.read_bytes() == (GOLDEN / path.relative_to(out)).read_bytes(), path.relative_to(out)


def test_the_scale_of_a_chart_has_room_for_its_numbers() -> None:
    rows = tuple(
        TollRow((year, "killed"), 1, n, n, None, 1, 0) for year, n in (("1996", 6_000_000), ("2025", 2))
    )
    page = lxml.html.fromstring(chart_html(Totals((), (), rows, "year", 0)))
    widest = next(w for w in page.iter("text") if w.text == "6,000,000")
    assert float(widest.get("x", "0")) >= 6 * len("6,000,000")


def test_a_long_list_is_paged_with_the_newest_first_and_nothing_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_writer, "_PAGE", 2)
    with coast(tmp_path) as register:
        site(register, replace(EVERY, data=()), tmp_path / "out")
        lines = asking.incidents(register, limit=100).lines
    found = pages(tmp_path / "out")
    listed = [
        a.rpartition("/")[2].removesuffix(".html")
        for n in range(1, 4) for a in found[f"list/{n}.html"].xpath("//tbody//th//a/@href")
    ]  # fmt: skip
    assert sorted(listed) == sorted(line.id for line in lines)
    days = {line.id: line.start or "9" for line in lines}
    assert [days[i] for i in listed] == sorted((days[i] for i in listed), reverse=True)
    assert found["list/2.html"].xpath("//nav[@class='pager']/a/@href") == ["1.html", "3.html"]
    assert "list/4.html" not in found
    assert "without data files" in whole(found["data.html"])


def value_of(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8").partition(",")[2].rstrip().removesuffix(");"))


def test_the_index_finds_what_reading_every_incident_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_search, "_LARGEST", 40)  # many small files
    monkeypatch.setattr(site_search, "_BLOCK", 2)
    texts = ["Kano, Nigeria", "Kanu Öland 12", "حلب قتل", "ka kano Kanchi", "Straße σοφός"]
    index = site_search.Index(tmp_path / "search")
    for n, text in enumerate(texts):
        index.add((f"i{n}", text, "", "", "", ""), [text], ["killed"])
    index.close()
    about = value_of(tmp_path / "search" / "about.js")
    assert isinstance(about, dict)
    held: dict[str, list[int]] = {}
    for begin in about["begin"]:
        terms = value_of(tmp_path / "search" / f"terms-{begin.encode().hex()}.js")
        assert isinstance(terms, dict)
        for term, steps in terms.items():
            assert term.startswith(begin)
            assert (
                max(b for b in about["begin"] if term.startswith(b)) == begin
            )  # the page that loads the longest finds it
            n = 0
            for step in steps:
                n += step // 2
                held.setdefault(term, []).append(n)
    expected: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        for term in terms_of(text) | {"killed"}:
            expected.setdefault(term, []).append(n)
    assert held == expected
    heads = [row for n in range(3) for row in value_of(tmp_path / "search" / f"heads-{n}.js")]  # type: ignore[attr-defined]  # a list
    assert [row[1] for row in heads] == texts
    assert terms_of("İstanbul ΣΟΦΌΣ a 1 é") == {"istanbul", "σοφοσ"}


def test_wrong_use_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with small(tmp_path) as register:
        for order in (
            replace(EVERY, data=("nonsense",)), replace(EVERY, redact=("faces",)), replace(EVERY, as_of="soon"),
            replace(EVERY, wanted=Wanted(place="Lima")), replace(EVERY, as_of="2020-01-01"),
        ):  # fmt: skip
            with pytest.raises(UsageError):
                site(register, order, tmp_path / "wrong")
            assert not (tmp_path / "wrong").exists()
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "a").write_text("kept")
        with pytest.raises(UsageError, match="is there already"):
            site(register, EVERY, tmp_path / "full")
    assert (tmp_path / "full" / "a").read_text() == "kept"
