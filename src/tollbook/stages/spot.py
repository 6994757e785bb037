"""spot: View -> the mentions of each sentence that speaks of harm."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from tollbook.grammar import role
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.grammar.number import Numbers, Stated
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of

_HARM_ROLES = {
    "participle": role.PARTICIPLE,
    "active": role.ACTIVE,
    "died": role.DIED,
    "state": role.STATE,
    "event": role.EVENT,
    "people": role.PEOPLE,
    "toll": role.TOLL,
    "lives": role.LIVES,
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
}
_ARMED = frozenset(("armed_forces", "security_forces", "armed_group"))
_ADJECTIVES = frozenset((role.PARTICIPLE, role.STATE))
_NUMBER, _WORD, _OPENER = 1, 2, 4  # what a word may begin: a number, a form of the pack, a group of people
_MOST_KEPT = 50_000
_MODIFIERS = 6  # no noun group of news prose has more words between its number and its noun
_OLDEST = 115
_FARTHEST = 14  # words that a noun group can reach over, compounds included


class Words:
    """The words of one language that spell a sentence, compiled once."""

    def __init__(self, pack: Pack) -> None:
        """Compile the pack's numbers and words."""
        table = pack.parts["words"]
        self.numbers = Numbers(pack.parts["numbers"], pack.fold)
        self.people: People = people_of(pack)
        entries: list[tuple[str, tuple[str, str | None]]] = []
        for harm, forms in table.get("harm", {}).items():
            for form, letter in _HARM_ROLES.items():
                entries += [(words, (letter, harm)) for words in forms.get(form, ())]
        self.harm_firsts = Lexicon([e for e in entries if e[1][0] != role.LIVES], pack.fold).firsts
        self.events = frozenset(
            pack.fold(w) for f in table.get("harm", {}).values() for w in f.get("event", ())
        )
        small = table.get("small", {})
        for key, letter in _SMALL_ROLES.items():
            entries += [(words, (letter, None)) for words in small.get(key, ())]
        entries = [(words, (role.OTHER, None)) for words in small.get("harmless", ())] + entries
        self.lexicon: Lexicon[tuple[str, str | None]] = Lexicon(entries, pack.fold)
        harmed = [e for e in entries if e[1][0] == role.PEOPLE]
        self.nouns = self.people.firsts | Lexicon(harmed, pack.fold).firsts
        self.possessives = tuple(pack.fold(w) for w in small.get("possessive_endings", ()))
        self.particles = frozenset(small.get("name_particles", ()))
        self.determiners = Lexicon([(w, True) for w in small.get("determiners", ())], pack.fold)
        self.definite = Lexicon([(w, True) for w in small.get("definite", ())], pack.fold)
        self.ages = Lexicon([(w, True) for w in small.get("ages", ())], pack.fold)
        self.others = Lexicon([(w, True) for w in small.get("others", ())], pack.fold)
        self.others_one = Lexicon([(w, True) for w in small.get("others_count_one", ())], pack.fold)
        self.plain: dict[str, str] = {}
        self.kinds: dict[str, int] = {}
        for bit, firsts in (
            (_NUMBER, self.numbers.firsts),
            (_WORD, self.lexicon.firsts),
            (_OPENER, self.determiners.firsts | self.others_one.firsts),
        ):
            for word in firsts:
                self.kinds[word] = self.kinds.get(word, 0) | bit
        self.belonging = frozenset(pack.fold(w) for w in small.get("belonging", ()))
        self.titles = frozenset(pack.fold(w) for w in small.get("titles", ()))
        self.ands = frozenset(pack.fold(w) for w in small.get("and", ()))
        self.his = frozenset(pack.fold(w) for w in small.get("his", ()))
        self.of = frozenset(pack.fold(w) for w in small.get("collective_of", ()))
        self.families = frozenset(pack.fold(w) for w in small.get("families", ()))


@cache
def words_of_pack(pack: Pack) -> Words:
    """Compile a pack's words once."""
    return Words(pack)


def spot(view: View, pack: Pack, blocked: Iterable[tuple[int, int]] = ()) -> Iterator[Spelled]:
    """Yield every sentence that has a word of harm, spelled in roles.

    `blocked` are word ranges (both included) that are something else already, such as dates: no number in them counts.
    """
    words = words_of_pack(pack)
    harm = words.harm_firsts
    closed = {i for first, last in blocked for i in range(first, last + 1)}
    for index, (first, last) in enumerate(view.sentences):
        if not harm.isdisjoint(view.folded[first:last]):
            mentions = _Speller(view, pack, words, closed, index).spell()
            yield Spelled(index, mentions, "".join(m.role for m in mentions), view.folded)


class _Speller:
    """Walks one sentence left to right, once."""

    def __init__(self, view: View, pack: Pack, words: Words, closed: set[int], index: int) -> None:
        self.view, self.pack, self.words, self.closed = view, pack, words, closed
        self.folded: Sequence[str] = view.folded
        self.first, self.end = view.sentences[index]
        self.upper = view.upper[index]

    def spell(self) -> list[Mention]:
        mentions: list[Mention] = []
        plain, surfaces, closed = self.words.plain, self.view.words, self.closed
        i = self.first
        folded, end, upper, new = self.folded, self.end, self.upper, tuple.__new__
        while i < end:
            # most words are ordinary and stand for themselves: one look-up tells
            letter = plain.get(folded[i]) if (upper or surfaces[i][0].islower()) else None
            if letter is not None and i not in closed:
                mentions.append(new(Mention, (letter, i, i, None, None)))
                i += 1
                continue
            mention = self._next(i, mentions)
            mentions.append(mention)
            if (
                letter is None
                and mention.first == mention.last
                and mention.harm is None
                and mention.group is None
            ):
                self._learn(i, mention.role)
            i = mention.last + 1
        return mentions

    def _learn(self, i: int, letter: str) -> None:
        """Keep the role of a word that always stands for itself: it begins nothing longer and is no name or number."""
        word, words = self.folded[i], self.words
        kind = words.kinds.get(word, 0)
        alone = kind == 0 or (kind == _WORD and words.lexicon.alone(word) and word not in words.events)
        if not alone or i in self.closed or words.people.get(word) is not None or not word[0].isalpha():
            return
        if (letter == role.OTHER and (not self.upper or word in common_words(self.pack))) or kind == _WORD:
            if len(words.plain) > _MOST_KEPT:
                words.plain.clear()
            words.plain[word] = letter

    def _next(self, i: int, before: Sequence[Mention]) -> Mention:
        words, folded = self.words, self.folded
        word = folded[i]
        if i in self.closed:
            return Mention(role.TIME, i, i)
        kind = words.kinds.get(word, 0)
        if (kind & _NUMBER or word[0].isdecimal()) and words.numbers.may(folded, i, self.end):
            counted = self._counted(i, before)
            if counted is not None and not self._points_back(i, counted):
                return counted
        hit = words.lexicon.at(folded, i, self.end) if kind & _WORD else None
        if hit is not None and hit.sense[0] == role.ACTIVE and self._is_event(hit.first, hit.last):
            return Mention(role.EVENT, i, hit.last, hit.sense[1])
        if hit is not None and hit.last > i:
            return Mention(hit.sense[0], i, hit.last, hit.sense[1])
        if kind & _OPENER or words.people.get(word) is not None:
            group = self._uncounted(i)
            if group is not None:
                return group
        if hit is not None:
            return Mention(hit.sense[0], i, i, hit.sense[1])
        surface = self.view.words[i]
        sign = role.SIGNS.get(surface)
        if sign is not None:
            return Mention(sign, i, i)
        return (self._name(i) if surface[0].isupper() else None) or Mention(role.OTHER, i, i)

    def _points_back(self, i: int, counted: Mention) -> bool:
        """Tell whether words of number only open a list of parts or are no number: "many of them", "one another"."""
        if counted.group is None:
            return False
        hit = self.words.lexicon.at(self.folded, i, self.end)
        if hit is None or hit.last <= counted.group.stated.last:
            return False
        vague = counted.group.stated.kind in ("vague", "some")
        return hit.sense[0] == role.PRONOUN or (vague and hit.sense[0] == role.INCLUDING)

    def _is_event(self, first: int, last: int) -> bool:
        """Tell whether a word that is verb and noun (murder, killing) is the noun here: "the …", "… of"."""
        words = self.words
        if self.folded[first] not in words.events:
            return False
        if last + 1 < self.end and self.folded[last + 1] in words.of:
            return True
        if first > self.first and self.folded[first - 1].endswith(words.possessives):
            return True
        if last + 1 < self.end and self._people_begin(last + 1):
            return words.determiners.get(self.folded[first - 1]) is not None if first > self.first else False
        for k in range(first - 1, max(self.first, first - 4) - 1, -1):  # "the recent murder in …"
            if words.determiners.get(self.folded[k]) is not None:
                return True
            if words.kinds.get(self.folded[k]) or not self.folded[k].isalpha():
                return False
        return False

    def _people_begin(self, k: int) -> bool:
        """Tell whether word k may begin a group of people: a number, a determiner, a noun."""
        word = self.folded[k]
        begins = self.words.kinds.get(word, 0) & (_NUMBER | _OPENER)
        return bool(begins) or word[0].isdecimal() or self.words.people.get(word) is not None

    # ---------------------------------------------------------------- people with a number

    def _counted(self, i: int, before: Sequence[Mention]) -> Mention | None:
        """Read a number and the people it counts; an OTHER mention where it counts something else."""
        stated = self.words.numbers.at(self.folded, i, self.end)
        if stated is None:
            return None
        if any(k in self.closed for k in range(i, stated.last + 1)):
            return None
        stated = self._said_twice(stated)
        inner = (
            self.words.numbers.value_at(self.folded, stated.last + 1, self.end)
            if stated.last + 1 < self.end
            else None
        )
        if stated.kind == "none" and inner is not None:  # none of the four priests
            stated = stated._replace(last=inner[0])
        after = stated.last + 1
        if self._glued_compound(after):
            if self.words.kinds.get(self.folded[i], 0) & _OPENER:
                return None  # his 2-year-old son
            return Mention(role.OTHER, i, self._compound_end(after))
        if self._is_label(i, stated, before):
            kept = Group(stated, after, stated.last) if stated.kind == "exact" else None
            return Mention(role.OTHER, i, stated.last, None, kept)  # an age, or a figure for a place named
        if before and before[-1].role == role.RISING and stated.kind == "range":  # rose from 10 to 12
            stated = stated._replace(kind="exact", low=stated.high)
        found = self._noun(after, self.end, counted=True)
        if found is None and self._is_age(stated, before):
            return Mention(role.OTHER, i, stated.last)
        if found is None:
            return self._bare(stated, after, self.words.others.get(self.folded[i]) is not None)
        kind, first, last, harm, others = found
        if kind == "thing":
            return Mention(role.OTHER, i, last)
        definite = self.words.definite.get(self.folded[i]) is not None
        others = others or self.words.others.get(self.folded[i]) is not None  # another 27 people
        group = Group(stated, first, last, harm, definite, others, self._fight(first, last))
        letter = role.PEOPLE if kind == "harmed" else role.UNSURE if kind == "unsure" else role.VICTIM
        return Mention(letter, i, max(last, stated.last), harm, group)

    def _said_twice(self, stated: Stated) -> Stated:
        """Take "five (5)" as one number: its words and its figure in brackets."""
        k, view = stated.last + 1, self.view
        if k + 2 >= self.end or view.words[k] != "(" or view.words[k + 2] != ")":
            return stated
        value = self.words.numbers.value_at(self.folded, k + 1, k + 2)
        same = value is not None and value[1] == stated.low and view.words[k + 1][0].isdecimal()
        return stated._replace(last=k + 2) if same else stated

    def _is_age(self, stated: Stated, before: Sequence[Mention]) -> bool:
        """Tell whether a bound right behind people is their age: "children under 5"."""
        if not before or before[-1].role != role.VICTIM or stated.kind not in ("at_most", "at_least"):
            return False
        return (stated.high or stated.low or 0) <= _OLDEST

    def _bare(self, stated: Stated, after: int, others: bool) -> Mention:
        """Make a count with no noun; a lone year or a long decimal is none."""
        year = stated.kind == "exact" and stated.first == stated.last and 1900 <= (stated.low or 0) <= 2100
        if year and len(self.folded[stated.first]) == 4:
            return Mention(role.OTHER, stated.first, stated.last)
        return Mention(
            role.COUNT, stated.first, stated.last, None, Group(stated, after, after - 1, others=others)
        )

    def _glued_compound(self, after: int) -> bool:
        """Tell whether the number is the first half of a compound: 14-year, 12-man."""
        view = self.view
        return (
            after + 1 < self.end
            and view.words[after] in "-–"
            and view.starts[after] == view.ends[after - 1]
            and view.starts[after + 1] == view.ends[after]
            and view.words[after + 1][0].isalpha()
            and self.words.people.get(self.folded[after + 1]) is None
        )

    def _glued(self, k: int) -> bool:
        """Tell whether word k touches the words on both sides."""
        view = self.view
        return view.starts[k] == view.ends[k - 1] and view.starts[k + 1] == view.ends[k]

    def _compound_end(self, after: int) -> int:
        """Return the last word of a compound whose first hyphen stands at word `after`: 14-year-old."""
        last = after + 1
        while last + 2 < self.end and self._inner_hyphen(last + 1):
            last += 2
        return last

    def _is_label(self, i: int, stated: Stated, before: Sequence[Mention]) -> bool:
        """Tell whether the number is an age between commas, or the number of a list item."""
        words = self.view.words
        after = stated.last + 1
        if i > self.first + 1 and words[i - 1] in "-–" and words[i - 2][0].isalpha() and self._glued(i - 1):
            return True  # a name with a number: F-16
        if i == self.first and after < self.end and words[after] in ".)" and stated.kind == "exact":
            return True
        if not before or before[-1].role not in (role.COMMA, role.OPEN) or stated.kind != "exact":
            return False
        closes = after >= self.end or words[after] in ",).;"
        named = any(m.role in (role.NAME, role.VICTIM) for m in before[-3:-1])
        named = named or (words[before[-1].first - 1][:1].isupper() and not self.upper)
        return closes and named and (stated.low or 0) <= _OLDEST and words[i][0].isdecimal()

    # ---------------------------------------------------------------- the noun of a group

    def _noun(self, i: int, end: int, *, counted: bool) -> tuple[str, int, int, str | None, bool] | None:
        """Find the noun after a number or determiner: (kind, first, last word, harm, others).

        kind: "people"; "harmed" (the noun itself tells the harm); "thing" (no people); "unsure".
        """
        words, folded = self.words, self.folded
        j, harm, others, noun = i, None, False, i
        if counted and j < end and folded[j] in words.of:  # twelve of the hostages
            j = self._after_of(j + 1, end)
            noun = j
        modifiers = 0
        while j < end and modifiers <= _MODIFIERS and j not in self.closed:
            word = folded[j]
            if harm is not None and words.numbers.value_at(folded, j, end) is not None:
                break  # "which wounded two students": the word of harm is a verb
            entry = words.people.get(word)
            if entry is not None:
                last = self._with_body(self._last_noun(j, end), end)
                kind = "people"
                harmed = self._harmed(last, end) or (self._harmed(last + 1, end) if last + 1 < end else None)
                if harmed is not None:
                    return "harmed", noun, max(last, harmed[1]), harmed[0], others
                return kind, noun, last, harm, others
            hit = words.lexicon.at(folded, j, end) if words.kinds.get(word, 0) & _WORD else None
            if hit is not None and hit.sense[0] == role.PEOPLE:
                return "harmed", noun, hit.last, hit.sense[1], others
            other = words.others.at(folded, j, end) if counted and word in words.others.firsts else None
            if other is not None:
                others = True
                j = other.last + 1
                continue
            if hit is not None:
                if hit.sense[0] in _ADJECTIVES and self._noun_follows(hit.last + 1, end):
                    harm = hit.sense[1]
                    j = hit.last + 1
                    modifiers += 1
                    continue
                harmed = self._harmed(j, end)
                if harmed is not None:
                    return "harmed", noun, harmed[1], harmed[0], others
                if hit.sense[0] not in (role.ADVERB, role.RISING, role.TAKING) or modifiers == 0:
                    break
            age = self._age(j, end)
            if age is not None:  # an 18 year old man
                j = age + 1
                modifiers += 1
                continue
            if word[0].isdecimal() and self._glued_compound(j + 1):  # a 14-year-old boy
                j = self._compound_end(j + 1) + 1
                modifiers += 1
                continue
            if self.view.words[j] in role.SIGNS and not self._inner_hyphen(j):
                break
            if words.people.is_thing(word) and not self._people_at(j + 1, end):
                return "thing", noun, j, None, others
            if not (word[0].isalpha() or self._inner_hyphen(j)) or (word in words.determiners and modifiers):
                break
            modifiers += 1
            j += 1
        if others:
            return "people", i, j - 1, None, True
        if counted and j > noun and modifiers:
            return "unsure", noun, j - 1, None, False
        return None

    def _fight(self, first: int, last: int) -> bool:
        """Tell whether the nouns of a group are of people under arms."""
        known = [self.words.people.get(self.folded[k]) for k in range(first, last + 1)]
        return any(noun is not None and noun.status in _ARMED for noun in known)

    def _people_at(self, j: int, end: int) -> bool:
        """Tell whether word j is a noun for people: party members, business leaders."""
        return j < end and self.words.people.get(self.folded[j]) is not None

    def _age(self, j: int, end: int) -> int | None:
        """Return the last word of an age before a noun: "18 year old"."""
        if not self.words.kinds.get(self.folded[j], 0) & _NUMBER and not self.folded[j][0].isdecimal():
            return None
        value = self.words.numbers.value_at(self.folded, j, end)
        if value is None or value[0] + 1 >= end:
            return None
        hit = self.words.ages.at(self.folded, value[0] + 1, end)
        return None if hit is None else hit.last

    def _harmed(self, j: int, end: int) -> tuple[str, int] | None:
        """Return (harm, last word) of a counted word that tells its harm, such as refugees."""
        hit = self.words.lexicon.at(self.folded, j, end)
        if hit is not None and hit.sense[0] == role.PEOPLE and hit.sense[1] is not None:
            return hit.sense[1], hit.last
        return None

    def _after_of(self, j: int, end: int) -> int:
        """Step over "the", "his" and an inner number: of the 20 hostages."""
        for _ in range(3):
            if j >= end:
                break
            det = self.words.determiners.at(self.folded, j, end)
            inner = self.words.numbers.value_at(self.folded, j, end)
            if inner is not None:
                j = inner[0] + 1
            elif det is not None:
                j = det.last + 1
            else:
                break
        return j

    def _noun_follows(self, j: int, end: int) -> bool:
        """Tell whether a noun for people stands here or one or two words on: "wounded (young) soldiers"."""
        for k in range(j, min(j + 3, end)):
            if self.words.people.get(self.folded[k]) is not None:
                return True
            if self.words.lexicon.at(self.folded, k, end) is not None or not self.folded[k][0].isalpha():
                return False
        return False

    def _inner_hyphen(self, j: int) -> bool:
        """Tell whether word j is a hyphen or apostrophe between two words with no blank."""
        view = self.view
        return (
            view.words[j] in "-–'’.&/"
            and j + 1 < self.end
            and view.starts[j] == view.ends[j - 1]
            and view.starts[j + 1] == view.ends[j]
        )

    def _last_noun(self, j: int, end: int) -> int:
        """Follow a run of nouns to its head: police officers; women and children; soldier Ali Hassan."""
        people, folded = self.words.people, self.folded
        last = j
        while last + 1 < end and last < j + 8:
            following = folded[last + 1]
            phrase = people.phrase(folded, last + 1, end)
            if phrase is not None:
                last = phrase.last
            elif people.get(following) is not None:
                last += 1
            elif (
                (last + 2 < end and self._inner_hyphen(last + 1) and people.get(folded[last + 2]) is not None)
                or self._pair(last, end)
                or self._rank(last, end)
            ):
                last += 2
            else:
                break
        return last

    def _with_body(self, last: int, end: int) -> int:
        """Take in the body that people belong to: members of the security forces."""
        words, folded = self.words, self.folded
        if last + 2 >= end or folded[last] not in words.belonging or folded[last + 1] not in words.of:
            return last
        for k in range(last + 2, min(last + 7, end)):
            noun = words.people.get(folded[k])
            if noun is not None and noun.number != "one":
                return self._last_noun(k, end)
            phrase = words.people.phrase(folded, k, end)
            if phrase is not None:
                return phrase.last
            if self._number_at(k) or not folded[k][0].isalpha() or folded[k] in words.ands:
                return last
        return last

    def _rank(self, last: int, end: int) -> bool:
        """Tell whether one word more leads to the head behind a body of people: a police sub inspector."""
        if last + 2 >= end or not self.folded[last + 1].isalpha() or self.view.words[last + 1][0].isupper():
            return False
        body, head = self.words.people.get(self.folded[last]), self.words.people.get(self.folded[last + 2])
        return (
            body is not None
            and body.number == "both"
            and head is not None
            and head.number == "one"
            and not self.words.kinds.get(self.folded[last + 1])
        )

    def _pair(self, last: int, end: int) -> bool:
        """Tell whether "and children" belongs to the same number: 12 women and children."""
        if last + 2 >= end:
            return False
        hit = self.words.lexicon.at(self.folded, last + 1, end)
        entry = self.words.people.get(self.folded[last + 2])
        first = self.words.people.get(self.folded[last])
        return (
            hit is not None
            and hit.sense[0] == role.AND
            and hit.last == last + 1
            and entry is not None
            and first is not None
            and entry.number == "many"
            and first.number == "many"
        )

    # ---------------------------------------------------------------- people without a number

    def _uncounted(self, i: int) -> Mention | None:
        """Read "a soldier", "the mayor", "his son", "another", "a family of five", "gunmen"."""
        words, folded = self.words, self.folded
        det = words.determiners.at(folded, i, self.end)
        start = i if det is None else det.last + 1
        if det is not None and start < self.end and self._number_at(start):
            if self._age(start, self.end) is None:
                return None
        if det is not None and start < self.end:
            again = words.determiners.at(folded, start, self.end)
            start = start if again is None else again.last + 1
        if det is None and words.people.get(folded[i]) is None:
            return None
        if words.nouns.isdisjoint(folded[start : start + _FARTHEST]):  # no people near: most "the" and "a"
            one = words.others_one.at(folded, i, self.end)
            if one is None:
                return None
        found = self._noun(start, self.end, counted=False) if start < self.end else None
        if found is None or found[0] not in ("people", "harmed"):
            one = words.others_one.at(folded, i, self.end)
            if one is not None and found is None and self._stands_alone(one.last + 1):
                definite = words.definite.get(folded[i]) is not None
                group = Group(_one(i, one.last), one.last + 1, one.last, None, definite, True)
                return Mention(role.VICTIM, i, one.last, None, group)
            return None
        _, first, last, harm, _ = found
        if det is None and first != i:
            return None
        family = self._family(last)
        if family is not None:
            stated, end = family
            return Mention(role.VICTIM, i, end, harm, Group(stated, start, last, harm))
        entry = words.people.get(folded[last]) or words.people.get(folded[first])
        single = entry is not None and entry.number == "one" and folded[last] not in words.families
        if det is None and single and self._is_adjective(last):
            return None
        name = self._name_behind(last) if single else None
        end = last if name is None else name.last
        stated = _one(i, end) if single else Stated(i, last, "some", None, None)
        definite = words.definite.get(folded[i]) is not None
        fighters = self._fight(first, last)
        return Mention(role.VICTIM, i, end, harm, Group(stated, first, last, harm, definite, False, fighters))

    def _stands_alone(self, k: int) -> bool:
        """Tell whether "another" before word k stands for a person: no ordinary word follows that it could belong to."""
        if k >= self.end or not self.folded[k].isalpha():
            return True
        return bool(self.words.kinds.get(self.folded[k]))

    def _is_adjective(self, last: int) -> bool:
        """Tell whether a word such as "Salvadoran" with nothing before it says more of an ordinary word behind it."""
        if last + 1 >= self.end or not self.folded[last + 1][0].isalpha():
            return False
        meant = self.words.lexicon.at(self.folded, last + 1, self.end)
        return meant is None and not self._number_at(last + 1) and self._name_behind(last) is None

    def _name_behind(self, last: int) -> Mention | None:
        """Return the name that belongs to the person at word `last`: "guard Ali Hassan"; none in the possessive."""
        name = self._name(last + 1, least=1) if last + 1 < self.end else None
        return None if name is None or name.role == role.POSSESSIVE else name

    def _number_at(self, i: int) -> bool:
        """Tell whether a number with a noun of its own begins here: "that seven people"."""
        return self.words.numbers.value_at(self.folded, i, self.end) is not None and not self._glued_compound(
            i + 1
        )

    def _family(self, last: int) -> tuple[Stated, int] | None:
        """Read "of five" behind a collective noun."""
        folded = self.folded
        entry = self.words.people.get(folded[last])
        if (
            entry is None
            or not entry.collective
            or last + 2 >= self.end
            or folded[last + 1] not in self.words.of
        ):
            return None
        stated = self.words.numbers.at(folded, last + 2, self.end)
        return None if stated is None else (stated, stated.last)

    def _name(self, i: int, least: int = 2) -> Mention | None:
        """Read a run of capitalised words as a name; where all is capitals, of words that are no ordinary words."""
        words, view = self.words, self.view
        if self.upper:
            return self._name_in_capitals(i)
        j = i
        while j < self.end and j < i + 7 and j not in self.closed:
            word = view.words[j]
            if word[0].isupper() and word[0].isalpha():
                if words.lexicon.get(self.folded[j]) is not None and j > i:
                    break
                j += 1
            elif (
                (self._inner_hyphen(j) and word in "-.")
                or (word == "." and len(view.words[j - 1]) == 1 and j > i)
            ) or (j > i and word in words.particles):
                j += 1
            else:
                break
        while j > i and not view.words[j - 1][0].isupper():
            j -= 1
        count = sum(view.words[k][0].isupper() for k in range(i, j))
        if count == 1 and j == i + 1 and self._with_his(j) and self.folded[i] not in common_words(self.pack):
            least = 1  # Noor and his guard
        return Mention(self._name_role(j - 1), i, j - 1) if count >= least else None

    def _with_his(self, j: int) -> bool:
        """Tell whether "and his" follows: whoever stands before it is a person."""
        folded = self.folded
        return j + 1 < self.end and folded[j] in self.words.ands and folded[j + 1] in self.words.his

    def _name_role(self, last: int) -> str:
        """Tell a name from a name in the possessive."""
        return role.POSSESSIVE if self.folded[last].endswith(self.words.possessives) else role.NAME

    def _name_in_capitals(self, i: int) -> Mention | None:
        common, folded = common_words(self.pack), self.folded
        j = i
        while j < self.end and j < i + 6 and j not in self.closed:
            word = folded[j]
            known = word in common or self.words.people.get(word) is not None or not word[0].isalpha()
            initial = len(word) == 1 and j > i and word.isalpha()
            known = known and not (j == i and word in self.words.titles)
            particle = j > i and word in self.words.particles
            if (
                initial
                or particle
                or (not known and self.words.lexicon.get(word) is None and len(word) > 1)
                or (j > i and self._inner_hyphen(j) and word in "-.")
            ):
                j += 1
            else:
                break
        if j == i + 1 and folded[i] in self.words.titles:
            return None
        while j > i and (folded[j - 1] in self.words.particles or not folded[j - 1][0].isalpha()):
            j -= 1
        return Mention(self._name_role(j - 1), i, j - 1) if j > i else None


def _one(first: int, last: int) -> Stated:
    return Stated(first, last, "exact", 1, 1)
