"""Which reports are copies of one text: exact likeness of three-word shingles, within a window of days."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.record import Copy, likeness, match, match_keys, shingles_of

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "army",
            "said",
            "nine",
            "people",
            "were",
            "killed",
            "in",
            "a",
            "strike",
            "on",
            "the",
            "town",
            "of",
            "late",
        ]
    ),
    min_size=3,
    max_size=30,
)
TEXT = "Nine people were killed in an air strike on a market in the town of Idlib on Friday, the monitor said on Saturday."


def test_small_edits_are_copies_and_other_texts_are_not() -> None:
    edited = "(AFP) " + TEXT.replace("on Saturday", "at night")
    other = "A car bomb went off near a school in Kirkuk and wounded at least twelve people, police told reporters."
    copies = [Copy(str(i), "2024-03-09", shingles_of(t)) for i, t in enumerate((TEXT, edited, other))]
    assert match(copies) == {"0": "0", "1": "0", "2": "2"}


def test_the_same_text_a_year_later_is_another_story() -> None:
    copies = [Copy("a", "2023-03-09", shingles_of(TEXT)), Copy("b", "2024-03-09", shingles_of(TEXT))]
    assert match(copies) == {"a": "a", "b": "b"}


def test_a_text_without_a_date_can_be_a_copy_of_any() -> None:
    copies = [Copy("a", "2023-03-09", shingles_of(TEXT)), Copy("b", None, shingles_of(TEXT))]
    assert match(copies) == {"a": "a", "b": "a"}


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_matching_is_exact_and_knows_no_order(texts: list[list[str]], rng: object) -> None:
    copies = [Copy(f"r{i}", "2024-03-09", shingles_of(" ".join(t))) for i, t in enumerate(texts)]
    stories = match(copies)
    mixed = list(copies)
    rng.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert match(mixed) == stories
    for a in copies:
        for b in copies:
            if likeness(a.shingles, b.shingles) >= 0.6:
                assert stories[a.report] == stories[b.report]
                assert set(match_keys(a.shingles)) & set(match_keys(b.shingles))
