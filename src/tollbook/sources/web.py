"""web: http(s) URL -> bytes, with every door to the private network shut.

A host name is resolved once, each address is checked, and the connection goes to the checked address, so that a second
answer of the name server cannot lead elsewhere. Every redirect is checked in the same way.
"""

import http.client
import ipaddress
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from tollbook.errors import LaterError, SourceError
from tollbook.sources.capture import Exchange, capture_of
from tollbook.sources.received import Capture, Options
from tollbook.sources.wire import Tap, tapped

_MOST_REDIRECTS = 5
AGENT = "tollbook (casualty recording)"
_PORTS = {"http": 80, "https": 443}
LATER = frozenset((408, 425, 429, 500, 502, 503, 504))  # answers that may be others tomorrow
_LONGEST_WAIT = 7 * 86_400.0
_SAFE = "%/:=&?~#+!$,;'@()*[]|"  # what stands in addresses as it is
_LATE = "not finished within {:g} seconds - try again, or give --timeout"
Resolver = Callable[[str, int], Sequence[str]]
Gate = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: where from at last, its type, its bytes, and the exchange where it is kept.

    `headers` have names in small letters. `redirects` tells the codes and targets of those that led here.
    """

    url: str
    media_type: str
    charset: str | None
    data: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    time: str | None = None
    redirects: tuple[tuple[int, str], ...] = ()
    capture: Capture | None = None


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host; SourceError when it has none."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (socket.gaierror, UnicodeError, OSError) as problem:
        raise LaterError(
            f"the host '{host}' is not found - check the address and the connection"
        ) from problem


def fetch(url: str, options: Options, resolve: Resolver = addresses_of, gate: Gate | None = None) -> Response:
    """Fetch a URL within the limits of the options; SourceError says why not."""
    answer = ask(url, options, resolve, gate=gate)
    if answer.status in LATER:
        raise LaterError(f"the server answers {answer.status} - try again later", retry_after(answer))
    if answer.status >= 400:
        raise SourceError(f"the server answers {answer.status} - the page is not there or not for everybody")
    return answer


def ask(
    url: str,
    options: Options,
    resolve: Resolver = addresses_of,
    *,
    headers: Mapping[str, str] | None = None,
    gate: Gate | None = None,
) -> Response:
    """Ask for a URL and return whatever the server answers; SourceError when there is no answer within the limits.

    `headers` are sent beside the usual ones to the host of the URL alone. `gate` is called with each address before it
    is asked, redirects too, and may wait or refuse by raising SourceError.
    """
    deadline = time.monotonic() + options.timeout
    steps: list[Exchange] = []
    passed: list[tuple[int, str]] = []
    first = parts_of(url)[0].netloc
    for _ in range(_MOST_REDIRECTS + 1):
        if gate is not None:
            begun = time.monotonic()
            gate(url)
            deadline += time.monotonic() - begun  # the time that manners take is not the server's
        extra = headers if headers and parts_of(url)[0].netloc == first else {}
        answer, step = _once(url, options, resolve, deadline, extra)
        steps.append(step)
        target = answer.headers.get("location")
        if answer.status in (301, 302, 303, 307, 308) and target:
            url = _target(url, target)
            passed.append((answer.status, url))
            continue
        return Response(
            answer.url, answer.media_type, answer.charset, answer.data, answer.status, answer.headers,
            answer.time, tuple(passed), capture_of(steps) if options.keep else None,
        )  # fmt: skip
    raise SourceError(f"more than {_MOST_REDIRECTS} redirects - open the page and give its final address")


def retry_after(answer: Response) -> float | None:
    """Return how many seconds a server asks to wait, by number or by date; None when it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(said)
        wait = moment.timestamp() - time.time()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return min(max(0.0, wait), _LONGEST_WAIT)


def parts_of(url: str) -> tuple[SplitResult, int]:
    """Return the parts of a web address and its port; SourceError for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 80)
    except ValueError as problem:
        raise SourceError(f"'{url[:200]}' is not an address - {problem}") from problem
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SourceError(f"'{url[:200]}' is not http or https - give a web address")
    return parts, port


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as problem:
        raise SourceError(f"it sends on to '{location[:200]}', which is not an address") from problem


def checked_addresses(host: str, port: int, allow_private: bool, resolve: Resolver) -> Sequence[str]:
    """Return the addresses to connect to; SourceError when any address of the host is not public."""
    addresses = list(dict.fromkeys(resolve(host, port)))
    if not addresses:
        raise SourceError(f"the host '{host}' is not found - check the address")
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise SourceError(
                f"'{host}' is at {address}, which is not public - give --allow-private if this is meant"
            )
    return addresses


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


def _once(
    url: str, options: Options, resolve: Resolver, deadline: float, extra: Mapping[str, str]
) -> tuple[Response, Exchange]:
    """Make one request at the first of the host's addresses that lets itself be reached."""
    parts, port = parts_of(url)
    host = parts.hostname or ""
    last: SourceError | None = None
    for address in checked_addresses(host, port, options.allow_private, resolve)[:4]:
        try:
            return _at(address, port, parts, options, deadline, extra)
        except _UnreachedError as problem:
            last = problem
    raise last or SourceError(f"the host '{host}' cannot be reached - check the address")


class _UnreachedError(LaterError):
    """No connection came about: the next address of the host may do better."""


def _at(
    address: str, port: int, parts: SplitResult, options: Options, deadline: float, extra: Mapping[str, str]
) -> tuple[Response, Exchange]:
    """Make one request at one address."""
    import urllib3  # noqa: PLC0415  # only addresses pay for it

    tap = Tap(deadline, options.max_bytes)
    pool = _pool(address, port, parts, urllib3.Timeout(connect=min(10.0, tap.left()), read=tap.left()))
    try:
        answer = tapped(pool, tap).request(
            "GET",
            quote(parts.path or "/", _SAFE) + (f"?{quote(parts.query, _SAFE)}" if parts.query else ""),
            headers={**_usual(parts, port), **extra},
            redirect=False,
            preload_content=False,
            retries=False,
        )
        with answer:
            data = _body(answer, options, tap)
            said = {name.lower(): value for name, value in answer.headers.items()}
    except urllib3.exceptions.TimeoutError as problem:
        if isinstance(problem, urllib3.exceptions.ConnectTimeoutError) and not tap.spent():
            raise _UnreachedError(f"no connection to '{parts.hostname}' - try again later") from problem
        raise LaterError(_LATE.format(options.timeout)) from problem
    except urllib3.exceptions.NewConnectionError as problem:
        raise _UnreachedError(
            f"cannot be fetched: no connection to '{parts.hostname}' - is the address right?"
        ) from problem
    except urllib3.exceptions.ProtocolError as problem:
        raise LaterError(f"cannot be fetched: {problem}"[:300]) from problem
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as problem:
        raise SourceError(f"cannot be fetched: {problem}"[:300]) from problem
    finally:
        pool.close()
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind, _, rest = said.get("content-type", "").partition(";")
    charset = rest.split("charset=")[-1].split(";")[0].strip(" \"'") if "charset=" in rest else None
    url = parts.geturl()
    step = Exchange(url, address, now, answer.status, bytes(tap.sent), bytes(tap.got))
    return Response(url, kind.strip().lower(), charset, data, answer.status, said, now), step


def _pool(address: str, port: int, parts: SplitResult, timeout: Any) -> Any:
    """Return a pool of one connection to an address, which must prove to be the host that was asked for."""
    import urllib3  # noqa: PLC0415  # only addresses pay for it

    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    name = _ascii(parts.hostname or "")
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=timeout, assert_hostname=name, server_hostname=name, retries=False
    )


def _usual(parts: SplitResult, port: int) -> dict[str, str]:
    host = _ascii(parts.hostname or "")
    host = f"[{host}]" if ":" in host else host
    return {
        "Host": host if port == _PORTS[parts.scheme] else f"{host}:{port}",
        "User-Agent": AGENT,
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/html,*/*;q=0.8",
    }


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as problem:
        raise SourceError(f"'{host[:200]}' is no name of a host - check the address") from problem


def _body(answer: Any, options: Options, tap: Tap) -> bytes:
    """Read a body within size and time, counted after decompression."""
    out = bytearray()
    for piece in answer.stream(65536, decode_content=True):
        out += piece
        if len(out) > options.max_bytes:
            raise SourceError(
                f"the response is larger than {options.max_bytes / 1e6:,.0f} MB - give --max-size to allow it"
            )
        if tap.spent():
            raise LaterError(_LATE.format(options.timeout))
    return bytes(out)
