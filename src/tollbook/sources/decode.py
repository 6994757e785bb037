"""decode: bytes -> text, whatever their encoding, saying what could not be read."""

import codecs
import re

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
_CONTROL = bytes(b for b in range(32) if b < 9 or b > 13)
_LISTED = 5  # places of undecodable bytes that are told one by one


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Warning, ...]]:
    """Decode bytes: by their mark, as UTF-8, by what they declare, by their look.

    Bytes that the encoding cannot read become U+FFFD, each told in a warning with its place in the text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    for candidate in (declared, _declared(data), _look(data)):
        name = _known(candidate)
        if name is None or name == "utf-8":
            continue
        try:
            return data.decode(name), (Warning("encoding", f"read as {name}: the bytes are not UTF-8"),)
        except (UnicodeDecodeError, UnicodeError):
            continue
    return _lossy(data, "utf-8")


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding: NUL bytes without a mark, or mostly control characters."""
    head = data[:8192]
    if any(head.startswith(mark) for mark, _ in _BOMS) or not head:
        return False
    if b"\0" in head:
        return True
    control = len(head) - len(head.translate(None, _CONTROL))
    return control > 0.05 * len(head)


def _lossy(data: bytes, encoding: str) -> tuple[str, tuple[Warning, ...]]:
    text = data.decode(encoding, "replace")
    warnings = []
    places = [m.start() for m in re.finditer("\ufffd", text)]
    for place in places[:_LISTED]:
        message = f"undecodable byte at character {place}: kept as U+FFFD"
        warnings.append(Warning("undecodable", message, place, place + 1))
    if len(places) > _LISTED:
        warnings.append(
            Warning("undecodable", f"{len(places) - _LISTED:,} more undecodable bytes kept as U+FFFD")
        )
    return text, tuple(warnings)


def _declared(data: bytes) -> str | None:
    found = _META.search(data[:4096]) or _XML.search(data[:200])
    return found[1].decode("ascii") if found else None


def _look(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  # only bytes that are not UTF-8 pay for it

    return str(detect_encoding(data[:200_000]))


def _known(name: str | None) -> str | None:
    if not name:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
