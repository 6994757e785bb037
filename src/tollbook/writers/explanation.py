"""explanation: why claims were formed, and what became of every number -> lines for a person, or JSON."""

from collections.abc import Iterator

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tollbook.model.explanation import Explanation, Number, Why
from tollbook.writers.words import (
    confidence_words,
    count_words,
    harmless,
    note_words,
    plain,
    quoted,
    when_words,
    who_words,
)

_SIGNS = 4  # signs shown for a claim; the JSON has all
_FATES = {
    "claim": "claim",
    "part_of_words": "in a claim's words",
    "told_before": "told before",
    "people_untied": "people, but no claim",
    "people_unharmed": "people, but no harm",
    "bare": "of nobody named",
    "time": "time",
    "unit": "measure, price or rate",
    "label": "label or price",
    "age": "age or label",
    "thing": "things",
    "name": "name",
    "furniture": "not read",
}
_WRITING = frozenset(("comma", "stop", "quote"))
_ENCODER = msgspec.json.Encoder()


def explanation_json(explanation: Explanation) -> bytes:
    """Write an explanation as one line of JSON."""
    return _ENCODER.encode(explanation)


def write_explanation(explanation: Explanation, console: Console, claim: str | None = None) -> None:
    """Write why claims were formed: one of them, or all in short with every number of the report."""
    if explanation.title:
        console.print(Text(harmless(explanation.title), style="bold"))
    if claim is not None:
        for why in explanation.claims:
            if why.claim.id == claim:
                _claim(why, console)
        return
    for why in explanation.claims:
        _short(why, console)
    console.print()
    _numbers(explanation, console)


def _short(why: Why, console: Console) -> None:
    claim = why.claim
    sure = confidence_words(claim)
    head = f"{claim.id} {plain(claim.harm)} {count_words(claim.count)}" + (f" · {sure}" if sure else "")
    console.print(Text(head, style="bold"))
    console.print(
        Padding(Text(harmless(f"{quoted(claim.evidence.quote)}, by the order {_order(why)}")), (0, 0, 0, 2))
    )


def _order(why: Why) -> str:
    return f"“{why.order}”" + (f" ({why.place})" if why.place else " (a rule of lists and parts)")


def _example(example: str) -> str:
    """Return an order's example as a sentence and what it must find in it."""
    wanted, _, sentence = example.partition(" | ")
    return f"{quoted(sentence)} must give: {wanted}"


def _claim(why: Why, console: Console) -> None:
    claim = why.claim
    note = note_words(claim)
    title = f"{claim.id} {plain(claim.harm)} {count_words(claim.count)}" + (f" [{note}]" if note else "")
    console.print(Text(title, style="bold"))
    for name, words in (
        ("sentence", quoted(why.sentence.quote)),
        ("spelled", why.spelled),
        *_roles(why),
        ("order", _order(why)),
        *((("proved by", _example(why.example)),) if why.example else ()),
        *_slots(why),
        ("toll", f"{plain(why.use)}: {why.reason}"),
        *_doubt(why),
    ):
        _row(name, words, console)
    for declined in why.declined:
        where = f" ({declined.place})" if declined.place else ""
        _row(
            "refused", f"“{declined.order}”{where} over {quoted(declined.quote)}: {declined.reason}", console
        )


def _roles(why: Why) -> Iterator[tuple[str, str]]:
    """Yield the mentions that the orders see, on one line each role word."""
    told = [
        f"{s.letter} {plain(s.role)}{f' ({plain(s.harm)})' if s.harm else ''} {quoted(s.quote)}"
        for s in why.said
        if s.role not in _WRITING
    ]
    if told:
        yield "mentions", " · ".join(told)


def _slots(why: Why) -> Iterator[tuple[str, str]]:
    """Yield each slot with the words it comes from, and on what footing."""
    claim = why.claim
    count = claim.count
    figures = "/".join("–" if v is None else f"{v:,}" for v in (count.low, count.best, count.high))
    yield (
        "count",
        f"{quoted(count.quote)}: {plain(count.kind)}, low/best/high {figures} by the profile {count.profile}",
    )
    yield "harm", f"{quoted(why.harm.quote)}: {plain(claim.harm)}"
    yield "who", who_words(claim) + ("" if claim.victims.quote else ": no word says who")
    for party in claim.by:
        yield "by whom", f"{party.name}, {party.basis}, from {quoted(party.quote)}"
    for means in claim.means:
        yield "means", f"{plain(means.name)}, from {quoted(means.quote)}"
    for place in claim.where[:2]:
        here = claim.evidence.sentence.start <= place.start < claim.evidence.sentence.end
        found = plain(place.level or "") if place.lat is not None else "in no gazetteer"
        yield (
            "where",
            f"{place.name} ({found}), from {quoted(place.quote)} {'in' if here else 'outside'} the sentence",
        )
    if not claim.where:
        yield "where", "no place is told for it"
    if claim.when is None:
        yield "when", "no time is told for it"
    else:
        yield "when", f"{when_words(claim)}, {claim.when.basis}, from {quoted(claim.when.quote)}"
    yield (
        "origin",
        f"{claim.origin.name}, from {quoted(claim.origin.quote)}" if claim.origin else "the report itself",
    )


def _doubt(why: Why) -> Iterator[tuple[str, str]]:
    sure = confidence_words(why.claim)
    if sure:
        told = ", ".join(f"{s.sign} {s.weight:+.2f}" for s in why.signs[:_SIGNS])
        yield "how sure", sure + (f"; most weigh: {told}" if told else "")


def _row(name: str, words: str, console: Console) -> None:
    """Write a name and its words beside it, however many lines they take."""
    lines = Text(harmless(" ".join(words.split()))).wrap(console, max(20, console.width - 12))
    for k, line in enumerate(lines):
        console.print(Text.assemble((f"  {name if k == 0 else '':<10}", "dim"), line), soft_wrap=True)


def _numbers(explanation: Explanation, console: Console) -> None:
    many = len(explanation.numbers)
    console.rule(f"[bold]All {many:,} numbers of the report" if many != 1 else "[bold]The number of the report",
                 align="left", style="dim")  # fmt: skip
    for number in explanation.numbers:
        for k, line in enumerate(_number(number).wrap(console, max(20, console.width - 2))):
            console.print(Text("  " if k else "").append_text(line), soft_wrap=True)


def _number(number: Number) -> Text:
    fate = _FATES[number.fate] if number.fate != "claim" else ", ".join(number.claims)
    quote, reason = (harmless(" ".join(words.split())) for words in (number.quote, number.reason))
    return Text.assemble((quote, "bold"), " → ", (fate, "bold" if number.claims else ""), f": {reason}")
