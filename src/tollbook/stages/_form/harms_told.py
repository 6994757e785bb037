"""harms_told: the words of harm that an order found -> which harms they tell of its people."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Found
from tollbook.stages._form.alternatives import are_either

_BOTH = frozenset(("killed", "injured"))


def harms_told(
    found: Found, spelled: Spelled, counted: Sequence[int], either: frozenset[str], only_hurt: frozenset[str]
) -> list[tuple[str, int, int]]:
    """Return (harm, first word, last word): one, two side by side, or one figure for killed and injured."""
    mentions = spelled.mentions
    if found.order.inner_harm:
        mention = mentions[counted[0]]
        return [(mention.harm or "", mention.first, mention.last)]
    told = [mentions[i] for i in found.harms if mentions[i].harm is not None]
    kinds = {m.harm for m in told}
    then = role.DIED in (told[0].role, told[-1].role) or told[0].role == told[-1].role if told else False
    dead = told and (told[0].harm != "killed" or not _only_hurt(told, spelled, only_hurt))
    if kinds >= _BOTH and dead and then and not _either(told, spelled, either):
        # shot and killed, stabbed and later died, murdered and tortured: they are dead
        told = [m for m in told if m.harm != "injured"]
    elif kinds == _BOTH:
        return [("killed_or_injured", told[0].first, told[-1].last)]
    seen: dict[str, tuple[str, int, int]] = {}
    for m in told:
        if m.harm is not None:
            seen.setdefault(m.harm, (m.harm, m.first, m.last))
    return list(seen.values())


def _only_hurt(told: Sequence[Mention], spelled: Spelled, only_hurt: frozenset[str]) -> bool:
    """Tell whether words beside those of death tell of others: "killed and wounded ten", not "killed and mutilated ten"."""
    return any(m.harm == "injured" and spelled.folded[m.last] in only_hurt for m in told)


def _either(told: Sequence[Mention], spelled: Spelled, either: frozenset[str]) -> bool:
    """Tell whether people suffered one harm or another: not where the last is death, "shot, stabbed or burned to death"."""
    return told[-1].harm != "killed" and are_either(
        [(m.harm or "", m.first, m.last) for m in told], spelled.folded, either
    )
