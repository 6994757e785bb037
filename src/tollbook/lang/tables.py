"""tables: parts of a pack that several stages need, compiled once."""

from functools import cache

from tollbook.grammar.people import People
from tollbook.lang.pack import Pack


@cache
def people_of(pack: Pack) -> People:
    """Compile a pack's words for people."""
    return People(pack.parts["people"], pack.fold)
