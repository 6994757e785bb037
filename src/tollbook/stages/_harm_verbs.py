"""_harm_verbs: a pack's words of harm -> which of them are verbs, and which have a subject before them."""

from tollbook.grammar.forms import first_words
from tollbook.lang.pack import Pack

_VERBAL = ("participle", "active")  # the forms of a harm that are verbs
_BOTH = "killed_or_injured"


def finite(pack: Pack) -> frozenset[str]:
    """Return the first words of verbs that are passive or active: killed, kidnapped."""
    harms = pack.parts["words"].get("harm", {})
    return first_words((form for h in harms.values() for form in h.get("participle", ())), pack.fold)


def harming(pack: Pack) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words of harms told as things (bodies, deaths) that are never verbs, and the words that are."""
    harms = pack.parts["words"].get("harm", {})

    def firsts(*parts: str, but: str = "") -> frozenset[str]:
        told = [h for name, h in harms.items() if name != but]
        return first_words((form for h in told for p in parts for form in h.get(p, ())), pack.fold)

    verbs = frozenset(pack.fold(form) for h in harms.values() for p in _VERBAL for form in h.get(p, ()))
    # "dead" is no verb, though "dead or wounded" stands for one
    return firsts("event", "people", "toll", "state") - firsts(*_VERBAL, but=_BOTH), verbs
