"""diagnose: chains -> R-hat, effective sample size, modes."""

import itertools
import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def split_rhat(chains: Array) -> float:
    """Return split R-hat of chains (one a row); 1 is agreement; infinite for chains that never move."""
    half = chains.shape[1] // 2
    parts = np.concatenate([chains[:, :half], chains[:, -half:]])
    within = parts.var(axis=1, ddof=1).mean()
    between = half * parts.mean(axis=1).var(ddof=1)
    if within <= 0:
        return 1.0 if between <= 0 else math.inf
    return float(math.sqrt(((half - 1) / half * within + between / half) / within))


def effective_size(chains: Array) -> float:
    """Return the effective sample size of all chains together (Geyer's initial monotone sequence, split chains)."""
    half = chains.shape[1] // 2
    parts = np.concatenate([chains[:, :half], chains[:, -half:]])
    rows, length = parts.shape
    centred = parts - parts.mean(axis=1, keepdims=True)
    padded = np.fft.rfft(centred, n=2 ** (2 * length - 1).bit_length(), axis=1)
    covariance = np.fft.irfft(padded * padded.conj(), axis=1)[:, :length] / length
    within = (covariance[:, 0] * length / (length - 1)).mean()
    if within <= 0:
        return 0.0
    total = within * (length - 1) / length + parts.mean(axis=1).var(ddof=1)
    rho = 1 - (within - covariance.mean(axis=0)) / total
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0]] if negative.size else pairs)
    return float(rows * length / max(-1 + 2 * pairs.sum(), 1 / math.log10(rows * length)))


def ranked(chains: Array) -> Array:
    """Return normal scores of the ranks: heavy tails then weigh no more than their place."""
    flat = chains.ravel()
    order = np.argsort(flat, kind="stable")
    ranks = np.empty(flat.size)
    ranks[order] = np.arange(1, flat.size + 1)
    _, inverse, count = np.unique(flat, return_inverse=True, return_counts=True)
    ranks = (np.bincount(inverse, ranks) / count)[inverse]
    return normal_quantile((ranks - 0.375) / (flat.size + 0.25)).reshape(chains.shape)


def normal_quantile(p: Array) -> Array:
    """Return quantiles of the standard normal, by Newton steps on a rational start; error below 1e-9."""
    tail = np.minimum(p, 1 - p)
    t = np.sqrt(-2 * np.log(tail))
    z = t - (2.515517 + 0.802853 * t + 0.010328 * t**2) / (
        1 + 1.432788 * t + 0.189269 * t**2 + 0.001308 * t**3
    )
    for _ in range(2):
        upper = np.array([0.5 * math.erfc(x / math.sqrt(2)) for x in z.ravel()]).reshape(z.shape)
        z = z + (upper - tail) / (np.exp(-z * z / 2) / math.sqrt(2 * math.pi))
    return np.asarray(np.where(p < 0.5, -z, z))


def agreement(chains: Array) -> tuple[float, float]:
    """Return (R-hat, effective size) of chains: the worse of the log scale and of normal scores of ranks."""
    logs, scores = np.log(chains + 0.5), ranked(chains)
    return (
        max(split_rhat(logs), split_rhat(scores)),
        min(effective_size(logs), effective_size(scores)),
    )


def modes_of(draws: Array, depth: float = 0.6, least: float = 0.02) -> list[Array]:
    """Part draws at the valleys of their density on the log scale; one array for each mode, smallest first.

    A valley parts two modes when it lies below `depth` of the lower of both peaks; a mode under the share `least`
    of the draws is joined to its neighbour.
    """
    logs = np.log(np.maximum(draws, 0.5))
    low, high = np.quantile(logs, [0.001, 0.999])
    if high - low < 1e-9:
        return [np.sort(draws)]
    grid = np.linspace(low, high, 200)
    spread = min(float(logs.std()), float(np.subtract(*np.quantile(logs, [0.75, 0.25]))) / 1.349) or float(
        logs.std()
    )
    width = 0.9 * spread * logs.size**-0.2
    counts, edges = np.histogram(logs, bins=400, range=(low - 1e-9, high + 1e-9))
    centres = (edges[1:] + edges[:-1]) / 2
    width = max(width, 2.5 * float(centres[1] - centres[0]))
    density = np.exp(-0.5 * ((grid[:, None] - centres) / width) ** 2) @ counts
    cuts: list[float] = []
    peak = valley = density[0]
    where = 0
    for i, value in enumerate(density):
        if value < valley:
            valley, where = value, i
        if value > peak and not (cuts and valley < depth * peak):
            peak = valley = value
        if valley < depth * peak and value > valley / depth:
            cuts.append(float(grid[where]))
            peak = valley = value
    bounds = [-math.inf, *cuts, math.inf]
    parts = [draws[(logs >= a) & (logs < b)] for a, b in itertools.pairwise(bounds)]
    joined: list[Array] = []
    for part in parts:
        if joined and (part.size < least * draws.size or joined[-1].size < least * draws.size):
            joined[-1] = np.concatenate([joined[-1], part])
        else:
            joined.append(part)
    return [np.sort(part) for part in joined]
