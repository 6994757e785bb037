"""Numbers of what is published -> the claims that state them; for tests of briefs and of sites."""

import re
from itertools import chain

from tollbook.desk import asking
from tollbook.register.register import Register

Claims = dict[str, tuple[set[int], str]]


def numbers(text: str) -> list[int]:
    """Return the whole numbers in a text, thousands apart or not."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*", text)]


def claims_of(register: Register) -> Claims:
    """Return for each claim the figures that its words give, checked against the text, and the words."""
    found = {}
    for line in asking.newest_reports(register, limit=2000):
        card = asking.report(register, line.key)
        for one in card.testimonies:
            count, text = one.claim.count, card.report.text
            assert text[count.start : count.end] == count.quote
            figures = {f for f in (count.low, count.best, count.high) if f is not None}
            stated = numbers(count.quote)
            if stated and not count.vague:
                assert figures <= set(stated), (count.quote, figures)
            found[one.id] = (figures, count.quote)
    return found


def sums(figures: list[set[int]]) -> set[int]:
    """Return every sum of one figure from each of some claims."""
    reached = {0}
    for own in figures:
        reached |= {total + figure for total in reached for figure in own}
    return reached


def said_by(claims: Claims) -> set[int]:
    """Return every number that a rule's explanation may hold: of claims, of their words, and sums of them."""
    stated = set(
        chain.from_iterable(
            chain.from_iterable((figures, numbers(quote)) for figures, quote in claims.values())
        )
    )
    return stated | sums([figures for figures, _ in claims.values()])


def of_reason(words: str) -> set[int]:
    """Return the numbers of an explanation, without days and without the names that claims have in their report."""
    return set(numbers(re.sub(r"\bc\d+\b|\d{4}-\d\d-\d\d", "", words)))
