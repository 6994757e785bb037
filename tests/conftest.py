"""A web site of the tests' own: a real server on the loopback address, which remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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
