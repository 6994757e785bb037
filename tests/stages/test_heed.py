"""People's decisions as input: the newest holds, a revoked one never was, one that lost its object is reported."""

from hypothesis import given
from hypothesis import strategies as st

import tollbook
from tollbook.desk.recounting import Docket
from tollbook.model import testimony as model
from tollbook.model.origin import OriginRef
from tollbook.model.review import Review
from tollbook.record import attested, conclude, heed

TEXT = (
    "Twelve people were killed in shelling of Idlib on Friday, the Syrian Observatory for Human Rights said."
)
OTHER = "Nine people were killed in shelling of Idlib on Friday, the Syrian Network for Human Rights said."


def told() -> list[model.Testimony]:
    return [
        t
        for text, publisher in ((TEXT, "A"), (OTHER, "B"))
        for t in attested(tollbook.read(text, published="2024-03-09", publisher=publisher))
    ]


TESTIMONIES = told()


def review(n: int, action: str, targets: tuple[str, ...], **more: str) -> Review:
    return Review(f"v{n}", f"2024-04-{n:02d}", "ana", action, targets, **more)  # type: ignore[arg-type]  # an action


def one(reviews: list[Review], target: str) -> model.Testimony:
    return next(t for t in heed(told(), reviews).testimonies if t.id == target)


def test_a_correction_changes_the_claim_and_says_so() -> None:
    target = told()[0].id
    fixed = one([review(1, "correct", (target,), field="count.best", old="12", new="13")], target)
    assert (fixed.claim.count.best, fixed.claim.state) == (13, "corrected")
    assert fixed.claim.count.quote == "Twelve"  # the words stay


def test_the_newest_decision_holds_whatever_the_order() -> None:
    target = told()[0].id
    first = review(1, "correct", (target,), field="victims.status", new="civilian")
    second = review(2, "correct", (target,), field="victims.status", new="armed_group")
    for reviews in ([first, second], [second, first]):
        assert one(reviews, target).claim.victims.status == "armed_group"


def test_a_revoked_decision_never_was_and_a_revoked_revocation_holds_again() -> None:
    target = told()[0].id
    reject, back, again = (
        review(1, "reject", (target,)),
        review(2, "revoke", ("v1",)),
        review(3, "revoke", ("v2",)),
    )
    assert one([reject], target).claim.state == "rejected"
    assert one([reject, back], target).claim.state == "machine"
    assert one([reject, back, again], target).claim.state == "rejected"


def test_origins_that_a_person_unifies_are_one_and_no_longer_two() -> None:
    ids = tuple(t.origin.id for t in told())
    assert len(conclude(told()).incidents[0].independent_origins) == 2
    assert len(conclude(told(), [review(1, "unify", ids)]).incidents[0].independent_origins) == 1


def test_a_voice_that_a_person_separates_is_its_own() -> None:
    target = told()[0].id
    assert (
        one([review(1, "separate", (target,), new="Al-Rahma hospital")], target).origin.name
        == "Al-Rahma hospital"
    )


def test_a_day_that_a_person_corrects_moves_the_claim_to_its_event() -> None:
    target = told()[1].id
    moved = conclude(told(), [review(1, "correct", (target,), field="days", new="2024-02-01")]).incidents
    assert {i.period.start for i in moved if i.period} == {"2024-03-08", "2024-02-01"}


def test_what_lost_its_object_is_reported_and_the_rest_applies() -> None:
    target = told()[0].id
    heeded = heed(told(), [review(1, "reject", (target, "t-gone")), review(2, "merge", ("i-gone", "i-lost"))])
    assert {lost.review.id for lost in heeded.lost} == {"v1", "v2"}
    assert next(t for t in heeded.testimonies if t.id == target).claim.state == "rejected"


def test_a_grade_and_a_signature_of_a_person_stand() -> None:
    incident = conclude(told()).incidents[0]
    reviews = [
        review(1, "grade", (incident.id,), new="confirmed", reason="court ruling"),
        review(2, "sign_off", (incident.id,)),
    ]
    made = conclude(told(), reviews).incidents[0]
    assert (made.grade, made.review) == ("confirmed", "signed_off")
    assert "ana" in made.grade_reason


def test_a_person_says_who_did_it_and_that_a_place_is_none() -> None:
    target = told()[0].id
    first = review(1, "correct", (target,), field="by", new="The army\tstated\nRebels\tdenied")
    named = one([first], target)
    assert [(p.name, p.basis) for p in named.claim.by] == [("The army", "stated"), ("Rebels", "denied")]
    assert TEXT[named.claim.by[0].start : named.claim.by[0].end] == named.claim.by[0].quote == ""
    assert named.claim.state == "corrected"
    assert one([first, review(2, "correct", (target,), field="by")], target).claim.by == ()
    assert one([], target).sites
    assert one([review(1, "correct", (target,), field="place")], target).sites == ()


def test_parties_that_the_words_name_keep_their_words() -> None:
    text = "Rebels killed twelve people in Idlib on Friday, the Syrian Observatory for Human Rights said."
    read = attested(tollbook.read(text, published="2024-03-09"))
    (party,) = read[0].claim.by
    changed = review(
        1, "correct", (read[0].id,), field="by", new=f"{party.name}\tsuspected\nThe army\tstated"
    )
    held = heed(read, [changed]).testimonies[0].claim.by
    assert (held[0].quote, held[0].basis) == (party.quote, "suspected")
    assert held[1].quote == ""


def test_a_decision_knows_its_voice_though_no_claim_of_it_is_near() -> None:
    first, second = told()
    stays = second.origin
    unify = Review("v1", "2024-04-01", "ana", "unify", (stays.id, first.origin.id), voice=stays)
    (alone,) = heed([first], [unify]).testimonies
    assert alone.origin == stays
    parted = Review("v2", "2024-04-02", "ana", "separate", (first.id,), new=stays.id, voice=stays)
    (alone,) = heed([first], [parted]).testimonies
    assert alone.origin == stays


def test_voices_made_one_step_by_step_are_one() -> None:
    first, second = told()
    a, b, c = first.origin.id, second.origin.id, "said:another"
    chain = [review(1, "unify", (b, c)), review(2, "unify", (a, b))]
    assert {t.origin.id for t in heed(told(), chain).testimonies} == {a}
    back = [review(1, "unify", (a, b)), review(2, "unify", (b, c))]  # the second is about what is a by now
    assert {t.origin.id for t in heed(told(), back).testimonies} == {a}


@given(st.data())
def test_what_a_claim_comes_to_does_not_depend_on_the_others(data: st.DataObject) -> None:
    claims = TESTIMONIES
    voices = {t.origin.id: t.origin for t in claims} | {
        f"v:{n}": OriginRef(f"v:{n}", f"V{n}", "ngo") for n in range(4)
    }
    ids, targets = st.sampled_from(sorted(voices)), st.sampled_from([t.id for t in claims])
    reviews = []
    for n in range(data.draw(st.integers(1, 7))):
        if data.draw(st.booleans()):
            pair = tuple(data.draw(st.lists(ids, min_size=2, max_size=3, unique=True)))
            one = Review(f"v{n}", f"2024-04-{n:02d}", "ana", "unify", pair, voice=voices[pair[0]])
        else:
            to = data.draw(ids)
            action, field = data.draw(st.sampled_from((("separate", None), ("correct", "origin"))))
            target = data.draw(targets)
            one = Review(
                f"v{n}", f"2024-04-{n:02d}", "ana", action, (target,), field, new=to, voice=voices[to]
            )
        reviews.append(one)
    together = {t.id: t.origin for t in heed(claims, reviews).testimonies}
    for claim in claims:
        concerned = Docket(reviews).concerning([claim])
        (alone,) = heed([claim], concerned).testimonies
        assert alone.origin == together[claim.id]
