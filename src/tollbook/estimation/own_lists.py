"""own_lists: the user's own lists as the test: known sizes found again, and each list left out."""

import math
from collections.abc import Sequence
from dataclasses import replace

from tollbook.estimation.answers import answer_table
from tollbook.estimation.latent import Sampling, Tick
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.table import keep_lists, within_list
from tollbook.model.estimate import (
    Consistency,
    Estimate,
    Family,
    Interval,
    Modes,
    Refusal,
    Table,
    WithoutList,
)

_QUICK = Sampling(draws=1000, thin=10, burn=2000)


def internal_consistency(
    table: Table,
    settings: Settings,
    seed: int,
    tick: Tick | None = None,
    families: Sequence[Family] | None = None,
) -> tuple[Consistency, ...]:
    """Ask each family for the size of every list, known, from the other lists (Binette and Steorts 2022)."""
    chosen = tuple(families or (f for f in settings.families if f in ("loglinear", "graphs", "latent_class")))
    quick = replace(
        settings,
        families=chosen,
        sampling=replace(_QUICK, classes=settings.sampling.classes, workers=settings.sampling.workers),
        extensions=1,
        replicates=min(200, settings.replicates),
    )
    found: dict[Family, list[tuple[str, int, Interval]]] = {f: [] for f in chosen}
    refused: dict[Family, list[tuple[str, str]]] = {f: [] for f in chosen}
    for at, name in enumerate(table.lists):
        part = within_list(table, name)
        part = keep_lists(part, [n for n in part.lists if part.size(n) > 0])
        answers = answer_table(part, quick, seed + 31 * at)
        for family in chosen:
            mine = [a for a in answers if a.family in (family, None)]
            if mine and isinstance(mine[0], Estimate):
                found[family].append((name, table.size(name), mine[0].estimated))
            elif (mine and isinstance(mine[0], Modes)) or (mine and isinstance(mine[0], Refusal)):
                refused[family].append((name, mine[0].words))
        if tick is not None:
            tick((at + 1) / len(table.lists))
    return tuple(_score(f, found[f], refused[f]) for f in chosen)


def _score(
    family: Family, lists: list[tuple[str, int, Interval]], refused: list[tuple[str, str]]
) -> Consistency:
    covered = [low.low <= size <= low.high for _, size, low in lists]
    bias = [math.log(i.best / size) for _, size, i in lists]
    return Consistency(
        family,
        tuple(lists),
        sum(covered) / len(covered) if covered else 0.0,
        sum(bias) / len(bias) if bias else 0.0,
        tuple(refused),
    )


def leave_one_out(
    table: Table, settings: Settings, seed: int, tick: Tick | None = None
) -> tuple[WithoutList, ...]:
    """Estimate again with each list left out; a list whose absence moves the answer carries it."""
    quick = replace(
        settings,
        sampling=replace(_QUICK, classes=settings.sampling.classes, workers=settings.sampling.workers),
        extensions=1,
        replicates=min(200, settings.replicates),
        families=tuple(f for f in ALL_FAMILIES if f in settings.families),
    )
    answers = []
    for at, name in enumerate(table.lists):
        rest = keep_lists(table, [one for one in table.lists if one != name])
        answers.append(WithoutList(name, rest.documented, answer_table(rest, quick, seed + 31 * at)))
        if tick is not None:
            tick((at + 1) / len(table.lists))
    return tuple(answers)
