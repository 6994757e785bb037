"""parties: the armed parties of the world, by the names that reports give them."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from tollbook.grammar.lexicon import Lexicon


@cache
def party_names() -> dict[str, tuple[str, ...]]:
    """Return canonical name -> all names, its own first."""
    text = (resources.files(__package__) / "parties.toml").read_text(encoding="utf-8")
    return {name: (name, *others) for name, others in tomllib.loads(text)["parties"].items()}


@cache
def parties_lexicon(fold: Callable[[str], str]) -> Lexicon[str]:
    """Compile the names under a language's way of folding words."""
    entries = [(form.replace("|", " "), name) for name, forms in party_names().items() for form in forms]
    return Lexicon(entries, fold)
