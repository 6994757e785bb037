"""robots: a robots.txt -> what a site asks of visitors, as RFC 9309 reads it."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

NAME = "tollbook"
_MOST = 500_000  # bytes that are read of it, the RFC's own bound
_MOST_RULES = 10_000


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows (True) or not by patterns of paths, and how many seconds it asks for between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for: the longest pattern that fits decides, of equals the allowing one."""
        parts = urlsplit(url)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        best, allowed = -1, True
        for allow, pattern in self.rules:
            if len(pattern) >= best and _fits(pattern, path) and (len(pattern) > best or allow):
                best, allowed = len(pattern), allow
        return allowed


def read_robots(data: bytes, name: str = NAME) -> Robots:
    """Return what a robots.txt asks of a visitor of this name: its own groups if there are any, else those for all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    ruled = True
    for line in data[:_MOST].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [] if ruled else agents
            ruled = False
            agents.append(re.split(r"[/ ]", value.lower())[0])
            groups.setdefault(agents[-1], [])
        elif key in ("allow", "disallow", "crawl-delay"):
            ruled = True
            for agent in agents:
                groups[agent].append((key, value))
    lines = groups.get(name.lower(), groups.get("*", []))
    rules = [(key == "allow", _plain(value)) for key, value in lines if key != "crawl-delay" and value]
    return Robots(
        tuple(rules[:_MOST_RULES]), max((_seconds(v) for k, v in lines if k == "crawl-delay"), default=0.0)
    )


def _seconds(value: str) -> float:
    return min(float(value), 86_400.0) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value) else 0.0


def _plain(path: str) -> str:
    """Return a path with what is escaped written in one way."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&:;,@+!'()~%", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Tell whether a pattern fits the beginning of a path: * for any letters, $ for the end."""
    ends = pattern.endswith("$")
    pieces = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    place = len(pieces[0])
    if len(pieces) == 1:
        return not ends or place == len(path)
    for piece in pieces[1:-1]:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    last = pieces[-1]
    if ends:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0
