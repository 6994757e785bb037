"""The record: from texts to incidents, whatever the order."""

import random

import tollbook
from tollbook.record import attested, conclude, record_of
from tollbook.stages.match import Copy, match, shingles_of

ONE = "At least 31 people were killed in an air strike on Idlib on Friday, the Syrian Observatory for Human Rights said."
TWO = "The death toll from Friday's air strike on Idlib has risen to 34, the UK-based war monitor said."


def test_the_war_monitor_is_the_observatory_where_the_text_is_about_its_country() -> None:
    reading = tollbook.read(TWO, published="2024-03-09")
    assert {t.origin.name for t in attested(reading)} == {"Syrian Observatory for Human Rights"}


def test_the_order_of_testimonies_does_not_matter() -> None:
    readings = [tollbook.read(t, published=d) for t, d in ((ONE, "2024-03-08"), (TWO, "2024-03-09"))]
    told = [t for r in readings for t in attested(r)]
    first = conclude(told)
    for seed in range(5):
        mixed = list(told)
        random.Random(seed).shuffle(mixed)
        assert conclude(mixed) == first
    assert record_of(readings).incidents == first.incidents


def test_copies_are_one_story() -> None:
    copies = [
        Copy(str(i), "2024-03-08", shingles_of(text))
        for i, text in enumerate(
            (ONE, ONE.upper(), "Something else was said about the harvest of this year.")
        )
    ]
    assert match(copies) == {"0": "0", "1": "0", "2": "2"}


def test_one_text_in_two_outlets_is_told_by_the_first_whatever_the_order() -> None:
    readings = [
        tollbook.read(ONE, published=d, publisher=p) for d, p in (("2024-03-10", "B"), ("2024-03-09", "A"))
    ]
    made = record_of(readings)
    assert made == record_of(readings[::-1])
    assert {t.reference.publisher for t in made.testimonies} == {"A"}
