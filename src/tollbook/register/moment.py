"""moment: what a person says of a time -> the moment as a register writes it."""

from datetime import UTC, date, datetime, time, timedelta

from tollbook.errors import UsageError

NOW = "9999-12-31T23:59:59.999999Z"  # later than everything: what is known at present


def now() -> str:
    """Return the present moment in UTC, to the microsecond."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """Write a moment in UTC in the one form whose order is that of its letters; without a zone it is UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(words: str | date | datetime | None) -> str:
    """Return the moment up to which one asks: of a day its last, of a date-time itself, of nothing the present.

    Raises UsageError where the words are no date.
    """
    if words is None:
        return NOW
    if isinstance(words, datetime):
        return written(words)
    try:
        if isinstance(words, date) or len(words) <= 10:
            day = words if isinstance(words, date) else date.fromisoformat(words)
            return written(datetime.combine(day, time.max))
        return written(datetime.fromisoformat(words))
    except ValueError as problem:
        raise UsageError(f"'{words}' is not a date - give year-month-day, as 2025-03-09") from problem


def later(moment: str, microseconds: int) -> str:
    """Return a moment some microseconds later, in the same form."""
    return written(datetime.fromisoformat(moment) + timedelta(microseconds=microseconds))
