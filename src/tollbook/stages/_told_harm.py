"""_told_harm: words -> which sentences tell of harm at all, so that no other need be spelled.

Forms of harm begin with the commonest words ("was hit", "to death"), so a first word says little: a whole form does.
"""

import re
from collections.abc import Callable, Iterable

from tollbook.grammar import role
from tollbook.grammar.lexicon import Lexicon, expand
from tollbook.grammar.marks import Marks

# a word of harm by itself; the first word of a form, and "lives", both also where the word is the second of a form;
# only the second of one
_ALONE, _FIRST, _BOTH, _LIVES, _LIVES_BOTH, _SECOND, _NONE = "HFBLMSx"
_FIRSTS = re.compile(f"[{_FIRST}{_BOTH}]")
_OF_LIVES = _LIVES + _LIVES_BOTH
# it opens with one set of letters, which is sought without a step for each word
_MAY_BEGIN = re.compile(
    f"[{_OF_LIVES}{_FIRST}{_BOTH}](?:(?<=[{_OF_LIVES}])|(?=[{_BOTH}{_LIVES_BOTH}{_SECOND}]))"
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
        told = [words for form, sense in entries if sense[0] != role.LIVES for words in expand(form, fold)]
        self._told = frozenset(words[0] for words in told if len(words) == 1)
        self._first = frozenset(words[0] for words in told)
        self._suicidal = suicidal
        self.marks = Marks(self._mark)  # of folded words: what of a form of harm each can be

    def within(self, marks: str, folded: list[str], first: int, end: int) -> bool:
        """Tell whether words first up to end tell of harm; `marks` are those of the whole text's words.

        "Lives" alone tell of none: only a form that takes them makes them lost.
        """
        if marks.find(_ALONE, first, end) >= 0:
            return True
        may = _MAY_BEGIN.search(marks, first, end)  # most have none
        if may is None or _FIRSTS.search(marks, first, end) is None:
            return False
        at, goes_on = self._forms.at, self._forms.may
        for match in _MAY_BEGIN.finditer(marks, may.start(), end):
            i = match.start()
            alone = marks[i] in _OF_LIVES
            if (alone or goes_on(folded[i], folded[i + 1])) and at(folded, i, end) is not None:
                return True
        return False

    def _mark(self, word: str) -> str:
        if word in self._told or word in self._suicidal:
            return _ALONE
        second = word in self._forms.seconds
        if word in self._first:
            return _BOTH if second else _FIRST
        if word in self._forms.firsts:
            return _LIVES_BOTH if second else _LIVES
        return _SECOND if second else _NONE
