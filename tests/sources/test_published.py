"""Others' tables as they publish them: the names and order of their columns, the types in them, and files of odd shapes.

The header lines are those of files that were public when they were written down (UCDP GED 23.1 to 26.1; ACLED since 2023, in its
loaders' own tests); the rows are made up.
"""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from tollbook.desk import keeping
from tollbook.desk.publishing import Order, export
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.sources.published import read_published
from tollbook.writers import acled, ged

GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
ROW = {
    "id": "9", "relid": "XXX-2013-3-1-14", "year": "2013", "active_year": "1", "type_of_violence": "3",
    "side_a": "Government of X", "side_b": "Civilians", "where_prec": "3", "where_coordinates": "A village",
    "adm_1": "A province", "latitude": "35.46", "longitude": "37.69", "country": "Myanmar (Burma)", "date_prec": "1",
    "date_start": "2013-08-09 00:00:00.000", "date_end": "2013-08-09 00:00:00.000", "deaths_civilians": "12", "best": "12",
    "high": "14", "low": "12",
}  # fmt: skip
WHOLE = (
    "id", "year", "active_year", "type_of_violence", "number_of_sources", "where_prec", "priogrid_gid", "event_clarity",
    "date_prec", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "time_precision", "iso",
    "geo_precision", "fatalities", "timestamp",
)  # fmt: skip
DAYS = {"date_start", "date_end"}


def table(header: str, *, named: bool = True, **more: str) -> str:
    out = io.StringIO()
    names = header.split(",")
    writer = csv.DictWriter(out, names)
    if named:
        writer.writeheader()
    writer.writerow({name: (ROW | more).get(name, "") for name in names})
    return out.getvalue()


def test_our_columns_are_theirs_in_their_order() -> None:
    assert ",".join(ged.COLUMNS) == GED
    assert ",".join(acled.COLUMNS) == ACLED


@pytest.mark.parametrize(("kind", "name"), [("ged", "ged-shaped.csv"), ("acled", "acled-shaped.csv")])
def test_our_cells_are_of_their_types(tmp_path: Path, kind: str, name: str) -> None:
    texts = ("At least 12 civilians were killed in Kano on Monday by Boko Haram, police said.",
             "M23 rebels killed two soldiers in Goma on Tuesday, the army said.")  # fmt: skip
    lines = tmp_path / "few.jsonl"
    lines.write_text(
        "".join(json.dumps({"text": t, "language": "en", "published": "2025-03-05"}) + "\n" for t in texts)
    )
    with Register(str(tmp_path / "a.register"), create=True) as register:
        for _ in keeping.add(register, [str(lines)], Options(), by="tests"):
            pass
        export(register, Order((kind,)), tmp_path / "out")
    with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    for row in rows:
        for column, cell in row.items():
            if column in WHOLE and cell:
                assert str(int(cell)) == cell, column
            elif column in ("latitude", "longitude"):
                float(cell)
            elif column in DAYS:
                date.fromisoformat(cell[:10])
        if kind == "ged":
            assert all(row[c] for c in WHOLE if c in row and c != "active_year")  # which is theirs to say


def test_ged_is_read_with_and_without_the_names_of_columns_and_as_its_service_answers(tmp_path: Path) -> None:
    named, bare, told = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.json"
    named.write_text("\ufeff" + table(GED), encoding="utf-8")
    bare.write_text(table(GED, named=False), encoding="utf-8")
    told.write_text(
        json.dumps({"TotalCount": 1, "Result": [ROW | {"id": 9, "latitude": 35.46}]}), encoding="utf-8"
    )
    events = [read_published("ged", path) for path in (named, bare, told)]
    assert events[0] == events[1] == events[2]
    (event,) = events[0]
    assert (event.id, event.start, event.low, event.best, event.high) == ("9", "2013-08-09", 12, 12, 14)
    assert (event.where_prec, event.sides, event.warnings) == (3, ("Government of X", "Civilians"), ())


def test_acled_is_read_from_its_download_and_as_its_service_answers(tmp_path: Path) -> None:
    row = {"event_id_cnty": "XXX1", "event_date": "17 November 2022", "event_type": "Battles", "time_precision": "2",
           "geo_precision": "1", "fatalities": "0", "location": "A town"}  # fmt: skip
    path, told = tmp_path / "a.csv", tmp_path / "b.json"
    path.write_text(table(ACLED, **row).replace(",", ";"), encoding="utf-8")
    told.write_text(
        json.dumps({"status": 200, "data": [ROW | row | {"event_date": "2022-11-17"}]}), encoding="utf-8"
    )
    for (event,) in (read_published("acled", path), read_published("acled", told)):
        assert (event.id, event.start, event.date_prec, event.best) == ("XXX1", "2022-11-17", 3, 0)
        assert event.warnings == ()
