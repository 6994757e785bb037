"""blame: around the words of a claim -> who is said to have done it, and with what."""

from collections.abc import Iterator, Sequence
from typing import Any

from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Means, Party
from tollbook.stages._acting import (
    Acting,
    Stretch,
    acting_of,
    as_name,
    distinct,
    group_from,
    group_to,
    party_of,
    telling_of,
)
from tollbook.stages._blame.charged import charged
from tollbook.stages._blame.owners import owner_before
from tollbook.stages._blame.subjects import (
    answering,
    before_part,
    harmed_words,
    inside,
    is_of_a_part,
    may_have_harmed,
    opens,
    own_subject,
    subjects,
)

_SEMICOLONS = frozenset(";؛")
_NEARBY = 80  # words on each side of a claim: no sentence of prose is longer
_AGENT = 14  # words between harm and "by"
_ADJOINING = 2  # words between a verb of attack and those whom it hits
_MOST = 3  # means of one claim
_VIOLENT = ("killed", "injured", "killed_or_injured")
_CLOSE = 6  # words between a means and a harm that is not of the body


def means_for(view: View, pack: Pack, start: int, end: int, harm: str = "killed") -> tuple[Means, ...]:
    """Return the weapons and methods that the sentence of text[start:end] names, those nearest to it first.

    Of a harm that weapons do not do by themselves (arrest, flight) only those right before it.
    """
    words = acting_of(pack)
    first, last = _around(view, start, end)
    if harm not in _VIOLENT:
        last = view.word_at(start)
        first = max(first, last - _CLOSE)
        for k in range(last - 1, first - 1, -1):
            if view.folded[k] in words.openers or not view.words[k][0].isalnum():
                first = k + 1
                break
    if not (hits := list(words.means.find(view.folded, first, last))):  # most
        return ()
    hits.sort(key=lambda h: _gap(view, h, start, end))
    found: dict[str, Means] = {}
    behind, apart = view.word_at(max(start, end - 1)), background_means(pack)
    for hit in hits[:6]:
        between = view.folded[behind + 1 : hit.first] if hit.sense in apart else ()
        if between and not (words.deeds - words.losses - words.harming).isdisjoint(between):
            continue  # "were hurt when a mob attacked, enraged by flooding"
        if hit.sense in apart and any(words.attack.find(view.folded, hit.last + 1, view.word_at(start))):
            continue  # "broke his arm in the attack that killed three"
        if hit.sense not in found:
            a, b = view.starts[hit.first], view.ends[hit.last]
            found[hit.sense] = Means(view.text[a:b], a, b, hit.sense)
    return tuple(found.values())[:_MOST]


def _around(view: View, start: int, end: int) -> Stretch:
    """Return the words of the sentence of text[start:end], of an endless one only those near."""
    word = view.word_at(start)
    first, last = view.sentences[view.sentence_at(word)]
    behind = view.word_at(end - 1 if end > start else start) + _NEARBY
    return word - _NEARBY if word - _NEARBY > first else first, behind if behind < last else last


def _gap(view: View, hit: Hit[Any], start: int, end: int) -> int:
    return max(view.starts[hit.first] - end, start - view.ends[hit.last], 0)


def parties_for(
    view: View,
    pack: Pack,
    start: int,
    end: int,
    harmed: Sequence[Stretch],
    active: bool = False,
    speaker: Stretch | None = None,
    scene: str | None = None,
) -> tuple[Party, ...]:
    """Return who is said to have done what text[start:end] tells: agents, subjects, owners of attacks.

    `harmed` are the stretches of all people that the sentence counts as harmed, who are nobody's killers here, in order and
    none over another; `active` says that the words of harm are a verb with a subject before it; `speaker` is who gave the
    figure, whom "it" means; `scene` is the country, by its ISO code, in which it happened.
    """
    words = acting_of(pack)
    first, last = _around(view, start, end)
    harm, behind = view.word_at(start), view.word_at(end - 1 if end > start else start)
    if not words.finite.isdisjoint(view.folded[harm : behind + 1]):  # "killed 24, two days after a US strike"
        hits = words.recalled.find(view.folded, behind, last)
        last = next(
            (h.first for h in hits if h.sense or _harms_others(view, words, h.last, last, harmed)), last
        )
    last = before_part(view, words, behind, last)
    active = active and view.folded[harm] not in words.events  # "recovered the bodies of 12"
    if active and (told := charged(view, words, first, harm)) is not None:
        return told
    found = list(_agents(view, words, first, last, behind))
    if active and not found:
        begin = _clause(view, words, first, harm)
        own = own_subject(view, words, begin, harm, harmed, speaker)
        if own is not None:
            return own
        found = list(subjects(view, words, begin, harm, harmed, speaker))
    tells = not found and not telling_of(pack).isdisjoint(view.folded[first:last])  # few sentences
    found = found or list(answering(view, words, first, harm, harmed))
    found = found or (list(_blamed(view, words, first, last)) if tells else [])
    found = found or list(_owner(view, words, first, last, start, end, harmed, active, scene))
    if tells and not found:
        found = list(_attackers_here(view, words, first, last, harmed))
        found = found or list(_opposed(view, words, first, last))
    if not found and not active:
        found = list(_told_beside(view, words, first, last, harmed, (start, end)))
    return tuple(distinct(p for p in found if not inside(p, harmed))) if found else ()


def _harms_others(view: View, words: Acting, since: int, last: int, harmed: Sequence[Stretch]) -> bool:
    """Tell whether the event a time is dated by harms people of its own: "since the army killed nine"."""
    inner = range(since + 1, last)
    end = next((k for k in inner if not view.words[k][0].isalnum() or view.folded[k] in words.openers), last)
    if words.finite.isdisjoint(view.folded[since + 1 : end]):  # most
        return False
    return any(view.starts[since] < one[0] < view.ends[end - 1] for one in harmed)


def without_losers(
    view: View, pack: Pack, start: int, harmed: Sequence[Stretch], found: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Return parties but those who lost their own people at text[start]: "troops stormed the post, losing eight men"."""
    if not found:
        return found
    words, harm = acting_of(pack), view.word_at(start)
    lost = {p.name for p in subjects(view, words, _around(view, start, start)[0], harm, harmed, None)}
    return tuple(p for p in found if p.name not in lost)


def _clause(view: View, words: Acting, first: int, harm: int) -> int:
    """Return the word behind the last semicolon before a word of harm, where somebody only speaks before it."""
    if _SEMICOLONS.isdisjoint(view.words[first:harm]):  # most
        return first
    end = next((k for k in range(harm - 1, first - 1, -1) if view.words[k] in _SEMICOLONS), None)
    return first if end is None or words.said.isdisjoint(view.folded[first:end]) else end + 1


def party_at(view: View, pack: Pack, first: int, last: int) -> tuple[Party, ...]:
    """Return the party that words first..last name, both included: the first cell of a table of those who did it."""
    return (party_of(view, acting_of(pack), first, last, first),)


def _agents(view: View, words: Acting, first: int, last: int, harm: int) -> Iterator[Party]:
    """Read "by …" behind the words of harm, and a second group that "and" joins to it."""
    stop = min(last, harm + _AGENT)
    if words.by.firsts.isdisjoint(view.folded[harm:stop]):  # mostly
        return
    near = range(harm, stop)
    stop = next((k for k in near if view.words[k] in _SEMICOLONS or view.folded[k] in words.parting), stop)
    for hit in words.by.find(view.folded, harm, stop):
        group = group_from(view, words, hit.last + 1, last) if hit.sense else None
        if group is not None and is_of_a_part(view, words, hit.first - 1, harm):
            continue
        if group is not None:
            yield party_of(view, words, *group, first)
            if group[1] + 2 < last and view.folded[group[1] + 1] in words.links:
                second = group_from(view, words, group[1] + 2, last)
                if second is not None and second[0] == group[1] + 2:
                    yield party_of(view, words, *second, first)
            return


def _blamed(view: View, words: Acting, first: int, last: int) -> Iterator[Party]:
    """Read "which officials attributed to X", "men believed to belong to X"."""
    for hit in words.blaming.find(view.folded, first, last):
        group = group_from(view, words, hit.last + 1, last)
        if group is not None:
            yield party_of(view, words, *group, first, "alleged")
            return


def _owner(
    view: View,
    words: Acting,
    first: int,
    last: int,
    start: int,
    end: int,
    harmed: Sequence[Stretch],
    active: bool,
    scene: str | None,
) -> Iterator[Party]:
    """Read "Israeli airstrikes", "RSF shelling": the owner of the attack that stands nearest to the claim.

    Of an active verb it is not who does something behind it ("killed two women before officers shot him"), nor who did
    what is told before an "and" ("one was shot dead by police and the other set off a bomb, killing two").
    """
    harm = view.word_at(start)
    behind = view.word_at(end - 1)
    if active and not words.parting.isdisjoint(view.folded[behind:last]):
        last = next(k for k in range(behind, last) if view.folded[k] in words.parting)
    hits = sorted(words.attack.find(view.folded, first, last), key=lambda h: _gap(view, h, start, end))
    for hit in hits[:4]:
        doer = group_to(view, words, hit.first - 1, first) if hit.first > first else None
        if doer is not None and opens(view, words, doer[0], first):  # "when police opened fire"
            if active and view.starts[hit.first] >= end:
                continue
            yield party_of(view, words, *doer, first)
            return
        if 0 <= harm - hit.last <= _ADJOINING:  # "armed men burst in and shot ten people dead"
            doers = list(subjects(view, words, first, hit.first, harmed, None))
            if doers:
                yield from doers
                return
        owner = owner_before(view, words, hit.first, first, scene)
        if owner is not None and (owner[1] + 1 == hit.first or view.folded[hit.first] not in words.finite):
            yield from _joined_to(view, words, owner, first)
            yield party_of(view, words, *owner, first)
            return
        by = words.by.at(view.folded, hit.last + 1, last) if hit.last + 1 < last else None
        if by is not None:
            group = group_from(view, words, by.last + 1, last)
            deed = view.folded[hit.first] in words.harming
            between = view.folded[group[1] : harm] if deed and group is not None else ()
            apart = not (words.links.isdisjoint(between) and words.unclear.isdisjoint(between))
            if group is not None and not apart:
                yield party_of(view, words, *group, first)
                return


def _joined_to(view: View, words: Acting, owner: Stretch, first: int) -> Iterator[Party]:
    """Read other owners that "and" joins to the one before an attack: "Saudi, Qatari and Emirati airstrikes"."""
    k = owner[0] - 2
    if k < first or view.folded[k + 1] not in words.links:
        return
    while k >= first:
        begin = next(
            (i for i in range(max(first, k - _ADJOINING), k + 1) if _is_owner(view, words, i, k)), None
        )
        if begin is None:
            return
        yield party_of(view, words, begin, k, first)
        if begin - 2 < first or view.words[begin - 1] != ",":
            return
        k = begin - 2


def _is_owner(view: View, words: Acting, i: int, k: int) -> bool:
    """Tell whether words i..k are one name of those who own arms."""
    hit = as_name(view, words, words.owners.at(view.folded, i, k + 1)) if view.words[i][0].isupper() else None
    return hit is not None and hit.last == k


def _attackers_here(
    view: View, words: Acting, first: int, last: int, harmed: Sequence[Stretch]
) -> Iterator[Party]:
    """Read whose attack the sentence itself tells: "12 were killed when members of the RSF, in cars, stormed the town".

    And whose weapon it was, however far behind: "when their bus, on its way home, ran over a mine laid by rebels".
    """
    for party in (*_assailants(view, words, first, last), *_layers(view, words, first, last)):
        victims = harmed_words(view, harmed, first, last)
        if not inside(party, harmed) and may_have_harmed(view, words, party, victims):
            yield party


def _layers(view: View, words: Acting, first: int, last: int) -> Iterator[Party]:
    """Read who laid or threw what harmed people: "a mine planted by"."""
    for hit in words.laid_by.find(view.folded, first, last):
        group = group_from(view, words, hit.last + 1, last)
        if group is not None:
            yield party_of(view, words, *group, first)
            return


def _told_beside(
    view: View, words: Acting, first: int, last: int, harmed: Sequence[Stretch], told: Stretch
) -> Iterator[Party]:
    """Take the attackers of the sentence before or behind, in its paragraph, for what one tells without a means of its own.

    "Attackers opened fire on the town hall. The mayor and six policemen were killed." The verb of harm itself ("shot
    dead") and a means told of before ("in the blast") are none; `told` are the characters of the harm.
    """
    index = view.sentence_at(first)
    if any(words.apart.find(view.folded, first, last)):
        return
    for begin, end in _beside(view, words, index):
        attacks = words.attack.find(view.folded, first, last) if end <= first else ()
        if any(_is_new(view, words, hit, told) for hit in attacks):
            continue  # an attack told for the first time is none of the sentence before
        told_by = (_attackers(view, words, begin, end), _assailants(view, words, begin, end))
        for found in (*told_by, _blamed(view, words, begin, end)):
            doers = list(found)
            if doers:
                victims = harmed_words(view, harmed, first, last)
                yield from (p for p in doers if may_have_harmed(view, words, p, victims))
                return


def _beside(view: View, words: Acting, index: int) -> Iterator[Stretch]:
    """Yield the sentences beside one in its paragraph that may tell of an attack, the one behind if it harms nobody."""
    (first, last), tells = view.sentences[index], words.told_beside.within  # most do not
    if index:
        begin, end = view.sentences[index - 1]
        if "\n" not in view.text[view.ends[end - 1] : view.starts[first]] and tells(view.folded, begin, end):
            yield begin, end
    if index + 1 < len(view.sentences):
        begin, end = view.sentences[index + 1]
        if "\n" in view.text[view.ends[last - 1] : view.starts[begin]] or not tells(view.folded, begin, end):
            return
        told = view.folded[begin:end]
        harmless = words.harming.isdisjoint(told) and words.events.isdisjoint(
            w for w in told if w not in words.definite
        )
        if harmless and not any(words.apart.find(view.folded, begin, end)):
            yield begin, end


def _is_new(view: View, words: Acting, means: Hit[bool], told: Stretch) -> bool:
    """Tell whether a means is neither the verb of the harm told nor one that a "the" says to be known: "in the blast"."""
    a, b = view.starts[means.first], view.ends[means.last]
    if told[0] <= a and b <= told[1] and view.folded[means.first] in words.harming:
        return False
    return means.first == 0 or view.folded[means.first - 1] not in words.definite


def _attackers(view: View, words: Acting, begin: int, end: int) -> Iterator[Party]:
    """Read who stands right before a means: "attackers opened fire"."""
    for hit in words.means.find(view.folded, begin, end):
        group = group_to(view, words, hit.first - 1, begin) if hit.first > begin else None
        if group is not None and opens(view, words, group[0], begin):
            yield party_of(view, words, *group, begin)
            return


def _assailants(view: View, words: Acting, begin: int, end: int) -> Iterator[Party]:
    """Read whose attack a verb tells: "herders attacked the village", "it was attacked by herders", "came under fire from"."""
    for under in words.fire_from.find(view.folded, begin, end):
        group = group_from(view, words, under.last + 1, end)
        if group is not None:
            yield party_of(view, words, *group, begin)
            return
    for verb in words.attacking.find(view.folded, begin, end):
        passive = verb.first > begin and view.folded[verb.first - 1] in words.stops
        by = _agents(view, words, begin, end, verb.last)
        found = list(by if passive else subjects(view, words, begin, verb.first, (), None))
        if found:
            yield from (p for p in found if not _only_where(view, words, p))
            return


def _only_where(view: View, words: Acting, party: Party) -> bool:
    """Tell whether a land before a comma only says where it was: "in central Israel, a man attacked"."""
    acts = words.actors.get(view.folded[view.word_at(party.end - 1)]) is not None
    return not acts and view.text[party.end : party.end + 1] == ","


def _opposed(view: View, words: Acting, first: int, last: int) -> Iterator[Party]:
    """Read "clashes between X and Y", "clashes with X": they are implied, none is said to have done it."""
    for hit in (h for h in words.between.find(view.folded, first, last) if h.sense):
        one = group_from(view, words, hit.last + 1, last)
        joined = one is not None and one[1] + 2 < last and view.folded[one[1] + 1] in words.links
        two = group_from(view, words, one[1] + 2, last) if one is not None and joined else None
        if two is not None and (view.words[two[0]][0].isdecimal() or view.folded[two[0]] in words.counts):
            return  # "between armed groups and 16 leaders were threatened"
        if one is not None and two is not None:
            yield party_of(view, words, *one, first, "implied")
            yield party_of(view, words, *two, first, "implied")
            return
        owners = words.owners.find(view.folded, hit.last + 1, min(last, hit.last + 20))
        found = [h for h in owners if as_name(view, words, h)][:2]
        if len(found) > 1 and found[0].first - hit.last <= _CLOSE:  # not "between A and B, near …"
            yield from (party_of(view, words, h.first, h.last, first, "implied") for h in found)
        return
    for hit in words.against.find(view.folded, first, last):
        group = group_from(view, words, hit.last + 1, last)
        if group is not None:
            yield party_of(view, words, *group, first, "implied")
        return


def background_means(pack: Pack) -> Sequence[str]:
    """Return the means that set a claim apart from the conflict: disease, accident, natural disaster."""
    kinds: Sequence[str] = pack.parts["means"].get("background", {}).get("kinds", ())
    return kinds
