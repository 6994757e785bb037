"""impute: persons with some labels missing -> persons with labels, several times over; or without the unlabelled."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from tollbook.model.estimate import Check, Refusal

Key = tuple[tuple[str, ...], str]
MISSING = ""
TOLERATED = 0.05  # share of persons without a label under which leaving them out only warns
_DONORS = 10


def missing_share(rows: Mapping[Key, int]) -> float:
    """Return the share of persons with a stratum label missing; `rows` counts (labels, pattern)."""
    total = sum(rows.values())
    return sum(n for (labels, _), n in rows.items() if MISSING in labels) / total if total else 0.0


def complete_cases(
    rows: Mapping[Key, int], lists: Sequence[str], *, allow: bool = False
) -> tuple[dict[Key, int], Check] | Refusal:
    """Leave out persons without a label; refuse above 5% of them unless allowed, and always warn.

    Labels are seldom missing at random: the persons on one informal list are the ones that lack them, and without
    them the overlap looks larger than it is and the estimate falls.
    """
    share, worst = missing_share(rows), _worst_list(rows)
    if share > TOLERATED and not allow:
        return Refusal(
            None,
            "complete_cases",
            f"{share:.1%} of persons lack a stratum label - leaving them out changes "
            "who is counted - impute the labels, or leave the strata out",
        )
    kept = {key: n for key, n in rows.items() if MISSING not in key[0]}
    words = (
        f"{share:.1%} of persons lack a stratum label and were left out, among them {worst[1]:.0%} of those on "
        f"list {lists[worst[0]]}: what remains overlaps more than the whole, and its estimate is too low"
    )
    return kept, Check("complete_cases", share == 0, words if share else "every person has every label")


def _worst_list(rows: Mapping[Key, int]) -> tuple[int, float]:
    """Return the place of the list that loses the largest share of its persons with the missing labels."""
    width = len(next(iter(rows))[1]) if rows else 0
    shares = []
    for j in range(width):
        on = {key: n for key, n in rows.items() if key[1][j] == "1"}
        shares.append((missing_share(on), j))
    share, at = max(shares, default=(0.0, 0))
    return at, share


def impute_labels(rows: Mapping[Key, int], seed: int) -> dict[Key, int]:
    """Fill missing labels once, from donors with the same known labels on the same lists.

    Where fewer than ten such donors exist, donors are those who share the known labels and the last list; then the
    known labels only. Donor shares are drawn anew (Bayesian bootstrap), so that several fills differ as they should.
    """
    rng = np.random.default_rng(seed)
    donors = [(labels, pattern, n) for (labels, pattern), n in rows.items() if MISSING not in labels]
    filled: Counter[Key] = Counter()
    for (labels, pattern), count in sorted(rows.items()):
        if MISSING not in labels:
            filled[labels, pattern] += count
            continue
        pool: Counter[tuple[str, ...]] = Counter()
        for alike in (lambda p, q: p == q, lambda p, q: p[-1] == q[-1], lambda p, q: True):
            pool = Counter()
            for other, theirs, n in donors:
                if alike(theirs, pattern) and all(
                    a in (MISSING, b) for a, b in zip(labels, other, strict=True)
                ):
                    pool[other] += n
            if sum(pool.values()) >= _DONORS:
                break
        names = sorted(pool)
        if not names:  # nobody anywhere has labels to lend: they stay a stratum of their own, and are seen
            filled[labels, pattern] += count
            continue
        share = rng.dirichlet([pool[name] for name in names])
        for name, n in zip(names, rng.multinomial(count, share), strict=True):
            if n:
                filled[name, pattern] += int(n)
    return dict(filled)
