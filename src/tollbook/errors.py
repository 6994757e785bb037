"""Every error raised on purpose, and Problem, the value for bad data.

    TollbookError
    ├── UsageError        the call itself is wrong: an option, a date, a name that does not exist
    ├── PackError         a language pack, profile or table shipped or added by the user is wrong
    ├── SourceError       one source cannot be read; the others go on
    │   └── LaterError        not now, but perhaps later: no answer, or a server in trouble
    └── RegisterError     the register cannot be opened, written or trusted as it is
        ├── VersionError      it was made by another version of Tollbook: upgrade one or the other
        └── ConflictError     somebody else changed it in the meantime: look again, decide again

Wrong use raises at once; wrong data is kept as a Problem beside the run and shown.
"""

from dataclasses import dataclass


class TollbookError(Exception):
    """Stand at the root of all errors of Tollbook."""


class UsageError(TollbookError):
    """Say that a call's own words are wrong."""


class PackError(TollbookError):
    """Say what is wrong with a language pack, a profile or a table."""


class SourceError(TollbookError):
    """Say why one source cannot be read, and what to do."""


class LaterError(SourceError):
    """Say that a source may be readable later; `after` is how many seconds its server asks to wait, None if it does not."""

    def __init__(self, words: str, after: float | None = None) -> None:
        """Say it in words."""
        super().__init__(words)
        self.after = after


class RegisterError(TollbookError):
    """Say why a register cannot be opened, written or trusted, and what to do."""


class VersionError(RegisterError):
    """Say that a register's tables are not those of this version, and which command mends it."""


class ConflictError(RegisterError):
    """Say that what a decision was about has changed since the person looked at it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One item that could not be read, in words: what - where - what to do.

    `where` names the item (a path, a URL, "file.jsonl, line 7"); `ref` is the report's own id where one is known.
    """

    where: str
    what: str
    ref: str | None = None
