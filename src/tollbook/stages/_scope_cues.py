"""_scope_cues: the words of a pack that tell of what a figure is: of the event, of a period, of another event."""

from functools import cache
from typing import NamedTuple

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.lang.pack import Pack

RECENT = "recent"  # the event of a report that tells of no other, else another's: "earlier this month"


class Cues(NamedTuple):
    """The words that tell the scope of a figure, by where they stand."""

    scope: Lexicon[str]
    days: Lexicon[str]
    spans: Lexicon[str]
    brings: frozenset[str]
    aside: frozenset[str]
    behind: Lexicon[str]
    before: Lexicon[str]
    takers: Lexicon[str]
    later: Lexicon[str]
    adding: frozenset[str]
    comes: frozenset[str]
    goes_on: Lexicon[str]
    since: Lexicon[str]
    breaks: frozenset[str]
    opens: Lexicon[str]
    have: frozenset[str]
    whens: frozenset[str]
    relative: frozenset[str]


@cache
def cues_of(pack: Pack) -> Cues:
    """Compile a pack's words once."""
    table = pack.parts["words"].get("weigh", {})
    fold = pack.fold
    return Cues(
        Lexicon(
            [*entries_of(table.get("scope", {})), *((f, RECENT) for f in table.get("scope_recent", ()))],
            fold,
        ),
        Lexicon([(form, "days") for form in table.get("scope_days", ())], fold),
        Lexicon([(form, "cumulative") for form in table.get("scope_spans", ())], fold),
        frozenset(fold(w) for w in table.get("scope_brings", ())),
        frozenset(fold(w) for w in table.get("scope_aside", ())),
        Lexicon(entries_of(table.get("scope_behind", {})), fold),
        Lexicon(entries_of(table.get("scope_before", {})), fold),
        Lexicon([(form, "taker") for form in table.get("scope_takers", ())], fold),
        Lexicon([(form, "background") for form in table.get("scope_later", ())], fold),
        frozenset(fold(w) for w in table.get("scope_adding", ())),
        frozenset(fold(w) for w in table.get("scope_comes", ())),
        Lexicon([(form, "goes on") for form in table.get("scope_goes_on", ())], fold),
        Lexicon([(form, "goes on") for form in table.get("scope_goes_on_since", ())], fold),
        frozenset(fold(w) for w in table.get("scope_breaks", ())),
        Lexicon([(form, "cumulative") for form in table.get("scope_opens", ())], fold),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("have", ())),
        frozenset(fold(w) for w in table.get("scope_whens", ())),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("relative", ())),
    )


@cache
def any_cue(pack: Pack) -> AnyForm:
    """Return all that is looked for in a sentence together."""
    return AnyForm(*(cue for cue in cues_of(pack) if isinstance(cue, Lexicon)), recalling(pack))


@cache
def recalling(pack: Pack) -> Lexicon[bool]:
    """Compile the words that recall what somebody did before."""
    return Lexicon(
        [(form, True) for form in pack.parts["words"].get("weigh", {}).get("scope_recalling", ())], pack.fold
    )
