"""linking: lists of people -> a folder of persons, with every pair, decision and choice that made them.

The folder: `lists.json` (which files, by hash, and how their columns were read), `decisions.jsonl` (what people decided;
only ever added to), `pairs.csv` (candidates with what each field added), `persons.csv` (every row with its person),
`table.csv` (one line a person: on which lists), `model.json` (weights, rules with their pair counts, versions).
"""

import csv
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tollbook.errors import UsageError
from tollbook.model.person import Conflict, Decision, Pair, Person, Row, Verdict
from tollbook.model.version import VERSION
from tollbook.people.columns import check_mapping, guess_columns, rows_of
from tollbook.people.join import conflicts_of, decided, join, persons_of, places_of
from tollbook.people.pairs import doubtful, pair_at
from tollbook.people.prepare import prepare
from tollbook.people.weigh import Room, Weighed, weigh
from tollbook.sources.lists import read_list

Tick = Callable[[str, float], None]
CUT = 0.3  # least average probability at which two groups of rows are one person; measured in docs/people.md
_SHARE = 0.4  # of the machine's memory for comparing; the rest is for the rows, the pairs and everybody else
_LEAST = 512 * 2**20
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


def read_lists(
    paths: Sequence[Path], mapping: Mapping[str, str] | None = None
) -> tuple[list[ListRead], list[Row]]:
    """Read lists; columns are guessed where `mapping` ({field: column}) does not name them.

    Raises SourceError for a file that is no list, UsageError for one with nothing that could name a person.
    """
    found: list[ListRead] = []
    rows: list[Row] = []
    for path in paths:
        columns, values = read_list(path)
        chosen = guess_columns(columns)
        told = {f: c for f, c in (mapping or {}).items() if c in columns}
        chosen = {f: c for f, c in chosen.items() if c not in told.values()} | told
        if mapping and len(paths) == 1:
            check_mapping(mapping, columns)
        if not {"name", "given", "family", "number"} & set(chosen):
            raise UsageError(
                f"{path}: no column that names a person (columns: {', '.join(columns)})"
                " - say which: --map name=COLUMN"
            )
        name = _unique(path.stem, [one.name for one in found])
        unmapped = tuple(c for c in columns if c not in chosen.values())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(ListRead(name, str(path), digest, len(values), chosen, unmapped))
        rows += rows_of(name, columns, values, chosen)
    return found, rows


def _unique(name: str, taken: Sequence[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)


def link(
    paths: Sequence[Path],
    folder: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    single: bool = False,
    cut: float = CUT,
    seed: int = 1,
    tick: Tick | None = None,
) -> Linked:
    """Link lists and write the folder; decisions already in it are heeded.

    `single` says that nobody stands twice on any one list. `cut` is the least average probability of one person.
    """
    lists, rows = read_lists(paths, mapping)
    folder.mkdir(parents=True, exist_ok=True)
    own = [row.list for row in rows]
    with TemporaryDirectory(prefix=".comparing-", dir=folder) as spill:
        room = Room(memory_for_comparing(), Path(spill))
        weighed = weigh(prepare(rows), own, within=not single, seed=seed, room=room, tick=tick)
    decisions = read_decisions(folder)
    same, different, lost = decided(decisions, rows)
    groups = join(
        len(rows),
        weighed.pairs,
        weighed.probability,
        same=same,
        different=different,
        lists=own,
        single={one.name for one in lists} if single else (),
        cut=cut,
    )
    persons = persons_of(rows, groups, weighed.pairs, weighed.probability)
    linked = Linked(
        folder,
        tuple(lists),
        tuple(rows),
        weighed,
        tuple(persons),
        tuple(decisions),
        tuple(lost),
        tuple(conflicts_of(same, different, rows)),
    )
    _write(linked, {"single": single, "cut": cut, "seed": seed, "mapping": dict(mapping or {})})
    return linked


def memory_for_comparing() -> int:
    """Return how many bytes comparing may take: a share of what the machine, or the container it is in, has."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 4 * 2**30
    told = Path("/sys/fs/cgroup/memory.max")
    words = told.read_text(encoding="ascii").strip() if told.is_file() else "max"
    if words.isdecimal():
        whole = min(whole, int(words))
    return max(_LEAST, int(whole * _SHARE))


def relink(folder: Path, tick: Tick | None = None) -> Linked:
    """Link a folder's lists again as before, with the decisions taken since.

    Raises UsageError where the folder holds no linking, or a list has changed since.
    """
    told = _settings(folder)
    paths = [Path(one["path"]) for one in told["lists"]]
    for path, one in zip(paths, told["lists"], strict=True):
        if not path.is_file():
            raise UsageError(
                f"{path}: the list is no longer there - put it back, or link anew: tollbook people link"
            )
        if hashlib.sha256(path.read_bytes()).hexdigest() != one["sha256"]:
            raise UsageError(
                f"{path}: the list has changed since it was linked - link anew: tollbook people link"
            )
    how = told["how"]
    return link(
        paths,
        folder,
        mapping=how["mapping"],
        single=how["single"],
        cut=how["cut"],
        seed=how["seed"],
        tick=tick,
    )


def _settings(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / "lists.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        raise UsageError(
            f"{folder}: no linking here - make one: tollbook people link LIST… --out {folder}"
        ) from None


def read_decisions(folder: Path) -> list[Decision]:
    """Return the decisions of a folder in the order they were taken; a broken last line, cut off by a crash, is left out."""
    path = folder / "decisions.jsonl"
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            told = json.loads(line)
            one, two = (told["one"], told["two"])
            found.append(
                Decision(
                    (one[0], one[1]),
                    (two[0], two[1]),
                    told["verdict"],
                    told["by"],
                    told["at"],
                    told["reason"],
                )
            )
        except (ValueError, KeyError, IndexError):
            continue
    return found


def decide(
    folder: Path,
    one: tuple[str, str],
    two: tuple[str, str],
    verdict: Verdict,
    *,
    by: str,
    reason: str = "",
    at: str | None = None,
) -> Decision:
    """Write down what a person decided of two rows; it is kept for ever and holds until decided again."""
    moment = at or datetime.now(UTC).isoformat(timespec="microseconds")
    decision = Decision(one, two, verdict, by, moment, reason)
    line = json.dumps(asdict(decision), ensure_ascii=False)
    path = folder / "decisions.jsonl"
    broken = path.exists() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if broken else "") + line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return decision


def doubts(linked: Linked, most: int = 50) -> list[Pair]:
    """Return the pairs that people should look at, the most doubtful first, undecided ones only."""
    settled = {frozenset((d.one, d.two)) for d in linked.decisions}
    names = [(row.list, row.ref) for row in linked.rows]
    fresh = lambda a, b: frozenset((names[a], names[b])) not in settled  # noqa: E731  # a question of one line
    return doubtful(linked.weighed, fresh, most)


def pair_of(linked: Linked, one: tuple[str, str], two: tuple[str, str]) -> Pair:
    """Return two rows side by side with what each field adds; UsageError where a row is not there."""
    at = places_of(linked.rows)
    for name in (one, two):
        if name not in at:
            raise UsageError(f"no row '{name[0]}:{name[1]}' - rows are named LIST:REF, as in persons.csv")
    return pair_at(linked.weighed, at[one], at[two])


# ------------------------------------------------------------------------------------------- the folder


def _write(linked: Linked, how: Mapping[str, Any]) -> None:
    folder = linked.folder
    _json(folder / "lists.json", {"lists": [asdict(one) for one in linked.lists], "how": dict(how)})
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
