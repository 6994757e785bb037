"""An account tells what fitted and was not taken, and changes nothing of a reading."""

from tollbook.grammar.account import Account
from tollbook.model.report import report_of
from tollbook.pipeline import read_report

TEXT = (
    "The blast killed 12 people on Monday. The 12 were buried on Tuesday. Three rebels fled the village. "
    "A guard was shot dead and two others were wounded. He was killed at once."
)


def test_a_reading_is_the_same_with_and_without_an_account() -> None:
    report = report_of(TEXT, published="2025-03-12", language="en")
    account = Account()
    assert read_report(report, account=account) == read_report(report)
    assert len(account.drafts) == len(read_report(report).claims)


def test_what_fitted_and_was_not_taken_is_told() -> None:
    account = Account()
    read_report(report_of(TEXT, published="2025-03-12", language="en"), account=account)
    assert account.view is not None
    told = {(r.reason, account.view.words[r.last]) for r in account.refused}
    assert ("only_ran", "fled") in told
    assert [account.view.words[d.stated.first] for d in account.dropped] == ["He"]
