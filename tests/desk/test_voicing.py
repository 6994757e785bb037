"""A voice and what it said, as people's decisions left it."""

from pathlib import Path

import pytest

from tollbook.desk import asking
from tollbook.desk.asking import origins
from tollbook.desk.deciding import Wish, decide, decide_all, undo
from tollbook.desk.rooming import open_register, paste
from tollbook.desk.voicing import claims_of, line_of, voice
from tollbook.errors import UsageError
from tollbook.model.review import Review
from tollbook.register import deciders
from tollbook.register.register import Register

TEXTS = (
    "Twelve people were killed in Idlib on Friday, the Syrian Observatory for Human Rights said.",
    "Nine people were killed in Idlib on Friday, the Syrian Network for Human Rights said.",
)


def told(register: Register) -> None:
    """Bring in both reports, each by an outlet of its own."""
    for n, text in enumerate(TEXTS):
        known = {"publisher": f"Daily {n}", "published": "2024-03-09", "language": "en"}
        paste(register, text, known, by="ada")


def test_claims_follow_a_voice_through_unifying_and_separating(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "a.register")) as register:
        told(register)
        first, second = (line.id for line in origins(register))
        (claim,) = voice(register, first).claims
        assert voice(register, first).incidents[claim.id]
        assert claims_of(register, [claim.id, "none"]) == [claim]
        assert line_of(register, first).carriers
        made = decide(register, "unify", [first, second], by="ada", reason="one office")
        whole = voice(register, first)
        assert {t.origin.id for t in whole.claims} == {first}
        assert (len(whole.claims), [id for id, _ in whole.also]) == (2, [second])
        undo(register, made.id, by="ada", reason="two offices")
        decide_all(
            register, [Wish("separate", (claim.id,), None, None, "The mayor")], by="ada", reason="his figure"
        )
        assert voice(register, first).claims == ()
        with pytest.raises(UsageError):
            voice(register, "nobody")


def test_a_voice_made_one_with_what_is_no_voice_still_has_its_page(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "a.register")) as register:
        paste(
            register, TEXTS[0], {"publisher": "Daily", "published": "2024-03-09", "language": "en"}, by="ada"
        )
        (line,) = origins(register)
        (claim,) = voice(register, line.id).claims
        slip = Review("r0", "2025-01-01T00:00:00Z", "ada", "unify", (line.id, claim.id), reason="a slip")
        with register.writing() as connection:  # refused today; a register may hold one of before
            deciders.keep(connection, slip, program="0")
        after = voice(register, line.id)
        assert [one.id for one in after.claims] == [claim.id]
        assert after.also == ()


def test_a_voice_given_in_words_is_the_known_one_of_that_name(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "a.register")) as register:
        told(register)
        first, second = origins(register)
        (claim,) = voice(register, first.id).claims
        decide(register, "separate", [claim.id], by="ada", reason="misread", new=second.name.upper())
        assert {t.id for t in voice(register, second.id).claims} >= {claim.id}
        decide(
            register, "correct", [claim.id], by="ada", reason="it says so", field="origin", new="SANA"
        )  # no claim is of it yet, but the table of origins knows it
        (incident,) = {voice(register, second.id).incidents[t.id] for t in voice(register, second.id).claims}
        given = {t.id: t.origin for t in asking.incident(register, incident).testimonies}
        assert (given[claim.id].kind, given[claim.id].id) == ("agency", "sana")
