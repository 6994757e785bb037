"""linking: lists of people -> a folder of persons, with every pair, decision and choice that made them.

What the folder holds is told in link_folder.py; `decisions.jsonl` in it is what people decided, and is only ever added to.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tollbook.desk.link_folder import Linked, ListRead, write_folder
from tollbook.errors import UsageError
from tollbook.model.person import Decision, Pair, Row, Verdict
from tollbook.people.columns import check_mapping, guess_columns, rows_of
from tollbook.people.join import conflicts_of, decided, join, persons_of, places_of, standing
from tollbook.people.pairs import doubtful, pair_at
from tollbook.people.prepare import prepare
from tollbook.people.weigh import Room, weigh
from tollbook.sources.lists import read_list

Tick = Callable[[str, float], None]
CUT = 0.3  # least average probability at which two groups of rows are one person; measured in docs/people.md
_SHARE = 0.4  # of the machine's memory for comparing; the rest is for the rows, the pairs and everybody else
_LEAST = 512 * 2**20


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
    how = {"single": single, "cut": cut, "seed": seed, "mapping": dict(mapping or {})}
    return rejoin(Linked(folder, tuple(lists), tuple(rows), weighed, (), (), (), (), how))


def rejoin(linked: Linked) -> Linked:
    """Join the rows anew, with the decisions taken since, and write the folder; nothing is compared again."""
    rows, weighed, how = linked.rows, linked.weighed, linked.how
    decisions = read_decisions(linked.folder)
    same, different, lost = decided(decisions, rows)
    groups = join(
        len(rows),
        weighed.pairs,
        weighed.probability,
        same=same,
        different=different,
        lists=[row.list for row in rows],
        single={one.name for one in linked.lists} if how["single"] else (),
        cut=how["cut"],
    )
    found = replace(
        linked,
        persons=tuple(persons_of(rows, groups, weighed.pairs, weighed.probability)),
        decisions=tuple(decisions),
        lost=tuple(lost),
        conflicts=tuple(conflicts_of(same, different, rows)),
    )
    write_folder(found)
    return found


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
    settled = {frozenset((d.one, d.two)) for d in standing(linked.decisions)}
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
