"""_told_harm: words -> which sentences tell of harm at all, so that no other need be spelled.

Forms of harm begin with the commonest words ("was hit", "to death"), so a first word says little: a whole form does.
"""

import re
from collections.abc import Callable, Iterable

from tollbook.grammar import role
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks

_ALONE, _FIRST, _LIVES, _NONE = "H", "F", "L", "x"
_MAY_BEGIN = re.compile(f"[{_FIRST}{_LIVES}]")


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
        self._told = Lexicon([e for e in entries if e[1][0] != role.LIVES], fold)
        self._suicidal = suicidal
        self.marks = Marks(self._mark)  # of folded words: what of a form of harm each can be

    def within(self, marks: str, folded: list[str], first: int, end: int) -> bool:
        """Tell whether words first up to end tell of harm; `marks` are those of the whole text's words.

        "Lives" alone tell of none: only a form that takes them makes them lost.
        """
        if marks.find(_ALONE, first, end) >= 0:
            return True
        if marks.find(_FIRST, first, end) < 0:
            return False
        forms = self._forms
        for match in _MAY_BEGIN.finditer(marks, first, end):
            i = match.start()
            if folded[i] in forms:
                return True
            if i + 1 < end and forms.may(folded[i], folded[i + 1]) and forms.at(folded, i, end) is not None:
                return True
        return False

    def _mark(self, word: str) -> str:
        if word in self._told or word in self._suicidal:
            return _ALONE
        if word in self._told.firsts:
            return _FIRST
        return _LIVES if word in self._forms.firsts else _NONE
