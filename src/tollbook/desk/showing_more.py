"""showing_more: a report, the figures told for a day, the decisions: one question to the desk, answered in print."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tollbook.desk import asking, deciding, remembering
from tollbook.desk.showing import answer_console, asked, print_lines
from tollbook.errors import UsageError
from tollbook.model.review import Review
from tollbook.register.register import Register, name_of
from tollbook.writers import answers_more


def show_report(register: str | None, key: str, *, form: str | None, text: bool) -> int:
    """Show one report: head, custody, versions, copies, claims with the incident of each; with its `text` where asked."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            card = asking.report(opened, key)
        if form == "json":
            print_lines([card])
        else:
            answers_more.write_report(card, answer_console(), text=text)
        return 0

    return asked(task)


def show_told(
    register: str | None, harm: str, *, on: str | None, as_of: str | None, form: str | None, **chosen: Any
) -> int:
    """Print the figures that reports give for a day, as known at a moment."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            told = remembering.told_on(opened, harm, on=on, as_of=as_of, **chosen)
        if form == "json":
            print_lines(told)
        else:
            answers_more.write_told(told, answer_console(), chosen["scope"])
        return 0

    return asked(task)


def show_decisions(register: str | None, id: str | None, *, lost: bool, form: str | None) -> int:
    """List what people decided, newest first; those about one id, or only those that `lost` what they were about."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            without = {review.id: why for review, why in deciding.lost(opened)}
            found = deciding.decisions(opened, about=_about(opened, id))
        if lost:
            found = [(review, holds) for review, holds in found if review.id in without]
        if form == "json":
            print_lines(_told(found, without))
        else:
            answers_more.write_decisions(found, without, answer_console())
        return 0

    return asked(task)


def _about(register: Register, id: str | None) -> str | None:
    """Return the whole id that the beginning of an incident's or a decision's id means."""
    if id is None or id.startswith("t"):
        return id
    if id.startswith("r"):
        return deciding.whole_id(register, id)
    try:
        return asking.incident(register, id).incident.id
    except UsageError:
        return asking.report(register, id).key


def _told(found: list[tuple[Review, bool]], lost: dict[str, str]) -> Iterator[dict[str, object]]:
    for review, holds in found:
        yield {**msgspec.to_builtins(review), "in_force": holds, "lost": lost.get(review.id)}
