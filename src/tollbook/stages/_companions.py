"""_companions: a claim and its text -> whether one is told as the companion or kin of somebody told before, and so is another."""

from functools import cache

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table


@cache
def _words(pack: Pack) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Compile the words for companions and kin, those for "his", and the endings of a possessive."""
    weigh, small = Table(pack, "words", "weigh"), Table(pack, "words", "small")
    endings = tuple(sorted(small.words("possessive_endings")))
    return weigh.words("companions"), small.words("his"), endings


def is_companion(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether one is "his driver", "Haddad's son", and no such companion was told before.

    Who has him was told before, or is told by the same name: he is another. Words of a companion met before may tell him again.
    """
    if draft.numbered or draft.stated.low != 1 or draft.noun_first > draft.noun_last:
        return False
    companions, his, endings = _words(pack)
    folded, noun = view.folded, view.folded[draft.noun_last]
    if noun not in companions:
        return False
    at = min(draft.stated.first, draft.noun_first)
    before = folded[: view.sentences[draft.sentence][0]]
    if not before or noun in before:
        return False
    if folded[at] in his:
        return True
    owner = folded[at - 1]
    ending = next((e for e in endings if owner.endswith(e)), None)
    return ending is not None and owner.removesuffix(ending) in before
