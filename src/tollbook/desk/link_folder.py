"""link_folder: lists, linked -> the folder that holds what was found: persons, pairs, the table of lists, the model.

The folder: `lists.json` (which files, by hash, and how their columns were read), `pairs.csv` (candidates with what each
field added), `persons.csv` (every row with its person), `table.csv` (one line a person: on which lists), `model.json`
(weights, rules with their pair counts, versions); `decisions.jsonl` beside them is only ever added to.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tollbook.model.person import Conflict, Decision, Person, Row
from tollbook.model.version import VERSION
from tollbook.people.pairs import pair_at
from tollbook.people.weigh import Weighed

_FORMULAS = "=+-@\t\r"


@dataclass(frozen=True, slots=True)
class ListRead:
    """One list as it was read: its file, its hash, its size, and which column holds which field."""

    name: str
    path: str
    sha256: str
    rows: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Lists, linked: the rows, the weighed pairs, the persons, and what decisions say against each other."""

    folder: Path
    lists: tuple[ListRead, ...]
    rows: tuple[Row, ...]
    weighed: Weighed
    persons: tuple[Person, ...]
    decisions: tuple[Decision, ...]
    lost: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]
    how: Mapping[str, Any]


def write_folder(linked: Linked) -> None:
    """Write what a linking found and how it was made; decisions are another's to write."""
    folder = linked.folder
    _json(folder / "lists.json", {"lists": [asdict(one) for one in linked.lists], "how": dict(linked.how)})
    _json(folder / "model.json", _model(linked))
    _table(folder / "pairs.csv", *_pair_rows(linked))
    _table(folder / "persons.csv", *_person_rows(linked))
    _table(folder / "table.csv", *_membership(linked))


def _model(linked: Linked) -> dict[str, Any]:
    weighed = linked.weighed
    return {
        "tollbook": VERSION,
        "share_of_pairs_that_match": weighed.share,
        "rules": [{"rule": c.rule.words, "pairs": c.pairs, "used": c.used} for c in weighed.rules],
        "comparisons": [
            {
                "comparison": comparison.name,
                "levels": [
                    {"level": words, "bits": round(bits, 3)}
                    for words, bits in zip(
                        [*(x.words for x in comparison.levels), "otherwise"], weights, strict=True
                    )
                ],
            }
            for comparison, weights in zip(weighed.comparisons, weighed.weights, strict=True)
        ],
    }


def _pair_rows(linked: Linked) -> tuple[list[str], list[list[str]]]:
    names = [(row.list, row.ref) for row in linked.rows]
    shown = [int(i) for i in (linked.weighed.probability >= 0.01).nonzero()[0]]
    rows = []
    for i in shown:
        a, b = (int(x) for x in linked.weighed.pairs[i])
        pair = pair_at(linked.weighed, a, b)
        why = "; ".join(f"{c.what}: {c.level} ({c.bits:+.1f})" for c in pair.compared)
        rows.append([*names[a], *names[b], f"{pair.probability:.6f}", why])
    rows.sort(key=lambda r: (-float(r[4]), r[0], r[1]))
    return ["list_1", "ref_1", "list_2", "ref_2", "probability", "why"], rows


def _person_rows(linked: Linked) -> tuple[list[str], list[list[str]]]:
    fields = _order(linked.rows)
    rows = []
    for person in linked.persons:
        doubt = "" if person.doubt is None else f"{person.doubt:.4f}"
        for i in person.rows:
            row = linked.rows[i]
            rows.append(
                [
                    person.id,
                    str(len(person.rows)),
                    doubt,
                    row.list,
                    row.ref,
                    *(row.fields.get(f, "") for f in fields),
                ]
            )
    return ["person", "rows", "weakest_link", "list", "ref", *fields], rows


def _order(rows: Sequence[Row]) -> list[str]:
    seen: dict[str, None] = {}
    for row in rows:
        for field in row.fields:
            seen.setdefault(field)
    return list(seen)


def _membership(linked: Linked) -> tuple[list[str], list[list[str]]]:
    """Return one line a person: 1 or 0 for each list, and what strata are made of, from the first row that says it."""
    lists = [one.name for one in linked.lists]
    strata = [
        f for f in ("sex", "age", "place", "death", "category") if any(f in r.fields for r in linked.rows)
    ]
    rows = []
    for person in linked.persons:
        own = [linked.rows[i] for i in person.rows]
        on = {row.list for row in own}
        first = [next((r.fields[f] for r in own if f in r.fields), "") for f in strata]
        rows.append([person.id, *("1" if name in on else "0" for name in lists), *first])
    return ["person", *lists, *strata], rows


def _json(path: Path, value: object) -> None:
    _put(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([[_tame(cell) for cell in row] for row in rows])
    part.replace(path)


def _tame(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula; a plain negative number stays one."""
    if cell[:1] in _FORMULAS and cell and not cell[1:].replace(".", "", 1).isdecimal():
        return f"'{cell}"
    return cell


def _put(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
