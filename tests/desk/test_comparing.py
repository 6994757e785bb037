"""Our incidents beside others' data: what goes together, what differs, what is missing; broken rows stay in."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.desk import keeping
from tollbook.desk.comparing import _fit, _fits, compare
from tollbook.desk.publishing import Order, export
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentLine, Wanted
from tollbook.model.published import Published
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.sources.published import read_published
from tollbook.writers.comparison import comparison_csv, comparison_html, comparison_lines

TEXTS = (
    "At least 12 civilians were killed in Kano on Monday by Boko Haram, police said.",
    "M23 rebels killed two soldiers in Goma on Tuesday, the army said.",
    "Five people were killed in Maiduguri on Tuesday, police said.",
)
ACLED = "event_id_cnty,event_date,event_type,actor1,country,location,latitude,longitude,fatalities\n"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    lines = tmp_path / "few.jsonl"
    told = ({"text": t, "language": "en", "published": "2025-03-05", "publisher": "Daily"} for t in TEXTS)
    lines.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    made = Register(str(tmp_path / "few.register"), create=True)
    for _ in keeping.add(made, [str(lines)], Options(), by="tests"):
        pass
    return made


def file_of(tmp_path: Path, text: str, name: str = "theirs.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_place_days_and_parties_decide_and_the_figure_is_shown(register: Register, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        ACLED + "NGA1,03 March 2025,Attack,Boko Haram,Nigeria,Kano,12.0,8.52,40\n"
        "COD2,2025-03-04,Battles,M23,Democratic Republic of the Congo,Goma,-1.67,29.23,3\n"
        "NGA3,2025-03-04,Attack,Unknown,Nigeria,Lagos,6.45,3.39,7\n"
        "NGA4,someday,Attack,Unknown,Nigeria,Jos,99,3.39,many\n",
    )
    with register:
        found = compare(register, "acled", read_published("acled", path), Wanted())
    told = {(p.outcome, p.ours and p.ours.place, p.theirs and p.theirs.id) for p in found.pairs}
    assert told == {
        ("agree", "Kano", "NGA1"),  # "at least 12" has no upper bound: 40 is within it
        ("differ", "Goma", "COD2"), ("theirs", None, "NGA3"), ("theirs", None, "NGA4"), ("ours", "Maiduguri", None),
    }  # fmt: skip
    assert "Boko Haram" in next(p.why for p in found.pairs if p.outcome == "agree")
    assert len(found.broken) == 1
    assert all(words in found.broken[0] for words in ("someday", "'99'", "'many'"))
    lines = "\n".join(comparison_lines(found))
    assert "1 in both, figures differ; 2 only theirs; 1 only ours; 1 in both, figures agree" in lines
    page = lxml.html.fromstring(comparison_html(found))
    assert len(page.xpath("//td[contains(., 'unreviewed')]")) == 3
    comparison_csv(found, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as out:
        assert [row["outcome"] for row in csv.DictReader(out)] == [
            "differ",
            "theirs",
            "theirs",
            "ours",
            "agree",
        ]


@pytest.mark.parametrize(("kind", "name"), [("ged", "ged-shaped.csv"), ("airwars", "airwars-shaped.jsonl")])
def test_our_own_export_is_found_again_whole(
    register: Register, tmp_path: Path, kind: str, name: str
) -> None:
    with register:
        export(register, Order((kind,)), tmp_path / "out")
        found = compare(register, kind, read_published(kind, tmp_path / "out" / name), Wanted())
    both = [p for p in found.pairs if p.outcome == "agree"]
    assert len(both) >= 2
    assert all(p.ours and p.theirs and p.ours.place == p.theirs.place for p in both)
    assert not [p for p in found.pairs if p.outcome in ("differ", "theirs")]
    assert not found.broken


def test_what_a_data_set_does_not_cover_is_not_missing_in_it(register: Register, tmp_path: Path) -> None:
    path = file_of(tmp_path, ACLED + "MLI1,2025-03-04,Attack,Unknown,Mali,Gao,16.27,-0.04,7\n")
    with register:
        found = compare(register, "acled", read_published("acled", path), Wanted())
    assert found.outside == 3
    assert [p.outcome for p in found.pairs] == ["theirs"]


@pytest.mark.parametrize("country", ["DR Congo (Zaire)", "Democratic Republic of Congo", "COD", "Zaire"])
def test_a_country_is_known_by_the_names_that_others_give_it(
    register: Register, tmp_path: Path, country: str
) -> None:
    path = file_of(tmp_path, ACLED + f"COD2,2025-03-04,Battles,M23,{country},Goma,-1.67,29.23,2\n")
    with register:
        found = compare(register, "acled", read_published("acled", path), Wanted(place="Congo"))
        lagos = compare(register, "acled", read_published("acled", path), Wanted(place="Nigeria"))
    assert [p.outcome for p in found.pairs] == ["agree"]
    assert lagos.pairs == ()  # theirs lies in another country than the one asked for


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_looking_only_at_what_is_near_loses_nothing(random: Random) -> None:
    def day(spread: int = 60) -> date:
        return date(2025, 1, 1) + timedelta(days=random.randrange(spread))

    lines, events = [], []
    for n in range(12):
        start = day()
        end = start + timedelta(days=random.choice((0, 0, 3, 50)))
        lat, lon = random.uniform(10, 14), random.uniform(8, 12)
        lines.append(IncidentLine(
            f"i{n}", 1, "", "Kano", "NG", None, lat, lon, start.isoformat(), end.isoformat(), 1, 1, None, "machine", None, 1,
            1, 0, (), (), random.choice((1, 3, 6)),
        ))  # fmt: skip
        start = day()
        end = start + timedelta(days=random.choice((0, 0, 5)))
        events.append(Published(
            "ged", n, str(n), start.isoformat(), end.isoformat(), random.choice((1, 2, 3, 4)), "Kano", None, "Nigeria",
            random.choice((None, lat + random.uniform(-1, 1))), lon, random.choice((1, 4, 6)), (), 1, 1, 1,
        ))  # fmt: skip
    found = {(f.ours, f.theirs) for f in _fits(lines, events)}
    every = {
        (k, n) for k, line in enumerate(lines) for n, event in enumerate(events) if _fit(line, event, k, n)
    }
    assert found == every


def test_rows_that_break_the_order_of_figures_stay_in(tmp_path: Path) -> None:
    path = file_of(tmp_path, "id,start,low,best,high\na,2025-03-04,18,18,17\nb,2025-03-04,1,2,\n")
    first, second = read_published("table", path)
    assert (first.low, first.best, first.high) == (18, 18, 17)
    assert "order" in first.warnings[0]
    assert not second.warnings
    assert second.high is None


def test_wrong_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no"):
        read_published("ged", file_of(tmp_path, "a,b\n1,2\n"))
    with pytest.raises(UsageError, match="no JSON"):
        read_published("airwars", file_of(tmp_path, "{", "x.json"))
    with pytest.raises(UsageError, match="no data set"):
        read_published("gtd", tmp_path / "x")
