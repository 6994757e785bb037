"""party_names: a party -> whether it has a name of its own, or is told by common words: "the rebels", "assailants"."""

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Party
from tollbook.stages._acting import Acting


def is_nameless(words: Acting, party: Party, pack: Pack) -> bool:
    """Tell whether a party is only told by a word for those who attack, whoever they are: "two assailants"."""
    return pack.fold(party.name.split()[-1]) in words.nameless and not in_table(words, party, pack)


def has_own_name(view: View, words: Acting, party: Party, pack: Pack) -> bool:
    """Tell whether a party is called by a name, not by common words: "Taliban", "Maoists"; "the rebels" are those before."""
    if in_table(words, party, pack):
        return True
    first, last = view.word_at(party.start), view.word_at(party.end - 1)
    index = view.sentence_at(first)
    if view.upper[index]:
        return not all(view.folded[k] in words.ordinary for k in range(first, last + 1))
    if not party.name[1:].islower():
        return True
    opening = view.sentences[index][0]
    return any(view.words[k][0].isupper() for k in range(first, last + 1) if k != opening)


def in_table(words: Acting, party: Party, pack: Pack) -> bool:
    """Tell whether the table has a party by its name: "Taliban" are nobody's "assailants" told of before."""
    folded = [pack.fold(w) for w in party.name.split()]
    return bool(folded) and words.parties.at(folded, 0) is not None


def is_lone(words: Acting, party: Party, pack: Pack) -> bool:
    """Tell whether a party is one attacker without a name: "a suicide bomber"."""
    noun = words.people.get(pack.fold(party.name.split()[-1])) if party.name else None
    return noun is not None and noun.attacker and noun.number == "one"
