"""kept: the register, for programs and notebooks: what the commands do, with typed answers and data frames."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from tollbook.desk import adding_up, asking, deciding, keeping, remembering, tabling
from tollbook.desk.asking import When
from tollbook.desk.receiving import options_of
from tollbook.desk.series import Layout, load_series
from tollbook.desk.verifying import verify
from tollbook.model.answer import (
    Disagreement,
    Hit,
    IncidentCard,
    IncidentLine,
    OriginLine,
    ReportCard,
    Step,
    Told,
    TollTable,
    Verified,
    Wanted,
)
from tollbook.model.review import Action, Review
from tollbook.register import register as memory
from tollbook.writers import frames
from tollbook.writers.words import number_of

Frame = Literal["pandas", "polars", "arrow"]
_ALL = 1_000_000


class Register:
    """An open register; `tollbook.open` makes one. Close it, or use it in a `with`.

    `as_of` is everywhere the day up to which the register's own knowledge counts: what did we say then.
    """

    def __init__(self, name: str | None = None, *, create: bool = False) -> None:
        """Open the register of a name; see `tollbook.open`."""
        self._held = memory.Register(memory.name_of(name), create=create)

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        """Return one line: which register, and how many incidents it holds."""
        total = asking.incidents(self._held, limit=1).total
        return f"<Register {self._held.name!r}: {number_of(total, 'incident')}>"

    def close(self) -> None:
        """Let go of the register."""
        self._held.close()

    def add(self, *sources: str, by: str = "", jobs: int = 1, **options: Any) -> keeping.Tally:
        """Add files, folders, addresses, archives, feeds; what is there already changes nothing.

        Options are those of the command `tollbook add`: published, publisher, language, … Returns how it went, with a Problem
        for each item that could not be read. With more `jobs` than one call it below `if __name__ == "__main__":`.
        """
        *_, tally = keeping.add(self._held, sources, options_of(**options), by=by, jobs=jobs)
        return tally

    def incidents(
        self,
        *,
        as_of: When = None,
        profile: str = "house",
        order: str = "newest",
        limit: int = _ALL,
        **wanted: Any,
    ) -> tuple[IncidentLine, ...]:
        """Return incidents with their tolls; `wanted` are the fields of model.answer.Wanted: place, start, end, harm, …"""
        page = asking.incidents(
            self._held, Wanted(**wanted), as_of=as_of, profile=profile, order=order, limit=limit
        )
        return page.lines

    def incident(self, id: str, *, as_of: When = None, profile: str = "house") -> IncidentCard:
        """Return one incident with everything behind it, by any id it has or had."""
        return asking.incident(self._held, id, as_of=as_of, profile=profile)

    def report(self, id: str) -> ReportCard:
        """Return one report: text, claims, versions, copies, custody."""
        return asking.report(self._held, id)

    def toll(self, *by: str, as_of: When = None, profile: str = "house", **wanted: Any) -> TollTable:
        """Add incidents up by groups (harm, status, country, place, month, year, party, grade), counting nobody twice."""
        return adding_up.toll(self._held, by or ("harm",), Wanted(**wanted), as_of=as_of, profile=profile)

    def search(self, words: str, *, limit: int = 20, as_of: When = None) -> list[Hit]:
        """Find reports by their words, each with the sentence that shows it."""
        return asking.search(self._held, words, limit=limit, as_of=as_of)

    def origins(self, words: str | None = None, *, limit: int = 50, as_of: When = None) -> list[OriginLine]:
        """Return who gives figures, and who carries them."""
        return asking.origins(self._held, words, limit=limit, as_of=as_of)

    def conflicts(self, *, limit: int = 50, as_of: When = None, **wanted: Any) -> list[Disagreement]:
        """Return what disagrees and deserves a person."""
        return asking.conflicts(self._held, Wanted(**wanted), limit=limit, as_of=as_of)

    def history(self, id: str, *, as_of: When = None, profile: str = "house") -> list[Step]:
        """Return each value that an incident's tolls had, and what moved it."""
        return remembering.history(self._held, id, as_of=as_of, profile=profile)

    def told(self, harm: str, *, on: str | None = None, as_of: When = None, **more: Any) -> list[Told]:
        """Return the figures that reports give for a day, as known at a moment: running totals; see desk.remembering.told_on."""
        return remembering.told_on(self._held, harm, on=on, as_of=as_of, **more)

    def load_series(
        self, rows: Iterable[Mapping[str, object]], layout: Layout, *, by: str = ""
    ) -> keeping.Tally:
        """Keep a running record with its revisions, each row as known from the moment it was written; see desk.series."""
        return load_series(self._held, rows, layout, by=by)

    def decide(self, action: Action, targets: Sequence[str], *, by: str, **more: Any) -> Review:
        """Record a person's decision and count anew what it touches; see desk.deciding.decide."""
        return deciding.decide(self._held, action, targets, by=by, **more)

    def merge(self, *incidents: str, by: str, reason: str) -> Review:
        """Say that incidents are one event."""
        return deciding.merge(self._held, incidents, by=by, reason=reason)

    def split(self, incident: str, claims: Sequence[str], *, by: str, reason: str) -> Review:
        """Say that some claims of an incident are another event."""
        return deciding.split(self._held, incident, claims, by=by, reason=reason)

    def undo(self, review: str, *, by: str, reason: str) -> Review:
        """Take a decision back."""
        return deciding.undo(self._held, review, by=by, reason=reason)

    def verify(self, *, recount: bool = False) -> Verified:
        """Check everything the register holds, and name what is broken."""
        return verify(self._held, recount=recount)

    def frame(self, table: str, kind: Frame = "pandas", *, as_of: When = None) -> Any:
        """Return a table as a data frame: incidents, tolls, claims or reports, one row each.

        `kind` is pandas, polars, or arrow, which DuckDB asks as it is. Persons are whole numbers, the unknown is null.
        """
        rows = list(tabling.rows(self._held, table, as_of=as_of))
        made = frames.to_arrow(rows, tabling.COLUMNS[table])
        return {"pandas": frames.arrow_to_pandas, "polars": frames.arrow_to_polars, "arrow": _same}[kind](
            made
        )


def _same(table: Any) -> Any:
    return table


def open(name: str | None = None, *, create: bool = False) -> Register:
    """Open a register: a file, or postgresql://user@host/database; None is what TOLLBOOK_REGISTER names, or the default.

    With `create` it is made where there is none. Raises RegisterError where it cannot be opened, with what to do.
    """
    return Register(name, create=create)
