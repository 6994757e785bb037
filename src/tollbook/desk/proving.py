"""proving: a language pack -> whether its patterns find their examples and respect their nevers."""

from collections.abc import Iterator

from tollbook.grammar.order import pattern_of
from tollbook.lang.pack import Pack, load_pack
from tollbook.stages.form import form, orders_of_pack
from tollbook.stages.split import split
from tollbook.stages.spot import spot
from tollbook.stages.when import find_times

_DAY = "2025-03-12"  # the day on which the examples of times are read


def prove_pack(code: str) -> tuple[int, list[str]]:
    """Run every example and never of an installed pack; return how many hold, and in words those that do not.

    Raises PackError when there is no such pack or it is broken.
    """
    return prove(load_pack(code))


def prove(pack: Pack) -> tuple[int, list[str]]:
    """Run every example and never of a pack; return how many hold, and in words those that do not.

    Raises PackError for an order that is no pattern, whether an example needs it or not.
    """
    for order in orders_of_pack(pack):
        pattern_of(order)
    proved, faults = 0, []
    for where, sentence, found, expected in (*_claims(pack), *_times(pack)):
        if found == expected:
            proved += 1
        else:
            faults.append(f"{where}: {'not found in' if expected else 'found in'} “{sentence}”")
    return proved, faults


def _claims(pack: Pack) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield for each order's proofs: where, the sentence, whether "harm count" was found, and whether it should be."""
    for row in pack.parts["claims"].get("order", ()):
        for key, expected in (("example", True), ("never", False)):
            for proof in row.get(key, ()):
                told, _, sentence = proof.partition(" | ")
                harm, _, quote = told.partition(" ")
                where = f"lang/{pack.code}/claims.toml: order '{row['name']}': {told}"
                yield where, sentence, (harm, quote) in _counts(sentence, pack), expected


def _times(pack: Pack) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield the same for the patterns of time: an example ends with a time, a never is none as a whole."""
    for row in pack.parts["time"].get("pattern", ()):
        for key, expected in (("example", True), ("never", False)):
            proofs = row.get(key, ())
            for proof in [proofs] if isinstance(proofs, str) else proofs:
                words = proof
                where = f"lang/{pack.code}/time.toml: pattern '{row['name']}': {words}"
                found = _found_times(words, pack)
                yield (
                    where,
                    words,
                    any(words.endswith(f) for f in found) if expected else words in found,
                    expected,
                )


def _counts(sentence: str, pack: Pack) -> list[tuple[str, str]]:
    """Return harm and words of the count for all that the orders form in a sentence."""
    view = split(sentence, pack)
    drafts = form(spot(view, pack), pack)
    return [(d.harm, view.quote(d.stated.first, d.stated.last)) for d in drafts]


def _found_times(words: str, pack: Pack) -> list[str]:
    """Return the words of every time found."""
    return [period.quote for period in find_times(split(words, pack), pack, _DAY).every]
