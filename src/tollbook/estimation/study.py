"""study: persons by labels and lists -> Comparison: all together, by strata, with their sum and its doubt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tollbook.estimation.compare import Progress, compare
from tollbook.estimation.impute import MISSING, Key, complete_cases
from tollbook.estimation.latent import Tick
from tollbook.estimation.settings import Settings
from tollbook.estimation.strata import answer_imputed, answer_strata, tables_by_stratum
from tollbook.estimation.table import table_of
from tollbook.estimation.weigh import recommend
from tollbook.model.estimate import Check, Comparison, Modes, Refusal, Strata, Table

Missing = Literal["impute", "drop", "drop-anyway"]
# what takes moments on a small table; chains in every stratum of every imputation would take hours
SWIFT = ("loglinear", "graphs", "no_highest_interaction", "lower_bound")
_FIRST = 0.7  # share of the work that all together takes where there are strata too


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is done beside the estimate for all together.

    `missing` says what becomes of persons without a label: "impute" (several times, pooled), "drop" (refused where
    more than one in twenty lacks one), "drop-anyway". `partial` lets strata lean on each other. `chains` samples
    latent classes in every stratum and imputation too, which takes long.
    """

    strata: tuple[str, ...] = ()
    missing: Missing = "impute"
    imputations: int = 20
    partial: bool = False
    chains: bool = False
    consistency: bool = True
    without: bool = True


def study(
    rows: Mapping[Key, int],
    lists: Sequence[str],
    settings: Settings,
    plan: Plan,
    seed: int,
    *,
    title: str = "",
    progress: Progress | None = None,
) -> Comparison:
    """Estimate all together and, where strata are asked for, by stratum and summed.

    `rows` counts persons by (labels, pattern), a missing label being the empty word.
    """
    share = _FIRST if plan.strata else 1.0

    def first(name: str, done: float) -> None:
        if progress is not None:
            progress(name, done * share)

    def then(done: float) -> None:
        if progress is not None:
            progress("strata", share + (1 - share) * done)

    whole = compare(
        together(rows, lists),
        settings,
        seed,
        title=title,
        consistency=plan.consistency,
        without=plan.without,
        progress=first,
    )
    if not plan.strata or whole.answers[0].family is None:
        return whole
    return replace(whole, strata=by_strata(rows, lists, settings, plan, seed + 5000, then))


def together(rows: Mapping[Key, int], lists: Sequence[str]) -> Table:
    """Return the table of everyone, whatever the labels."""
    summed: Counter[str] = Counter()
    for (_, pattern), count in rows.items():
        summed[pattern] += count
    return table_of(summed, lists)


def by_strata(
    rows: Mapping[Key, int],
    lists: Sequence[str],
    settings: Settings,
    plan: Plan,
    seed: int,
    tick: Tick | None = None,
) -> Strata:
    """Estimate by stratum; persons without a label are imputed, or dropped with a warning or a refusal."""
    families = settings.families if plan.chains else tuple(f for f in settings.families if f in SWIFT)
    # strata are small: models are averaged there, for choosing one would follow the noise
    each = replace(
        settings,
        families=families,
        averaged=True,
        criterion="aic",
        kept=min(settings.kept, 1000),
        extensions=min(settings.extensions, 2),
    )
    unlabelled = sum(n for (labels, _), n in rows.items() if MISSING in labels)
    checks: tuple[Check, ...] = ()
    fills = 0
    if unlabelled and plan.missing != "impute":
        kept = complete_cases(rows, lists, allow=plan.missing == "drop-anyway")
        if isinstance(kept, Refusal):
            check = Check(kept.code, False, kept.words)
            return Strata(plan.strata, unlabelled, 0, (), (kept,), None, False, (check,))
        rows, check = kept
        checks = (check,)
    if unlabelled and plan.missing == "impute":
        fills = plan.imputations
        strata, summed = answer_imputed(
            rows, lists, each, seed, imputations=fills, partial=plan.partial, tick=tick
        )
    else:
        tables = tables_by_stratum(rows, lists)
        strata, summed = answer_strata(tables, each, seed, partial=plan.partial, tick=tick)
    quoted, agree = recommend(summed, settings.level)
    if quoted is not None and any(isinstance(a, Modes) for s in strata for a in s.answers):
        quoted = replace(quoted, best=None)  # a stratum with more than one answer has no best one to add
    return Strata(plan.strata, unlabelled, fills, strata, summed, quoted, agree, checks)
