"""appositions: drafts of one sentence -> a figure with the list behind it that only says who they were."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.people import People

_LEAST = 2  # figures behind the first that make it up
_SEVERAL = 3  # people of whom a list may tell one by one
_SOME_OF = (role.INCLUDING, role.OF, role.RELATIVE)  # behind a figure: "six of them", "six of whom"
_ASIDE = 10  # mentions from "six of them" to the last of the list that it stands in
_BODY = (role.OTHER, role.NAME, role.OPEN, role.CLOSE)
_OF_OTHERS = "gapped"  # the order of figures of other doers: "the first blast killed four, the second three"
_UNTOLD = "unknown"  # the status of a noun that tells none


def appositions(spelled: Spelled, drafts: list[Draft], people: People) -> list[Draft]:
    """Make "40 people, 6 guards and 34 civilians" a total with its parts: the list after it adds up to it.

    Not "two soldiers, a policeman and a clerk": none of those behind is one of the first.
    """
    out = list(drafts)
    for i, whole in enumerate(drafts if len(drafts) > _LEAST else ()):
        rest = [
            k
            for k, d in enumerate(drafts)
            if k > i
            and d.harm == whole.harm
            and d.harm_first == whole.harm_first
            and d.parent is None
            and not d.again
            and d.order != _OF_OTHERS
        ]
        figures = [drafts[k].stated.low or 0 for k in rest]
        adds_up = (
            len(rest) >= 2 and whole.parent is None and whole.stated.low == sum(figures) and all(figures)
        )
        behind = [drafts[k] for k in rest]
        if adds_up and (
            _is_enclosed(spelled, whole, behind) or _may_be_among(spelled, whole, behind, people)
        ):
            for k in rest:
                out[k] = replace(out[k], parent=i, relation="partition")
            break
        first = _first_of_them(spelled, whole, drafts, rest, people)
        if first:
            for k in first:
                out[k] = replace(out[k], parent=i, relation="partition")
            break
        names = [k for k in rest if _is_name(spelled, drafts[k])]
        several = len(names) > 1 and whole.parent is None and len(names) == whole.stated.low
        if several and _follow(spelled, whole, drafts, names):
            for k in names:
                out[k] = replace(out[k], parent=i, relation="partition")
            break
    return out


def add_the_rest(spelled: Spelled, drafts: list[Draft], people: People) -> None:
    """Tie the last of a list to the total with the part before it, where both make it up.

    "Ten people, six of them soldiers, and four civilians": ten, and not 14. A clerk is none of two guards.
    """
    mentions, letters = spelled.mentions, spelled.letters
    for part in [d for d in drafts if d.parent is not None]:
        at = mentions.at(part.stated.first)
        if at < 0 or letters[at : at + 1] != role.COUNT or letters[at + 1 : at + 2] not in _SOME_OF:
            continue
        whole, told = drafts[part.parent or 0], part.stated.low or 0
        for i, rest in enumerate(drafts):
            k = mentions.at(rest.stated.first)
            behind = at < k <= at + _ASIDE and letters[k - 2 : k] == role.COMMA + role.AND
            alike = rest.parent is None and rest.harm == whole.harm and rest.harm_first == whole.harm_first
            adds_up = told + (rest.stated.low or 0) == whole.stated.low
            if behind and alike and adds_up and _may_be_among(spelled, whole, [rest], people):
                drafts[i] = replace(rest, parent=part.parent, relation="partition")


def _is_name(spelled: Spelled, draft: Draft) -> bool:
    at = spelled.mentions.at(draft.stated.first)
    return at >= 0 and spelled.mentions[at].role == role.NAME


def _follow(spelled: Spelled, whole: Draft, drafts: Sequence[Draft], names: Sequence[int]) -> bool:
    """Tell whether names, and nothing but commas and "and", stand right behind a figure of several: "two clerks, X and Y"."""
    mentions = spelled.mentions
    first, last = mentions.at(whole.stated.first), mentions.at(drafts[names[-1]].stated.first)
    between = {m.role for m in mentions[first + 1 : last]}
    return first >= 0 and between <= {role.NAME, role.COMMA, role.AND}


def _first_of_them(
    spelled: Spelled, whole: Draft, drafts: Sequence[Draft], rest: Sequence[int], people: People
) -> Sequence[int]:
    """Return those of a list who make up the figure before it between commas: "three kin, a man and two girls, and a clerk"."""
    if whole.parent is not None or (whole.stated.low or 0) < _SEVERAL:
        return ()
    for n in range(2, len(rest)):
        some = [drafts[k] for k in rest[:n]]
        if sum(d.stated.low or 0 for d in some) == whole.stated.low and all(d.stated.low for d in some):
            among = _between_commas(spelled, whole, some) and _may_be_among(spelled, whole, some, people)
            return rest[:n] if among else ()
    return ()


def _is_enclosed(spelled: Spelled, whole: Draft, rest: Sequence[Draft]) -> bool:
    """Tell whether commas enclose a list that says more of those before it: "three men, a clerk and two guards, were"."""
    mentions = spelled.mentions
    last = mentions.at(rest[-1].stated.first)
    return mentions.at(rest[-1].harm_first) >= last and _between_commas(spelled, whole, rest)


def _between_commas(spelled: Spelled, whole: Draft, rest: Sequence[Draft]) -> bool:
    """Tell whether a comma stands behind a figure and one behind the last of a list."""
    mentions = spelled.mentions
    first = mentions.behind(whole.stated.first) - 1
    last = mentions.behind(rest[-1].stated.first) - 1  # "her two daughters"
    if first < 0 or last + 1 >= len(mentions):
        return False
    first += 1
    if (
        mentions[first].role in (role.OF, role.PREPOSITION) and first + 2 <= last
    ):  # "three members of one family, …"
        first += 2
        while first < last and mentions[first].role in _BODY:  # "of the Water Fund (WF), …"
            first += 1
    return mentions[first].role == mentions[last + 1].role == role.COMMA


def _may_be_among(spelled: Spelled, whole: Draft, rest: Sequence[Draft], people: People) -> bool:
    """Tell whether the nouns of a list let its people be those of the figure before it: some say no other status."""
    statuses = [
        {noun.status for k in range(d.noun_first, d.noun_last + 1) if (noun := people.get(spelled.folded[k]))}
        for d in (whole, *rest)
    ]
    singles = all(d.stated.low == 1 for d in rest)
    if singles and any(
        (noun := people.get(spelled.folded[k])) is not None and (noun.sex or noun.status != _UNTOLD)
        for k in range(whole.noun_first, whole.noun_last + 1)
    ):
        return False  # "two brothers, a woman and an old man were killed": four
    told, *others = ({s for s in found if s != _UNTOLD} for found in statuses)
    return not told or any(not found or found & told for found in others)
