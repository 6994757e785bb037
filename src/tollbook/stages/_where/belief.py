"""belief: a name -> how far it is believed to be a place: what its words say, and those beside it.

The points are not probabilities; they were set on news texts so that about zero means "as likely as not".
"""

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._place_cues import STRONG, WEAK, cues_of
from tollbook.stages._where.sides import sides_of, silence_of
from tollbook.stages._where.starts import NAMES, bare, names_of
from tollbook.world.gazetteer import Gazetteer

_STEPS_BACK = 4  # words passed over between a preposition and its place: "in the far northern X"
_LARGE = 100_000  # people of a town above which its name hardly means anything else
_LANDS = ("country", "region")


class Belief:
    """Weighs names of one sentence after another; whoever walks over the sentences says which is the present one."""

    def __init__(self, view: View, pack: Pack, gazetteer: Gazetteer) -> None:
        """Take a text, the language it is in, and the gazetteer to look up."""
        self.view, self.gazetteer, self.cues = view, gazetteer, cues_of(pack)
        self._words, self._folded = view.words, view.folded
        self.people = people_of(pack)
        self.persons: set[str] = set()  # folded words that the text uses as names of persons
        self._sentence = self._first = self._last = 0
        self._shouted = False
        self._names, self._sides, self._silence = names_of(pack), sides_of(pack), silence_of(pack)

    def _is_ordinary(self, i: int) -> bool:
        """Tell whether, all being capitals, the word at i is an ordinary one that begins no known name."""
        folded = self._folded
        fold = bare(self.cues, folded[i]) if "'" in folded[i] else folded[i]
        if fold not in self.cues.common:
            return False
        if fold in self.cues.ordinary.firsts and self.cues.ordinary.at(self._folded, i, self._last):
            return False
        following = self._folded[i + 1] if i + 1 < self._last else "."
        return not (following[0].isalpha() and following not in self.cues.common)

    def _all_ordinary(self, i: int, k: int) -> bool:
        """Tell whether words i..k are ordinary ones, so that no capital vouches for a name."""
        if self.cues.ordinary.at(self._folded, i, k + 1):
            return False
        return all(
            (bare(self.cues, f) if "'" in f else f) in self.cues.common or not f[0].isalpha()
            for f in self._folded[i : k + 1]
        )

    def _is_acronym(self, i: int, level: str) -> bool:
        """Tell whether a short word in capitals rather is an abbreviation than a place that is no country."""
        if level in _LANDS:
            return False
        return level != "adm1" or self._folded[i] not in self.cues.abbreviations.firsts

    def _is_identity(self, word: str) -> bool:
        """Tell whether a folded word is a people or a faith, and no gazetteer has a place of that name."""
        noun = self.people.get(word)
        return self.people.is_identity(word) or (noun is not None and noun.identity)

    def _beside(self, i: int, j: int) -> tuple[str | None, float]:
        """Return the kind that a word beside the name gives it, and how strongly what stands before says it is a place."""
        cues, folded = self.cues, self._folded
        if i > self._first:
            side = self._sides[folded[i - 1], folded[j + 1] if j + 1 < self._last else ""]
            if side is not None and (
                not side[1] or i - 1 == self._first or folded[i - 2] not in cues.hitting
            ):
                return side  # most
        after = (
            cues.features.at(folded, j + 1, self._last)
            if j + 1 < self._last and folded[j + 1] in cues.features.firsts
            else None
        )
        k, steps = i - 1, 0
        while k > self._first and steps < _STEPS_BACK and folded[k] in cues.directions:
            k, steps = k - 1, steps + 1
        if k < self._first:
            return (after.sense, 3.0) if after else (None, 0.0)
        if folded[k] in cues.of and k > self._first:
            before = cues.features.at(folded, k - 1, k)
            if before is not None:
                return (after or before).sense, 3.0  # "the village of X district" is in X
            if folded[k - 1] in cues.around:  # "the area of X"
                return after.sense if after else None, 3.0
            if folded[k - 1] in cues.hitting:  # "shelling of X"
                return after.sense if after else None, STRONG
        elif folded[k] in cues.locative and k > self._first and folded[k - 1] in cues.hitting:
            return (after.sense if after else None), STRONG  # "raids on X"
        elif cues.features.get(folded[k]) is not None and not after:
            return None, WEAK
        cue = cues.locative.get(folded[k], 0.0)
        if after is not None:
            return after.sense, max(cue, 2.5)
        return None, cue + (
            1.0 if steps and folded[i - 1] != folded[k] and folded[i - 1] in cues.directions else 0.0
        )

    def _persons_or_bodies(self, i: int, j: int, end: int, wide: bool) -> float:
        """Return what the words before and after say against a place: a title, a surname, a body's name."""
        k = i - 1
        if k < self._first or self._silence[self._words[k]].before:  # most
            return self._behind(i, j, end, wide)
        view, cues, folded = self.view, self.cues, self._folded
        against, person = 0.0, False
        if folded[k] == "." and k > self._first and view.ends[k - 1] == view.starts[k]:
            k -= 1
        before = folded[k]
        if "'" in before and bare(self.cues, before) != before:
            owner = self.gazetteer.word(bare(self.cues, before)).entries[:1]
            if not owner or owner[0].level not in ("country", "adm1", "region"):
                return self._behind(i, j, end, wide)  # "the Brigade's Libertad Battalion"
            if i == j and folded[i] in cues.given:  # "Russia's Vladimir Putin" is no town of Russia
                return self._behind(i, j, end, wide) - 1.5
            return -1.5
        touching = view.starts[i] - view.ends[i - 1] <= 1
        if (
            before in cues.titles
            or before in cues.kin
            or (before in cues.called.lasts and self._is_called(k))
            or (len(before) == 1 and k < i - 1)
        ):
            against += 5.0
            person = True
        elif touching and (before in cues.particles or (folded[i - 1] in "-–" and not wide)):
            against += 3.0
        elif touching and before in cues.given:
            against += 4.0
            person = True
        elif touching and self._is_name(k) and before not in cues.directions:
            if (self.gazetteer.word(view.words[k]).entries[:1] and wide) or self._in_country(j):
                against += 1.0
            else:
                against += 3.0
                person = True
        if person and (not wide or folded[j] in cues.given):
            self.persons.add(bare(self.cues, folded[j]))
        return against + self._behind(i, j, end, wide)

    def _behind(self, i: int, j: int, end: int, wide: bool) -> float:
        """Return what the word behind a name says against a place: a surname, a body, a verb of speech."""
        view, folded, k = self.view, self._folded, j + 1
        if k >= self._last or view.starts[k] - end > 1:
            return 0.0
        silence, cues = self._silence[view.words[k]], self.cues
        given = i == j and folded[i] in cues.given
        if not given and silence.behind_shouted if self._shouted else silence.behind:  # most
            return 0.0
        after = folded[k]
        if after in cues.organisations or self._is_body(k):
            building = after in cues.buildings
            if building and view.words[k].islower() and self._is_city(i, j):
                return 0.5  # "gunmen storm Mogadishu hotel"
            return 0.5 if wide else 2.0 if building else 3.5
        if after in cues.said:
            return 0.0 if wide else 1.0
        if not view.words[k][0].isupper() or after in cues.titles or cues.features.get(after) is not None:
            return 0.0
        if given:
            return 4.0
        if self._is_name(k) and cues.demonyms.get(after) is None:
            return 2.5
        return 0.0 if self._shouted else 0.5

    def _is_city(self, i: int, j: int) -> bool:
        """Tell whether words i..j are best known as a large town's own name."""
        best = self.gazetteer.word(self._words[i]).entries[:1] if i == j else ()
        return bool(best) and best[0].main and best[0].population > _LARGE

    def _is_called(self, k: int) -> bool:
        """Tell whether words that end at word k say what somebody, and no place, is called: "identified as Devon"."""
        folded, called = self._folded, self.cues.called
        for i in range(max(self._first, k - 3), k + 1):
            hit = called.at(folded, i, k + 1)
            if hit is not None and hit.last == k:
                kind = (
                    i > self._first and self.cues.features.get(folded[i - 1]) is not None
                )  # "a village called X"
                return not kind
        return False

    def _in_country(self, j: int) -> bool:
        """Tell whether a country stands behind word j and a comma: "Grad Sofia, Bulgaria" is no person."""
        if j + 2 >= self._last or self._words[j + 1] != ",":
            return False
        after = self.gazetteer.word(self._words[j + 2]).entries[:1]
        return bool(after) and after[0].level == "country"

    def _is_body(self, k: int) -> bool:
        """Tell whether one of the two words behind word k says what it is called: "the Arce Battalion Command"."""
        words, n = self._words, k + 1
        while not self._shouted and n < min(k + 3, self._last) and words[n - 1][0].isupper():
            if self._folded[n] in self.cues.organisations:
                return True
            n += 1
        return False

    def _is_name(self, k: int) -> bool:
        return self._names[self._words[k]] in NAMES
