"""A week of one war, with what misleads: two events of one town and day, a sum over the country, an anniversary, a denial.

The reports are made up, around places that are real.
"""

from functools import cache

from tollbook.model.incident import Incident
from tollbook.model.report import report_of
from tollbook.pipeline import read_report
from tollbook.record import Record, record_of

WIRE = (
    "KHARTOUM (Reuters) - At least 14 people were killed when shells hit a mosque in Omdurman on Tuesday, the Khartoum "
    "State health ministry said. The ministry said 20 people were wounded."
)
REPORTS = (
    (
        "Nile Daily",
        "2025-01-06",
        (
            "At least 9 people were killed in an air strike on a market in El Fasher on Monday, the Emergency Lawyers "
            "group said."
        ),
    ),
    (
        "Nile Daily",
        "2025-01-07",
        (
            "The death toll from Monday's air strike on a market in El Fasher has risen to 17, the Emergency Lawyers "
            "group said on Tuesday. Another 30 people were injured."
        ),
    ),
    (
        "The Gazette",
        "2025-01-08",
        (
            "The army denied that its aircraft bombed a market in El Fasher on Monday. Emergency Lawyers "
            "said 21 civilians were killed."
        ),
    ),
    ("Plain Dealer", "2025-01-07", WIRE),
    ("Coast Times", "2025-01-07", WIRE),
    (
        "Harbour News",
        "2025-01-07",
        (
            "A drone strike on a bus station in Omdurman killed three people on Tuesday evening, a doctor at Al Nao "
            "hospital said."
        ),
    ),
    (
        "Sahel Post",
        "2025-01-08",
        (
            "Three people died in a drone strike on a bus station in Omdurman on Tuesday, a medical source said. "
            "Earlier that day shells hit a mosque in the city, killing at least 14 people, the health ministry said."
        ),
    ),
    (
        "Green Valley",
        "2025-01-09",
        (
            "Gunmen attacked villages in Gezira state over three days from Monday, killing 42 people, among them 15 in "
            "Azrag and 8 in Tamboul, the Gezira Conference said."
        ),
    ),
    (
        "Blue Line",
        "2025-01-10",
        (
            "The Gezira Conference said the number of people killed in attacks on villages in Gezira state this week "
            "has risen to 50."
        ),
    ),
    (
        "UN Briefing",
        "2025-01-12",
        (
            "At least 120 civilians were killed across Sudan between 6 and 12 January, the UN Human Rights Office "
            "said."
        ),
    ),
    (
        "Memory Press",
        "2025-01-08",
        (
            "Survivors marked the anniversary of the attack of 8 January 2015 in Kadugli, in which 60 people were "
            "killed. Nobody has been tried."
        ),
    ),
    (
        "Nile Daily",
        "2025-01-11",
        (
            "Seven people were killed when a drone hit the Saudi hospital in El Fasher on Friday, the World Health "
            "Organization said."
        ),
    ),
)


@cache
def record() -> Record:
    return record_of(
        [
            read_report(report_of(text, ref=str(n), publisher=publisher, published=day, language="en"))
            for n, (publisher, day, text) in enumerate(REPORTS)
        ]
    )


def killed(place: str, day: str) -> list[tuple[int | None, int]]:
    """Return low and number of reports of the incidents of a place that begin on a day."""
    return sorted(
        (toll.low, len(incident.reports))
        for incident in at(place, day)
        for toll in incident.tolls
        if (toll.harm, toll.status) == ("killed", "all")
    )


def at(place: str, day: str) -> list[Incident]:
    return [
        i for i in record().incidents if place in i.title and i.period is not None and i.period.start == day
    ]


def test_two_events_of_one_town_and_day_stay_two() -> None:
    assert killed("Omdurman", "2025-01-07") == [(3, 2), (14, 2)]  # the copy is the same text


def test_a_sum_over_the_country_holds_the_sum_of_a_state_and_is_no_version_of_it() -> None:
    (country,) = at("Sudan", "2025-01-06")
    assert killed("Sudan", "2025-01-06") == [(120, 1)]
    (state,) = (i for i in at("", "2025-01-06") if any(t.best == 50 for t in i.tolls))
    assert len(state.reports) == 2
    assert state.parent == country.id


def test_a_toll_rises_in_one_voice_and_a_later_attack_on_the_town_is_another() -> None:
    assert killed("El Fasher", "2025-01-06") == [(21, 3)]
    assert killed("El Fasher", "2025-01-10") == [(7, 1)]


def test_an_anniversary_adds_nobody() -> None:
    assert not any(t.low == 60 for i in record().incidents for t in i.tolls)


def test_an_office_named_again_in_short_is_no_second_voice() -> None:
    (mosque,) = (i for i in at("Omdurman", "2025-01-07") if any(t.harm == "injured" for t in i.tolls))
    assert {o.name for o in mosque.independent_origins} == {
        "Health ministry (Khartoum, SD)",
        "Health ministry (SD)",
    }


def test_a_name_with_and_without_its_last_common_word_is_one_voice() -> None:
    (market,) = at("El Fasher", "2025-01-06")
    assert [o.name for o in market.independent_origins] == ["Emergency Lawyers"]
    assert market.grade == "weak"
