"""prepare: rows -> columns that can be compared, one value a row or None."""

import re
from collections.abc import Mapping, Sequence

from tollbook.model.person import Row
from tollbook.people.names import fold_name, is_known, name_forms, sex_of, skeleton

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EUROPEAN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?$")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_FIRST = 1500  # years before it are of other calendars: 1434 is 2012 or 2013
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})(?!\d)")
_AGE = re.compile(r"\d{1,3}(?:\.\d+)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
Columns = Mapping[str, Sequence[str | int | None]]
COLUMNS = (
    "given", "family", "father", "grandfather", "given_listed", "family_listed", "father_listed",
    "given_k", "family_k", "father_k", "whole", "whole_k", "given_family",
    "mother", "kunya", "birth", "birth_year", "sex", "death", "death_month", "place", "place_k", "number", "address",
)  # fmt: skip


def prepare(rows: Sequence[Row]) -> Columns:
    """Return the comparable columns of COLUMNS for rows, in their order; None where a row says nothing."""
    made = [_prepared(row.fields) for row in rows]
    return {name: [one.get(name) for one in made] for name in COLUMNS}


def _prepared(fields: Mapping[str, str]) -> dict[str, str | int | None]:
    out: dict[str, str | int | None] = {}
    names = _names(fields)
    out.update(names)
    for key in ("given", "family", "father"):
        out[f"{key}_k"] = _skeletons(names[key])
        out[f"{key}_listed"] = names[key] if is_known(names[key] or "") else None
    out["given_family"] = (
        f"{names['given']} {names['family']}" if names["given"] and names["family"] else None
    )
    tokens = [str(names[k]) for k in ("given", "father", "grandfather", "family") if names[k]]
    words = sorted({t for token in tokens for t in token.split()})
    out["whole"] = " ".join(words) or None
    out["whole_k"] = " ".join(sorted(skeleton(t) for t in words)) or None
    out["mother"] = " ".join(name_forms(fields.get("mother", "")).tokens) or None
    death = day_of(fields.get("death", ""))
    birth = day_of(fields.get("birth", ""))
    out["death"] = death if death is not None and len(death) == 10 else None
    out["death_month"] = death[:7] if death is not None and len(death) >= 7 else None
    out["birth"] = birth if birth is not None and len(birth) == 10 else None
    out["birth_year"] = _birth_year(birth, fields.get("age", ""), death)
    out["sex"] = sex_of(fields.get("sex", ""))
    place = fold_name(fields.get("place", "")).strip()
    out["place"] = place or None
    out["place_k"] = _skeletons(place)
    out["number"] = re.sub(r"\W", "", fields.get("number", "").translate(_DIGITS)).casefold() or None
    out["address"] = " ".join(fold_name(fields.get("address", "")).split()) or None
    return out


def _names(fields: Mapping[str, str]) -> dict[str, str | None]:
    """Return the parts of a name: from their own columns, else from the whole name by place."""
    whole = name_forms(fields.get("name", ""))
    found: dict[str, str | None] = {
        "given": whole.given or None,
        "father": whole.father or None,
        "grandfather": whole.grandfather or None,
        "family": whole.family or None,
        "kunya": whole.kunya or " ".join(name_forms(fields.get("kunya", "")).tokens) or None,
    }
    for part in ("given", "father", "grandfather", "family"):
        told = fields.get(part, "")
        if told.strip():
            forms = name_forms(told)
            found[part] = " ".join(forms.tokens) or None
    return found


def _skeletons(words: object) -> str | None:
    return " ".join(skeleton(w) for w in str(words).split()) or None if words else None


def day_of(text: str) -> str | None:
    """Return a date as ISO day, month or year, as exactly as it is written; None where there is none.

    Day before month where both are possible, as most of the world writes; a month above twelve settles it.
    """
    text = text.translate(_DIGITS).strip()
    found = _DAY.search(text) or _PACKED.match(text)
    if found:
        year, month, day = (int(x) for x in found.groups())
    else:
        found = _EUROPEAN.search(text)
        if found:
            day, month, year = (int(x) for x in found.groups())
            if month > 12 >= day:
                day, month = month, day
        else:
            month_only, year_only = _MONTH.search(text), _YEAR.search(text)
            if month_only and 1 <= int(month_only[2]) <= 12:
                return f"{month_only[1]}-{int(month_only[2]):02d}"
            return year_only[1] if year_only else None
    if 1 <= month <= 12 and 1 <= day <= 31 and _FIRST <= year <= 2100:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return f"{year:04d}" if _FIRST <= year <= 2100 else None


def _birth_year(birth: str | None, age: str, death: str | None) -> int | None:
    """Return the year of birth: as stated, else from the age at death; within a year of the truth."""
    if birth is not None:
        return int(birth[:4])
    years = _AGE.search(age.translate(_DIGITS))
    if years is None or death is None or float(years[0]) > 120:
        return None
    return int(death[:4]) - int(float(years[0]))
