"""giving: a decision that gives claims to a voice -> the same decision with that voice as it is known now.

What is kept says by itself whom it means, so that it does so too where no other claim of that voice is at hand.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from tollbook.model.origin import OriginRef
from tollbook.model.review import Review, made_one, voices_led_to
from tollbook.model.testimony import Testimony
from tollbook.record import resolve_origin
from tollbook.register import deciders, neighbours, voices
from tollbook.world.origins import load_origins


def with_voice(connection: Connection, review: Review) -> Review:
    """Return a decision with the voice that it gives claims to; one that gives none to a voice as it is."""
    if review.action == "unify":
        return replace(review, voice=voices.called(connection, review.targets[0]))
    if not voices_led_to(review) or not review.new:
        return review
    told = neighbours.recall(connection, neighbours.numbers_of(connection, review.targets).values())
    return replace(review, voice=voice_called(connection, review.new, told.values()))


def voice_called(connection: Connection, words: str, of: Iterable[Testimony] = ()) -> OriginRef:
    """Return the voice whose id or name some words are, of those that the register knows, else of all that are known.

    An office such as "the health ministry" is that of the country of the claims, `of`. Words that name nobody known are the
    name of a voice of their own.
    """
    country = next((site.country for one in of for site in one.sites[:1] if site.country), None)
    return voices.called(connection, words) or resolve_origin(words, country, load_origins())


def claims_led_to(connection: Connection, ids: Iterable[str]) -> set[int]:
    """Return the claims that voices gave, or that decisions could have given them, through others that are one with them."""
    reviews = neighbours.reviews(connection)
    every = made_one(reviews, ids)
    given = [
        t for r in reviews if r.action != "unify" and every.intersection(voices_led_to(r)) for t in r.targets
    ]
    return {
        *deciders.claims_of_origins(connection, every),
        *neighbours.numbers_of(connection, given).values(),
    }


__all__ = ["claims_led_to", "voice_called", "with_voice"]
