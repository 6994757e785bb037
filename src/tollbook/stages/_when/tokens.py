"""tokens: the words of a sentence -> the parts that they can play in a time."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tollbook.grammar.view import View
from tollbook.stages._time_words import BOTH, FIGURE, FIRST, LOOK, SECOND, SIGNS, TELLING, Times, Token

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"((?:1[5-9]|20)\d0)s")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_IN_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")
MAY_BEGIN = re.compile("[^x.,&(/c'@fy>pBhOIi4]")  # a word with which a time may begin
# each choice begins with one mark, so that others are passed over in one step
_MAY_TELL = re.compile(
    f"{FIRST}(?=[{TELLING}{FIGURE}{BOTH}{SECOND}])|{BOTH}(?=[{TELLING}{FIGURE}{BOTH}{SECOND}])|{TELLING}|{FIGURE}"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?")
_SHORT_DECADE = re.compile(r"(\d0)s")
_OF_TWO_DIGITS = 20  # decades told with two digits are of the last century from here on
_YEAR = "year"
_HOURS = 1900  # figures below are rather times of day in a text of capitals
_OF_DECADES = ("t", "E", "y")  # parts before the 1980's, the early 1980's; "2010's record" is of a year
_ARTICLES = "ta"  # the, a
_COUNTED = "AC;"  # parts that count from a time told before: two days before, earlier, previously
_YEARS = range(1900, 2100)  # years that stand behind whose they are
_ROUND = 50  # years that are so round are rather counts: "its 2000 men", "the union's 1950 members"
_REST = range(10, 100)  # of a century, in a year told in words
_AROUND = 9  # words on each side of a telling word that can belong to its time


def near_triggers(view: View, times: Times) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches (sentence, first word, end) in which a time can stand: around its telling words."""
    index = last = start = stop = -1
    for match in _MAY_TELL.finditer(view.marks(times.telling, folded=True)):
        a = b = match.start()
        if a >= last:
            if start >= 0:
                yield index, start, stop
                start = -1
            index = view.sentence_at(a)
            first, last = view.sentences[index]
            if a >= last:
                continue  # of no sentence
        if match[0] != TELLING:
            b = _told_until(view, times, a, last)
            if b < 0:
                continue
        if start >= 0 and a - _AROUND > stop:
            yield index, start, stop
            start = -1
        if start < 0:
            start = a - _AROUND if a - _AROUND > first else first
        stop = b + _AROUND + 1 if b + _AROUND < last else last
    if start >= 0:
        yield index, start, stop


def _told_until(view: View, times: Times, i: int, last: int) -> int:
    """Return the last word of a telling form, or of a date in figures (5/12/14), that begins at word i; -1 for none."""
    if view.folded[i] in times.triggers.firsts:
        hit = times.triggers.at(view.folded, i, last)
        return -1 if hit is None else hit.last
    figures = _numeric(view, i, last) if i + 1 < last and view.words[i + 1] == "/" else None
    return -1 if figures is None else figures.last


class Tokens:
    """The parts of a stretch of words, one letter each; a Token is made of one when somebody asks."""

    __slots__ = ("_first", "_kept", "_longer", "_times", "_view", "letters")

    def __init__(self, view: View, times: Times, marks: str, stretch: tuple[int, int], upper: bool) -> None:
        """Give each word from stretch[0] up to stretch[1] its part; `marks` are those of the whole text's words."""
        self._view, self._times = view, times
        self._kept: dict[int, Token] = {}
        self._longer: list[tuple[int, int]] = []  # parts of several words, and how many more than one
        words, folded, find, alone = view.words, view.folded, marks.find, times.alone
        i, last = stretch
        self._first = i
        letters = ""  # a stretch is short
        while (k := find(LOOK, i, last)) >= 0:
            letters += marks[i:k]
            letter = alone[folded[k], folded[k + 1] if k + 1 < last else ""]
            if letter:  # most
                letters += letter
                i = k + 1
                continue
            if words[k][0].isdecimal():
                token = _numeric(view, k, last) or _clock(view, times, k, last)
                token = token or _digits(view, times, k, last, upper, letters)
            else:
                token = _worded(view, times, k, last)
            self._kept[len(letters)] = token
            if token.last > k:
                self._longer.append((len(letters), token.last - k))
            letters += token.letter
            i = token.last + 1
        self.letters = letters + marks[i:last]

    def __getitem__(self, index: int) -> Token:
        """Return a part with what it stands for."""
        known = self._kept.get(index)
        if known is None:
            word = self._word(index)
            known = self._kept[index] = _worded(self._view, self._times, word, word + 1)
        return known

    def words(self, index: int, end: int) -> tuple[int, int]:
        """Return the first and the last word of the parts from `index` up to `end`."""
        last = self._kept.get(end - 1)  # only those that were looked at can have more words than one
        return self._word(index), self._word(end - 1) if last is None else last.last

    def _word(self, index: int) -> int:
        """Return the first word of a part."""
        word = self._first + index
        for at, more in self._longer:
            if at < index:
                word += more
        return word


def _worded(view: View, times: Times, i: int, last: int) -> Token:
    word, folded = view.words[i], view.folded[i]
    if word[0].isdecimal():
        return _digits(view, times, i, last, False, "")
    hit = times.lexicon.at(view.folded, i, last)
    if hit is not None:
        letter, value = hit.sense
        if letter in "Mm" and not word[0].isupper():
            return Token("x", i, i)
        return Token(letter, i, hit.last, value, letter in _COUNTED and folded not in times.from_publication)
    if word in SIGNS:
        return Token(SIGNS[word], i, i)
    number = times.numbers.value_at(view.folded, i, last) if folded in times.numbers.firsts else None
    if number is not None:
        return _told_year(view, times, i, last) or Token("N", i, number[0], number[1])
    return Token("x", i, i)


def _told_year(view: View, times: Times, i: int, last: int) -> Token | None:
    """Read a year told in words: nineteen ninety-one."""
    century = times.centuries.get(view.folded[i])
    if century is None or i + 1 >= last or view.folded[i + 1] not in times.numbers.firsts:
        return None
    rest = times.numbers.value_at(view.folded, i + 1, last)
    if rest is None or rest[1] not in _REST or (rest[0] + 1 < last and times.unit(view.folded[rest[0] + 1])):
        return None
    return Token("Y", i, rest[0], 100 * century + rest[1])


def _digits(view: View, times: Times, i: int, last: int, upper: bool, before: str) -> Token:
    """Tell what digits are: a year, a day, a decade, a number."""
    word = view.folded[i]
    if i > 0 and view.words[i - 1] in "$€£¥#":
        return Token("x", i, i)
    if word.isdecimal():
        spaced = _spaced_decade(view, i, last) if before[-1:] in _OF_DECADES else None
        if spaced is not None:
            return spaced
        value = int(word) if len(word) < 10 else 0
        if before[-1:] == "U" and times.unit(view.folded[i - 1]) != _YEAR:
            return Token("N", i, i, value)  # "in the month 1500 people fled"
        hour = upper and value < _HOURS and before[-1:] == "A"  # of a wire in capitals: "before 1815"
        if len(word) == 4 and 1500 <= value <= 2100 and not hour:
            if value in _YEARS and value % _ROUND and _is_owned_year(view, times, i, last):
                return Token("*", i, i, value)
            return Token("8" if before[-2:] == "Yy" and _tight(view, i - 2) else "Y", i, i, value)
        if (
            i + 3 < last
            and view.words[i + 2].isdecimal()
            and _tight(view, i)
            and times.unit(view.folded[i + 3])
        ):
            return Token("N", i, i + 2, int(view.words[i + 2]))  # 10-15 minutes
        if i + 4 < last and view.words[i + 2] == "/" and times.unit(view.folded[i + 4]):
            return Token("N", i, i + 3, value)  # 2 1/2 years
        after_month = bool(before) and before[-1] in "Mm"
        if (
            times.short_years
            and (upper or view.words[i - 1].isupper())  # "11 MAR 90"
            and len(word) == 2
            and after_month
            and len(before) > 1
            and before[-2] == "D"
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
    short = _SHORT_DECADE.fullmatch(word) if i > 0 and SIGNS.get(view.words[i - 1]) == SIGNS["'"] else None
    if short is not None:
        return Token("d", i, i, _of_century(int(short[1])))
    number = times.numbers.value_at(view.folded, i, last)
    return Token("N", i, number[0], number[1]) if number is not None else Token("x", i, i)


def _is_owned_year(view: View, times: Times, i: int, last: int) -> bool:
    """Tell whether a year stands before what it is of: "its 1990 invasion", "Iraq's 1990 invasion", "the failed 2016 coup"."""
    before = view.folded[i - 1] if i > 0 else ""
    if before not in times.owners and not before.endswith(times.endings):
        plain = before.isalpha() and view.words[i - 1].islower() and before not in times.numbers.firsts
        article = (
            times.lexicon.get(view.folded[i - 2]) if plain and i > 1 and before not in times.lexicon else None
        )
        whose = plain and i > 1 and view.folded[i - 2] in times.owners
        if not whose and (article is None or article[0] not in _ARTICLES):
            return False
    following = view.folded[i + 1] if i + 1 < last else ""
    return following.isalpha() and not times.unit(following) and times.people.get(following) is None


def _tight(view: View, i: int) -> bool:
    """Tell whether a dash joins word i to that behind it, without blanks."""
    return (
        SIGNS.get(view.words[i + 1]) == SIGNS["-"]
        and view.ends[i] == view.starts[i + 1]
        and view.ends[i + 1] == view.starts[i + 2]
    )


def _spaced_decade(view: View, i: int, last: int) -> Token | None:
    """Read the 1980's, the 80's: the sign and the letter are words of their own."""
    word = view.folded[i]
    if word[-1] != "0" or i + 2 >= last or SIGNS.get(view.words[i + 1]) != SIGNS["'"]:
        return None
    if _DECADE.fullmatch(word + view.folded[i + 2]):
        return Token("d", i, i + 2, int(word))
    short = _SHORT_DECADE.fullmatch(word + view.folded[i + 2])
    return None if short is None else Token("d", i, i + 2, _of_century(int(short[1])))


def _of_century(decade: int) -> int:
    return decade + (1900 if decade >= _OF_TWO_DIGITS else 2000)


def _clock(view: View, times: Times, i: int, last: int) -> Token | None:
    """Read a time of day: 8 a.m., 10:30pm, 18:52, 1430 GMT."""
    word, following = view.folded[i], view.folded[i + 1] if i + 1 < last else ""
    stop = i
    if following in times.meridiem:
        stop = i + 1
    elif not word[-1].isdecimal():
        figures = word.rstrip("".join(c for c in word if c.isalpha()) + ".")
        if word[len(figures) :] not in times.meridiem:
            return None
        word = figures
    elif ":" not in word and not (len(word) == 4 and following in times.zone):
        return None
    if stop + 1 < last and view.folded[stop + 1] in times.zone:
        stop += 1
    hour = _CLOCK.fullmatch(word)
    return Token("K", i, stop) if (hour is not None and int(hour[1]) <= 24) or len(word) == 4 else None


def _numeric(view: View, i: int, last: int) -> Token | None:
    """Read 2014-05-03, 05/12/2014, 05.03.2014; a first number above 12 is the day, else American order for slashes.

    Where another date of the text has its day first, all of them have: 04/03/2019 beside 20/02/2019 is the fourth of March.
    """
    word = view.words[i]
    dotted = _DOTTED.fullmatch(word) if "." in word else None
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
    day_first = a > 12 or (b <= 12 and _days_first(view.text))
    return _numeric_token(i, i + 4, year, *((b, a) if day_first else (a, b)))


@lru_cache(maxsize=4)
def _days_first(text: str) -> bool:
    """Tell whether the dates in numbers of a text have the day first: one must have, and none the month."""
    pairs = [(int(a), int(b)) for a, b in _IN_NUMBERS.findall(text)]
    return any(a > 12 for a, _ in pairs) and not any(b > 12 for _, b in pairs)


def _numeric_token(first: int, last: int, year: int, month: int, day: int) -> Token | None:
    try:
        return Token("Z", first, last, date(year, month, day))
    except ValueError:
        return None
