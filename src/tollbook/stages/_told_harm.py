"""_told_harm: words -> which sentences tell of harm at all, so that no other need be spelled.

Forms of harm begin with the commonest words ("was hit", "to death"), so a first word says little: a whole form does.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from tollbook.grammar import role
from tollbook.grammar.forms import first_words, single_words
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks

# a word of harm by itself; the first word of a form, and "lives", both also where the word is the second of a form;
# only the second of one
_ALONE, _FIRST, _BOTH, _LIVES, _LIVES_BOTH, _SECOND, _NONE = "HFBLMSx"
_FIRSTS = re.compile(f"[{_FIRST}{_BOTH}]")
_OF_LIVES = _LIVES + _LIVES_BOTH
# where a form may begin: each choice begins with one letter and takes the second word rather than look ahead to it
_MAY_BEGIN = re.compile(
    f"{_FIRST}[{_BOTH}{_LIVES_BOTH}{_SECOND}]|{_BOTH}[{_BOTH}{_LIVES_BOTH}{_SECOND}]|{_ALONE}|{_LIVES}|{_LIVES_BOTH}"
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
        second = word in self._forms.seconds
        if word in self._first:
            return _BOTH if second else _FIRST
        if word in self._forms.firsts:
            return _LIVES_BOTH if second else _LIVES
        return _SECOND if second else _NONE
