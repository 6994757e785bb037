"""_time_tokens: the words of a sentence -> the parts that they can play in a time."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tollbook.grammar.view import View
from tollbook.stages._time_words import MOST_KEPT, Times, Token

_SIGNS = {",": ",", "-": "y", "–": "y", "—": "y", "/": "/", "(": "(", "[": "(", ".": "."}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"((?:1[5-9]|20)\d0)s")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_AROUND = 9  # words on each side of a telling word that can belong to its time


def near_triggers(view: View, times: Times) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches (sentence, first word, end) in which a time can stand: around its telling words."""
    triggers, folded = times.triggers, view.folded
    for index, (first, last) in enumerate(view.sentences):
        here = folded[first:last]
        if triggers.isdisjoint(here) and not any(w[0].isdecimal() and len(w) > 3 for w in here):
            continue
        start = stop = -1
        for k, word in enumerate(here, first):
            if word in triggers or (len(word) > 3 and word[0].isdecimal()):
                if k - _AROUND > stop and start >= 0:
                    yield index, start, stop
                    start = -1
                start = max(first, k - _AROUND) if start < 0 else start
                stop = min(last, k + _AROUND + 1)
        if start >= 0:
            yield index, start, stop


def tokens_in(view: View, times: Times, first: int, last: int, upper: bool) -> list[Token]:
    """Give each word of a sentence its part."""
    tokens: list[Token] = []
    ordinary, surfaces, folded = times.ordinary, view.words, view.folded
    i = first
    while i < last:
        word = folded[i]
        if word in ordinary:
            tokens.append(Token("x", i, i))
            i += 1
            continue
        token = _numeric(view, i, last) if surfaces[i][0].isdecimal() else None
        token = token or _worded(view, times, i, last, upper, tokens)
        tokens.append(token)
        if (
            token.letter == "x"
            and word not in times.lexicon.firsts
            and word not in times.numbers.firsts
            and word[0].isalpha()
        ):
            ordinary.add(word)
        i = token.last + 1
    if len(ordinary) > MOST_KEPT:
        ordinary.clear()
    return tokens


def _worded(view: View, times: Times, i: int, last: int, upper: bool, before: Sequence[Token]) -> Token:
    word, folded = view.words[i], view.folded[i]
    if word[0].isdecimal():
        return _digits(view, times, i, last, upper, before)
    hit = times.lexicon.at(view.folded, i, last)
    if hit is not None:
        letter, value = hit.sense
        if letter in "Mm" and not word[0].isupper():
            return Token("x", i, i)
        return Token(letter, i, hit.last, value, letter == "A" and folded not in times.from_publication)
    if word in _SIGNS:
        return Token(_SIGNS[word], i, i)
    number = times.numbers.value_at(view.folded, i, last) if folded in times.numbers.firsts else None
    if number is not None:
        return Token("N", i, number[0], number[1])
    return Token("x", i, i)


def _digits(view: View, times: Times, i: int, last: int, upper: bool, before: Sequence[Token]) -> Token:
    """Tell what digits are: a year, a day, a decade, a number."""
    word = view.folded[i]
    if i > 0 and view.words[i - 1] in "$€£¥#":
        return Token("x", i, i)
    if word.isdecimal():
        value = int(word) if len(word) < 10 else 0
        if len(word) == 4 and 1500 <= value <= 2100:
            return Token("Y", i, i, value)
        after_month = bool(before) and before[-1].letter in "Mm"
        if (
            times.short_years
            and upper
            and len(word) == 2
            and after_month
            and len(before) > 1
            and before[-2].letter == "D"
        ):
            return Token("Y", i, i, 1900 + value if value >= 30 else 2000 + value)
        if 1 <= value <= 31 and len(word) <= 2:
            return Token("D", i, i, value)
        return Token("N", i, i, value)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal is not None and 1 <= int(ordinal[1]) <= 31:
        return Token("D", i, i, int(ordinal[1]))
    decade = _DECADE.fullmatch(word)
    if decade is not None:
        return Token("d", i, i, int(decade[1]))
    number = times.numbers.value_at(view.folded, i, last)
    return Token("N", i, number[0], number[1]) if number is not None else Token("x", i, i)


def _numeric(view: View, i: int, last: int) -> Token | None:
    """Read 2014-05-03, 05/12/2014, 05.03.2014; a first number above 12 is the day, else American order for slashes."""
    word = view.words[i]
    dotted = _DOTTED.fullmatch(word)
    if dotted is not None:
        return _numeric_token(i, i, int(dotted[3]), int(dotted[2]), int(dotted[1]))
    if i + 4 >= last or view.words[i + 1] not in "-/" or view.words[i + 3] != view.words[i + 1]:
        return None
    parts = [view.words[i + k] for k in (0, 2, 4)]
    if (
        not all(p.isdecimal() and len(p) <= 4 for p in parts)
        or view.ends[i + 4] - view.starts[i] != sum(map(len, parts)) + 2
    ):
        return None
    a, b, c = map(int, parts)
    if len(parts[0]) == 4:
        return _numeric_token(i, i + 4, a, b, c)
    year = c if len(parts[2]) == 4 else 2000 + c if c < 30 else 1900 + c
    return _numeric_token(i, i + 4, year, b, a) if a > 12 else _numeric_token(i, i + 4, year, a, b)


def _numeric_token(first: int, last: int, year: int, month: int, day: int) -> Token | None:
    try:
        return Token("Z", first, last, date(year, month, day))
    except ValueError:
        return None
