"""Measure how well incidents are told apart: python benchmarks/grouping.py [--reports 1000] [--easy] [--errors 10]

Reads a made-up world (benchmarks/world.py) with the real reader and compares the incidents with the events behind the
texts: pairwise precision, recall and F1, and B³, over the claims that tell an event.
"""

import argparse
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from world import Told, World, world

from tollbook.model.report import report_of
from tollbook.model.testimony import Testimony
from tollbook.pipeline import read_report
from tollbook.record import Copy, Record, attested, conclude, match, shingles_of


@dataclass(frozen=True, slots=True)
class Scores:
    """How two ways of grouping the same things agree, 0 to 1."""

    pair_precision: float
    pair_recall: float
    pair_f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float


def compare(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Scores:
    """Compare two groupings of the same keys: pairwise and B³ precision, recall and F1."""
    keys = sorted(truth)
    cells = Counter((found[k], truth[k]) for k in keys)
    ours, theirs = Counter(found[k] for k in keys), Counter(truth[k] for k in keys)
    both = sum(n * (n - 1) // 2 for n in cells.values())
    said = sum(n * (n - 1) // 2 for n in ours.values())
    true = sum(n * (n - 1) // 2 for n in theirs.values())
    precision, recall = both / said if said else 1.0, both / true if true else 1.0
    b_precision = sum(cells[found[k], truth[k]] / ours[found[k]] for k in keys) / len(keys)
    b_recall = sum(cells[found[k], truth[k]] / theirs[truth[k]] for k in keys) / len(keys)
    return Scores(
        precision, recall, _f1(precision, recall), b_precision, b_recall, _f1(b_precision, b_recall)
    )


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def read_world(made: World) -> tuple[list[Testimony], dict[str, str]]:
    """Read a world's reports; return the testimonies, and for each that tells an event which one it is."""
    told: list[Testimony] = []
    truth: dict[str, str] = {}
    reports = [
        (r, report_of(r.text, ref=r.id, url=r.url, title=r.title, publisher=r.publisher, published=r.published, language="en"))
        for r in made.reports
    ]  # fmt: skip
    stories = match(Copy(r.id, report.published, shingles_of(r.text)) for r, report in reports)
    for row, report in reports:
        mine = attested(read_report(report), story=stories[row.id], report=row.id)
        told += mine
        truth |= {t.id: event for t in mine if (event := _event(row, t)) is not None}
    return told, truth


def _event(row: Told, one: Testimony) -> str | None:
    at = one.claim.evidence.start
    if one.claim.scope != "incident":
        return None
    return next((s.event for s in row.stretches if s.start <= at < s.end), None)


def groups_of(record: Record, truth: Mapping[str, str]) -> dict[str, str]:
    """Return for each testimony of the truth the incident it was put in (itself where it is in none)."""
    found = {t: i.id for i in record.incidents for t in i.testimonies}
    return {t: found.get(t, t) for t in truth}


def toll_scores(record: Record, truth: Mapping[str, str], made: World) -> tuple[int, int, int]:
    """Return for how many events an incident is theirs alone, how often its range holds the truth, how often best is it."""
    inside = {t: i for i in record.incidents for t in i.testimonies}
    found: dict[str, set[str]] = {}
    for claim, event in truth.items():
        if claim in inside:
            found.setdefault(inside[claim].id, set()).add(event)
    by_id = {i.id: i for i in record.incidents}
    alone = {next(iter(events)): by_id[i] for i, events in found.items() if len(events) == 1}
    held = right = count = 0
    for name, incident in alone.items():
        event = made.events.get(name)
        toll = next((t for t in incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
        if event is None or toll is None:
            continue
        count += 1
        high = event.killed if toll.high is None else toll.high
        held += (toll.low or 0) <= event.killed <= high
        right += toll.best == event.killed
    return count, held, right


def mistakes(record: Record, truth: Mapping[str, str], told: Sequence[Testimony], most: int) -> list[str]:
    """Describe incidents that mix events, and events torn apart."""
    by_id = {t.id: t for t in told}
    lines = []
    split: dict[str, set[str]] = {}
    for incident in record.incidents:
        events = Counter(truth[t] for t in incident.testimonies if t in truth)
        for event in events:
            split.setdefault(event, set()).add(incident.id)
        if len(events) > 1:
            lines.append(f"MIXED {dict(events)}: {incident.title} {incident.period}")
    inside = {t: i.id for i in record.incidents for t in i.testimonies}
    for event, ids in split.items():
        if len(ids) > 1:
            lines.append(f"TORN {event}")
            for t, e in truth.items():
                if e == event:
                    one = by_id[t]
                    where = [(s.name, s.level) for s in one.sites]
                    lines.append(
                        f"    {inside.get(t)} {one.report} {one.reference.published} {one.claim.harm}"
                        f" {one.claim.count.quote!r} {where} {one.days}"
                    )
    return lines[:most]


def main() -> None:
    """Print the scores of one world."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--easy", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    made = world(given.reports, given.seed, hard=not given.easy)
    start = perf_counter()
    told, truth = read_world(made)
    middle = perf_counter()
    record = conclude(told)
    end = perf_counter()
    scores = compare(groups_of(record, truth), truth)
    countries = {e.id: e.country for e in made.events.values()}
    across = sum(
        len({countries[truth[t]] for t in i.testimonies if truth.get(t) in countries}) > 1
        for i in record.incidents
    )
    print(
        f"{len(made.reports)} reports, {len(told)} claims, {len(made.events)} events, {len(record.incidents)} incidents"
    )
    print(
        f"read in {middle - start:.1f} s, concluded in {end - middle:.1f} s; merged across countries: {across}"
    )
    print(" ".join(f"{k} {getattr(scores, k):.3f}" for k in Scores.__slots__))
    count, held, right = toll_scores(record, truth, made)
    print(
        f"tolls of the killed: {count} events, truth in range {held / count:.3f}, best right {right / count:.3f}"
    )
    for line in mistakes(record, truth, told, given.errors):
        print(line)


if __name__ == "__main__":
    main()
