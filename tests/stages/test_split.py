"""split: which line breaks end a sentence."""

import pytest

from tollbook.lang.pack import load_pack
from tollbook.stages.split import split

LONG = "The men of the old town who had gone up to the hills to look for their sheep"


@pytest.mark.parametrize(
    ("following", "sentences"),
    [
        ("came home in the night, tired and without a single one.", 1),
        (" came home in the night, tired and without a single one.", 1),
        ("Three came home in the night.", 2),
        ("b) who came home in the night", 2),
        ("12 sheep", 2),
    ],
)
def test_a_long_line_goes_on_in_small_letters(following: str, sentences: int) -> None:
    text = f"{LONG}\n{following}"
    assert len(split(text, load_pack("en")).sentences) == sentences


@pytest.mark.parametrize("line", ["killed by mines", f"{LONG}.", f"{LONG}:", f"{LONG} | 12"])
def test_a_short_line_or_one_that_ends_does_not_go_on(line: str) -> None:
    assert len(split(f"{line}\ncivilians and others", load_pack("en")).sentences) == 2


def test_a_wrapped_text_may_have_a_line_of_two_joined() -> None:
    lines = ["They walked along the river bank to the bridge in May"] * 11
    lines = [f"{line} of {2000 + k}" for k, line in enumerate(lines)]
    lines[4] = f"{lines[4]} and they walked along the river bank to the bridge in May and in June of the year"
    assert len(split("\n".join(lines), load_pack("en")).sentences) == 1
