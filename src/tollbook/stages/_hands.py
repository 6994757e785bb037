"""_hands: who is said to have harmed the people of a claim -> whether a state's forces or an armed group."""

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.claim import Claim, Party
from tollbook.world.parties import is_armed_force, party_names

FORCE, GROUP = "force", "group"
_FORCES = ("armed_forces", "security_forces")


def hand_of(view: View, pack: Pack, claim: Claim) -> str:
    """Return whose hand it was, a state's or an armed group's; nothing where it is not told, or both are."""
    hands = {_hand(view, pack, p.name, p.end) for p in claim.by if p.basis not in ("denied", "implied")}
    return hands.pop() if len(hands) == 1 else ""


def is_of_group(view: View, pack: Pack, party: Party) -> bool:
    """Tell whether a party is an armed group or of one."""
    return _hand(view, pack, party.name, party.end) == GROUP


def _hand(view: View, pack: Pack, name: str, end: int) -> str:
    noun = people_of(pack).get(view.folded[view.word_at(end - 1)])
    if is_armed_force(name) or (noun is not None and noun.status in _FORCES):
        return FORCE
    if noun is not None:
        return GROUP if noun.attacker or noun.status == "armed_group" else ""
    return GROUP if name in party_names() else ""
