"""settings: what to compute and how much; what each family takes for granted; the gate's own figures."""

from dataclasses import dataclass, field

from tollbook.estimation.latent import Sampling
from tollbook.model.estimate import Family

RHAT, EFFECTIVE, CHAINS = 1.01, 400.0, 4
ALL_FAMILIES: tuple[Family, ...] = (
    "loglinear",
    "graphs",
    "latent_class",
    "no_highest_interaction",
    "lower_bound",
)
ASSUMES: dict[Family, str] = {
    "loglinear": "some hierarchical pattern of dependence between lists is right, and the interaction of all lists "
    "together is absent",
    "graphs": "the dependence between lists is a decomposable graph, and the saturated graph is ruled out",
    "latent_class": "people fall into a few unseen classes; within a class, being on one list says nothing of another",
    "no_highest_interaction": "the one interaction that the unseen cell alone could show is absent; all others are free",
    "lower_bound": "people differ in how visible they are but lists are otherwise independent; a floor, not a figure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to compute and how much. `cap` times the documented is as far as a posterior may reach.

    Chains that do not agree are run again, longer and with more tempered copies, `extensions` times; a third time is
    the last, twenty times as long as at first, with copies close to the data.

    `averaged` takes log-linear models together by `criterion` (bic, aic) instead of choosing one and bootstrapping
    the choice: right for strata, whose tables are too small to choose on.
    """

    families: tuple[Family, ...] = ALL_FAMILIES
    sampling: Sampling = field(default_factory=Sampling)
    replicates: int = 1000
    cap: float = 20.0
    level: float = 0.95
    extensions: int = 3
    kept: int = 2000
    criterion: str = "bic"
    averaged: bool = False
    least_on_list: int = 1
