"""Named victims of a register: a list with evidence, copies once, rejected claims left out, ready to be linked."""

import csv
from pathlib import Path

from click.testing import CliRunner

from tollbook.cli import main
from tollbook.desk.deciding import decide
from tollbook.desk.naming import named_victims
from tollbook.register.register import Register

FIRST = "HOMS, 12 May 2013 - The journalist Marie Colvin was killed in Homs on Sunday. Omar Issa, 40, was shot dead."
SECOND = "KABUL, 3 June 2015 - Gunmen shot dead the activist Sara Ahmadi, 31, outside her home in Kabul on Wednesday."


def register_of(folder: Path, **reports: str) -> str:
    paths = []
    for name, text in reports.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    name = str(folder / "r.register")
    done = CliRunner().invoke(main, ["add", *paths, "--register", name, "--quiet"])
    assert done.exit_code == 0, done.output
    return name


def test_names_come_with_their_words_and_their_incident(tmp_path: Path) -> None:
    name = register_of(tmp_path, one=FIRST, two=SECOND)
    with Register(name) as register:
        found = named_victims(register)
    assert {v.named.name for v in found} == {"Marie Colvin", "Omar Issa", "Sara Ahmadi"}
    for victim in found:
        text = FIRST if victim.named.name in FIRST else SECOND
        assert text[victim.named.start : victim.named.end] == victim.named.name
        assert victim.named.name in victim.sentence
        assert victim.incident is not None
    sara = next(v.row() for v in found if v.named.name == "Sara Ahmadi")
    assert (sara["age"], sara["date of death"], sara["place"]) == ("31", "2015-06-03", "Kabul")


def test_copies_of_a_story_name_a_person_once(tmp_path: Path) -> None:
    name = register_of(tmp_path, one=FIRST, two=FIRST.replace("HOMS,", "HOMS (Reuters),"))
    with Register(name) as register:
        found = named_victims(register)
    assert sorted((v.named.name, v.copies) for v in found) == [("Marie Colvin", 2), ("Omar Issa", 2)]


def test_what_people_rejected_is_left_out(tmp_path: Path) -> None:
    name = register_of(tmp_path, one=SECOND)
    with Register(name) as register:
        claim = named_victims(register)[0].testimony.id
        decide(register, "reject", [claim], by="ana", reason="alive")
        assert named_victims(register) == ()


def test_the_list_can_be_linked_with_another(tmp_path: Path) -> None:
    name = register_of(tmp_path, one=FIRST, two=SECOND)
    out, other = tmp_path / "named.csv", tmp_path / "other.csv"
    run = CliRunner().invoke
    shown = run(main, ["people", "register", "--register", name])
    assert "3 named victims in 2 reports" in shown.output
    assert "Sara Ahmadi: 31, 2015-06-03, Kabul" in shown.output
    assert run(main, ["people", "register", "--register", name, "--out", str(out)]).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3
    other.write_text("name,date of death,place\nSarah Ahmadi,2015-06-03,Kabul\n", encoding="utf-8")
    linked = run(main, ["people", "link", str(out), str(other), "--out", str(tmp_path / "l"), "--quiet"])
    assert linked.exit_code == 0, linked.output
    assert "named: 3 rows" in linked.output
    assert run(main, ["people", "register", "--register", str(tmp_path / "no")]).exit_code == 2
