"""people_told: lists, pairs and persons -> lines for a terminal."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tollbook.desk.link_folder import Linked, ListRead
from tollbook.desk.naming import Victim
from tollbook.model.person import FIELDS, Pair, Row
from tollbook.people.join import standing
from tollbook.people.pairs import pair_at
from tollbook.writers.words import number_of


def ticker(quiet: bool) -> Callable[[str, float], None] | None:
    """Return what tells of progress on standard error, once a step; None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def tick(what: str, share: float) -> None:
        spent = time.monotonic() - started
        left = f", about {spent / share - spent:.0f} s left" if share > 0.2 else ""
        sys.stderr.write(f"\r\x1b[K{what} ({share:.0%}{left})")
        if share >= 0.95:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return tick


def tell_lists(lists: Sequence[ListRead]) -> str:
    """Say how each list's columns are read."""
    lines = []
    for one in lists:
        lines.append(f"{one.name}: {number_of(one.rows, 'row')} from {one.path}")
        lines += [f"    {field:12} <- {column}" for field, column in one.mapping.items()]
        if one.unmapped:
            lines.append(f"    kept, not compared: {', '.join(one.unmapped)}")
    return "\n".join(lines)


def tell_linked(linked: Linked) -> str:
    """Say what linking found: candidates by rule, weights by level, persons by the number of their lists."""
    weighed = linked.weighed
    lines = [tell_lists(linked.lists), "", "Candidate pairs by rule"]
    for c in weighed.rules:
        lines.append(f"  {c.pairs:>12,}  {c.rule.words}{'' if c.used else '   (too many: not used)'}")
    lines += ["", "What agreement is worth, in bits (+ speaks for one person)"]
    for comparison, weights in zip(weighed.comparisons, weighed.weights, strict=True):
        words = [*(level.words for level in comparison.levels), "different"]
        lines.append(f"  {comparison.name}")
        lines += [f"    {bits:+7.1f}  {what}" for what, bits in zip(words, weights, strict=True)]
    lines += ["", *_persons(linked)]
    for conflict in linked.conflicts:
        chain = " = ".join(f"{a}:{b}" for a, b in conflict.path)
        lines.append(
            f"decisions disagree: {chain}, but {_name(conflict.one)} and {_name(conflict.two)} are said to differ"
        )
    for decision in linked.lost:
        lines.append(
            f"a decision has lost its row: {_name(decision.one)} and {_name(decision.two)} ({decision.verdict})"
        )
    lines += ["", f"Written to {linked.folder}: persons.csv, pairs.csv, table.csv, model.json"]
    return "\n".join(lines)


def _persons(linked: Linked) -> list[str]:
    spread: dict[int, int] = {}
    for person in linked.persons:
        lists = len({linked.rows[i].list for i in person.rows})
        spread[lists] = spread.get(lists, 0) + 1
    doubtful = int(((linked.weighed.probability > 0.02) & (linked.weighed.probability < 0.98)).sum())
    largest = max((len(p.rows) for p in linked.persons), default=0)
    lines = [f"{number_of(len(linked.rows), 'row')}, {number_of(len(linked.persons), 'person')}"]
    lines += [f"  on {n} list{'s' * (n > 1)}: {count:,}" for n, count in sorted(spread.items())]
    lines.append(f"  most rows of one person: {largest}")
    lines.append(
        f"  doubtful pairs (between .02 and .98): {doubtful:,}; decided by people: {len(standing(linked.decisions)):,}"
    )
    return lines


def _name(row: tuple[str, str]) -> str:
    return f"{row[0]}:{row[1]}"


def tell_pair(linked: Linked, pair: Pair) -> str:
    """Show two rows side by side, with what each field added."""
    one, two = linked.rows[pair.one], linked.rows[pair.two]
    lines = [f"{'':14}{_clip(_name((one.list, one.ref)))}  {_clip(_name((two.list, two.ref)))}"]
    for field in FIELDS:
        a, b = one.fields.get(field, ""), two.fields.get(field, "")
        if a or b:
            lines.append(f"{field:14}{_clip(a)}  {_clip(b)}")
    lines.append("")
    lines += [f"  {c.bits:+6.1f}  {c.what}: {c.level}" for c in pair.compared]
    lines.append(f"  probability of one person: {pair.probability:.2f}")
    return "\n".join(lines)


def _clip(text: str, width: int = 30) -> str:
    plain = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return f"{plain[: width - 1]}…" if len(plain) > width else plain.ljust(width)


def tell_person(linked: Linked, who: str) -> str | None:
    """Show one person by id or by a row's LIST:REF, each row as its list wrote it; None where there is none."""
    listed, _, ref = who.partition(":")
    for person in linked.persons:
        rows = [linked.rows[i] for i in person.rows]
        if person.id == who or any((r.list, r.ref) == (listed, ref) for r in rows):
            lines = [f"person {person.id}: {len(rows)} row{'s' * (len(rows) > 1)}"]
            for row in rows:
                lines += ["", f"{row.list}:{row.ref}", *_fields(row)]
            held = [
                pair_at(linked.weighed, a, b) for n, a in enumerate(person.rows) for b in person.rows[n + 1 :]
            ]
            if held:
                lines.append("")
            lines += [
                f"{_name((linked.rows[p.one].list, linked.rows[p.one].ref))} and "
                f"{_name((linked.rows[p.two].list, linked.rows[p.two].ref))}: "
                + (f"{p.probability:.2f}" if p.compared else "no rule found this pair")
                for p in held
            ]
            return "\n".join(lines)
    return None


def _fields(row: Row) -> list[str]:
    shown = [f"  {field:12} {_clip(value, 60).rstrip()}" for field, value in row.fields.items()]
    return shown + [f"  ({field}) {_clip(value, 56).rstrip()}" for field, value in row.rest.items()]


def tell_victims(victims: Sequence[Victim], out: Path | None) -> str:
    """Say whom the reports of a register name: all of them, or where a file holds them, how many."""
    reports = len({victim.testimony.report for victim in victims})
    head = f"{len(victims):,} named victim{'s' * (len(victims) != 1)} in {reports:,} report{'s' * (reports != 1)}"
    if out is not None:
        return f"{head}, written to {out}\nlink them with other lists: tollbook people link {out} LIST… --out linked"
    lines = [head]
    for victim in victims:
        row = victim.row()
        known = [x for x in (row["age"], row["date of death"], row["place"], row["source"]) if x]
        copies = f" (and {number_of(victim.copies - 1, 'copy', 'copies')})" if victim.copies > 1 else ""
        lines += ["", f"{_clip(row['name'], 60).rstrip()}: {', '.join(known)}{copies}"]
        lines.append(
            f"    “{_clip(' '.join(row['evidence'].split()), 120).rstrip()}”  {row['incident'] or 'no incident'}"
        )
    return "\n".join(lines)
