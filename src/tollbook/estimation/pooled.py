"""pooled: several tables that could each be the true one -> one Comparison, every family pooled over them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tollbook.estimation.linkage import answer_linked
from tollbook.estimation.settings import Settings
from tollbook.estimation.study import SWIFT
from tollbook.estimation.table import check_table, refuse_table
from tollbook.estimation.weigh import answer_checks, identification_doubt, recommend, verdict
from tollbook.model.estimate import Check, Comparison, Table

Progress = Callable[[str, float], None]


def pooled_study(
    tables: Sequence[Table],
    shown: Table,
    settings: Settings,
    seed: int,
    *,
    title: str = "",
    doubt_of: str = "the linking",
    thorough: bool = False,
    progress: Progress | None = None,
) -> Comparison:
    """Estimate each of the tables (drawn linkages, completed tables) and pool every family into one interval.

    `shown` stands for the tables where one must be shown: the surest linkage. `doubt_of` names what differs between
    the tables. With `thorough` latent classes are sampled on each too.
    """
    refused = refuse_table(shown)
    if refused is not None:
        check = Check(refused.code, False, refused.words)
        words = f"No estimate: {refused.words}."
        return Comparison(title, shown, shown.documented, (check,), (refused,), None, words, False, False)
    families = [f for f in settings.families if (thorough or f in SWIFT) and f != "lower_bound"]
    each = replace(settings, averaged=True, kept=min(settings.kept, 1000))
    answers = []
    for at, family in enumerate(families):

        def heard(share: float, at: int = at) -> None:
            if progress is not None:
                progress("pooling", (at + share) / len(families))

        one = replace(each, families=(family,))
        answers.append(answer_linked(tables, family, one, seed + at, heard, doubt_of))
    quoted, agree = recommend(answers, settings.level)
    doubt = identification_doubt(shown, answers)
    if quoted is not None and not doubt.passed:
        quoted = replace(quoted, best=None)
    counted = sorted(table.documented for table in tables)
    spread = Check(
        "documented_differs",
        counted[0] == counted[-1],
        f"the documented number is itself {counted[0]:,} to {counted[-1]:,} over {len(tables)} tables: it depends on "
        f"{doubt_of}",
    )
    return Comparison(
        title,
        shown,
        shown.documented,
        (*check_table(shown), spread, *answer_checks(answers, ()), doubt),
        tuple(answers),
        quoted,
        verdict(answers, agree, doubt),
        agree,
        not doubt.passed,
    )
