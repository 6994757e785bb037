"""Filters by victims, voice and words: the same answer on both databases, now and as of an earlier moment."""

from typing import Any

import pytest

from tollbook.desk.adding_up import toll
from tollbook.desk.asking import incident, incidents
from tollbook.desk.deciding import decide, queue
from tollbook.desk.rooming import paste
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.register.moment import now
from tollbook.register.register import Register

KANO = "At least 12 civilians were killed in Kano on Monday, according to the police. The market burnt."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."
HOMS = "The Syrian Observatory for Human Rights said that 7 people were killed in Homs on Wednesday."


@pytest.fixture
def opened(register: str) -> Any:
    with Register(register, create=True) as made:
        for day, text in enumerate((KANO, GOMA, HOMS), 4):
            head = {"publisher": f"Daily {day}", "published": f"2025-03-0{day + 1}", "language": "en"}
            paste(made, text, head, by="ada")
        yield made


def places(register: Register, as_of: str | None = None, **wanted: Any) -> list[str | None]:
    page = incidents(register, Wanted(**wanted), as_of=as_of)
    assert page.total == len(page.lines)
    return sorted((line.place or "") for line in page.lines)


def test_by_the_victims_of_whom_there_is_a_toll(opened: Register) -> None:
    assert places(opened) == ["Goma", "Homs", "Kano"]
    assert places(opened, status="civilian") == ["Kano"]
    assert places(opened, status="armed_forces") == ["Goma"]
    assert places(opened, status="unknown") == ["Homs"]
    assert places(opened, status="civilian", harm="injured") == []
    for status in ("civilian", "armed_forces", "unknown", "mixed"):
        assert places(opened, as_of=now(), status=status) == places(opened, status=status)
    assert {row.group for row in toll(opened, ("status",), Wanted(status="civilian")).rows} == {
        ("civilian", "killed")
    }


def test_by_a_voice_under_any_of_its_names_and_as_decisions_left_it(opened: Register) -> None:
    assert places(opened, origin="observatory") == ["Homs"]
    assert places(opened, origin="POLICE") == ["Kano"]
    assert places(opened, origin="nobody of that name") == []
    kano = incidents(opened, Wanted(place="Kano")).lines[0]
    claim = incident(opened, kano.id).testimonies[0]
    before = now()
    decide(
        opened,
        "correct",
        [claim.id],
        by="ada",
        reason="look",
        field="origin",
        old=claim.origin.name,
        new="Mayor",
    )
    assert places(opened, origin="mayor") == ["Kano"]
    assert places(opened, origin="police") == []
    assert places(opened, as_of=before, origin="police") == ["Kano"]
    assert places(opened, as_of=before, origin="mayor") == []


def test_two_voices_made_one_are_found_by_either_name(opened: Register) -> None:
    ids = []
    for place in ("Kano", "Goma"):
        card = incident(opened, incidents(opened, Wanted(place=place)).lines[0].id)
        ids.append(card.testimonies[0].origin.id)
    decide(opened, "unify", ids, by="ada", reason="one ministry")
    assert places(opened, origin="police") == places(opened, origin="army") == ["Goma", "Kano"]


def test_by_words_of_its_reports(opened: Register) -> None:
    assert places(opened, words="market") == ["Kano"]
    assert places(opened, words="REBELS Goma") == ["Goma"]
    assert places(opened, words='"soldiers in Goma"') == ["Goma"]
    assert places(opened, words="tekram") == []  # runs of three letters alone are not the word
    assert places(opened, words="market", status="armed_forces") == []
    with pytest.raises(UsageError, match="3 letters"):
        places(opened, words="on")
    assert places(opened, as_of=now(), words="market") == ["Kano"]


def test_the_queue_takes_the_same_filters_and_a_country_by_its_name(opened: Register) -> None:
    assert [o.title for o in queue(opened, Wanted(place="Nigeria"))] == [
        line.title for line in incidents(opened, Wanted(place="Kano")).lines
    ]
    assert len(queue(opened, Wanted(words="Observatory"))) == 1
