"""words: full text: a text in its plainest letters, found by runs of three of them.

Both sides of a search are written alike: marks and accents dropped, letters of one sound made one, the Arabic article and
conjunctions in front of it dropped. So a stem finds its forms, without a dictionary of any language. SQLite has an FTS5
index of trigrams, PostgreSQL a pg_trgm index; what they find is checked against the text itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, select, text

from tollbook.errors import UsageError
from tollbook.register import schema
from tollbook.register.engine import dialect

_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ё": "е"}
)
_ARTICLE = re.compile(r"\b[وف]?(?:ال|بال|لل|كال)(?=\w{3})")
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n.!?؟。]*[^\n.!?؟。\s][^\n.!?؟。]*[.!?؟。]?")
MOST = 20_000  # reports that a filter by words looks through at most
SHORTEST = 3  # letters from which a word can be looked up


def plain(words: str) -> str:
    """Return words as they are compared: small letters, no marks, letters of one sound made one, single blanks."""
    folded = words if words.isascii() else unicodedata.normalize("NFKD", words)
    folded = folded.casefold()
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c)).translate(_SAME)
        folded = _ARTICLE.sub("", folded)
    return " ".join(_WORD.findall(folded))


def asked(query: str) -> tuple[str, ...]:
    """Return the words and phrases ("in quotes") of a query, made plain; UsageError where nothing can be looked up."""
    found = [plain(phrase or word) for phrase, word in re.findall(r'"([^"]+)"|(\S+)', query)]
    terms = tuple(dict.fromkeys(term for term in found if len(term) >= SHORTEST))
    if not terms:
        raise UsageError(f"'{query}' has no word of {SHORTEST} letters or more - give a longer word")
    return terms


def add(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Add reports (number, plain text) to the index of words."""
    if rows:
        connection.execute(
            text("INSERT INTO words (rowid, norm) VALUES (:n, :norm)"),
            [{"n": n, "norm": norm} for n, norm in rows],
        )


def candidates(connection: Connection, terms: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of reports that may hold all terms, newest first; the caller looks at the text."""
    if dialect(connection) == "sqlite":
        pieces = dict.fromkeys(term[i : i + 3] for term in terms for i in range(len(term) - 2))
        match = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
        found = connection.execute(
            text("SELECT rowid FROM words WHERE words MATCH :match ORDER BY rowid DESC"), {"match": match}
        )
    else:
        where = " AND ".join(f"norm LIKE :t{i}" for i in range(len(terms)))
        found = connection.execute(
            text(f"SELECT rowid FROM words WHERE {where} ORDER BY rowid DESC"),
            {f"t{i}": f"%{_escaped(term)}%" for i, term in enumerate(terms)},
        )
    for row in found:
        yield int(row[0])


def holding(connection: Connection, terms: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the reports whose title or text holds all terms.

    Raises UsageError where so many may hold them that looking at each would take too long.
    """
    found = list(islice(candidates(connection, terms), MOST + 1))
    if len(found) > MOST:
        raise UsageError(
            f"more than {MOST:,} reports may hold '{' '.join(terms)}' - give rarer words, or more of them"
        )
    if dialect(connection) != "sqlite":
        return frozenset(found)  # its index holds the texts themselves
    held: set[int] = set()
    for i in range(0, len(found), 400):
        held |= _checked(connection, found[i : i + 400], terms)
    return frozenset(held)


def _checked(connection: Connection, numbers: list[int], terms: Sequence[str]) -> set[int]:
    """Return those reports in which the terms stand letter by letter: the index knows runs of three letters only."""
    table, body = schema.report.c, schema.body.c
    question = select(table.n, table.title, body.content).join(schema.body, table.id == body.id)
    return {
        row.n
        for row in connection.execute(question.where(table.n.in_(numbers)))
        if _holds(f"{row.title or ''}\n{row.content}", terms)
    }


def _holds(content: str, terms: Sequence[str]) -> bool:
    norm = plain(content)
    return all(term in norm for term in terms)


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def sentence_of(content: str, terms: Sequence[str]) -> tuple[int, int]:
    """Return the offsets of the sentence that holds most of the terms, the first of equals."""
    best, most = (0, min(len(content), 300)), 0
    for found in _SENTENCE.finditer(content):
        norm = plain(found[0])
        held = sum(term in norm for term in terms)
        if held > most:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            best, most = (start, found.end()), held
            if most == len(terms):
                break
    return best
