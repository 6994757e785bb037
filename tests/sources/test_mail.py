"""Saved pages (MHTML) and e-mails are read by the part that a person reads."""

import base64
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.errors import Problem
from tollbook.sources import Options, Received, open_sources

WORDS = "Shelling killed 12 civilians in the town on Monday, officials said. "
SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://a.example/news/1
Subject: =?utf-8?Q?Twelve_dead_=E2=80=93_The_Daily?=
Date: Fri, 7 Mar 2025 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b1"

--b1
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://a.example/news/1

<html><head><meta charset=3D"utf-8"><meta property=3D"article:published_time" content=3D"2025-03-06T0=
8:00:00Z"></head><body><article><h1>Twelve dead in the town</h1><p>Shelling ki=
lled 12 civilians in the town on Monday, officials said.</p></article></body></html>
--b1
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://a.example/p.png

iVBORw0KGgo=
--b1--
""".replace("\n", "\r\n")


def read(data: bytes, folder: Path, name: str = "a") -> list[Received | Problem]:
    (folder / name).write_bytes(data)
    return list(open_sources([str(folder / name)], Options()))


def only(items: list[Received | Problem]) -> Received:
    (item,) = items
    assert isinstance(item, Received), item
    return item


def test_a_saved_page(tmp_path: Path) -> None:
    item = only(read(SAVED.encode(), tmp_path, "a.mhtml"))
    report = item.report
    assert "Shelling killed 12 civilians" in report.text
    assert "=3D" not in report.text
    assert (report.url, report.title) == ("https://a.example/news/1", "Twelve dead in the town")
    assert (report.published, report.retrieved) == ("2025-03-06T08:00:00Z", "2025-03-07T10:00:00+02:00")
    assert item.original == SAVED.encode()


def test_an_e_mail(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "مرصد <a@a.example>",
        "حصيلة",
        "Fri, 7 Mar 2025 10:00:00 +0000",
    )
    mail.set_content(WORDS)
    mail.add_alternative(f"<p>{WORDS}</p><p>Unsubscribe</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="list.pdf")
    item = only(read(mail.as_bytes(), tmp_path))
    assert item.report.text.strip() == WORDS.strip()
    assert (item.report.author, item.report.title) == ("مرصد", "حصيلة")
    assert item.report.published == "2025-03-07T10:00:00Z"
    assert "list.pdf" in next(w.message for w in item.warnings if w.code == "attachment")


def test_an_e_mail_of_html_alone_in_another_encoding(tmp_path: Path) -> None:
    body = base64.encodebytes(
        f"<html><body><p>قتل تسعة أشخاص</p><p>{WORDS}</p></body></html>".encode("cp1256")
    )
    head = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=windows-1256\nContent-Transfer-Encoding: base64\n\n"
    assert "قتل تسعة" in only(read(head + body, tmp_path)).report.text


def test_a_text_that_begins_like_a_head_is_a_text(tmp_path: Path) -> None:
    text = f"Damascus: {WORDS}\nMIME-Version: none\n"
    assert only(read(text.encode(), tmp_path, "a.txt")).report.text == text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1400), st.binary(max_size=8), st.integers(0, 1400))
def test_damaged_messages_raise_nothing(tmp_path_factory: Any, at: int, change: bytes, keep: int) -> None:
    data = bytearray(SAVED.encode())
    data[at : at + 3] = change
    for item in read(bytes(data[: 1 + keep]), tmp_path_factory.mktemp("fuzz")):
        assert isinstance(item, Received | Problem)


def test_parts_in_parts_without_end(tmp_path: Path) -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    (item,) = read(("Subject: x\nMIME-Version: 1.0\n" + nested + "\n\ntext").encode(), tmp_path)
    assert isinstance(item, Problem)
