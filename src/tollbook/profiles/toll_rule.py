"""toll_rule: the name of a school -> the rule by which it adds up what several reports say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from tollbook.errors import UsageError


@dataclass(frozen=True, slots=True)
class TollRule:
    """How figures of several origins become low, best and high; each field is explained in tolls/house.toml."""

    name: str
    version: int
    counts: str
    first: tuple[tuple[str, ...], ...]
    best: Literal["median", "lowest", "newest", "highest"]
    belligerents: Literal["high", "none", "all"]
    verified: Literal["floor", "all"]
    civilians: Literal["all", "only"]
    unsaid: Literal["unknown", "civilian"]
    single: bool


@cache
def load_toll_rule(name: str = "house") -> TollRule:
    """Read the toll rule of a school by its name; UsageError when there is none."""
    file = resources.files(__package__) / "tolls" / f"{name}.toml"
    if not name.isidentifier() or not file.is_file():
        raise UsageError(f"no toll rule '{name}' - installed: {', '.join(installed_toll_rules())}")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return TollRule(**{**table, "first": tuple(tuple(kinds) for kinds in table["first"])})


def installed_toll_rules() -> tuple[str, ...]:
    """Return the names of the shipped toll rules, sorted."""
    files = (resources.files(__package__) / "tolls").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))
