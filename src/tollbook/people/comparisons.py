"""comparisons: columns -> the table of what is compared, at which levels, and the rules that find candidates.

Fellegi and Sunter (1969): each comparison falls on one level; each level has a weight, learned from the lists. The table
is data: what a person reads is what Splink is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tollbook.people.prepare import Columns

_LEAST_FILLED = 0.02  # of rows: a column that hardly anybody fills teaches nothing


@dataclass(frozen=True, slots=True)
class Level:
    """One level: what it means in words, and its condition in SQL over l and r columns; `tf` names a column whose
    rarer values weigh more where they agree.
    """

    words: str
    sql: str
    tf: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: its name, the columns it needs, the condition under which it says nothing, and its levels."""

    name: str
    columns: tuple[str, ...]
    null: str
    levels: tuple[Level, ...]
    # relatives who died together: levels they fall on; whether they agree as often as one person does; else as strangers
    relatives: tuple[int, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that finds candidate pairs: rows that agree on all its columns."""

    columns: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the rule in words, as the report prints it."""
        return " and ".join(c.replace("_k", " (sound)").replace("_", " ") for c in self.columns)


def _null(*columns: str) -> str:
    return " or ".join(f'"{c}_l" is null or "{c}_r" is null' for c in columns)


def _alike(column: str, least: float) -> str:
    """Return the condition that two words sound or look alike, and are not two names that are known to differ."""
    near = (
        f'"{column}_k_l" = "{column}_k_r" or jaro_winkler_similarity("{column}_l", "{column}_r") >= {least}'
    )
    return f"({near}) and {_one_name(column)}" if column != "place" else f"({near})"


def _one_name(column: str) -> str:
    return f'coalesce("{column}_listed_l" = "{column}_listed_r", true)'


_EQUAL = '"{0}_l" = "{0}_r"'
_TABLE = (
    Comparison(
        "name",
        ("given", "family", "given_k", "family_k", "given_listed", "family_listed", "whole", "whole_k", "given_family"),
        '"whole_l" is null or "whole_r" is null',
        (
            Level("given and family name the same", _EQUAL.format("given_family"), "given_family"),
            Level("the same words in another order", _EQUAL.format("whole"), "whole"),
            Level(
                "given and family name turned round",
                '"given_l" = "family_r" and "family_l" = "given_r"',
            ),
            Level(
                "the same sound",
                f"{_EQUAL.format('whole_k')} and {_one_name('given')} and {_one_name('family')}",
            ),
            Level("given and family name alike", f"{_alike('given', 0.88)} and {_alike('family', 0.88)}"),
            Level(
                "family name alike, given names known to differ",
                f'{_alike("family", 0.9)} and "given_listed_l" <> "given_listed_r"',
            ),
            Level("family name the same, given name not", _EQUAL.format("family"), "family"),
            Level("given name the same, family name not", _EQUAL.format("given"), "given"),
            Level("family name alike, given name not", _alike("family", 0.9)),
            Level("given name alike, family name not", _alike("given", 0.9)),
        ),
        relatives=(5, 6, 8),
    ),
    Comparison(
        "father",
        ("father", "father_k", "father_listed"),
        _null("father"),
        (
            Level("the same", _EQUAL.format("father"), "father"),
            Level("alike", _alike("father", 0.88)),
        ),
        shared=True,
    ),
    Comparison("grandfather", ("grandfather",), _null("grandfather"), (
        Level("the same", _EQUAL.format("grandfather"), "grandfather"),
        Level("alike", 'jaro_winkler_similarity("grandfather_l", "grandfather_r") >= 0.88'),
    ), shared=True),
    Comparison("mother", ("mother",), _null("mother"), (
        Level("the same", _EQUAL.format("mother"), "mother"),
        Level("alike", 'jaro_winkler_similarity("mother_l", "mother_r") >= 0.88'),
    ), shared=True),
    Comparison("birth", ("birth", "birth_year"), _null("birth_year"), (
        Level("the same day", _EQUAL.format("birth"), "birth"),
        Level("the same day but for one slip of the pen", 'damerau_levenshtein("birth_l", "birth_r") <= 1'),
        Level("the same year, day and month turned round",
              '"birth_year_l" = "birth_year_r" and substr("birth_l", 6, 2) = substr("birth_r", 9, 2)'
              ' and substr("birth_l", 9, 2) = substr("birth_r", 6, 2)'),
        Level("two of year, month and day the same",
              '(("birth_year_l" = "birth_year_r")::int + (substr("birth_l", 6, 2) = substr("birth_r", 6, 2))::int'
              ' + (substr("birth_l", 9, 2) = substr("birth_r", 9, 2))::int) >= 2'),
        Level("the day but for two slips", 'damerau_levenshtein("birth_l", "birth_r") <= 2'),
        Level("the same year", _EQUAL.format("birth_year")),
        Level("a year apart", 'abs("birth_year_l" - "birth_year_r") <= 1'),
        Level("up to three years apart", 'abs("birth_year_l" - "birth_year_r") <= 3'),
        Level("up to ten years apart", 'abs("birth_year_l" - "birth_year_r") <= 10'),
    )),
    Comparison("sex", ("sex",), _null("sex"), (Level("the same", _EQUAL.format("sex")),)),
    Comparison("death", ("death",), _null("death"), (
        Level("the same day", _EQUAL.format("death")),
        Level("a day apart", 'abs(date_diff(\'day\', "death_l"::date, "death_r"::date)) <= 1'),
        Level("within a week", 'abs(date_diff(\'day\', "death_l"::date, "death_r"::date)) <= 7'),
        Level("the date but for one slip", 'damerau_levenshtein("death_l", "death_r") <= 1'),
        Level("within a month", 'abs(date_diff(\'day\', "death_l"::date, "death_r"::date)) <= 31'),
    ), shared=True),
    Comparison("place", ("place", "place_k"), _null("place"), (
        Level("the same", _EQUAL.format("place"), "place"),
        Level("alike", _alike("place", 0.9)),
        Level("one word the same", "len(list_intersect(string_split(\"place_l\", ' '), string_split(\"place_r\", ' '))) > 0"),
    ), shared=True),
    Comparison("number", ("number",), _null("number"), (
        Level("the same", _EQUAL.format("number")),
        Level("but for one slip", 'damerau_levenshtein("number_l", "number_r") <= 1'),
        Level("but for two slips", 'damerau_levenshtein("number_l", "number_r") <= 2'),
    )),
    Comparison("address", ("address",), _null("address"), (
        Level("the same", _EQUAL.format("address"), "address"),
        Level("alike", 'jaro_winkler_similarity("address_l", "address_r") >= 0.9'),
        Level("somewhat alike", 'jaro_winkler_similarity("address_l", "address_r") >= 0.8'),
    )),
)  # fmt: skip

_RULES = (
    ("number",),
    ("given_family",),
    ("whole_k",),
    ("birth", "given_k"),
    ("birth", "family_k"),
    ("birth", "place_k"),
    ("death", "given_k"),
    ("death", "family_k"),
    ("given_k", "family_k"),
    ("given_k", "father_k"),
    ("given_k", "birth_year"),
    ("family_k", "birth_year"),
    ("father_k", "family_k"),
    ("given_k", "place_k"),
    ("family_k", "place_k"),
    ("birth",),
    ("address",),
    ("death", "place_k", "birth_year"),
)


def filled(columns: Columns) -> dict[str, float]:
    """Return the share of rows that fill each column; a column with one value throughout counts as empty."""
    out: dict[str, float] = {}
    for name, values in columns.items():
        told = [v for v in values if v is not None]
        out[name] = len(told) / len(values) if values and len(set(told)) > 1 else 0.0
    return out


def comparisons_for(columns: Columns) -> tuple[Comparison, ...]:
    """Return the comparisons that these rows can teach: those whose first column enough of them fill."""
    share = filled(columns)
    kept = []
    for comparison in _TABLE:
        key = comparison.columns[-1] if comparison.name == "birth" else comparison.columns[0]
        if comparison.name == "name":
            key = "whole"
        if share.get(key, 0.0) >= _LEAST_FILLED:
            levels = comparison.levels
            if comparison.name == "birth" and share.get("birth", 0.0) < _LEAST_FILLED:
                levels = tuple(
                    level for level in levels if '"birth_' not in level.sql.replace("birth_year", "")
                )
            kept.append(replace(comparison, levels=levels))
    return tuple(kept)


def rules_for(columns: Columns) -> tuple[Rule, ...]:
    """Return the rules whose columns these rows fill."""
    share = filled(columns)
    return tuple(Rule(c) for c in _RULES if all(share.get(x, 0.0) >= _LEAST_FILLED for x in c))


def tightened(rule: Rule, columns: Sequence[str]) -> list[Rule]:
    """Return a rule with one column more, for rules that find too many pairs."""
    return [Rule((*rule.columns, c)) for c in columns if c not in rule.columns]


def covers(rule: Rule, other: Rule) -> bool:
    """Return whether a rule finds every pair that another finds: the same day of death is the same month too."""
    of = set(other.columns) | ({"death_month"} if "death" in other.columns else set())
    return set(rule.columns) <= of
