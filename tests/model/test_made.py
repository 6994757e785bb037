"""Objects that are quick to make are the objects that a frozen dataclass makes."""

import copy
import inspect
import pickle
from dataclasses import MISSING, FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from tollbook.model import claim, count, period, place, telling, text, toll
from tollbook.model.made import changed, quickly
from tollbook.model.place import Place

MADE = (
    place.Place, period.Period, claim.Victims, claim.Claim, count.Count, text.Evidence, toll.Entry, toll.Toll,
    telling.Effect,
)  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_an_object_is_what_the_plain_dataclass_makes(made: type) -> None:
    """Same signature, same fields in the same order, same text, equal, of the class itself, closed to change."""
    values = {f.name: f"{f.name}!" for f in fields(made)}
    plain = object.__new__(made)
    for name, value in values.items():
        object.__setattr__(plain, name, value)
    quick = made(*values.values())
    assert type(quick) is made
    assert quick == plain == made(**values)
    assert repr(quick) == repr(plain)
    assert hash(quick) == hash(plain)
    assert asdict(quick) == values
    parameters = inspect.signature(made).parameters
    for f in fields(made):
        assert parameters[f.name].default is (inspect.Parameter.empty if f.default is MISSING else f.default)
    for copied in (copy.copy(quick), copy.deepcopy(quick), pickle.loads(pickle.dumps(quick)), replace(quick)):
        assert type(copied) is made
        assert copied == quick
    name = next(iter(values))
    with pytest.raises(FrozenInstanceError):
        setattr(quick, name, "other")
    with pytest.raises(FrozenInstanceError):
        delattr(quick, name)


def test_an_object_changed_is_what_replace_makes() -> None:
    """Only the named fields differ, the one before stays as it was, and a field that is none is refused."""
    goma = Place("Goma", 0, 4, "Goma", "locality", "CD")
    assert changed(goma, start=10, end=14) == replace(goma, start=10, end=14)
    assert type(changed(goma)) is Place
    assert (goma.start, goma.end) == (0, 4)
    with pytest.raises(TypeError, match="size"):
        changed(goma, size=3)


def test_what_is_left_out_has_its_default_and_what_must_be_given_is_missed() -> None:
    """Defaults are those of the fields; a field without one must be given, as TypeError says."""
    assert Place("Goma", 0, 4, "Goma") == Place(
        "Goma", 0, 4, "Goma", None, None, None, None, None, None, None
    )
    with pytest.raises(
        TypeError, match=r"Place\.__init__\(\) missing 1 required positional argument: 'name'"
    ):
        Place("Goma", 0, 4)  # type: ignore[call-arg]  # on purpose


def test_a_class_that_does_more_when_it_is_made_is_refused() -> None:
    """What a factory makes, what follows making, and a class without slots would be lost: TypeError names the class."""

    @dataclass(frozen=True, slots=True)
    class Filled:
        parts: list[int] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        number: int

        def __post_init__(self) -> None:
            raise AssertionError

    @dataclass(frozen=True)
    class Wide:
        number: int

    for cls in (Filled, Checked, Wide):
        with pytest.raises(TypeError, match=cls.__name__):
            quickly(cls)
