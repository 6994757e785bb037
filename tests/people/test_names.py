"""Names: what lists write differently compares alike; what differs stays apart; nothing breaks on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.people.names import fold_name, name_forms, sex_of, skeleton


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("محمد الأحمد", "Mohamed al-Ahmad"),
        ("محمّد الأحـمد", "MUHAMMAD AL AHMED"),
        ("عبد الله حسن خليل", "Abdullah Hassan Khaleel"),
        ("عبدالرحمن بن علي الحسين", "Abd al-Rahman bin Ali al-Hussein"),
        ("الدكتور أحمد فاطمة", "Dr. Ahmad Fatma"),
        ("Selim Ibrahim", "Ibrahim, Selim"),
        ("Олександр Дмитро", "Oleksandr Dmytro"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, two: str) -> None:
    assert name_forms(one).tokens == name_forms(two).tokens


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("حداد", "Haddad"),
        ("غازي القصيبي", "Ghazi al-Qusaibi"),
        ("جمعة عبد الغني", "Jumaa Abdul Ghani"),
        ("ياسمين الشرع", "Yasmin al-Sharaa"),
        ("جورج خوري", "George Khoury"),
        ("Шевченко", "Shevchenko"),
    ],
)
def test_names_without_a_row_sound_alike_across_scripts(one: str, two: str) -> None:
    assert name_forms(one).skeletons == name_forms(two).skeletons


@pytest.mark.parametrize(
    ("one", "two"),
    [("Hasan", "Hussein"), ("Muhammad", "Mahmoud"), ("Ahmad", "Hamid"), ("Ali", "Wael"), ("Omar", "Amr")],
)
def test_names_that_differ_keep_their_own_keys(one: str, two: str) -> None:
    assert name_forms(one).tokens != name_forms(two).tokens


def test_parts_are_told_by_place_and_by_son_of() -> None:
    forms = name_forms("Khaled bin Waleed Mahmoud al-Darwish")
    assert (forms.given, forms.father, forms.grandfather, forms.family) == (
        "khalid",
        "walid",
        "mahmud",
        "darwish",
    )
    assert name_forms("Khaled ibn Waleed").family == ""
    assert name_forms("Khaled ibn Waleed").father == "walid"


def test_a_name_of_honour_is_kept_apart() -> None:
    forms = name_forms("أبو أحمد خالد درويش")
    assert (forms.kunya, forms.given) == ("ahmad", "khalid")
    assert name_forms("Fatima Abu Shaar").family == "abushaar"


@given(st.text(max_size=80))
def test_any_text_is_a_name_or_none(text: str) -> None:
    forms = name_forms(text)
    assert len(forms.tokens) == len(forms.skeletons)
    assert all(forms.tokens)
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(alphabet="abdhklmnrsty", min_size=1, max_size=12))
def test_a_skeleton_is_never_empty(word: str) -> None:
    assert skeleton(word)


def test_sexes_are_told_in_several_languages() -> None:
    words = ("Male", "أنثى", "ذكر", "F", "mujer", "unknown", "")
    assert [sex_of(w) for w in words] == ["m", "f", "m", "f", "f", None, None]
