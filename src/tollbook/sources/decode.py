"""decode: bytes -> text, whatever their encoding, saying what could not be read."""

import codecs
import re
import unicodedata

from tollbook.model.text import Warning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_WIDER = {
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}  # what is called the first is often the second
_HEAD = 8192
_LISTED = 5  # places of undecodable bytes that are told one by one


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Warning, ...]]:
    """Decode bytes to text in NFC: by their mark, as UTF-8, by what they declare, by their look.

    Bytes that the encoding cannot read become U+FFFD; a warning says so, and `undecodable` where they stand.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    wide = _wide(data[:_HEAD])
    if wide is not None:
        return _lossy(data, wide)
    try:
        return _composed(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    lossy, lost = _lossy(data, "utf-8")
    if sum(ord(c) > 127 for c in lossy) > 2 * lossy.count("\ufffd"):
        return lossy, lost  # most of what is not ASCII is good UTF-8: a damaged file, not another encoding
    for candidate in (declared, _declared(data), _look(data)):
        name = _known(candidate)
        if name is None or name.startswith("utf"):
            continue
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return _composed(text), (Warning("encoding", f"read as {name}: the bytes are not UTF-8"),)
    return lossy, lost


def undecodable(text: str, warnings: tuple[Warning, ...]) -> tuple[Warning, ...]:
    """Return the warnings of `decode` with the place in the final text of each byte that was lost."""
    if not any(w.code == "undecodable" for w in warnings):
        return warnings
    places = [m.start() for m in re.finditer("\ufffd", text)]
    told = [
        Warning("undecodable", f"undecodable byte at character {p:,}: kept as U+FFFD", p, p + 1)
        for p in places[:_LISTED]
    ]
    if len(places) > _LISTED:
        more = f"{len(places) - _LISTED:,} more undecodable bytes kept as U+FFFD"
        told.append(Warning("undecodable", more))
    return (*(w for w in warnings if w.code != "undecodable" or not places), *told)


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding: many NUL bytes, or many control characters.

    A stray one, as old tools leave it, is no more than a stain on a text.
    """
    head = data[:_HEAD]
    if not head or any(head.startswith(mark) for mark, _ in _BOMS) or _wide(head) is not None:
        return False
    control = sum(b < 9 or 13 < b < 32 for b in head)
    return head.count(0) > 0.02 * len(head) or control > 0.05 * len(head)


def _wide(head: bytes) -> str | None:
    """Return the encoding of UTF-16 without a mark: every second byte of European text is NUL."""
    if len(head) < 8 or b"\0" not in head:
        return None
    half = len(head) // 2
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[place::2].count(0) > 0.7 * half and head[1 - place :: 2].count(0) < 0.05 * half:
            return encoding
    return None


def _lossy(data: bytes, encoding: str) -> tuple[str, tuple[Warning, ...]]:
    try:
        return _composed(data.decode(encoding)), ()
    except UnicodeDecodeError:
        text = _composed(data.decode(encoding, "replace"))
    lost = text.count("\ufffd")
    told = f"{lost:,} undecodable byte{'' if lost == 1 else 's'} kept as U+FFFD (read as {encoding})"
    return text, (Warning("undecodable", told),)


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _declared(data: bytes) -> str | None:
    found = _META.search(data[:4096]) or _XML.search(data[:200])
    return found[1].decode("ascii") if found else None


def _look(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  # only bytes that are not UTF-8 pay for it

    return str(detect_encoding(data[:200_000]))


def _known(name: str | None) -> str | None:
    """Return the encoding that is meant by a name on the web, which is none of Python's own (such as "hex")."""
    from resiliparse.parse.encoding import map_encoding_to_html5  # noqa: PLC0415  # as above

    found = map_encoding_to_html5(name, False) if name else None
    return _WIDER.get(found, found) if found else None
