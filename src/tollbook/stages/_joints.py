"""_joints: how words touch: hyphens and points between two words with no blank."""

from tollbook.stages._sentence import Sentence


def is_glued(here: Sentence, k: int) -> bool:
    """Tell whether word k touches the words on both sides."""
    view = here.view
    return view.starts[k] == view.ends[k - 1] and view.starts[k + 1] == view.ends[k]


def is_inner_hyphen(here: Sentence, j: int) -> bool:
    """Tell whether word j is a hyphen or apostrophe between two words with no blank."""
    view = here.view
    return (
        view.words[j] in "-–'’.&/"
        and j + 1 < here.end
        and view.starts[j] == view.ends[j - 1]
        and view.starts[j + 1] == view.ends[j]
    )


def begins_compound(here: Sentence, after: int) -> bool:
    """Tell whether the number is the first half of a compound: 14-year, 12-man."""
    view = here.view
    return (
        after + 1 < here.end
        and view.words[after] in "-–"
        and view.starts[after] == view.ends[after - 1]
        and view.starts[after + 1] == view.ends[after]
        and view.words[after + 1][0].isalpha()
        and here.words.people.get(here.folded[after + 1]) is None
    )


def compound_end(here: Sentence, after: int) -> int:
    """Return the last word of a compound whose first hyphen stands at word `after`: 14-year-old."""
    last = after + 1
    while last + 2 < here.end and is_inner_hyphen(here, last + 1):
        last += 2
    return last
