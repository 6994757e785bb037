"""language: a text -> the language it is in, where nobody says it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from tollbook.lang.pack import common_words, installed_packs, load_pack
from tollbook.model.report import Report

_SAMPLE = (
    1_500  # characters looked at, at the beginning and as many in the middle: a language shows in a paragraph
)
_FEWEST = 8  # words from which a text in Latin letters shows its language
_SHARE = 0.4  # share of a pack's ordinary words from which a text is taken for its language
_DOUBT = 0.25  # share from which it may still be that language: a list of names, a table
_SURE = 0.9  # probability from which a guess is believed; names alone rarely reach it
_LATIN = 0x0250  # the first character behind the blocks of Latin letters


def language_of(text: str) -> str | None:
    """Return the BCP 47 code of a text's language; None where the text is too short or too doubtful to tell.

    A text made of an installed pack's ordinary words is that pack's. Only another costs a statistical guess, which is
    believed where the letters are not Latin, or where it is sure.
    """
    sample = _sampled(text)
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    if 2 * sum(ord(c) >= _LATIN for c in letters) > len(letters):
        return _by_letters(letters) or _guess(sample)[0]
    words = [word.strip(".,;:!?()[]\"'“”‘’") for word in sample.casefold().split()]
    words = [word for word in words if any(c.isalpha() for c in word)]
    if len(words) < _FEWEST:
        return None
    share, code = max(
        (sum(w in _ordinary(code) for w in words) / len(words), code) for code in installed_packs()
    )
    if share >= _SHARE:
        return code
    if share >= _DOUBT:
        return None
    code, probability = _guess(sample)
    return code if probability >= _SURE else None


def in_its_language(report: Report, *, said: bool) -> Report:
    """Return a report with its language filled in: as said by the user or its giver, else as its text shows.

    What a page declares of itself is often its template's: where the text shows another language, the text is believed.
    """
    if report.language is not None and (said or report.media_type != "text/html"):
        return report
    shown = language_of(report.text)
    declared = (report.language or "").replace("_", "-")
    if shown is None or declared.split("-")[0].lower() == shown:
        return replace(report, language=declared or None)
    return replace(report, language=shown)


def _sampled(text: str) -> str:
    if len(text) <= 2 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"


def _by_letters(letters: Sequence[str]) -> str | None:
    """Return the language that alone has some of the letters, such as і against ы."""
    present = {c.lower() for c in letters}
    own = [code for code, its in _languages()["letters"].items() if present & set(its)]
    return own[0] if len(own) == 1 else None


def _guess(sample: str) -> tuple[str, float]:
    code, probability = _classifier().classify(sample)
    return str(code), float(probability)


@cache
def _classifier() -> Any:
    from py3langid import langid  # noqa: PLC0415  # a model of some megabytes, which English texts should not pay for

    found = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    found.set_languages(sorted(set(_languages()["met"]) & set(found.nb_classes)))
    return found


@cache
def _languages() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / "languages.toml").read_text(encoding="utf-8"))


@cache
def _ordinary(code: str) -> frozenset[str]:
    return common_words(load_pack(code))
