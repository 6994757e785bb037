"""strata: persons with labels -> estimates by stratum, their sum, and missing labels imputed and pooled."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.answers import answer_table
from tollbook.estimation.compare import spoken
from tollbook.estimation.latent import Tick
from tollbook.estimation.pool import pool_replicates, shrink_strata
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.table import check_table, table_of
from tollbook.model.estimate import Answer, Check, Estimate, Family, Interval, Modes, Refusal, Stratum, Table

Array = NDArray[np.float64]
Key = tuple[tuple[str, ...], str]
MISSING = ""
TOLERATED = 0.05  # share of persons without a label under which leaving them out only warns
_DONORS = 10


def missing_share(rows: Mapping[Key, int]) -> float:
    """Return the share of persons with a stratum label missing; `rows` counts (labels, pattern)."""
    total = sum(rows.values())
    return sum(n for (labels, _), n in rows.items() if MISSING in labels) / total if total else 0.0


def complete_cases(rows: Mapping[Key, int], *, allow: bool = False) -> tuple[dict[Key, int], Check] | Refusal:
    """Leave out persons without a label; refuse above 5% of them unless allowed, and always warn.

    Labels are seldom missing at random: the persons on one informal list are the ones that lack them, and without
    them the overlap looks larger than it is and the estimate falls.
    """
    share, worst = missing_share(rows), _worst_list(rows)
    if share > TOLERATED and not allow:
        return Refusal(
            None,
            "complete_cases",
            f"{share:.1%} of persons lack a stratum label - leaving them out changes "
            "who is counted - impute the labels, or leave the strata out",
        )
    kept = {key: n for key, n in rows.items() if MISSING not in key[0]}
    words = (
        f"{share:.1%} of persons lack a stratum label and were left out, among them {worst[1]:.0%} of those on "
        f"list {worst[0] + 1}: what remains overlaps more than the whole, and its estimate is too low"
    )
    return kept, Check("complete_cases", share == 0, words if share else "every person has every label")


def _worst_list(rows: Mapping[Key, int]) -> tuple[int, float]:
    """Return the place of the list that loses the largest share of its persons with the missing labels."""
    width = len(next(iter(rows))[1]) if rows else 0
    shares = []
    for j in range(width):
        on = {key: n for key, n in rows.items() if key[1][j] == "1"}
        shares.append((missing_share(on), j))
    share, at = max(shares, default=(0.0, 0))
    return at, share


def tables_by_stratum(rows: Mapping[Key, int], lists: Sequence[str]) -> dict[str, Table]:
    """Return one table for each stratum, named by its labels."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for (labels, pattern), count in rows.items():
        parts[" · ".join(labels)][pattern] += count
    return {name: table_of(parts[name], lists) for name in sorted(parts)}


def impute_labels(rows: Mapping[Key, int], seed: int) -> dict[Key, int]:
    """Fill missing labels once, from donors with the same known labels on the same lists.

    Where fewer than ten such donors exist, donors are those who share the known labels and the last list; then the
    known labels only. Donor shares are drawn anew (Bayesian bootstrap), so that several fills differ as they should.
    """
    rng = np.random.default_rng(seed)
    donors = [(labels, pattern, n) for (labels, pattern), n in rows.items() if MISSING not in labels]
    filled: Counter[Key] = Counter()
    for (labels, pattern), count in sorted(rows.items()):
        if MISSING not in labels:
            filled[labels, pattern] += count
            continue
        pool: Counter[tuple[str, ...]] = Counter()
        for alike in (lambda p, q: p == q, lambda p, q: p[-1] == q[-1], lambda p, q: True):
            pool = Counter()
            for other, theirs, n in donors:
                if alike(theirs, pattern) and all(
                    a in (MISSING, b) for a, b in zip(labels, other, strict=True)
                ):
                    pool[other] += n
            if sum(pool.values()) >= _DONORS:
                break
        names = sorted(pool)
        if not names:
            continue
        share = rng.dirichlet([pool[name] for name in names])
        for name, n in zip(names, rng.multinomial(count, share), strict=True):
            if n:
                filled[name, pattern] += int(n)
    return dict(filled)


def answer_strata(
    tables: Mapping[str, Table],
    settings: Settings,
    seed: int,
    *,
    partial: bool = False,
    tick: Tick | None = None,
) -> tuple[tuple[Stratum, ...], tuple[Answer, ...]]:
    """Answer every stratum, and the sum over strata for each family from summed draws.

    With `partial`, each family's strata lean on each other before they are summed. A family that refuses a stratum
    with more than one person in twenty refuses the sum, naming the stratum.
    """
    strata = []
    for at, (name, table) in enumerate(tables.items()):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / len(tables))

        strata.append(
            Stratum(name, table, answer_table(table, settings, seed + 7919 * at, heard), check_table(table))
        )
    summed = tuple(
        sum_family(strata, family, seed, partial)
        for family in ALL_FAMILIES
        if family in settings.families and family != "lower_bound"
    )
    return tuple(strata), summed


def family_draws(
    strata: Sequence[Stratum], family: Family, seed: int, partial: bool = False
) -> Array | Refusal:
    """Return draws of the sum over strata of one family, or why there is none."""
    draws: list[Array] = []
    documented: list[int] = []
    rng = np.random.default_rng(seed)
    for stratum in strata:
        mine = [a for a in stratum.answers if a.family in (family, None)]
        answer = mine[0] if mine else None
        if isinstance(answer, Estimate) and answer.draws:
            draws.append(np.array(answer.draws))
            documented.append(stratum.table.documented)
        else:
            words = answer.words if isinstance(answer, Refusal | Modes) else "no answer"
            return Refusal(
                family,
                "stratum_refused",
                f"stratum '{stratum.name}' - {words} - join it with another "
                "stratum, or take it out and say so",
            )
    if partial and len(draws) > 2:
        draws = shrink_strata(draws, documented, seed)
    size = max(len(d) for d in draws)
    return np.asarray(sum(rng.choice(d, size, replace=len(d) < size) for d in draws))


def sum_family(strata: Sequence[Stratum], family: Family, seed: int, partial: bool = False) -> Answer:
    """Return one family's estimate of the sum over strata, from summed draws."""
    draws = family_draws(strata, family, seed, partial)
    if isinstance(draws, Refusal):
        return draws
    documented = sum(s.table.documented for s in strata)
    low, middle, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(
        family,
        "estimate",
        Interval(low, middle, high),
        Interval(low - documented, middle - documented, high - documented),
        "as in each stratum; strata are " + ("partially pooled" if partial else "independent"),
        f"sum of draws over {len(strata)} strata, {spoken(family)}",
        draws=tuple(float(x) for x in draws),
    )


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
    each = replace(
        settings,
        averaged=True,
        criterion="aic",
        replicates=min(settings.replicates, 400),
        kept=min(settings.kept, 800),
    )
    first: tuple[Stratum, ...] = ()
    sums: dict[Family, list[Array]] = defaultdict(list)
    counted: dict[Family, list[int]] = defaultdict(list)
    failed: dict[Family, Refusal] = {}
    for at in range(imputations):
        tables = tables_by_stratum(impute_labels(rows, seed + at), lists)
        strata, _ = answer_strata(tables, each, seed + 104729 * at)
        first = first or strata
        for family in settings.families:
            if family == "lower_bound":
                continue
            draws = family_draws(strata, family, seed + at, partial)
            if isinstance(draws, Refusal):
                failed.setdefault(family, draws)
            else:
                sums[family].append(draws)
                counted[family].append(sum(s.table.documented for s in strata))
        if tick is not None:
            tick((at + 1) / imputations)
    return first, tuple(
        _pooled(f, sums[f], counted[f], failed.get(f), imputations)
        for f in ALL_FAMILIES
        if f in settings.families and f != "lower_bound"
    )


def _pooled(
    family: Family, sums: list[Array], counted: list[int], failed: Refusal | None, asked: int
) -> Answer:
    if (failed is not None and len(sums) < 0.9 * asked) or len(sums) < 2:
        return failed or Refusal(family, "too_few_imputations", f"{len(sums)} imputations gave an estimate")
    pooled = pool_replicates(sums, counted)
    notes = [
        (
            f"{len(sums)} imputations; {pooled.between / (pooled.within + pooled.between):.0%} of the doubt is from "
            "the missing labels"
        )
    ]
    if failed is not None:
        notes.append(f"{asked - len(sums)} imputations gave none: {failed.words}")
    return Estimate(
        family,
        "estimate",
        pooled.estimated,
        pooled.unlisted,
        "as in each stratum; labels are missing at random given the known labels and the lists",
        f"sum over strata, {spoken(family)}, missing labels imputed and pooled (Rubin)",
        (*notes, *((pooled.warning,) if pooled.warning else ())),
        draws=tuple(float(x) for x in np.concatenate([s[:100] for s in sums])),
    )
