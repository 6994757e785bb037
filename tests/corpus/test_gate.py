"""The gate sees what moved, and a broken quote."""

from dataclasses import replace
from pathlib import Path

import gating


def test_gained_lost_and_moved_are_told_apart() -> None:
    old = {
        "a:1": ("killed 0 two = 2/2/2", "injured 9 ten = 10/10/10"),
        "b:1": ("killed 0 six = 6/6/6",),
        "gone:1": (),
    }
    new = {
        "a:1": ("killed 0 two = 2/2/2 background", "killed 30 one = 1/1/1"),
        "b:1": old["b:1"],
        "new:1": (),
    }
    (one,) = gating.compare(old, new)
    assert one.gained == ("killed 30 one = 1/1/1",)
    assert one.lost == ("injured 9 ten = 10/10/10",)
    assert one.moved == (("killed 0 two = 2/2/2", "killed 0 two = 2/2/2 background"),)


def test_a_claim_told_twice_is_not_one() -> None:
    same = "killed 0 two = 2/2/2"
    (one,) = gating.compare({"a:1": (same, same)}, {"a:1": (same,)})
    assert one.lost == (same,)


def test_a_quote_that_is_not_the_text_breaks_the_law() -> None:
    item = next(i for i in gating.items() if i.key.startswith("examples/coast"))
    reading = gating.read(item)
    assert gating.violations(reading) == []
    claim = reading.claims[0]
    moved = replace(claim, count=replace(claim.count, start=claim.count.start + 1, low=9, best=8))
    found = gating.violations(replace(reading, claims=(moved, *reading.claims[1:])))
    assert len(found) == 2


def test_a_snapshot_comes_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "claims.snapshot"
    told = {"a:1": ("killed 0 two = 2/2/2",), "b:1": ()}
    gating.write(told, "0.1.0", file)
    assert gating.load(file) == told


def test_the_snapshot_of_the_last_release_is_of_these_corpora() -> None:
    kept, now = gating.load(), [item.key for item in gating.items()]
    assert len(set(now)) == len(now)
    assert len(kept.keys() & set(now)) > len(kept) // 2  # the corpora grow from release to release
