"""told: a claim with what only its sentence knows of its place among the others."""

from dataclasses import dataclass

from tollbook.model.claim import Claim
from tollbook.model.made import quickly


@quickly
@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what only its sentence knows: the list it stands in, and words that set it apart.

    `group` is equal for figures listed together for one harm; `others` says "three others" (`other_harm`: others than
    those of another harm); `update` "rose to" or a toll told anew (`revised`: said to be another than before),
    `earlier` "had first put", `total` "a total of", `in_all` "in total" (the sum even of one figure before it),
    `apart` "in a separate attack"; `attackers` that these are the ones who attacked; `later` that they
    died after the others, so that a toll told after that holds them; `tabled` that the figure stands in a table or list,
    whose rows share out one total; `recounted` that its words are of people told before ("the dead were"); `turned`
    that only who speaks may be another ("meanwhile, an officer said"); `among` that they are some of those told before,
    whoever says so ("nine children were among the dead"); `definite` that its words are of so many told before ("the 20 deaths");
    `rest` that they are those of a figure told before that are left ("the remaining 70");
    `particular` that people are told by what they were, not only as men: "a driver"; `new` that he is new: "a";
    `nation` whose people they are, where words say so, of soldiers also those of who speaks: "the Israeli army said …";
    `several` that its words are of several attacks ("in two attacks"), which those told after share out;
    `attacked` that attacks killed them, and no fight of two sides; `bodies` that bodies were counted, not who died;
    `placed` and `dated` that its own words, not those told before, say where and when people were harmed; `received` that
    they are counted where they were received: "the hospital had taken in 16 injured people"; `joined` that "and" joins
    its clause to another: "and three people were shot dead"; `plainly` that it says no more than that they were killed;
    `spread` that its words are of what went on in many places, `across` that its place is told as the area of it: "strikes
    across the strip"; `hand` whose deed it was, a state's or a group's;
    `known` that it is told of an attack by the place that it is known by ("in the Beirut bombing"); `filed` that its place
    is where the report was sent from; `also_then` that it goes on to another event of the day
    ("Also Thursday, …");
    `in_turn` where in the text the first of several deeds is told whose next one harmed them: "the first killed four …";
    `opened` how many sentences before it, in its paragraph, turns to another event ("Elsewhere, a bomb went off in the port");
    `shared_over` over how many incidents a coder's rule shares a figure out that is told of them together;
    `also` that only an "also" sets its people apart; `companion` who belongs to one told right before ("his driver");
    `fewer` how many of those hurt are told dead: "shot four people, killing one";
    `another` that words with a noun tell of one more person: "another clerk";
    `calling` by which calling people are told, if it is one apart from others: "clerks", not "workers";
    `by_group` that an armed group counts the dead of a state's forces;
    `came` that people are told to come, who may be told as fleeing too: "900 people arrived".
    """

    claim: Claim
    group: tuple[int, int]
    sentence: int
    others: bool = False
    update: bool = False
    total: bool = False
    in_all: bool = False
    apart: bool = False
    attackers: bool = False
    other_harm: bool = False
    earlier: bool = False
    aside: str = (
        ""  # why it does not count from the first: it is of another event, told again by another word
    )
    put: bool = False  # somebody put the toll at so many
    revised: bool = False
    later: bool = False
    tabled: bool = False
    recounted: bool = False
    turned: bool = False
    coded: bool = False  # a note says that it counts so many: "fatalities coded as 3"
    among: bool = False
    definite: bool = False
    rest: bool = False
    particular: bool = False
    new: bool = False
    nation: str | None = None
    attacked: bool = False
    several: bool = False
    bodies: bool = False
    placed: bool = True
    dated: bool = True
    received: bool = False
    joined: bool = False
    plainly: bool = False
    spread: bool = False
    across: bool = False
    opened: int = 0
    also_then: bool = False
    in_turn: int | None = None
    filed: bool = False
    known: bool = False
    shared_over: int = 1
    hand: str = ""
    also: bool = False
    companion: bool = False
    fewer: int = 0
    another: bool = False
    calling: str = ""
    by_group: bool = False
    came: bool = False
