"""origins: the names of those who give figures, made one."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _canonical() -> dict[str, str]:
    text = (resources.files(__package__) / "origins.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["origins"]
    return {_key(form): name for name, forms in table.items() for form in (name, *forms)}


def _key(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def canonical_origin(words: str) -> str:
    """Return the one name of an origin: the table's, else the words themselves with their blanks made single."""
    plain = " ".join(words.split())
    return _canonical().get(_key(plain), plain)
