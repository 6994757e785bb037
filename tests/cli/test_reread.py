"""Reading anew at the keyboard: told first, taken over on request, never without a reason."""

import json
from pathlib import Path

from click.testing import CliRunner

from tollbook.cli import main
from tollbook.desk.rooming import open_register, paste

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.stdout, done.stderr


def test_reading_anew_tells_first_and_takes_over_on_request(tmp_path: Path) -> None:
    name = str(tmp_path / "a.register")
    with open_register(name) as register:
        paste(register, KANO, {"publisher": "Daily", "published": "2025-03-05", "language": "en"}, by="ada")
    assert run("reread", "--register", name) == (
        0, "1 report read anew; 0 differ: claims gained 0, lost 0, changed 0, kept by a decision 0\n", "",
    )  # fmt: skip
    with (
        open_register(name) as register,
        register.writing() as connection,
    ):  # as an older pack would have read it
        connection.exec_driver_sql(
            "UPDATE claim SET body = replace(body, '\"low\":3', '\"low\":2'), low = 2 WHERE low = 3"
        )
    code, out, _ = run("reread", "--register", name)
    assert (code, "count: exact 2/3/3 -> exact 3/3/3" in out) == (0, True)
    code, out, err = run("reread", "--register", name, "--take-over")
    assert (code, out) == (2, "")
    assert "why?" in err
    code, out, err = run("reread", "--register", name, "--take-over", "--reason", "the new pack", "--json")
    assert code == 0
    summed, one = map(json.loads, out.splitlines())
    assert (summed["changed"], one["claims"][0]["fate"]) == (1, "changed")
    assert "1 report taken over" in err
    assert run("reread", "--register", name)[1].startswith("1 report read anew; 0 differ")
