"""Measure estimation: speed, agreement with published figures, convergence where one chain is trapped, coverage.

python benchmarks/estimation.py speed | published | traps | sizes | coverage [--replicates 200] [--families A,B]

Prints Markdown; docs/estimation.md holds the tables that were measured. `traps` and `coverage` take an hour or more.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tollbook.estimation.by_classes import latent_class
from tollbook.estimation.diagnose import agreement
from tollbook.estimation.graphs import average_graphs
from tollbook.estimation.latent import Sampling, sample_latent
from tollbook.estimation.own_lists import internal_consistency
from tollbook.estimation.prior import elicit
from tollbook.estimation.selection import boot_selection, proper_fits
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.simulate import WORLDS, Score, coverage
from tollbook.estimation.table import full_counts, parse_cells
from tollbook.model.estimate import SPOKEN, Estimate, Family, Modes, Table

RAW = json.loads((Path(__file__).parent.parent / "tests/estimation/tables.json").read_text(encoding="utf-8"))
# name, most classes, median, low, high of the reference program or publication
PUBLISHED = [
    ("kosovo", 10, 10413, 8994, 13874),
    ("spina3", 10, 733, 686, 819),
    ("hiv", 10, 10947, 9351, 13305),
    ("down5", 10, 629, 590, 719),
    ("western", 10, 1834, 1305, 3005),
    ("neworl5_185", 10, 832, 570, 1368),
    ("lesbian", 10, 5441, 4366, 7137),
    ("korea", 10, 137, 124, 200),
    ("ph_manila_police", 5, 570, 534, 650),
    ("ph_manila_unidentified", 5, 395, 313, 667),
    ("ph_quezon_police", 5, 346, 338, 367),
    ("ph_quezon_unidentified", 5, 425, 393, 479),
    ("ph_caloocan_police", 5, 328, 302, 376),
    ("ph_caloocan_unidentified", 5, 745, 638, 915),
]
WIDE, POSSIBLE = WORLDS["wide25"], (1.1, 3.0)
TRAPS = ("gaza", "uk5", "ned5", "ned6", "verdata_r1")


def table_named(name: str) -> Table:
    """Return a published table."""
    lists, cells = RAW[name]
    return parse_cells(cells, lists)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def speed() -> None:
    """Time what was promised a time."""
    for name, classes in (("kosovo", 10), ("verdata_r1", 15)):
        one = {"chains": 1, "workers": 1, "rungs": 1, "classes": classes}
        sample_latent(table_named(name), Sampling(burn=50, draws=10, thin=1, **one), 1)  # type: ignore[arg-type]  # a mapping
        long = Sampling(burn=5000, draws=500, thin=10, **one)  # type: ignore[arg-type]  # as above
        seconds = timed(lambda name=name, long=long: sample_latent(table_named(name), long, 1))  # type: ignore[misc]  # bound now
        print(f"| 10,000 sweeps, {name}, {classes} classes | {seconds:.2f} s |")
    five, four = full_counts(table_named("ned5")), full_counts(table_named("kosovo"))
    print(f"| 822 graphs of five lists | {timed(lambda: average_graphs(five)):.2f} s |")
    print(f"| 1,024 models of five lists | {timed(lambda: proper_fits(five)):.2f} s |")
    fits = proper_fits(four)
    print(f"| 1,000 bootstrap choices among 113 models | {timed(lambda: boot_selection(four, fits)):.2f} s |")


def published() -> None:
    """Compare latent classes with published figures."""
    print("| table | median [95%] | published | R-hat | effective size |\n|---|---|---|---:|---:|")
    for name, classes, median, low, high in PUBLISHED:
        table = table_named(name)
        unlisted = sample_latent(table, Sampling(classes=classes, thin=40, burn=8000), 7).unlisted
        rhat, size = agreement(unlisted)
        found = table.documented + np.quantile(unlisted, [0.5, 0.025, 0.975])
        print(
            f"| {name} | {found[0]:,.0f} [{found[1]:,.0f}–{found[2]:,.0f}] | {median:,} [{low:,}–{high:,}] "
            f"| {rhat:.3f} | {size:,.0f} |",
            flush=True,
        )


def traps() -> None:
    """Show what becomes of tables whose chains do not agree."""
    print("| table | answer |\n|---|---|")
    for name in TRAPS:
        settings = Settings(sampling=Sampling(classes=15 if name == "verdata_r1" else 10))
        answer = latent_class(table_named(name), settings, 7)
        if isinstance(answer, Estimate):
            whole = answer.estimated
            words = f"{whole.best:,.0f} [{whole.low:,.0f}–{whole.high:,.0f}]; {answer.notes[0]}"
        elif isinstance(answer, Modes):
            parts = " or ".join(f"{p.low:,.0f}–{p.high:,.0f} ({s:.0%})" for s, p in answer.modes)
            words = f"several: {parts}; {answer.words}"
        else:
            words = f"refused: {answer.words}"
        print(f"| {name} | {words} |", flush=True)


def sizes(families: tuple[Family, ...]) -> None:
    """Ask for known list sizes in the five tables of trafficking."""
    found: dict[Family, list[tuple[int, int, float]]] = {f: [] for f in families}
    for name in ("uk5", "ned5", "neworl5", "western", "australia"):
        for one in internal_consistency(table_named(name), Settings(), 1, families=families):
            hit = sum(i.low <= size <= i.high for _, size, i in one.lists)
            found[one.family].append((hit, len(one.lists), one.log_bias * len(one.lists)))
    print("| family | held the size | mean log bias |\n|---|---:|---:|")
    for family, rows in found.items():
        hit, tried, bias = (sum(row[i] for row in rows) for i in range(3))
        print(f"| {SPOKEN[family]} | {hit:.0f} of {tried:.0f} | {bias / max(tried, 1):+.2f} |")


def worlds(replicates: int, families: tuple[Family, ...]) -> None:
    """Count how often intervals hold the true number.

    Chains are shorter than a report's, so that 200 tables of each world take an hour or two of one core and not ten;
    what does not pass the gate even when run again counts as not given.
    """
    names = [*families, "quoted"]
    print("| world | " + " | ".join(SPOKEN.get(f, f) for f in names) + " | warned |")  # type: ignore[call-overload]  # quoted is no family
    print("|---|" + "---|" * (len(names) + 1))
    short = Sampling(burn=1000, draws=1000, thin=5, workers=1)
    settings = Settings(replicates=200, families=families, sampling=short, extensions=1)
    wide = Settings(
        families=("latent_class",),  # the others refuse so many lists
        # (plain chains pass freely here, and tempered ones cost six times as much)
        sampling=elicit(WIDE.width, *POSSIBLE, replace(short, rungs=1, burn=2000, draws=1500, thin=12)),
        extensions=1,
    )
    for world in WORLDS:
        for done, scores in coverage(world, replicates, wide if world == WIDE.name else settings, 1):
            last, count = scores, done
        cells = [
            f"{s.covered / s.given:.2f} / {np.median(s.bests):,.0f} / {np.median(s.widths):,.0f}"
            + (f" ({s.given / count:.0%} given)" if s.given < count else "")
            if (s := last.get(str(name), Score(""))).given
            else "–"
            for name in names
        ]
        warned = f"{last['quoted'].warned / count:.2f}"
        print(f"| {world} | " + " | ".join(cells) + f" | {warned} |", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["speed", "published", "traps", "sizes", "coverage"])
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--families", default=",".join(ALL_FAMILIES))
    asked = parser.parse_args()
    families = tuple(f for f in ALL_FAMILIES if f in asked.families.split(","))
    if asked.what == "coverage":
        worlds(asked.replicates, families)
    elif asked.what == "sizes":
        sizes(tuple(f for f in families if f in ("loglinear", "graphs", "latent_class")))
    else:
        {"speed": speed, "published": published, "traps": traps}[asked.what]()


if __name__ == "__main__":
    main()
