"""_acting: words -> the group of people, forces or state that acts in them, with its one name and its footing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.lexicon import Hit, Lexicon, entries_of
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of
from tollbook.model.claim import Basis, Party
from tollbook.stages._harm_verbs import finite, harming
from tollbook.world.parties import lands_lexicon, owners_lexicon, parties_lexicon

BASES: tuple[Basis, ...] = ("denied", "admitted", "claimed", "suspected", "alleged")
# the parts of a pack's time.toml whose words are no part of a name
_TIMES = ("weekday", "month", "maybe_month")
_MOST = 3  # parties of one claim
_GROUP = 5  # words before the head of an acting group that belong to it

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Acting:
    """A pack's words for those who act and for what they do, compiled once."""

    by: Lexicon[bool]
    attack: Lexicon[bool]  # attacks and weapons, which have an owner
    between: Lexicon[bool]
    against: Lexicon[bool]
    bases: Lexicon[str]
    actors: Lexicon[bool]
    no_actors: Lexicon[bool]
    forces: Lexicon[bool]  # what belongs to a state: army, jets
    instruments: frozenset[str]  # what acts only for its owner: drones, jets
    parties: Lexicon[str]
    owners: Lexicon[str]
    lands: Lexicon[tuple[str, bool]]
    private: frozenset[str]  # who acts for no state, though counted words for people: a refugee
    serving: frozenset[str]  # who acts for a state, though no word for its forces: a pilot
    anybodys: Lexicon[bool]  # attacks that are no state's by their nature: a bombing, a shooting
    leaning: frozenset[str]  # before a hyphen and a name: pro, anti
    tied: frozenset[str]  # behind a name and a hyphen: linked
    ordinary: frozenset[str]  # words that are no name in a text all in capitals: LET
    people: People
    determiners: Lexicon[bool]
    definite: frozenset[str]  # the, this
    stops: frozenset[str]
    nameless: frozenset[str]  # those who attack, whoever they are: assailants
    openers: frozenset[str]  # words behind which a clause begins
    said: frozenset[str]
    links: frozenset[str]
    of: frozenset[str]
    pronouns: frozenset[str]
    whose_deed: frozenset[str]  # what opens a clause about people, whose subject they are: who
    nobody: frozenset[str]  # what makes a group nobody: no
    persons: frozenset[str]  # subjects that are one told of before, nobody knows who: he, she
    several: frozenset[str]  # subjects that are people told of before: they
    scenes: frozenset[str]  # what is of those who act: scenes, reports
    unclear: frozenset[str]  # behind these nobody knows which of two groups they are
    # "days after": what stands behind is another event; False of "since the", where it harms others
    recalled: Lexicon[bool]
    parting: frozenset[str]  # words that part two statements: "while 16 rebels were killed by"
    whom: frozenset[str]  # behind "of": those told right before
    helpers: frozenset[str]  # what may stand between a subject and its verb
    deeds: frozenset[str]
    arresting: frozenset[str]  # those of a state who take people away: police, customs
    gripping: frozenset[str]  # verbs of taking that do not say whether it is an arrest
    losses: frozenset[str]  # deeds that a side admits which has dead of its own
    involvement: frozenset[str]
    answering: frozenset[str]  # what a subject is of deaths: responsible
    suspecting: Lexicon[bool]
    thought: Lexicon[bool]  # what attackers are believed to be
    looks: Lexicon[bool]  # what those who are nobody known look like: "in police uniforms"
    charging: Lexicon[str]  # what charges those before it with what is told behind it, on which footing
    means: Lexicon[str]
    times: frozenset[str]
    owning: Lexicon[bool]
    blaming: Lexicon[bool]
    laid_to: frozenset[str]  # verbs whose object is a deed, never who did it, and the word before him
    to: frozenset[str]
    laid_on: frozenset[str]  # verbs whose object is a deed or its doer, and the word that stands before him
    on: frozenset[str]
    loyal: Lexicon[bool]
    laid_by: Lexicon[bool]  # a mine planted by
    fire_from: Lexicon[bool]  # came under fire from
    attacking: Lexicon[bool]  # verbs of those who attack: attacked, raided
    beside: frozenset[str]  # what opens a clause of when or where, told beside the deed: when, where
    striking: frozenset[str]  # verbs by which the subject of such a clause may be who did it: fired
    counts: frozenset[str]  # two, three
    apart: Lexicon[bool]  # words of another event: elsewhere
    turning: Lexicon[bool]  # words that turn to another event: in a separate attack
    kinds: tuple[frozenset[str], ...]  # kinds of attack, each the means it is done with
    accused: frozenset[str]  # words for those who are said to have done it: suspect
    pointing: frozenset[str]  # the, these, same: before a word for people told before
    whoever: frozenset[str]  # common words for those of an armed group: group, gang
    relative: frozenset[str]  # who, which
    going_on: frozenset[str]  # what goes on to another deed: also, later
    finite: frozenset[str]  # first words of verbs of harm with a subject before them: killed, not killing
    events: frozenset[str]  # words of harm that are no verb: who does something with them harmed nobody
    harming: frozenset[str]  # those that are: no part of a name in capitals
    ends: frozenset[str]  # last words of those who act: behind no other one ends
    told_beside: AnyForm  # what tells whose attack it was, in a sentence beside that of its harm


def _recalled(pack: Pack) -> Lexicon[bool]:
    """Compile the words behind which another event stands, False of those by which an event is only dated."""
    weighing = pack.parts["words"].get("weigh", {})
    told = (*pack.parts["means"].get("agent", {}).get("recalled", ()), *weighing.get("scope_later", ()))
    dated = weighing.get("scope_since_what", ())
    return Lexicon([*((w, True) for w in told), *((w, False) for w in dated)], pack.fold)


@cache
def acting_of(pack: Pack) -> Acting:
    """Compile a pack's words for those who act."""
    table, fold = pack.parts["means"], pack.fold
    agent, small = table.get("agent", {}), pack.parts["words"].get("small", {})
    times = pack.parts["time"].get("words", {})
    told = pack.parts["words"].get("weigh", {}).get("told", {})

    def lexicon(key: str, more: Iterable[str] = ()) -> Lexicon[bool]:
        return Lexicon([(w, True) for w in (*agent.get(key, ()), *more)], fold)

    def words(*given: str) -> frozenset[str]:
        return frozenset(fold(w) for key in given for w in (*agent.get(key, ()), *small.get(key, ())))

    actors, parties = lexicon("actors"), parties_lexicon(fold)
    unowned = {*table.get("background", {}).get("kinds", ()), *agent.get("unowned", ())}
    weapons = [
        (form, True)
        for kind, forms in table.get("means", {}).items()
        if kind not in unowned
        for form in forms
    ]
    means, blaming = Lexicon(entries_of(table.get("means", {})), fold), lexicon("blaming")
    fire_from, attacking = lexicon("fire_from"), lexicon("attacking")
    return Acting(
        Lexicon([*((w, True) for w in agent.get("by", ())), *((w, False) for w in agent.get("no_doer", ()))], fold),
        Lexicon([*((w, True) for w in agent.get("attack", ())), *weapons], fold),
        Lexicon([*((w, True) for w in agent.get("between", ())), *((w, False) for w in agent.get("no_fight", ()))], fold),
        lexicon("against"), Lexicon([(w, basis) for basis in BASES for w in agent.get(basis, ())], fold),
        actors, lexicon("no_actors"), lexicon("forces"), words("instruments"), parties,
        owners_lexicon(fold, pack.parts["names"].get("demonyms", {}), small.get("possessive_endings", ())),
        lands_lexicon(fold, pack.parts["names"].get("demonyms", {})), words("private"), words("serving"),
        lexicon("anybodys"), words("leaning"), words("tied"),
        common_words(pack), people_of(pack), Lexicon([(w, True) for w in small.get("determiners", ())], fold), words("definite"),
        words("prepositions", "by", "and", "break", "be_one", "be_many", "have", "relative", "aboard"),
        words("nameless"), words("openers", "and", "break", "said"), words("said", "saying"), words("and"), words("of"),
        words("one_person", "speaking") - words("reflexive"), words("whose_deed"), words("nobody"), words("persons"),
        words("several"), words("scenes"), words("unclear"),
        _recalled(pack),
        words("parting"), words("whom"), words("have", "adverbs", "helpers"), words("deeds"), words("arresting"),
        words("gripping"), words("losses"), words("involvement"), words("answering"),
        lexicon("suspecting"), lexicon("thought"), lexicon("looks"), Lexicon(entries_of(agent.get("charging", {})), fold),
        means, frozenset(fold(w) for key in _TIMES for w in times.get(key, ())),
        lexicon("owning"), blaming, words("laid_to"), words("to"), words("laid_on"), words("on"),
        lexicon("loyal"), lexicon("laid_by"), fire_from, attacking, words("beside"), words("striking"),
        frozenset(fold(w) for w in pack.parts["numbers"].get("values", {})),
        lexicon("over_time", told.get("apart", ())), lexicon("turning", told.get("apart", ())),
        tuple(map(frozenset, agent.get("kinds", ()))), words("accused"), words("definite", "pointing"), words("whoever"),
        words("relative"), words("also", "afterwards"),
        finite(pack), *harming(pack), actors.lasts | parties.lasts, AnyForm(means, blaming, fire_from, attacking),
    )  # fmt: skip


@cache
def telling_of(pack: Pack) -> frozenset[str]:
    """Return the first words of what tells who attacked, who is blamed, who fights whom, besides the words of harm."""
    words = acting_of(pack)
    attacks = words.fire_from.firsts | words.attacking.firsts | words.laid_by.firsts
    return attacks | words.blaming.firsts | words.between.firsts | words.against.firsts


def _is_tie(view: View, words: Acting, last: int) -> bool:
    """Tell whether a name that ends at word `last` only says to whom a group is tied: "the Taliban-linked TTP"."""
    return last + 2 < len(view.words) and view.words[last + 1] in "-–" and view.folded[last + 2] in words.tied


def _with_tie(view: View, words: Acting, k: int, first: int) -> int:
    """Return the first word of a group that begins at word k, with whom it is tied to: "the Taliban-linked TTP"."""
    if k - 3 < first or view.folded[k - 1] not in words.tied or view.words[k - 2] not in "-–":
        return k
    k -= 3
    while k > first and view.words[k - 1][0].isupper() and words.determiners.get(view.folded[k - 1]) is None:
        k -= 1
    return k


def _only_leans(view: View, words: Acting, first: int) -> bool:
    """Tell whether a name only says whom others are for or against: "pro-Turkish forces"."""
    return first > 1 and view.words[first - 1] in "-–" and view.folded[first - 2] in words.leaning


def as_name(view: View, words: Acting, hit: Hit[str] | None) -> Hit[str] | None:
    """Return a hit that is a name; one that is a small word too needs capitals amid small letters: "IS", not "is"."""
    if hit is None or _is_tie(view, words, hit.last) or _only_leans(view, words, hit.first):
        return None
    if hit.first < hit.last:
        return hit
    word = view.folded[hit.first]
    if word not in words.stops and word not in words.ordinary:  # nearly all
        return hit
    first, last = view.sentences[view.sentence_at(hit.first)]
    return hit if view.words[hit.first].isupper() and any(map(str.islower, view.words[first:last])) else None


def group_from(view: View, words: Acting, i: int, last: int) -> Stretch | None:
    """Return the acting group that begins at word i."""
    begin = i
    det = words.determiners.at(view.folded, i, last) if i < last else None
    if det is not None:
        begin = det.last + 1
    deed = begin < last and view.words[begin].islower() and view.folded[begin] in words.deeds
    deed = deed and words.actors.at(view.folded, begin + 1, last) is None  # "by bombing two villages"
    if begin < last and (deed or view.folded[begin] in words.pronouns):
        return None  # "accusing them of being informers"
    for k in range(begin, min(last, begin + _GROUP + 1)):
        owner = as_name(view, words, words.owners.at(view.folded, k, last))
        actor = words.actors.at(view.folded, k, last)
        if owner is not None:
            inner = group_from(view, words, owner.last + 1, last) if owner.last + 1 < last else None
            known = as_name(view, words, words.parties.at(view.folded, k, last))
            if inner is not None and inner[0] <= owner.last + 2:
                return begin, inner[1]
            return (begin, owner.last) if known is not None or view.words[k][0].isupper() else None
        if actor is not None or words.people.get(view.folded[k]) is not None:
            end = actor.last if actor is not None else k
            while end + 1 < last:
                more = words.actors.at(view.folded, end + 1, last)
                if more is None and words.people.get(view.folded[end + 1]) is None:
                    break
                end = more.last if more is not None else end + 1
            party = words.parties.at(view.folded, end + 1, last) if end + 1 < last else None
            party = as_name(view, words, party)
            if party is not None:  # "the paramilitary Rapid Support Forces"
                return begin, party.last
            if view.folded[end] in words.instruments:
                return None
            return begin, with_body(view, words, end, last)
        if view.folded[k] in words.stops or not (view.words[k][0].isalnum() or view.words[k] in "-–"):
            return None
        verb = view.folded[k] in words.harming and view.words[k].islower()
        if verb or (k > begin and view.words[k][0].isdecimal()):
            return None  # "clashes between A and B killed 12 people", "… left 12 people dead"
    return None


def with_body(view: View, words: Acting, end: int, last: int) -> int:
    """Return the end of a group with the body it belongs to: "members of the RSF", "forces loyal to Khalifa Haftar"."""
    loyal = words.loyal.at(view.folded, end + 1, last) if end + 1 < last else None
    if loyal is not None:
        named = loyal.last
        while named + 1 < last and named - loyal.last < _GROUP and view.words[named + 1][0].isupper():
            named += 1
        return named if named > loyal.last else end
    if end + 2 >= last or view.folded[end + 1] not in words.of:
        return end
    body = group_from(view, words, end + 2, last)
    return body[1] if body is not None else end


def group_to(view: View, words: Acting, i: int, first: int) -> Stretch | None:
    """Return the acting group that ends at word i."""
    if view.folded[i] not in words.ends:  # most
        return None
    for k in range(max(first, i - 9), i + 1) if view.folded[i] in words.parties.lasts else ():
        if view.folded[k] not in words.parties.firsts:  # most
            continue
        party = as_name(view, words, words.parties.at(view.folded, k, i + 1))
        if party is not None and party.last == i:
            return _with_tie(view, words, k, first), i
    if view.folded[i] not in words.actors.lasts:
        return None
    actor = words.actors.at(view.folded, i, i + 1)
    if actor is not None and any(
        words.no_actors.find(view.folded, max(first, i - 1), min(i + 3, len(view.folded)))
    ):
        return None
    begin = i
    if actor is None:
        pair = words.actors.at(view.folded, i - 1, i + 1) if i - 1 >= first else None
        if pair is None or pair.last != i:
            return None
        begin = i - 1
    named = False
    while begin - 1 >= first and i - begin < _GROUP:
        if _is_compound(view, begin - 3, first):  # "motorcycle-riding gunmen"
            begin -= 3
            continue
        word, surface = view.folded[begin - 1], view.words[begin - 1]
        hyphen = surface in "-–" and begin - 2 >= first and view.ends[begin - 2] == view.starts[begin - 1]
        hyphen = hyphen and view.words[begin - 2][0].isalnum()  # "LIMA (Agency) -- Rebels …"
        if not hyphen and (
            word in words.stops
            or word in words.harming
            or word in words.times
            or not surface[0].isalnum()
            or words.determiners.get(word) is not None
            or word in words.nobody
        ):
            break
        if not (hyphen or surface[0].isupper() or _describes(words, word)):
            break
        named = named or surface[0].isupper()
        begin -= 2 if hyphen else 1
    if view.folded[i] in words.instruments and not any(_owned(view, words, begin, i)):
        return None
    if begin > first and view.folded[begin - 1] in words.nobody:
        return None  # "No group claimed responsibility"
    begin = begin + 1 if view.folded[begin] in words.of and begin < i else begin
    return _with_tie(view, words, begin, first), i


def _is_compound(view: View, k: int, first: int) -> bool:
    """Tell whether word k and the two behind it are one word with a hyphen in small letters."""
    if k < first or view.words[k + 1] not in "-–" or not view.words[k + 2].islower():
        return False
    joined = view.ends[k] == view.starts[k + 1] and view.ends[k + 1] == view.starts[k + 2]
    return joined and view.words[k].islower()


def _describes(words: Acting, word: str) -> bool:
    return bool(
        words.people.modifiers.get(word)
        or words.people.get(word)
        or words.actors.get(word)
        or words.bases.get(word)
    )


def _owned(view: View, words: Acting, a: int, b: int) -> Iterator[str]:
    for hit in words.owners.find(view.folded, a, b + 1):
        if as_name(view, words, hit):
            yield hit.sense


def party_of(view: View, words: Acting, a: int, b: int, first: int, basis: Basis = "stated") -> Party:
    """Return words a..b as a party: by its one name where the table has it, on the footing that stands beside it."""
    start, end = view.starts[a], view.ends[b]
    parties = words.parties.find(view.folded, a, b + 1)
    known = next((h.sense for h in parties if as_name(view, words, h)), None)
    if known is None and words.forces.at(view.folded, b, b + 1) is not None:
        known = next(_owned(view, words, a, b), None)
    plain = known is None and not any(w[0].islower() and w not in "'s" for w in view.words[a : b + 1])
    if plain and not _fights_a_state(words, view.folded[b]):
        known = next((s for s in _owned(view, words, a, b)), None)
    for hit in words.bases.find(view.folded, max(first, a - 4), b + 1):
        basis = hit.sense  # type: ignore[assignment]  # the pack's keys are the bases
    quote = view.text[start:end]
    known_by = b + 1 if _is_anybody(words, view.folded[b]) and b + 1 < len(view.words) else None
    looks = None if known_by is None else words.looks.at(view.folded, known_by)
    told = quote if looks is None else view.text[start : view.ends[looks.last]]
    return Party(quote, start, end, known or " ".join(told.split()), basis)


def _is_anybody(words: Acting, head: str) -> bool:
    """Tell whether the head of a group says nothing of those who act: only how they look does, "men in police uniforms"."""
    noun = words.people.get(head) if head in words.nameless else None
    return noun is not None and not noun.attacker


def _fights_a_state(words: Acting, head: str) -> bool:
    """Tell whether the head of a group is that of no state's forces, whatever land is named before it: "Peru Rebels"."""
    noun = words.people.get(head)
    return noun is not None and (noun.attacker or noun.status == "armed_group")


def distinct(parties: Iterable[Party]) -> list[Party]:
    """Return parties each once by its name, the first three."""
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.name.lower(), party)
    return list(seen.values())[:_MOST]
