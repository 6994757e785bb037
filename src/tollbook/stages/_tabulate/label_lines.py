"""label_lines: lines that alternate between a label and a figure, the label first -> each label with its figure."""

import re

_FIGURE = re.compile(
    r"[ \t]*(?P<figure>\d[\d,.]*(?:[ \t]?[-–][ \t]?\d[\d,.]*)?(?:[ \t]\w{1,9})?)[ \t]*$", re.MULTILINE
)
# with the line break before it, which is sought at once, where the beginning of a line is looked for at every letter
_UNDER = re.compile("\n" + _FIGURE.pattern, re.MULTILINE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST = 2  # labels with their figures
_LONGEST = 60  # characters of a label
_ENDS = (".", ",", ";", "!", "?")

Span = tuple[int, int]  # characters


def labels_of_figures(text: str) -> list[tuple[Span, Span]]:
    """Return the lines that stand right over a line that is nothing but a figure, each with that figure.

    Not where the run of such lines begins with a figure: there the labels stand below. One alone is a headline over a
    number of comments or of a page.
    """
    found = []
    for match in _UNDER.finditer(text):
        above = _line_over(text, match.start() + 1)
        if _YEAR.fullmatch(match["figure"]) is not None:
            continue
        if above is not None and _is_label(text, above) and _begins_with_label(text, above):
            found.append((above, match.span("figure")))
    return found if len(found) >= _LEAST else []


def _line_over(text: str, at: int) -> Span | None:
    """Return the line right over the one that begins at an offset."""
    if at == 0:
        return None
    return text.rfind("\n", 0, at - 1) + 1, at - 1


def _is_label(text: str, line: Span) -> bool:
    words = text[slice(*line)].strip()
    plain = 0 < len(words) <= _LONGEST and words[0].isalpha() and not words.endswith(_ENDS)
    return plain and not any(c.isdecimal() for c in words)


def _begins_with_label(text: str, label: Span) -> bool:
    """Tell whether a run of labels and figures, told upwards from one label, begins with a label."""
    while True:
        above = _line_over(text, label[0])
        if above is None or _FIGURE.fullmatch(text, *above) is None:
            return True
        over = _line_over(text, above[0])
        if over is None or not _is_label(text, over):
            return False
        label = over
