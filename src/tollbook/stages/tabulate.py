"""tabulate: tables and lists pasted as lines -> drafts, a figure a cell.

A table has its words of harm in its head and its people, place, day or party in the first cell of a row; a list has them
in the line above it. No verb ties them to the figures, so no order finds them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.number import Stated
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._sentence import words_of_pack
from tollbook.stages._tabulate.counted_items import drafts_of_items, runs_of_items
from tollbook.stages._tabulate.item_lines import items_of
from tollbook.stages._tabulate.label_lines import labels_of_figures
from tollbook.stages._tabulate.name_lists import drafts_of_names, runs_of_names

Stretch = tuple[int, int]  # words, both included
_ROW = re.compile(r"^[^\n|\t]*(?:[|\t][^\n|\t]*)+$", re.MULTILINE)
_RULE = re.compile(r"[\s|:=+-]*")  # the line between a head and its rows
_HEAD = 200  # characters of a line that can stand over a table or a list
_LONGEST_LABEL = 9  # words before a figure in a list


class Tables(NamedTuple):
    """The drafts of all tables and lists of a text, and the words of them, which are read nowhere else."""

    drafts: tuple[Draft, ...]
    words: tuple[Stretch, ...]


class _Cues(NamedTuple):
    harms: Lexicon[str]
    totals: Lexicon[bool]
    doers: Lexicon[bool]
    weak: frozenset[str]
    listing: Lexicon[bool]
    unnamed: frozenset[str]


class _Column(NamedTuple):
    """A column of figures: its harm, the word of the head that tells it, and the people that the head names."""

    harm: str
    word: int
    people: Stretch | None


@cache
def _cues(pack: Pack) -> _Cues:
    words, fold = pack.parts["words"], pack.fold
    table = words.get("tables", {})
    harms = [
        (form, harm)
        for harm, told in words.get("harm", {}).items()
        for part, forms in told.items()
        if part not in ("lives", "losing")
        for form in forms
    ]
    return _Cues(
        Lexicon(harms, fold),
        Lexicon([(w, True) for w in table.get("totals", ())], fold),
        Lexicon([(w, True) for w in table.get("doers", ())], fold),
        frozenset(fold(w) for w in words.get("small", {}).get("weak", ())),
        Lexicon([(w, True) for w in table.get("listing", ())], fold),
        frozenset(fold(w) for w in table.get("unnamed", ())),
    )


def tabulate(view: View, pack: Pack) -> Tables:
    """Read every table (cells apart by pipes or tabs) and list ("M23: 41") whose head tells one harm for its figures."""
    drafts: list[Draft] = []
    words: list[Stretch] = []
    if not view.words or "tables" not in pack.parts["words"]:
        return Tables((), ())
    if "|" in view.text or "\t" in view.text:
        for rows in _runs(_ROW.finditer(view.text)):
            _table(view, pack, rows, drafts, words)
    for items in _runs(items_of(view.text)):
        if len(items) > 1:
            _list(view, pack, items, drafts, words)
    headed = ":\n" in view.text
    named = headed or "\n1. " in view.text or "\n1) " in view.text
    for begin, names in (
        runs_of_names(view, words_of_pack(pack).particles, _cues(pack).unnamed) if named else ()
    ):
        _named(view, pack, begin, names, drafts, words)
    for begin, lines in runs_of_items(view) if headed else ():
        _counted(view, pack, begin, lines, drafts, words)
    for label, figure in labels_of_figures(view.text) if "\n" in view.text else ():
        _labelled(view, pack, label, figure, drafts, words)
    return Tables(tuple(drafts), tuple(words))


def _labelled(
    view: View, pack: Pack, label: Stretch, figure: Stretch, drafts: list[Draft], words: list[Stretch]
) -> None:
    """Add the figure of a line whose label, the line over it, tells people and one harm: "Civilians killed", "14"."""
    head, told = _words(view, *label), _words(view, *figure)
    stated = _figure(view, pack, told)
    harm = None if head is None or stated is None else _told(view, _cues(pack), head)
    if head is None or told is None or stated is None or harm is None:
        return
    people, events = _people(view, pack, head), words_of_pack(pack).events
    if (
        view.folded[harm[1]] in events
    ):  # a heading and the number of its page: "Killings of journalists", "12"
        return
    if people is None and view.folded[harm[1]] not in words_of_pack(pack).harmed:
        return
    drafts.append(_draft(view, pack, head, stated, _Column(*harm, people), False, "list"))
    words += [head, told]


def _named(
    view: View,
    pack: Pack,
    begin: int,
    names: Sequence[Stretch],
    drafts: list[Draft],
    words: list[Stretch],
) -> None:
    """Add the persons of a list of names whose head, a line that ends in a colon, tells one harm and no figure."""
    head, told = _head_before(view, pack, begin)
    if head is None:
        head, told = _listing_before(view, pack, begin)
    elif not _heading(view, pack, head):
        return
    if head is None or told is None:
        return
    drafts += drafts_of_names(view, names, *told)
    words += [*names, head]


def _head_before(view: View, pack: Pack, begin: int) -> tuple[Stretch | None, tuple[str, int] | None]:
    """Return the words of a short line that ends in a colon over a list, and the one harm that it tells."""
    line = _line_before(view.text, begin)
    head = _words(view, *line) if line is not None else None
    if head is None or view.words[head[1]] != ":" or head[1] - head[0] > _LONGEST_LABEL:
        return None, None
    return head, _told(view, _cues(pack), head)


def _listing_before(view: View, pack: Pack, begin: int) -> tuple[Stretch | None, tuple[str, int] | None]:
    """Return the words of a line over a list that says that it is one ("List of the wounded, 3 March"), and its harm."""
    line = _line_before(view.text, begin)
    head = _words(view, *line) if line is not None else None
    if head is None or _cues(pack).listing.at(view.folded, head[0], head[1] + 1) is None:
        return None, None
    return head, _told(view, _cues(pack), head)


def _counted(
    view: View,
    pack: Pack,
    begin: int,
    rows: Sequence[Stretch],
    drafts: list[Draft],
    words: list[Stretch],
) -> None:
    """Add the lines of a list that begin with a figure and people, where its head tells one harm."""
    head, told = _head_before(view, pack, begin)
    found = drafts_of_items(view, pack, rows, *told) if head is not None and told is not None else []
    drafts += found
    words += [(d.stated.first, d.stated.last) for d in found]


def with_tables(drafts: Sequence[Draft], tables: Tables) -> list[Draft]:
    """Return the drafts of prose and of tables in the order of the text, each part still tied to its total."""
    if not tables.drafts:
        return list(drafts)
    count = len(drafts)
    everyone = [*drafts, *(_moved(d, count) for d in tables.drafts)]
    wholes = {d.parent for d in everyone if d.parent is not None}

    def place(i: int) -> tuple[int, int, int]:
        draft = everyone[i]
        first = min((d.sentence for d in everyone if d.parent == i), default=draft.sentence)
        return min(first, draft.sentence) if i in wholes else draft.sentence, i not in wholes, i

    order = sorted(range(len(everyone)), key=place)
    new = {old: k for k, old in enumerate(order)}
    placed = [everyone[i] for i in order]
    return [d if d.parent is None else replace(d, parent=new[d.parent]) for d in placed]


def _moved(draft: Draft, by: int) -> Draft:
    return draft if draft.parent is None else replace(draft, parent=draft.parent + by)


def _runs(lines: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield lines that fit a pattern, those that follow one another together."""
    run: list[re.Match[str]] = []
    for match in lines:
        if run and match.start() != run[-1].end() + 1:
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _line_before(text: str, at: int) -> Stretch | None:
    """Return the characters of the last line with words before an offset, one empty line passed over."""
    end = text.rfind("\n", 0, at)
    for _ in range(3):
        if end < 0:
            return None
        start = text.rfind("\n", max(0, end - _HEAD), end) + 1
        if text[start:end].strip():
            return start, end
        end = start - 1
    return None


def _words(view: View, start: int, end: int) -> Stretch | None:
    """Return the words inside characters; None where there are none."""
    first = view.word_at(start)
    if view.starts[first] >= end or view.starts[first] < start:
        return None
    last = view.word_at(end - 1)
    last -= view.starts[last] >= end
    return first, last


def _told(view: View, cues: _Cues, words: Stretch) -> tuple[str, int] | None:
    """Return the one harm that words tell, and where; None where they tell none or several."""
    hits = list(cues.harms.find(view.folded, words[0], words[1] + 1))
    hits = [h for h in hits if h.last > h.first or view.folded[h.first] not in cues.weak]  # "houses burned"
    return (hits[0].sense, hits[0].first) if hits and len({h.sense for h in hits}) == 1 else None


def _people(view: View, pack: Pack, words: Stretch) -> Stretch | None:
    """Return from the first to the last word for people among some."""
    people = people_of(pack)
    found = [k for k in range(words[0], words[1] + 1) if people.get(view.folded[k]) is not None]
    return (found[0], found[-1]) if found else None


def _figure(view: View, pack: Pack, words: Stretch | None) -> Stated | None:
    """Return the figure that fills a cell; nought and words say nothing of harm."""
    if words is None or words[1] - words[0] > 4:
        return None
    stated = words_of_pack(pack).numbers.at(view.folded, words[0], words[1] + 1)
    if stated is None or stated.last != words[1] or not (stated.low or stated.high):
        return None
    return None if stated.kind == "vague" else stated


# ---------------------------------------------------------------- tables


def _cells(view: View, row: re.Match[str]) -> list[Stretch | None]:
    """Return the words of each cell of a row; the pipes at its edges open and close none."""
    cells: list[Stretch | None] = []
    at, end = row.start(), row.end()
    for match in re.finditer(r"[^|\t]*(?:[|\t]|$)", row.group()):
        stop = row.start() + match.end()
        inner = stop - 1 if stop > at and view.text[stop - 1] in "|\t" else stop
        cells.append(_words(view, at, inner) if view.text[at:inner].strip() else None)
        at = stop
        if at >= end:
            break
    if cells and cells[0] is None and row.group().lstrip().startswith("|"):
        cells = cells[1:]
    return cells


def _table(
    view: View, pack: Pack, rows: Sequence[re.Match[str]], drafts: list[Draft], words: list[Stretch]
) -> None:
    """Add the drafts of one table: the first row with words of harm is its head, else the line above it."""
    cues = _cues(pack)
    table = [_cells(view, row) for row in rows if not _RULE.fullmatch(row.group())]
    if len(table) < 2:
        return
    line = _line_before(view.text, rows[0].start())
    above = _words(view, *line) if line is not None else None
    columns = _columns(view, pack, cues, above, table)
    if not columns:
        return
    doers = table[0][0] is not None and _has(view, cues.doers, table[0][0])
    found: dict[int, list[Draft]] = {k: [] for k in columns}
    totals: dict[int, Draft] = {}
    for row in table:
        label = row[0] if row else None
        if label is None:
            continue
        for k, column in columns.items():
            figure = _figure(view, pack, row[k] if k < len(row) else None)
            if figure is None:
                continue
            draft = _draft(view, pack, label, figure, column, doers)
            if _has(view, cues.totals, label):
                totals[k] = replace(draft, doer=None, sums_up=True)
            else:
                found[k].append(draft)
    if any(found.values()):
        _add(drafts, found, totals)
        words += [cell for row in table for cell in row if cell is not None]
        words += _heading(view, pack, above)


def _columns(
    view: View, pack: Pack, cues: _Cues, above: Stretch | None, table: Sequence[Sequence[Stretch | None]]
) -> dict[int, _Column]:
    """Return the columns whose head tells a harm; where none does, the only column of figures below a line that does."""
    columns: dict[int, _Column] = {}
    for k, cell in enumerate(table[0]):
        told = None if cell is None or k == 0 else _told(view, cues, cell)
        if told is not None and cell is not None:
            columns[k] = _Column(*told, _people(view, pack, cell))
    told = None if above is None else _told(view, cues, above)
    if columns or told is None or above is None:
        return columns
    filled = {k for row in table for k in range(1, len(row)) if _figure(view, pack, row[k]) is not None}
    return {k: _Column(*told, _people(view, pack, above)) for k in filled} if len(filled) == 1 else {}


def _heading(view: View, pack: Pack, line: Stretch | None) -> list[Stretch]:
    """Return the words of a line that heads a table or list, which is no sentence and counts nobody."""
    if line is None or view.words[line[1]] in pack.sentence_ends:
        return []
    counts = any(view.words[k][0].isdecimal() for k in range(line[0], line[1] + 1))
    return [] if counts else [line]


def _has(view: View, lexicon: Lexicon[bool], words: Stretch) -> bool:
    return any(True for _ in lexicon.find(view.folded, words[0], words[1] + 1))


def _draft(
    view: View, pack: Pack, label: Stretch, figure: Stated, column: _Column, doers: bool, order: str = "table"
) -> Draft:
    """Make a draft whose evidence is the row from its first cell to the figure."""
    who = (None if doers else _people(view, pack, label)) or column.people or (figure.first, figure.first - 1)
    return Draft(
        column.harm,
        figure,
        who[0],
        who[1],
        label[0],
        label[1],
        view.sentence_at(figure.first),
        order,
        doer=label if doers else None,
        table=column.word,
    )


def _add(drafts: list[Draft], found: dict[int, list[Draft]], totals: dict[int, Draft]) -> None:
    """Add the rows of each column, its total before them as their whole."""
    for k, rows in found.items():
        total = totals.get(k)
        whole = len(drafts) if total is not None and len(rows) > 1 else None
        if total is not None and rows:
            drafts.append(total)
        drafts += [row if whole is None else replace(row, parent=whole, relation="partition") for row in rows]


# ---------------------------------------------------------------- lists


def _list(
    view: View, pack: Pack, items: Sequence[re.Match[str]], drafts: list[Draft], words: list[Stretch]
) -> None:
    """Add the drafts of a list whose line above tells its harm; items that tell a harm themselves are prose."""
    cues = _cues(pack)
    line = _line_before(view.text, items[0].start())
    head = _words(view, *line) if line is not None else None
    told = None if head is None else _told(view, cues, head)
    if told is None or head is None or view.words[head[1]] == ".":
        return
    column = _Column(*told, _people(view, pack, head) if not _has(view, cues.doers, head) else None)
    doers = _has(view, cues.doers, head)
    rows: list[Draft] = []
    totals: list[Draft] = []
    for item in items:
        label = _words(view, *item.span("label"))
        figure = _figure(view, pack, _words(view, *item.span("figure")))
        if label is None or figure is None or label[1] - label[0] > _LONGEST_LABEL:
            continue
        if any(True for _ in cues.harms.find(view.folded, label[0], label[1] + 1)):
            return
        draft = _draft(view, pack, label, figure, column, doers, "list")
        if _has(view, cues.totals, label):
            totals.append(replace(draft, doer=None, sums_up=True))
        else:
            rows.append(draft)
    if len(rows) > 1:
        _add(drafts, {0: rows}, {0: totals[0]} if totals else {})
        words += [*((d.first, d.last) for d in (*rows, *totals)), *_heading(view, pack, head)]
