"""learn: levels of candidate pairs -> weights of the levels and the share of pairs that match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEPS = 300
_MOST = 3_000_000  # candidates from which is learned; more teach nothing new
_DOUBT = 1.0  # matches imagined on each comparison, spread over its levels: none is impossible
_SURE_BITS = 12.0  # where learning starts: pairs that agree this well are taken for matches


@dataclass(frozen=True, slots=True)
class Learned:
    """What candidates taught: `kinds` of matches, each a share and how often its matches fall on each level
    (`kinds[k].matches[c][level]`), `strangers[c][level]` the same for strangers, `share` of all pairs that match, and
    `relatives`: people of one family who died together, whose share is told in matches.
    """

    kinds: tuple["Kind", ...]
    strangers: tuple[Array, ...]
    share: float
    relatives: "Kind | None" = None

    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Return the bits of each level, all kinds of matches together: what one comparison says by itself."""
        out = []
        for c, u in enumerate(self.strangers):
            together = sum(kind.share * kind.matches[c] for kind in self.kinds)
            out.append(tuple(float(x) for x in np.log2(together / u)))
        return tuple(out)

    def bits(self, levels: NDArray[np.int8], rare: Array) -> Array:
        """Return the log2 Bayes factor of pairs: one person against two, strangers or relatives."""
        one = np.logaddexp2.reduce([_bits(levels, rare, kind, self.strangers) for kind in self.kinds])
        return np.asarray(one - _two(levels, rare, self.relatives, self.strangers, self.share))


@dataclass(frozen=True, slots=True)
class Relatives:
    """How relatives who died together compare: `shared[c]` where they agree as often as one person's rows do (father, day,
    place), `only[c]` the levels they fall on (given names that differ); in all else they are strangers.
    """

    shared: tuple[bool, ...]
    only: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of match, such as those whose name was miswritten: its share of matches, and where they fall."""

    share: float
    matches: tuple[Array, ...]


def learn(
    levels: NDArray[np.int8],
    rare: Array,
    strangers: Sequence[Array],
    all_pairs: int,
    *,
    relatives: Relatives | None = None,
    seed: int = 1,
) -> Learned:
    """Learn by expectation maximisation over candidates; pairs that no rule found are taken for strangers.

    `levels` is pairs × comparisons, -1 where nothing is said; `rare` what rare values add, in bits; `strangers[c][level]` is
    how often strangers fall on a level (held fixed); `all_pairs` how many pairs there are, found or not. `relatives` says
    how relatives who died together compare, who are not one person; how many there are is learned.

    Two kinds of matches are learned, for slips do not fall evenly: whoever's name is miswritten has mostly a right date
    (Larsen and Rubin 2001 use such mixtures to the same end).
    """
    scale = 1.0
    if len(levels) > _MOST:
        kept = np.sort(np.random.default_rng(seed).choice(len(levels), _MOST, replace=False))
        scale = len(levels) / _MOST
        levels, rare = levels[kept], rare[kept]
    strangers = tuple(strangers)
    kinds = [Kind(1.0, tuple(_first_guess(len(u)) for u in strangers))]
    sure = Learned(tuple(kinds), strangers, 0.0).bits(levels, rare) > _SURE_BITS
    share = max(1.0, scale * float(sure.sum())) / all_pairs
    known = relatives if relatives is not None and any(relatives.shared) and relatives.only else None
    family = None if known is None else _family(known, kinds, strangers, 0.2, {})
    sizes = all_pairs, scale
    learned = _climb(levels, rare, Learned(tuple(kinds), strangers, share, family), known, sizes)
    if len(strangers) > 1:
        learned = _climb(levels, rare, replace(learned, kinds=_parted(learned.kinds[0])), known, sizes)
    return learned


def _family(
    relatives: Relatives,
    kinds: Sequence[Kind],
    strangers: Sequence[Array],
    share: float,
    fallen: Mapping[int, Array],
) -> Kind:
    """Return how relatives fall on levels, given how matches and strangers do and where relatives were seen to fall."""
    made = []
    for c, u in enumerate(strangers):
        if relatives.shared[c]:
            made.append(np.asarray(sum(kind.share * kind.matches[c] for kind in kinds)))
        elif c in relatives.only:
            seen = fallen.get(c, u)
            levels = np.full(len(u), 1e-4)
            levels[list(relatives.only[c])] = np.maximum(seen[list(relatives.only[c])], 1e-6)
            made.append(levels / levels.sum())
        else:
            made.append(u)
    return Kind(share, tuple(made))


def _climb(
    levels: NDArray[np.int8],
    rare: Array,
    start: Learned,
    relatives: Relatives | None,
    sizes: tuple[int, float],
) -> Learned:
    """Climb to the nearest peak of the likelihood; `sizes` are all pairs there are, and how many each one read stands for."""
    now, (all_pairs, scale) = start, sizes
    for _ in range(_STEPS):
        each = np.stack([_bits(levels, rare, kind, now.strangers) for kind in now.kinds])
        whole = np.logaddexp2.reduce(each)
        two = _two(levels, rare, now.relatives, now.strangers, now.share)
        p = probability_of(whole - two, now.share)
        total = float(p.sum())
        kinds = []
        for own in each:
            part = p * np.exp2(np.clip(own - whole, -200, 0))
            matches = tuple(_agreement(levels[:, c], part, len(u)) for c, u in enumerate(now.strangers))
            kinds.append(Kind((float(part.sum()) + _DOUBT) / (total + _DOUBT * len(now.kinds)), matches))
        family = now.relatives
        if family is not None and relatives is not None:
            own = _bits(levels, rare, family, now.strangers) + np.log2(now.share / (1 - now.share))
            related = (1 - p) * np.exp2(np.clip(own - two, -200, 0))
            fallen = {c: _agreement(levels[:, c], related, len(now.strangers[c])) for c in relatives.only}
            many = max(1e-6, float(related.sum()) / max(total, 1.0))
            family = _family(relatives, kinds, now.strangers, many, fallen)
        share = min(0.5, max(scale * total, 0.5) / all_pairs)
        done = abs(share - now.share) < 1e-5 * share
        now = Learned(tuple(kinds), now.strangers, share, family)
        if done:
            break
    return now


def _two(
    levels: NDArray[np.int8], rare: Array, relatives: Kind | None, strangers: Sequence[Array], share: float
) -> Array:
    """Return the log2 weight of two different people, strangers alone being 0."""
    if relatives is None:
        return np.zeros(len(levels))
    own = _bits(levels, rare, relatives, strangers) + np.log2(share / (1 - share))
    return np.asarray(np.logaddexp2(0.0, own))


def _parted(kind: Kind) -> tuple[Kind, ...]:
    """Part one kind in two: the first right in its first comparison and less so in the rest, the second the reverse."""

    def leaning(matches: Array, power: float) -> Array:
        leaned = matches**power
        return np.asarray(leaned / leaned.sum())

    firsts = tuple(leaning(m, 1.5 if c == 0 else 0.6) for c, m in enumerate(kind.matches))
    rest = tuple(leaning(m, 0.6 if c == 0 else 1.5) for c, m in enumerate(kind.matches))
    return Kind(0.5, firsts), Kind(0.5, rest)


def probability_of(bits: Array, share: float) -> Array:
    """Return P(one person) of pairs from their bits and the share of all pairs that match."""
    odds = np.exp2(np.clip(bits, -200, 200)) * share / (1 - share)
    return np.asarray(odds / (1 + odds))


def _first_guess(levels: int) -> Array:
    """Most matches agree: halve from level to level, with a twentieth for "otherwise"."""
    guess = 0.5 ** np.arange(1, levels + 1)
    guess[-1] = 0.05
    return np.asarray(guess / guess.sum())


def _bits(levels: NDArray[np.int8], rare: Array, kind: Kind, strangers: Sequence[Array]) -> Array:
    bits = rare + np.log2(kind.share)
    for c, (m, u) in enumerate(zip(kind.matches, strangers, strict=True)):
        bits += np.append(np.log2(m / u), 0.0)[levels[:, c]]  # level -1 takes the last: nothing said
    return np.asarray(bits)


def _agreement(column: NDArray[np.int8], p: Array, levels: int) -> Array:
    told = column >= 0
    counted = np.bincount(column[told], weights=p[told], minlength=levels) + _DOUBT / levels
    return np.asarray(counted / counted.sum())
