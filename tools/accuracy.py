"""Measure against the development sets, and write the tables of docs/accuracy.md: python tools/accuracy.py [--sets FOLDER]

    python tools/accuracy.py --reports      only the project's own whole reports, slot by slot
    python tools/accuracy.py --dates        only its own times, beside dateparser on the same texts

The sets, their scorer and the floor (a naive regex reader) lie beside the checkout, in ../shared/eval; they belong to
their publishers and are not part of Tollbook. What stands outside the marked block of docs/accuracy.md is left alone.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- made by tools/accuracy.py -->", "<!-- end of what is made -->"
RELEVANT = "P_in_relevant_documents"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one set: where it stands in the scorer's answer, who else was measured, what was asked."""

    name: str
    path: tuple[str, ...]
    rivals: str = ""
    asked: float | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """One set and the measures shown of it."""

    file: str
    about: str
    lines: tuple[Line, ...]


SETS = (
    Set(
        "muc4_dev.jsonl.gz",
        "MUC-4, 1,300 upper-case wire reports of 1988-90: who was killed or injured, and how many",
        (
            Line(
                "claims with a number, F",
                ("claims", "numeric"),
                "systems of 1992, on the test part: FASTUS .588, GE .654",
                0.66,
            ),
            Line("the same, equal pairs counted once", ("claims", "numeric_distinct")),
            Line("with plurals that have no number", ("claims", "with_plural")),
        ),
    ),
    Set(
        "humquant_dev.jsonl",
        "HumQuant, 619 excerpts of humanitarian reports: numbers of people harmed among all other numbers",
        (
            Line("deaths, F", ("numbers", "death"), "GPT-4.1, same scorer: .907; two humans: .89-.91", 0.86),
            Line("injuries, F", ("numbers", "injury"), "GPT-4.1: .864"),
            Line("displaced, F", ("numbers", "displaced"), "GPT-4.1: .771; humans: .83-.86", 0.77),
            Line("missing, F", ("numbers", "missing"), "GPT-4.1: 1.0"),
            Line("detained, F", ("numbers", "detained"), "GPT-4.1: .938"),
        ),
    ),
    Set(
        "wiki_attacks.jsonl",
        "Attacks, 324 one-line descriptions; the table's tally is often later than the sentence, so the ceiling is low",
        (
            Line("killed, exact", ("counts", "killed", "EM"), "regex of another project: .648"),
            Line(
                "killed, exact where above 0",
                ("counts", "killed", "EM+"),
                "ceiling about .83: see below",
                0.82,
            ),
            Line("injured, exact", ("counts", "injured", "EM"), "regex of another project: about .6"),
            Line(
                "injured, exact where above 0",
                ("counts", "injured", "EM+"),
                "ceiling about .69: see below",
                0.78,
            ),
        ),
    ),
    Set(
        "geovirus.jsonl",
        "GeoVirus, 229 news articles, 2,170 place names; end to end: a name not found is wrong",
        (
            Line("names found", ("places", "mentions_found")),
            Line(
                "within 161 km of the truth, over all names",
                ("places", "within_161_km"),
                "given the names: CamCoder .82, Edinburgh .78",
                0.62,
            ),
            Line("found places that are in the truth", ("places", "predicted_places_in_gold")),
        ),
    ),
    Set(
        "ucdp_headlines_sample.jsonl",
        "Headlines, 2,000 of UCDP: nothing invented, places and parties found",
        (
            Line("numbers that the text does not state", ("headlines", "numbers_invented"), "", 0.0),
            Line("stated place found", ("headlines", "stated_place_found")),
            Line("stated party found", ("headlines", "stated_party_found")),
        ),
    ),
)


def measure(sets: Path, file: str, command: str) -> dict[str, Any]:
    """Run the scorer on a set; its answer, with gate violations and unanswered reports."""
    run = subprocess.run(
        [sys.executable, "score.py", file, "--json", "--command", command],
        cwd=sets,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 3):
        raise SystemExit(f"{file}: the scorer stopped: {run.stderr.strip()[-500:]}")
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def found(answer: dict[str, Any], path: tuple[str, ...]) -> Any:
    """Return the value at a path of the scorer's answer."""
    value: Any = answer
    for key in path:
        value = value[key]
    return value


def figure(value: float | None) -> str:
    """Write a share the way the tables do: .494."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.3f}"


def told(value: Any) -> tuple[str, str, float]:
    """Return a measure as figure, detail and plain number: F with P, R and sizes, or a share with its interval."""
    if "F" in value:
        parts = [f"P {figure(value['P'])}", f"R {figure(value['R'])}"]
        if value.get(RELEVANT) is not None:
            parts.append(f"P in relevant reports {figure(value[RELEVANT])}")
        parts.append(f"{value['gold']:,} to find")
        return figure(value["F"]), ", ".join(parts), value["F"] or 0.0
    low, high = value["ci95"] if value.get("ci95") else (None, None)
    return figure(value["share"]), f"{figure(low)}-{figure(high)}, n {value['n']:,}", value["share"] or 0.0


def table(one: Set, ours: dict[str, Any], floor: dict[str, Any]) -> list[str]:
    """Return the table of one set."""
    lines = [
        f"### {one.about}",
        "",
        "| measure | Tollbook | | floor | others | asked |",
        "|---|--:|---|--:|---|---|",
    ]
    for line in one.lines:
        mine, detail, share = told(found(ours, line.path))
        base, _, _ = told(found(floor, line.path))
        goal = ""
        if line.asked is not None:
            met = share <= line.asked if line.asked == 0 else share >= line.asked
            goal = f"{'none' if line.asked == 0 else figure(line.asked)}: {'met' if met else 'not met'}"
        lines.append(f"| {line.name} | **{mine}** | {detail} | {base} | {line.rivals} | {goal} |")
    return [*lines, ""]


def write_block(page: Path, block: str) -> None:
    """Put the block between its marks, and leave what stands around it."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{block.strip()}\n\n{END}{after}", encoding="utf-8")


def own_reports() -> list[str]:
    """Return the table of the project's own reports: each slot with its precision and recall."""
    from comparing import compare, load, table, whole  # noqa: PLC0415  # tests/corpus, put on the path by main

    folders = sorted(p for p in CORPUS.iterdir() if any(p.glob("*.expected.json")))
    lines: list[str] = []
    for folder in folders:
        results = [compare(expected, text) for _, expected, text in load(folder)]
        lines += [f"### {folder.name}: {len(results)} reports", "", *table(whole(results)), ""]
    return lines


def own_dates() -> list[str]:
    """Return how many of the project's own times are read rightly, by Tollbook and by dateparser."""
    from dating import Row, given, is_right, rows  # noqa: PLC0415  # as above

    every = list(rows())
    readers = {"Tollbook": given}
    try:
        from dateparser.search import search_dates  # noqa: PLC0415  # a rival, not a dependency
    except ImportError:
        print("dateparser is not installed: pip install dateparser", file=sys.stderr)
    else:

        def rival(row: Row) -> list[tuple[str, tuple[str, str] | None]]:
            base = datetime.combine(date.fromisoformat(row.published), time(12))
            settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
            found = search_dates(row.text, languages=["en"], settings=settings) or []
            return [(words, (d.date().isoformat(),) * 2) for words, d in found]

        readers["dateparser"] = rival
    lines = ["| reader | right, of all times | of those that are one day |", "|---|--:|--:|"]
    for name, reader in readers.items():
        right = [is_right(row, reader(row)) for row in every]
        single = [ok for ok, row in zip(right, every, strict=True) if row.days and row.days[0] == row.days[1]]
        lines.append(
            f"| {name} | {figure(sum(right) / len(right))} ({len(right)}) | {figure(sum(single) / len(single))} ({len(single)}) |"
        )
    return lines


def main() -> int:
    """Measure every set and write the page."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--sets", type=Path, default=ROOT.parent / "shared" / "eval", help="folder of the sets"
    )
    arguments.add_argument("--reports", action="store_true", help="only the project's own whole reports")
    arguments.add_argument("--dates", action="store_true", help="only the project's own times")
    options = arguments.parse_args()
    sys.path.insert(0, str(CORPUS))
    if options.reports or options.dates:
        print(
            "\n".join([*(own_reports() if options.reports else ()), *(own_dates() if options.dates else ())])
        )
        return 0
    sets = options.sets.resolve()
    if not (sets / "score.py").exists():
        print(
            f"{sets}: no scorer there - the sets are not part of the project; give their folder with --sets"
        )
        return 1
    reader = f"{Path(sys.executable).with_name('tollbook')} read --json --quiet"
    lines: list[str] = []
    reports = violations = unanswered = 0
    for one in SETS:
        ours = measure(sets, one.file, reader)
        reports += ours["rows"]
        violations += len(ours["gate_violations"])
        unanswered += len(ours["unanswered"])
        lines += table(one, ours, measure(sets, one.file, f"{sys.executable} floor.py"))
        print(f"{one.file}: measured", file=sys.stderr)
    gate = (
        f"**The gate** over all {reports:,} reports: {violations:,} violations (each quote is the text at its offsets; "
        f"low ≤ best ≤ high; every figure has its words; every toll its claims), {unanswered:,} reports unanswered."
    )
    import fit_confidence  # noqa: PLC0415  # it loads the reader

    claims = list(fit_confidence.judged(sets))
    sure = fit_confidence.reliability(claims, fit_confidence.unseen(claims))
    lines += [
        "### How sure: what was said of claims in reports that the model had not seen, and how many were right",
        "",
        *sure,
    ]
    write_block(PAGE, "\n".join([gate, "", *lines]))
    print(gate)
    return 0 if violations == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
