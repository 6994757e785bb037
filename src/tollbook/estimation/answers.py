"""answers: Table -> an Answer of each family, through the gate that refuses.

A family gives an Estimate only when its own checks pass; else Modes, when the table supports several centres, or a
Refusal in words. Nothing here adds the documented to the estimated.
"""

from collections.abc import Callable

from tollbook.estimation.by_cells import lower_bound, no_highest_interaction
from tollbook.estimation.by_classes import latent_class
from tollbook.estimation.by_graphs import graphs
from tollbook.estimation.by_models import loglinear
from tollbook.estimation.latent import Tick
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.table import refuse_table, usable_lists
from tollbook.model.estimate import Answer, Family, Table

Work = Callable[[Table, Settings, int, Tick | None], Answer]


def answer_table(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> tuple[Answer, ...]:
    """Answer with every family asked for, in the order of ALL_FAMILIES; one Refusal alone where the table forbids."""
    table = usable_lists(table, settings.least_on_list) if settings.least_on_list > 1 else table
    refused = refuse_table(table)
    if refused is not None:
        return (refused,)
    answers: list[Answer] = []
    chosen = [f for f in ALL_FAMILIES if f in settings.families]
    for at, family in enumerate(chosen):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / len(chosen))

        answers.append(_WORK[family](table, settings, seed + at, heard))
        heard(1.0)
    return tuple(answers)


_WORK: dict[Family, Work] = {
    "loglinear": loglinear,
    "graphs": graphs,
    "latent_class": latent_class,
    "no_highest_interaction": no_highest_interaction,
    "lower_bound": lower_bound,
}
