"""role: the alphabet in which the mentions of a sentence spell a word.

One letter a mention. An order (grammar/order.py) is a pattern over these letters; a pack writes it with the names.
"""

COUNT = "N"  # a number of people with no noun: "12 were killed"
VICTIM = "V"  # people, with a number or as one person: "12 soldiers", "the mayor"
UNSURE = "U"  # a number with a noun nobody knows: "12 Zarmans"
NAME = "P"  # a person's name
PARTICIPLE = "K"  # killed, wounded: passive or active
ACTIVE = "A"  # killing, kills
DIED = "I"  # died, fled
STATE = "D"  # dead, missing
EVENT = "S"  # deaths, injuries, bodies
PEOPLE = "R"  # fatalities, refugees: a counted word for people that says what befell them
TOLL = "T"  # death toll
LIVES = "L"  # lives
BE_ONE = "w"
BE_MANY = "a"
HAVE = "h"
ADVERB = "d"
AND = "&"
COMMA = ","
OPEN = "j"
CLOSE = "k"
COLON = ":"
BREAK = "B"
INCLUDING = "i"
BESIDES = "e"
WITHOUT = "z"
OF = "o"
BY = "b"
PREPOSITION = "p"
RELATIVE = "r"
SAID = "s"
NOT = "n"
RISING = "v"
TAKING = "g"
LOSING = "G"  # lost: what a side does whose people die
TIME = "t"
DASH = "y"
QUOTE = "q"
POSSESSIVE = "'"  # a name in the possessive: "Haddad's"
PRONOUN = "m"
ONE_PERSON = "f"  # he, her: a pronoun for one person
STOP = "."
ALONGSIDE = "l"  # along with
COMPARED = "c"  # compared to: before the figure of another time
OTHER = "x"

# how a pack's orders name the letters
NAMES = {
    "count": COUNT,
    "victim": VICTIM,
    "unsure": UNSURE,
    "name": NAME,
    "participle": PARTICIPLE,
    "active": ACTIVE,
    "died": DIED,
    "state": STATE,
    "event": EVENT,
    "people": PEOPLE,
    "toll": TOLL,
    "lives": LIVES,
    "be_one": BE_ONE,
    "be_many": BE_MANY,
    "have": HAVE,
    "adverb": ADVERB,
    "and": AND,
    "comma": COMMA,
    "open": OPEN,
    "close": CLOSE,
    "colon": COLON,
    "break": BREAK,
    "including": INCLUDING,
    "besides": BESIDES,
    "without": WITHOUT,
    "of": OF,
    "by": BY,
    "preposition": PREPOSITION,
    "relative": RELATIVE,
    "said": SAID,
    "not": NOT,
    "rising": RISING,
    "taking": TAKING,
    "losing": LOSING,
    "time": TIME,
    "dash": DASH,
    "quote": QUOTE,
    "possessive": POSSESSIVE,
    "pronoun": PRONOUN,
    "one_person": ONE_PERSON,
    "stop": STOP,
    "alongside": ALONGSIDE,
    "compared": COMPARED,
    "other": OTHER,
}

SIGNS = {
    ",": COMMA,
    "(": OPEN,
    "[": OPEN,
    ")": CLOSE,
    "]": CLOSE,
    ":": COLON,
    ";": BREAK,
    ".": STOP,
    "!": STOP,
    "?": STOP,
    "؟": STOP,
    "。": STOP,
    "–": DASH,
    "—": DASH,
    "-": DASH,
    '"': QUOTE,
    "“": QUOTE,
    "”": QUOTE,
    "«": QUOTE,
    "»": QUOTE,
    "،": COMMA,
    "؛": BREAK,
    "/": AND,
}
