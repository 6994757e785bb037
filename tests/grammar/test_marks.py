"""Words are told once, and what is told does not depend on what was read before."""

from tollbook.grammar.marks import Marks
from tollbook.model.report import report_of
from tollbook.pipeline import read_report
from tollbook.writers.json import to_json


def test_each_word_is_told_once() -> None:
    asked: list[str] = []

    def tell(word: str) -> str:
        asked.append(word)
        return "c" if word[0].isupper() else "s"

    marks = Marks(tell)
    assert marks.of(["One", "two", "One", "three", "two"]) == "cscss"
    assert asked == ["One", "two", "three"]
    assert marks.of([]) == ""


def test_small_letters_teach_nothing_about_capitals() -> None:
    """A name that another text writes small is still a name where all is capitals."""
    capitals = report_of("THE GUERRILLAS KILLED ZARMANO VELDUK IN THE TOWN ON FRIDAY.", language="en")
    before = to_json(read_report(capitals))
    read_report(report_of("They killed a man near zarmano and velduk on friday, he said.", language="en"))
    assert to_json(read_report(capitals)) == before
    assert b"ZARMANO VELDUK" in before
