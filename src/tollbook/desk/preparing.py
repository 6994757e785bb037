"""preparing: a received report -> the parcel that the register keeps: all work that needs no register, for any process."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from tollbook.desk.bulk_reading import read_item
from tollbook.errors import Problem
from tollbook.model.reading import Reading
from tollbook.model.testimony import Reference, Testimony
from tollbook.pipeline import read_report
from tollbook.record import attested, match_keys, neighbourhood_keys, shingles_of
from tollbook.register.parcel import ClaimRow, Parcel, key_of, page_of
from tollbook.register.words import plain
from tollbook.sources import Received

_JSON = msgspec.json.Encoder()
_REST = ("effects", "statements", "places", "dates", "toll", "warnings")


def prepare(item: Received | Problem, profile: str, said: bool) -> Parcel | Problem:
    """Read a received report and make ready what the register keeps of it.

    The report's id follows from what was received, before any guess at its language.
    """
    result = read_item(item, profile, said=said)
    if isinstance(result, Problem) or isinstance(item, Problem):
        return result if isinstance(result, Problem) else Problem(result.report.id, "was not received")
    return parcel_of(result, key_of(item.report))


def prepare_again(parcel: Parcel, key: str) -> Parcel:
    """Make the parcel of a report anew under another id, since the ids of its claims follow from it."""
    return parcel_of(read_report(parcel.report), key)


def parcel_of(reading: Reading, key: str) -> Parcel:
    """Make the parcel of a reading whose report has the id `key` in the register."""
    told = attested(reading, story=key, recorded="", report=key)
    report = reading.report
    return Parcel(
        key,
        page_of(report),
        report,
        tuple(_row(one) for one in told),
        tuple({one.origin.id: one.origin for one in told}.values()),
        _JSON.encode({name: getattr(reading, name) for name in _REST}),
        plain(f"{report.title or ''}\n{report.text}"),
        match_keys(shingles_of(report.text)),
        tuple(sorted(set().union(*(held for held, _ in neighbourhood_keys(told).values())))),
    )


def prepare_all(batch: Sequence[Received | Problem], profile: str, said: bool) -> list[Parcel | Problem]:
    """Prepare several, for a process that is sent them together."""
    return [prepare(item, profile, said) for item in batch]


def bare(one: Testimony) -> Testimony:
    """Return a testimony without what follows from its report, which is stored there once and filled in when it is read."""
    return replace(
        one, report="", reference=Reference(""), story="", telling=one.telling.removeprefix(one.report)
    )


def _row(one: Testimony) -> ClaimRow:
    claim = one.claim
    place = claim.where[0] if claim.where else None
    site = one.sites[0] if one.sites else None
    when = claim.when
    return ClaimRow(
        one.id, claim.harm, claim.victims.status, claim.scope, claim.modality,
        place.name if place else site.name if site else None,
        place.country if place else site.country if site else None,
        (when.end or when.start) if when else one.days.end if one.days else None,
        one.origin.id, claim.count.low, claim.count.best, claim.count.high,
        _JSON.encode(bare(one)),
    )  # fmt: skip
