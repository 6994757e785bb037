"""explain: the account of a reading -> why each claim was formed, and what became of every number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.account import Account, Refused
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Order
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.explanation import Declined, Explanation, Fate, Number, Said, Sign, Why
from tollbook.model.reading import Reading
from tollbook.model.text import Quote
from tollbook.stages._sentence import Words, words_of_pack

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NAMES = {letter: name for name, letter in role.NAMES.items()}
_REASONS = {
    "harm_spent": "its words of harm have their people already, by an order before it",
    "people_told_beside": "a relative clause told this of the same people already",
    "barely": "the word before says that it nearly came to this harm, and did not",
    "things_suffer_it": "things suffer this harm too, and these words name no figure and nobody in particular",
    "nobody_left": "the people it would count are counted already, or only say more of others",
    "only_ran": "one person or fighters who run away are not displaced",
    "no_figure": "it asks for a figure, and none is stated",
    "no_inner_harm": "the people's own words tell no harm",
}
_SCOPES = {
    "cumulative": "a total over more than this event, so it is not in the toll",
    "background": "of another event than the report's own, so it is not in the toll",
}


class Places(NamedTuple):
    """The orders of a pack by name, and where its files have them."""

    orders: Mapping[str, Order]
    lines: Mapping[str, str]


def explain(
    reading: Reading, pack: Pack, account: Account, every: Sequence[Spelled], places: Places
) -> Explanation:
    """Tell why each claim was formed and what became of each number of the text.

    `every` are all sentences as they are spelled, those that tell of no harm too.
    """
    view, report = account.view, reading.report
    if view is None:  # nothing was read, as for a language without a pack
        return Explanation(report.id, report.ref, report.title, (), ())
    whys = tuple(
        _why(view, reading, claim, draft, account, places, signs)
        for claim, draft, signs in zip(reading.claims, account.drafts, account.signs, strict=True)
    )
    numbers = _numbers(view, reading, pack, account, every)
    return Explanation(report.id, report.ref, report.title, whys, tuple(numbers))


def _why(
    view: View,
    reading: Reading,
    claim: Claim,
    draft: Draft,
    account: Account,
    places: Places,
    signs: Mapping[str, float],
) -> Why:
    spelled = next((s for s in account.spelled if s.sentence == draft.sentence), None)
    order = places.orders.get(draft.order)
    use, reason = _use(reading, claim)
    span = claim.evidence.sentence
    return Why(
        claim,
        Quote(view.text[span.start : span.end], span.start, span.end),
        spelled.letters if spelled else "",
        tuple(_said(view, spelled)) if spelled else (),
        draft.order,
        places.lines.get(draft.order),
        order.example[0] if order and order.example else None,
        _quote(view, draft.harm_first, draft.harm_last),
        use,
        reason,
        tuple(_declined(view, r, places) for r in account.refused if _speaks_of(r, draft, places)),
        tuple(Sign(s, w) for s, w in sorted(signs.items(), key=lambda x: (-abs(x[1]), x[0])) if w),
    )


def _speaks_of(refused: Refused, draft: Draft, places: Places) -> bool:
    """Tell whether a refusal is worth telling: of the draft's sentence, and not of an order that tries everybody."""
    order = places.orders.get(refused.order)
    return refused.sentence == draft.sentence and not (order is not None and order.inner_harm)


def _use(reading: Reading, claim: Claim) -> tuple[str, str]:
    """Return what became of a claim in the toll of its report, and why."""
    if claim.scope in _SCOPES:
        return "out_of_scope", _SCOPES[claim.scope]
    rows = (row for row in reading.toll if row.harm == claim.harm and row.status == "all")
    entry = next((e for row in rows for e in row.ledger if e.claim == claim.id), None)
    return (entry.use, entry.reason) if entry else ("none", "no toll has it")


def _said(view: View, spelled: Spelled) -> Iterator[Said]:
    for mention in spelled.mentions:
        if mention.role != role.OTHER or mention.last > mention.first:
            told = _quote(view, mention.first, mention.last)
            name = _NAMES.get(mention.role, "other")
            yield Said(told.quote, told.start, told.end, name, mention.role, mention.harm)


def _declined(view: View, refused: Refused, places: Places) -> Declined:
    told = _quote(view, refused.first, refused.last)
    line = places.lines.get(refused.order)
    return Declined(refused.order, line, told.quote, told.start, told.end, _REASONS[refused.reason])


def _quote(view: View, first: int, last: int) -> Quote:
    start, end = view.starts[first], view.ends[last]
    return Quote(view.text[start:end], start, end)


def _numbers(
    view: View, reading: Reading, pack: Pack, account: Account, every: Sequence[Spelled]
) -> list[Number]:
    """Return every number of the text; runs of digits that stand in no number of the grammar are told too."""
    words, told = words_of_pack(pack), {s.sentence for s in account.spelled}
    found: list[Number] = []
    for spelled in every:
        for first, last in _stated(words, view, *view.sentences[spelled.sentence]):
            quote = _quote(view, first, last)
            fate, claims, reason = _fate(view, reading, words, account, spelled, first, last)
            if fate == "people_untied" and spelled.sentence not in told:
                fate, reason = "people_unharmed", f"{reason}; its sentence tells of no harm"
            elif fate == "people_untied":
                reason += _tried(account, spelled, first, last)
            found.append(Number(quote.quote, quote.start, quote.end, fate, claims, reason))
    found += _left(reading, found)
    return sorted(found, key=lambda n: n.start)


def _stated(words: Words, view: View, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words of each number of a sentence, hedges included."""
    i, folded, numbers = first, view.folded, words.numbers
    while i < end:
        if not (folded[i][0].isdecimal() or numbers.may(folded, i, end)):
            i += 1
            continue
        stated, plain = numbers.at(folded, i, end), numbers.value_at(folded, i, end)
        last = i if folded[i][0].isdecimal() else -1
        last = max(last, plain[0] if plain else -1, stated.last if stated and stated.kind != "some" else -1)
        if last >= i:
            yield i, last
        i = max(i, last) + 1


def _fate(
    view: View, reading: Reading, words: Words, account: Account, spelled: Spelled, first: int, last: int
) -> tuple[Fate, tuple[str, ...], str]:
    """Return what became of the number in words first..last, the claims it states, and why."""
    start, end = view.starts[first], view.ends[last]
    own = [c for c in reading.claims if c.count.start < end and start < c.count.end]
    if own:
        told = [f"{c.harm.replace('_', ' ')}, {_use(reading, c)[1]}" for c in own]
        return "claim", tuple(c.id for c in own), "; ".join(told)
    for period in account.dates:
        if period.start_offset < end and start < period.end_offset:
            return "time", (), f"“{period.quote}”"
    for draft in account.dropped:
        if draft.stated.first <= last and first <= draft.stated.last:
            return "told_before", (), "points back to people told before, who are not counted twice"
    for claim in reading.claims:
        who = claim.victims
        if who.start is not None and who.end is not None and who.start < end and start < who.end:
            return (
                "part_of_words",
                (claim.id,),
                f"stands in the words for the people of {claim.id}: “{who.quote}”",
            )
    return _kind(view, words, spelled, first, last)


def _kind(
    view: View, words: Words, spelled: Spelled, first: int, last: int
) -> tuple[Fate, tuple[str, ...], str]:
    """Return what a number that states no claim counts, from the mention that it stands in."""
    folded, end = view.folded, view.sentences[spelled.sentence][1]
    mention = next((m for m in spelled.mentions if m.first <= last <= m.last), None)
    if mention is None and _is_between(view, first, last):
        return "age", (), "the age of the person before it"
    if mention is None or mention.role == role.TIME:
        return "time", (), "in words that say when, or in a table"
    quote = _quote(view, mention.first, mention.last).quote
    if mention.group is not None and mention.role != role.OTHER:
        if mention.group.noun_first <= mention.group.noun_last or mention.role == role.PEOPLE:
            sure = "may count people" if mention.role == role.UNSURE else "counts people"
            return "people_untied", (), f"“{quote}” {sure}"
        return "people_untied", (), f"“{quote}” has no noun that says of what"
    if first > 0 and words.numbers.is_label(folded[first - 1]):
        return "label", (), f"“{view.words[first - 1]}” before it makes it a label or a price"
    unit = words.numbers.unit_at(folded, last + 1, end)
    if unit is not None:
        return "unit", (), f"“{_quote(view, first, unit).quote}”"
    if mention.group is not None or _is_between(view, first, last):
        return "age", (), "between commas or behind a hyphen, as an age or a label"
    return _other(view, mention, first, last)


def _is_between(view: View, first: int, last: int) -> bool:
    """Tell whether a number stands by itself behind a comma or in brackets: "the mayor, 54, said"."""
    before = role.SIGNS.get(view.words[first - 1]) if first else None
    behind = role.SIGNS.get(view.words[last + 1]) if last + 1 < len(view.words) else None
    return before in (role.COMMA, role.OPEN) and behind in (role.COMMA, role.CLOSE, role.STOP)


def _other(view: View, mention: Mention, first: int, last: int) -> tuple[Fate, tuple[str, ...], str]:
    word = view.words[first]
    if word[0].isdecimal() and not word[-1].isdecimal():
        return "name", (), "an ordinal, or a name with a number"
    if mention.last > last:
        return "thing", (), f"“{_quote(view, mention.first, mention.last).quote}”"
    return "bare", (), "counts nobody that its words name"


def _tried(account: Account, spelled: Spelled, first: int, last: int) -> str:
    """Say which orders fitted over a number and were not taken, or that none fits."""
    tried = [
        r
        for r in account.refused
        if r.sentence == spelled.sentence
        and r.first <= last
        and first <= r.last
        and r.reason != "no_inner_harm"
    ]
    if not tried:
        return "; no order ties it to a word of harm"
    return "; " + "; ".join(f"“{r.order}” fitted: {_REASONS[r.reason]}" for r in tried[:2])


def _left(reading: Reading, found: Sequence[Number]) -> Iterator[Number]:
    """Yield the runs of digits that no number above has: in furniture, and within words."""
    covered = sorted((n.start, n.end) for n in found)
    skipped = [
        (w.start, w.end, w.message)
        for w in reading.warnings
        if w.code == "furniture" and w.start is not None and w.end is not None
    ]
    k = 0
    for match in _DIGITS.finditer(reading.report.text):
        start, end = match.span()
        while k < len(covered) and covered[k][1] <= start:
            k += 1
        if k < len(covered) and covered[k][0] < end:
            continue
        why = next((message for a, b, message in skipped if a < end and start < b), None)
        if why is not None:
            yield Number(match[0], start, end, "furniture", (), why)
        else:
            yield Number(match[0], start, end, "name", (), "part of a word or a name")
