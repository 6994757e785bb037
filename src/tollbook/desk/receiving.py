"""receiving: what the user said about the sources -> the options of receiving."""

from typing import BinaryIO

from tollbook.desk.reading import check_date
from tollbook.sources import Meter, Options


def options_of(
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    since: str | None = None,
    limit: int | None = None,
    no_follow: bool = False,
    delay: float = 1.0,
    allow_private: bool = False,
    timeout: float = 30.0,
    max_size: float = 64.0,
    stdin: BinaryIO | None = None,
    keep: bool = True,
    meter: Meter | None = None,
) -> Options:
    """Return the options of receiving; sizes are in megabytes, times in seconds. Raises UsageError for what is no date.

    `keep` holds on to the bytes as received and the exchange, which a register archives and a mere reading does not need.
    """
    for day in (published, since):
        if day is not None:
            check_date(day)
    return Options(
        published, publisher, language, allow_private, timeout, int(max_size * 1_000_000), stdin,
        not no_follow, delay, limit, since, keep, meter,
    )  # fmt: skip
