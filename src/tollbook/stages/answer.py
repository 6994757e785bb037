"""answer: statements about a deed -> the parties they name, in the claims they concern."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Basis, Claim, Party
from tollbook.model.made import changed
from tollbook.model.telling import Statement
from tollbook.stages._acting import (
    Acting,
    Stretch,
    acting_of,
    as_name,
    distinct,
    group_from,
    group_to,
    party_of,
)
from tollbook.stages._answer.one_doer import with_one_doer
from tollbook.stages._answer.party_names import has_own_name, is_lone, is_nameless

_WHO = 8  # words that say who people are believed to be
_MATTER = 7  # words of what somebody is accused of in which the deed is told
_HELPING = 4  # words from those accused to the verb: "had been widely", a comma
_MORE = 3  # words more where nobody else is named in them
_ANTECEDENT = 6  # words from attackers to what they are believed to be


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
    for id_, party in _suspicions(view, words, claims, pack):
        added.setdefault(id_, []).append(party)
    told = tuple(_with(view, words, c, added[c.id], pack) if c.id in added else c for c in claims)
    return with_one_doer(view, words, pack, told)


def _answer(view: View, words: Acting, statement: Statement) -> Party | None:
    """Return the party that a statement names as the doer, with its footing."""
    a, b = view.word_at(statement.evidence.start), view.word_at(statement.evidence.end - 1)
    act = view.folded[a : b + 1]
    if statement.act == "blames" and statement.about is not None:
        end = view.word_at(statement.about.end - 1) + 1
        group = _accused(view, words, a, view.word_at(statement.about.start), end)
        return (
            changed(party_of(view, words, *group, group[0]), basis="alleged") if group is not None else None
        )
    if statement.act == "denies":
        return None if words.involvement.isdisjoint(act) else _speaker(view, words, statement, "denied")
    if statement.act != "admits" or (words.deeds - words.losses).isdisjoint(act):
        return None
    senses = {h.sense for h in words.bases.find(view.folded, a, b + 1)}
    return _speaker(view, words, statement, "claimed" if "claimed" in senses else "admitted")


def _accused(view: View, words: Acting, a: int, i: int, end: int) -> Stretch | None:
    """Return whom the words i..end of a blame, whose own words begin at a, name as the doer.

    "blamed the army for the attack"; "attributed the attack on the station to the rebels".
    """
    act = view.folded[a:i]
    by = words.by.at(view.folded, i, end) if i < end else None
    if by is not None and by.last == i:
        return _accused_by(view, words, a, i, end)
    while i < end and view.folded[i] in words.stops:
        i += 1
    if words.laid_to.isdisjoint(act):
        charge = _charge(view, words, i, end) if words.laid_on.isdisjoint(act) else end
        group = group_from(view, words, i, charge)
        if group is not None and charge < end:  # "accused Iran of arming the rebels" blames it for no attack
            return _charged(view, words, group, charge, end)
        if group is not None:
            rest = view.folded[group[1] + 1 : end]
            about = not rest or not words.deeds.isdisjoint(rest)
            return group if about or any(words.means.find(view.folded, group[1] + 1, end)) else None
        if words.laid_on.isdisjoint(act):
            return None
    before = words.on if words.laid_to.isdisjoint(act) else words.to
    for k in range(end - 2, i, -1):
        if view.folded[k] in before and _is_deed(view, words, i, k):
            group = group_from(view, words, k + 1, end) or _name_from(view, words, k + 1, end)
            if group is not None:
                return group
    return None


def _accused_by(view: View, words: Acting, a: int, i: int, end: int) -> Stretch | None:
    """Return whom somebody behind "by" (word i) accuses: who stands before the verb at word a, else behind "on".

    "The rebels were blamed by residents for the attack"; "blamed by the army on rebels".
    """
    first = view.sentences[view.sentence_at(a)][0]
    if words.deeds.isdisjoint(view.folded[i:end]) and not any(words.means.find(view.folded, i, end)):
        laid = next((k for k in range(end - 2, i, -1) if view.folded[k] in words.on), end)
        return group_from(view, words, laid + 1, end) if laid < end else None
    for k in range(a - 1, max(first, a - 1 - _HELPING) - 1, -1):
        group = group_to(view, words, k, first)
        if group is not None:
            charge = _charge(view, words, i, end)
            return group if charge == end else _charged(view, words, group, charge, end)
        if not view.words[k][0].isalpha() and k < a - 1:
            return None  # another clause's
    return None


def _charge(view: View, words: Acting, i: int, end: int) -> int:
    """Return the "of" behind whom words i..end accuse, else their end: not that of a name, "the Army of God"."""
    for k in range(i + 1, end - 1):
        named = view.words[k + 1][0].isupper() or words.parties.at(view.folded, k + 1, end) is not None
        if view.folded[k] in words.of and not named and view.folded[k + 1] not in words.definite:
            return k
    return end


def _charged(view: View, words: Acting, group: Stretch, charge: int, end: int) -> Stretch | None:
    """Return who did the deed that a group is accused "of" (word `charge`): itself, or whom it armed, if anybody.

    "of having planned and carried out the massacre"; "of arming M23, which carried out the attack"; "of arming rebels".
    """
    last, openers = min(end, charge + _MATTER), words.openers - words.links
    armed = None if view.folded[charge + 1] in words.deeds else group_from(view, words, charge + 2, end)
    if armed is not None:
        k = armed[1] + 1  # the clause may stand behind a comma, where the blame ends
        close = view.sentences[view.sentence_at(charge)][1]
        k += k + 1 < close and view.words[k] == "," and view.folded[k + 1] in words.relative
        if k < close and view.folded[k] in words.relative:
            return armed if _tells_deed(view, words, k, min(close, k + _MATTER)) else None
    elif not _tells_deed(view, words, charge, last):  # the deed may be told later in the clause
        last = min(end, last + _MORE)
        last = next((k for k in range(charge + 1, last) if view.folded[k] in openers), last)
    return group if _tells_deed(view, words, charge, last) else None


def _tells_deed(view: View, words: Acting, i: int, end: int) -> bool:
    """Tell whether words i..end name a deed or a weapon."""
    return not words.deeds.isdisjoint(view.folded[i:end]) or any(words.means.find(view.folded, i, end))


def _is_deed(view: View, words: Acting, i: int, end: int) -> bool:
    """Tell whether words i..end name a deed, or a pronoun stands for it."""
    told = view.folded[i:end]
    return not words.deeds.isdisjoint(told) or any(words.means.find(view.folded, i, end)) or len(told) == 1


def _name_from(view: View, words: Acting, i: int, end: int) -> Stretch | None:
    """Return the words of a name that begins at word i: a group that no table knows."""
    last = i - 1
    for k in range(i, end):
        if view.words[k][0].isupper() and view.folded[k] not in words.times:
            last = k
        elif view.words[k] not in "-–" and (k + 1 == end or view.words[k + 1] not in "-–"):  # "Ansar al-Din"
            break
    described = last + 1 < end and view.words[last + 1].isalpha() and view.folded[last + 1] not in words.stops
    return (i, last) if last >= i and not described else None  # not "Islamic extremism"


def _speaker(view: View, words: Acting, statement: Statement, basis: Basis) -> Party | None:
    """Return the speaker of a statement as a party: by the name of the table, as the group that acts, or by his own."""
    a, b = view.word_at(statement.speaker.start), view.word_at(statement.speaker.end - 1)
    hit = next((h for h in words.parties.find(view.folded, a, b + 1) if as_name(view, words, h)), None)
    if hit is not None:
        return changed(party_of(view, words, hit.first, hit.last, a), basis=basis)
    groups = (group_to(view, words, k, a) for k in range(b, a - 1, -1))
    group = next((g for g in groups if g is not None), None)
    nouns = (words.people.get(w) for w in view.folded[a : b + 1])
    person = any(n is not None and n.number == "one" for n in nouns)
    named = view.words[b][0].isupper() and not person  # "a little-known group, the X Front"
    if group is not None and (group[1] == b or not named):
        return changed(party_of(view, words, *group, a), basis=basis)
    called = named and view.folded[b] not in words.times | words.pronouns  # "in December", "He"
    if called and basis in ("claimed", "admitted"):
        return Party(*_quoted(statement), basis)
    return None


def _quoted(statement: Statement) -> tuple[str, int, int, str]:
    speaker = statement.speaker
    return speaker.quote, speaker.start, speaker.end, speaker.name


@cache
def _suspicious(pack: Pack) -> frozenset[str]:
    """Return the first words of what tells whom somebody suspects or blames."""
    words = acting_of(pack)
    return words.suspecting.firsts | words.thought.firsts | words.blaming.firsts


def _suspicions(
    view: View, words: Acting, claims: Sequence[Claim], pack: Pack
) -> Iterator[tuple[str, Party]]:
    """Read "officials suspected al-Shabaab" in the sentence of a claim without a doer, or in the one behind it.

    So too of one done by mere "assailants"; and, behind it, "the attack was blamed on al-Shabaab".
    Not "17 suspected smugglers", who are counted themselves.
    """
    suspicious = _suspicious(pack)
    counted: list[Stretch] | None = None
    for claim in claims:
        named = bool(claim.by) and not all(is_nameless(words, p, pack) for p in claim.by)
        if claim.harm == "displaced" or named:
            continue
        index = view.sentence_at(view.word_at(claim.evidence.start))
        for first, last in view.sentences[index : index + 2]:
            if suspicious.isdisjoint(view.folded[first:last]):  # most
                continue
            group = _suspected(view, words, first, last) or _thought(view, words, first, last)
            basis: Basis = "suspected"
            if group is None and index < view.sentence_at(first):
                group, basis = _blamed_on(view, words, first, last), "alleged"
            if group is not None:
                party = changed(party_of(view, words, *group, first), basis=basis)
                counted = _counted(view, words, claims) if counted is None else counted
                at = bisect_left(counted, (party.end,)) - 1  # the last that begins before the party ends
                if at < 0 or counted[at][1] <= party.start:
                    yield claim.id, party
                    break


def _counted(view: View, words: Acting, claims: Sequence[Claim]) -> list[Stretch]:
    """Return where what is told of the people of claims begins and ends, in order: few are set beside a suspicion."""
    told = (c for c in claims if c.victims.end is not None)
    return sorted((c.count.start, _end_of_people(view, words, c.victims.end or 0)) for c in told)


def _end_of_people(view: View, words: Acting, end: int) -> int:
    """Return where what is told of people ends, who they are said to be included: "four men believed to be smugglers"."""
    k = view.word_at(end - 1) + 1
    said = words.thought.at(view.folded, k) if k < len(view.words) else None
    group = (
        None
        if said is None
        else group_from(view, words, said.last + 1, min(len(view.words), said.last + _WHO))
    )
    return end if group is None else view.ends[group[1]]


def _suspected(view: View, words: Acting, first: int, last: int) -> Stretch | None:
    """Read "suspected al-Shabaab", "suspected that al-Shabaab carried out the attack"."""
    hit = next(iter(words.suspecting.find(view.folded, first, last)), None)
    if hit is None:
        return None
    k = hit.last + 1
    return group_from(view, words, k + 1 if k < last and view.folded[k] in words.openers else k, last)


def _thought(view: View, words: Acting, first: int, last: int) -> Stretch | None:
    """Read "the assailants, believed to be members of X": only of those whose name nobody knows."""
    hit = next(iter(words.thought.find(view.folded, first, last)), None)
    if hit is None or words.nameless.isdisjoint(view.folded[max(first, hit.first - _ANTECEDENT) : hit.first]):
        return None
    return group_from(view, words, hit.last + 1, last)


def _blamed_on(view: View, words: Acting, first: int, last: int) -> Stretch | None:
    """Read "the attack was blamed on al-Shabaab": a deed is the subject."""
    hit = next(iter(words.blaming.find(view.folded, first, last)), None)
    if hit is None or words.deeds.isdisjoint(view.folded[first : hit.first]):
        return None
    return group_from(view, words, hit.last + 1, last) or _name_from(view, words, hit.last + 1, last)


def _with(view: View, words: Acting, claim: Claim, added: Sequence[Party], pack: Pack) -> Claim:
    if claim.harm in ("displaced", "detained") or claim.scope == "cumulative":
        return claim
    own = claim.victims.affiliation
    kept = [p for p in claim.by if not is_lone(words, p, pack)]
    for party in added:
        if party.name == own or (party.basis == "alleged" and _stated(words, kept, pack)):
            continue
        same = next((i for i, p in enumerate(kept) if p.name == party.name), None)
        if same is None and kept and not has_own_name(view, words, party, pack):
            same = 0  # "the rebels" that took responsibility are those named before
        if same is None:
            kept.append(party)
        elif party.basis in ("claimed", "admitted"):
            kept[same] = changed(kept[same], basis=party.basis)
    attackers = claim.victims.status == "armed_group" and any(p.basis == "claimed" for p in kept)
    return claim if not kept or attackers else changed(claim, by=tuple(distinct(kept)))


def _stated(words: Acting, parties: Sequence[Party], pack: Pack) -> bool:
    """Tell whether somebody is stated to have done it of whom one knows more than that he did: no "assailants"."""
    return any(p.basis == "stated" and not is_nameless(words, p, pack) for p in parties)
