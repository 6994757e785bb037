"""blame: around the words of a claim -> who is said to have done it, and with what."""

from bisect import bisect_left
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
    distinct,
    group_from,
    group_to,
    owner_before,
    party_of,
    with_body,
)

_NEARBY = 80  # words on each side of a claim: no sentence of prose is longer
_AGENT = 14  # words between harm and "by"
_SUBJECT = 34  # words between a subject and its verb
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
    hits = sorted(words.means.find(view.folded, first, last), key=lambda h: _gap(view, h, start, end))
    found: dict[str, Means] = {}
    for hit in hits[:6]:
        if hit.sense not in found:
            a, b = view.starts[hit.first], view.ends[hit.last]
            found[hit.sense] = Means(view.text[a:b], a, b, hit.sense)
    return tuple(found.values())[:_MOST]


def _around(view: View, start: int, end: int) -> Stretch:
    """Return the words of the sentence of text[start:end], of an endless one only those near."""
    word = view.word_at(start)
    first, last = view.sentences[view.sentence_at(word)]
    return max(first, word - _NEARBY), min(last, view.word_at(max(start, end - 1)) + _NEARBY)


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
) -> tuple[Party, ...]:
    """Return who is said to have done what text[start:end] tells: agents, subjects, owners of attacks.

    `harmed` are the stretches of all people that the sentence counts as harmed, who are nobody's killers here, in order
    and none over another; `active`
    says that the words of harm are a verb with a subject before it; `speaker` is who gave the figure, whom "it" means.
    """
    words = acting_of(pack)
    first, last = _around(view, start, end)
    harm = view.word_at(start)
    found = list(_agents(view, words, first, last, view.word_at(max(start, end - 1))))
    active = active and view.folded[harm] not in words.events  # "recovered the bodies of 12"
    if active and not found:
        found = list(_subjects(view, words, _clause(view, words, first, harm), harm, harmed, speaker))
    if not found:
        found = list(_blamed(view, words, first, last)) or list(
            _owner(view, words, first, last, start, end, harmed)
        )
    if not found:
        found = list(_opposed(view, words, first, last))
    if not found and not active:
        found = list(_told_before(view, words, first, last))
    return tuple(distinct(p for p in found if not _inside(p, harmed)))


def _clause(view: View, words: Acting, first: int, harm: int) -> int:
    """Return the word behind the last semicolon before a word of harm, where somebody only speaks before it."""
    end = next((k for k in range(harm - 1, first - 1, -1) if view.words[k] in ";؛"), None)
    return first if end is None or words.said.isdisjoint(view.folded[first:end]) else end + 1


def party_at(view: View, pack: Pack, first: int, last: int) -> tuple[Party, ...]:
    """Return the party that words first..last name, both included: the first cell of a table of those who did it."""
    return (party_of(view, acting_of(pack), first, last, first),)


def _inside(party: Party, harmed: Sequence[Stretch]) -> bool:
    before = bisect_left(harmed, (party.end,)) - 1  # the last that begins before the party ends
    return before >= 0 and party.start < harmed[before][1]


def _agents(view: View, words: Acting, first: int, last: int, harm: int) -> Iterator[Party]:
    """Read "by …" behind the words of harm, and a second group that "and" joins to it."""
    stop = min(last, harm + _AGENT)
    stop = next(
        (k for k in range(harm, stop) if view.words[k] in ";؛" or view.folded[k] in words.parting), stop
    )
    for hit in words.by.find(view.folded, harm, stop):
        group = group_from(view, words, hit.last + 1, last) if hit.sense else None
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


def _subjects(
    view: View, words: Acting, first: int, harm: int, harmed: Sequence[Stretch], speaker: Stretch | None
) -> Iterator[Party]:
    """Read the actor before an active verb: the nearest that opens a clause, is harmed by nobody and does not speak."""
    i = harm - 1
    while i >= first and view.folded[i] in words.helpers:
        i -= 1
    if i >= first and view.folded[i] in words.pronouns:
        spoken = list(_speaking(view, words, speaker))
        yield from spoken or _doer_before(view, words, first)
        return
    for k in range(i, max(first, harm - _SUBJECT) - 1, -1):
        group = group_to(view, words, k, first)
        if group is None or _speaks(view, words, group[1], harm):
            continue
        group = group[0], with_body(view, words, group[1], harm)
        party = party_of(view, words, *group, first)
        if _inside(party, harmed):
            continue
        joined = group[0] - 2 if group[0] - 2 >= first and view.folded[group[0] - 1] in words.links else None
        before = group_to(view, words, joined, first) if joined is not None else None
        if (
            before is None
            and joined is not None
            and words.owners.at(view.folded, joined, joined + 1) is not None
        ):
            before = joined, joined  # "Ethiopian and Eritrean soldiers"
        if before is not None and _opens(view, words, before[0], first):
            yield party_of(view, words, *before, first)
            yield party
            return
        scene = group[1] == harm - 1 and group[0] > first and view.folded[group[0] - 1] in words.of
        if scene or _opens(view, words, group[0], first):  # "scenes of gunmen executing …"
            yield party
            return
    if not words.pronouns.isdisjoint(view.folded[max(first, harm - _SUBJECT) : harm]):
        spoken = list(_speaking(view, words, speaker))  # "said it had retaken the town, killing …"
        yield from spoken or (
            _doer_before(view, words, first) if view.folded[first] in words.pronouns else ()
        )


def _doer_before(view: View, words: Acting, first: int) -> Iterator[Party]:
    """Take the subject of the sentence before for whom "they" means: the first group there that opens a clause."""
    index = view.sentence_at(first)
    begin, end = view.sentences[index - 1] if index else (0, 0)
    for k in range(begin, min(end, begin + _SUBJECT)):
        group = group_to(view, words, k, begin)
        if (
            group is not None
            and _opens(view, words, group[0], begin)
            and not _speaks(view, words, group[1], end)
        ):
            yield party_of(view, words, *group, begin)
            return


def _opens(view: View, words: Acting, begin: int, first: int) -> bool:
    """Tell whether a group may be a subject: it begins a clause or stands behind a name or a time."""
    k = begin - 1
    while k >= first and words.determiners.get(view.folded[k]) is not None:
        k -= 1
    if k < first or view.folded[k] in words.openers or not view.words[k][0].isalpha():
        return True
    return view.words[k][0].isupper() and view.folded[k] not in words.stops


def _speaks(view: View, words: Acting, last: int, harm: int) -> bool:
    """Tell whether a group is followed by a verb of speech before anything else: "the army said rebels …"."""
    for k in range(last + 1, min(last + 4, harm)):
        if not view.words[k][0].isalpha():
            return False
        if view.folded[k] in words.said:
            return True
    return False


def _speaking(view: View, words: Acting, speaker: Stretch | None) -> Iterator[Party]:
    """Take the speaker of "it had killed" for the one who killed, where he is one who acts."""
    if speaker is None:
        return
    a, b = view.word_at(speaker[0]), view.word_at(speaker[1] - 1)
    for k in range(b, a - 1, -1):
        group = group_to(view, words, k, a)
        if group is not None:
            yield party_of(view, words, *group, a)
            return


def _owner(
    view: View, words: Acting, first: int, last: int, start: int, end: int, harmed: Sequence[Stretch]
) -> Iterator[Party]:
    """Read "Israeli airstrikes", "RSF shelling": the owner of the attack that stands nearest to the claim."""
    hits = sorted(words.attack.find(view.folded, first, last), key=lambda h: _gap(view, h, start, end))
    for hit in hits[:4]:
        doer = group_to(view, words, hit.first - 1, first) if hit.first > first else None
        if doer is not None and _opens(view, words, doer[0], first):  # "when police opened fire"
            yield party_of(view, words, *doer, first)
            return
        if 0 <= view.word_at(start) - hit.last <= _ADJOINING:  # "armed men burst in and shot ten people dead"
            subjects = list(_subjects(view, words, first, hit.first, harmed, None))
            if subjects:
                yield from subjects
                return
        owner = owner_before(view, words, hit.first, first)
        if owner is not None:
            yield party_of(view, words, *owner, first)
            return
        by = words.by.at(view.folded, hit.last + 1, last) if hit.last + 1 < last else None
        if by is not None:
            group = group_from(view, words, by.last + 1, last)
            if group is not None:
                yield party_of(view, words, *group, first)
                return


def _told_before(view: View, words: Acting, first: int, last: int) -> Iterator[Party]:
    """Take the attackers of the sentence before, in its paragraph, for what this one tells without a means of its own.

    "Attackers opened fire on the town hall. The mayor and six policemen were killed."
    """
    index = view.sentence_at(first)
    if not index or any(words.attack.find(view.folded, first, last)):
        return
    begin, end = view.sentences[index - 1]
    if "\n" in view.text[view.ends[end - 1] : view.starts[first]]:
        return
    for hit in words.means.find(view.folded, begin, end):
        group = group_to(view, words, hit.first - 1, begin) if hit.first > begin else None
        if group is not None and _opens(view, words, group[0], begin):
            yield party_of(view, words, *group, begin)
            return


def _opposed(view: View, words: Acting, first: int, last: int) -> Iterator[Party]:
    """Read "clashes between X and Y", "clashes with X": they are implied, none is said to have done it."""
    for hit in (h for h in words.between.find(view.folded, first, last) if h.sense):
        one = group_from(view, words, hit.last + 1, last)
        joined = one is not None and one[1] + 2 < last and view.folded[one[1] + 1] in words.links
        two = group_from(view, words, one[1] + 2, last) if one is not None and joined else None
        if one is not None and two is not None:
            yield party_of(view, words, *one, first, "implied")
            yield party_of(view, words, *two, first, "implied")
            return
        found = list(words.owners.find(view.folded, hit.last + 1, min(last, hit.last + 20)))[:2]
        if len(found) > 1:
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
