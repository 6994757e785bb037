"""Who signs for an incident signs for what was there: what comes in later opens it again, on both databases."""

import pytest

from tollbook.desk.asking import incidents
from tollbook.desk.deciding import decide, queue
from tollbook.desk.rooming import paste
from tollbook.desk.verifying import verify
from tollbook.register.moment import now
from tollbook.register.register import Register

KANO = "At least 12 people were killed in Kano on Monday, police said."
LATER = "The death toll of Monday's attack in Kano has risen to 15, police said on Wednesday."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."


@pytest.mark.parametrize("later", [True, False])
def test_what_comes_in_later_opens_an_incident_again(register: str, later: bool) -> None:
    with Register(register, create=True) as opened:
        paste(opened, KANO, {"publisher": "A", "published": "2025-03-05", "language": "en"}, by="ada")
        decide(opened, "sign_off", [incidents(opened).lines[0].id], by="ada")
        assert [line.review for line in incidents(opened).lines] == ["signed_off"]
        assert queue(opened) == []
        then = now()
        paste(
            opened,
            LATER if later else GOMA,
            {"publisher": "B", "published": "2025-03-06", "language": "en"},
            by="ada",
        )
        kano = next(line for line in incidents(opened).lines if line.place == "Kano")
        assert kano.review == ("in_review" if later else "signed_off")
        assert (kano.id in {one.id for one in queue(opened)}) is later
        assert incidents(opened, as_of=then).lines[0].review == "signed_off"
        assert verify(opened, recount=True).faults == ()
        decide(opened, "sign_off", [kano.id], by="bo")
        assert next(line for line in incidents(opened).lines if line.place == "Kano").review == "signed_off"
