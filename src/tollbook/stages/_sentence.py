"""_sentence: one sentence of a text, with the compiled words of its language that spell it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from tollbook.grammar import role
from tollbook.grammar.forms import expand, first_words
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks
from tollbook.grammar.number import Numbers
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of
from tollbook.stages._told_harm import Told

_HARM_ROLES = {
    "participle": role.PARTICIPLE,
    "active": role.ACTIVE,
    "died": role.DIED,
    "state": role.STATE,
    "event": role.EVENT,
    "people": role.PEOPLE,
    "toll": role.TOLL,
    "lives": role.LIVES,
    "losing": role.LOSING,
}
_SMALL_ROLES = {
    "be_one": role.BE_ONE,
    "be_many": role.BE_MANY,
    "have": role.HAVE,
    "adverbs": role.ADVERB,
    "and": role.AND,
    "including": role.INCLUDING,
    "besides": role.BESIDES,
    "without": role.WITHOUT,
    "of": role.OF,
    "by": role.BY,
    "prepositions": role.PREPOSITION,
    "relative": role.RELATIVE,
    "said": role.SAID,
    "break": role.BREAK,
    "not": role.NOT,
    "rising": role.RISING,
    "taking": role.TAKING,
    "pronouns": role.PRONOUN,
    "one_person": role.ONE_PERSON,
    "alongside": role.ALONGSIDE,
    "compared": role.COMPARED,
}
_MOST_PAIRS = 100_000
_Entries = list[tuple[str, tuple[str, str | None]]]
PEOPLE_FIRST = "+"
LOOK = "?"  # the mark of a word whose role depends on those around it
FORMLESS = LOOK + "x"  # of one with which, by the word behind it, no form of the pack begins
MORE = "m"  # of one that can only say more of a noun
ENDS = "e"  # of one behind which no noun of its group can follow, but for a hyphen
UPROOTED = "displaced"
_GOES_ON = frozenset(  # roles of words that a noun may follow, or that are one
    (role.PEOPLE, role.PARTICIPLE, role.STATE, role.ADVERB, role.AND, role.RISING, role.TAKING)
)
_ENDING = frozenset(",;:)]!?")
OPENS, OPENS_NOT = "dn"  # what is a determiner by itself, and what is none
# where all is in capitals: a word that is no ordinary one, one that a name may begin with, another
UNHEARD, TITLE, ORDINARY, FORENAME = "utof"
NUMBER, WORD, OPENER = 1, 2, 4  # what a word may begin: a number, a form of the pack, a group of people


class _Before(dict[tuple[str, str], str]):
    """What is told of the first of two folded words by both, once a process."""

    __slots__ = ("_tell",)

    def __init__(self, tell: Callable[[str, str], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, pair: tuple[str, str]) -> str:
        if len(self) > _MOST_PAIRS:
            self.clear()
        letter = self[pair] = self._tell(*pair)
        return letter


class Words:
    """The words of one language that spell a sentence, compiled once."""

    def __init__(self, pack: Pack) -> None:
        """Compile the pack's numbers and words."""
        table = pack.parts["words"]
        self.numbers = Numbers(pack.parts["numbers"], pack.fold)
        self.people: People = people_of(pack)
        entries: _Entries = []
        for harm, forms in table.get("harm", {}).items():
            for form, letter in _HARM_ROLES.items():
                entries += [(words, (letter, harm)) for words in forms.get(form, ())]
        suicidal = frozenset(pack.fold(w) for w in table.get("small", {}).get("suicidal", ()))
        self.harms_told = Told(entries, suicidal, pack.fold)
        events = (f.get("event", ()) for f in table.get("harm", {}).values())
        self.events = frozenset(pack.fold(w) for some in events for w in some)
        small = table.get("small", {})
        self.states = frozenset(pack.fold(w) for w in small.get("states", ()))  # dead: never a verb
        for key, letter in _SMALL_ROLES.items():
            entries += [(words, (letter, None)) for words in small.get(key, ())]
        entries = [(words, (role.OTHER, None)) for words in small.get("harmless", ())] + entries
        self.lexicon: Lexicon[tuple[str, str | None]] = Lexicon(entries, pack.fold)
        self.including = Lexicon([e for e in entries if e[1][0] == role.INCLUDING], pack.fold)
        self.harmed = _firsts(entries, role.PEOPLE, pack.fold)
        self.nouns = self.people.firsts | self.harmed
        self.possessives = tuple(pack.fold(w) for w in small.get("possessive_endings", ()))
        self.particles = frozenset(small.get("name_particles", ()))
        self.determiners = Lexicon([(w, True) for w in small.get("determiners", ())], pack.fold)
        self.definite = Lexicon([(w, True) for w in small.get("definite", ())], pack.fold)
        in_years = [(w, True) for w in small.get("ages", ())]  # whether the number before it is of years
        self.ages = Lexicon([*in_years, *((w, False) for w in small.get("ages_under_one", ()))], pack.fold)
        self.age_ends = frozenset(pack.fold(w.split()[-1]) for w, _ in in_years)
        self.others = Lexicon([(w, True) for w in small.get("others", ())], pack.fold)
        self.others_one = Lexicon([(w, True) for w in small.get("others_count_one", ())], pack.fold)
        self.kinds = self._kinds()
        self._lists(small, pack.fold)
        self._bind(table.get("bound", ()), pack.fold)
        self.naming = Lexicon([(w, True) for w in small.get("naming", ())], pack.fold)
        self.called = Lexicon([(w, True) for w in small.get("called", ())], pack.fold)
        # people, and what becomes of people who are taken: hostage
        self.fates = frozenset(
            w for w, s in self.lexicon.singles() if s[0] == role.LIVES and self.people.get(w) is not None
        )
        self.harms = {w: s[1] for w, s in self.lexicon.singles() if s[1] is not None}
        self.common, self._fold, self.forenames = common_words(pack), pack.fold, self._forenames(pack)
        self._pairs()
        self.beside = Marks(self._beside)  # of folded words: what each can be between a number and its noun
        self.unheard = Marks(self._heard)  # of folded words: which may begin a name, all being capitals
        self._cased = Marks(partial(self._letter, capitals=False))
        self._capitals = Marks(partial(self._letter, capitals=True))

    def _lists(self, small: Mapping[str, Sequence[str]], fold: Callable[[str], str]) -> None:
        """Compile the lists of single words, of which a word only is one or not."""

        def words(key: str) -> frozenset[str]:
            return frozenset(fold(w) for w in small.get(key, ()))

        self.rest, self.weak, self.shares, self.lacking = map(words, ("rest", "weak", "shares", "lacking"))
        self.doing, self.causing, self.belonging = map(words, ("doing", "causing", "belonging"))
        self.his, self.pairing, self.families = map(words, ("his", "pairing", "families"))
        self.titles, self.ands, self.of = map(words, ("titles", "and", "collective_of"))
        self.acronyms, self.joining, self.articles = map(words, ("acronyms", "joining", "articles"))
        self.no_person, self.areas, self.aged = map(words, ("no_person", "areas", "aged"))
        self.qualities = words("qualities")
        self.ordinals, self.alike, self.given_out = map(words, ("ordinals", "alike", "given_out"))
        self.deputies, self.of_a_land, self.deeds = map(words, ("deputies", "of_a_land", "deeds"))
        self.charged, self.of_things = words("charged"), words("of_things")
        self.per_cent, self.elsewhere, self.causes = map(words, ("per_cent", "elsewhere", "causes"))
        self.such, self.name_articles = words("such"), words("name_articles")
        self.averages, self.alone = map(words, ("averages", "alone"))
        self.capacities, self.averages_of = map(words, ("capacities", "averages_of"))

    def _bind(self, rows: Iterable[Mapping[str, Sequence[str]]], fold: Callable[[str], str]) -> None:
        """Compile the words of harm that tell it only behind some verbs: took three men "away"."""
        self.bound = {
            words: (frozenset(map(fold, row["behind"])), frozenset(map(fold, row.get("not_behind", ()))))
            for row in rows
            for form in row["words"]
            for words in expand(form, fold)
        }
        self.bound_firsts = frozenset(words[0] for words in self.bound)
        self.bound_alone = frozenset(words[0] for words in self.bound if len(words) == 1)

    def _forenames(self, pack: Pack) -> frozenset[str]:
        """Return the forenames that are ordinary words as well: "angel", "martin"."""
        given = pack.parts.get("names", {}).get("cues", {}).get("given", ())
        both = frozenset(map(pack.fold, given)) & common_words(pack)
        return frozenset(w for w in both if self.lexicon.get(w) is None)

    def _pairs(self) -> None:
        """Begin what is told of two folded words: the role of the first, and whether it is a determiner."""
        self.before, self.opened = _Before(self._role_before), _Before(self._opened)

    def _kinds(self) -> dict[str, int]:
        """Tell for each first word of a form what it may begin: NUMBER, WORD, OPENER."""
        kinds: dict[str, int] = {}
        for bit, firsts in (
            (NUMBER, self.numbers.firsts),
            (WORD, self.lexicon.firsts),
            (OPENER, self.determiners.firsts | self.others_one.firsts),
        ):
            for word in firsts:
                kinds[word] = kinds.get(word, 0) | bit
        return kinds

    def _heard(self, word: str) -> str:
        """Tell a word of several letters that is no ordinary one, nor one that tells of people or of harm; and titles."""
        if len(word) < 2 or self.lexicon.get(word) is not None:
            return ORDINARY
        if word not in self.common and word[0].isalpha() and self.people.get(word) is None:
            return UNHEARD
        return TITLE if word in self.titles else FORENAME if word in self.forenames else ORDINARY

    def _beside(self, word: str) -> str:
        """Tell a word that can only say more of a noun behind it from those that may be, end or begin something."""
        meant = self.kinds.get(word) or word in self.people.firsts or self.people.is_thing(word)
        small = word in self.others.firsts or word in self.causing or word in self.doing or word in self.areas
        if self._ends_nouns(word):
            return ENDS
        return LOOK if meant or small or not word.isalpha() else MORE

    def _ends_nouns(self, word: str) -> bool:
        """Tell whether no noun can follow a word in one group, nor the word be one: most verbs, prepositions, commas."""
        if word in self.people.firsts or self.people.is_thing(word) or word in self.harmed:
            return False
        if word in self.others.firsts or word in self.acronyms or not self.lexicon.alone(word):
            return False
        sense = self.lexicon.get(word)
        if sense is None:
            return word in _ENDING and word not in self.kinds
        return sense[0] not in _GOES_ON and sense[1] != UPROOTED

    def _role_before(self, word: str, following: str) -> str:
        """Tell the role of a folded word that forms of the pack begin with, from the word behind it; "" for none.

        LOOK stands where more decides, FORMLESS where that is no form of the pack; PEOPLE_FIRST before a role that holds where
        no people are named from here on.
        """
        kind, sense = self.kinds.get(word, 0), self.lexicon.get(word)
        longer = self.lexicon.may(word, following)
        if sense is None and not longer:
            return FORMLESS
        if sense is None or word in self.acronyms or longer or word in self.fates:
            return LOOK
        if word in self.bound_alone:
            return LOOK
        if word[0].isdecimal() or (kind & NUMBER and self.numbers.may([word, following or " "], 0, 2)):
            return LOOK
        if sense[0] == role.ACTIVE and word in self.events:
            return LOOK
        people = kind & OPENER or self.people.get(word) is not None
        return PEOPLE_FIRST + sense[0] if people else sense[0]

    def _opened(self, word: str, following: str) -> str:
        """Tell whether the first of two folded words is no determiner, one by itself, or more decides."""
        if self.determiners.may(word, following):
            return LOOK
        return OPENS if word in self.determiners else OPENS_NOT

    def marks(self, capitals: bool) -> Marks:
        """Return the letters of single words: the role of those that always stand for themselves, LOOK for the others.

        `capitals` says that they stand in a sentence written in capitals only.
        """
        return self._capitals if capitals else self._cased

    def _letter(self, surface: str, capitals: bool) -> str:
        """Tell the role of a word that begins nothing longer and is no name or number, whatever stands around it."""
        word = self._fold(surface) or surface
        kind = self.kinds.get(word, 0)
        if kind & (NUMBER | OPENER) or word[0].isdecimal() or self.people.get(word) is not None:
            return LOOK
        if kind:
            sense = self.lexicon.get(word)
            acronym = word in self.acronyms and surface.isupper() and not capitals
            event = sense is not None and sense[0] == role.ACTIVE and word in self.events
            unsure = acronym or event or word in self.bound_alone
            return LOOK if sense is None or unsure or not self.lexicon.alone(word) else sense[0]
        if surface in role.SIGNS:
            return role.SIGNS[surface]
        if surface in self.name_articles:
            return LOOK
        told = word in self.titles or word in self.forenames
        ordinary = capitals and word in self.common and not told and word[0].isalpha()
        return role.OTHER if ordinary or not surface[0].isupper() else LOOK


def _firsts(entries: _Entries, letter: str, fold: Callable[[str], str]) -> frozenset[str]:
    """Return the words with which the forms of a role begin."""
    return first_words((form for form, sense in entries if sense[0] == letter), fold)


@cache
def words_of_pack(pack: Pack) -> Words:
    """Compile a pack's words once."""
    return Words(pack)


class Sentence:
    """One sentence on its way to being spelled: where its words begin and end, and what is known of them.

    `closed` are words of the text that are something else already, such as dates.
    """

    __slots__ = ("closed", "end", "first", "folded", "pack", "upper", "view", "words")

    def __init__(self, view: View, pack: Pack, words: Words, closed: set[int], index: int) -> None:
        """Take sentence `index` of a view."""
        self.view, self.pack, self.words, self.closed = view, pack, words, closed
        self.folded: list[str] = view.folded
        self.first, self.end = view.sentences[index]
        self.upper = view.upper[index]

    def is_acronym(self, i: int) -> bool:
        """Tell whether a small word is a name, written in capitals where little is: "5 IS militants"."""
        return self.folded[i] in self.words.acronyms and self.view.words[i].isupper() and not self.upper
