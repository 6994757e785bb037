"""Where a figure is put: each figure in brackets its own place, a total what holds its parts, peoples nowhere."""

import pytest

import tollbook


def places(text: str) -> list[list[str]]:
    return [[p.quote for p in c.where] for c in tollbook.read(text, language="en").claims]


def test_figures_in_brackets_have_the_place_before_them() -> None:
    found = places("Civilian deaths were reported in Homs (5), Hama (3) and Tartus (3).")
    assert [names[0] for names in found] == ["Homs", "Hama", "Tartus"]


def test_a_total_shared_out_over_places_is_of_all_of_them() -> None:
    whole, *parts = places("Some 1,383 civilians were killed in Latakia (683), Tartus (433) and Hama (267).")
    assert whole[:3] == ["Latakia", "Tartus", "Hama"]
    assert [names[0] for names in parts] == ["Latakia", "Tartus", "Hama"]


def test_a_figure_without_a_place_is_of_all_that_the_lead_lists() -> None:
    text = "Fighting broke out on Thursday in the provinces of Latakia and Tartus. Some 745 civilians were killed."
    assert places(text)[0][:2] == ["Latakia", "Tartus"]


def test_a_people_is_no_place() -> None:
    reading = tollbook.read("Gunmen killed 12 men in Alawite villages of Syria.", language="en")
    assert [p.quote for p in reading.places] == ["Syria"]


def test_a_camp_near_a_town_is_the_place_and_not_the_town_alone() -> None:
    assert places("Shelling of the Zamzam camp near El Fasher killed 20 people.")[0][:2] == [
        "Zamzam",
        "El Fasher",
    ]


def test_a_spelling_of_a_town_is_meant_rather_than_what_another_was_once_called() -> None:
    (claim,) = tollbook.read("Shells killed three people in Sloviansk.", language="en").claims
    assert claim.where[0].name == "Slovyansk"


def test_a_place_in_a_province_is_no_town_of_another_country() -> None:
    reading = tollbook.read("Gunmen killed two guards near Sui in Balochistan province.", language="en")
    assert reading.claims[0].where[0].country == "PK"
    assert reading.claims[0].where[0].lat is None


def test_a_time_that_needs_the_day_of_publication_counts_from_a_dateline_only_where_that_has_its_year() -> (
    None
):
    text = "NAIROBI, March 3 (Wire) - At least 12 people were killed over the weekend in Jonglei."
    (claim,) = tollbook.read(text, language="en").claims
    assert claim.when is not None
    assert claim.when.start is None
    full = text.replace("March 3", "March 3, 2024")
    for dated in (
        tollbook.read(full, language="en").claims[0],
        tollbook.read(full, language="en", published="2024-03-04").claims[0],
    ):
        assert dated.when is not None
        assert (dated.when.start, dated.when.end) == ("2024-03-02", "2024-03-03")


def test_nobody_before_a_semicolon_is_the_subject_behind_it() -> None:
    text = "Ukraine's air force said it had shot down 48 drones; debris killed a woman in Odesa."
    (claim,) = tollbook.read(text, language="en").claims
    assert not claim.by


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "In Colombo, officials said 34 rebels died in fighting near Jaffna. Nine more were wounded.",
            "Jaffna",
        ),
        ("A soldier was killed in a clash in Israel's self-declared zone near Marjayoun.", "Marjayoun"),
        ("A checkpoint in Garma was hit, and three of the wounded died in Fallujah hospital.", "Garma"),
        ("An air strike on Kunduz hospital in Afghanistan killed 12 people.", "Kunduz"),
        ("A rocket hit the Yemeni city of Taiz. Doctors at al-Thawra hospital received 11 bodies.", "Taiz"),
    ],
)
def test_a_place_that_only_names_a_house_a_speaker_or_an_owner_is_not_where_it_happened(
    text: str, first: str
) -> None:
    assert places(text)[-1][0] == first


def test_a_name_means_one_place_in_one_report() -> None:
    text = "A patrol was attacked at Boni, Mopti region. Four soldiers died. The army says 17 more were killed at Boni."
    where = [c.where[0] for c in tollbook.read(text, language="en").claims]
    assert [p.country for p in where] == ["ML", "ML"]


def test_a_name_behind_a_word_of_kin_is_a_persons() -> None:
    text = "Among the dead are Selim Haddad, 51; his wife Medina, 47; and his brother Samar, 39."
    assert tollbook.read(text, language="en").places == ()


def test_a_line_with_a_day_of_its_own_has_no_other_lines_town() -> None:
    text = "4 March, Goma: Gunmen killed three farmers.\n5 March, Talmar: An attack left two dead."
    first, second = places(text)
    assert first[0] == "Goma"
    assert "Goma" not in second


def test_a_figure_has_the_place_of_its_own_side_of_a_semicolon() -> None:
    found = places("In Homs, 3 people were killed and 5 injured; in Hama, 2 were killed and 1 injured.")
    assert [names[0] for names in found] == ["Homs", "Homs", "Hama", "Hama"]


def test_others_behind_an_aside_are_of_the_place_behind_it() -> None:
    found = places("Six people were killed in Homs and four others, including a child, in Hama.")
    assert [names[0] for names in found][::2] == ["Homs", "Hama"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A bomb outside the Florida Hotel in Mogadishu killed four people.", "Mogadishu"),
        ("A bomb outside the Paradise Food Plaza in Jolo killed four people.", "Jolo"),
        ("Shells that hit Tripoli Street in Misrata killed four people.", "Misrata"),
        ("Gunmen killed 22 students at Kabul University.", "Kabul"),
    ],
)
def test_a_house_that_bears_the_name_of_a_place_stands_where_the_text_says(text: str, first: str) -> None:
    assert places(text)[0][0] == first


def test_a_country_that_owns_a_province_does_not_hide_it() -> None:
    text = (
        "An air strike hit a prison in Yemen's Saada province on Friday. Rescuers dug through the rubble. The fire was put out"
        " at noon. Nobody knew how many were inside. A doctor put the number of dead at 62. A strike hit a mast in Hodeidah."
    )
    assert places(text)[0][0] == "Saada"


def test_a_village_is_in_the_division_between_it_and_the_country() -> None:
    reading = tollbook.read(
        "Gunmen seized five men in Takhta Pul, Kandahar, Afghanistan.", language="en"
    )  # a Takhta Pul lies in Helmand
    first, second, _ = reading.places
    assert (first.adm1, first.lat, second.level) == ("Kandahar", None, "adm1")


def test_a_list_of_towns_is_no_town_in_its_division() -> None:
    reading = tollbook.read("Two men died in Kabul, Kandahar, Afghanistan.", language="en")
    assert [p.level for p in reading.places] == ["locality", "locality", "country"]


def test_a_name_in_the_name_of_a_body_or_person_is_not_where_it_happened() -> None:
    head = "Gunmen attacked a house near Sofia, Grad Sofia, Bulgaria, and the car of Rodrigo Lima. "
    assert places(f"{head}A man of the Kosovo Liberation Army was injured.")[0][0] == "Sofia"
    assert places(f"{head}The head of the Bulgarian Helsinki Committee was injured.")[0][0] == "Sofia"
    assert places(f"{head}Lima, a clerk, was injured.")[0][0] == "Sofia"


def test_whose_and_whence_somebody_is_says_not_where_it_happened() -> None:
    text = "Eight people, among them two men from the United States and four United States citizens, died in Manhattan."
    assert places(text)[0][0] == "Manhattan"


def test_who_is_called_so_is_no_place() -> None:
    text = "A man, identified as Devon Arthurs, shot and killed his neighbour in Tampa, Florida."
    assert places(text)[0][:2] == ["Tampa", "Florida"]


def test_a_bearing_in_a_wide_place_is_nearer_than_the_wide_place() -> None:
    assert places("A drone killed 11 men west of Rutbah, Al Anbar, Iraq.")[0][0] == "Rutbah"


def test_a_camp_in_a_town_is_in_that_town() -> None:
    assert places("A shell killed two men at Zorbaq Camp in Kano, Nigeria.")[0][-2:] == ["Kano", "Nigeria"]


@pytest.mark.parametrize(
    ("text", "means", "age"),
    [
        ("Six elders were wounded when their convoy came under fire in Mopti.", ["shooting"], None),
        ("Six pensioners were wounded under heavy fire in Mopti.", ["shooting"], "elderly"),
        ("Six pensioners died in a fire in Mopti.", ["burning"], "elderly"),
    ],
)
def test_fire_on_people_is_shooting_and_an_elder_has_an_office(
    text: str, means: list[str], age: str | None
) -> None:
    (claim,) = tollbook.read(text, language="en").claims
    assert [m.name for m in claim.means] == means
    assert claim.victims.age_group == age


def test_a_car_bomb_is_not_of_the_car() -> None:
    reading = tollbook.read("Car bomb outside Kabul mosque kills seven", language="en")
    assert [p.country for p in reading.places] == ["AF"]
    assert {p.country for p in tollbook.read("Two died in northern CAR.", language="en").places} == {"CF"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three people were killed in Mir Sado, North Waziristan.", ["Mir Sado"]),
        ("Three people were killed in Jebel Sky, West Darfur.", ["Jebel Sky"]),
        ("Three people were killed in Kano Tuesday, police said.", ["Kano"]),
        ("The army killed 30 Fano fighters in Lay Gebre.", ["Lay Gebre"]),
        ("Gunmen killed three people in Quezon province.", ["Quezon"]),
        (
            "Gunmen killed nine farmers in Chad, while seven guards died in Niger and five soldiers in Togo.",
            ["Chad", "Niger", "Togo"],
        ),
        (
            "Gunmen killed five people in Kenya.\n\nIn Laos, a grenade was thrown into a hall. Nine guests were hurt.",
            ["Kenya", "Laos"],
        ),
    ],
)
def test_places_with_several_words_of_fighters_and_of_parts_of_a_sentence(
    text: str, wanted: list[str]
) -> None:
    assert [names[0] for names in places(text)] == wanted


def test_a_province_of_the_second_level_is_no_city() -> None:
    (claim,) = tollbook.read("Gunmen killed three people in Quezon province.", language="en").claims
    assert claim.where[0].level == "adm2"


def test_a_country_that_does_something_is_no_place_of_what_was_suffered() -> None:
    found = tollbook.read(
        "At least 5,400 civilians have been killed since Ethiopia launched its offensive in May.",
        language="en",
    )
    assert found.claims[0].where == ()


def test_half_of_a_name_that_no_gazetteer_has_is_no_town() -> None:
    (claim,) = tollbook.read(
        "Gang members attacked the town of Pont-Sonde on Friday, killing 70 people.", language="en"
    ).claims
    assert claim.where[0].name == "Pont-Sonde"


def test_an_old_or_second_name_that_towns_of_several_countries_have_puts_nothing_in_one_of_them() -> None:
    (claim,) = tollbook.read("Five nurses were killed in Baga, Nigeria.", language="en").claims
    assert [(p.name, p.country) for p in claim.where] == [("Baga", "NG"), ("Nigeria", "NG")]
    (claim,) = tollbook.read("Five nurses were killed in Bafi.", language="en").claims
    assert [(p.name, p.country) for p in claim.where] == [("Bafi", None)]


def test_a_building_of_a_large_town_is_there_and_a_group_is_nowhere() -> None:
    assert places("Nine killed as raiders storm Mogadishu hotel") == [["Mogadishu"]]
    assert places("Rebels fought Wagner near Kidal. Nine soldiers were killed.") == [["Kidal"]]


@pytest.mark.parametrize(
    "told", ["An Israeli airstrike killed five people.", "A blast killed three Chinese engineers."]
)
def test_a_land_told_only_by_what_is_seldom_in_it_is_no_place(told: str) -> None:
    assert places(told) == [[]]


def test_a_land_told_by_its_police_is_the_place_where_no_other_is_named() -> None:
    assert places("Iraqi police said five people were killed.") == [["Iraqi"]]


def test_a_town_that_raiders_stormed_is_where_people_died() -> None:
    assert places("Sixty people were killed when gunmen stormed Karvanda on Monday.") == [["Karvanda"]]
    assert places("Raiders killed 11 people in Kuchi Ward of Karvanda.")[0][0].startswith("Kuchi")


def test_a_possessive_of_an_ordinary_word_is_no_town_in_capitals() -> None:
    assert places("THE COOK'S DAUGHTER WAS KILLED IN THE TOWN'S MAIN STREET.") == [[]]


def test_the_town_of_a_hospital_behind_a_comma_is_not_where_people_were_hurt() -> None:
    text = "Raiders killed four people in Maradun. Nine with gunshot wounds are receiving care at the General Hospital, Gusau."
    assert places(text) == [["Maradun"], ["Maradun"]]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        (("Nine people were killed and 24 hurt in Dara on Monday. The worst such attack, in Homs in 2016, killed 40. Of the"
         " 24 wounded, two were children."), ["Dara", "Dara", "Homs", "Dara", "Dara"]),
        (("Nine people were killed in Dara and 24 were hurt. Elsewhere, a bomb killed two guards in Homs. Doctors said the 24"
         " wounded were in stable condition."), ["Dara", "Dara", "Homs", "Dara"]),
        # who governs what holds the town tells again of those who died there
        (("At least 27 people were killed in Tuesday's blast in Mogadishu. The 27 deaths were confirmed by the governor of"
         " Banadir."), ["Mogadishu", "Mogadishu"]),
        # whom nothing ties to those told before is of the town told last
        ("Nine people were killed in Dara and 24 were hurt. A bomb went off in Homs. Six people were wounded.",
         ["Dara", "Dara", "Homs"]),
    ],
)  # fmt: skip
def test_another_event_leaves_the_report_its_place(text: str, towns: list[str]) -> None:
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    assert [c.where[0].quote for c in claims] == towns
