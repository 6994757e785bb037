"""event: what one report tells of one event, in a form that compares quickly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from tollbook.model.claim import Harm
from tollbook.model.testimony import Site, Testimony

_NARROW = ("point", "locality", "adm2")
BIG = 50  # a figure that is rare enough to point at one event of its week and country


class Spot(NamedTuple):
    """A town or a point, by what tells it from others."""

    key: str
    name: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """One telling: who tells it, where and when it says it was, how many, by what; days are ordinals."""

    key: str
    members: tuple[Testimony, ...]
    report: str
    story: str
    published: str
    country: str | None
    spots: tuple[Spot, ...]
    divisions: frozenset[str]
    region: frozenset[str]
    centres: tuple[Spot, ...]
    start: int | None
    end: int | None
    stated: bool
    figures: dict[Harm, int]
    open: frozenset[Harm]
    means: frozenset[str]
    parties: frozenset[str]
    identities: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    floor: bool

    @property
    def wide(self) -> bool:
        """Tell whether this sums up a wider area or several days."""
        return self.long or len(self.divisions) > 1

    @property
    def long(self) -> bool:
        """Tell whether the period stated is longer than a night and a day."""
        return self.stated and self.start is not None and self.end is not None and self.end - self.start > 1

    @property
    def killed(self) -> int | None:
        """Return the figure of the dead that the report gives, None where it gives none."""
        return self.figures.get("killed")


@lru_cache(maxsize=65_536)
def ordinal(day: str) -> int:
    """Return the number of an ISO day or date-time."""
    return date.fromisoformat(day[:10]).toordinal()


def event_of(key: str, members: Sequence[Testimony], floors: frozenset[str] = frozenset()) -> Event:
    """Make the event that some testimonies of one report tell; those in scope `incident` speak, all where none is."""
    speaking = [t for t in members if t.claim.scope == "incident"] or list(members)
    first = speaking[0]
    sites = list(dict.fromkeys(s for t in speaking for s in t.sites))
    country = next((s.country for s in sites if s.country), None)
    sites = [s for s in sites if s.country in (None, country)]
    days = [t.days for t in speaking if t.days is not None]
    narrow = [s for s in sites if s.level in _NARROW or s.level is None]
    if len({s.adm1 for s in narrow if s.adm1}) > 1:
        narrow = []  # towns of several divisions: an area
    figures, opened = _figures(speaking)
    names = {w for t in speaking for w in t.names}
    return Event(
        key,
        tuple(members),
        first.report,
        first.story,
        first.reference.published or "9",
        country,
        tuple(dict.fromkeys(_spot(s) for s in narrow)),
        frozenset(_plain(s.adm1) for s in sites if s.adm1),
        frozenset(_plain(s.name) for s in sites if s.level == "region"),
        tuple(dict.fromkeys(_spot(s) for s in sites if s.level in ("adm1", "region"))),
        min((ordinal(d.start) for d in days), default=None),
        max((ordinal(d.end) for d in days), default=None),
        any(d.stated for d in days),
        figures,
        opened,
        frozenset(m.name for t in speaking for m in t.claim.means),
        frozenset(p.name for t in speaking for p in t.claim.by if p.basis != "denied"),
        frozenset(i for t in speaking for i in t.claim.victims.identities),
        frozenset(w for w in names if w[:1].isupper()),
        frozenset(w for w in names if not w[:1].isupper()),
        first.origin.id in floors,
    )


def _figures(members: Iterable[Testimony]) -> tuple[dict[Harm, int], frozenset[Harm]]:
    """Return for each harm the figure that a report stands by: its totals, not their parts."""
    sums: dict[Harm, int] = {}
    opened: set[Harm] = set()
    for one in members:
        claim = one.claim
        use = one.entry.use if one.entry is not None else "used"
        value = claim.count.best if claim.count.best is not None else claim.count.low
        if claim.part_of is not None or use not in ("used",) or value is None or claim.count.kind == "some":
            continue
        sums[claim.harm] = sums.get(claim.harm, 0) + value
        if claim.count.high is None:
            opened.add(claim.harm)
    return sums, frozenset(opened)


def _spot(site: Site) -> Spot:
    return Spot(site.gazetteer_id or _plain(site.name), site.name, site.lat, site.lon)


@lru_cache(maxsize=65_536)
def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def kilometres(a: Spot, b: Spot) -> float | None:
    """Return how far two spots lie apart, None where one has no coordinates."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    return 111.2 * hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2)))
