"""publishing: the incidents wanted -> files in the formats asked for, with a manifest and a report of what each cannot say.

Everything streams: some hundred incidents are in memory at a time, whatever the size of the register. No clock is asked: an
export says up to which moment the register's knowledge counts, and the same register gives the same bytes.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from tollbook.desk.areas import area_of
from tollbook.desk.asking import When, counted
from tollbook.desk.choosing import meant
from tollbook.desk.folders import new_folder
from tollbook.desk.formats import load_formats
from tollbook.desk.keeping import PROGRAM
from tollbook.desk.manifests import Made, files_of, write_manifest
from tollbook.desk.recounting import Docket
from tollbook.desk.withholding import check_kinds, withheld
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentCard, Wanted
from tollbook.model.folio import Edition, Folio, Format
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.profiles.toll_rule import installed_toll_rules, load_toll_rule
from tollbook.register import bulk, neighbours, reports, stream
from tollbook.register.engine import sparing
from tollbook.register.keep import chunks
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register
from tollbook.stages.heed import heed
from tollbook.world.codes import land
from tollbook.writers.cells import NOT_WRITTEN, Table
from tollbook.writers.tables import write_rows

_MANY = 250  # incidents in memory at a time
_WORDS = 32  # characters before and after a quote


@dataclass(frozen=True, slots=True)
class Order:
    """What an export is to hold: see the options of `tollbook export`."""

    formats: tuple[str, ...]
    wanted: Wanted = field(default_factory=Wanted)
    as_of: When = None
    profile: str | None = None
    review: str = "all"
    redact: tuple[str, ...] = ()
    hxl: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: files by name with size, and for each format the incidents written and left out."""

    folder: str
    files: tuple[tuple[str, int], ...]
    incidents: int
    written: tuple[tuple[str, int], ...]
    losses: int


def export(
    register: Register, order: Order, out: Path, step: Callable[[int], None] | None = None
) -> Exported:
    """Write an export to a folder, which is made and must not be there; what was begun is removed when it fails.

    Raises UsageError for unknown formats, kinds to withhold, dates, or where the folder is there.
    """
    classes = load_formats(list(dict.fromkeys(order.formats)))
    check_kinds(order.redact)
    if not classes:
        raise UsageError("export: in which format? - give one or more")
    moment = moment_of(order.as_of)
    with new_folder(out), register.reading() as connection, sparing(connection), without_cycles():
        return export_in(connection, order, moment, classes, out, step)


@contextmanager
def without_cycles() -> Iterator[None]:
    """Look for no cycles of objects meanwhile: what an export makes refers only to what it is made of, and goes as it is written.

    The search would take as long as all the rest.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def export_in(
    connection: Connection, order: Order, moment: str, classes: dict[str, type[Format]], out: Path,
    step: Callable[[int], None] | None = None, *, raw: bool = True,
) -> Exported:  # fmt: skip
    """Write an export within a transaction, to a folder that is there; `raw` adds the register's own tables to a whole one."""
    edition = edition_of(connection, order, moment)
    writers = {name: made(str(out), edition) for name, made in classes.items()}
    lost = Table(out / "losses.csv", ("format", "incident", "what"))
    count = losses = 0
    counts = dict.fromkeys(writers, 0)
    rules = {name: _rule(made, order) for name, made in classes.items()}
    needs = _needs(classes.values(), order, sorted(set(rules.values())))
    for folio in folios(connection, order, moment, needs):
        count += 1
        for name, writer in writers.items():
            told = writer.add(folio[rules[name]])
            counts[name] += not (told and told[0].startswith(NOT_WRITTEN))
            for what in told:
                losses += 1
                lost.add({"format": name, "incident": folio[rules[name]].card.incident.id, "what": what})
        if step and count % 100 == 0:
            step(count)
    for writer in writers.values():
        writer.close()
    lost.close()
    if raw and "tables" in writers and _is_whole(order):
        (out / "tables" / "register").mkdir()
        for name, columns, parts in stream.everything(connection):
            write_rows(out / "tables" / "register" / f"{name}.parquet", columns, parts)
    files = files_of(out)
    _manifest(out, edition, count, counts, losses, rules, files)
    return Exported(
        str(out), tuple((file.name, file.size) for file in files), count, tuple(counts.items()), losses
    )


def _rule(made: type[Format], order: Order) -> str:
    return order.profile or str(getattr(made, "rule", "house"))


def _is_whole(order: Order) -> bool:
    return order.wanted == Wanted() and order.as_of is None and order.review == "all" and not order.redact


def edition_of(connection: Connection, order: Order, moment: str) -> Edition:
    """Return what an export says of itself."""
    head, at = stream.head_of(connection, moment)
    asked = {k: str(v) for k, v in asdict(order.wanted).items() if v not in (None, False)}
    return Edition(
        PROGRAM, order.profile or "house",
        tuple((name, str(load_toll_rule(name).version)) for name in installed_toll_rules()),
        moment if moment != NOW else at or "1970-01-01T00:00:00.000000Z", head, tuple(sorted(asked.items())),
        order.review, order.redact, order.hxl,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What the formats of an export ask for, beside the incidents themselves: see `model.folio.Format`."""

    rules: Sequence[str] = ("house",)
    claims: bool = True
    ledgers: bool = True
    beside: bool = True
    steps: bool = False
    areas: bool = False
    around: bool = False


def _needs(classes: Iterable[type[Format]], order: Order, rules: list[str]) -> Needs:
    def asked(what: str, usual: bool) -> bool:
        return any(getattr(c, what, usual) for c in classes)

    claims = asked("claims", True) or rules != ["house"] or bool(order.redact)
    return Needs(
        rules,
        claims=claims,
        ledgers=claims and "house" in rules,  # counting anew writes them anew
        beside=asked("beside", True) or bool(order.redact),
        steps=asked("steps", False),
        areas=asked("areas", False),
        around=asked("around", False) and not {"quotes", "names"} & set(order.redact),
    )


def folios(
    connection: Connection, order: Order, moment: str, needs: Needs | None = None
) -> Iterator[dict[str, Folio]]:
    """Yield the incidents of an export, oldest first, each counted by every rule asked for."""
    needs = needs or Needs()
    wanted = meant(connection, order.wanted, moment)
    if order.review == "confirmed":
        wanted = replace(wanted, review="signed_off")
    frames = stream.frames(connection, wanted, moment)
    decisions = neighbours.reviews(connection, as_of=moment)
    for ids in chunks(frames, _MANY):
        steps = bulk.steps(connection, ids, moment) if needs.steps else {}
        for card in cards(
            connection,
            ids,
            moment,
            decisions,
            claims=needs.claims,
            ledgers=needs.ledgers,
            beside=needs.beside,
        ):
            incident = card.incident
            country = incident.place and incident.place.country
            country = country or next((s.country for s in incident.places if s.country), None)
            shared = Folio(
                card,
                land(country) if country else None,
                _within(incident.id, frames),
                steps.get(incident.id, ()),
                area_of(incident.place) if needs.areas and incident.place else None,
                _around(connection, card) if needs.around else (),
            )
            yield {
                rule: replace(shared, card=withheld(_by(card, rule), order.redact)) for rule in needs.rules
            }


def _by(card: IncidentCard, rule: str) -> IncidentCard:
    """Return a card counted by a rule."""
    if rule == "house":
        return card
    new = counted(card.incident, list(card.testimonies), list(card.reviews), rule)
    return replace(card, incident=new, profile=rule)


def _within(id: str, frames: dict[str, tuple[str | None, bool]]) -> str | None:
    """Return the nearest wider incident of the export that has a toll of the killed."""
    above, seen = frames[id][0], {id}
    while above is not None and above not in seen and above in frames:
        if frames[above][1]:
            return above
        seen.add(above)
        above = frames[above][0]
    return None


def cards(
    connection: Connection, ids: list[str], moment: str, decisions: Sequence[Review], *, claims: bool = True,
    ledgers: bool = True, beside: bool = True,
) -> Iterator[IncidentCard]:  # fmt: skip
    """Yield the cards of incidents by their ids, some hundred at a time, as known at a moment; `decisions` are all of them.

    Without `claims` they have no testimonies and decisions, without `ledgers` none of these, without `beside` no effects and
    statements.
    """
    held = bulk.incidents(connection, ids, moment, ledgers=ledgers)
    found = bulk.behind(connection, (h.incident for h in held), moment, claims=claims, beside=beside)
    docket = Docket(decisions)
    for one in held:
        incident = one.incident
        members = [found.told[t] for t in incident.testimonies if t in found.told]
        about = docket.concerning(members)
        heeded: tuple[Testimony, ...] = tuple(heed(members, about).testimonies) if about else tuple(members)
        own = sorted(
            (found.heads[k] for k in incident.reports if k in found.heads),
            key=lambda h: (h.reference.published or "9", h.key),
        )
        yield IncidentCard(
            incident, one.version, heeded, tuple(own),
            tuple((h.key, effect) for h in own for effect in found.rests[h.key].effects),
            tuple((h.key, said) for h in own for said in found.rests[h.key].statements),
            (), None, tuple(about), "house", None if moment == NOW else moment,
        )  # fmt: skip


def _around(connection: Connection, card: IncidentCard) -> tuple[tuple[str, str, str], ...]:
    texts: dict[str, str] = {}
    rows = neighbours.numbers_of_reports(connection, [line.key for line in card.reports])
    for row in reports.rows_by_number(connection, list(rows.values())).values():
        texts[row.key] = row.content
    found = []
    for one in card.testimonies:
        text, e = texts.get(one.report, ""), one.claim.evidence
        found.append((one.id, text[max(0, e.start - _WORDS) : e.start], text[e.end : e.end + _WORDS]))
    return tuple(found)


def _manifest(
    out: Path, edition: Edition, count: int, counts: dict[str, int], losses: int, rules: dict[str, str],
    files: Sequence[Made],
) -> None:  # fmt: skip
    write_manifest(out / "manifest.json", edition, files, {
        "hxl": edition.hxl, "incidents": count,
        "formats": {
            name: {"written": number, "left_out": count - number, "rule": rules[name]} for name, number in counts.items()
        },
        "losses": losses,
        "note": "Files called shaped have the columns of other people's data sets and are not their data.",
    })  # fmt: skip


__all__ = ["Exported", "Needs", "Order", "cards", "edition_of", "export", "export_in", "folios"]
