"""What a room remembers: never of another state without saying so, and never waited for where an older one is there."""

import threading

import pytest

from tollbook.web.memory import Memory


def test_what_is_quick_is_always_of_the_newest_state() -> None:
    memory, made = Memory(), list[int]()
    for state in (1, 1, 2, 2, 3):
        found = memory.get("toll", state, lambda s=state: made.append(s) or s * 10, exact=False)  # type: ignore[misc]  # a value
        assert (found.value, found.state) == (state * 10, state)
    assert made == [1, 2, 3]


def test_what_is_slow_is_given_as_it_was_and_says_of_when_it_is() -> None:
    memory, go = Memory(), threading.Event()
    memory.get("toll", 1, lambda: "old", exact=False)

    def slow() -> str:
        assert go.wait(20)
        return "new"

    found = memory.get("toll", 2, slow, exact=False)
    assert (found.value, found.state) == ("old", 1)
    assert memory.get("other", 2, lambda: "its own", exact=False).value == "its own"
    go.set()
    for _ in range(200):
        found = memory.get("toll", 2, lambda: "never asked twice", exact=False)
        if found.state == 2:
            break
    assert (found.value, found.state) == ("new", 2)


def test_a_program_that_asks_exactly_waits() -> None:
    memory = Memory()
    memory.get("map", 1, lambda: "old", exact=True)
    assert memory.get("map", 2, lambda: "new", exact=True).value == "new"


def test_a_fault_is_forgotten() -> None:
    memory = Memory()
    memory.get("toll", 1, lambda: "old", exact=False)

    def broken() -> str:
        raise OSError("the disk is gone")

    for _ in range(2):
        with pytest.raises(OSError, match="disk"):
            memory.get("toll", 2, broken, exact=False)
    assert memory.get("toll", 3, lambda: "new", exact=False).value == "new"
