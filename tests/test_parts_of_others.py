"""Who tells only a part of a total that another gave has said nothing of everyone: the total stands."""

import pytest

import tollbook
from tollbook.model.toll import Toll
from tollbook.record import record_of

HEAD = "Blast at bus station kills 8 in Quetta\n\n"
BODY = "A bomb exploded at the main bus station in Quetta on Wednesday, killing eight people, police said. "


def killed(*texts: str) -> dict[str, Toll]:
    readings = [tollbook.read(t, published="2026-10-15", publisher=f"Post {n}") for n, t in enumerate(texts)]
    (incident,) = record_of(readings).incidents
    return {t.status: t for t in incident.tolls if t.harm == "killed"}


@pytest.mark.parametrize(
    "part",
    [
        "Two policemen were among the dead, hospital official Saeed Mengal said.",
        "Two policemen were among the dead, the health ministry said.",
        "Two of those killed were soldiers, the army said.",
        "Two policemen were among the dead.",
    ],
)
@pytest.mark.parametrize("head", [HEAD, ""])
def test_a_part_that_another_tells_is_not_taken_for_the_whole(head: str, part: str) -> None:
    told = killed(f"{head}{BODY}\n\n{part}")
    assert (told["all"].low, told["all"].best, told["all"].high) == (8, 8, 8)


def test_the_rest_of_a_total_is_without_the_part_that_another_tells() -> None:
    told = killed(f"{HEAD}{BODY}\n\nTwo policemen were among the dead, hospital official Saeed Mengal said.")
    assert (told["security_forces"].best, told["unknown"].best) == (2, 6)


def test_another_s_own_total_still_stands_beside() -> None:
    told = killed(
        f"{HEAD}{BODY}\n\nTwo policemen were among the dead, hospital official Saeed Mengal said.",
        "A blast in Quetta on Wednesday killed 10 people, the health ministry said.",
    )
    assert told["all"].best == 10
