"""numbers: special functions that NumPy alone does not have, vectorised."""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def log_gamma(x: Array) -> Array:
    """Return log Gamma of positive numbers (Stirling's series after shifting to above 8; error below 1e-12)."""
    x = np.asarray(x, dtype=np.float64)
    shift = np.ones_like(x)
    y = x.copy()
    for _ in range(8):
        small = y < 8
        if not small.any():
            break
        shift = np.where(small, shift * y, shift)
        y = np.where(small, y + 1, y)
    inverse = 1 / (y * y)
    series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / y
    return (y - 0.5) * np.log(y) - y + 0.5 * math.log(2 * math.pi) + series - np.log(shift)


def student_quantile(p: float, freedom: float) -> float:
    """Return the quantile of Student's t for p above one half, by bisection on its distribution function."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        tail = 0.5 * _beta_share(freedom / (freedom + middle * middle), freedom / 2, 0.5)
        low, high = (middle, high) if 1 - tail < p else (low, middle)
    return (low + high) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function by Lentz's continued fraction."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(1 - x, b, a)
    front = math.exp(
        a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    )
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value / a


def normal_share(z: float) -> float:
    """Return the distribution function of the standard normal."""
    return 0.5 * math.erfc(-z / math.sqrt(2))
