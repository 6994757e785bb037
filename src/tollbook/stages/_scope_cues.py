"""_scope_cues: the words of a pack that tell of what a figure is: of the event, of a period, of another event."""

from dataclasses import dataclass, fields
from functools import cache

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table

RECENT = "recent"  # the event of a report that tells of no other, else another's: "earlier this month"


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
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
    wheres: Lexicon[str]
    since_what: Lexicon[str]
    than: frozenset[str]
    be: frozenset[str]
    relative: frozenset[str]
    grounds: Lexicon[str]
    grounds_end: frozenset[str]
    justice: Lexicon[str]
    against: Lexicon[str]
    over: Lexicon[str]
    protests: frozenset[str]
    protests_at: Lexicon[str]
    definite: frozenset[str]
    once: frozenset[str]
    charged: Lexicon[str]
    found: frozenset[str]
    mourning: Lexicon[str]
    mourned_for: frozenset[str]
    attacking: frozenset[str]
    attacked_at: frozenset[str]  # between these and a funeral that they attack
    these_days: frozenset[str]  # of one word or two
    each: frozenset[str]


@cache
def cues_of(pack: Pack) -> Cues:
    """Compile a pack's words once."""
    told, small = Table(pack, "words", "weigh"), Table(pack, "words", "small")
    recent = [(form, RECENT) for form in told.given.get("scope_recent", ())]
    return Cues(
        Lexicon([*entries_of(told.given.get("scope", {})), *recent], pack.fold),
        told.forms("scope_days", "days"),
        told.forms("scope_spans", "cumulative"),
        told.words("scope_brings"),
        told.words("scope_aside"),
        told.senses("scope_behind"),
        told.senses("scope_before"),
        told.forms("scope_takers", "taker"),
        told.forms("scope_later", "background"),
        told.words("scope_adding"),
        told.words("scope_comes"),
        told.forms("scope_goes_on", "goes on"),
        told.forms("scope_goes_on_since", "goes on"),
        told.words("scope_breaks"),
        told.forms("scope_opens", "cumulative"),
        small.words("have"),
        told.words("scope_whens"),
        told.forms("scope_wheres", "background"),
        _dating(pack, told),
        told.words("scope_than"),
        small.words("be_one"),
        small.words("relative"),
        told.forms("scope_grounds", "background"),
        told.words("scope_grounds_end"),
        told.forms("scope_justice", "background"),
        told.forms("scope_against", "background"),
        told.forms("scope_over", "background"),
        told.words("scope_protests"),
        told.forms("scope_protests_at", "background"),
        small.words("definite"),
        told.words("scope_once"),
        told.forms("scope_charged", "background"),
        told.words("scope_found"),
        told.forms("mourning", "background"),
        told.words("scope_mourned_for"),
        told.words("scope_attacking"),
        told.words("scope_attacked_at"),
        told.words("scope_these_days").union(
            map(pack.fold, pack.parts["time"].get("words", {}).get("weekday", ()))
        ),
        told.words("scope_each"),
    )


def _dating(pack: Pack, told: Table) -> Lexicon[str]:
    """Compile what stands before an event by which something is only dated: "since the raid that", "after a raid that"."""
    since, after = (told.given.get(key, ()) for key in ("scope_since_what", "scope_after_what"))
    return Lexicon(
        [*((form, "background") for form in since), *((form, "led_up") for form in after)], pack.fold
    )


@cache
def any_cue(pack: Pack) -> AnyForm:
    """Return all that is looked for in a sentence together."""
    cues = cues_of(pack)
    told = [getattr(cues, field.name) for field in fields(cues)]
    return AnyForm(*(cue for cue in told if isinstance(cue, Lexicon)), recalling(pack))


@cache
def recalling(pack: Pack) -> Lexicon[bool]:
    """Compile the words that recall what somebody did before."""
    return Table(pack, "words", "weigh").forms("scope_recalling", True)
