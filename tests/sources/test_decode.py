"""Bytes become text whatever their encoding; what could not be read is told with its place."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import SourceError
from tollbook.sources import Options, Received
from tollbook.sources.decode import decode, is_binary
from tollbook.sources.files import received_of

ENGLISH = "At least 12 people were killed in Kano on Monday, police said. "
SAMPLES = [
    ("Au moins douze personnes ont été tuées à Alger, a déclaré la police.", "cp1252"),
    ("По меньшей мере 12 человек погибли, сообщила полиция города.", "cp1251"),
    ("По меньшей мере 12 человек погибли, сообщила полиция города.", "koi8-r"),
    ("قتل اثنا عشر شخصا في هجوم على سوق المدينة يوم الاثنين، قالت الشرطة.", "cp1256"),
    ("周一，警方称至少有十二人在袭击中丧生，另有三十人受伤。", "gb18030"),
]


def of(data: bytes, name: str = "report.txt") -> Received:
    return received_of(data, name, Options(), name=name)


@pytest.mark.parametrize(("text", "encoding"), SAMPLES)
def test_old_encodings_are_known_by_their_look(text: str, encoding: str) -> None:
    found, warnings = decode(text.encode(encoding))
    assert found == text
    assert [w.code for w in warnings] == ["encoding"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_needs_no_guess(encoding: str) -> None:
    data = ENGLISH.encode(encoding)
    assert not is_binary(data)
    assert decode(data) == (ENGLISH, ())


def test_a_damaged_file_keeps_its_words_and_tells_the_places() -> None:
    received = of(
        ENGLISH.encode() + b"Caf\xe9 and na\xc3\xafve \xff d\xc3\xa9j\xc3\xa0 vu \xc3\xa9t\xc3\xa9."
    )
    text = received.report.text
    assert "naïve" in text
    places = [w.start for w in received.warnings if w.code == "undecodable"]
    assert places == [i for i, c in enumerate(text) if c == "\ufffd"]
    assert len(places) == 2


def test_places_hold_when_letters_are_composed() -> None:
    received = of("e\u0301e\u0301e\u0301 déjà vu été ".encode() + b"\xff" + ENGLISH.encode())
    (warning,) = received.warnings
    assert warning.start is not None
    assert received.report.text[warning.start : warning.end] == "\ufffd"


def test_many_undecodable_bytes_are_summed_up() -> None:
    received = of(codecs.BOM_UTF8 + ENGLISH.encode() + b"\xff" * 100)
    told = [w.message for w in received.warnings if w.code == "undecodable"]
    assert len(told) == 6
    assert "95 more" in told[-1]


@pytest.mark.parametrize(
    "declared", ["hex", "rot13", "unicode_escape", "utf-7", "no-such", "idna", "zlib", ""]
)
def test_a_declared_encoding_is_never_one_of_pythons_own(declared: str) -> None:
    text, encoding = SAMPLES[0]
    html = f'<html><meta charset="{declared}"><body><p>{text}</p>'.encode(encoding)
    assert text in decode(html, declared)[0]


def test_binary_junk_is_told_and_a_stray_nul_is_not_binary() -> None:
    with pytest.raises(SourceError, match=r"not text: the bytes are binary - give"):
        of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20)
    assert "\0" in of(ENGLISH.encode() + b"\0" + ENGLISH.encode()).report.text


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_is_told(data: bytes) -> None:
    with pytest.raises(SourceError, match="empty"):
        of(data)


@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
def test_no_bytes_stop_it(data: bytes, declared: str | None) -> None:
    text, _ = decode(data, declared)
    text.encode()  # whole characters only
    is_binary(data)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf_8_comes_back(text: str) -> None:
    import unicodedata  # noqa: PLC0415

    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == unicodedata.normalize("NFC", text)
