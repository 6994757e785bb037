"""A page from the web: within size, time and the public network, and every byte of the exchange kept."""

import gzip
import io
import shutil
import ssl
import subprocess
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tollbook.errors import Problem, SourceError
from tollbook.sources import Options, Received, open_sources, web
from tollbook.sources.web import ask, checked_addresses, fetch

WORDS = "Shelling killed 12 civilians in the town on Monday, officials said. " * 4
HERE = Options(allow_private=True, timeout=5.0)


def test_an_exchange_is_kept_byte_for_byte_redirects_too(site: Any) -> None:
    site.serve("/old", "", status=301, Location="/new")
    body = gzip.compress(f"<html><body><article><p>{WORDS}</p></article></body></html>".encode())

    def chunked(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("X-Odd", "  spaced   out ")
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (body[:50], body[50:]):
            handler.wfile.write(b"%X;note=1\r\n" % len(piece) + piece + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    site.pages["/new"] = chunked
    (item,) = open_sources([f"{site.url}/old"], HERE)
    assert isinstance(item, Received)
    assert "killed 12 civilians" in item.report.text
    assert item.original == gzip.decompress(body)
    capture = item.capture
    assert capture is not None
    assert (capture.url, capture.final, capture.status) == (f"{site.url}/old", f"{site.url}/new", 200)
    assert capture.redirects == (f"{site.url}/old",)
    assert capture.address == "127.0.0.1"
    assert item.report.retrieved == capture.time
    records = []
    for record in ArchiveIterator(io.BytesIO(capture.warc), no_record_parse=True):
        records.append(
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
        )
    assert [(kind, url) for kind, url, _ in records] == [
        ("response", f"{site.url}/old"),
        ("request", f"{site.url}/old"),
        ("response", f"{site.url}/new"),
        ("request", f"{site.url}/new"),
    ]
    assert b"X-Odd:   spaced   out \r\n" in records[2][2]
    assert b";note=1\r\n" in records[2][2]
    assert records[3][2].startswith(b"GET /new HTTP/1.1\r\n")
    assert _responses(capture.warc) == [b"", item.original]


def _responses(warc: bytes) -> list[bytes]:
    return [
        record.content_stream().read()
        for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
        if record.rec_type == "response"
    ]


def test_a_capture_is_a_source_itself(site: Any, tmp_path: Any) -> None:
    site.page("/a", WORDS)
    (item,) = open_sources([f"{site.url}/a"], HERE)
    assert isinstance(item, Received)
    assert item.capture is not None
    (tmp_path / "kept").write_bytes(item.capture.warc)
    (again,) = open_sources([str(tmp_path / "kept")], Options())
    assert isinstance(again, Received)
    assert again.report == item.report
    assert again.original == item.original


def test_nothing_is_kept_where_it_is_not_asked_for(site: Any) -> None:
    site.page("/a", WORDS)
    (item,) = open_sources([f"{site.url}/a"], Options(allow_private=True, keep=False))
    assert isinstance(item, Received)
    assert (item.original, item.capture) == (None, None)


def test_a_server_that_drips_is_left_after_the_time_allowed(site: Any) -> None:
    def drip(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n")
        try:
            for _ in range(2000):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            handler.close_connection = True

    def drip_headers(handler: Any) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(2000):
                handler.wfile.write(b"X-%d: y\r\n" % n)
                time.sleep(0.02)
        except OSError:
            handler.close_connection = True

    site.pages["/drip"], site.pages["/head"] = drip, drip_headers
    for path in ("/drip", "/head"):
        with pytest.raises(SourceError, match=r"not finished within 0\.3 seconds"):
            fetch(site.url + path, Options(allow_private=True, timeout=0.3))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_of_a_body_is_refused(site: Any, layers: int) -> None:
    body = b"0" * 30_000_000
    for _ in range(layers):
        body = gzip.compress(body, 9)
    site.serve("/bomb", body, Content_Encoding=", ".join(["gzip"] * layers))
    with pytest.raises(SourceError, match="larger than 1 MB"):
        fetch(f"{site.url}/bomb", Options(allow_private=True, max_bytes=1_000_000))
    site.serve("/deflate", zlib.compress(b"0" * 30_000_000), Content_Encoding="deflate")
    with pytest.raises(SourceError, match="larger than 1 MB"):
        fetch(f"{site.url}/deflate", Options(allow_private=True, max_bytes=1_000_000))


def test_a_body_larger_than_allowed_is_refused_on_the_wire(site: Any) -> None:
    site.serve("/big", b"x" * 5_000_000)
    with pytest.raises(SourceError, match="larger than 1 MB"):
        fetch(f"{site.url}/big", Options(allow_private=True, max_bytes=1_000_000))


def test_redirects_end(site: Any) -> None:
    site.serve("/a", "", status=302, Location="/b")
    site.serve("/b", "", status=302, Location="/a")
    with pytest.raises(SourceError, match="more than 5 redirects"):
        fetch(f"{site.url}/a", HERE)
    assert len(site.asked) == 6


def test_each_address_of_a_host_is_checked() -> None:
    with pytest.raises(SourceError, match=r"10\.0\.0\.1, which is not public"):
        checked_addresses("inside.example", 80, False, lambda host, port: ["93.184.216.34", "10.0.0.1"])
    for bad in (
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "fe80::1%eth0",
        "0.0.0.0",
    ):
        with pytest.raises(SourceError, match="not public"):
            checked_addresses("outside.example", 80, False, lambda host, port, bad=bad: [bad])


def test_a_redirect_into_the_private_network_is_refused(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    really = web._is_public
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.1" or really(address))
    port = site.url.rpartition(":")[2]
    site.serve("/a", "", status=302, Location=f"http://inside.example:{port}/secret")
    names = {"outside.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    with pytest.raises(SourceError, match=r"10\.0\.0\.1, which is not public"):
        fetch(f"http://outside.example:{port}/a", Options(), lambda host, number: names[host])
    assert site.paths() == ["/a"]


def test_the_connection_goes_to_the_address_that_was_checked(site: Any) -> None:
    site.page("/a", WORDS)
    port = site.url.rpartition(":")[2]
    answers = [["127.0.0.1"], ["10.255.255.1"]]
    asked = []

    def rebinding(host: str, number: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    answer = ask(f"http://rebound.example:{port}/a", HERE, rebinding)
    assert answer.status == 200
    assert asked == ["rebound.example"]
    assert site.asked[0][1]["host"] == f"rebound.example:{port}"


def test_the_next_address_is_tried_where_one_cannot_be_reached(site: Any) -> None:
    site.page("/a", WORDS)
    port = site.url.rpartition(":")[2]
    answer = ask(f"http://two.example:{port}/a", HERE, lambda host, number: ["127.9.9.9", "127.0.0.1"])
    assert answer.status == 200


def test_headers_for_one_site_are_not_sent_to_another(site: Any) -> None:
    port = site.url.rpartition(":")[2]
    site.serve("/a", "", status=302, Location=f"http://other.example:{port}/b")
    site.page("/b", WORDS)
    ask(f"{site.url}/a", HERE, lambda host, number: ["127.0.0.1"], headers={"If-None-Match": '"1"'})
    assert [("if-none-match" in headers) for _, headers in site.asked] == [True, False]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "http://", "http://[::1", "file:///etc/passwd", "http://exa mple.org:x/"]
)
def test_what_is_no_web_address_is_told(url: str) -> None:
    (item,) = open_sources([url], HERE)
    assert isinstance(item, Problem)


def test_letters_of_any_script_in_an_address(site: Any) -> None:
    site.page("/%D9%85%D8%B1%D8%B5%D8%AF?q=%D8%A7", WORDS)
    answer = ask(f"{site.url}/مرصد?q=ا", HERE)
    assert answer.status == 200


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_broken_answer_is_told(site: Any, answer: bytes) -> None:
    def broken(handler: Any) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    site.pages["/a"] = broken
    (item,) = open_sources([f"{site.url}/a"], HERE)
    assert isinstance(item, Problem)


@pytest.mark.parametrize(
    ("declared", "taken"),
    [("/a?x=1", "/a?x=1"), ("/", "/a"), ("https://wire.example/a", "/a"), ("http://[", "/a")],
)
def test_a_page_is_at_the_address_it_declares_only_where_that_can_be_its_own(
    site: Any, declared: str, taken: str
) -> None:
    address = site.url + declared if declared.startswith("/") else declared
    head = f'<link rel="canonical" href="{address}">'
    site.serve("/a", f"<html><head>{head}</head><body><article><p>{WORDS}</p></article></body></html>")
    (item,) = open_sources([f"{site.url}/a"], HERE)
    assert isinstance(item, Received)
    assert item.report.url == site.url + taken


@pytest.fixture
def tls(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site behind TLS, with a certificate for tls.example that is trusted here."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tls.example",
         "-addext", "subjectAltName=DNS:tls.example", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return site


def test_over_tls_the_name_is_proved_and_the_plain_bytes_are_kept(tls: Any) -> None:
    tls.page("/a", WORDS)
    port = tls.url.rpartition(":")[2]
    answer = ask(f"https://tls.example:{port}/a", HERE, lambda host, number: ["127.0.0.1"])
    assert answer.status == 200
    assert answer.capture is not None
    kept = [
        r.raw_stream.read() for r in ArchiveIterator(io.BytesIO(answer.capture.warc), no_record_parse=True)
    ]
    assert kept[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert kept[0].endswith(answer.data)
    assert kept[1].startswith(b"GET /a HTTP/1.1\r\n")
    with pytest.raises(SourceError, match="doesn't match"):
        ask(f"https://other.example:{port}/a", HERE, lambda host, number: ["127.0.0.1"])


def test_a_server_that_drips_over_tls_is_left_too(tls: Any) -> None:
    def drip(handler: Any) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(500):
                handler.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            handler.close_connection = True

    tls.pages["/a"] = drip
    port = tls.url.rpartition(":")[2]
    with pytest.raises(SourceError, match="not finished within"):
        fetch(
            f"https://tls.example:{port}/a",
            Options(allow_private=True, timeout=0.5),
            lambda h, n: ["127.0.0.1"],
        )
