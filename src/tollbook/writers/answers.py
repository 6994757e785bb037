"""answers: what a register says -> lines for a person, readable at 80 columns."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tollbook.model.answer import (
    Disagreement,
    Figures,
    Hit,
    IncidentCard,
    IncidentLine,
    IncidentPage,
    OriginLine,
    Step,
    TollTable,
    Verified,
)
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Toll
from tollbook.writers.words import (
    doubt_words,
    harmless,
    note_words,
    number_of,
    plain,
    quoted,
    toll_words,
    who_words,
)

_CALLED = {"machine": "", "in_review": "in review", "signed_off": "signed off"}


def figure_words(figures: Figures | Toll) -> str:
    """Return low, best and high in words, as tolls are told everywhere."""
    return toll_words(Toll("killed", "all", figures.low, figures.best, figures.high, ()))


def short(figures: Figures | Toll) -> str:
    """Return figures for a narrow column: 12 · 12–15 (13) · ≥ 12 · ≤ 15."""
    low, best, high = figures.low, figures.best, figures.high
    if low is None and best is None:
        return "?" if high is None else f"≤ {high:,}"
    if high is None:
        lead = f"≥ {low:,}" if low is not None else "?"
        return lead if best is None or best == low else f"{lead} ({best:,})"
    if low == high:
        return f"{low:,}"
    span = f"{low:,}–{high:,}" if low is not None else f"≤ {high:,}"
    return span if best is None or best in (low, high) else f"{span} ({best:,})"


def days(start: str | None, end: str | None) -> str:
    """Return a period as short as it can be said: 2025-03-06 · 2025-03-06/09 · 2025-03-30/04-02."""
    if start is None:
        return "no date"
    if end is None or end == start:
        return start
    same = 8 if end[:8] == start[:8] else 5 if end[:5] == start[:5] else 0
    return f"{start}/{end[same:]}"


def table_of(*columns: tuple[str, str]) -> Table:
    """Make a table of columns: a name, and how it is laid out: l left, r right, f left and folded."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name, way in columns:
        table.add_column(
            name,
            justify="right" if way == "r" else "left",
            no_wrap=way != "f",
            overflow="fold",
            ratio=1 if way == "f" else None,
        )
    return table


def cell(words: str | None) -> str:
    """Return words for a cell, with nothing in them that a terminal would obey."""
    return escape(harmless(words or ""))


def write_incidents(
    page: IncidentPage, console: Console, more: str, names: Mapping[str, str] | None = None
) -> None:
    """Write a page of incidents; `more` is how to see the rest, `names` are beginnings of ids that name them."""
    if not page.lines:
        console.print("No incident.")
        return
    wide = console.width >= 100
    columns = [("id", "l"), ("days", "l"), ("where", "f"), ("killed", "r")]
    columns += [("injured", "r")] if wide else []
    table = table_of(*columns, ("grade", "l"), ("n", "r"))
    for line in page.lines:
        by = {f.harm: short(f) for f in line.tolls}
        own = ("killed", "injured") if wide else ("killed",)
        notes = [f"{plain(h)} {v}" for h, v in by.items() if h not in own]
        notes += [_CALLED[line.review]] if _CALLED.get(line.review) else []
        notes += [f"{line.conflicts} to look at"] if line.conflicts else []
        where = ("↳ " if line.parent else "") + (line.title.rpartition(": ")[0] or line.title)
        if len(where) > 60:
            where = f"{where[:57].rstrip(' ,')} …"
        table.add_row(
            (names or {}).get(line.id, line.id), days(line.start, line.end),
            cell(where + "".join(f"\n  {note}" for note in notes)), *(by.get(harm, "") for harm in own),
            line.grade or "", str(line.reports),
        )  # fmt: skip
    console.print(table)
    shown = page.offset + len(page.lines)
    tail = f"{shown - len(page.lines) + 1}–{shown} of {number_of(page.total, 'incident')}" + (
        f" · {more}" if shown < page.total else ""
    )
    console.print(
        Text(f"{tail}\nn: reports · ↳ part of a wider incident · tollbook show ID tells all", style="dim")
    )


def write_incident(card: IncidentCard, console: Console) -> None:
    """Write an incident with all that stands behind it."""
    incident = card.incident
    console.print(Text(harmless(incident.title), style="bold"))
    known = [incident.id, f"grade {incident.grade}" if incident.grade else "", plain(incident.review)]
    known += [f"as of {card.as_of[:10]}"] if card.as_of else []
    known += [f"{card.profile}'s rule"] if card.profile != "house" else []
    console.print(Text(" · ".join(k for k in known if k), style="dim"))
    if incident.grade_reason:
        console.print(Text(harmless(incident.grade_reason), style="dim"))
    if incident.previous_ids:
        console.print(Text(f"before: {', '.join(incident.previous_ids)}", style="dim"))
    console.print()
    names = short_names(card.testimonies)
    _tolls(incident.tolls, names, console)
    _claims(card.testimonies, names, console)
    if incident.parties:
        heading("Parties", console)
        for side in incident.parties:
            console.print(Text(harmless(f"{side.name}: {', '.join(side.bases)} ({', '.join(side.origins)})")))
    for title, lines in (
        ("Why this is one event", incident.reasons),
        ("To look at", tuple(f"{plain(c.kind)}: {c.message}" for c in incident.conflicts)),
    ):
        if lines:
            heading(title, console)
            for line in lines:
                console.print(Padding(Text(harmless(line)), (0, 0, 0, 2)))
    _around(card, console)
    _told(card, console)


def short_names(testimonies: Sequence[Testimony]) -> dict[str, str]:
    """Return the shortest beginnings of ids that tell them apart, at least five letters."""
    size = 5
    while size < 30 and len({one.id[:size] for one in testimonies}) < len(testimonies):
        size += 1
    return {one.id: one.id[:size] for one in testimonies}


def heading(words: str, console: Console) -> None:
    """Write the heading of a part."""
    console.rule(f"[bold]{words}", align="left", style="dim")


def _tolls(tolls: Sequence[Toll], names: dict[str, str], console: Console) -> None:
    if not tolls:
        return
    heading("Toll (documented)", console)
    for toll in tolls:
        if toll.status != "all":
            continue
        parts = [t for t in tolls if t.harm == toll.harm and t.status != "all"]
        console.print(Text.assemble((plain(toll.harm), "bold"), ": ", (toll_words(toll), "bold")))
        if parts and [t.status for t in parts] != ["unknown"]:
            told = ", ".join(f"{plain(t.status)} {toll_words(t)}" for t in parts)
            console.print(Padding(Text(f"by status: {told}", style="italic"), (0, 0, 0, 2)))
        same: dict[tuple[str, str], list[str]] = {}
        for entry in toll.ledger:
            same.setdefault((entry.use, entry.reason), []).append(names.get(entry.claim, entry.claim))
        for (use, reason), ids in same.items():
            words = f"{' '.join(ids)} {plain(use)}: {harmless(reason)}"
            console.print(Padding(Text(words), (0, 0, 0, 2)))
    console.print()


def _claims(testimonies: Sequence[Testimony], names: dict[str, str], console: Console) -> None:
    heading(f"Claims ({len(testimonies):,})", console)
    table = table_of(("", "l"), ("harm", "l"), ("figure", "r"), ("who", "f"), ("says who", "f"))
    own = {(one.report, one.claim.id): names[one.id] for one in testimonies}
    for one in sorted(testimonies, key=lambda t: (t.reference.published or "9", t.id)):
        claim = one.claim
        notes = note_words(claim, {id: name for (report, id), name in own.items() if report == one.report})
        note = ", ".join(words for words in (notes, doubt_words(claim)) if words)
        told = Figures(claim.harm, "all", claim.count.low, claim.count.best, claim.count.high)
        via = " ← ".join(dict.fromkeys([*reversed(one.chain)])) or one.origin.name
        day = (one.reference.published or "no date")[:10]
        table.add_row(
            names[one.id], plain(claim.harm), short(told), cell(who_words(claim) + (f" [{note}]" if note else "")),
            cell(f"{via}, {day}" + (" (replaced)" if one.superseded_by else "")),
        )  # fmt: skip
    console.print(table)
    console.print()


def _around(card: IncidentCard, console: Console) -> None:
    if card.parent is not None:
        heading("Part of", console)
        console.print(Text(f"{card.parent.id}  {harmless(card.parent.title)}"))
    if card.children:
        heading("Holds, and already counts", console)
        for line in card.children:
            killed = next((short(f) for f in line.tolls if f.harm == "killed"), "")
            console.print(Text(f"{line.id}  {harmless(line.title)}  {killed}"))
    heading(f"Reports ({len(card.reports):,})", console)
    stories: dict[str, int] = {}
    for head in card.reports:
        stories[head.story] = stories.get(head.story, 0) + 1
    for head in card.reports:
        reference = head.reference
        copy = f", one story of {stories[head.story]}" if stories[head.story] > 1 else ""
        old = ", replaced by a newer version" if head.superseded_by else ""
        name = reference.title or reference.url or "without a title"
        who = reference.publisher or "unknown outlet"
        words = f"{head.key[:8]}  {(reference.published or 'no date')[:10]}  {who}: {name}{copy}{old}"
        console.print(Padding(Text(harmless(words)), (0, 0, 0, 0)))


def _told(card: IncidentCard, console: Console) -> None:
    if card.effects:
        heading("Effects", console)
        for words in dict.fromkeys(f"{plain(e.kind)}: {quoted(e.quote)}" for _, e in card.effects):
            console.print(Text(harmless(words)))
    if card.statements:
        heading("Statements", console)
        for words in dict.fromkeys(
            f"{s.speaker.name} {plain(s.act)}" + (f": {quoted(s.about.quote)}" if s.about else "")
            for _, s in card.statements
        ):
            console.print(Text(harmless(words)))
    if card.reviews:
        heading("Decisions", console)
        for review in card.reviews:
            words = f"{review.at[:10]} {review.by}: {review.action} [{review.id}]"
            words += f" – {review.reason}" if review.reason else ""
            console.print(Text(harmless(words)))


def write_toll(table: TollTable, console: Console) -> None:
    """Write sums, and what was left out of them."""
    shown = table_of(
        *((name, "f") for name in table.by), ("incidents", "r"), ("low", "r"), ("best", "r"), ("high", "r")
    )
    for row in table.rows:
        low, best, high = row.told
        some = "+" if row.without_best else ""
        shown.add_row(
            *map(cell, map(plain, row.group)), f"{row.incidents:,}", "?" if low is None else f"{low:,}",
            "?" if best is None else f"{best:,}{some}", "open" if high is None else f"{high:,}",
        )  # fmt: skip
    console.print(shown)
    notes = []
    if any(row.open for row in table.rows):
        notes.append("open: an incident in it has no upper bound")
    if any(None in row.told[:2] for row in table.rows):
        notes.append("?: no incident in it gives such a figure")
    if any(0 < row.without_best < row.incidents for row in table.rows):
        notes.append("+: some incidents in it have no best figure and add nothing to best")
    if table.left_out:
        notes.append(f"{len(table.left_out):,} tolls left out, which wider incidents already count:")
    for note in notes:
        console.print(Text(note, style="dim"))
    for left in table.left_out[:20]:
        words = f"  {left.incident} {left.title}: {plain(left.figures.harm)} {figure_words(left.figures)}, within {left.within}"
        console.print(Text(harmless(words), style="dim"))
    if len(table.left_out) > 20:
        console.print(Text(f"  and {len(table.left_out) - 20:,} more; --json lists all", style="dim"))


def write_hits(hits: Sequence[Hit], console: Console) -> None:
    """Write what a search found."""
    if not hits:
        console.print("Nothing found.")
    for hit in hits:
        reference = hit.reference
        head = f"{hit.key[:8]}  {(reference.published or 'no date')[:10]}  {reference.publisher or ''}  {reference.title or ''}"
        console.print(Text(harmless(" ".join(head.split())), style="bold"))
        console.print(Padding(Text(harmless(" ".join(hit.sentence.split()))), (0, 0, 1, 2)))


def write_origins(lines: Sequence[OriginLine], console: Console) -> None:
    """Write the voices, and who carried them."""
    table = table_of(("origin", "f"), ("kind", "l"), ("claims", "r"), ("reports", "r"), ("carried by", "f"))
    for line in lines:
        carriers = ", ".join(f"{name} {n}" for name, n in line.carriers[:4])
        more = f" and {len(line.carriers) - 4} more" if len(line.carriers) > 4 else ""
        table.add_row(
            cell(line.name), line.kind or "", f"{line.claims:,}", f"{line.reports:,}", cell(carriers + more)
        )
    console.print(table if lines else "No origin.")


def write_conflicts(found: Sequence[Disagreement], console: Console) -> None:
    """Write what disagrees, by incident."""
    if not found:
        console.print("Nothing disagrees.")
    last: IncidentLine | None = None
    for one in found:
        if last is None or one.incident.id != last.id:
            console.print(Text(f"{one.incident.id}  {harmless(one.incident.title)}", style="bold"))
            last = one.incident
        console.print(Padding(Text(harmless(f"{plain(one.kind)}: {one.message}")), (0, 0, 0, 2)))


def write_history(steps: Iterable[Step], console: Console) -> None:
    """Write the steps of an incident's tolls: as told day by day, then as the register said."""
    every = list(steps)
    for axis, title in (("told", "As told, by day of publication"), ("recorded", "As this register said")):
        own = [s for s in every if s.axis == axis]
        if not own:
            continue
        heading(title, console)
        table = table_of(("from", "l"), ("harm", "l"), ("toll", "r"), ("moved by", "f"))
        for step in own:
            at = step.start[:16].replace("T", " ") if axis == "recorded" else step.start
            at = "no date" if at.startswith("0000") else at
            status = "" if step.figures.status == "all" else f" ({plain(step.figures.status)})"
            table.add_row(at, plain(step.figures.harm) + status, short(step.figures), cell(step.words))
        console.print(table)
        console.print()


def write_verified(found: Verified, console: Console) -> None:
    """Write what was checked and what is broken."""
    for fault in found.faults:
        console.print(Text(harmless(f"broken: {fault.kind} {fault.subject} {fault.what}"), style="bold red"))
    for note in found.notes:
        console.print(Text(note, style="dim"))
    checked = ", ".join(f"{number:,} {name}" for name, number in found.checked) or "nothing"
    verdict = "all whole" if not found.faults else f"{len(found.faults):,} broken"
    console.print(f"checked {checked}: {verdict}")
