"""simulate: a seed -> lists of made-up people with known truth, for measuring linkage and what is built on it.

Names are drawn unevenly, as they fall; spellings, transliterations, missing fathers, swapped parts and slips of the pen are
drawn independently for each list. No list of real dead is behind any of it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from tollbook.model.person import Row


@dataclass(frozen=True, slots=True)
class Slips:
    """How often a list errs, as probabilities: each is drawn for each row by itself."""

    no_father: float = 0.30
    turned: float = 0.06
    typo: float = 0.06
    no_birth: float = 0.25
    birth_off: float = 0.10
    death_off: float = 0.15
    no_death: float = 0.05
    place_off: float = 0.10
    no_mother: float = 0.6


@dataclass(frozen=True, slots=True)
class Made:
    """Rows with the person each stands for: `truth[i]` is the person of row i; `persons` is how many there are in all,
    on a list or on none.
    """

    rows: tuple[Row, ...]
    truth: tuple[int, ...]
    persons: int

    def pairs(self) -> set[tuple[int, int]]:
        """Return all pairs of rows that are one person, smaller place first."""
        by: dict[int, list[int]] = {}
        for i, who in enumerate(self.truth):
            by.setdefault(who, []).append(i)
        return {(a, b) for rows in by.values() for n, a in enumerate(rows) for b in rows[n + 1 :]}


@cache
def _tables() -> Mapping[str, Any]:
    folder = resources.files(__package__)
    made = tomllib.loads((folder / "simulate.toml").read_text(encoding="utf-8"))
    names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))["same"]["names"]
    both = [row for row in names if any("\u0600" <= form[0] <= "\u06ff" for form in row)]
    women = set(made["women"])
    return {
        "men": [row for row in both if row[0] not in women],
        "women": [row for row in both if row[0] in women],
        "families": made["families"],
        "places": made["places"],
    }


def make_lists(
    persons: int,
    lists: Mapping[str, float],
    *,
    seed: int,
    slips: Slips | None = None,
    latin: Sequence[str] = (),
    years: tuple[int, int] = (2012, 2016),
    classes: Sequence[tuple[float, float]] = ((0.6, 0.8), (0.4, 1.3)),
    together: float = 0.15,
) -> Made:
    """Make lists of victims: `lists` maps a list's name to the probability that a person stands on it.

    Lists named in `latin` write Latin letters, the others Arabic. `classes` are (share, factor) of latent classes: people
    of a class are on every list more or less often, which is what estimates have to cope with. `together` is how often a
    person is a brother or sister of the one before, killed with them.
    """
    rng = np.random.default_rng(seed)
    slips = slips or Slips()
    people: list[dict[str, Any]] = []
    for _ in range(persons):
        person = _person(rng, years)
        if people and rng.random() < together:
            person |= {key: people[-1][key] for key in ("father", "family", "mother", "death", "place")}
        people.append(person)
    shares = np.array([share for share, _ in classes])
    of = rng.choice(len(classes), size=persons, p=shares / shares.sum())
    rows: list[Row] = []
    truth: list[int] = []
    for name, chance in lists.items():
        on = rng.random(persons) < np.minimum(0.98, chance * np.array([f for _, f in classes])[of])
        for who in np.flatnonzero(on):
            fields = _written(rng, people[who], name in latin, slips)
            rows.append(Row(name, f"{name}-{len(rows) + 1}", fields))
            truth.append(int(who))
    return Made(tuple(rows), tuple(truth), persons)


def pick(rng: np.random.Generator, table: Sequence[Any]) -> Any:
    """Draw a row of a table, the first much more often than the last (Zipf's law, softened)."""
    weights = 1.0 / (np.arange(len(table)) + 3.0)
    return table[int(rng.choice(len(table), p=weights / weights.sum()))]


def _person(rng: np.random.Generator, years: tuple[int, int]) -> dict[str, Any]:
    tables = _tables()
    female = rng.random() < 0.2
    death = np.datetime64(f"{years[0]}-01-01") + int(rng.integers(0, 365 * (years[1] - years[0])))
    age = int(np.clip(rng.gamma(3.0, 11.0), 0, 95))
    return {
        "given": pick(rng, tables["women" if female else "men"]),
        "father": pick(rng, tables["men"]),
        "family": pick(rng, tables["families"]),
        "mother": pick(rng, tables["women"]),
        "sex": "f" if female else "m",
        "death": death,
        "birth": death - int(365.25 * age + rng.integers(0, 365)),
        "place": tables["places"][int(rng.integers(len(tables["places"])))],
    }


def _spelled(rng: np.random.Generator, forms: Sequence[str], latin: bool) -> str:
    fit = [f for f in forms if ("\u0600" <= f[0] <= "\u06ff") != latin]
    word = str(fit[int(rng.integers(len(fit)))])
    return word.title() if latin and word.islower() else word


def slip(rng: np.random.Generator, word: str) -> str:
    """Make one slip of the pen: a letter lost, doubled, swapped with its neighbour, or taken for another."""
    if len(word) < 3:
        return word
    at = int(rng.integers(1, len(word) - 1))
    kind = int(rng.integers(4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    other = word[int(rng.integers(len(word)))]
    return word[:at] + other + word[at + 1 :]


def _written(
    rng: np.random.Generator, person: Mapping[str, Any], latin: bool, slips: Slips
) -> dict[str, str]:
    def happens(chance: float) -> bool:
        return bool(rng.random() < chance)

    parts = [_spelled(rng, person["given"], latin)]
    if not happens(slips.no_father):
        parts.append(_spelled(rng, person["father"], latin))
    parts.append(_spelled(rng, person["family"], latin))
    if happens(slips.typo):
        at = int(rng.integers(len(parts)))
        parts[at] = slip(rng, parts[at])
    if happens(slips.turned):
        parts = [parts[-1], *parts[:-1]]
    death = person["death"] + (int(rng.integers(-3, 4)) if happens(slips.death_off) else 0)
    birth = person["birth"] + (int(rng.integers(-400, 400)) if happens(slips.birth_off) else 0)
    place = person["place"]
    if happens(slips.place_off):
        place = _tables()["places"][int(rng.integers(len(_tables()["places"])))]
    fields = {"name": " ".join(parts), "sex": person["sex"], "place": _spelled(rng, place, latin)}
    if not happens(slips.no_death):
        fields["death"] = str(death)
    if not happens(slips.no_birth):
        if latin:
            fields["birth"] = str(birth)
        else:
            fields["age"] = str(int((death - birth).astype(int) / 365.25))
            fields["death"] = str(death)
    if not happens(slips.no_mother):
        fields["mother"] = _spelled(rng, person["mother"], latin)
    return fields
