"""weigh: drafts -> what kind of telling each is: asserted, feared, denied …; listed, updated, in all, apart."""

from collections.abc import Sequence, Set

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Hit
from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.claim import Claim, Modality
from tollbook.model.made import changed
from tollbook.stages._by_own_hand import BY_OWN_HAND
from tollbook.stages._hands import hand_of
from tollbook.stages._hit_back import HIT_BACK
from tollbook.stages._weigh.cues import Cues, any_cue, cues_of
from tollbook.stages._weigh.own_setting import calling_of, is_dated, is_opened, is_received, setting_of
from tollbook.stages._weigh.uncounted import is_uncounted

_WITHIN = (
    "the wounded are",
    "of the dead",
    "are among the wounded",
)  # orders that tell of people counted already
_OF_TOLL = ("toll", "toll revised", "toll put at", "toll of what rose to")
_REVISED = "toll revised"  # of one word of toll an old figure and a new one
_CAME = ("came", "lodged")  # orders of those told to come: they are of those who fled
_NEAR = 3  # words before the word of harm that belong to its verb
_BEHIND = {
    "next": "apart",
    "earlier_behind": "earlier",
    "update_behind": "update",
    "seen": "seen",
}  # words that tell of what stands behind them
_TIMES = frozenset(("earlier", "update"))
_AT = {"earlier": "earlier", "earlier_behind": "earlier", "update": "update", "update_behind": "update"}
_BY_ITSELF = 3  # words of a sentence that is a figure and nothing else
_OF_HURT = 4  # words from a figure to the hurt it is some of: "three of the most badly hurt"; who of them died is another
_HELD = ("abducted", "detained")
_CODED = 3  # words between "coded" and the figure
_EARLIER = 8  # words before a figure in which it may be told as given earlier: "an earlier toll of 13"
_UPDATES = 6  # words behind a claim in which it may be told as newer: "141 were killed, up from 130"
_NEARBY = 80  # words on each side of a claim: no sentence of prose is longer
_AGENT = 4  # words behind a verb of harm in which "by" says who did it
_OPENED = 3  # words from a comma to the relative that opens an aside: ", including those who"
_COMMA = frozenset((",", "\N{ARABIC COMMA}"))
_UNSAID: frozenset[str | None] = frozenset()
_PUT = 3  # words from "put" to the words of a toll
_ANEW, _TOTAL = frozenset(("update", "toll")), frozenset(("total", "in_all"))
_APART = frozenset(("apart", "later", "turned", "also_then"))
_REACH = 9  # words before a claim that may still change it


def _around(view: View, draft: Draft) -> tuple[int, int]:
    """Return the words of a claim's sentence that can say something of it: of an endless one only those near."""
    first, last = view.sentences[draft.sentence]
    a, b = draft.first - _NEARBY, draft.last + _NEARBY
    return a if a > first else first, b if b < last else last


def _behind_aside(view: View, cues: Cues, draft: Draft) -> int:
    """Return the word behind what is told of people between commas, else 0: "a man, whose name was not given, was shot"."""
    commas = [k for k in range(draft.stated.last + 1, draft.harm_first) if view.folded[k] in _COMMA]
    opened = len(commas) > 1 and not cues.relative.isdisjoint(
        view.folded[commas[0] + 1 : commas[0] + 1 + _OPENED]
    )
    return commas[-1] + 1 if opened else 0


def cued(view: View, pack: Pack, drafts: Sequence[Draft]) -> set[int]:
    """Return the sentences of drafts in which a word stands that may change what a claim is: few."""
    every = any_cue(pack)
    told = {d.sentence for d in drafts}
    return {i for i in told if every.within(view.folded, *view.sentences[i])}


def modality_of(
    view: View, pack: Pack, draft: Draft, doer: int | None = None, *, spoken: bool = True
) -> Modality:
    """Tell how a claim is put forward, from the words before and among its own.

    `doer` is where the claim says who did it: "No civilians were killed by our forces" counts no dead, it denies the deed.
    `spoken` says that its sentence is `cued`.
    """
    cues = cues_of(pack)
    if draft.stated.kind == "none" and doer is not None:
        behind = view.folded[draft.harm_last + 1 : min(draft.harm_last + _AGENT, view.word_at(doer))]
        if doer > view.starts[draft.harm_last] and not cues.by.isdisjoint(behind):
            return "denied"
    if not spoken:
        return "asserted"
    first, last = view.sentences[draft.sentence]
    begin, until = draft.first, draft.last
    told = _behind_aside(view, cues, draft)
    for hit in cues.inside.find(view.folded, begin, min(until + 2, last)):
        # "did not survive" is a death
        own = hit.sense == "denied" and draft.harm_first <= hit.first and hit.last <= draft.harm_last
        if not own and not draft.stated.last < hit.first < told:
            return hit.sense  # type: ignore[return-value]  # the pack's keys are the modalities
    close = max(
        first,
        min(
            draft.harm_first - _NEAR,
            draft.stated.last + 1 if draft.stated.last < draft.harm_first else draft.harm_first,
        ),
    )
    for hit in cues.near.find(view.folded, max(close, draft.harm_first - 8, told), draft.harm_first):
        if not _is_month(view, hit, first):
            return hit.sense  # type: ignore[return-value]  # as above
    start = _stretch(view, pack, cues, draft, first)
    end = draft.harm_first if draft.harm_first > begin else begin
    found = [
        hit
        for hit in cues.before.find(view.folded, start, end)
        if not (draft.stated.last < hit.first < told)  # of the aside only
        and not (
            draft.stated.last < hit.first < draft.harm_first - _NEAR
        )  # "six people trying to leave were killed"
        and not (hit.sense == "estimated" and _of_other_number(view, hit, draft))
    ]
    if found:
        return found[-1].sense  # type: ignore[return-value]  # as above
    for hit in cues.sentence.find(view.folded, *_around(view, draft)):
        return hit.sense  # type: ignore[return-value]  # as above
    return "asserted"


def _stretch(view: View, pack: Pack, cues: Cues, draft: Draft, first: int) -> int:
    """Return the word from which words before a claim may change it: no other clause's, and none far away."""
    start, i = max(first, draft.first - _REACH), draft.first - 1
    if i > start and role.SIGNS.get(view.words[i]) == role.QUOTE and view.words[i - 1][-1].isalpha():
        i -= 1  # threatens to "slaughter" them; denied reports that "12 were killed"
    while i >= start:
        if view.folded[i] in cues.breaks:
            if not _lists(view, pack, cues, draft, i):
                return i + 1
            start = max(first, i - _REACH)
        i -= 1
    return start


def _lists(view: View, pack: Pack, cues: Cues, draft: Draft, k: int) -> bool:
    """Tell whether "and" right before a claim joins its people to others of one list: "a captain and a guard were killed"."""
    if k != draft.first - 1 or view.folded[k] not in cues.joins or draft.harm_first <= draft.stated.last:
        return False
    return people_of(pack).get(view.folded[k - 1]) is not None


def _of_other_number(view: View, hit: Hit[str], draft: Draft) -> bool:
    """Tell whether "an estimated" is said of another number than a claim's: "an estimated 800 rebels killed 43"."""
    k = hit.last + 1
    own = draft.stated.first <= k <= draft.stated.last
    return not own and k < draft.harm_first and view.words[k][0].isdecimal()


def _is_month(view: View, hit: Hit[str], first: int) -> bool:
    """Tell whether a word is no verb but a month: "In May, gunmen killed four", "ON 2 MAY GUNMEN KILLED FOUR"."""
    k = hit.first
    if k < hit.last or not view.words[k][0].isupper():  # most
        return False
    beside = view.words[max(first, k - 1)][0] + view.words[k + 1][0]
    return (k > first and view.words[k].istitle()) or any(map(str.isdecimal, beside))


def told_of(view: View, pack: Pack, claim: Claim, draft: Draft, *, spoken: bool = True) -> Told:
    """Add to a claim what its sentence, `cued` or not (`spoken`), tells of its place among the others: listed, apart, in all."""
    told = _told_of(view, pack, claim, draft, spoken)
    return changed(told, came=True) if draft.order in _CAME else told


def _told_of(view: View, pack: Pack, claim: Claim, draft: Draft, spoken: bool) -> Told:
    cues, setting, (first, last) = cues_of(pack), setting_of(view, pack, claim, draft), _around(view, draft)
    found, claim = _said_of(view, cues, claim, draft) if spoken else (_UNSAID, claim)
    return Told(
        claim,
        _group(draft, draft.again and _are_attackers(view, pack, draft)),
        draft.sentence,
        others=draft.others and not draft.reference,
        update=not _ANEW.isdisjoint(found) or draft.order in _OF_TOLL,
        total=not _TOTAL.isdisjoint(found),
        in_all="in_all" in found or _is_by_itself(draft, first, last),
        apart=_is_apart(view, pack, found, draft),
        attackers=_are_attackers(view, pack, draft),
        other_harm=draft.other_harm,
        earlier="earlier" in found and draft.order != _REVISED,
        revised="update" in found or draft.order == _REVISED,
        later="later" in found,
        put=draft.order in _OF_TOLL and _is_put(view, cues, draft),
        tabled=draft.table is not None,
        recounted=draft.order in _WITHIN,
        several="several" in found,
        also_then="also_then" in found,
        in_turn=_first_of(view, cues, draft) if "in_turn" in found else None,
        turned="turned" in found and "apart" not in found,
        coded=spoken and _is_coded(view, cues, draft),
        among="seen" in found or _is_among(view, cues, draft),
        rest=_is_rest(view, cues, draft),
        attacked=not cues.attacks.isdisjoint(view.folded[first : last + 1]),
        bodies=not cues.bodies.isdisjoint(view.folded[draft.first : draft.last + 1]),
        nation=_nation(view, cues, claim, draft),
        particular=_is_particular(view, pack, cues, draft),
        calling=calling_of(view, pack, claim, draft),
        new=view.folded[draft.stated.first] in cues.articles,
        another=draft.noun_first <= draft.noun_last and view.folded[draft.stated.first] in cues.others,
        placed=setting.placed,
        dated=is_dated(view, pack, claim, draft),
        filed=setting.filed,
        known=setting.known,
        received=spoken and is_received(view, pack, draft),
        spread=not cues.spread.isdisjoint(view.folded[first:last]),
        across=setting.across,
        opened=is_opened(view, pack, draft.sentence),
        hand=hand_of(view, pack, claim) if claim.by else "",
        definite=draft.reference or _is_definite(view, cues, draft),
        joined=_is_joined(view, cues, draft),
        plainly=view.folded[draft.harm_last] in cues.plain,
        also="also" in found and _APART.isdisjoint(found),
        companion=view.folded[first] in cues.his and _is_companion(draft, first),
    )


def _first_of(view: View, cues: Cues, draft: Draft) -> int | None:
    """Return where the first of several deeds is told, before what the next one did: "The first killed four; the second two"."""
    since = view.sentences[max(0, draft.sentence - 1)][0]
    told = (k for k in range(draft.first - 1, since - 1, -1) if view.folded[k] in cues.firsts)
    return next((view.starts[k] for k in told), None)


def _said_of(view: View, cues: Cues, claim: Claim, draft: Draft) -> tuple[Set[str | None], Claim]:
    """Return what the words of a sentence tell of a claim, and the claim: whom the report does not count are beside it."""
    hits = list(cues.told.find(view.folded, *_around(view, draft)))
    found = _senses(hits, draft)
    if "uncounted" in found and is_uncounted(view, cues, draft, hits):
        return found, changed(claim, scope="background")
    return found, claim


def _is_put(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether somebody put a toll at so many: "the front put the death toll in the raid at 40"."""
    return not cues.put.isdisjoint(view.folded[max(0, draft.first - _PUT) : draft.stated.first])


def _is_by_itself(draft: Draft, first: int, last: int) -> bool:
    """Tell whether a sentence is a figure and nothing else: "2 fatalities."."""
    return draft.order == "people" and last - first <= _BY_ITSELF


def _is_joined(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether "and" joins a claim's clause, with a noun for its people, to another before it."""
    told = draft.noun_first <= draft.noun_last
    k = min(draft.stated.first, draft.harm_first) - 1
    return told and k > view.sentences[draft.sentence][0] and view.folded[k] in cues.joins


def _is_apart(view: View, pack: Pack, found: Set[str | None], draft: Draft) -> bool:
    """Tell whether words set people apart from those told before; "also killed" does so of no person told by name.

    Those who did it ("both assailants") are none of the people of whom the report told before that they were killed.
    """
    if draft.order in _WITHIN:
        return False
    if draft.reference:
        who = view.folded[draft.noun_first : draft.noun_last + 1]
        if not cues_of(pack).doers.isdisjoint(who):
            return True
    also = "also" in found and not _is_named(view, pack, draft)
    return also or not _APART.isdisjoint(found)


def _is_companion(draft: Draft, first: int) -> bool:
    """Tell whether a sentence opens with one who belongs to somebody told before: "His driver was hurt"."""
    one = not draft.numbered and draft.stated.low == 1 and draft.noun_first <= draft.noun_last
    return one and min(draft.stated.first, draft.noun_first) <= first + 1


def _is_named(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether one person is told by name alone."""
    words = range(draft.stated.first, max(draft.stated.last, draft.noun_last) + 1)
    if draft.numbered or draft.stated.low != 1 or view.upper[draft.sentence]:
        return False
    return all(view.words[k][0].isupper() and people_of(pack).get(view.folded[k]) is None for k in words)


def _is_definite(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether a figure is of so many told before: "the 20 deaths"."""
    at = draft.stated.first
    if not draft.numbered or at == view.sentences[draft.sentence][0]:
        return False
    return view.folded[at - 1] in cues.definite or view.folded[at] in cues.definite


def _nation(view: View, cues: Cues, claim: Claim, draft: Draft) -> str | None:
    """Return the country whose people are told of: "37 Syrians"; of soldiers also that of who speaks: "the Syrian army said"."""
    own = {*map(cues.nations.get, view.folded[draft.stated.first : draft.noun_last + 1])} - {None}
    if not own and claim.victims.status == "armed_forces" and claim.origin is not None:
        first, last = view.word_at(claim.origin.start), view.word_at(claim.origin.end - 1)
        own = {cues.nations.get(view.folded[k]) for k in range(first, last + 1)} - {None}
    return own.pop() if len(own) == 1 else None


def _is_particular(view: View, pack: Pack, cues: Cues, draft: Draft) -> bool:
    """Tell whether people are told by what they were, not by name or only as men: "a tractor driver", "five herders"."""
    if not draft.stated.low or draft.reference or draft.noun_first > draft.noun_last:
        return False
    noun = view.folded[max(draft.noun_last, draft.stated.last)]
    return noun not in cues.anybody and people_of(pack).get(noun) is not None


def _is_rest(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether people are those left of a figure told before: "the remaining 70", "the other five victims"."""
    at, folded = draft.stated.first, view.folded
    before = max(0, at - 2)
    return " ".join(folded[at : at + 2]) in cues.rest or " ".join(folded[before : before + 2]) in cues.rest


def _is_among(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether people are some of those told before: "among the dead", "three of the badly hurt", "the dead included"."""
    if view.folded[draft.harm_first] in cues.among:
        return True
    if not cues.mine.isdisjoint(view.folded[max(0, draft.stated.first - 1) : draft.noun_last + 1]):
        return True
    at = draft.stated.last + 1
    held = draft.harm in _HELD and draft.harm_first <= at
    hurt = draft.harm == "injured" and at < draft.harm_first <= at + _OF_HURT
    if (hurt or held) and " ".join(view.folded[at : at + 2]) in cues.of_those:
        return True
    behind = view.folded[draft.harm_last + 1 : max(draft.harm_last + 2, draft.stated.first)]
    return draft.order in _WITHIN and not cues.holding.isdisjoint(behind)


def _is_coded(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether a note counts so many dead, or none, and not others: "fatalities coded as 3", "20 fatalities coded"."""
    if draft.harm != "killed" or draft.stated.low is None:
        return False
    first, last = _around(view, draft)
    for hit in cues.coded.find(
        view.folded, max(first, draft.stated.first - 2 * _CODED), min(last, draft.last + 2)
    ):
        as_much = hit.last > hit.first and hit.first < draft.stated.first <= hit.last + _CODED
        if as_much or (hit.last == hit.first == draft.last + 1):
            return True
    return False


def _senses(hits: Sequence[Hit[str]], draft: Draft) -> set[str | None]:
    """Return what the words of a sentence tell of one claim in it.

    Where they tell of an older and of a newer figure each has its own: "first reported 6 dead, but later raised the toll to 11".
    """
    found = {_told(hit, draft) for hit in hits}
    if "by_then" in found and draft.order in _OF_TOLL:
        found.add("update")  # "by evening the governor put the toll at seven"
    if {_AT.get(hit.sense) for hit in hits} >= _TIMES:
        before = [_AT[hit.sense] for hit in hits if hit.sense in _AT and hit.first < draft.stated.first]
        found = (found - _TIMES) | set(before[-1:])
    return found


def _told(hit: Hit[str], draft: Draft) -> str | None:
    """Return what words of a sentence tell of one claim in it; None where they stand too far, or before other figures."""
    behind = _BEHIND.get(hit.sense)
    if behind is not None:
        near = hit.sense != "earlier_behind" or draft.stated.first - hit.last <= _EARLIER
        return behind if hit.first < draft.first and near else None
    if hit.sense == "later" and draft.harm != "killed":
        return None  # "three of the four injured students died": those hurt were told before
    return None if hit.sense == "update" and hit.first > draft.last + _UPDATES else hit.sense


def _group(draft: Draft, added: bool) -> tuple[int, int]:
    """Return what is equal for figures listed together: the rows of a table share its head.

    Attackers may be `added` behind the clause: "along with the gunmen".
    """
    beside = added and (draft.reference or draft.implied)
    if draft.table is not None and not draft.sums_up:
        return -1, draft.table
    return draft.sentence, draft.stated.first if beside or draft.order == _REVISED else draft.harm_first


def _are_attackers(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether the people of a claim are those who attacked: the head of their words says so."""
    own = cues_of(pack).own_death.at(view.folded, draft.harm_first)
    himself = own is not None and own.last in (draft.harm_last, draft.stated.first)
    if draft.order in (BY_OWN_HAND, HIT_BACK) or himself:
        return True
    people, attacker = people_of(pack), False
    for word in view.folded[draft.noun_first : draft.noun_last + 1]:
        noun = people.get(word)
        if noun is not None:
            if noun.status == "civilian":
                return False
            attacker = attacker or noun.attacker
    return attacker
