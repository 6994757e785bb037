"""manners: how to ask many pages of a site: what its robots.txt allows, never faster than it or the user wants."""

import time
from collections.abc import Callable

from tollbook.errors import LaterError, SourceError
from tollbook.sources.received import Options
from tollbook.sources.robots import Robots, read_robots
from tollbook.sources.web import Response, ask, parts_of, retry_after

_KEPT = 86_400.0  # seconds for which a robots.txt holds
_KEPT_FAULT = 600.0  # and for which one that could not be read does
_MOST_SITES = 10_000
Clock = Callable[[], float]


class Manners:
    """What is known of sites: what they allow, and when they were asked last. `clock` and `sleep` are given for tests."""

    def __init__(
        self,
        options: Options,
        *,
        longest: float = 60.0,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        asking: Callable[[str, Options], Response] = ask,
    ) -> None:
        """Keep manners towards all sites; a site that wants waits longer than `longest` seconds is refused."""
        self._options, self._longest = options, longest
        self._clock, self._sleep, self._ask = clock, sleep, asking
        self._robots: dict[str, tuple[float, Robots | SourceError]] = {}
        self._last: dict[str, float] = {}

    def pass_gate(self, url: str) -> None:
        """Wait until a page that somebody else named may be asked for; SourceError where its site does not allow it."""
        robots = self.robots_of(url)
        if not robots.allows(url):
            raise SourceError(
                "the site's robots.txt asks programs not to fetch it - open it and save the page"
            )
        if robots.delay > self._longest:
            raise SourceError(
                f"the site asks for {robots.delay:,.0f} seconds between two pages, which is more than is waited here"
            )
        self.pace(url)

    def pace(self, url: str) -> None:
        """Wait until the site of a page may be asked again, and note that it is asked now."""
        wait = self.ready_in(url)
        if wait > 0:
            self._sleep(wait)
        if len(self._last) > _MOST_SITES:
            self._last.clear()
        self._last[_site(url)] = self._clock()

    def ready_in(self, url: str) -> float:
        """Return the seconds until the site of a page may be asked again, as far as is known."""
        site = _site(url)
        if site not in self._last:
            return 0.0
        known = self._robots.get(site, (0.0, None))[1]
        gap = max(self._options.spacing, known.delay if isinstance(known, Robots) else 0.0)
        return max(0.0, self._last[site] + gap - self._clock())

    def robots_of(self, url: str) -> Robots:
        """Return what the site of a page asks, from memory or from its robots.txt; SourceError when it cannot be told.

        No robots.txt (an answer 4xx) allows all; a server in trouble (5xx, 429, no answer) means no, as RFC 9309 has it.
        """
        site = _site(url)
        until, known = self._robots.get(site, (0.0, None))
        if known is None or until < self._clock():
            if len(self._robots) > _MOST_SITES:
                self._robots.clear()
            known = self._asked(site)
            lasts = _KEPT if isinstance(known, Robots) else _KEPT_FAULT
            self._robots[site] = (self._clock() + lasts, known)
        if isinstance(known, SourceError):
            raise known
        return known

    def _asked(self, site: str) -> Robots | SourceError:
        try:
            answer = self._ask(f"{site}/robots.txt", self._options)
        except LaterError as problem:
            return LaterError(
                f"the site's robots.txt cannot be read, which means no: {problem}", problem.after
            )
        except SourceError as problem:
            return SourceError(f"the site's robots.txt cannot be read, which means no: {problem}")
        if answer.status == 429 or answer.status >= 500:
            return LaterError(
                f"the site's robots.txt cannot be read, which means no: the server answers {answer.status}",
                retry_after(answer),
            )
        return read_robots(answer.data) if answer.status < 300 else Robots()


def _site(url: str) -> str:
    parts, _ = parts_of(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
