"""profile: the words of a count -> low, best, high by a named rule."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tollbook.errors import UsageError
from tollbook.model.count import Count, Kind

Figures = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A counting rule: for each kind of count, where its figures come from; and what vague words are worth.

    `attackers_apart` tells whether the toll of all leaves out those who carried out the attack, `shares_out` whether a figure
    told of several incidents together is shared out evenly over them (docs/methodology.md).
    """

    name: str
    rules: Mapping[str, Mapping[str, str | int]]
    values: Mapping[str, int]
    attackers_apart: bool
    shares_out: bool = False

    def figures(
        self, kind: Kind, low: int | None, high: int | None, vague: str | None = None, times: int = 1
    ) -> Figures:
        """Derive (low, best, high) from a count's kind and its stated figures.

        `low` and `high` are the least and the greatest figure the words give; `vague` is the sense of a vague word
        ("dozens"), multiplied by `times` ("several hundred": few times 100).
        """
        rule = self.rules.get(kind, {})
        worth = self.values.get(vague) if vague else None
        known = {"n": low, "a": low, "b": high, "v": None if worth is None else worth * times}
        told = rule.get
        return _figure(told("low"), known), _figure(told("best"), known), _figure(told("high"), known)


def derive_again(count: Count, profile: Profile) -> Figures:
    """Derive the figures of a count by another profile than the one that it was read with.

    The stated figures of a count are kept whole by its own profile; of a vague word the sense is found again by what the
    word is worth there (the largest worth that divides it: 24 is dozens).
    """
    if count.profile == profile.name:
        return count.low, count.best, count.high
    stated = [f for f in (count.low, count.best) if f is not None]
    low = min(stated) if stated else count.high
    if count.kind not in ("vague", "some"):
        return profile.figures(count.kind, low, count.high if count.high is not None else low)
    worth = load_profile(count.profile).values
    fitting = [(value, word) for word, value in worth.items() if low and low % value == 0]
    if count.kind == "some" or not fitting:
        return profile.figures(count.kind, None, None)
    value, word = max(fitting)
    return profile.figures("vague", None, None, word, (low or value) // value)


def _figure(source: str | int | None, known: Mapping[str, int | None]) -> int | None:
    return source if source is None or isinstance(source, int) else known[source]


@cache
def load_profile(name: str = "house") -> Profile:
    """Read a counting rule by its name; UsageError when there is none."""
    file = resources.files(__package__) / f"{name}.toml"
    if not name.isidentifier() or not file.is_file():
        raise UsageError(f"no profile '{name}' - installed: {', '.join(installed_profiles())}")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    rules = {key: rule for key, rule in table.items() if isinstance(rule, dict) and key != "values"}
    return Profile(
        table["name"],
        rules,
        table.get("values", {}),
        table.get("attackers") == "apart",
        table.get("sums") == "shared",
    )


def installed_profiles() -> tuple[str, ...]:
    """Return the names of the shipped counting rules, sorted."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))
