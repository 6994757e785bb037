"""strata: persons with labels -> estimates by stratum, their sum, and missing labels imputed and pooled."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.answers import answer_table
from tollbook.estimation.impute import MISSING, Key, impute_labels
from tollbook.estimation.latent import Tick
from tollbook.estimation.pool import pool_replicates, shrink_strata
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.shaping import interval_of, less, thinned
from tollbook.estimation.table import check_table, table_of
from tollbook.model.estimate import (
    SPOKEN,
    Answer,
    Estimate,
    Family,
    Modes,
    Refusal,
    Role,
    Stratum,
    Table,
)

Array = NDArray[np.float64]


def stratum_name(labels: Sequence[str]) -> str:
    """Join the labels of a stratum; one that nobody knows is a question mark."""
    return " · ".join(label or "?" for label in labels)


def tables_by_stratum(rows: Mapping[Key, int], lists: Sequence[str]) -> dict[str, Table]:
    """Return one table for each stratum, named by its labels."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for (labels, pattern), count in rows.items():
        parts[stratum_name(labels)][pattern] += count
    return {name: table_of(parts[name], lists) for name in sorted(parts)}


def answer_strata(
    tables: Mapping[str, Table],
    settings: Settings,
    seed: int,
    *,
    partial: bool = False,
    labelled: Mapping[str, int] | None = None,
    tick: Tick | None = None,
) -> tuple[tuple[Stratum, ...], tuple[Answer, ...]]:
    """Answer every stratum, and the sum over strata for each family from summed draws.

    With `partial`, each family's strata lean on each other before they are summed. A family that refuses any stratum
    refuses the sum, naming the stratum. `labelled` says how many persons of a stratum were labelled from the start.
    """
    strata = []
    for at, (name, table) in enumerate(tables.items()):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / len(tables))

        known = table.documented if labelled is None else labelled.get(name, 0)
        answers = answer_table(table, settings, seed + 7919 * at, heard)
        strata.append(Stratum(name, table, answers, known, check_table(table)))
    summed = tuple(sum_family(strata, family, seed, settings.level, partial) for family in summable(settings))
    return tuple(strata), summed


def summable(settings: Settings) -> tuple[Family, ...]:
    """Return the families asked for whose strata can be summed: those with draws."""
    return tuple(f for f in ALL_FAMILIES if f in settings.families and f != "lower_bound")


def family_draws(
    strata: Sequence[Stratum], family: Family, seed: int, partial: bool = False
) -> tuple[Array, tuple[float, float]] | Refusal:
    """Return draws of the sum over strata of one family and the strata's own limits added up, or why there is none.

    Draws take each stratum's doubt as its own; limits added up let all strata err in one direction, as they do when
    the same assumption fails in each.
    """
    draws: list[Array] = []
    documented: list[int] = []
    limits = (0.0, 0.0)
    rng = np.random.default_rng(seed)
    for stratum in strata:
        mine = [a for a in stratum.answers if a.family in (family, None)]
        answer = mine[0] if mine else None
        if isinstance(answer, Estimate | Modes) and answer.draws:
            draws.append(np.array(answer.draws))
            documented.append(stratum.table.documented)
            low, high = _limits(answer)
            limits = (limits[0] + low, limits[1] + high)
        else:
            words = answer.words if isinstance(answer, Refusal | Modes) else "no answer"
            return Refusal(
                family,
                "stratum_refused",
                f"stratum '{stratum.name}' - {words} - join it with another stratum, or take it out and say so",
            )
    if partial and len(draws) > 2:
        draws = shrink_strata(draws, documented, seed)
    size = max(len(d) for d in draws)
    return np.asarray(sum(rng.choice(d, size, replace=len(d) < size) for d in draws)), limits


def _limits(answer: Estimate | Modes) -> tuple[float, float]:
    """Return a stratum's limits: the models' own, averaged by weight, where there are several models."""
    if isinstance(answer, Modes):
        return answer.modes[0][1].low, answer.modes[-1][1].high
    figures = dict(answer.figures)
    return (
        figures.get("limit_low", answer.estimated.low),
        figures.get("limit_high", answer.estimated.high),
    )


def sum_family(
    strata: Sequence[Stratum], family: Family, seed: int, level: float = 0.95, partial: bool = False
) -> Answer:
    """Return one family's estimate of the sum over strata, from summed draws."""
    found = family_draws(strata, family, seed, partial)
    if isinstance(found, Refusal):
        return found
    apart, (low, high) = found
    documented = sum(s.table.documented for s in strata)
    whole = interval_of(apart, level)
    return Estimate(
        family,
        role_of(family),
        whole,
        less(whole, documented),
        "as in each stratum; strata are " + ("partially pooled" if partial else "independent"),
        f"sum of draws over {len(strata)} strata, {SPOKEN[family]}",
        (in_one_direction(low, high),),
        (("limits_low", low), ("limits_high", high)),
        draws=thinned(apart, 2000),
    )


def in_one_direction(low: float, high: float) -> str:
    """Say how wide the sum is when every stratum errs in the same direction."""
    return f"the strata's own limits added up, as if all erred in one direction: {low:,.0f} to {high:,.0f}"


def role_of(family: Family) -> Role:
    """Return whether a family estimates, bounds from below, or shows how far an assumption carries."""
    if family == "lower_bound":
        return "floor"
    return "sensitivity" if family == "no_highest_interaction" else "estimate"


def answer_imputed(
    rows: Mapping[Key, int],
    lists: Sequence[str],
    settings: Settings,
    seed: int,
    *,
    imputations: int = 20,
    partial: bool = False,
    tick: Tick | None = None,
) -> tuple[tuple[Stratum, ...], tuple[Answer, ...]]:
    """Impute missing labels several times, answer every fill, and pool the sums; strata are of the first fill."""
    known = tables_by_stratum({key: n for key, n in rows.items() if MISSING not in key[0]}, lists)
    labelled = {name: table.documented for name, table in known.items()}
    first: tuple[Stratum, ...] = ()
    sums: dict[Family, list[Array]] = defaultdict(list)
    limits: dict[Family, list[tuple[float, float]]] = defaultdict(list)
    counted: dict[Family, list[int]] = defaultdict(list)
    failed: dict[Family, Refusal] = {}
    for at in range(imputations):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / imputations)

        tables = tables_by_stratum(impute_labels(rows, seed + at), lists)
        strata, _ = answer_strata(tables, settings, seed + 104729 * at, labelled=labelled, tick=heard)
        first = first or strata
        for family in summable(settings):
            found = family_draws(strata, family, seed + at, partial)
            if isinstance(found, Refusal):
                failed.setdefault(family, found)
            else:
                sums[family].append(found[0])
                limits[family].append(found[1])
                counted[family].append(sum(s.table.documented for s in strata))
    return first, tuple(
        _pooled(f, sums[f], limits[f], counted[f], failed.get(f), imputations, settings)
        for f in summable(settings)
    )


def _pooled(
    family: Family,
    sums: list[Array],
    limits: list[tuple[float, float]],
    counted: list[int],
    failed: Refusal | None,
    asked: int,
    settings: Settings,
) -> Answer:
    given = len(sums)
    if (failed is not None and given < 0.9 * asked) or given < 2:
        return failed or Refusal(
            family,
            "too_few_imputations",
            f"{given} imputations gave an estimate - at least two are pooled - ask for more imputations",
        )
    pooled = pool_replicates(sums, counted, settings.level)
    low, high = (float(np.mean(side)) for side in zip(*limits, strict=True))
    share = pooled.between / max(pooled.within + pooled.between, 1e-12)
    notes = [
        f"{given} imputations; {share:.0%} of the doubt is from the missing labels",
        in_one_direction(low, high),
    ]
    if failed is not None:
        notes.append(f"{asked - given} imputations gave none: {failed.words}")
    return Estimate(
        family,
        role_of(family),
        pooled.estimated,
        pooled.unlisted,
        "as in each stratum; labels are missing at random given the known labels and the lists",
        f"sum over strata, {SPOKEN[family]}, missing labels imputed and pooled (Rubin)",
        (*notes, *((pooled.warning,) if pooled.warning else ())),
        (("limits_low", low), ("limits_high", high)),
        draws=tuple(float(x) for x in np.concatenate([s[:100] for s in sums])),
    )
