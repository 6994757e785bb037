"""latent: Table -> draws of the latent-class Dirichlet-process model (several dispersed chains)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation._kernel import COMPILED, sweep
from tollbook.estimation.table import arrays
from tollbook.model.estimate import Table

Array = NDArray[np.float64]
Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How the latent-class model is sampled. Defaults were set on the tables of docs/estimation.md.

    `classes` caps the number of classes; `rates` is the Beta prior of inclusion; `concentration` is shape and rate
    of the Gamma prior of the Dirichlet process. `rungs` above 1 adds tempered copies, the flattest at `flattest` of
    the data: chains then pass between answers that lie apart, and short chains do what long ones did not.
    """

    classes: int = 10
    chains: int = 4
    burn: int = 3_000
    draws: int = 2_000
    thin: int = 10
    rates: tuple[float, float] = (1.0, 1.0)
    concentration: tuple[float, float] = (0.25, 0.25)
    label_moves: bool = True
    rungs: int = 6
    flattest: float = 0.1
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Chains:
    """Draws of the unlisted (chains by draws), the classes in use at each, and exchanges of tempered copies."""

    unlisted: Array
    active: NDArray[np.int64]
    exchanges: int


def sample_latent(table: Table, sampling: Sampling, seed: int, tick: Tick | None = None) -> Chains:
    """Sample how many are unlisted under the latent-class model.

    Persons fall into classes; within a class the lists are independent; the number of classes is learned through a
    Dirichlet process; the prior of the whole number is 1/N. Manrique-Vallier (2016), with label moves of
    Papaspiliopoulos and Roberts (2008). `tick` hears the share of work done, between 0 and 1.
    """
    patterns, counts = arrays(table)
    starts = np.concatenate([[0], np.cumsum(patterns.sum(axis=1))]).astype(np.int64)
    members = np.nonzero(patterns)[1].astype(np.int64)
    seeds = np.random.SeedSequence(seed).spawn(sampling.chains)
    done = [0.0] * sampling.chains

    def one(chain: int) -> tuple[Array, NDArray[np.int64], int]:
        def heard(share: float) -> None:
            done[chain] = share
            if tick is not None:
                tick(sum(done) / len(done))

        return _one_chain(counts, starts, members, sampling, seeds[chain], heard)

    if sampling.workers > 1 and COMPILED:
        with ThreadPoolExecutor(sampling.workers) as pool:
            parts = list(pool.map(one, range(sampling.chains)))
    else:
        parts = [one(chain) for chain in range(sampling.chains)]
    return Chains(np.array([p[0] for p in parts]), np.array([p[1] for p in parts]), sum(p[2] for p in parts))


def _one_chain(
    counts: NDArray[np.int64],
    starts: NDArray[np.int64],
    members: NDArray[np.int64],
    sampling: Sampling,
    seed: np.random.SeedSequence,
    heard: Tick,
) -> tuple[Array, NDArray[np.int64], int]:
    rng = np.random.default_rng(seed)
    lists = int(members.max()) + 1
    ladder = _ladder(counts, sampling)
    shape = (sampling.rungs, sampling.classes)
    alpha = np.exp(rng.uniform(-2.5, 1.5, sampling.rungs))
    sticks = np.clip(rng.beta(1.0, 1.0 + alpha[:, None], shape), 1e-12, 1 - 1e-12)
    sticks[:, -1] = 1 - 1e-12
    log_v, log_w = np.log(sticks), np.log1p(-sticks)
    log_nu = log_v + np.concatenate([np.zeros((sampling.rungs, 1)), np.cumsum(log_w, axis=1)[:, :-1]], axis=1)
    log_nu -= np.log(np.exp(log_nu).sum(axis=1, keepdims=True))
    rates = rng.beta(1.0, rng.uniform(1, 12), (sampling.rungs, lists, sampling.classes)).clip(1e-9, 1 - 1e-9)
    odds, log_miss = np.log(rates) - np.log1p(-rates), np.log1p(-rates)
    prior = np.array([*sampling.rates, *sampling.concentration])

    def run(draws: int, thin: int) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
        unlisted, active = np.zeros(draws, np.int64), np.zeros(draws, np.int64)
        made = sweep(
            rng,
            ladder,
            starts,
            members,
            prior,
            alpha,
            log_nu,
            log_v,
            log_w,
            odds,
            log_miss,
            sampling.label_moves,
            thin,
            unlisted,
            active,
        )
        return unlisted, active, made

    parts = max(1, min(20, sampling.draws // 5))
    ahead = sampling.burn / (sampling.burn + sampling.draws * sampling.thin)
    run(max(1, sampling.burn // 50), 50)
    heard(ahead)
    kept = []
    for i, size in enumerate(len(p) for p in np.array_split(np.arange(sampling.draws), parts)):
        kept.append(run(size, sampling.thin))
        heard(ahead + (1 - ahead) * (i + 1) / parts)
    return (
        np.concatenate([k[0] for k in kept]).astype(np.float64),
        np.concatenate([k[1] for k in kept]),
        sum(k[2] for k in kept),
    )


def _ladder(counts: NDArray[np.int64], sampling: Sampling) -> NDArray[np.int64]:
    """Return counts for each rung: the data at the last, thinner tables of the same shape before it."""
    if sampling.rungs == 1:
        return counts[None, :].copy()
    warmth = np.geomspace(sampling.flattest, 1.0, sampling.rungs)
    marks = np.floor(warmth[:, None] * np.concatenate([[0], np.cumsum(counts)]) + 0.5)
    marks[-1] = np.concatenate([[0], np.cumsum(counts)])
    return np.asarray(np.maximum(np.diff(marks, axis=1), 0), dtype=np.int64)
