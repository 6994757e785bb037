"""form: mentions -> drafts of claims."""

from collections.abc import Iterable, Sequence
from functools import cache

from tollbook.grammar import role
from tollbook.grammar.account import Account, Refusal
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.number import Stated
from tollbook.grammar.order import Found, Order, fits, orders_of
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.made import changed
from tollbook.stages._by_own_hand import by_own_hand
from tollbook.stages._coming import coming_of
from tollbook.stages._form.all_of_them import killed_to_the_last
from tollbook.stages._form.alternatives import as_alternatives
from tollbook.stages._form.apposed import is_figure, names_alone
from tollbook.stages._form.arrivals import arrivals
from tollbook.stages._form.as_many import as_many
from tollbook.stages._form.bracketed import add_beside_names, add_bracketed, others_in_brackets
from tollbook.stages._form.deeds_in_a_row import deeds_in_a_row
from tollbook.stages._form.divided import of_those_told, with_parts
from tollbook.stages._form.doers_deaths import doers_deaths
from tollbook.stages._form.families import by_family
from tollbook.stages._form.fates import with_fates_told_next, with_those_who_died
from tollbook.stages._form.followed import followed_by
from tollbook.stages._form.harms_told import harms_told
from tollbook.stages._form.of_these import of_these
from tollbook.stages._form.of_told import told_among
from tollbook.stages._form.of_untold import of_what_was_told
from tollbook.stages._form.of_whom import of_whom
from tollbook.stages._form.others_told import others_than
from tollbook.stages._form.own_deaths import hurt_as_well, own_deaths, told_besides
from tollbook.stages._form.own_losses import own_losses
from tollbook.stages._form.references import name_of, without_references
from tollbook.stages._form.small_words import Small, pointing_of, small_words
from tollbook.stages._form.things import suited
from tollbook.stages._form.told_dead import Told, dead_among, dead_as_well, dead_once, foe_of
from tollbook.stages._form.told_in_turn import told_in_turn
from tollbook.stages._form.weak_harms import is_weak, people_who_suffer
from tollbook.stages._form.who_counts import Around, people_counted
from tollbook.stages._form.with_their_share import with_shares
from tollbook.stages._hit_back import hit_back
from tollbook.stages._sentence import words_of_pack

_OF_THOSE = ("of those harmed", "of the dead")
_BROUGHT = "brought to so many the people harmed"
_OF_PEOPLE_BEFORE = (
    _BROUGHT,
    "toll",
    "label",
    "labels",
    "number of event",
    "number of people harmed",
    "number of people harmed, brought to",
    "shared out",
)
_BOTH, _EITHER = frozenset(("killed", "injured")), "killed_or_injured"


@cache
def orders_of_pack(pack: Pack) -> tuple[Order, ...]:
    """Compile a pack's orders once."""
    return orders_of(pack.parts["claims"])


def form(spelled: Iterable[Spelled], pack: Pack, account: Account | None = None) -> list[Draft]:
    """Form the drafts of all sentences, in order, parts tied to totals; an `account` is told what fitted and was not taken."""
    small, back = small_words(pack), small_words(pack).back
    drafts: list[Draft] = []
    names: list[frozenset[str]] = []
    words: Sequence[str] = ()
    for sentence in spelled:
        words = sentence.folded
        if account is not None:
            account.spelled.append(sentence)
        found = _sentence(sentence, pack, small, account)
        found += killed_to_the_last(sentence, found, small.to_the_last)
        if found:
            found = hit_back(sentence, by_own_hand(sentence, found, pack))
        first, last = sentence.mentions.bounds()
        if not small.deadly.isdisjoint(words[first : last + 1]):
            found += own_deaths(sentence, found, small.bombers)
        found += arrivals(sentence, found, coming_of(pack)) if sentence.coming else ()
        found.sort(key=lambda d: (d.stated.first, d.harm))
        add_bracketed(sentence, found)
        add_beside_names(sentence, found)
        if not (found := of_whom(sentence, found) + found):
            drafts += of_those_told(sentence, drafts, small.those)
            drafts = with_shares(sentence, drafts, small.per_cent, names)
            continue
        found = with_parts(sentence, found, pack, small.families, back.among, small.done_to)
        if len(found) > 1:
            found = _with_own_harms(sentence, with_those_who_died(found, words, small.may_be_dead), small.of)
        found = of_what_was_told(found, drafts, sentence, small.untold_figures, words_of_pack(pack).harms)
        found = others_than(followed_by(sentence, found, back.followed), drafts)
        if len(found) > 1:
            found = _one_beside_another(sentence, found, small)
        base = len(drafts)
        found, held = of_these(sentence, found, drafts, back.of_these)
        for draft in found:
            parent = held if draft.parent is None else draft.parent + base
            parent = told_among(draft, sentence, drafts, back) if parent is None else parent
            told = own_losses(_told_before(draft, sentence, pack), sentence, small.suffering, small.fallen)
            drafts.append(told if parent is None else changed(told, parent=parent))
            names.append(name_of(draft, sentence, pack))
            if draft.reference:
                drafts[-1] = _unless_another(drafts[-1], drafts[:-1], words, small)
        drafts = with_shares(sentence, drafts, small.per_cent, names)
    drafts = as_many(drafts, words, small.every, small.captives)
    kept = _stated_once(drafts, names, words, pack)
    if account is not None:
        account.keep(drafts, kept)
    return kept


def _one_beside_another(sentence: Spelled, drafts: list[Draft], small: Small) -> list[Draft]:
    """Tell what the figures of a sentence are to one another: of other people, of one harm or another."""
    words = sentence.folded
    found = _contrasted(deeds_in_a_row(sentence, drafts, small.plain_deeds), sentence, small.contrast)
    found = as_alternatives(told_in_turn(found, words, small.turn), words, small.either)
    return others_in_brackets(sentence, found)


def _unless_another(draft: Draft, before: Sequence[Draft], words: Sequence[str], small: Small) -> Draft:
    """Return people told as known as pointing back, unless their words say otherwise: "also killed", "the second man"."""
    if not small.also.isdisjoint(words[draft.first : draft.last + 1]):
        return changed(draft, reference=False)  # "the driver was also killed"
    behind = draft.harm_first < draft.stated.first and draft.noun_first <= draft.noun_last
    after = behind and words[draft.harm_first - 1] in small.afterwards  # "he later killed the mayor"
    after = after and words[draft.noun_last] not in small.those.told_before  # "the four victims"
    if after or _is_another(draft, before, words, small.ordinals):
        return changed(draft, reference=False, others=True)
    return draft


def _is_another(draft: Draft, before: Sequence[Draft], words: Sequence[str], nth: frozenset[str]) -> bool:
    """Tell whether who is told as known comes after others told one by one: "one fled and was shot, the second man died"."""
    own = _which(draft, words, nth)
    attribute = draft.harm_first == draft.noun_last + 1  # "he is the third man killed"
    if not own or attribute or draft.stated.low != 1 or draft.parent is not None:
        return False
    alike = [d for d in before if d.harm == draft.harm and d.parent is None and not d.implied]
    return all(d.stated.low == 1 and own.isdisjoint(_which(d, words, nth)) for d in alike)


def _which(draft: Draft, words: Sequence[str], nth: frozenset[str]) -> frozenset[str]:
    """Return which one of several a person is told to be: "the second man", "the second"."""
    return nth.intersection(words[draft.stated.first : max(draft.stated.last, draft.noun_last) + 1])


def _stated_once(
    drafts: Sequence[Draft], names: Sequence[frozenset[str]], words: Sequence[str], pack: Pack
) -> list[Draft]:
    """Leave out what only points back to people told before, and that the dead were hurt."""
    people, small, back = people_of(pack), small_words(pack), small_words(pack).back
    drafts = with_fates_told_next(list(drafts), words, small.may_be_dead)
    drafts = dead_as_well(drafts, words, small.also, small.may_be_dead)
    drafts = dead_among(drafts, words, small.those.told_before, back.of_these, small.may_be_dead)
    told = Told(drafts, names, frozenset(), [foe_of(d, words, people) for d in drafts])
    if any(d.implied for d in drafts):
        told = told._replace(again=told_besides(drafts, words, people))
        told = told.without(set(hurt_as_well(drafts, words)), {})
    of_doers = doers_deaths(told.drafts, words, people, small.by_others)
    return without_references(dead_once(told, words, pointing_of(pack), of_doers))


def _contrasted(drafts: list[Draft], spelled: Spelled, contrast: frozenset[str]) -> list[Draft]:
    """Mark bare figures behind a contrast as others: "four were hurt, while 11 rebels were killed and nine wounded"."""
    first, last = spelled.mentions.bounds()
    if contrast.isdisjoint(spelled.folded[first : last + 1]):  # most
        return drafts
    at = next((k for k in range(first, last + 1) if spelled.folded[k] in contrast), None)
    if at is None:
        return drafts
    told = {d.harm for d in drafts if d.stated.first < at}
    named = [d.stated.first for d in drafts if d.stated.first > at and d.noun_first <= d.noun_last]

    def other(draft: Draft) -> bool:
        bare = draft.noun_first > draft.noun_last and draft.order != "toll"
        behind = any(at < first < draft.stated.first for first in named)
        return bare and behind and draft.parent is None and draft.harm in told

    return [changed(d, others=True) if other(d) else d for d in drafts]


def _told_before(draft: Draft, spelled: Spelled, pack: Pack) -> Draft:
    """Give a bare figure the people that its words of harm name: "civilians killed: 27", "civilian deaths reached 40"."""
    if draft.order in _OF_THOSE:
        who = spelled.mentions[spelled.mentions.behind(draft.harm_last) + 1].group  # behind "were"
        return draft if who is None else changed(draft, noun_first=who.noun_first, noun_last=who.noun_last)
    before = draft.harm_first <= draft.stated.first or draft.order == _BROUGHT
    if not draft.numbered or draft.noun_first <= draft.noun_last or not before:
        return draft
    if draft.order not in _OF_PEOPLE_BEFORE:
        return draft
    people, first = people_of(pack), max(draft.harm_first - 1, spelled.mentions[0].first)
    stop = draft.harm_first if draft.order in ("shared out", _BROUGHT) else draft.stated.first
    for k in range(first, stop):
        if people.get(spelled.folded[k]) is not None:
            pair = k > 0 and people.phrase(spelled.folded, k - 1, k + 1) is not None  # "security personnel"
            told = changed(draft, noun_first=k - pair, noun_last=k)
            return by_family(told) if spelled.folded[k] in small_words(pack).families else told
    return draft


def _sentence(spelled: Spelled, pack: Pack, small: Small, account: Account | None = None) -> list[Draft]:
    """Form the drafts of one sentence; no mention is spent twice for one harm."""
    orders, people = orders_of_pack(pack), people_of(pack)
    mentions = spelled.mentions
    spent_counts: set[int] = set()
    spent_harms: set[int] = set()
    beside: set[tuple[int, str | None]] = set()
    drafts: list[Draft] = []
    left = mentions.countable()
    for found in fits(orders, spelled, left if account is None else None):
        counted, named, refusal = _takes(
            spelled, found, left, spent_counts, spent_harms, beside, small.weak, small.around
        )
        if refusal is None and spelled.folded[mentions[found.harms[0]].first - 1] in small.barely:
            refusal = "barely"
        if refusal is None:
            counted, refusal = suited(spelled, found, counted, small, people)
        if refusal is not None:
            if account is not None:
                account.refuse(spelled, found, refusal)
            continue
        only = found.order.only
        told = [
            h
            for h in harms_told(found, spelled, counted, small.either, small.only_hurt)
            if not only or h[0] in only
        ]
        if not told:
            continue
        for harm, first, last in told:
            for i in counted:
                drafts.append(_draft(mentions[i], harm, first, last, spelled.sentence, found.order))
            if named:
                ends = mentions[named[0]], mentions[named[-1]]
                drafts.append(_named(*ends, harm, first, last, spelled.sentence, found.order))
        if found.order.relative:  # "the death of four students who had been kidnapped": both befell them
            beside.update((i, mentions[found.harms[0]].harm) for i in counted)
        else:
            spent_counts.update(counted)
            spent_counts.update(named)
            left -= spent_counts  # in place: what fits is asked for with it
        spent_harms.update(found.harms)
    return drafts


def _takes(
    spelled: Spelled,
    found: Found,
    left: set[int],
    spent_counts: set[int],
    spent_harms: set[int],
    beside: set[tuple[int, str | None]],
    weak: frozenset[str],
    around: Around,
) -> tuple[list[int], list[int], Refusal | None]:
    """Return the people and the names that an order takes, and why it takes none; `left` are the mentions not yet counted."""
    mentions, order = spelled.mentions, found.order
    harms = found.harms
    harm = mentions[harms[0]].harm if harms else None
    if harm is None and all(mentions[i].harm is None for i in harms):
        return [], [], "no_inner_harm"
    if not _free(found, spent_harms, mentions):
        return [], [], "harm_spent"
    if beside and any((i, harm) in beside for i in found.counts):
        return [], [], "people_told_beside"
    if not found.name and left.isdisjoint(found.counts):  # most orders: their people are counted already
        return [], [], "nobody_left"
    counted = people_counted(spelled, found, spent_counts, around)
    named = names_alone(spelled, found, spent_counts, around.of_many)
    taken = bool(counted or named)
    if weak and is_weak(spelled, found.harms[0], weak):
        counted = people_who_suffer(spelled, found, counted)
        named = [i for i in named if mentions[i].role == role.ONE_PERSON]
    if not counted and not named:
        return [], [], "things_suffer_it" if taken else "nobody_left"
    if _only_runs(spelled, found, counted, named, around.sent_off):
        return [], [], "only_ran"
    if order.numbered and not any(_stated(mentions[i]) for i in counted):
        return [], [], "no_figure"
    if order.inner_harm and mentions[counted[0]].harm is None:
        return [], [], "no_inner_harm"
    if order.inner_harm and not order.numbered and not _one_untold(mentions[counted[0]]):
        return [], [], "no_figure"
    return counted, named, None


def _free(found: Found, spent: set[int], mentions: Sequence[Mention]) -> bool:
    """Tell whether the words of harm may still be used: once, but for words that carry their own people."""
    harms, order = found.harms, found.order
    if mentions[harms[0]].role == role.PEOPLE:
        return order.name != "label" or not _stated(mentions[harms[0]])  # "40,200 IDPs (8,040 households)"
    return order.inner_harm or order.again or spent.isdisjoint(harms)


def _only_runs(
    spelled: Spelled, found: Found, counted: Sequence[int], named: Sequence[int], sent_off: frozenset[str]
) -> bool:
    """Tell whether one person, or those who fight, only ran away or was sent off: "the attacker fled" is no displacement."""
    mentions = spelled.mentions
    verb = mentions[found.harms[0]]
    if verb.harm != "displaced":
        return False
    if counted and _are_hurt(mentions, counted[-1] + 1):  # "helicopters evacuated the ten injured"
        return True
    if verb.role == role.LIVES:  # "took five men from their homes"
        return bool(counted) and spelled.folded[mentions[counted[0] - 1].last] in sent_off
    groups = [mentions[i].group for i in counted]
    if verb.role == role.PARTICIPLE and spelled.folded[verb.last] in sent_off:  # he was expelled from school
        return all(g is not None and g.stated.low == 1 and not is_figure(g) for g in groups)
    if verb.role == role.ACTIVE:  # "the camp houses 300 soldiers"
        return bool(groups) and all(g is not None and g.fighters for g in groups)
    if verb.role != role.DIED:
        return False
    return bool(named) or all(g is None or g.fighters or g.stated.low == 1 for g in groups)


def _are_hurt(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether a mention says of the people before it that they are hurt or dead."""
    return (
        k < len(mentions) and mentions[k].harm in _BOTH and mentions[k].role in (role.PARTICIPLE, role.STATE)
    )


def _one_untold(mention: Mention) -> bool:
    """Tell whether words are of one person told for the first time: "a wounded girl", not "the wounded girl"."""
    group = mention.group
    one = group is not None and not group.definite and group.stated.kind == "exact" and group.stated.low == 1
    return one and mention.harm == "injured"


def _stated(mention: Mention) -> bool:
    return mention.group is not None and is_figure(mention.group)


def _with_own_harms(spelled: Spelled, drafts: list[Draft], of: frozenset[str]) -> list[Draft]:
    """Give a whole of whom only some suffer one of two harms its own: "23 casualties, of which ten were killed".

    Not where it has others within it: "ten casualties, including children, were killed".
    """
    wholes = {d.parent for d in drafts} - {None}
    if not wholes:  # most sentences
        return drafts
    mentions = spelled.mentions
    people = {
        m.first
        for i, m in enumerate(mentions)
        if m.role == role.PEOPLE
        and m.harm == _EITHER
        and any(n.role == role.INCLUDING and spelled.folded[n.first] in of for n in mentions[i + 1 : i + 3])
    }
    return [
        changed(d, harm=_EITHER) if i in wholes and d.harm in _BOTH and d.stated.first in people else d
        for i, d in enumerate(drafts)
    ]


def _draft(mention: Mention, harm: str, first: int, last: int, sentence: int, order: Order) -> Draft:
    group = mention.group
    if group is None:  # a name in a list stands for one person
        return _named(mention, mention, harm, first, last, sentence, order)
    return Draft(
        harm,
        group.stated,
        group.noun_first,
        group.noun_last,
        first,
        last,
        sentence,
        order.name,
        reference=group.definite,
        others=group.others,
        again=order.again,
    )


def _named(
    start: Mention, end: Mention, harm: str, first: int, last: int, sentence: int, order: Order
) -> Draft:
    stated = Stated(start.first, end.last, "exact", 1, 1)
    pronoun = start.role == role.ONE_PERSON
    noun = (start.last + 1, start.last) if pronoun else (start.first, end.last)
    return Draft(harm, stated, *noun, first, last, sentence, order.name, reference=True)
