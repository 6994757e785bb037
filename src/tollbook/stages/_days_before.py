"""_days_before: the day that a report opens with -> which figures are of another event, of days before it."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.model.claim import Claim
from tollbook.model.made import changed
from tollbook.model.period import Period
from tollbook.stages._own_place import own_place
from tollbook.stages._time_words import times_of_pack

_MOST = 60  # figures of days before from which a report is a list, and none of them context
_DAYS = 3  # days told from which a report goes through a time day by day
_FRESH = 4  # days from the event to the report, in which it is news
_APART = 2  # days from which an event of another town, told right behind the opening, is no more of it
_CAUSE = 4  # words behind "died" for what somebody died of
_BESIDE = 3  # words between an event and its day
_SAID = 3  # words from a verb of speech to its day
_WEEK = 7  # days from which an event is no more the report's own
_FAR = 2  # times the dead of the opening, of an event that the opening only goes on with
_FIRST = 12  # figures among which the opening's are looked for
_OPENS = 2  # sentences in which the event is told
_LED = 4  # words from "the" to the event: "the car bomb attack"
_COUNTED = ("asserted", "estimated")
_BEFORE = "of another event, of days before the one that the report opens with"
_SEVERAL = 3  # dead of the opening from which they are hardly those of an older event who died since
_HURT = ("killed", "injured", "killed_or_injured")


class _Words(NamedTuple):
    several: frozenset[str]
    event: frozenset[str]
    definite: frozenset[str]
    articles: frozenset[str]
    ordinals: frozenset[str]
    ending: tuple[str, ...]
    bodies: frozenset[str]
    wheres: Lexicon[str]
    have: frozenset[str]
    hurt: frozenset[str]
    began: frozenset[str]
    of_wounds: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    """Compile the words of what went on in many places, and those that point at the event told before."""
    told, small = Table(pack, "words", "weigh"), Table(pack, "words", "small")
    return _Words(
        told.words("spread") | told.words("scope_rounds"),
        told.words("scope_event"),
        small.words("definite"),
        small.words("articles"),
        told.words("scope_ordinals"),
        tuple(small.words("possessive_endings")),
        told.words("bodies"),
        told.forms("scope_wheres", "where"),
        small.words("have"),
        small.words("only_hurt"),
        told.words("scope_began"),
        small.words("of_wounds"),
    )


def with_days_before(
    view: View, pack: Pack, drafts: Sequence[Draft], told: Sequence[Told], published: str | None
) -> list[Told]:
    """Mark what a report of one day's event tells, behind it, of a day before: "A raid on Monday killed one".

    Not where it opens with what went on in many places ("clashes left 10 dead"), nor what points at the event itself:
    "Monday's attack".
    """
    out = list(told)
    earlier = _of_days_before(view, pack, drafts, [t.claim for t in told], published)
    days = {(told[i].sentence, told[i].claim.when) for i in earlier}
    attackers = (
        [i for i, t in enumerate(told) if t.attackers and (t.sentence, t.claim.when) in days] if days else []
    )
    for i in {*earlier, *attackers}:  # who attacked then, too
        out[i] = changed(out[i], aside=_BEFORE)
    return out


def _of_days_before(
    view: View, pack: Pack, drafts: Sequence[Draft], claims: Sequence[Claim], published: str | None
) -> list[int]:
    """Return the places of figures of days before the event that a report opens with."""
    if published is None or len(drafts) < 2 or not _counts(claims[0]):
        return []
    periods = [claim.when for claim in claims]
    main = _opening(view, drafts, periods, published)
    if main is None:
        return []
    first = drafts[0].sentence
    opening = _first_told(drafts, claims)
    where = {i for i in range(len(claims)) if _is_of_a_clause(view, pack, drafts, periods[i], i, main)}
    earlier = [
        i
        for i in range(len(claims))
        if i in where or _is_before(view, pack, drafts, claims, opening, i, main)
    ]
    if earlier and _is_only_said(view, pack, opening.when):  # who spoke on Tuesday may speak of Monday
        earlier = [i for i in earlier if _days_to(periods[i], main) >= _APART]
    if drafts[0].others or drafts[0].order == "toll":  # "Two more died on Tuesday"
        earlier = [i for i in earlier if _in_another_place(opening, claims[i])]
    if not 0 < len(earlier) <= _MOST or _is_round(view, pack, first):
        return []
    days = {when.start for i in earlier if (when := periods[i]) is not None}
    if len(days) >= _DAYS:
        return []
    told = [
        i
        for i, when in enumerate(periods)
        if when is not None and when.start == main and _counts(claims[i]) and drafts[i].stated.low
    ]
    out: list[int] = []
    for i in earlier:
        of_day = [
            drafts[k] for k in earlier if periods[k] == periods[i] or drafts[k].sentence == drafts[i].sentence
        ]
        far = _days_to(periods[i], main) >= _APART and _are_no_late_dead(view, pack, drafts[0], opening)
        elsewhere = far and _in_another_place(opening, claims[i])
        kept = i not in where and _points(view, pack, drafts[i], periods[i], elsewhere)
        if kept or _are_bodies(view, pack, drafts[i]):
            continue
        known = elsewhere or i in where
        if not known and _is_the_event(of_day, [drafts[k] for k in told], periods[i], main):
            continue
        if _beside(drafts, i, told, of_day):
            out.append(i)
    return _with_told_again(drafts, claims, out, where) if where else out


def _is_of_a_clause(
    view: View, pack: Pack, drafts: Sequence[Draft], when: Period | None, i: int, main: str
) -> bool:
    """Tell whether an opening only says of its place what befell it before: "in Dara, where four died a day earlier".

    Not of what a day alone sets before it, which may be the same event, nor where those of the opening may be its dead:
    bodies, or wounded who died.
    """
    draft, words = drafts[i], _words(pack)
    if when is None or (when.end or main) >= main or draft.sentence - drafts[0].sentence > 1:
        return False
    if not _tells(view, draft.sentence, when):
        return False
    first, told = view.sentences[draft.sentence][0], view.word_at(when.start_offset)
    where = next((hit.last for hit in words.wheres.find(view.folded, first, min(draft.first, told))), None)
    if where is None:
        return False
    back = view.folded[view.word_at(when.end_offset - 1)] in times_of_pack(pack).counted_back
    if not back and words.have.isdisjoint(view.folded[where : draft.last]) and _days_to(when, main) < _WEEK:
        return False
    return not _may_be_of_those_dead(view, pack, drafts[0])


def _are_no_late_dead(view: View, pack: Pack, draft: Draft, opening: Claim) -> bool:
    """Tell whether those of an opening are hardly of an older event, and died since: several, or two whom an attack killed."""
    dead = opening.count.low or 0
    struck = (
        dead == _SEVERAL - 1
        and bool(opening.means or opening.by)
        and not _may_be_of_those_dead(view, pack, draft)
    )
    return dead >= _SEVERAL or struck


def _may_be_of_those_dead(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether people may have been harmed before they were found or died: bodies, wounded, who died of his wounds."""
    words, begin, behind = _words(pack), view.sentences[draft.sentence][0], draft.harm_last + 1
    if _are_bodies(view, pack, draft) or not words.hurt.isdisjoint(view.folded[begin : draft.harm_first]):
        return True
    return not words.of_wounds.isdisjoint(view.folded[behind : behind + _CAUSE])


def _with_told_again(
    drafts: Sequence[Draft], claims: Sequence[Claim], found: Sequence[int], where: Collection[int]
) -> list[int]:
    """Return those found, and what says one of a clause again, with all that its sentence tells of that day."""
    days = [claim.when.start if claim.when is not None else None for claim in claims]
    told = {(claims[i].harm, claims[i].count.low, days[i]) for i in found if i in where}
    again = {
        (drafts[i].sentence, days[i])
        for i, claim in enumerate(claims)
        if (claim.harm, claim.count.low, days[i]) in told
    }
    return [i for i, draft in enumerate(drafts) if i in found or (draft.sentence, days[i]) in again]


def _first_told(drafts: Sequence[Draft], claims: Sequence[Claim]) -> Claim:
    """Return the claim that a report opens with: of most dead; of a headline, that which says it again with a place."""
    first = drafts[0].sentence
    opening = max((c for c, d in zip(claims, drafts, strict=True) if d.sentence == first), key=_of_killed)
    for claim, draft in zip(claims[:_FIRST], drafts[:_FIRST], strict=True):
        again = (claim.harm, claim.count.low) == (opening.harm, opening.count.low)
        if draft.sentence == first + 1 and again and own_place(claim) is not None:
            return claim
    return opening


def _of_killed(claim: Claim) -> int:
    """Rank the claims of the opening: those of most dead first."""
    return claim.count.low or 0 if claim.harm == "killed" else 0


def _counts(claim: Claim) -> bool:
    """Tell whether a claim tells what happened, in the report's event."""
    return claim.scope == "incident" and claim.modality in _COUNTED


def _opening(
    view: View, drafts: Sequence[Draft], periods: Sequence[Period | None], published: str
) -> str | None:
    """Return the day of the event that a report opens with, where it is news of one day and tells it in words."""
    near = [i for i, draft in enumerate(drafts[:_FIRST]) if draft.sentence <= _OPENS]
    first = next(
        (when for i in near if (when := periods[i]) and not _tells_before(view, drafts[i].sentence, when)),
        None,
    )
    if first is None or not _of_a_day(first) or first.basis == "published":
        return None
    past = (date.fromisoformat(published[:10]) - date.fromisoformat(first.start or "")).days
    return first.start if 0 <= past <= _FRESH else None


def _is_only_said(view: View, pack: Pack, when: Period | None) -> bool:
    """Tell whether a day is that on which somebody spoke: "police said on Tuesday"."""
    if when is None:
        return False
    word = view.word_at(when.start_offset)
    return not times_of_pack(pack).speech.isdisjoint(view.folded[max(0, word - _SAID) : word])


def _days_to(when: Period | None, main: str) -> int:
    """Return the days from the first day of a period to another."""
    return 0 if when is None else (date.fromisoformat(main) - date.fromisoformat(when.start or main)).days


def _tells(view: View, sentence: int, when: Period) -> bool:
    """Tell whether a sentence tells a time itself."""
    first, last = view.sentences[sentence]
    return first <= view.word_at(when.start_offset) < last


def _tells_before(view: View, sentence: int, when: Period) -> bool:
    """Tell whether a time stands before a sentence; one behind it that dates its event is "Tuesday's bombing"."""
    return view.word_at(when.start_offset) < view.sentences[sentence][0]


def _of_a_day(when: Period) -> bool:
    return when.precision == 1 and when.start is not None and when.start == when.end


def _is_before(
    view: View,
    pack: Pack,
    drafts: Sequence[Draft],
    claims: Sequence[Claim],
    opening: Claim,
    i: int,
    main: str,
) -> bool:
    """Tell whether a figure's own sentence tells a day before that of the opening, or the one before it of its paragraph.

    Right behind the opening only where it is of another town.
    """
    draft, when, first = drafts[i], claims[i].when, drafts[0].sentence
    if when is None or not when.start or (when.end or main) >= main or draft.sentence <= first:
        return False
    far = _days_to(when, main) >= _APART
    if draft.sentence == first + 1 and not (far and _in_another_place(opening, claims[i])):
        return False
    if _tells(view, draft.sentence, when):
        return True
    first, told = view.sentences[draft.sentence][0], view.word_at(when.start_offset)
    before = view.sentences[draft.sentence - 1][0]
    if not before <= told < first or any(d.sentence == draft.sentence - 1 for d in drafts):
        return False
    if "\n" not in view.text[view.ends[first - 1] : view.starts[first]]:
        return True
    # in a paragraph of its own where it is of another town, and the day is told of one event
    return far and _in_another_place(opening, claims[i]) and _is_of_event(view, pack, when)


def _is_of_event(view: View, pack: Pack, when: Period) -> bool:
    """Tell whether an event stands beside a day, and not that it began then: "Monday's strike", "an attack on Monday"."""
    words, first, last = _words(pack), view.word_at(when.start_offset), view.word_at(when.end_offset - 1)
    near = {*view.folded[max(0, first - _BESIDE) : first], *view.folded[last + 1 : last + 1 + _BESIDE]}
    return not words.event.isdisjoint(near) and words.began.isdisjoint(near)


def _is_round(view: View, pack: Pack, sentence: int) -> bool:
    """Tell whether a report opens with what went on in many places, of which it may tell one after the other."""
    first, last = view.sentences[sentence]
    return not _words(pack).several.isdisjoint(view.folded[first:last])


def _are_bodies(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether bodies are told of, whose day is that on which they were found."""
    return not _words(pack).bodies.isdisjoint(view.folded[draft.first : draft.last + 1])


def _beside(drafts: Sequence[Draft], i: int, told: Sequence[int], of_day: Sequence[Draft]) -> bool:
    """Tell whether the report counted others of the same fate before, or of a worse one, and not as many.

    The wounded of a day stay with its dead, of whom there may be none on the event's own day.
    """
    draft = drafts[i]
    led = draft.others and not any(d.first < draft.first for d in of_day)
    if draft.again or led:
        return False  # "along with two guards", "another 17 were killed on Monday"
    harms = {drafts[k].harm for k in told if k < i}
    if draft.harm not in harms and not (draft.harm == "injured" and "killed" in harms):
        return False
    if draft.harm in _HURT and "killed" not in harms and any(d.harm == "killed" for d in of_day):
        return False
    return not any(
        drafts[k].harm == draft.harm and drafts[k].stated.low == draft.stated.low and drafts[k].numbered
        for k in told
        if k < i
    )


def _is_the_event(of_day: Sequence[Draft], told: Sequence[Draft], when: Period | None, main: str) -> bool:
    """Tell whether a day some days before has far more dead than the opening: one who died later opens the report.

    "A fireman died on Tuesday. … At least 40 people died when the hall burned on Sunday."
    """
    if _days_to(when, main) >= _WEEK:
        return False
    harm = "killed" if any(d.harm == "killed" for d in of_day) else of_day[0].harm
    earlier, now = (sum(d.stated.low or 0 for d in drafts if d.harm == harm) for drafts in (of_day, told))
    return earlier >= _FAR * now


def _points(view: View, pack: Pack, draft: Draft, when: Period | None, elsewhere: bool) -> bool:
    """Tell whether a figure points at the report's event; "the strike" of another town is the one told right before."""
    told_before = elsewhere and when is not None and not _tells(view, draft.sentence, when)
    return not told_before and points_at_event(view, pack, draft.sentence)


def points_at_event(view: View, pack: Pack, sentence: int) -> bool:
    """Tell whether a sentence points at the event told before: "Monday's attack", "the blast"."""
    words = _words(pack)
    first, last = view.sentences[sentence]
    for k in range(first, last):
        if view.folded[k] not in words.event:
            continue
        for word in reversed(view.folded[max(first, k - _LED) : k]):
            if word in words.articles or word in words.ordinals:
                break
            if word in words.definite or word.endswith(words.ending):
                return True
    return False


def _in_another_place(first: Claim, claim: Claim) -> bool:
    """Tell whether two claims are each told of a place of their own, by their own sentences, and neither holds the other."""
    one, two = own_place(first), own_place(claim)
    if one is None or two is None or one.name in {p.name for p in claim.where}:
        return False
    if "adm1" in (one.level, two.level):
        return (one.country, one.adm1 or one.name) != (two.country, two.adm1 or two.name)
    return two.name not in {p.name for p in first.where}
