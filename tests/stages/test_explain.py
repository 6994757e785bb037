"""Nothing is silently lost: every number of a text is told with what became of it; every claim with why it was formed."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tollbook.cli import main
from tollbook.lang.pack import load_pack
from tollbook.model.explanation import Explanation
from tollbook.model.report import report_of
from tollbook.pipeline import explain_report, read_report

TRAPS = (
    "At least 11 people, including 3 soldiers and 8 assailants, were killed in Kano on 3 March 2025, the 47th such attack.\n"
    "The mayor, 54, said 20,000 people marched on Friday. The army paid $300 to each of 12 families. Route 66 was shut for"
    " 14 km. The 11 were buried. Some 5,000 people have fled since 2011. Three rebels fled. An F-16 hit 4 houses.\n"
    "Share this: 12 comments\n"
)
REPORTS = sorted((Path(__file__).parent.parent / "corpus" / "reports").glob("*.txt"))


def explained(text: str) -> Explanation:
    return explain_report(report_of(text, published="2025-03-12", language="en"))


@pytest.mark.parametrize(
    ("quote", "fate"),
    [
        ("At least 11", "claim"), ("3", "time"), ("47th", "name"), ("54", "age"), ("20,000", "people_unharmed"),
        ("300", "label"), ("66", "label"), ("14", "unit"), ("The 11", "people_unharmed"), ("Some 5,000", "claim"),
        ("2011", "time"), ("Three", "people_untied"), ("4", "thing"), ("12", "furniture"),
    ],
)  # fmt: skip
def test_what_became_of_a_number(quote: str, fate: str) -> None:
    found = [n.fate for n in explained(TRAPS).numbers if n.quote == quote]
    assert fate in found


def test_a_refused_order_is_told_with_its_reason() -> None:
    (rebels,) = (n for n in explained(TRAPS).numbers if n.quote == "Three")
    assert "run away" in rebels.reason


@pytest.mark.parametrize("file", REPORTS, ids=lambda f: f.stem)
def test_every_digit_and_every_claim_is_told(file: Path) -> None:
    text = report_of(file.read_text(encoding="utf-8")).text
    explanation = explained(text)
    assert all(text[n.start : n.end] == n.quote and n.reason for n in explanation.numbers)
    for match in re.finditer(r"\d+", text):
        assert any(n.start <= match.start() and match.end() <= n.end for n in explanation.numbers), match[0]
    reading = read_report(report_of(text, published="2025-03-12", language="en"))
    assert [why.claim for why in explanation.claims] == list(reading.claims)
    for why in explanation.claims:
        assert text[why.harm.start : why.harm.end] == why.harm.quote
        assert all(text[s.start : s.end] == s.quote for s in (*why.said, *why.declined))


def test_the_place_of_an_order_is_where_the_pack_has_it() -> None:
    why = explained(TRAPS).claims[0]
    assert why.order == "passive"
    assert why.place is not None
    line = int(why.place.rsplit(" ", 1)[1])
    file = load_pack("en").folder / "claims.toml"
    assert file.read_text(encoding="utf-8").splitlines()[line - 1] == 'name = "passive"'


def test_a_language_without_a_pack_has_nothing_to_explain() -> None:
    explanation = explain_report(report_of("12 Menschen starben.", language="de"))
    assert (explanation.claims, explanation.numbers) == ((), ())


def test_the_command_tells_it_to_people_and_programs(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TRAPS, encoding="utf-8")
    run = CliRunner()
    whole = run.invoke(main, ["explain", str(file)])
    assert whole.exit_code == 0
    assert "numbers of the report" in whole.output
    one = run.invoke(main, ["explain", str(file), "c1"])
    assert "order     “passive” (en/claims.toml" in one.output
    assert max(len(line) for line in (whole.output + one.output).splitlines()) <= 80
    told = json.loads(run.invoke(main, ["explain", str(file), "c1", "--json"]).output)
    assert [why["claim"]["id"] for why in told["claims"]] == ["c1"]
    wrong = run.invoke(main, ["explain", str(file), "c99"])
    assert wrong.exit_code == 2
    assert "c99" in wrong.output
