"""subjects: a verb of harm -> its subject: who is said to have done it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tollbook.grammar.view import View
from tollbook.model.claim import Party
from tollbook.stages._acting import Acting, Stretch, group_from, group_to, party_of, with_body
from tollbook.world.parties import is_armed_force

_SUBJECT = 34  # words between a subject and its verb
_CLAUSE = (
    14  # words between the pronoun of a clause and a second verb of it: "who stormed the town and killed 12"
)
_SAID = 4  # words between "who" and those who say what he did
_OF_WHOM = 2  # words from a part to the pronoun that ties it to its whole
_ANSWERS = 6  # words from "responsible" to the deaths: "for the killing of at least"
_ADVERB = 2  # words from the comma before a participle: ", reportedly killing"
_ASIDE = 14  # words between the commas around what is told of a subject
_ANTECEDENT = 5  # words between people and the clause about them: "men on motorcycles who"


def own_subject(
    view: View, words: Acting, first: int, harm: int, harmed: Sequence[Stretch], speaker: Stretch | None
) -> tuple[Party, ...] | None:
    """Return the doer where a clause has a pronoun for its subject, nobody where it is no known one; None for no such clause.

    "Soldiers shot a gunman who had killed three farmers": the gunman. "Police shot a man after he stabbed a teacher": no
    one, and not the police.
    """
    passive = _passive_subject(view, words, first, harm)
    if passive is not None:
        return passive
    for k in range(harm - 1, max(first, harm - _CLAUSE) - 1, -1):
        word = view.folded[k]
        if word in words.whose_deed:
            # "fired at marchers who stormed the hall, killing five": what follows the comma may be the main verb's
            apart = "," in view.words[k:harm] and not _harmed_at(view, k - 1, harmed)
            doers = _antecedent(view, words, first, k)
            return None if apart and not _attack(view, words, doers) else doers
        if word in words.persons:
            begin = next((i + 1 for i in range(k, first, -1) if view.words[i] in ";:"), first)
            return () if any(_is_people(view, words, i, begin) for i in range(begin, k)) else None
        if word in words.several:
            return None if speaker is not None else _told_last(view, words, first, k, harmed)
        if word in words.said:  # "a man who they said had stabbed two people"
            who = _who_before(view, words, max(first, k - _SAID), k)
            return None if who < 0 else _antecedent(view, words, first, who)
        if (
            (word in words.openers and word not in words.links)
            or view.words[k] in ".;:"
            or (
                word in words.ends
                and (group := group_to(view, words, k, first)) is not None
                and opens(view, words, group[0], first)
            )
        ):
            return None
    return None


def _passive_subject(view: View, words: Acting, first: int, harm: int) -> tuple[Party, ...] | None:
    """Return whom "after killing" means where something was done to the subject by others; nobody where he is not known.

    "The gunman was shot by police after killing two": the gunman. None where nothing was done "by" anybody.
    """
    i = harm - 1
    while i > first and view.folded[i] in words.helpers:
        i -= 1
    if i <= first or view.folded[i] not in words.unclear:
        return None
    done_by = (
        h for h in words.by.find(view.folded, first, i) if h.sense and group_from(view, words, h.last + 1, i)
    )
    agent = next(done_by, None)
    if agent is None:
        return None
    groups = (group_to(view, words, k, first) for k in range(first, agent.first))
    group = next((g for g in groups if g is not None and opens(view, words, g[0], first)), None)
    return () if group is None else (party_of(view, words, *group, first),)


def _attack(view: View, words: Acting, doers: Sequence[Party] | None) -> bool:
    """Tell whether the word for people says that they attack: "police look for gunmen who stormed the hall, killing five"."""
    nouns = (words.people.get(view.folded[view.word_at(p.end - 1)]) for p in doers or ())
    return any(noun is not None and noun.attacker for noun in nouns)


def _who_before(view: View, words: Acting, first: int, end: int) -> int:
    """Return the last word of first..end (end excluded) that opens a clause about people, -1 for none."""
    return next((i for i in range(end - 1, first - 1, -1) if view.folded[i] in words.whose_deed), -1)


def _is_people(view: View, words: Acting, k: int, first: int) -> bool:
    return words.people.get(view.folded[k]) is not None or group_to(view, words, k, first) is not None


def _told_last(
    view: View, words: Acting, first: int, they: int, harmed: Sequence[Stretch]
) -> tuple[Party, ...] | None:
    """Return whom "they" means: the last acting group before where something was done to it, else the only subject.

    Nobody where it may be another, None where there is none.
    """
    groups = [g for k in range(first, they) if (g := group_to(view, words, k, first)) is not None]
    if not groups:
        return None
    last = party_of(view, words, *groups[-1], first)
    if inside(last, harmed):
        return (last,)
    subjects_told = {g[0]: g for g in groups if opens(view, words, g[0], first)}
    unclear = view.folded[they - 1] in words.unclear and len({g[0] for g in groups}) > 1
    if unclear or len(subjects_told) != 1:
        return ()
    return tuple(party_of(view, words, *g, first) for g in subjects_told.values())


def _antecedent(view: View, words: Acting, first: int, relative: int) -> tuple[Party, ...] | None:
    """Return the people right before "who", as a party where they are one who acts; nobody where others do: "who it says …"."""
    they_say = view.folded[relative + 2 : relative + 3]
    if view.folded[relative + 1] in words.pronouns and words.said.isdisjoint(they_say):
        return ()
    for k in range(relative - 1, max(first, relative - _ANTECEDENT) - 1, -1):
        group = group_to(view, words, k, first)
        if group is not None:
            return (party_of(view, words, *group, first),)
        if words.people.get(view.folded[k]) is not None:
            return ()
    return ()


def subjects(
    view: View, words: Acting, first: int, harm: int, harmed: Sequence[Stretch], speaker: Stretch | None
) -> Iterator[Party]:
    """Read the actor before an active verb: the nearest that opens a clause, is harmed by nobody and does not speak."""
    i = harm - 1
    while i >= first and view.folded[i] in words.helpers:
        i -= 1
    if i >= first and view.folded[i] in words.pronouns:
        spoken = list(_speaking(view, words, speaker))
        if spoken or not _told_by_some(view, words, first, i):
            yield from spoken or _doer_before(view, words, first)
        return
    for k in range(i, max(first, harm - _SUBJECT) - 1, -1):
        group = group_to(view, words, k, first) if view.folded[k] in words.ends else None
        if (
            group is None
            or _speaks(view, words, group[1], harm)
            or _of_several_lands(view, words, group, harm)
        ):
            continue
        group = _with_members(view, words, group[0], first), with_body(view, words, group[1], harm)
        party = party_of(view, words, *group, first)
        if inside(party, harmed):
            continue
        before = _joined_before(view, words, group, first)
        if before is not None and opens(view, words, before[0], first):
            yield party_of(view, words, *before, first)
            yield party
            return
        if before is not None and _behind_preposition(view, words, before[0], first):
            continue  # "clashes between the army and rebels killed …"
        scene = group[1] == harm - 1 and (
            _is_scene(view, words, group[0], first) or _deed_by(view, words, group[0], first, harm)
        )
        if scene or opens(view, words, group[0], first):  # "scenes of gunmen executing …"
            deed = _deed_before(view, words, group, first, harm)
            if deed:
                continue  # "rebels attacked a post when soldiers were asleep, killing 12"
            if deed is not None:
                return  # "the bomb went off as troops were passing, killing four"
            yield party
            return
    if not words.pronouns.isdisjoint(view.folded[max(first, harm - _SUBJECT) : harm]):
        spoken = list(_speaking(view, words, speaker))  # "said it had retaken the town, killing …"
        yield from spoken or (
            _doer_before(view, words, first) if view.folded[first] in words.pronouns else ()
        )


def _joined_before(view: View, words: Acting, group: Stretch, first: int) -> Stretch | None:
    """Return the group that "and" joins to one: "Ethiopian and Eritrean soldiers"."""
    k = group[0] - 2
    if k < first or view.folded[k + 1] not in words.links:
        return None
    before = group_to(view, words, k, first)
    owner = before is None and words.owners.at(view.folded, k, k + 1) is not None
    return (k, k) if owner else before


def before_part(view: View, words: Acting, behind: int, last: int) -> int:
    """Return where what is told of a claim that ends at word `behind` ends: "40 died, 12 of whom the army shot"."""
    if words.whom.isdisjoint(view.folded[behind + _OF_WHOM + 1 : last]):  # most
        return last
    parts = (k - 1 for k in range(behind + _OF_WHOM + 1, last) if view.folded[k] in words.whom)
    part = next((k for k in parts if view.folded[k] in words.of), last)
    return (
        last if "," in view.words[part:last] else part
    )  # "…, 12 of whom were children, in raids by the army"


def is_of_a_part(view: View, words: Acting, k: int, harm: int) -> bool:
    """Tell whether "by" stands right behind another figure, whose doer it tells: "40 were killed, including 12 by the army"."""
    return k > harm and (view.words[k][0].isdecimal() or view.folded[k] in words.counts)


def answering(view: View, words: Acting, first: int, harm: int, harmed: Sequence[Stretch]) -> Iterator[Party]:
    """Read who is called responsible right before deaths: "the army was responsible for the deaths of 12"."""
    for k in range(harm - 1, max(first, harm - _ANSWERS), -1):
        if view.folded[k] not in words.answering:
            continue
        if view.folded[k - 1] in words.stops:
            yield from subjects(view, words, first, k - 1, harmed, None)
        else:  # "holds the army responsible for"
            group = group_to(view, words, k - 1, first)
            if group is not None:
                yield party_of(view, words, *group, first, "alleged")
        return


def _told_by_some(view: View, words: Acting, first: int, pronoun: int) -> bool:
    """Tell whether a party speaks before a pronoun of its sentence, which may mean it: "the ELN said that it blew up"."""
    groups = (group_to(view, words, k, first) for k in range(first, pronoun))
    return any(g is not None and _speaks(view, words, g[1], pronoun) for g in groups)


def _of_several_lands(view: View, words: Acting, group: Stretch, harm: int) -> bool:
    """Tell whether a group is the first of several lands that own what follows: "Israeli, American and British airstrikes"."""
    land = words.lands.at(view.folded, group[0], group[1] + 1)
    k = group[1] + 1
    return (
        land is not None and land.last == group[1] and k + 1 < harm
        and (view.words[k] == "," or view.folded[k] in words.links)
        and words.lands.at(view.folded, k + 1, harm) is not None
    )  # fmt: skip


def _with_members(view: View, words: Acting, begin: int, first: int) -> int:
    """Return the first word of a group with those of it who act: "members of the X gang", "fighters of the group X"."""
    named = group_to(view, words, begin - 1, first) if begin > first else None
    begin = begin if named is None else named[0]
    k = begin - 1
    while k > first and words.determiners.get(view.folded[k]) is not None:
        k -= 1
    if k <= first or view.folded[k] not in words.of:
        return begin
    members = group_to(view, words, k - 1, first)
    return begin if members is None else members[0]


def _doer_before(view: View, words: Acting, first: int) -> Iterator[Party]:
    """Take the subject of the sentence before for whom "they" means: the first group there that opens a clause."""
    index = view.sentence_at(first)
    begin, end = view.sentences[index - 1] if index else (0, 0)
    for k in range(begin, min(end, begin + _SUBJECT)):
        group = group_to(view, words, k, begin)
        if (
            group is not None
            and opens(view, words, group[0], begin)
            and not _speaks(view, words, group[1], end)
        ):
            yield party_of(view, words, group[0], with_body(view, words, group[1], end), begin)
            return


def opens(view: View, words: Acting, begin: int, first: int) -> bool:
    """Tell whether a group may be a subject: it begins a clause or stands behind a name or a time."""
    k = begin - 1
    while k >= first and (
        words.determiners.get(view.folded[k]) is not None or view.folded[k] in words.counts
    ):
        k -= 1
    if k < first or view.folded[k] in words.openers or not view.words[k][0].isalpha():
        return True
    if view.words[k][0].isupper():
        return view.folded[k] not in words.stops
    # an adjective nobody listed, behind a figure: "some 800 leftist guerrillas"
    return k > first and view.words[k - 1][0].isdecimal() and view.folded[k] not in words.stops


def _deed_before(view: View, words: Acting, group: Stretch, first: int, harm: int) -> bool | None:
    """Tell whether somebody before a clause of when or where attacks, where its subject does nothing that harms; else None."""
    k = group[0] - 1
    while k > first and (
        words.determiners.get(view.folded[k]) is not None
        or view.folded[k] in words.counts
        or view.words[k][0].isdecimal()
    ):
        k -= 1
    if k <= first or view.folded[k] not in words.beside or _strikes(view, words, group[1], harm):
        return None
    return any(words.attacking.find(view.folded, first, k))


def _strikes(view: View, words: Acting, end: int, harm: int) -> bool:
    """Tell whether a subject that ends at a word does something that may harm people, before a participle behind a comma."""
    verb = view.folded[harm]
    participle = verb in words.harming and verb not in words.finite
    if not participle or "," not in view.words[harm - _ADVERB : harm]:
        return True  # its own verb: "when soldiers killed 12"
    told = view.folded[end + 1 : harm]
    return (
        any(words.attacking.find(view.folded, end + 1, harm))
        or not words.striking.isdisjoint(told)
        or not words.harming.isdisjoint(told)
    )


def _behind_preposition(view: View, words: Acting, begin: int, first: int) -> bool:
    """Tell whether a group stands behind a preposition: it and what "and" joins to it are no subjects."""
    k = begin - 1
    while k >= first and words.determiners.get(view.folded[k]) is not None:
        k -= 1
    return k >= first and view.folded[k] in words.stops and view.folded[k] not in words.openers


def _is_scene(view: View, words: Acting, begin: int, first: int) -> bool:
    """Tell whether a group is what pictures or reports are of: "scenes of gunmen executing …"."""
    return (
        begin - 2 >= first and view.folded[begin - 1] in words.of and view.folded[begin - 2] in words.scenes
    )


def _deed_by(view: View, words: Acting, begin: int, first: int, harm: int) -> bool:
    """Tell whether a group is whose deed a noun tells: "attacks by the army killed 12"."""
    k = begin - 1
    while k > first and words.determiners.get(view.folded[k]) is not None:
        k -= 1
    by = words.by.at(view.folded, k, begin) if k > first and view.folded[harm] in words.harming else None
    return by is not None and by.sense and view.folded[k - 1] in words.deeds


def _speaks(view: View, words: Acting, last: int, harm: int) -> bool:
    """Tell whether a group is followed by a verb of speech before anything else: "the army said rebels …", or by a colon.

    What stands between commas is passed over: "the army, which fights rebels there, said a bomb …".
    """
    for k in range(last + 1, min(last + 4, harm)):
        if view.words[k] == "," and k == last + 1:
            end = next((i for i in range(k + 1, min(k + _ASIDE, harm - 1)) if view.words[i] == ","), harm)
            return end + 1 < harm and view.folded[end + 1] in words.said
        if not view.words[k][0].isalpha():
            return view.words[k] == ":"
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


def _harmed_at(view: View, word: int, harmed: Sequence[Stretch]) -> bool:
    """Tell whether a word stands among people who were harmed."""
    return word >= 0 and any(a <= view.starts[word] < b for a, b in harmed)


def inside(party: Party, harmed: Sequence[Stretch]) -> bool:
    """Tell whether a party is among those who were harmed."""
    before = bisect_left(harmed, (party.end,)) - 1  # the last that begins before the party ends
    return before >= 0 and party.start < harmed[before][1]


def harmed_words(view: View, harmed: Sequence[Stretch], first: int, last: int) -> Sequence[str]:
    """Return the folded words of the people that a sentence counts as harmed."""
    begin, end = view.starts[first], view.ends[last - 1]
    here = ((view.word_at(a), view.word_at(b - 1)) for a, b in harmed if begin <= a < end)
    return [word for a, b in here for word in view.folded[a : b + 1]]


def may_have_harmed(view: View, words: Acting, party: Party, victims: Sequence[str]) -> bool:
    """Tell whether people can be victims of a party, and are not its own or of its kind."""
    # "gunmen attacked a post. Three gunmen were killed"
    if view.folded[view.word_at(party.end - 1)] in victims:
        return False
    nouns = [n for word in victims if (n := words.people.get(word)) is not None]
    fighters = any(n.attacker or n.status == "armed_group" for n in nouns)
    return not fighters or is_armed_force(party.name)
