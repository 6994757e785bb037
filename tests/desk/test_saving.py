"""Filters under a name, on both databases: one's own, shared, replaced, removed, each change in the log."""

import json

import pytest

from tollbook.desk.asking import log
from tollbook.desk.saving import change_filter, save_filter, saved_filters
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.register.register import Register


def names(register: Register, by: str) -> list[tuple[str, str, bool]]:
    return [(one.name, one.query, one.shared) for one in saved_filters(register, by)]


def test_a_filter_is_its_owners_until_it_is_shared_and_gone_when_it_is_removed(register: str) -> None:
    with Register(register, create=True) as opened:
        n = save_filter(opened, " The  coast ", "place=Latakia", shared=False, by="ada")
        assert names(opened, "ada") == [("The coast", "place=Latakia", False)]
        assert names(opened, "bo") == []
        assert save_filter(opened, "The coast", "place=Tartus", shared=False, by="ada") == n
        assert save_filter(opened, "The coast", "place=Homs", shared=False, by="bo") != n
        with pytest.raises(UsageError):
            change_filter(opened, n, "remove", by="bo")
        change_filter(opened, n, "share", by="ada")
        assert names(opened, "bo") == [
            ("The coast", "place=Tartus", True),
            ("The coast", "place=Homs", False),
        ]
        with pytest.raises(PermissionError):
            change_filter(opened, n, "remove", by="bo")
        change_filter(opened, n, "unshare", by="ada")
        change_filter(opened, n, "remove", by="root", any_owner=True)
        assert names(opened, "ada") == []
        told = [json.loads(line.detail)["did"] for line in log(opened) if line.action == "filter"]
        assert told == ["removed", "unshared", "shared", "saved", "saved", "saved"]
        assert verify(opened).faults == ()


@pytest.mark.parametrize(
    ("name", "query"), [("", "place=x"), ("x" * 81, "place=x"), ("a\x00b", "place=x"), ("a", "")]
)
def test_what_is_no_name_or_no_filter_is_refused(register: str, name: str, query: str) -> None:
    with Register(register, create=True) as opened:
        with pytest.raises(UsageError):
            save_filter(opened, name, query, shared=False, by="ada")
        assert names(opened, "ada") == []
