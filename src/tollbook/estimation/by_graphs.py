"""by_graphs: Table -> the answer of decomposable graphs, averaged exactly."""

from collections.abc import Sequence

from tollbook.estimation.diagnose import modes_of
from tollbook.estimation.graphs import average_graphs
from tollbook.estimation.latent import Tick
from tollbook.estimation.settings import ASSUMES, Settings
from tollbook.estimation.shaping import less, modes_answer, refuse_cap, refuse_width, thinned
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import Answer, Estimate, Interval, Table

MOST_LISTS = 5


def graphs(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by exact averaging over decomposable graphs (3 to 5 lists), the saturated one left out."""
    if len(table.lists) > MOST_LISTS:
        return refuse_width("graphs", len(table.lists), MOST_LISTS, "graphs are averaged for")
    posterior = average_graphs(full_counts(table), most=2 * settings.cap * table.documented)
    draws = table.documented + posterior.draw(settings.kept, seed)
    low, middle, high = (
        table.documented + posterior.quantile(p)
        for p in ((1 - settings.level) / 2, 0.5, (1 + settings.level) / 2)
    )
    if high > settings.cap * table.documented:
        return refuse_cap("graphs", settings, "the posterior reaches")
    whole = Interval(low, middle, high, settings.level)
    likely = "; ".join(
        f"{_named(name, table.lists)} {share:.0%}" for name, share in posterior.graphs[:3] if share > 0.005
    )
    parts = modes_of(draws)
    if len(parts) > 1:
        words = f"the graphs disagree, and the data do not choose between them: {likely}"
        return modes_answer("graphs", draws, parts, words, settings)
    return Estimate(
        "graphs",
        "estimate",
        whole,
        less(whole, table.documented),
        ASSUMES["graphs"],
        f"decomposable graphs, hyper-Dirichlet prior 2^-{len(table.lists)} a cell, prior 1/N",
        (f"likeliest graphs: {likely}",),
        (("mean", table.documented + posterior.mean),),
        thinned(draws, settings.kept),
    )


def _named(spelled: str, lists: Sequence[str]) -> str:
    """Write the cliques of a graph, such as [123,14], with the names of the lists."""
    cliques = spelled.strip("[]").split(",")
    return "[" + ", ".join("*".join(lists[int(digit) - 1] for digit in clique) for clique in cliques) + "]"
