"""saving: a filter under a name -> kept in the register, for oneself or for all who use it."""

from tollbook.errors import UsageError
from tollbook.register import saved
from tollbook.register.moment import now
from tollbook.register.register import Register
from tollbook.register.saved import Saved

_LONGEST = 80  # letters of a name


def saved_filters(register: Register, by: str) -> list[Saved]:
    """Return the filters that a person kept, and those that others share."""
    with register.reading() as connection:
        return saved.seen_by(connection, by)


def save_filter(register: Register, name: str, query: str, *, shared: bool, by: str) -> int:
    """Keep a filter under a name; one's own of the same name is replaced. Return its number.

    Raises UsageError for a name that is none, and for a filter that asks for nothing.
    """
    words = " ".join(name.split())
    if not words or len(words) > _LONGEST or not words.isprintable():
        raise UsageError(f"filter: give it a name, of {_LONGEST} letters at most")
    if not query:
        raise UsageError("filter: nothing is set - set a filter first, then save it")
    with register.writing() as connection:
        return saved.keep(connection, words, query, shared=shared, at=now(), by=by)


def change_filter(register: Register, n: int, wish: str, *, by: str, any_owner: bool = False) -> None:
    """Share a filter, keep it to oneself again, or remove it: `wish` is share, unshare or remove.

    Raises UsageError for an unknown filter or wish, PermissionError for another's, unless `any_owner` (who keeps the accounts).
    """
    if wish not in ("share", "unshare", "remove"):
        raise UsageError(f"filter: '{wish}' is nothing that can be done - share, unshare or remove it")
    with register.writing() as connection:
        one = saved.find(connection, n)
        if one is None or not (one.shared or one.by == by or any_owner):
            raise UsageError(f"filter: there is none with number {n}")
        if one.by != by and not any_owner:
            raise PermissionError("filter")
        if wish == "remove":
            saved.forget(connection, one, at=now(), by=by)
        elif one.shared is not (wish == "share"):
            saved.share(connection, one, wish == "share", at=now(), by=by)


__all__ = ["Saved", "change_filter", "save_filter", "saved_filters"]
