"""language: a text -> the language it is in, where nobody says it."""

from functools import cache

from tollbook.lang.pack import common_words, installed_packs, load_pack

_SAMPLE = 3_000  # characters looked at: a language shows in a paragraph
_FEWEST = 8  # words from which it does
_SHARE = 0.4  # share of a pack's ordinary words from which a text is taken for its language


def language_of(text: str) -> str | None:
    """Return the BCP 47 code of a text's language; None where there are too few words to tell.

    A text made of an installed pack's ordinary words is that pack's; only another costs a statistical guess.
    """
    words = [word for word in text[:_SAMPLE].casefold().split() if any(c.isalpha() for c in word)]
    if len(words) < _FEWEST:
        return None
    plain = [word.strip(".,;:!?()[]\"'“”‘’") for word in words]
    for code in installed_packs():
        if sum(word in _ordinary(code) for word in plain) >= _SHARE * len(plain):
            return code
    import py3langid  # noqa: PLC0415  # a model of some megabytes, which English texts should not pay for

    code, _ = py3langid.classify(text[:_SAMPLE])
    return str(code)


@cache
def _ordinary(code: str) -> frozenset[str]:
    return common_words(load_pack(code))
