"""owners: a word of attack or a weapon -> the party or state to which it belongs."""

from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.stages._acting import Acting, Stretch, as_name, group_to

_OWNED = 4  # words between an owner and what is his: "Russian ballistic missile strikes"
_NOBODYS = ("unknown", "civilian")  # statuses of persons who act for no state


def owner_before(view: View, words: Acting, k: int, first: int, scene: str | None = None) -> Stretch | None:
    """Return the party or state to which the attack or weapon at word k belongs: "Russian missile strikes".

    A land that is the `scene` (an ISO code) of what happened owns none by its mere name ("Haiti massacre toll rises to 70"),
    nor by its adjective what anybody may do ("Pakistani mosque bombing kills 12").
    """
    anybodys = scene is not None and words.anybodys.at(view.folded, k) is not None
    for i in range(max(first, k - _OWNED - 3), k):
        hit = words.owners.at(view.folded, i, k) if view.words[i][0].isupper() else None
        hit = as_name(view, words, hit)
        common = words.owning.at(view.folded, i, k) if hit is None else None
        if common is not None and k - common.last <= _OWNED - 1 and _plain(view, words, common.last + 1, k):
            return group_to(view, words, common.last, first) or (i, common.last)  # "the Gran Grif gang"
        if hit is None or k - hit.last > _OWNED or _is_scene(view, words, hit, scene, anybodys):
            continue
        if _plain(view, words, hit.last + 1, k) and not _is_somebodys(view, words, hit.last + 1, k):
            return i, hit.last
    return None


def _is_somebodys(view: View, words: Acting, a: int, b: int) -> bool:
    """Tell whether one of no state's forces stands between a land and a deed: "a Syrian refugee detonated a bomb"."""
    between = view.folded[a:b]
    nouns = (words.people.get(w) for w in between if w not in words.serving)
    one = any(n is not None and n.number == "one" and n.status in _NOBODYS for n in nouns)
    return one or not words.private.isdisjoint(between)


def _is_scene(view: View, words: Acting, hit: Hit[str], scene: str | None, anybodys: bool) -> bool:
    """Tell whether words only say in which land it happened: its plain name, no abbreviation, or of what `anybody` does."""
    land = None if scene is None else words.lands.at(view.folded, hit.first, hit.last + 1)
    return (
        land is not None
        and land.last == hit.last
        and land.sense[0] == scene
        and (anybodys or land.sense[1])
        and not view.words[hit.first].isupper()
    )


def _plain(view: View, words: Acting, a: int, b: int) -> bool:
    """Tell whether words a..b (b excluded) are only adjectives or nouns: "ballistic missile", not "said a missile"."""
    return all(
        w not in words.stops and w not in words.said and words.determiners.get(w) is None and w[0].isalpha()
        for w in view.folded[a:b]
    )
