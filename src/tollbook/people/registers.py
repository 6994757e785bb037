"""registers: a seed -> made-up registers with known truth, shaped like sets that linkage is measured on elsewhere.

They stand in for sets that no package holds; nothing of those sets is in them but their sizes and kinds of error.
"""

from dataclasses import dataclass

import numpy as np

from tollbook.model.person import Row
from tollbook.people.names import skeleton
from tollbook.people.simulate import Made, pick, slip


@dataclass(frozen=True, slots=True)
class Wear:
    """How often a copy of a row is worn, as probabilities: each is drawn for each copy by itself."""

    short: float = 0.12  # the given name is an initial or a pet form
    no_given: float = 0.03
    given_slip: float = 0.12
    family_slip: float = 0.12
    other_family: float = 0.04  # a maiden or married name
    no_birth: float = 0.15
    birth_off: float = 0.15
    no_place: float = 0.25
    place_off: float = 0.08


def make_duplicates(persons: int, again: int, *, seed: int) -> Made:
    """Make one list of people with given name, family name and day of birth, some of them twice, never without a slip.

    Shaped like the RLdata sets of the R package RecordLinkage: every duplicate carries at least one error, so that no
    exact rule finds any.
    """
    rng = np.random.default_rng(seed)
    given = _invented(rng, 150)
    family = _invented(rng, 700)
    days = [np.datetime64("1925-01-01") + int(d) for d in rng.integers(0, 365 * 85, persons)]
    base = [(pick(rng, given), pick(rng, family), str(day)) for day in days]
    truth = list(range(persons)) + [int(x) for x in rng.choice(persons, again, replace=False)]
    rows = []
    for n, who in enumerate(truth):
        told = list(base[who])
        if n >= persons:
            for at in rng.choice(3, size=int(rng.choice([1, 1, 1, 2])), replace=False).tolist():
                told[at] = slip(rng, told[at]) if at < 2 else _wrong_day(rng, told[2])
        rows.append(Row("one", str(n + 1), {"given": told[0], "family": told[1], "birth": told[2]}))
    return Made(tuple(rows), tuple(truth), persons)


def make_copies(
    persons: int, *, seed: int, mean: float = 9.8, spread: float = 3.4, wear: Wear | None = None
) -> Made:
    """Make one list in which people stand once or very many times, most copies worn.

    Shaped like the historical_50k set of Splink: 5,156 persons give some 50,600 rows and 304,000 pairs. Copies beyond the
    first are negative binomial with shape `spread`.
    """
    rng = np.random.default_rng(seed)
    wear = wear or Wear()
    given, family, places = _invented(rng, 400), _invented(rng, 3_000, 3), _invented(rng, 300)
    again = rng.negative_binomial(spread, spread / (spread + mean - 1), persons)
    rows: list[Row] = []
    truth: list[int] = []
    for who in range(persons):
        base = _register_row(rng, given, family, places)
        for _ in range(1 + int(again[who])):
            rows.append(Row("one", str(len(rows) + 1), _worn(rng, base, wear, family, places)))
            truth.append(who)
    return Made(tuple(rows), tuple(truth), persons)


def make_files(persons: int, chance: float, *, seed: int, files: int = 3) -> Made:
    """Make several files of the same people, nobody twice in one, with a slip in some of the fields.

    Shaped like the data of the R package multilink: 500 persons on three files of some 245 rows.
    """
    rng = np.random.default_rng(seed)
    wear = Wear(0.02, 0.0, 0.10, 0.10, 0.01, 0.02, 0.10, 0.02, 0.05)
    given, family, places = _invented(rng, 200), _invented(rng, 400), _invented(rng, 60)
    people = [_register_row(rng, given, family, places) for _ in range(persons)]
    rows: list[Row] = []
    truth: list[int] = []
    for name in "abcdefghij"[:files]:
        for who in np.flatnonzero(rng.random(persons) < chance).tolist():
            rows.append(Row(name, f"{name}{len(rows) + 1}", _worn(rng, people[who], wear, family, places)))
            truth.append(who)
    return Made(tuple(rows), tuple(truth), persons)


def _register_row(
    rng: np.random.Generator, given: list[str], family: list[str], places: list[str]
) -> dict[str, str]:
    day = np.datetime64("1700-01-01") + int(rng.integers(0, 365 * 200))
    sex = "f" if rng.random() < 0.3 else "m"
    return {
        "given": pick(rng, given),
        "family": pick(rng, family),
        "birth": str(day),
        "place": pick(rng, places),
        "sex": sex,
    }


def _worn(
    rng: np.random.Generator, base: dict[str, str], wear: Wear, family: list[str], places: list[str]
) -> dict[str, str]:
    told = dict(base)

    def happens(chance: float) -> bool:
        return bool(rng.random() < chance)

    if happens(wear.short):
        told["given"] = told["given"][: int(rng.choice([1, 3]))]
    if happens(wear.given_slip):
        told["given"] = slip(rng, told["given"])
    if happens(wear.other_family):
        told["family"] = pick(rng, family)
    if happens(wear.family_slip):
        told["family"] = slip(rng, told["family"])
    if happens(wear.birth_off):
        told["birth"] = _wrong_day(rng, told["birth"])
    if happens(wear.place_off):
        told["place"] = pick(rng, places)
    for field, chance in (("given", wear.no_given), ("birth", wear.no_birth), ("place", wear.no_place)):
        if happens(chance):
            del told[field]
    return told


def _wrong_day(rng: np.random.Generator, day: str) -> str:
    year, month, of_month = (int(x) for x in day.split("-"))
    kind = int(rng.integers(3))
    if kind == 0:
        year = max(1001, year + int(rng.choice([-10, -1, 1, 10])))
    elif kind == 1:
        month = int(rng.integers(1, 13))
    else:
        of_month = int(rng.integers(1, 29))
    return f"{year:04d}-{month:02d}-{of_month:02d}"


def _invented(rng: np.random.Generator, count: int, most: int = 2) -> list[str]:
    """Invent names of one to `most` syllables and an end, no two with the same consonants in the same order."""
    heads, hearts, tails = (
        [
            "b",
            "d",
            "f",
            "g",
            "h",
            "j",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "v",
            "w",
            "z",
            "br",
            "gr",
            "kl",
            "st",
            "sch",
        ],
        ["a", "e", "i", "o", "u", "ei", "au"],
        ["n", "r", "l", "s", "t", "k", "ch", "mann", "er"],
    )
    found: dict[str, str] = {}
    while len(found) < count:
        size = int(rng.integers(1, most + 1))
        word = "".join(str(rng.choice(heads)) + str(rng.choice(hearts)) for _ in range(size)) + str(
            rng.choice(tails)
        )
        found.setdefault(skeleton(word) + word[:1], word.title())
    return list(found.values())
