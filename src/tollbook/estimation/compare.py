"""compare: Table -> Comparison: the families side by side, the checks on the user's own lists, the verdict."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tollbook.estimation.answers import answer_table
from tollbook.estimation.by_cells import xi_draws
from tollbook.estimation.latent import Tick
from tollbook.estimation.own_lists import internal_consistency, leave_one_out
from tollbook.estimation.prior import multiplier_interval
from tollbook.estimation.settings import Settings
from tollbook.estimation.shaping import interval_of
from tollbook.estimation.table import check_table, refuse_table
from tollbook.estimation.weigh import answer_checks, identification_doubt, recommend, verdict
from tollbook.model.estimate import Answer, Check, Comparison, Interval, Refusal, Table

XIS = (0.25, 0.5, 1.0, 2.0, 4.0)
Progress = Callable[[str, float], None]  # what is being done, and the share of all work that is done


def parts_of(weights: dict[str, float], progress: Progress | None) -> Callable[[str], Tick]:
    """Return what makes, for each named part, the tick that counts its share into the whole."""
    total = sum(weights.values())
    before, start = {}, 0.0
    for name, weight in weights.items():
        before[name] = start
        start += weight

    def part(name: str) -> Tick:
        def tick(share: float) -> None:
            if progress is not None:
                progress(name, (before[name] + weights[name] * share) / total)

        return tick

    return part


def compare(
    table: Table,
    settings: Settings | None = None,
    seed: int = 1,
    *,
    title: str = "",
    consistency: bool = True,
    without: bool = True,
    progress: Progress | None = None,
) -> Comparison:
    """Lay the families side by side for one table, with internal consistency and each list left out.

    The families agree when each one's best value lies in the others' intervals and the unlisted differ by less than
    half as many again; then the quoted interval weighs their draws alike. Otherwise it spans them all, and no best
    value is quoted; nor is one where the number hangs on assumptions that the data cannot test.
    """
    settings = settings or Settings()
    refused = refuse_table(table)
    if refused is not None:
        return refuse(title, table, refused)
    part = parts_of(
        {
            "known list sizes": 0.4 * consistency,
            "estimates": 0.4,
            "each list left out": 0.4 * without,
        },
        progress,
    )
    inner = (
        internal_consistency(table, settings, seed + 1000, part("known list sizes")) if consistency else ()
    )
    answers = answer_table(table, settings, seed, part("estimates"))
    left = leave_one_out(table, settings, seed + 2000, part("each list left out")) if without else ()
    quoted, agree = recommend(answers, settings.level)
    doubt = identification_doubt(table, answers)
    if quoted is not None and not doubt.passed:
        quoted = replace(quoted, best=None)
    return Comparison(
        title,
        table,
        table.documented,
        (*check_table(table), *prior_check(table, settings), *answer_checks(answers, inner), doubt),
        answers,
        quoted,
        verdict(answers, agree, doubt),
        agree,
        not doubt.passed,
        xi_strip(table, settings, seed + 3000),
        inner,
        left,
    )


def prior_check(table: Table, settings: Settings) -> tuple[Check, ...]:
    """Say what the latent-class prior believes of N/n for so many lists before it sees any of them."""
    if "latent_class" not in settings.families:
        return ()
    low, high = multiplier_interval(len(table.lists), settings.sampling, settings.level)
    wide = high > 1.1
    words = (
        f"for {len(table.lists)} lists, the latent-class prior alone holds everyone to be {low:.2f} to {high:.2f} times the "
        "listed"
    )
    more = (
        ""
        if wide
        else "; so sure a prior pulls the estimate down: merge lists, or say with --multiplier what is possible"
    )
    return (Check("prior_multiplier", wide, words + more),)


def refuse(title: str, table: Table, refused: Refusal, checks: Sequence[Check] = ()) -> Comparison:
    """Return the comparison that gives no number, and says why."""
    answers: tuple[Answer, ...] = (refused,)
    return Comparison(
        title,
        table,
        table.documented,
        (*checks, Check(refused.code, False, refused.words)),
        answers,
        None,
        f"No estimate: {refused.words}.",
        False,
        False,
    )


def xi_strip(table: Table, settings: Settings, seed: int) -> tuple[tuple[float, Interval], ...]:
    """Estimate with the unseen cell at several multiples of what no highest interaction makes it."""
    found = []
    for xi in XIS:
        draws = xi_draws(table, xi, 4000, seed)
        if not isinstance(draws, Refusal):
            interval = interval_of(draws, settings.level)
            if interval.high <= 4 * settings.cap * table.documented:
                found.append((xi, interval))
    return tuple(found)
