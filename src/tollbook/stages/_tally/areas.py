"""areas: figures of one harm -> those of the whole area, and those of a part of it (one country of two, one province)."""

from collections.abc import Mapping, Sequence

from tollbook.model.testimony import Testimony

Area = frozenset[str]


def area_of(one: Testimony) -> Area:
    """Return what a claim's own places cover: its divisions where it names any, else its countries."""
    divisions = frozenset(f"{p.country}.{p.adm1}" for p in one.claim.where if p.adm1)
    return divisions or frozenset(p.country for p in one.claim.where if p.country)


def shared_out(
    heard: Sequence[Testimony], wholes: Mapping[str, Testimony]
) -> tuple[list[Testimony], dict[Area, list[Testimony]]]:
    """Part the figures of a whole area from those of one of its parts.

    A figure is of a part when another, no smaller, is told of several areas with this one among them. `wholes` gives for the
    parts of a total that total, which covers all that they cover.
    """
    areas = {t.id: area_of(t) for t in heard}
    totals = {t.id for t in wholes.values()}
    for one in heard:
        total = wholes.get(one.id)
        if total is not None and total.id in areas:
            areas[total.id] |= areas[one.id]
    wide: dict[Area, int] = {}
    for one in heard:
        area = areas[one.id]
        if len(area) > 1:
            wide[area] = max(wide.get(area, 0), one.claim.count.best or one.claim.count.low or 0)
    whole: list[Testimony] = []
    parts: dict[Area, list[Testimony]] = {}
    for one in heard:
        area = areas[one.id]
        value = one.claim.count.best or one.claim.count.low or 0
        if (
            len(area) == 1
            and one.id not in wholes
            and one.id not in totals
            and any(area < other and value <= most for other, most in wide.items())
        ):
            parts.setdefault(area, []).append(one)
        else:
            whole.append(one)
    return whole, parts
