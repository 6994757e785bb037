"""answer: statements about a deed -> the parties they name, in the claims they concern."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Basis, Claim, Party
from tollbook.model.telling import Statement
from tollbook.stages._acting import Acting, acting_of, distinct, group_from, group_to, party_of


def answered(
    view: View, pack: Pack, claims: Sequence[Claim], statements: Sequence[Statement]
) -> tuple[Claim, ...]:
    """Add to claims those whom a statement blames, suspects, or who took or denied responsibility for them.

    A single attacker without a name gives way to the party in whose name he acted.
    """
    words = acting_of(pack)
    added: dict[str, list[Party]] = {}
    for statement in statements:
        party = _answer(view, words, statement)
        if party is not None:
            for id_ in statement.claims:
                added.setdefault(id_, []).append(party)
    for id_, party in _suspicions(view, words, claims):
        added.setdefault(id_, []).append(party)
    return tuple(_with(words, c, added[c.id], pack) if c.id in added else c for c in claims)


def _answer(view: View, words: Acting, statement: Statement) -> Party | None:
    """Return the party that a statement names as the doer, with its footing."""
    a, b = view.word_at(statement.evidence.start), view.word_at(statement.evidence.end - 1)
    act = view.folded[a : b + 1]
    if statement.act == "blames" and statement.about is not None:
        i, end = view.word_at(statement.about.start), view.word_at(statement.about.end - 1) + 1
        while i < end and view.folded[i] in words.stops:
            i += 1
        group = group_from(view, words, i, end)
        if group is None:
            return None
        rest = view.folded[group[1] + 1 : end]
        if (
            rest
            and words.deeds.isdisjoint(rest)
            and not any(words.means.find(view.folded, group[1] + 1, end))
        ):
            return None
        return replace(party_of(view, words, *group, i), basis="alleged")
    senses = {h.sense for h in words.bases.find(view.folded, a, b + 1)}
    basis: Basis = "claimed" if "claimed" in senses else "admitted"
    if statement.act == "denies":
        basis = "denied"
        if words.involvement.isdisjoint(act):
            return None
    elif statement.act != "admits" or (words.deeds - words.losses).isdisjoint(act):
        return None
    return _speaker(view, words, statement, basis)


def _speaker(view: View, words: Acting, statement: Statement, basis: Basis) -> Party | None:
    """Return the speaker of a statement as a party: by the name of the table, as the group that acts, or by his own."""
    a, b = view.word_at(statement.speaker.start), view.word_at(statement.speaker.end - 1)
    hit = next(iter(words.parties.find(view.folded, a, b + 1)), None)
    if hit is not None:
        return replace(party_of(view, words, hit.first, hit.last, a), basis=basis)
    groups = (group_to(view, words, k, a) for k in range(b, a - 1, -1))
    group = next((g for g in groups if g is not None), None)
    nouns = (words.people.get(w) for w in view.folded[a : b + 1])
    person = any(n is not None and n.number == "one" for n in nouns)
    named = view.words[b][0].isupper() and not person  # "a little-known group, the X Front"
    if group is not None and (group[1] == b or not named):
        return replace(party_of(view, words, *group, a), basis=basis)
    if named and basis in ("claimed", "admitted"):
        return Party(*_quoted(statement), basis)
    return None


def _quoted(statement: Statement) -> tuple[str, int, int, str]:
    speaker = statement.speaker
    return speaker.quote, speaker.start, speaker.end, speaker.name


def _suspicions(view: View, words: Acting, claims: Sequence[Claim]) -> Iterator[tuple[str, Party]]:
    """Read "officials suspected al-Shabaab" in the sentence of a claim without a doer, or in the one behind it.

    Not of "17 suspected smugglers", who are counted themselves.
    """
    counted = sorted((c.count.start, c.victims.end) for c in claims if c.victims.end is not None)
    for claim in claims:
        if claim.by or claim.harm == "displaced":
            continue
        index = view.sentence_at(view.word_at(claim.evidence.start))
        for first, last in view.sentences[index : index + 2]:
            hit = next(iter(words.suspecting.find(view.folded, first, last)), None)
            group = group_from(view, words, hit.last + 1, last) if hit is not None else None
            if group is not None:
                party = replace(party_of(view, words, *group, first), basis="suspected")
                at = bisect_left(counted, (party.end,)) - 1  # the last that begins before the party ends
                if at < 0 or counted[at][1] <= party.start:
                    yield claim.id, party
                    break


def _with(words: Acting, claim: Claim, added: Sequence[Party], pack: Pack) -> Claim:
    if claim.harm in ("displaced", "detained") or claim.scope == "cumulative":
        return claim
    own = claim.victims.affiliation
    kept = [p for p in claim.by if not _is_lone(words, p, pack)]
    for party in added:
        if party.name == own or (party.basis == "alleged" and any(p.basis == "stated" for p in kept)):
            continue
        same = next((i for i, p in enumerate(kept) if p.name == party.name), None)
        if same is None and kept and party.name[1:].islower():
            same = 0  # "the rebels" that took responsibility are those named before
        if same is None:
            kept.append(party)
        elif party.basis in ("claimed", "admitted"):
            kept[same] = replace(kept[same], basis=party.basis)
    attackers = claim.victims.status == "armed_group" and any(p.basis == "claimed" for p in kept)
    return claim if not kept or attackers else replace(claim, by=tuple(distinct(kept)))


def _is_lone(words: Acting, party: Party, pack: Pack) -> bool:
    """Tell whether a party is one attacker without a name: "a suicide bomber"."""
    noun = words.people.get(pack.fold(party.name.split()[-1])) if party.name else None
    return noun is not None and noun.attacker and noun.number == "one"
