"""_hands: who is said to have harmed the people of a claim -> whether a state's forces or an armed group."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.claim import Claim, Party
from tollbook.model.made import changed
from tollbook.stages._acting import acting_of
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


def with_counts_of_groups(view: View, pack: Pack, told: Sequence[Told]) -> list[Told]:
    """Mark what an armed group counts of the dead of a state's forces."""
    return [changed(t, by_group=True) if _counted_by_group(view, pack, t.claim) else t for t in told]


def _counted_by_group(view: View, pack: Pack, claim: Claim) -> bool:
    """Tell whether an armed group counts the dead of a state's forces: "the rebels said dozens of soldiers were killed"."""
    voice = claim.origin
    if voice is None or claim.victims.status not in _FORCES or _tells_another_deed(view, pack, claim):
        return False
    if voice.name in party_names():
        return not is_armed_force(voice.name)
    first, last = view.word_at(voice.start), view.word_at(voice.end - 1)
    nouns = map(people_of(pack).get, view.folded[first : last + 1])
    return any(noun is not None and noun.status == "armed_group" for noun in nouns)


def _tells_another_deed(view: View, pack: Pack, claim: Claim) -> bool:
    """Tell whether a figure's sentence goes on, or joins it to another deed: "later", "it blew up the pipeline and killed".

    Not to an attack: "it attacked the base and killed 40".
    """
    words, k = acting_of(pack), view.word_at(claim.evidence.start)
    before = view.folded[view.sentences[view.sentence_at(k)][0] : k]
    if not words.going_on.isdisjoint(before):
        return True
    return bool(before) and before[-1] in words.links and words.deeds.isdisjoint(before)


def _hand(view: View, pack: Pack, name: str, end: int) -> str:
    if name in party_names():  # also one that calls itself an army
        return FORCE if is_armed_force(name) else GROUP
    noun = people_of(pack).get(view.folded[view.word_at(end - 1)])
    if is_armed_force(name) or (noun is not None and noun.status in _FORCES):
        return FORCE
    if noun is not None:
        return GROUP if noun.attacker or noun.status == "armed_group" else ""
    return ""
