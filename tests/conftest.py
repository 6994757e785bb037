"""What tests share: a web site of their own, on the loopback address, and a register on each database.

PostgreSQL is a real one, which the tests start for themselves.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pytest

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Serves what it is told to; `asked` lists paths and headers in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                page = site.pages.get(self.path, (404, {}, b"not here"))
                if callable(page):
                    page(self)
                    return
                status, headers, body = page
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Say nothing of who goes before the answer is whole: some tests are about that."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def serve(
        self,
        path: str,
        body: bytes | str,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        **more: str,
    ) -> None:
        """Serve a body at a path; `more` are headers, with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
        self.pages[path] = (status, headers, data)

    def page(self, path: str, words: str, title: str = "A report of the day") -> None:
        """Serve a page with an article."""
        self.serve(path, page_of(words, title))

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [path for path, _ in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def page_of(words: str, title: str = "A report of the day") -> str:
    """Return a page with an article."""
    article = f"<article><h1>{title}</h1><p>{words}</p></article>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{article}</body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site."""
    made = Site()
    yield made
    made.close()


_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_NUMBERS = count()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Server:
    """A PostgreSQL in a temporary folder, run by an unprivileged user, gone when the tests are."""

    def __init__(self, binaries: Path) -> None:
        self.bin, self.port = binaries, _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="tollbook-pg-"))
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "tollbook", "-E", "UTF8")
        self.start()

    def _run(self, program: str, *words: str) -> None:
        line = [str(self.bin / program), *words]
        if os.getuid() == 0:
            line = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *line]
        subprocess.run(
            line, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        )  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", settings, "start")

    def stop(self) -> None:
        """Stop it at once, as when a machine fails."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def database(self) -> str:
        """Make a database of its own and return its address."""
        name = f"register_{next(_NUMBERS)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tollbook", name)
        return f"postgresql://tollbook@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a PostgreSQL for the session; skip, saying why, where Debian's package is missing."""
    if not _BINARIES:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    running = Server(_BINARIES[0])
    yield running
    running.stop()
    shutil.rmtree(running.folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name an empty register, once on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "test.register")
    monkeypatch.setenv("TOLLBOOK_ARCHIVE", str(tmp_path / "originals"))
    return str(request.getfixturevalue("server").database())
