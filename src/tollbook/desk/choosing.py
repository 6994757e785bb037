"""choosing: what somebody asks for in words -> what the register is asked: countries by code, voices as decisions left them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from tollbook.model.answer import Sought, Voices, Wanted
from tollbook.model.review import Review, made_one, voices_led_to
from tollbook.register import choosing, find, neighbours, reports, words
from tollbook.register.moment import NOW, moment_of
from tollbook.register.words import plain
from tollbook.stages.heed import in_force
from tollbook.world.gazetteer import key_of, open_gazetteer


def meant(connection: Connection, wanted: Wanted, as_of: str = NOW) -> Wanted:
    """Return what is wanted as the register is asked for it, with the decisions up to a moment.

    A place that names a country becomes that country, the name of an origin the voices that bear it, words the reports that
    hold them. Raises UsageError for what is no day, and for words that cannot be looked up or that too many reports hold.
    """
    for day in (wanted.start, wanted.end):
        moment_of(day)
    sought = Sought(
        voices_of(connection, wanted.origin, as_of) if wanted.origin else None,
        words.holding(connection, words.asked(wanted.words)) if wanted.words else None,
    )
    if as_of != NOW and sought != Sought():
        claims = find.places_of_claims(connection, as_of)
        sought = Sought(incidents=choosing.held_then(sought, claims, connection))
    place = wanted.place
    country = _country(place) if place and not wanted.country else None
    return replace(wanted, sought=sought, place=None if country else place, country=country or wanted.country)


def _country(place: str) -> str | None:
    gazetteer = open_gazetteer()
    if len(place) == 2 and gazetteer.country(place.upper()) is not None:
        return place.upper()
    found = gazetteer.find(key_of(place))
    return found[0].country if found and found[0].level == "country" else None


def voices_of(connection: Connection, name: str, as_of: str = NOW) -> Voices:
    """Return the voices whose id is given, or whose name holds some words; two that were made one are named by either name."""
    asked = plain(name)
    names = reports.voices(connection)
    found = {id for id, known in names.items() if id == name or (asked and asked in plain(known))}
    holding = in_force(neighbours.reviews(connection, as_of=None if as_of == NOW else as_of))
    found |= made_one(holding, found)
    given = _given(holding)
    own = {
        claim
        for claim, (id, name) in given.items()
        if id in found or (asked and asked in plain(names.get(id, name)))
    }
    return Voices(tuple(sorted(found)), tuple(sorted(own)), tuple(sorted(given.keys() - own)))


def _given(holding: Sequence[Review]) -> dict[str, tuple[str, str]]:
    """Return for the claims whose voice a person set the id and the name of that voice: the newest decision holds."""
    moved = ((r, id) for r in holding if r.action != "unify" for id in voices_led_to(r))
    return {t: (id, r.voice.name if r.voice else r.new or "") for r, id in moved for t in r.targets}


__all__ = ["meant", "voices_of"]
