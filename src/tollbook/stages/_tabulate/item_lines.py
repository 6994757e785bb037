"""item_lines: text -> the lines of it that are items of a list: "M23: 41", "Homs – 12"."""

import re
from collections.abc import Iterator

_ITEM = re.compile(
    r"^[ \t]*(?:[-•●▪*–—·][ \t]*|\d{1,2}[.)][ \t]+)?(?P<label>[^\n:|\t]{1,60}?)[ \t]*(?::|[–—]|[ ]-[ ])[ \t]*"
    r"(?P<figure>[^\n:|\t]{1,24}?)[ \t]*[;,.]?[ \t]*$",
    re.MULTILINE,
)
# how the line of an item ends, with which sign, and in how many characters but for runs of blanks; few lines end so, and
# only they are tried from their beginning
_ITEM_END = re.compile(r"[:–—-](?=[^\n:|]{1,80}+$)[ \t]*[^\n:|\t]{1,24}?[ \t]*[;,.]?[ \t]*$", re.MULTILINE)
_ITEM_SIGNS, _ITEM_ENDS = (":", "–", "—", " - "), 30


def items_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that are items of a list, each once."""
    begins = {begin for sign in _ITEM_SIGNS if sign in text for begin in _ended_by(text, sign)}
    for begin in sorted(begins):
        item = _ITEM.match(text, begin)
        if item is not None:
            yield item


def _ended_by(text: str, sign: str) -> Iterator[int]:
    """Yield the offsets at which lines begin that end with a sign and what may be a figure: few have a sign there."""
    found = text.find(sign)
    while found >= 0:
        at = found + len(sign) // 2  # of a dash between blanks, the dash
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        near = text[end - _ITEM_ENDS : end] if end - at > _ITEM_ENDS else ""
        # what stands behind the sign of an item is short, but for blanks
        if (not near or "  " in near or "\t" in near) and _ITEM_END.match(text, at, end) is not None:
            yield text.rfind("\n", 0, at) + 1
        found = text.find(sign, found + 1)
