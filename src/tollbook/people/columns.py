"""columns: what a list calls its columns -> the fields they are."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from tollbook.errors import UsageError
from tollbook.model.person import FIELDS, Row
from tollbook.people.names import fold_name

REF = "ref"
_SIGNS = re.compile(r"[^\w]+|_+")


@cache
def _known() -> Mapping[str, str]:
    table = tomllib.loads((resources.files(__package__) / "columns.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for field, names in table.items():
        for name in (field, *names):
            found.setdefault(_plain(name), field)
    return found


def _plain(name: str) -> str:
    return _SIGNS.sub(" ", fold_name(name)).strip().replace("'", "")


def guess_columns(columns: Sequence[str]) -> dict[str, str]:
    """Guess which column holds which field, as {field: column}; a field nobody names is left out.

    Where several columns could be one field, the one named most plainly wins: the one that comes first in columns.toml.
    """
    known = _known()
    order = {name: n for n, name in enumerate(known)}
    found: dict[str, str] = {}
    for column in sorted(columns, key=lambda c: order.get(_plain(c), len(order))):
        field = known.get(_plain(column))
        if field is not None and column not in found.values():
            found.setdefault(field, column)
    if "given" in found and "family" in found:
        found.pop("name", None)  # parts that a list keeps apart are surer than a guess at a whole name
    return {field: found[field] for field in (*FIELDS, REF) if field in found}


def check_mapping(mapping: Mapping[str, str], columns: Sequence[str]) -> None:
    """Raise UsageError for a mapping that names a field or a column there is not."""
    for field, column in mapping.items():
        if field not in FIELDS and field != REF:
            raise UsageError(f"no field '{field}' - there are: {', '.join((*FIELDS, REF))}")
        if column not in columns:
            raise UsageError(f"no column '{column}' - there are: {', '.join(columns)}")


def rows_of(
    name: str, columns: Sequence[str], values: Sequence[Sequence[str]], mapping: Mapping[str, str]
) -> list[Row]:
    """Make rows of a list's values; a row without a ref of its own, or with one already used, is named by its number."""
    at = {field: columns.index(column) for field, column in mapping.items()}
    mapped = set(at.values())
    used: set[str] = set()
    rows = []
    for number, line in enumerate(values, 1):
        ref = line[at[REF]].strip() if REF in at else ""
        ref = ref if ref and ref not in used else f"row {number}"
        used.add(ref)
        fields = {field: line[i] for field, i in at.items() if field != REF and line[i].strip()}
        rest = {columns[i]: line[i] for i in range(len(columns)) if i not in mapped and line[i].strip()}
        rows.append(Row(name, ref, fields, rest))
    return rows
