"""Named victims: who is named where a claim counts them or a list brings them in, and who is not."""

import pytest

from tollbook.lang.pack import load_pack
from tollbook.model.report import report_of
from tollbook.model.text import Span
from tollbook.pipeline import read_report
from tollbook.stages.name import names_of
from tollbook.stages.split import split


def named(text: str) -> list[tuple[str, int | None]]:
    reading = read_report(report_of(text))
    pack = load_pack("en")
    taken = [Span(p.start, p.end) for p in reading.places]
    found = names_of(split(text, pack), pack, reading.claims, taken)
    assert all(text[n.start : n.end] == n.name for n in found)
    assert all(n.sentence.start <= n.start < n.end <= n.sentence.end for n in found)
    assert {n.claim for n in found} <= {c.id for c in reading.claims}
    return [(n.name, n.age) for n in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The journalist Marie Colvin was killed in Homs.", [("Marie Colvin", None)]),
        ("Fatima Haddad, a 45-year-old nurse, was shot dead by a sniper.", [("Fatima Haddad", 45)]),
        ("Soldiers killed Yusuf al-Masri, 19, a student.", [("Yusuf al-Masri", 19)]),
        ("A man named Peter Okello was killed in Lira.", [("Peter Okello", None)]),
        ("Sergeant Ivan Petrov and Private Oleg Sidorov were killed.", [("Ivan Petrov", None), ("Oleg Sidorov", None)]),
        (
            "Three were killed in Homs. The dead were identified as Ahmad Khaled Darwish, 34, Omar Issa and his son Ali Issa, 7.",
            [("Ahmad Khaled Darwish", 34), ("Omar Issa", None), ("Ali Issa", 7)],
        ),
        (
            "Two were killed in Kabul. They were identified as Ali Reza (23), a driver from Herat, and Mohammad Karim, 40.",
            [("Ali Reza", 23), ("Mohammad Karim", 40)],
        ),
    ],
)  # fmt: skip
def test_victims_are_named(text: str, names: list[tuple[str, int | None]]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in Homs, police chief Ali Hassan said.",
        "Two people were killed. The victims were buried on Thursday, Mayor John Smith said.",
        "President Hamid Karzai condemned the killing of two people in Kabul.",
        "One person was killed in Deir Ezzor.",
        "John Smith's brother was killed in Lira.",
    ],
)
def test_others_are_not_taken_for_victims(text: str) -> None:
    assert named(text) == []


def test_more_names_than_people_are_not_taken() -> None:
    text = "One person was killed in Kabul. They were identified as Ali Reza, Mohammad Karim and Omar Issa."
    assert len(named(text)) <= 1 or all(n[0] in text for n in named(text))


def test_nobody_is_named_twice() -> None:
    text = "The activist Sara Ahmadi was killed on Monday. Sara Ahmadi, 31, was shot dead outside her home."
    assert [name for name, _ in named(text)] == ["Sara Ahmadi"]
