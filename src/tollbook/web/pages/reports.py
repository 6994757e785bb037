"""reports: what came in, and the page of one report: its text with every figure in its sentence, claims beside it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import newest_reports, report, search
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import country_name, last_decisions
from tollbook.errors import UsageError
from tollbook.model.answer import ReportCard
from tollbook.model.review import Review
from tollbook.web.asked import whole
from tollbook.web.forms import register_of
from tollbook.web.render import page

_PAGE = 50
_MANY = 40  # claims of a report from which only those in view have their forms
_BLOCK = 1500  # letters of a text that are laid out together, at least
_LONGEST = 20_000  # of a block whose line does not end


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: the claims whose evidence it is, those whose very figure it is, whether it is furniture."""

    at: int
    words: str
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    harm: str
    furniture: bool


def blocks(card: ReportCard) -> list[list[Piece]]:
    """Return the pieces of a report's text in blocks of whole lines, each some thousand letters long.

    A browser lays out a block when it comes near the window: a long text in one block would be laid out anew as a whole.
    """
    ends = _block_ends(card.report.text)
    made: list[list[Piece]] = [[]]
    for piece in pieces(card, ends):
        if piece.at in ends:
            made.append([])
        made[-1].append(piece)
    return made


def _block_ends(text: str) -> frozenset[int]:
    """Return where blocks begin behind the first: after a line's end, some thousand letters apart.

    A line that goes on and on is broken at a blank, or where it has none anywhere: a browser would lay it out for minutes.
    """
    found: set[int] = set()
    at = 0
    while at + _BLOCK < len(text):
        line = text.find("\n", at + _BLOCK, at + _LONGEST)
        blank = text.rfind(" ", at + _BLOCK, at + _LONGEST) if line < 0 else -1
        at = max(line, blank) + 1 or at + _LONGEST
        if at < len(text):
            found.add(at)
    return frozenset(found)


def pieces(card: ReportCard, also: Iterable[int] = ()) -> list[Piece]:
    """Cut a report's text at every place where something begins or ends, and at some others; together they are the text."""
    text = card.report.text
    spans: list[tuple[int, int, str, str, str]] = []
    for one in card.testimonies:
        claim = one.claim
        spans.append((claim.evidence.start, claim.evidence.end, "claim", one.id, claim.harm))
        spans.append((claim.count.start, claim.count.end, "figure", one.id, claim.harm))
    spans += [
        (w.start, w.end, "furniture", "", "")
        for w in card.warnings
        if w.code == "furniture" and w.start is not None and w.end is not None
    ]
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for n, (start, end, *_) in enumerate(spans):
        opens.setdefault(start, []).append(n)
        closes.setdefault(end, []).append(n)
    cuts = sorted({0, len(text), *opens, *closes, *also})
    held: dict[int, None] = {}
    made = []
    for start, end in itertools.pairwise(cuts):
        for n in closes.get(start, ()):
            held.pop(n, None)
        held |= dict.fromkeys(opens.get(start, ()))
        here = [spans[n] for n in held]
        made.append(_piece(start, text[start:end], here))
    return made


def _piece(at: int, words: str, here: Sequence[tuple[int, int, str, str, str]]) -> Piece:
    claims = tuple(dict.fromkeys(s[3] for s in here if s[2] == "claim"))
    figures = tuple(dict.fromkeys(s[3] for s in here if s[2] == "figure"))
    harms = [s[4] for s in here if s[2] in ("figure", "claim") and s[3] in (figures or claims)]
    return Piece(
        at, words, claims, figures, harms[0] if harms else "", any(s[2] == "furniture" for s in here)
    )


def _list(request: Request) -> Response:
    register, query = register_of(request), (request.query_params.get("q") or "").strip()[:300]
    offset = whole(request, "offset", 0)
    wrong = ""
    hits, lines = [], []
    if query:
        try:
            hits = search(register, query, limit=_PAGE)
        except UsageError as problem:
            wrong = str(problem)
    else:
        lines = newest_reports(register, limit=_PAGE + 1, offset=offset)
    return page(
        request, "reports.html", query=query, hits=hits, lines=lines[:_PAGE], offset=offset, wrong=wrong,
        older=offset + _PAGE if len(lines) > _PAGE else None, newer=max(0, offset - _PAGE) if offset else None,
    )  # fmt: skip


def _one(request: Request) -> Response:
    register, asked = register_of(request), request.path_params["key"]
    card = report(register, asked)
    if card.key != asked:
        return RedirectResponse(f"/reports/{card.key}", 307)
    subject, browser = f"report {card.key}", request.state.token
    others = request.app.state.presence.others(subject, browser)
    request.app.state.presence.look(subject, browser, request.state.person.name)
    about = {card.key, *(one.id for one in card.testimonies)}
    decided = [(r, holds) for r, holds in decisions(register) if about & set(r.targets)]
    sorted_claims = sorted(
        card.testimonies, key=lambda t: (t.claim.evidence.start, t.claim.count.start, t.id)
    )
    return page(
        request, "report.html", card=card, blocks=blocks(card), claims=sorted_claims, incidents=dict(card.incidents),
        versions=dict(card.claim_versions), last=last_decisions(register, about), others=others,
        decided=decided,
        furniture=request.query_params.get("furniture") == "1", country=country_name,
        skipped=sum(1 for w in card.warnings if w.code == "furniture"),
        rtl=(card.report.language or "") in ("ar", "fa", "he", "ur", "ps", "ckb"),
        notes=_notes(decided), local={one.claim.id: one for one in card.testimonies},
        many=_MANY, decide=request.query_params.get("decide", ""),
    )  # fmt: skip


def _notes(decided: Sequence[tuple[Review, bool]]) -> dict[str, list[Review]]:
    """Return the notes that hold, by the claim that each is about."""
    found: dict[str, list[Review]] = {}
    for review, holds in decided:
        for target in review.targets if review.action == "note" and holds else ():
            found.setdefault(target, []).append(review)
    return found


routes = [Route("/reports", _list), Route("/reports/{key}", _one)]
