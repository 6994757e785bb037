"""_told_harm: words -> which sentences tell of harm at all, so that no other need be spelled.

Forms of harm begin with the commonest words ("was hit", "to death"), so a first word says little: a whole form does.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from tollbook.grammar import role
from tollbook.grammar.forms import first_words, single_words
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks

# a word of harm by itself; the first word of a form behind which no common word goes on, of one behind which some does;
# the same of "lives", by itself or with others; and the rest: each by whether the word is no second of a form, one only
# behind those that common words follow, or one behind others, too
_ALONE, _APART, _MANY, _LIVES, _LIVES_APART, _OTHER = "H", "abc", "def", "ghi", "jkl", "xyz"
_ALL = (_APART, _MANY, _LIVES, _LIVES_APART, _OTHER)
_MOST_FIRSTS = 16  # first words behind which a word stands that is not common: "death", but not "the"
_FIRSTS = re.compile(f"[{_APART}{_MANY}]")
_OF_LIVES = _LIVES + _LIVES_APART
_SECOND, _SECOND_APART = "".join(some[1:] for some in _ALL), "".join(some[-1] for some in _ALL)
# where a form may begin: each choice begins with one letter and takes the second word rather than look ahead to it
_MAY_BEGIN = re.compile(
    "|".join(
        [f"{first}[{_SECOND}]" for first in _MANY]
        + [f"{first}[{_SECOND_APART}]" for first in _APART + _LIVES_APART]
        + [_ALONE, *_LIVES]
    )
)


class Told:
    """The forms of harm of one language, by which a sentence is known to tell of harm."""

    def __init__(
        self,
        entries: Iterable[tuple[str, tuple[str, str | None]]],
        suicidal: frozenset[str],
        fold: Callable[[str], str],
    ) -> None:
        """Compile (form, (role, harm)) pairs; `suicidal` are folded words of people who die of what they do."""
        entries = list(entries)
        self._forms: Lexicon[tuple[str, str | None]] = Lexicon(entries, fold)
        told = [form for form, sense in entries if sense[0] != role.LIVES]
        self._told, self._first = single_words(told, fold), first_words(told, fold)
        self._suicidal = suicidal
        follows = Counter(chain.from_iterable(map(self._forms.seconds_of, self._forms.firsts)))
        self._common = frozenset(word for word, firsts in follows.items() if firsts > _MOST_FIRSTS)
        apart = filter(self._is_apart, self._forms.firsts)
        self._behind_apart = frozenset(chain.from_iterable(map(self._forms.seconds_of, apart)))
        self.marks = Marks(self._mark)  # of folded words: what of a form of harm each can be

    def telling(self, marks: str, folded: list[str], sentences: Sequence[tuple[int, int]]) -> set[int]:
        """Return the indexes of the sentences that tell of harm; `marks` are those of the whole text's words.

        "Lives" alone tell of none: only a form that takes them makes them lost.
        """
        found: set[int] = set()
        at, behind, search = self._forms.at, self._forms.behind, _MAY_BEGIN.search
        alone = self._forms.get
        index, (first, end) = 0, sentences[0] if sentences else (0, 0)
        match = search(marks)
        while match is not None:
            i = match.start()
            while i >= end:
                index += 1
                first, end = sentences[index]
            letter, following = marks[i], i + 1
            if letter == _ALONE:
                told = True
            else:
                seconds = behind(folded[i]) if following < end else None
                told = seconds is not None and folded[following] in seconds  # few are
                if letter in _OF_LIVES:
                    told = (told or alone(folded[i]) is not None) and _FIRSTS.search(
                        marks, first, end
                    ) is not None
                told = told and at(folded, i, end) is not None
            if told:
                found.add(index)
                following = end
            match = search(marks, following)
        return found

    def _mark(self, word: str) -> str:
        if word in self._told or word in self._suicidal:
            return _ALONE
        second = 2 if word in self._behind_apart else 1 if word in self._forms.seconds else 0
        if word in self._first:
            return (_APART if self._is_apart(word) else _MANY)[second]
        if word not in self._forms.firsts:
            return _OTHER[second]
        apart = self._forms.get(word) is None and self._is_apart(word)
        return (_LIVES_APART if apart else _LIVES)[second]

    def _is_apart(self, word: str) -> bool:
        return self._common.isdisjoint(self._forms.seconds_of(word))
