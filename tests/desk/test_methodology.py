"""The page on how the record is made: from the real set-up, with a checklist that hides nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tollbook.cli import main
from tollbook.desk import asking, deciding, keeping
from tollbook.desk.methodology import methodology
from tollbook.profiles.toll_rule import installed_toll_rules
from tollbook.register.register import Register
from tollbook.sources import Options
from tollbook.writers.method_markdown import method_markdown


@pytest.fixture
def register(tmp_path: Path) -> Register:
    file = tmp_path / "one.jsonl"
    told = {
        "text": "At least 12 civilians were killed in Kano on Monday, police said.", "language": "en",
        "published": "2025-03-05", "publisher": "Daily | <b>One</b>",
    }  # fmt: skip
    file.write_text(json.dumps(told) + "\n", encoding="utf-8")
    made = Register(str(tmp_path / "one.register"), create=True)
    for _ in keeping.add(made, [str(file)], Options(), by="tests"):
        pass
    return made


def test_it_counts_what_is_there_and_moves_with_decisions(register: Register) -> None:
    with register:
        before = methodology(register).holdings
        line = asking.incidents(register).lines[0]
        deciding.decide(register, "sign_off", [line.id], by="Ana", reason="read by two")
        after = methodology(register).holdings
    assert (before.reports, before.claims, before.incidents, before.signed_off) == (1, 1, 1, 0)
    assert before.decisions == ()
    assert (after.signed_off, after.decisions, after.decided) == (1, (("sign_off", 1),), 1)
    assert (after.first, after.last, after.languages) == ("2025-03-05", "2025-03-05", (("en", 1),))


def test_the_page_names_every_rule_and_every_standard(register: Register) -> None:
    with register:
        found = methodology(register)
        page = method_markdown(found)
    assert {rule.name for rule in found.rules} == set(installed_toll_rules())
    assert all(f"**{rule.name}** {rule.version}" in page for rule in found.rules)
    assert {s.state for s in found.standards} == {"met", "partly", "not"}
    assert all(standard.where in page for standard in found.standards)
    assert f"{sum(s.state == 'met' for s in found.standards)} met" in page
    assert "<b>" not in page.replace("\\<b", "")
    assert "all others are unreviewed" in page


def test_the_command_writes_a_file(register: Register, tmp_path: Path) -> None:
    with register:
        pass
    done = CliRunner().invoke(
        main, ["methodology", "--register", str(tmp_path / "one.register"), "--out", str(tmp_path / "how.md")]
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "how.md").read_text(encoding="utf-8").startswith("# How this record is made")
