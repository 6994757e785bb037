"""frames: readings -> rows and data frames, one row a claim."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tollbook.errors import UsageError
from tollbook.model.reading import Reading

COLUMNS = (
    "report_id", "report_ref", "report_title", "published", "publisher", "url", "claim", "harm", "count_quote",
    "count_kind", "low", "best", "high", "profile", "victims", "status", "sex", "age_group", "identities",
    "affiliation", "by", "by_basis", "means", "place", "place_level", "country", "adm1", "lat", "lon",
    "where_precision", "when_quote", "start_date", "end_date", "date_precision", "date_basis", "origin", "scope",
    "modality", "part_of", "relation", "supersedes", "evidence", "evidence_start", "evidence_end", "sentence",
    "reader", "state", "confidence",
)  # fmt: skip


def claim_rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """Yield one dict a claim, with the keys of COLUMNS; offsets are code points of the report's text."""
    for reading in readings:
        report = reading.report
        for claim in reading.claims:
            place = claim.where[0] if claim.where else None
            when = claim.when
            sentence = claim.evidence.sentence
            values = (
                report.id, report.ref, report.title, report.published, report.publisher, report.url, claim.id,
                claim.harm, claim.count.quote, claim.count.kind, claim.count.low, claim.count.best, claim.count.high,
                claim.count.profile, claim.victims.quote, claim.victims.status, claim.victims.sex,
                claim.victims.age_group, "; ".join(claim.victims.identities), claim.victims.affiliation,
                "; ".join(p.name for p in claim.by), "; ".join(p.basis for p in claim.by),
                "; ".join(m.name for m in claim.means), place and place.name, place and place.level,
                place and place.country, place and place.adm1, place and place.lat, place and place.lon,
                place and place.precision, when and when.quote, when and when.start, when and when.end,
                when and when.precision, when and when.basis, claim.origin and claim.origin.name, claim.scope,
                claim.modality, claim.part_of and claim.part_of.claim, claim.part_of and claim.part_of.relation,
                claim.supersedes, claim.evidence.quote, claim.evidence.start, claim.evidence.end,
                report.text[sentence.start : sentence.end], claim.reader, claim.state,
                claim.confidence,
            )  # fmt: skip
            yield dict(zip(COLUMNS, values, strict=True))


def to_pandas(readings: Iterable[Reading]) -> Any:
    """Return a pandas frame of the claims; UsageError when pandas is not installed."""
    try:
        import pandas  # noqa: PLC0415  # no dependency of Tollbook
    except ImportError as problem:
        raise UsageError("pandas is not installed - pip install 'tollbook[pandas]'") from problem
    return pandas.DataFrame(list(claim_rows(readings)), columns=list(COLUMNS))


def to_polars(readings: Iterable[Reading]) -> Any:
    """Return a Polars frame of the claims; UsageError when Polars is not installed."""
    try:
        import polars  # noqa: PLC0415  # no dependency of Tollbook
    except ImportError as problem:
        raise UsageError("Polars is not installed - pip install 'tollbook[polars]'") from problem
    rows = list(claim_rows(readings))
    return polars.DataFrame({c: [row[c] for row in rows] for c in COLUMNS}, strict=False)


def to_arrow(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, type]) -> Any:
    """Return an Arrow table of rows; persons stay whole numbers, what is unknown is null. DuckDB asks it as it is."""
    import pyarrow  # noqa: PLC0415  # only tables pay for it

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    held = list(rows)
    return pyarrow.table(
        {name: pyarrow.array([row[name] for row in held], kinds[kind]) for name, kind in columns.items()}
    )


def arrow_to_pandas(table: Any) -> Any:
    """Return a pandas frame with whole numbers that may be missing; UsageError when pandas is not installed."""
    try:
        import pandas  # noqa: PLC0415  # no dependency of Tollbook
    except ImportError as problem:
        raise UsageError("pandas is not installed - pip install 'tollbook[pandas]'") from problem
    import pyarrow  # noqa: PLC0415  # as above

    return table.to_pandas(types_mapper={pyarrow.int64(): pandas.Int64Dtype()}.get)


def arrow_to_polars(table: Any) -> Any:
    """Return a Polars frame; UsageError when Polars is not installed."""
    try:
        import polars  # noqa: PLC0415  # no dependency of Tollbook
    except ImportError as problem:
        raise UsageError("Polars is not installed - pip install 'tollbook[polars]'") from problem
    return polars.from_arrow(table)
