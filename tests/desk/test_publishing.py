"""Exports from end to end: golden files, invariants of each format, the field's own tools, round trip, what is withheld.

One file, longer than others: every test looks at the same exports, which are made once at its head.
"""

import csv
import json
import os
import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import geopandas
import openpyxl
import pandas
import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from standing import add_at

from tollbook.desk import formats, keeping, publishing, sharing_out
from tollbook.desk.publishing import Order, export
from tollbook.desk.restoring import restore
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.lang.pack import installed_packs
from tollbook.model.answer import IncidentCard, Wanted
from tollbook.model.folio import Edition, Folio, Land
from tollbook.model.incident import Incident, Side
from tollbook.model.testimony import Days, Site
from tollbook.model.toll import Toll
from tollbook.pipeline import READER
from tollbook.register import schema
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.writers import acled, ged, sdg

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent.parent / "writers" / "golden"
TEXTS = (
    ("Kano", "At least 12 civilians were killed in Kano on Monday by Boko Haram, police said. Three others were injured."),
    ("=HYPERLINK(1)", "The death toll of Monday's attack in Kano has risen to 15 civilians, police said on Wednesday."),
    ("Goma", "M23 rebels killed two soldiers in Goma on Tuesday, the army said."),
)  # fmt: skip
EVERY = tuple(formats.BUILT_IN)
OTHERS = tomllib.loads((GOLDEN.parent / "others_columns.toml").read_text(encoding="utf-8"))
FIXED = "2026-01-02T00:00:00.000000Z"


def made(folder: Path, name: str = "small.register") -> Register:
    lines = folder / "small.jsonl"
    lines.write_text(
        "".join(
            json.dumps({"text": text, "language": "en", "title": title, "published": f"2025-03-0{5 + n}",
                        "publisher": f"Daily {n}", "url": f"https://{n}.example/a", "id": str(n)}) + "\n"
            for n, (title, text) in enumerate(TEXTS)
        )
    )  # fmt: skip
    register = Register(str(folder / name), create=True)
    add_at(FIXED, register, lines)
    return register


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    with made(folder) as register:
        export(register, Order(EVERY, as_of="2026-02-01"), folder / "out")
    return folder / "out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_text_is_what_it_was_byte_for_byte(out: Path) -> None:
    """Set TOLLBOOK_GOLDEN=1 to write the files anew, and look at what changed."""
    files = [
        p for p in sorted(out.rglob("*")) if p.suffix in (".csv", ".jsonl", ".jsonld", ".geojson", ".json")
    ]
    files = [p for p in files if p.name != "manifest.json"]
    if os.environ.get("TOLLBOOK_GOLDEN"):
        shutil.rmtree(GOLDEN)
        for path in files:
            target = GOLDEN / path.relative_to(out)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert {str(p.relative_to(out)) for p in files} == {
        str(p.relative_to(GOLDEN)) for p in GOLDEN.rglob("*") if p.is_file()
    }
    for path in files:
        assert path.read_bytes() == (GOLDEN / path.relative_to(out)).read_bytes(), path.name


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    with made(tmp_path) as register:
        for name in ("one", "two"):
            export(register, Order(EVERY), tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()}
        for n in ("one", "two")
    )
    differing = {str(p) for p in one if one[p] != two[p]}
    assert differing <= {"tables/tollbook.duckdb", "manifest.json"}  # a database has its own order of pages


def test_what_is_told_of_incidents_does_not_hang_on_how_their_reports_came_in(tmp_path: Path) -> None:
    kinds = ("ftm", "ged", "acled", "sdg", "geojson", "airwars")
    with made(tmp_path) as register:
        export(register, Order(kinds, as_of="2026-02-01"), tmp_path / "at once")
    lines = (tmp_path / "small.jsonl").read_text(encoding="utf-8").splitlines()
    with Register(str(tmp_path / "steps.register"), create=True) as register:
        for n, line in enumerate(lines):
            one = tmp_path / f"{n}.jsonl"
            one.write_text(line, encoding="utf-8")
            add_at(FIXED, register, one)
        export(register, Order(kinds, as_of="2026-02-01"), tmp_path / "one by one")
    for path in (tmp_path / "at once").rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            assert path.read_bytes() == (tmp_path / "one by one" / path.name).read_bytes(), path.name


def test_the_manifest_vouches_for_every_file(out: Path) -> None:
    import hashlib  # noqa: PLC0415

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["program"], manifest["reader"]) == (keeping.PROGRAM, READER)
    assert set(manifest["packs"]) == set(installed_packs())
    assert all(re.fullmatch("[0-9a-f]{16}", digest) for digest in manifest["packs"].values())
    told = {f["name"]: f["sha256"] for f in manifest["files"]}
    there = {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
             for p in out.rglob("*") if p.is_file() and p.name != "manifest.json"}  # fmt: skip
    assert told == there
    lost = rows(out / "losses.csv")
    for name, held in manifest["formats"].items():
        gone = sum(r["format"] == name and r["what"].startswith("not written: ") for r in lost)
        assert (held["written"], held["left_out"]) == (manifest["incidents"] - gone, gone)


def test_the_fields_own_tools_read_it(out: Path) -> None:
    assert list(pandas.read_csv(out / "ged-shaped.csv").columns) == list(ged.COLUMNS)
    assert len(ged.COLUMNS) == 49
    assert len(acled.COLUMNS) == 31
    assert polars.read_csv(out / "acled-shaped.csv").height == len(rows(out / "acled-shaped.csv"))
    places = geopandas.read_file(out / "incidents.geojson")
    assert len(places) == 2
    assert places.geometry.dropna().is_valid.all()
    tables = out / "tables"
    with duckdb.connect(str(tables / "tollbook.duckdb"), read_only=True) as base:
        for file in sorted(tables.glob("*.parquet")):
            held = pandas.read_parquet(file)
            assert base.execute(f"select count(*) from {file.stem}").fetchone() == (len(held),)
            assert len(rows(file.with_suffix(".csv"))) == len(held)
    book = openpyxl.load_workbook(out / "tollbook.xlsx", read_only=True)
    assert book.sheetnames[-1] == "field guide"
    assert sum(1 for _ in book["incidents"].rows) == 3


def broken(table: str, row: dict[str, str]) -> list[str]:
    """Return what a row breaks of the types and codes of others' files; an empty cell breaks nothing."""
    told = OTHERS[table]
    kinds = dict(part.split() for part in told["columns"].replace("\n", " ").split(","))
    forms = {
        "whole": r"-?\d+",
        "number": r"-?\d+(\.\d+)?(e-?\d+)?",
        "day": r"\d{4}-\d\d-\d\d",
        "flag": "0|1",
        "text": r"(?s).*",
    }
    return [
        f"{column}: {value}"
        for column, value in row.items()
        if value
        and not (re.fullmatch(forms[kinds[column]], value) and value in told["codes"].get(column, (value,)))
    ]


@pytest.mark.parametrize(("table", "ours"), [("ged", ged.COLUMNS), ("acled", acled.COLUMNS)])
def test_columns_are_those_of_others_public_files_in_order_and_type(
    table: str, ours: tuple[str, ...], out: Path
) -> None:
    told = [part.split()[0] for part in OTHERS[table]["columns"].replace("\n", " ").split(",")]
    assert told == list(ours)
    held = rows(out / f"{table}-shaped.csv")
    assert held
    assert [line for row in held for line in broken(table, row)] == []


def test_the_dead_of_a_state_are_never_written_as_those_of_the_group_that_killed_them(out: Path) -> None:
    """`deaths_a` are those of side a, which a state is wherever one fights: M23 killed two soldiers, and lost nobody."""
    row = next(row for row in rows(out / "ged-shaped.csv") if row["where_coordinates"] == "Goma")
    assert (row["side_a"], row["side_b"], row["dyad_name"]) == ("Unknown", "M23", "Unknown - M23")
    assert (row["deaths_a"], row["deaths_b"], row["best"]) == ("2", "0", "2")


def test_of_which_of_two_states_dead_soldiers_were_is_not_guessed(tmp_path: Path) -> None:
    sides = tuple(
        Side(f"Government of {name}", ("stated",), ("an army",)) for name in ("Eritrea", "Ethiopia")
    )
    tolls = tuple(Toll("killed", status, 7, 7, 7, ()) for status in ("all", "armed_forces"))
    place = Site("Badme", "locality", "ER", None, 14.7, 37.8, None, 1)
    incident = Incident(
        "i000000000001", (), (), "Badme", place, (), Days("2025-03-03", "2025-03-03", 1), type_of_violence=1,
        date_prec=1, where_prec=1, parties=sides, tolls=tolls,
    )  # fmt: skip
    writer = ged.Ged(str(tmp_path), Edition("tollbook", "house", (), FIXED, None, (), "all", ()))
    card = IncidentCard(incident, 1, (), (), (), (), (), None, (), "house", None)
    losses = writer.add(Folio(card, None, None, ()))
    writer.close()
    (row,) = rows(tmp_path / "ged-shaped.csv")
    assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"], row["best"]) == ("0", "0", "7", "7")
    assert any("two states" in loss for loss in losses)


def test_who_meets_whom_is_told_by_the_codes_of_that_data_set() -> None:
    codes = OTHERS["acled"]["codes"]
    kinds = ("State forces", "Political militia", "External/Other forces")
    for one in kinds:
        assert acled.interaction(one, "", alone=True) in codes["interaction"]
        for other in ("Civilians", "State forces", "External/Other forces"):
            assert acled.interaction(one, other, alone=False) in codes["interaction"]
    assert acled.interaction("State forces", "", alone=False) == ""  # the kind of the second is not known
    assert acled.interaction("", "Civilians", alone=False) == ""


def test_a_json_ld_processor_expands_the_annotations(out: Path) -> None:
    document = json.loads((out / "annotations.jsonld").read_text(encoding="utf-8"))
    terms = {"Annotation": "oa:Annotation", "target": "oa:hasTarget", "body": "oa:hasBody", "id": "@id", "type": "@type",
             "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": "oa:hasSelector", "exact": "oa:exact",
             "start": "oa:start", "end": "oa:end", "oa": "http://www.w3.org/ns/oa#",
             "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector"}  # fmt: skip

    def loader(url: str, _: Any = None) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": terms}}

    nodes = jsonld.expand(document, {"documentLoader": loader})
    notes = [n for n in nodes if "http://www.w3.org/ns/oa#Annotation" in n["@type"]]
    texts = {text: title for title, text in TEXTS}
    assert len(notes) == len(rows(out / "tables" / "claims.csv")) > 0
    for node in document["@graph"]:
        if "target" in node:
            quote, place = node["target"]["selector"]
            assert any(text[place["start"] : place["end"]] == quote["exact"] for text in texts)
    assert all("http://www.w3.org/ns/prov#wasDerivedFrom" in n for n in notes)


def test_what_is_threatened_is_not_annotated_as_if_it_had_happened(tmp_path: Path) -> None:
    """Without its modality a hundred soldiers who were threatened would read as a hundred killed."""
    with Register(str(tmp_path / "a.register"), create=True) as register:
        denial = ROOT / "src" / "tollbook" / "examples" / "denial.txt"
        for _ in keeping.add(register, [str(denial)], Options(), by="tests"):
            pass
        export(register, Order(("annotations", "tables")), tmp_path / "out")
    graph = json.loads((tmp_path / "out" / "annotations.jsonld").read_text(encoding="utf-8"))["@graph"]
    notes = {n["id"].rpartition(":")[2]: n["body"] for n in graph if "body" in n}
    claims = {row["claim"]: row for row in rows(tmp_path / "out" / "tables" / "claims.csv")}
    assert {"threatened", "asserted"} <= {body["modality"] for body in notes.values()}
    assert {id: (b["modality"], b["scope"]) for id, b in notes.items()} == {
        id: (row["modality"], row["scope"]) for id, row in claims.items()
    }


def test_entities_keep_to_the_published_schema(out: Path) -> None:
    """The facts of the schema stand beside the tests: whichever version of the library made them, it is this that is promised."""
    facts = json.loads((GOLDEN.parent / "ftm_schema.json").read_text(encoding="utf-8"))
    entities = [
        json.loads(line) for line in (out / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    ]
    schema_of = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schema_of) == len(entities) > 4
    for entity in entities:
        fact = facts[entity["schema"]]
        assert set(fact["required"]) <= set(entity["properties"])
        for name, values in entity["properties"].items():
            kind = fact["properties"][name]  # KeyError: no property of this schema
            assert all(isinstance(value, str) and value for value in values)
            if kind == "date":
                assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values)
            elif kind == "url":
                assert all(value.startswith("http") for value in values)
            elif kind[0].isupper() and name not in ("name",):
                assert all(kind in facts[schema_of[value]]["is_a"] for value in values)


def test_the_library_of_entities_finds_nothing_to_mend(out: Path) -> None:
    """The library made them; read again by its strict door, nothing is missing, unknown, broken or written otherwise."""
    from followthemoney import model  # noqa: PLC0415  # takes a second

    for line in (out / "entities.ftm.json").read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)  # raises
        cleaned = model.get_proxy(entity, cleaned=False).to_dict()
        assert {k: sorted(v) for k, v in cleaned["properties"].items()} == {
            k: sorted(v) for k, v in entity["properties"].items()
        }


def test_what_the_library_of_entities_does_not_take_is_a_loss(tmp_path: Path) -> None:
    line = {
        "text": TEXTS[0][1],
        "language": "en",
        "published": "2025-03-05",
        "url": "notaurl",
        "publisher": "One",
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with Register(str(tmp_path / "a.register"), create=True) as register:
        for _ in keeping.add(register, [str(tmp_path / "one.jsonl")], Options(), by="tests"):
            pass
        export(register, Order(("ftm",)), tmp_path / "out")
    assert "notaurl" not in (tmp_path / "out" / "entities.ftm.json").read_text(encoding="utf-8")
    told = [row["what"] for row in rows(tmp_path / "out" / "losses.csv")]
    assert "Article.sourceUrl: the library does not take 'notaurl'" in told


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the library leaves its files open
@pytest.mark.parametrize(
    "name", ["ged-shaped", "acled-shaped", "sdg-16-1-2", "tables/incidents", "tables/tolls"]
)
def test_the_library_of_hashtags_reads_them_and_finds_no_fault(name: str, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not set up")
    with made(tmp_path) as register:
        export(register, Order(EVERY, hxl=True), tmp_path / "out")
    path = tmp_path / "out" / f"{name}.csv"
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    assert len(list(source)) == len(rows(path)) - 1  # the row of hashtags
    told = [tag for tag in rows(path)[0].values() if tag]
    assert [column.display_tag for column in source.columns if column.tag] == told
    faults: list[str] = []
    assert source.validate(callback=lambda fault: faults.append(str(fault))), faults


def test_hashtags_stand_in_the_second_row_and_fit_their_columns(tmp_path: Path) -> None:
    with made(tmp_path) as register:
        export(register, Order(EVERY, hxl=True), tmp_path / "out")
    files = [p for p in (tmp_path / "out").rglob("*.csv") if p.name != "losses.csv"]
    assert len(files) > 10
    for path in files:
        tags, *lines = rows(path)
        told = {column: tag for column, tag in tags.items() if tag}
        assert told or path.stem in ("decisions", "statements"), path.name
        for column, tag in told.items():
            assert re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag), (path.name, tag)
            for value in (line[column] for line in lines if line[column]):
                if tag.startswith("#affected"):
                    int(value)
                elif tag.startswith("#date"):
                    assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value), (path.name, column, value)


def test_no_text_runs_in_a_spreadsheet(out: Path) -> None:
    for path in out.rglob("*.csv"):
        for row in rows(path):
            assert not any((v or "").startswith(("=", "@", "\t", "\r")) for v in row.values()), path
    held = pandas.read_parquet(out / "tables" / "reports.parquet")
    assert "=HYPERLINK(1)" in set(held["title"])  # Parquet runs nothing and keeps the words
    book = openpyxl.load_workbook(out / "tollbook.xlsx")
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_tables_imported_again_are_the_same_register(tmp_path: Path) -> None:
    with made(tmp_path) as register, Register(str(tmp_path / "back.register"), create=True) as back:
        export(register, Order(("tables",)), tmp_path / "out")
        restore(back, tmp_path / "out")
        shutil.copytree(register.archive.root if hasattr(register.archive, "root") else f"{register.name}.originals",
                        f"{back.name}.originals", dirs_exist_ok=True)  # fmt: skip
        for table in schema.metadata.sorted_tables:
            with register.reading() as one, back.reading() as two:
                ours, theirs = (sorted(map(tuple, c.execute(table.select()))) for c in (one, two))
                assert ours == theirs, table.name
        assert not verify(back, recount=True).faults
        with pytest.raises(UsageError, match="holds reports"):
            restore(back, tmp_path / "out")


def test_what_is_withheld_stands_in_no_file(tmp_path: Path) -> None:
    with made(tmp_path) as register:
        export(register, Order(EVERY, redact=("quotes", "urls")), tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix in (".csv", ".json", ".jsonl", ".jsonld", ".geojson"):
            text = path.read_text(encoding="utf-8")
            assert "At least 12" not in text, path
            assert "0.example" not in text, path
    assert not (tmp_path / "out" / "tables" / "register").exists()


def test_no_password_and_no_session_goes_out_with_the_tables(tmp_path: Path) -> None:
    with made(tmp_path) as register:
        export(register, Order(("tables",)), tmp_path / "out")
    held = {p.stem for p in (tmp_path / "out" / "tables" / "register").iterdir()}
    assert {"report", "claim", "review", "log"} <= held
    assert not held & {"account", "attempt", "session"}


def test_wrong_use_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with made(tmp_path) as register:
        for order in (
            Order(("nonsense",)),
            Order(("ged",), redact=("faces",)),
            Order(("ged",), as_of="soon"),
        ):
            with pytest.raises(UsageError):
                export(register, order, tmp_path / "wrong")
        assert not (tmp_path / "wrong").exists()
        done = export(register, Order(("ged",), Wanted(place="Goma"), review="confirmed"), tmp_path / "none")
    assert done.incidents == 0  # nobody has signed anything off


def test_plug_ins_and_the_programs_own_formats_are_named_alike() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["entry-points"]["tollbook.formats"] == formats.BUILT_IN


figure = st.none() | st.integers(0, 3000)
STATUSES = ("civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown")


@st.composite
def folios(draw: st.DrawFn) -> Folio:
    tolls = [Toll("killed", s, *sorted_figures(draw), ()) for s in draw(st.sets(st.sampled_from(STATUSES)))]
    tolls.append(Toll("killed", "all", *sorted_figures(draw), ()))
    lat, lon = draw(st.floats(-90, 90)), draw(st.floats(-180, 180))
    incident = Incident(
        f"i{draw(st.integers(0, 16**12 - 1)):012x}", (), (), draw(st.text(max_size=20)),
        Site(draw(st.text(max_size=9)), "locality", "NG", "Kano", lat, lon, None, 1), (), Days("2025-03-03", "2025-03-04", 2),
        type_of_violence=draw(st.sampled_from((None, 1, 2, 3))), date_prec=draw(st.sampled_from((None, 1, 5))), where_prec=1,
        tolls=tuple(tolls), means=draw(st.sampled_from(((), ("airstrike",), ("shooting",)))),
    )  # fmt: skip
    card = IncidentCard(incident, 1, (), (), (), (), (), None, (), "house", None)
    return Folio(card, Land("NG", "Nigeria", "NGA", "566", "Africa"), None, ())


def sorted_figures(draw: st.DrawFn) -> tuple[int | None, int | None, int | None]:
    low, best, high = draw(figure), draw(figure), draw(figure)
    known = iter(sorted(f for f in (low, best, high) if f is not None))
    return tuple(None if f is None else next(known) for f in (low, best, high))  # type: ignore[return-value]  # three


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50, deadline=None)
@given(st.lists(folios(), max_size=5))
def test_no_export_breaks_its_formats_own_invariants(
    tmp_path_factory: pytest.TempPathFactory, several: list[Folio]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    edition = Edition("tollbook", "house", (), FIXED, None, (), "all", ())
    for kind in (ged.Ged, acled.Acled, sdg.Sdg):
        writer = kind(str(folder), edition)
        for folio in several:
            writer.add(folio)
        writer.close()
    for row in rows(folder / "ged-shaped.csv"):
        low, best, high = int(row["low"]), int(row["best"]), int(row["high"])
        assert low <= best <= high
        parts = [int(row[f"deaths_{p}"]) for p in ("a", "b", "civilians", "unknown")]
        assert best == sum(parts)
        assert row["type_of_violence"] != "3" or parts[:2] == [0, 0]
        assert 1 <= int(row["priogrid_gid"]) <= 259_200
        assert not broken("ged", row)
    for row in rows(folder / "acled-shaped.csv"):
        assert int(row["fatalities"]) >= 0
        assert row["event_type"]
        assert not broken("acled", row)
    for row in rows(folder / "sdg-16-1-2.csv"):
        assert int(row["documented_low"]) <= int(row["documented_best"]) <= int(row["documented_high"])


@pytest.mark.parametrize("head", ["as it is", "of another moment"])
def test_several_processes_word_the_same_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    """Where a process sees another state of the register than the one that asked, its share is worded by that one."""
    order = Order(("acled", "airwars", "tables", "xlsx"), hxl=True)
    with made(tmp_path) as register:
        alone = export(register, order, tmp_path / "alone")
        monkeypatch.setattr(sharing_out, "_FEW", 0)
        monkeypatch.setattr(sharing_out.os, "cpu_count", lambda: 2)
        monkeypatch.setattr(publishing, "MANY", 2)
        if head == "of another moment":
            real = publishing.edition_of
            monkeypatch.setattr(publishing, "edition_of", lambda *told: replace(real(*told), head="other"))
        shared = export(register, order, tmp_path / "shared")
    assert shared.incidents == alone.incidents
    for path in (p for p in (tmp_path / "alone").rglob("*") if p.is_file()):
        if path.name not in ("tollbook.duckdb", "manifest.json"):
            assert (
                path.read_bytes() == (tmp_path / "shared" / path.relative_to(tmp_path / "alone")).read_bytes()
            )
