"""forms: a form of a pack -> the sequences of folded words that it stands for, or only how these begin or end.

A form is words apart by blanks; a word may offer alternatives ("kill|kills|killed"), an empty alternative makes it
optional ("was|were| shot dead"). One of six such words stands for hundreds of sequences: whoever needs only their first
words, or those that begin with two words of a text, opens no more of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, product

from tollbook.grammar.words import WORD, words_of

Fold = Callable[[str], str]
Choice = list[tuple[str, ...]]  # the alternatives of a word of a form, each cut into folded words


def choices_of(form: str, fold: Fold) -> list[Choice]:
    """Return the alternatives of each word of a form: each is cut once, not once for every sequence it is a part of."""
    return [[_folded(part, fold) for part in word.split("|")] for word in form.split()]


def expand(form: str, fold: Fold) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of folded words that a form stands for."""
    for rest in opened(choices_of(form, fold)):
        if rest:
            yield rest


def opened(choices: Sequence[Choice]) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of words that some alternatives stand for; of none, and of optional ones, an empty one too."""
    for chosen in product(*choices):
        yield tuple(chain.from_iterable(chosen))


def heads(
    choices: Sequence[Choice], at: int = 0, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield how the sequences begin, in their order: by two words or more, where they have as many, and what is left.

    Told of what is left is where the alternatives not yet chosen begin.
    """
    if len(words) > 1 or at == len(choices):
        if words:
            yield words, at
        return
    for alternative in choices[at]:
        yield from heads(choices, at + 1, words + alternative)


def first_words(forms: Iterable[str], fold: Fold) -> frozenset[str]:
    """Return the words with which some forms begin."""
    found: set[str] = set()
    for form in forms:
        for choice in choices_of(form, fold):
            found.update(words[0] for words in choice if words)
            if all(choice):
                break
    return frozenset(found)


def single_words(forms: Iterable[str], fold: Fold) -> frozenset[str]:
    """Return the words that some forms are by themselves."""
    return frozenset(
        words[0] for form in forms for words, _ in heads(choices_of(form, fold)) if len(words) == 1
    )


def last_words(choices: Sequence[Choice]) -> set[str]:
    """Return the words with which the sequences of some alternatives end."""
    found: set[str] = set()
    for choice in reversed(choices):
        found.update(words[-1] for words in choice if words)
        if all(choice):
            break
    return found


@lru_cache(maxsize=2**14)
def _folded(part: str, fold: Fold) -> tuple[str, ...]:
    match = WORD.match(part)
    if match is not None and match.end() == len(part):  # most are one word, which need not be cut
        return (fold(part) or part,)
    return tuple(words_of(part, fold)[1]) if part else ()
