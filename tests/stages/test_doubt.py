"""Each claim has its confidence; the model is the pack's, and a pack without one doubts nothing."""

from dataclasses import replace

from tollbook.grammar.account import Account
from tollbook.lang.pack import load_pack
from tollbook.model.report import report_of
from tollbook.pipeline import read_report
from tollbook.stages.doubt import confidence_of

TEXT = "The blast killed 12 people in Mosul on Monday. Villagers say several men were taken away and killed."
PACK = load_pack("en")
TABLE = PACK.parts["confidence"]


def test_each_claim_has_a_share_between_nought_and_one() -> None:
    account = Account()
    claims = read_report(report_of(TEXT, published="2025-03-12", language="en"), account=account).claims
    assert len(claims) == 2
    assert all(c.confidence is not None and 0 < c.confidence < 1 for c in claims)
    plain, vague = (sum(signs.values()) for signs in account.signs)  # finer than shares of two places
    assert plain > vague


def test_the_signs_of_a_claim_add_up_to_its_confidence() -> None:
    account = Account()
    reading = read_report(report_of(TEXT, published="2025-03-12", language="en"), account=account)
    for claim, signs in zip(reading.claims, account.signs, strict=True):
        assert claim.confidence == confidence_of(TABLE, sum(signs.values()))


def test_confidence_grows_with_what_speaks_for_a_claim() -> None:
    told = [confidence_of(TABLE, weight / 4) for weight in range(-60, 60)]
    assert told == sorted(told)
    assert told[0] == TABLE["least"]
    assert told[-1] == TABLE["most"]


def test_no_model_is_no_confidence() -> None:
    pack = replace(PACK, parts={**PACK.parts, "confidence": {}})
    reading = read_report(report_of(TEXT, published="2025-03-12", language="en"), pack=pack)
    assert [c.confidence for c in reading.claims] == [None, None]


def test_a_doubtful_claim_is_told_in_a_warning() -> None:
    pack = replace(PACK, parts={**PACK.parts, "confidence": {**TABLE, "threshold": 1.0}})
    reading = read_report(report_of(TEXT, published="2025-03-12", language="en"), pack=pack)
    told = [w for w in reading.warnings if w.code == "doubtful_claim"]
    assert [(w.start, w.end) for w in told] == [(c.count.start, c.count.end) for c in reading.claims]
    assert f"{reading.claims[0].confidence:.0%}" in told[0].message


def test_each_weight_is_of_a_sign_that_claims_can_show() -> None:
    whats = {sign.split(": ")[0] for sign in TABLE["weights"]}
    account = Account()
    read_report(report_of(TEXT, published="2025-03-12", language="en"), account=account)
    assert whats <= {sign.split(": ")[0] for sign in account.signs[0]}
