"""Names of people in no file: of victims of this incident or another, in titles, effects, statements, addresses, histories."""

import io
import json
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tollbook.desk import asking, deciding, formats, keeping
from tollbook.desk.briefing import brief
from tollbook.desk.publishing import Order, export
from tollbook.desk.siting import SiteOrder, site
from tollbook.model.answer import Wanted
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.writers.brief_docx import brief_docx
from tollbook.writers.brief_html import brief_html
from tollbook.writers.brief_markdown import brief_markdown

FORMATS = ("ged", "acled", "sdg", "airwars", "geojson", "annotations", "tables", "xlsx")
EVERY = tuple(formats.BUILT_IN)
NAMES = (("names",), ("names", "staff"))
# ordinary words, places and days are among them; each stands once, so that each must be found where it is told
GIVEN = (
    "Amina",
    "Musa",
    "Jean",
    "Noor",
    "Yusuf",
    "Leila",
    "Grace",
    "Rose",
    "Olena",
    "Ngozi",
    "Tariq",
    "Mbali",
)
FAMILY = ("Okafor", "Danladi", "Habimana", "Haddad", "al-Khatib", "Farouk", "Mbeki", "O'Brien", "Kovalenko", "Uwase", "Diallo",
          "Ndlovu")  # fmt: skip
VICTIM = (
    "Gunmen killed {0} in Kano on Monday 3 March 2025, police said. Hundreds fled.",
    "{0} was killed in Kano on Monday 3 March 2025, police said.",
    "At least 12 civilians, among them {0}, were killed in Kano on Monday 3 March 2025, police said.",
    "{0} and two others were killed in Kano on Monday 3 March 2025 by Boko Haram, police said.",
)
ELSEWHERE = (
    "Rebels looted the shop of {0}.",
    "The governor condemned the killing of {0}.",
    "The United Nations called for an investigation into the death of {0}.",
    "The army denied that its soldiers burned down the house of {0}.",
    "The bombing destroyed the home of {0} and cut the power.",
)
TITLES = (
    "{0} mourned",
    "{0} Mourned In Goma",
    "Anger over death of {0}",
    "Five dead, {0} missed",
    "Five dead",
)


@st.composite
def told(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[str]]:
    """Return two reports of two incidents, and the words of the names they tell."""
    given_names, family = draw(st.permutations(GIVEN)), draw(st.permutations(FAMILY))
    people = [f"{one} {other}" for one, other in zip(given_names, family, strict=True)]
    victim, other, third = people[:3]
    first = draw(st.sampled_from(VICTIM)).format(victim)
    here = draw(st.sampled_from(ELSEWHERE)).format(other)
    # of the victim of the other incident, by family name alone: nothing here says that it is one
    there = draw(st.sampled_from(ELSEWHERE)).format(draw(st.sampled_from((victim, victim.split()[1], third))))
    second = "Shelling killed five civilians in Goma on Wednesday 5 March 2025, the army said."
    title = draw(st.sampled_from(TITLES)).format(draw(st.sampled_from((victim, victim.split()[1], third))))
    texts = ((draw(st.sampled_from(TITLES)).format(victim), f"{first} {here}"), (title, f"{second} {there}"))
    reports = [
        {"text": text, "title": head, "language": "en", "published": "2025-03-06", "publisher": f"Daily {n}", "id": str(n),
         "url": f"https://{n}.example/{victim.replace(' ', '-').lower()}-killed"}
        for n, (head, text) in enumerate(texts)
    ]  # fmt: skip
    return reports, [part for name in (victim, other, third) for part in name.split()]


def filled(folder: Path, reports: list[dict[str, str]]) -> Register:
    lines = folder / "named.jsonl"
    lines.write_text("".join(json.dumps(line) + "\n" for line in reports), encoding="utf-8")
    register = Register(str(folder / "named.register"), create=True)
    for _ in keeping.add(register, [str(lines)], Options(), by="tests"):
        pass
    return register


def words_of(folder: Path) -> dict[str, str]:
    """Return all that the files of a folder say, as text: workbooks and databases too."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "assets" not in p.parts):
        name = str(path.relative_to(folder))
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            found[name] = "\n".join(
                str(v) for s in book for row in s.iter_rows(values_only=True) for v in row
            )
            book.close()
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as held:
                tables = [
                    t for (t,) in held.execute("SELECT table_name FROM information_schema.tables").fetchall()
                ]
                found[name] = "\n".join(str(held.execute(f'SELECT * FROM "{t}"').fetchall()) for t in tables)
        elif path.suffix not in (".parquet", ".zip"):
            found[name] = path.read_text(encoding="utf-8")
    return found


def left(names: list[str], words: dict[str, str]) -> list[tuple[str, str]]:
    """Return the names that are left and where; small letters too, as addresses and a search have them."""
    parts = {part for name in names for part in re.split(r"[-']", name) if len(part) > 2}
    any_of = re.compile(
        rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, sorted(parts)))})(?![A-Za-z])", re.IGNORECASE
    )
    return [(match.group(), where) for where, text in words.items() for match in any_of.finditer(text)]


def everything(register: Register, folder: Path, redact: tuple[str, ...]) -> dict[str, str]:
    """Return all that goes out of a register in whatever form."""
    export(register, Order(FORMATS, redact=redact), folder / "out")
    site(register, SiteOrder(review="all", redact=redact), folder / "site")
    found = words_of(folder / "out") | words_of(folder / "site")
    for id in (None, *(line.id for line in asking.incidents(register).lines)):
        made = brief(register, id, Order((), redact=redact))
        found[f"{id}.md"], found[f"{id}.html"] = brief_markdown(made), brief_html(made)
        with zipfile.ZipFile(io.BytesIO(brief_docx(made))) as pages:
            found[f"{id}.docx"] = pages.read("word/document.xml").decode()
    return found


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(reports=told(), redact=st.sampled_from(NAMES))
def test_no_name_is_left_in_anything_that_goes_out(
    reports: tuple[list[dict[str, str]], list[str]], redact: tuple[str, ...]
) -> None:
    lines, names = reports
    with TemporaryDirectory() as folder, filled(Path(folder), lines) as register:
        found = everything(register, Path(folder), redact)
    assert left(names, found) == []
    assert "Kano" in found["None.md"]
    assert "Goma" in found["None.md"]


def test_the_names_would_be_found_where_nothing_is_withheld(tmp_path: Path) -> None:
    lines = [
        {"text": f"{VICTIM[0].format('Jean Habimana')} {ELSEWHERE[1].format('Ngozi Diallo')}", "language": "en",
         "title": "Habimana mourned", "published": "2025-03-06", "publisher": "Daily"},
    ]  # fmt: skip
    with filled(tmp_path, lines) as register:
        found = everything(register, tmp_path, ())
    forms = {where.rpartition(".")[2] for _, where in left(["Habimana", "Diallo"], found)}
    assert forms >= {"md", "html", "docx", "csv", "jsonld", "xlsx", "duckdb", "js"}


def test_words_of_decisions_and_of_the_question_hold_no_name_either(tmp_path: Path) -> None:
    lines = [
        {"text": VICTIM[3].format("Jean Habimana"), "title": "Three dead", "language": "en",
         "published": "2025-03-06", "publisher": "Daily"},
    ]  # fmt: skip
    with filled(tmp_path, lines) as register:
        line = asking.incidents(register).lines[0]
        deciding.decide(
            register, "note", [line.id], new="ask the family of Habimana", by="ada", reason="Habimana was one"
        )
        export(register, Order(FORMATS, Wanted(words="Habimana"), redact=("names",)), tmp_path / "out")
    assert left(["Habimana"], words_of(tmp_path / "out")) == []
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["incidents"] == 1


@pytest.mark.parametrize("voice", ["Khaled Haddad", "Omar Haddad"])
def test_a_victim_who_has_the_name_of_a_voice_is_withheld(tmp_path: Path, voice: str) -> None:
    text = f"Gunmen killed Leila Haddad in Kano on Monday 3 March 2025, her brother {voice} said."
    lines = [
        {"text": text, "title": "One dead", "language": "en", "published": "2025-03-06", "publisher": "Daily"}
    ]
    with filled(tmp_path, lines) as register:
        found = everything(register, tmp_path, ("names",))
    assert left(["Leila", "Haddad"], found) == []


def test_what_is_public_stays(tmp_path: Path) -> None:
    text = (
        "Israeli airstrikes killed five civilians in Gaza City on Wednesday 5 March 2025, the health ministry said. "
        "Human Rights Watch condemned the attack on Wednesday. Boko Haram looted shops in March."
    )
    lines = [
        {
            "text": text,
            "title": "Five killed in Gaza",
            "language": "en",
            "published": "2025-03-06",
            "publisher": "Daily",
        }
    ]
    with filled(tmp_path, lines) as register:
        made = brief_markdown(brief(register, None, Order((), redact=("names",))))
    assert "Human Rights Watch" in made
    assert "withheld\\]" not in made


def test_no_name_of_a_person_is_left_in_quotes_words_around_them_or_addresses(tmp_path: Path) -> None:
    lines = tmp_path / "named.jsonl"
    text = "Mourners gathered. Amina Okafor and two others were killed in Kano on Monday, police said. Okafor was a teacher."
    line = {"text": text, "language": "en", "published": "2025-03-05", "title": "Okafor killed", "author": "B. Writer",
            "url": "https://daily.example/kano/amina-okafor-killed"}  # fmt: skip
    lines.write_text(json.dumps(line), encoding="utf-8")
    with Register(str(tmp_path / "a.register"), create=True) as register:
        for _ in keeping.add(register, [str(lines)], Options(), by="tests"):
            pass
        export(register, Order(EVERY), tmp_path / "whole")
        export(register, Order(EVERY, redact=("names",)), tmp_path / "out")
    assert "Okafor" in (tmp_path / "whole" / "annotations.jsonld").read_text(encoding="utf-8")
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix in (".csv", ".json", ".jsonl", ".jsonld", ".geojson"):
            told = path.read_text(encoding="utf-8")
            assert "okafor" not in told.casefold(), path
            assert "B. Writer" not in told, path
    assert "https://daily.example/" in (tmp_path / "out" / "tables" / "reports.csv").read_text(
        encoding="utf-8"
    )


HARD_NAMES = (
    (
        "Ahmed al-Khatib, a teacher, and his wife Fatima (محمد أحمد) were killed in Gaza City on 5 June 2025, police said.",
        "مقتل محمد أحمد",
        ("khatib", "ahmed", "fatima", "محمد", "أحمد", "مقتل"),
    ),
    ("Noor was killed in Idlib on 5 June 2025, police said.", "NOOR IS DEAD", ("noor",)),
    (
        "Ali Haddad, Omar Noor and Leila Nasser were killed in Idlib on 5 June 2025, police said.",
        "Three dead",
        ("ali", "haddad", "omar", "noor", "leila", "nasser"),
    ),
    (
        "Three people were killed in Idlib on 5 June 2025, among them Ali Haddad, police said.",
        "Ali Haddad and two others",
        ("haddad", "ali"),
    ),
)


@pytest.mark.parametrize(("text", "title", "names"), HARD_NAMES)
def test_a_name_that_is_the_count_begins_a_sentence_or_has_no_capitals_is_withheld_too(
    tmp_path: Path, text: str, title: str, names: tuple[str, ...]
) -> None:
    line = {"text": text, "language": "en", "published": "2025-06-06", "title": title, "publisher": "Wire"}
    (tmp_path / "named.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with Register(str(tmp_path / "a.register"), create=True) as register:
        for _ in keeping.add(register, [str(tmp_path / "named.jsonl")], Options(), by="tests"):
            pass
        export(register, Order(EVERY, redact=("names",)), tmp_path / "out")
        made = brief_markdown(brief(register, None, Order((), redact=("names",))))
    told = [made] + [
        path.read_text(encoding="utf-8")
        for path in sorted((tmp_path / "out").rglob("*"))
        if path.suffix in (".csv", ".json", ".jsonl", ".jsonld", ".geojson")
    ]
    assert any("Idlib" in words or "Gaza" in words for words in told)
    assert any("2025-06-05" in words for words in told)
    for words in told:
        assert [name for name in names if re.search(rf"\b{name}\b", words, re.IGNORECASE)] == []
