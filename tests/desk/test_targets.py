"""What a decision can be about: an id of another kind is refused, and nothing is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from tollbook.desk.asking import incidents
from tollbook.desk.deciding import decide, decisions, lost
from tollbook.desk.rooming import Register, open_register, paste
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.model.review import ABOUT, Action, Subject
from tollbook.register import deciders, neighbours

TEXTS = (
    "Rebels killed two soldiers in Goma on Tuesday, the army said. Three others were injured.",
    "At least 9 people were killed in Kano on Monday, the ministry said.",
)
NEW = {"grade": "weak", "separate": "the mayor", "correct": "7", "note": "seen"}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(str(tmp_path / "a.register")) as opened:
        for n, words in enumerate(TEXTS):
            head = {"publisher": f"Daily {n}", "published": "2025-03-05", "language": "en"}
            paste(opened, words, head, by="ada")
        yield opened


def _ids(register: Register) -> dict[Subject, list[str]]:
    found = incidents(register).lines
    with register.reading() as connection:
        told = list(neighbours.recall(connection, [1, 2, 3]).values())
        assert deciders.claims_of_origins(connection, [told[0].origin.id])
    return {
        "claim": [told[0].id, told[2].id],
        "incident": [line.id for line in found],
        "origin": sorted({one.origin.id for one in told}),
        "report": sorted({one.report for one in told}),
        "decision": [decide(register, "note", [found[0].id], by="ada", new="seen").id],
    }


@pytest.mark.parametrize("action", sorted({*get_args(Action)} - {"add", "relate"}))
def test_a_decision_is_about_things_of_its_kinds_and_about_no_others(
    register: Register, action: Action
) -> None:
    ids = _ids(register)
    for kind, some in ids.items():
        chosen = some if action in ("merge", "unify") else some[:1]
        new = ids["incident"][1] if action == "assign" else NEW.get(action)
        field = "count.best" if action == "correct" else None
        before = len(decisions(register))

        if kind in ABOUT[action]:
            made = decide(register, action, chosen, by="ada", reason="looked at", new=new, field=field).id
            if action != "revoke":
                decide(register, "revoke", [made], by="ada", reason="only tried")
            assert len(decisions(register)) > before
        else:
            with pytest.raises(UsageError, match=action):
                decide(register, action, [*some, *some], by="ada", reason="why", new=new, field=field)
            assert len(decisions(register)) == before
    assert verify(register, recount=True).faults == ()
    assert lost(register) == []


def test_ids_of_nothing_and_half_a_decision_are_refused(register: Register) -> None:
    ids = _ids(register)
    for action in ("merge", "unify"):
        kind = ABOUT[action][0]
        with pytest.raises(UsageError, match="two or more"):
            decide(register, action, [ids[kind][0], ids[kind][0]], by="ada", reason="one")
    with pytest.raises(UsageError, match="to which one"):
        decide(register, "assign", ids["claim"][:1], by="ada", reason="elsewhere", new=ids["claim"][1])
    for action in get_args(Action):
        with pytest.raises(UsageError, match=f"{action}: "):
            decide(register, action, ["nothing"], by="ada", reason="why", new="fair")
