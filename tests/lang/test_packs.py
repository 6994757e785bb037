"""Packs: the shipped one proves itself, a miniature second language reads, what is wrong is said."""

import re
from math import prod
from pathlib import Path

import pytest

import tollbook
from tollbook.desk.proving import prove, prove_pack
from tollbook.errors import PackError
from tollbook.lang.pack import installed_packs, load_pack, pack_from
from tollbook.model.report import report_of
from tollbook.pipeline import read_report

MINI = Path(__file__).parent / "mini"
SOURCE = Path(tollbook.__file__).parent


@pytest.mark.parametrize("code", installed_packs())
def test_a_shipped_pack_proves_itself(code: str) -> None:
    proved, faults = prove_pack(code)
    assert not faults
    assert proved > 50


def test_a_broken_example_is_a_fault() -> None:
    pack = pack_from(MINI)
    broken = {
        "order": [{**row, "example": ["killed 12 | 12 doma ."]} for row in pack.parts["claims"]["order"]]
    }
    object.__setattr__(pack, "parts", {**pack.parts, "claims": {**pack.parts["claims"], **broken}})
    assert prove(pack)[1]


def test_an_order_that_is_no_pattern_is_named_though_no_example_needs_it() -> None:
    pack = pack_from(MINI)
    broken = {"name": "a bad one", "anchor": "harm", "pattern": "(?P<harm><participle>)(?P<harm><active>)"}
    claims = {**pack.parts["claims"], "order": [*pack.parts["claims"]["order"], broken]}
    object.__setattr__(pack, "parts", {**pack.parts, "claims": claims})
    with pytest.raises(PackError, match="order 'a bad one': redefinition of group name"):
        prove(pack)


def test_a_second_language_is_a_folder() -> None:
    text = "12 luda zabita u grad Latakia . Tri vojnika raneno ."
    reading = read_report(report_of(text, language="xm"), pack=pack_from(MINI))
    assert [(c.harm, c.count.quote, c.count.best, c.victims.status) for c in reading.claims] == [
        ("killed", "12", 12, "civilian"),
        ("injured", "Tri", 3, "armed_forces"),
    ]
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in reading.claims)
    assert [(t.harm, t.best) for t in reading.toll if t.status == "all"] == [("killed", 12), ("injured", 3)]


def test_the_miniature_proves_itself() -> None:
    proved, faults = prove(pack_from(MINI))
    assert (proved, faults) == (2, [])


def test_an_unknown_or_broken_pack_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no language pack 'xx'"):
        load_pack("xx")
    (tmp_path / "pack.toml").write_text("name = 'without a code'", encoding="utf-8")
    with pytest.raises(PackError, match="no 'code'"):
        pack_from(tmp_path)
    (tmp_path / "pack.toml").write_text("not toml at all", encoding="utf-8")
    with pytest.raises(PackError, match="not TOML"):
        pack_from(tmp_path)


def test_no_word_of_english_decides_anything_in_the_engine() -> None:
    compared = re.compile(r"""(?:==|!=|\bin) *[(\[{]?"([a-z ]{2,})\"""")
    names = {
        "killed",
        "injured",
        "killed_or_injured",
        "displaced",
        "incident",
        "asserted",
        "exact",
        "vague",
        "region",
        "one",
    }  # the record's own words, and the pack's own keys
    asked = re.compile(r"folded|words\[|\bword\b|\bfold\b")  # a line that asks about a word of the text
    found = [
        f"{file.name}:{number}: {word}"
        for floor in ("grammar", "stages")
        for file in sorted((SOURCE / floor).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
        for word in compared.findall(line)
        if word not in names
    ]
    assert not found


def test_a_language_without_a_pack_is_not_read_as_english() -> None:
    arabic = "قتل اثنا عشر شخصا وأصيب ثلاثون آخرون في قصف على مدينة إدلب يوم الخميس بحسب المرصد السوري لحقوق الإنسان"
    reading = tollbook.read(arabic)
    assert not reading.claims
    assert [w.code for w in reading.warnings] == ["language_unread"]
    assert reading.report.language == "ar"


def test_english_is_told_from_other_languages() -> None:
    assert (
        tollbook.read(
            "Twelve people were killed in the market of the town on Monday, the police said."
        ).report.language
        == "en"
    )
    german = "Bei einem Anschlag in der Stadt sind am Montag mindestens zwölf Menschen getötet und dreißig verletzt worden."
    assert tollbook.read(german).report.language == "de"
    assert tollbook.read("12 killed").report.language is None


@pytest.mark.parametrize("code", installed_packs())
def test_a_pack_opens_into_few_enough_forms_to_be_compiled_at_every_start(code: str) -> None:
    def opened(part: object) -> int:
        if isinstance(part, str):
            return prod(word.count("|") + 1 for word in part.split()) if "(" not in part else 1
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
        return sum(map(opened, inner))

    assert 0 < opened(dict(load_pack(code).parts)) < 100_000
