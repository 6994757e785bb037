"""Airwars' five steps on independent origins, and UCDP's codes."""

import tollbook
from tollbook.model.incident import Incident
from tollbook.record import record_of

STRIKE = "Twelve civilians were killed in an air strike on Idlib in Syria on 8 March"


def incident(*texts: str, published: str = "2024-03-09") -> Incident:
    readings = [tollbook.read(t, published=published, publisher=f"Outlet {n}") for n, t in enumerate(texts)]
    incidents = record_of(readings).incidents
    assert len(incidents) == 1
    return incidents[0]


def test_one_origin_through_many_outlets_is_weak() -> None:
    voice = "the Syrian Observatory for Human Rights said"
    made = incident(
        f"{STRIKE}, {voice}.",
        f"{STRIKE}, {voice}. Shops were closed.",
        f"The UK-based war monitor said t{STRIKE[1:]}.",
    )
    assert (made.grade, len(made.independent_origins)) == ("weak", 1)


def test_two_origins_are_fair() -> None:
    made = incident(f"{STRIKE}, the Syrian Observatory for Human Rights said.", f"{STRIKE}, residents said.")
    assert (made.grade, len(made.independent_origins)) == ("fair", 2)


def test_an_outlet_beside_the_origin_that_it_repeats_is_no_second_one() -> None:
    made = incident(
        f"{STRIKE}, the Syrian Observatory for Human Rights said.",
        f"{STRIKE}.",
        f"{STRIKE}. Roads were closed.",
    )
    assert made.grade == "weak"


def test_outlets_that_name_nobody_are_one_voice() -> None:
    made = incident(
        f"{STRIKE}.", "Fourteen civilians were killed in an air strike on Idlib in Syria on 8 March."
    )
    assert (made.grade, len(made.independent_origins)) == ("weak", 1)


def test_who_takes_responsibility_confirms() -> None:
    text = (
        "Twelve civilians were killed in a car bombing in Kabul in Afghanistan on 8 March, police said. "
        "Islamic State claimed responsibility for the attack."
    )
    assert incident(text).grade == "confirmed"


def test_only_fighters_are_discounted() -> None:
    made = incident(
        "Nine militants were killed in an air strike on Idlib in Syria on 8 March, residents said."
    )
    assert made.grade == "discounted"


def test_codes_of_ucdp() -> None:
    made = incident(f"{STRIKE}, residents said.")
    assert (made.type_of_violence, made.clarity, made.date_prec, made.where_prec) == (3, 1, 1, 1)
    week = incident(
        "Some 42 people were killed across Idlib province in Syria between 2 March and 7 March, officials said."
    )
    assert (week.clarity, week.date_prec, week.where_prec) == (2, 2, 4)
    soldiers = incident("Five soldiers were killed in clashes in Idlib in Syria on 8 March, residents said.")
    assert soldiers.type_of_violence == 1
