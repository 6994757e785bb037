"""keep: parcels -> rows: reports, texts, claims, custody, each once, with its entry in the log.

All functions work inside the writer's transaction; nothing is seen, or remains, unless all of it does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from tollbook.register import chain, readings, schema, sketch, voices, words
from tollbook.register.parcel import Added, Custody, Parcel
from tollbook.register.rows import chunks, insert_new, next_number


def known_keys(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those keys that name reports of the register."""
    found: set[str] = set()
    for some in chunks(dict.fromkeys(keys)):
        found.update(
            connection.execute(select(schema.report.c.key).where(schema.report.c.key.in_(some))).scalars()
        )
    return found


def keep(
    connection: Connection,
    parcels: Sequence[tuple[Parcel, Custody]],
    *,
    at: str,
    by: str,
    program: str,
    recorded: str | None = None,
) -> Added:
    """Keep what is new among the parcels; a report that is there already changes nothing.

    `at` is the moment of writing, `recorded` the moment the claims count as known from (another record's history), else
    `at`. A page that is there with other words gets a new version: the claims of the older one are superseded from now on.
    """
    since = recorded or at
    here = known_keys(connection, (parcel.key for parcel, _ in parcels))
    fresh: dict[str, tuple[Parcel, Custody]] = {}
    for parcel, custody in parcels:
        if parcel.key not in here:
            fresh.setdefault(parcel.key, (parcel, custody))
    if not fresh:
        return Added()
    first = next_number(connection, schema.report)
    numbers = {key: first + at_ for at_, key in enumerate(fresh)}
    replaced = _versions(connection, [parcel for parcel, _ in fresh.values()])
    claims = _write(connection, fresh, numbers, replaced, at, since, program)
    older = _numbers(connection, replaced)
    voices.change(connection, older - set(numbers.values()), -1)
    superseded = _supersede(connection, replaced, since)
    voices.change(connection, older.union(numbers.values()), 1)
    chain.append(
        connection,
        [_entry(parcel, custody, replaced) for parcel, custody in fresh.values()],
        at=at, by=by, program=program,
    )  # fmt: skip
    return Added(tuple(numbers.values()), tuple(numbers), claims, superseded, len(replaced))


def _numbers(connection: Connection, keys: Iterable[str]) -> set[int]:
    """Return the numbers of reports by key."""
    found: set[int] = set()
    for some in chunks(keys):
        found.update(
            connection.execute(select(schema.report.c.n).where(schema.report.c.key.in_(some))).scalars()
        )
    return found


def _versions(connection: Connection, parcels: Sequence[Parcel]) -> dict[str, str]:
    """Return older version -> newer version, by key, for all pages of the parcels."""
    newest: dict[str, tuple[str, str]] = {}
    table = schema.report.c
    for some in chunks({p.page for p in parcels if p.page}):
        for row in connection.execute(
            select(table.page, table.key, table.retrieved).where(
                table.page.in_(some), table.superseded_by.is_(None)
            )
        ):
            newest[row.page] = (row.retrieved or "", row.key)
    replaced: dict[str, str] = {}
    for parcel in parcels:
        if parcel.page is None:
            continue
        own = (parcel.report.retrieved or "", parcel.key)
        other = newest.get(parcel.page)
        if other is None or not own[0] or not other[0] or own[0] >= other[0]:
            if other is not None:
                replaced[other[1]] = parcel.key
            newest[parcel.page] = own
        else:
            replaced[parcel.key] = other[1]  # an older capture that comes late
    return replaced


def _write(
    connection: Connection,
    fresh: Mapping[str, tuple[Parcel, Custody]],
    numbers: Mapping[str, int],
    replaced: Mapping[str, str],
    at: str,
    since: str,
    program: str,
) -> tuple[int, ...]:
    """Write all rows of new reports; return the numbers of their claims."""
    insert_new(
        connection, schema.body, [{"id": p.report.id, "content": p.report.text} for p, _ in fresh.values()]
    )
    insert_new(connection, schema.original, list(_originals(fresh.values(), at)))
    rows = [_report_row(parcel, numbers, replaced, since) for parcel, _ in fresh.values()]
    connection.execute(schema.report.insert(), rows)
    n = next_number(connection, schema.custody)
    connection.execute(
        schema.custody.insert(),
        [
            {
                "n": n + i, "report": key, "at": at, "received_from": custody.received_from, "url": custody.url,
                "original": custody.original, "capture": custody.capture, "program": program,
            }
            for i, (key, (_, custody)) in enumerate(fresh.items())
        ],
    )  # fmt: skip
    claims = list(_claim_rows(connection, fresh, numbers, replaced, since))
    if claims:
        connection.execute(schema.claim.insert(), claims)
        insert_new(
            connection,
            schema.keys,
            [{"key": k, "report": numbers[key]} for key, (p, _) in fresh.items() for k in p.keys],
        )
        insert_new(connection, schema.origin, list(_origin_rows(fresh.values())))
    words.add(connection, [(numbers[key], parcel.norm) for key, (parcel, _) in fresh.items()])
    sketch.add(
        connection,
        [(numbers[key], parcel.report.published, parcel.sketch) for key, (parcel, _) in fresh.items()],
    )
    return tuple(row["n"] for row in claims)


def _originals(fresh: Iterable[tuple[Parcel, Custody]], at: str) -> Iterator[dict[str, Any]]:
    for parcel, custody in fresh:
        kept = (
            (custody.original, custody.size, parcel.report.media_type),
            (custody.capture, custody.capture_size, "application/warc"),
        )
        for digest, size, kind in kept:
            if digest:
                yield {"sha256": digest, "size": size, "media_type": kind, "received": at}


def _report_row(
    parcel: Parcel, numbers: Mapping[str, int], replaced: Mapping[str, str], since: str
) -> dict[str, Any]:
    report, newer = parcel.report, replaced.get(parcel.key)
    return {
        "n": numbers[parcel.key], "key": parcel.key, "id": report.id, "page": parcel.page, "ref": report.ref,
        "url": report.url, "title": report.title, "publisher": report.publisher, "author": report.author,
        "published": report.published, "retrieved": report.retrieved, "language": report.language,
        "media_type": report.media_type, "original": report.original, "story": parcel.key,
        "claims": len(parcel.claims), "rest": parcel.rest.decode(), "recorded": since,
        "superseded_by": newer, "superseded_at": since if newer else None,
    }  # fmt: skip


def _claim_rows(
    connection: Connection,
    fresh: Mapping[str, tuple[Parcel, Custody]],
    numbers: Mapping[str, int],
    replaced: Mapping[str, str],
    since: str,
) -> Iterator[dict[str, Any]]:
    n = readings.next_claim(connection)
    for key, (parcel, _) in fresh.items():
        for claim in parcel.claims:
            yield {
                "n": n, "id": claim.id, "report": numbers[key], "harm": claim.harm, "status": claim.status,
                "scope": claim.scope, "modality": claim.modality, "place": claim.place, "country": claim.country,
                "day": claim.day, "origin": claim.origin, "low": claim.low, "best": claim.best, "high": claim.high,
                "recorded": since, "superseded_at": since if key in replaced else None, "body": claim.body.decode(),
            }  # fmt: skip
            n += 1


def _origin_rows(fresh: Iterable[tuple[Parcel, Custody]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for parcel, _ in fresh:
        for origin in parcel.origins:
            if origin.id not in seen:
                seen.add(origin.id)
                yield {"id": origin.id, "name": origin.name, "kind": origin.kind, "party": origin.party}


def _supersede(connection: Connection, replaced: Mapping[str, str], since: str) -> tuple[int, ...]:
    """Mark older versions and their claims; return the numbers of those claims."""
    touched: list[int] = []
    report, claim = schema.report, schema.claim
    for old, new in replaced.items():
        connection.execute(
            update(report)
            .where(report.c.key == old, report.c.superseded_by.is_(None))
            .values(superseded_by=new, superseded_at=since)
        )
        own = connection.execute(
            select(claim.c.n).join(report, claim.c.report == report.c.n).where(report.c.key == old)
        ).scalars()
        touched.extend(own)
    for some in chunks(touched):
        connection.execute(
            update(claim)
            .where(claim.c.n.in_(some), claim.c.superseded_at.is_(None))
            .values(superseded_at=since)
        )
    return tuple(touched)


def _entry(parcel: Parcel, custody: Custody, replaced: Mapping[str, str]) -> chain.Entry:
    """Return the log's entry of a new report: what it is, where from, and a digest of each thing kept of it."""
    older = [old for old, new in replaced.items() if new == parcel.key]
    return chain.Entry(
        "report",
        parcel.key,
        {
            "text": parcel.report.id, "head": head_digest(_report_head(parcel)), "original": custody.original,
            "capture": custody.capture, "from": custody.received_from, "claims": len(parcel.claims),
            "digest": chain.digest_of([[claim.id, claim.body.decode()] for claim in parcel.claims]),
            "replaces": older,
        },
    )  # fmt: skip


def _report_head(parcel: Parcel) -> tuple[str | None, ...]:
    r = parcel.report
    return (r.ref, r.url, r.title, r.publisher, r.author, r.published, r.retrieved, r.language, r.media_type)


def head_digest(head: Sequence[str | None]) -> str:
    """Return the digest of a report's head, which the log vouches for."""
    return chain.digest_of(list(head))


__all__ = ["chunks", "head_digest", "insert_new", "keep", "known_keys", "next_number"]
