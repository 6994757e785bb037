"""What people say of claims beside their figures: place, part, replacement, and a claim of their own taken back."""

from tollbook.model import testimony
from tollbook.model.report import report_of
from tollbook.model.review import Review
from tollbook.pipeline import read_report
from tollbook.record import attested, conclude
from tollbook.stages.heed import heed

TEXT = "At least 12 people were killed in Kano on Monday, police said. Residents told of 15 killed in Kano."


def told() -> tuple[testimony.Testimony, ...]:
    report = report_of(TEXT, published="2025-03-05", language="en")
    return attested(read_report(report), story="s", recorded="2025-03-06T00:00:00Z")


def correct(one: testimony.Testimony, field: str, new: str) -> Review:
    return Review("r1", "2025-03-07T00:00:00Z", "ada", "correct", (one.id,), field, None, new, "why")


def test_a_claim_that_another_replaces_is_superseded_in_the_ledger() -> None:
    first, second = sorted(told(), key=lambda t: t.claim.evidence.start)[:2]
    (made,) = (
        i
        for i in conclude(told(), [correct(second, "supersedes", first.claim.id)]).incidents
        if first.id in i.testimonies
    )
    uses = {e.claim: e.use for t in made.tolls if t.status == "all" for e in t.ledger}
    assert uses[first.id] == "superseded"
    assert uses[second.id] == "used"


def test_a_part_is_not_added_and_no_part_stands_by_itself_again() -> None:
    first, second = sorted(told(), key=lambda t: t.claim.evidence.start)[:2]
    heeded = {t.id: t for t in heed(told(), [correct(second, "part_of", first.claim.id)]).testimonies}
    assert heeded[second.id].claim.part_of is not None
    assert heeded[second.id].claim.part_of.claim == first.claim.id
    alone = {t.id: t for t in heed(told(), [correct(second, "part_of", "")]).testimonies}
    assert alone[second.id].claim.part_of is None
    assert alone[second.id].claim.state == "corrected"


def test_a_place_is_what_the_person_chose() -> None:
    one = told()[0]
    place = "Goma\tlocality\tCD\tNord Kivu\t-1.67\t29.23\tgeonames:216281\t1"
    (site, *_) = next(
        t for t in heed(told(), [correct(one, "place", place)]).testimonies if t.id == one.id
    ).sites
    assert (site.name, site.country, site.precision, site.lat) == ("Goma", "CD", 1, -1.67)
    assert site.gazetteer_id == "geonames:216281"


def test_a_claim_of_a_person_is_set_aside_when_it_is_taken_back() -> None:
    one = told()[0]
    add = Review("r1", "2025-03-07T00:00:00Z", "ada", "add", (one.id,), "claim")
    back = Review("r2", "2025-03-08T00:00:00Z", "ada", "revoke", ("r1",))
    states = [
        next(t for t in heed(told(), reviews).testimonies if t.id == one.id).claim.state
        for reviews in ([add], [add, back])
    ]
    assert states == ["machine", "rejected"]
