"""Whole reports: each slot that a careful recorder wrote down before the first reading, but for the known gaps.

The texts are written for this project; their events are invented or retold in words of our own. "gaps" in an expectation
lists what is not read rightly yet, so that everything else stays read.
"""

from pathlib import Path

import pytest
from comparing import Expected, compare, load

HERE = Path(__file__).parent
REPORTS = [
    (name, expected, text) for folder in ("reports", "held") for name, expected, text in load(HERE / folder)
]


@pytest.mark.parametrize(("name", "expected", "text"), REPORTS, ids=[r[0] for r in REPORTS])
def test_a_report(name: str, expected: Expected, text: str) -> None:
    known = set(expected.get("gaps", ()))
    missing = {
        address: what for address, what in compare(expected, text).gaps.items() if address not in known
    }
    assert not missing, "\n".join(f"{name}: {address}: {what}" for address, what in missing.items())


def test_each_known_gap_is_about_something_expected() -> None:
    for name, expected, _ in REPORTS:
        claims = {c["id"] for c in expected["claims"]}
        for gap in expected.get("gaps", ()):
            room, _, rest = gap.partition(".")
            assert room in expected, f"{name}: {gap}"
            assert room != "claims" or rest.partition(".")[0] in claims, f"{name}: {gap}"
