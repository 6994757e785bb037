"""tollbook estimate, as a person runs it: words, JSON, page, PDF, refusals, and the other doors."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from tollbook.cli import main
from tollbook.desk.estimating import Wish, estimate_file, example_file
from tollbook.errors import SourceError, UsageError
from tollbook.model.estimate import Comparison
from tollbook.sources.overlap import read_overlap
from tollbook.writers.drawing import TONES, Bar, Dot, Stroke, Word
from tollbook.writers.estimate_html import estimate_html
from tollbook.writers.estimate_json import estimate_json
from tollbook.writers.estimate_pdf import estimate_pdf
from tollbook.writers.estimate_plots import intervals, strata_intervals, upset
from tollbook.writers.estimate_words import between, paragraphs

SWIFT = ("--families", "loglinear,graphs,no_highest_interaction,lower_bound")
WISH = Wish(families=("loglinear", "graphs", "no_highest_interaction", "lower_bound"), quiet=True)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["estimate", *words])


@pytest.fixture(scope="module")
def kosovo() -> Comparison:
    return estimate_file(example_file("kosovo"), WISH)


@pytest.fixture(scope="module")
def gaza() -> Comparison:
    wish = Wish(families=WISH.families, strata=("sex", "age"), imputations=3, quick=True, quiet=True)
    return estimate_file(example_file("gaza"), wish)


def test_the_example_says_what_a_careful_person_would_write() -> None:
    done = run("--example", "kosovo", *SWIFT, "--quick", "--quiet")
    words = " ".join(done.stdout.split())
    assert done.exit_code == 0
    assert "Documented: 4,400 persons are on at least one of 4 lists" in words
    assert re.search(r"Estimated: between 8,\d00 and 2\d,\d00 persons in all, listed or not \(95%\)", words)
    assert "No single number is given" in words
    assert "do not add them" in words
    assert "best value 10,400" in words
    assert "seed 1" in words
    assert "sha256" in words


def test_documented_and_estimated_are_never_one(kosovo: Comparison) -> None:
    found = json.loads(estimate_json(kosovo))
    assert found["documented"] == 4400
    for answer in found["answers"]:
        assert answer["kind"] == "estimate"
        assert "documented" not in answer
        for end in ("low", "best", "high"):
            whole, hidden = answer["estimated"][end], answer["unlisted"][end]
            assert whole == pytest.approx(hidden + 4400, abs=0.6)
    assert TONES["documented"] not in [
        TONES[tone] for tone in ("estimated", "second", "third", "fourth", "floor", "band")
    ]
    drawn = intervals(kosovo)
    spans = [m for m in drawn.marks if isinstance(m, Stroke | Dot) and m.tone == "documented"]
    assert len(spans) == 1  # the one line of the count
    assert {m.tone for m in upset(kosovo.table).marks if isinstance(m, Bar)} == {"documented"}


def test_json_tells_how_to_compute_it_again(kosovo: Comparison) -> None:
    made = json.loads(estimate_json(kosovo))["provenance"]
    assert made["data"] == "kosovo.csv"
    assert re.fullmatch(r"[0-9a-f]{64}", made["sha256"])
    assert made["seed"] == 1
    assert {"tollbook", "python", "numpy", "numba"} <= {name for name, _ in made["versions"]}
    again = estimate_file(example_file("kosovo"), WISH)
    assert estimate_json(again) == estimate_json(kosovo)


def test_the_page_stands_alone_and_shows_the_assumptions_side_by_side(kosovo: Comparison) -> None:
    page = estimate_html(kosovo)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=|<script|@import|url\(", page)
    assert page.count("<svg") >= 4
    for answer in kosovo.answers:
        assert not hasattr(answer, "assumes") or answer.assumes in page
    assert '<section class="documented"><span>documented</span><b>4,400</b>' in page
    assert estimate_html(kosovo) == page


def test_names_from_a_file_cannot_speak_for_the_page(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text(
        "<b>x</b>,B,C,n\n1,0,0,50\n0,1,0,40\n0,0,1,30\n1,1,0,9\n1,0,1,8\n0,1,1,7\n1,1,1,3\n", "utf-8"
    )
    found = estimate_file(path, Wish(families=("graphs",), quick=True, quiet=True, title="<script>"))
    page = estimate_html(found)
    assert "<b>x</b>" not in page
    assert "<script>" not in page


def test_the_pdf_can_be_read_and_is_the_same_every_time(kosovo: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(estimate_pdf(kosovo))
    assert estimate_pdf(kosovo) == path.read_bytes()
    reader = PdfReader(path)
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "4,400 persons are on at least one of 4 lists" in words
    assert "What each family takes for granted" in words
    assert kosovo.provenance is not None
    assert kosovo.provenance.sha256 in words.replace(" ", "")


def test_strata_have_three_columns_documented_imputed_estimated(gaza: Comparison) -> None:
    page = estimate_html(gaza)
    assert "labels imputed" in page
    assert gaza.strata is not None
    assert strata_intervals(gaza) is not None
    words = " ".join(paragraphs(gaza))
    assert "1,014 persons lack a label: labels were imputed 3 times" in words
    assert "both are given" in words


def test_a_refusal_is_worded_everywhere_and_is_a_status(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("A,B\n1,0\n0,1\n1,1\n", encoding="utf-8")
    done = run(str(path), "--quiet")
    assert done.exit_code == 1
    assert "No estimate: 2 lists" in " ".join(done.stdout.split())
    found = json.loads(run(str(path), "--quiet", "--json").stdout)
    assert found["answers"][0]["kind"] == "refusal"
    assert found["answers"][0]["code"] == "too_few_lists"
    assert found["quoted"] is None
    refused = estimate_file(path, WISH)
    assert "no number is given" in estimate_html(refused)
    assert estimate_pdf(refused).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A,B,C\n1,0,0\n0,0,0\n", "on no list"),
        ("A,B,C\n1,0,0\n0,maybe,1\n", "neither yes nor no"),
        ("A,B,C,n\n1,0,0,2.5\n", "whole and not negative"),
        ("A,B,C,n\n1,0,0,many\n", "no number of persons"),
        ("A,B,C\n", "no columns of 1 and 0|no rows"),
    ],
)
def test_wrong_rows_are_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "lists.csv"
    path.write_text(text, encoding="utf-8")
    named = () if text == "A,B,C\n" else ("A", "B", "C")
    with pytest.raises((SourceError, UsageError), match=words):
        read_overlap(path, lists=named)
    done = run(str(path), *(("--lists", "A,B,C") if named else ()))
    assert done.exit_code == 2
    assert "Error" in done.stderr


def test_rows_are_persons_or_counts_and_the_guess_is_told(tmp_path: Path) -> None:
    by_person, by_count = tmp_path / "p.csv", tmp_path / "c.csv"
    rows = ["1;0;1;F", "1;0;1;F", "0;1;0;", "1;1;1;M"]
    by_person.write_text("A;B;C;sex\n" + "\n".join(rows) + "\n", encoding="utf-8")
    counted = Counter(rows)
    by_count.write_text(
        "A,B,C,sex,persons\n" + "\n".join(f"{r.replace(';', ',')},{n}" for r, n in counted.items()), "utf-8"
    )
    one, two = (read_overlap(path, strata=("sex",)) for path in (by_person, by_count))
    assert one.rows == two.rows == {(("F",), "101"): 2, (("",), "010"): 1, (("M",), "111"): 1}
    assert one.guessed == ("lists are A, B, C",)
    assert two.guessed == ("column 'persons' counts persons", "lists are A, B, C")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--example", "nowhere"),
        ("--example", "kosovo", "--families", "magic"),
        ("--example", "kosovo", "--lists", "A,B,C"),
        ("--example", "kosovo", "--multiplier", "3", "1.1"),
        ("coverage", "nowhere"),
    ],
)
def test_wrong_use_is_status_two(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_shared_table_goes_out_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "shared.csv"
    done = run("share", str(example_file("kosovo")), "--below", "20", "--out", str(path))
    assert done.exit_code == 0
    assert "1,1,0,1,<20" in path.read_text(encoding="utf-8")
    back = run(str(path), "--families", "graphs", "--imputations", "4", "--quiet")
    assert back.exit_code == 0
    assert "hidden counts of 15" in " ".join(back.stdout.split())


def test_linked_records_give_one_pooled_interval(tmp_path: Path) -> None:
    ids = [(f"{place}{i}", place) for i in range(90) for place in "ABC" if (i * 7 + ord(place)) % 3]
    known = {name for name, _ in ids}
    pairs = [
        (f"{a}{i}", f"{b}{i}", 0.97 if i % 4 else 0.5)
        for i in range(90)
        for a, b in ("AB", "BC", "AC")
        if f"{a}{i}" in known and f"{b}{i}" in known and i % 5
    ]
    records, links = tmp_path / "records.csv", tmp_path / "pairs.csv"
    records.write_text("id,list\n" + "".join(f"{a},{b}\n" for a, b in ids), encoding="utf-8")
    links.write_text("a,b,p\n" + "".join(f"{a},{b},{p}\n" for a, b, p in pairs), encoding="utf-8")
    done = run(
        "linked", str(records), str(links), "--families", "graphs", "--draws", "10", "--json", "--quiet"
    )
    found = json.loads(done.stdout)
    assert found["answers"][0]["kind"] == "estimate"
    assert found["answers"][0]["estimated"]["low"] >= 100
    links.write_text("a,b,p\nA0,nobody,0.5\n", encoding="utf-8")
    assert run("linked", str(records), str(links), "--quiet").exit_code == 2


def test_coverage_prints_a_line_for_each_family() -> None:
    done = run("coverage", "ag4a", "--replicates", "3", "--families", "loglinear,graphs", "--quiet")
    assert done.exit_code == 0
    assert "2,000 people" in done.stdout
    assert "log-linear models" in done.stdout
    assert re.search(r"quoted interval\s+[\d.–]+\s+\d", done.stdout)


def test_intervals_are_rounded_outwards_to_their_own_precision(kosovo: Comparison) -> None:
    for answer in kosovo.answers:
        assert hasattr(answer, "estimated")
        low, high = (float(w.replace(",", "")) for w in between(answer.estimated, 4400).split(" to "))
        assert low <= answer.estimated.low
        assert high >= answer.estimated.high
        assert low >= 4400


def test_every_word_of_a_picture_stands_inside_it(kosovo: Comparison) -> None:
    for drawing in (intervals(kosovo), upset(kosovo.table)):
        for mark in drawing.marks:
            if isinstance(mark, Word):
                assert 0 <= mark.x <= drawing.width
                assert 0 <= mark.y <= drawing.height


def test_what_people_link_writes_is_read_as_it_stands(tmp_path: Path) -> None:
    from tollbook.sources.linked import read_linked  # noqa: PLC0415  # beside its only use

    persons, pairs = tmp_path / "persons.csv", tmp_path / "pairs.csv"
    persons.write_text(
        "person,rows,weakest_link,list,ref,given\n"
        "p1,3,.9,north,row 1,A\np1,3,.9,north,row 2,A\np1,3,.9,south,row 1,A\np2,1,,east,row 1,B\n",
        encoding="utf-8",
    )
    pairs.write_text(
        "list_1,ref_1,list_2,ref_2,probability,why\n"
        "north,row 1,north,row 2,0.99,same\nnorth,row 1,south,row 1,0.7,x\nnorth,row 2,south,row 1,0.9,x\n"
        "south,row 1,east,row 1,0.2,x\n",
        encoding="utf-8",
    )
    linked = read_linked(persons, pairs)
    assert linked.lists == ("north", "south", "east")
    assert linked.records == (0, 1, 2)  # the two rows in the north are one record
    assert sorted(linked.pairs) == [(0, 1, 0.9), (1, 2, 0.2)]
    done = run("linked", str(tmp_path), "--quiet")
    assert done.exit_code == 1  # a person on two lists, and one alone: no estimate
    assert "No estimate" in done.stdout


def test_one_person_is_one_person(tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text("A,B\n1,1\n", encoding="utf-8")
    done = run(str(tmp_path / "two.csv"), "--quick", "--quiet")
    assert "Documented: 1 person is on at least one of 2 lists" in " ".join(done.stdout.split())
