"""No single number unless chains agree; families side by side, and what may be quoted of them."""

from dataclasses import replace

import pytest

from tollbook.estimation import Sampling, Settings, compare, parse_cells
from tollbook.estimation.by_cells import lower_bound, no_highest_interaction, xi_draws
from tollbook.estimation.by_classes import latent_class, plans_of
from tollbook.estimation.by_graphs import graphs
from tollbook.estimation.by_models import loglinear
from tollbook.estimation.own_lists import internal_consistency
from tollbook.estimation.weigh import recommend
from tollbook.model.estimate import Answer, Estimate, Interval, Modes, Refusal, Table

# chains as the reference program runs them: no label moves, no tempering, no second try
PLAIN = Settings(sampling=Sampling(label_moves=False, rungs=1, burn=4000, draws=1000, thin=10), extensions=0)
QUICK = Settings(sampling=Sampling(burn=1000, draws=800, thin=5), extensions=0, replicates=200)


@pytest.mark.long_chains
@pytest.mark.parametrize("name", ["ned5", "ned6", "gaza", "verdata_r1"])
def test_tables_that_trap_a_single_chain_get_no_single_number(tables: dict[str, Table], name: str) -> None:
    answer = latent_class(tables[name], PLAIN, 1)
    assert isinstance(answer, Modes | Refusal)
    assert "R-hat" in answer.words
    if isinstance(answer, Modes):
        assert len(answer.modes) > 1
        assert sum(share for share, _ in answer.modes) == pytest.approx(1)


@pytest.mark.long_chains
def test_tempered_chains_pass_between_the_two_answers_of_gaza(tables: dict[str, Table]) -> None:
    """Eight reference chains end between 53,673 and 75,912; tempered ones know both modes, and say so."""
    tempered = Settings(
        sampling=Sampling(rungs=8, flattest=0.06, burn=3000, draws=1000, thin=12), extensions=0
    )
    answer = latent_class(tables["gaza"], tempered, 2)
    assert isinstance(answer, Modes | Refusal)
    if isinstance(answer, Modes):
        medians = [sorted(chain)[len(chain) // 2] for chain in answer.traces]
        assert max(medians) < 1.15 * min(medians)


@pytest.mark.long_chains
def test_chains_that_agree_give_a_number_with_its_diagnostics(tables: dict[str, Table]) -> None:
    answer = latent_class(tables["spina3"], Settings(), 1)
    assert isinstance(answer, Estimate)
    figures = dict(answer.figures)
    assert figures["rhat"] <= 1.01
    assert figures["effective_size"] >= 400
    assert len(answer.traces) == 4
    assert answer.unlisted.low == pytest.approx(answer.estimated.low - 626)


def test_fewer_than_four_chains_are_refused(tables: dict[str, Table]) -> None:
    few = replace(QUICK, sampling=replace(QUICK.sampling, chains=3))
    answer = latent_class(tables["spina3"], few, 1)
    assert isinstance(answer, Refusal)
    assert answer.code == "too_few_chains"


def test_each_further_try_is_longer_and_the_last_stays_close_to_the_data() -> None:
    plans = plans_of(Settings())
    assert [p.thin for p in plans] == [10, 30, 90, 200]
    assert [p.rungs for p in plans] == [6, 10, 14, 8]
    assert plans[2].flattest < plans[0].flattest < plans[3].flattest


def test_what_reaches_the_cap_is_refused_by_every_family(tables: dict[str, Table]) -> None:
    low = replace(QUICK, cap=1.05)
    for family in (loglinear, graphs, no_highest_interaction):
        answer = family(tables["spina3"], low, 1)
        assert isinstance(answer, Refusal)
        assert answer.code == "cap"
    bound = lower_bound(tables["spina3"], low, 1)
    assert isinstance(bound, Estimate)  # a floor cannot reach too high


@pytest.mark.long_chains
def test_a_posterior_beyond_the_cap_is_refused(tables: dict[str, Table]) -> None:
    answer = latent_class(tables["spina3"], replace(Settings(), cap=1.1), 1)
    assert isinstance(answer, Refusal)
    assert answer.code == "cap"


def test_too_many_lists_are_refused_family_by_family(tables: dict[str, Table]) -> None:
    wide = tables["verdata_r1"]
    for family in (loglinear, graphs, no_highest_interaction, lower_bound):
        answer = family(wide, QUICK, 1)
        assert isinstance(answer, Refusal)
        assert answer.code == "too_many_lists"


def test_empty_cells_make_the_product_of_cells_mean_nothing(tables: dict[str, Table]) -> None:
    assert isinstance(xi_draws(tables["western"], 1.0, 100, 1), Refusal)
    some = xi_draws(tables["gaza"], 1.0, 2000, 1)
    assert not isinstance(some, Refusal)
    twice = xi_draws(tables["gaza"], 2.0, 2000, 1)
    assert not isinstance(twice, Refusal)
    seen = tables["gaza"].documented
    assert (twice.mean() - seen) / (some.mean() - seen) == pytest.approx(2, rel=0.05)


def estimate(best: float, low: float, high: float) -> Estimate:
    whole, hidden = Interval(low, best, high), Interval(low - 100, best - 100, high - 100)
    draws = tuple(low + (high - low) * i / 99 for i in range(100))
    return Estimate("loglinear", "estimate", whole, hidden, "", "", draws=draws)


def test_a_best_value_is_quoted_only_where_families_agree() -> None:
    agreed = recommend((estimate(200, 150, 260), estimate(210, 160, 270)))
    assert agreed[1]
    assert agreed[0] is not None
    assert agreed[0].best is not None
    far = recommend((estimate(200, 150, 220), estimate(400, 300, 500)))
    assert far == (replace(agreed[0], low=150, best=None, high=500), False)
    alone = recommend((estimate(200, 150, 220),))
    assert alone[0] is not None
    assert alone[0].best is None
    assert recommend((Refusal("graphs", "cap", ""),)) == (None, False)


def test_several_answers_are_spanned_and_never_averaged() -> None:
    modes: Answer = Modes(
        "graphs", "estimate", ((0.7, Interval(150, 160, 170)), (0.3, Interval(400, 450, 500))), "", ""
    )
    quoted, agree = recommend((estimate(160, 150, 175), modes))
    assert quoted is not None
    assert (quoted.low, quoted.best, quoted.high, agree) == (150, None, 500, False)


def test_smooth_differences_between_people_raise_the_warning(tables: dict[str, Table]) -> None:
    swift = replace(QUICK, families=("loglinear", "graphs", "lower_bound"))
    found = compare(tables["kosovo"], swift, 1, consistency=False, without=False)
    assert found.identification
    assert found.quoted is not None
    assert found.quoted.best is None
    calm = parse_cells("100:600 010:490 001:400 110:160 101:130 011:110 111:35")
    assert not compare(calm, swift, 1, consistency=False, without=False).identification


def test_known_list_sizes_are_asked_for_and_the_bias_is_downwards(tables: dict[str, Table]) -> None:
    """As published for five tables of trafficking: every family finds too few on the whole."""
    biases: dict[str, list[float]] = {"loglinear": [], "graphs": []}
    for name in ("uk5", "ned5", "western", "neworl5", "australia"):
        for one in internal_consistency(tables[name], QUICK, 1, families=("loglinear", "graphs")):
            tried = len(one.lists) + len(one.refused)
            assert tried == len(tables[name].lists)
            assert 0 <= one.covered <= 1
            if one.lists:
                biases[one.family].append(one.log_bias)
    for found in biases.values():
        assert sum(found) / len(found) < 0


def test_the_same_seed_gives_the_same_comparison(tables: dict[str, Table]) -> None:
    swift = replace(QUICK, families=("loglinear", "graphs", "no_highest_interaction"))
    one, again, other = (compare(tables["spina3"], swift, seed) for seed in (3, 3, 4))
    assert one == again
    assert one != other
