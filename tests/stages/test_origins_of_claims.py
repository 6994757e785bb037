"""Who gave a figure: the speaker of its own statement, by his words alone."""

import pytest

import tollbook


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Clinic sources gave the toll as 19 dead, while one village account spoke of 14.", ["Clinic sources"]),
        ("Nine people were killed, though tribal elders said 14 had died.", [None, "tribal elders"]),
        ("Nine people were killed while they slept, police said.", ["police"]),
        ("Nine people were killed in Burkina Faso, residents and guards said.", ["residents and guards"]),
        ("Nine people died in Mopti on Monday, security officials and residents said.", ["security officials and residents"]),
        ("Germany, Russia and Sweden said nine people were killed.", ["Germany, Russia and Sweden"]),
        ('GAO (Agency) - Gunmen killed six people. "We counted 14 bodies," said a trader.', [None, "trader"]),
        ('The Observatory counted nine dead. "We recorded 14 wounded," it added.', ["Observatory", "Observatory"]),
    ],
)  # fmt: skip
def test_a_figure_is_told_by_the_speaker_of_its_own_statement(text: str, wanted: list[str | None]) -> None:
    claims = tollbook.read(text, language="en").claims
    assert [c.origin and c.origin.name for c in claims] == wanted
