"""web: http(s) URL -> bytes, with every door to the private network shut.

A host name is resolved once, each address is checked, and the connection goes to the checked address, so that a second
answer of the name server cannot lead elsewhere. Every redirect is checked in the same way.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tollbook.errors import SourceError
from tollbook.sources.received import Options

_MOST_REDIRECTS = 5
_AGENT = "tollbook (casualty recording)"
Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: where from at last, its type, its bytes."""

    url: str
    media_type: str
    charset: str | None
    data: bytes


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host; SourceError when it has none."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (socket.gaierror, UnicodeError, OSError) as problem:
        raise SourceError(
            f"the host '{host}' is not found - check the address and the connection"
        ) from problem


def fetch(url: str, options: Options, resolve: Resolver = addresses_of) -> Response:
    """Fetch a URL within the limits of the options; SourceError says why not."""
    deadline = time.monotonic() + options.timeout
    for _ in range(_MOST_REDIRECTS + 1):
        found = _once(url, options, resolve, deadline)
        if isinstance(found, Response):
            return found
        url = found
    raise SourceError(f"more than {_MOST_REDIRECTS} redirects - open the page and give its final address")


def checked_address(host: str, port: int, allow_private: bool, resolve: Resolver) -> str:
    """Return an address to connect to; SourceError when any address of the host is not public."""
    addresses = resolve(host, port)
    if not addresses:
        raise SourceError(f"the host '{host}' is not found - check the address")
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise SourceError(
                f"'{host}' is at {address}, which is not public - give --allow-private if this is meant"
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
        if (
            ip in ipaddress.ip_network("64:ff9b::/96")
            and not ipaddress.ip_address(int(ip) & 0xFFFFFFFF).is_global
        ):
            return False
    return ip.is_global and not ip.is_multicast


def _once(url: str, options: Options, resolve: Resolver, deadline: float) -> Response | str:
    """Make one request: the response, or the address it redirects to."""
    import urllib3  # noqa: PLC0415  # only addresses pay for it

    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as problem:
        raise SourceError(f"'{url[:200]}' is not an address - {problem}") from problem
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(f"'{url[:200]}' is not http or https - give a web address")
    address = checked_address(parts.hostname, port, options.allow_private, resolve)
    left = max(0.1, deadline - time.monotonic())
    timeout = urllib3.Timeout(connect=min(10.0, left), read=min(left, options.timeout))
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            assert_hostname=parts.hostname,
            server_hostname=parts.hostname,
            retries=False,
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname if port in (80, 443) else f"{parts.hostname}:{port}"
    headers = {
        "Host": host,
        "User-Agent": _AGENT,
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/html,*/*;q=0.8",
    }
    try:
        answer = pool.request(
            "GET", path, headers=headers, redirect=False, preload_content=False, retries=False
        )
        with answer:
            target = answer.headers.get("Location")
            if answer.status in (301, 302, 303, 307, 308) and target:
                return urljoin(url, target)
            if answer.status >= 400:
                raise SourceError(
                    f"the server answers {answer.status} - the page is not there or not for everybody"
                )
            data = _body(answer, options, deadline)
            kind, _, rest = answer.headers.get("Content-Type", "").partition(";")
            charset = rest.split("charset=")[-1].strip(" \"'") if "charset=" in rest else None
            return Response(url, kind.strip().lower(), charset, data)
    except urllib3.exceptions.HTTPError as problem:
        if isinstance(problem, urllib3.exceptions.TimeoutError):
            raise SourceError(
                f"no answer within {options.timeout:g} seconds - try again, or give --timeout"
            ) from problem
        raise SourceError(f"cannot be fetched: {problem}"[:300]) from problem
    finally:
        pool.close()


def _body(answer: object, options: Options, deadline: float) -> bytes:
    """Read a body within size and time, counted after decompression."""
    out = bytearray()
    for piece in answer.stream(65536, decode_content=True):  # type: ignore[attr-defined]  # a urllib3 response
        out += piece
        if len(out) > options.max_bytes:
            raise SourceError(
                f"the response is larger than {options.max_bytes / 1e6:,.0f} MB - give --max-size to allow it"
            )
        if time.monotonic() > deadline:
            raise SourceError(
                f"not finished within {options.timeout:g} seconds - try again, or give --timeout"
            )
    return bytes(out)
