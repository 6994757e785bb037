"""What is read off the kinds of words is what their marks say word by word."""

from tollbook.grammar.kinds import Kinds
from tollbook.grammar.marks import Marks
from tollbook.grammar.words import words_of
from tollbook.lang.pack import load_pack
from tollbook.stages.split import CASES, split

_TEXT = "Police said 12 PEOPLE were killed in Kano, 4 556 fled:\n'no one', said the U.S. army.\0 x"


def test_kinds_say_what_the_marks_say() -> None:
    ends, lengths = Marks(lambda word: word[-1]), Marks(lambda word: "s" if len(word) < 4 else "l")
    kinds = Kinds([ends], [lengths])
    words = words_of(_TEXT, str.lower, kinds=kinds)
    assert kinds.read(words.kinds, ends) == ends.of(words.words)
    assert kinds.read(words.kinds, lengths) == lengths.of(words.folded)
    assert kinds.read(words.kinds, Marks(str)) is None


def test_more_kinds_than_a_byte_are_marked_word_by_word() -> None:
    marks, other = (Marks(lambda word, k=k: chr(65 + int(word[1:]) // k % 20)) for k in (1, 20))
    kinds = Kinds([marks, other], [])
    few, many = (words_of(" ".join(f"w{k}" for k in range(n)), str, kinds=kinds) for n in (250, 300))
    assert kinds.read(few.kinds, marks) == marks.of(few.words)
    assert kinds.read(many.kinds, marks) is None


def test_a_view_reads_marks_with_kinds_and_without() -> None:
    pack, other = load_pack("en"), Marks(str.lower)
    plain, kinded = split(_TEXT, pack), split(_TEXT, pack, kinds=Kinds([CASES], []))
    assert plain.marks(CASES) == kinded.marks(CASES) == CASES.of(plain.words)
    assert kinded.marks(other, folded=True) == "".join(plain.folded)
    assert (plain.sentences, plain.upper) == (kinded.sentences, kinded.upper)
