"""sums: the voices on one harm, put side by side: the row of everyone, a row for each status, what disagrees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tollbook.model.claim import Harm, Status
from tollbook.model.incident import Conflict
from tollbook.model.origin import CARRIERS
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.profiles.toll_rule import TollRule
from tollbook.stages._tally.across import Outcome, Share, combine
from tollbook.stages._tally.voices import ALL, Figures, Ledger, Said, Voice, add

USES = ("used", "agrees", "same_origin", "repeated", "superseded", "part_of", "out_of_scope", "set_aside")
ORDER: tuple[Status, ...] = ("civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown")


@dataclass(frozen=True, slots=True)
class Sums:
    """The voices on one harm, ready to be put side by side."""

    rule: TollRule
    floors: frozenset[str]
    ledger: Ledger
    voices: Sequence[Voice]
    foes: Sequence[Voice]

    def rows(
        self, harm: Harm, own: Sequence[Testimony], areas: Sequence["Sums"]
    ) -> tuple[list[Toll], list[Conflict]]:
        """Return the row of everyone, then a row for each status that is told; `areas` are told of parts of the place."""
        wholes = [(v, *self._whole(v)) for v in self._tellers()]
        silent = self._echoes([(v, said) for v, said, _ in wholes])
        shares = [self._share(v, said) for v, said, _ in wholes if v.origin.id not in silent]
        enemy = [self._share(v, self._whole(v)[0], "enemy") for v in self.foes]
        earlier = [s for v in self.voices for s in v.ever.get(ALL, ())]
        outcome = combine([*shares, *enemy], earlier, self.rule)
        outcome = self._over_areas(outcome, areas)
        self._enter(outcome, wholes)
        rest = {s: self._status(s, silent) for s in self._statuses()}
        entries = self.ledger.entries
        for one in own:  # whatever no rule has named
            self.ledger.write(
                [one.id], "part_of", f"“{one.claim.count.quote}” is among those counted already; not added"
            )
        rows = [
            Toll(harm, "all", *outcome.figures, tuple(sorted((entries[t.id] for t in own), key=_order(own))))
        ]
        for status, (row, claims) in rest.items():
            if not claims and all(f is None for f in row):
                continue
            ledger = [
                Entry(c, "used", f"counts the victims told as {status.replace('_', ' ')}")
                for c in sorted(claims)
            ]
            others = [entries[t.id] for t in own if t.claim.victims.status == status and t.id not in claims]
            ledger += sorted(others, key=_order(own))
            rows.append(Toll(harm, status, *row, tuple(ledger)))
        return rows, self._conflicts(harm, outcome)

    def outcome(self) -> Outcome:
        """Return what the voices on one part of the area come to."""
        wholes = [(v, self._whole(v)[0]) for v in self._tellers()]
        silent = self._echoes(wholes)
        shares = [self._share(v, said) for v, said in wholes if v.origin.id not in silent]
        return combine(shares, [s for v in self.voices for s in v.ever.get(ALL, ())], self.rule)

    def _tellers(self) -> Sequence[Voice]:
        """Return the voices that say how many there were in all; who says only how many of them were police says it not."""
        return [v for v in self.voices if v.tells_whole] or self.voices

    def _over_areas(self, whole: Outcome, areas: Sequence["Sums"]) -> Outcome:
        """Let the parts of an area stand for it where they are told apart, make more, and the whole is told loosely."""
        made = [a.outcome() for a in areas if a.voices]
        bests = [o.figures[1] for o in made]
        best = whole.figures[1]
        loose = best is None or any(s.said.loose and s.value == best for s in whole.used)
        if (
            len(made) < 2
            or any(b is None for b in bests)
            or not loose
            or sum(b or 0 for b in bests) < (best or 0)
        ):
            return whole
        total = add([o.figures for o in made])
        words = " + ".join(f"{b:,}" for b in bests) + f" = {total[1]:,}"
        for outcome in made:
            for share in outcome.used:
                if share.value == outcome.figures[1]:
                    self.ledger.write(
                        share.said.testimonies, "used", f"{share.said.quote} of a part of the area; {words}"
                    )
        for share in whole.used:
            self.ledger.write(
                share.said.testimonies, "agrees", f"{share.said.quote} is the total of {words}, not added"
            )
        high = total[2] if whole.figures[2] is not None or not whole.used else None
        return Outcome((total[0], total[1], high), (), whole.overtaken, words)

    def _whole(self, voice: Voice) -> tuple[Said, str]:
        """Return what an origin says of everyone: its total, or the sum of those it counts by status; and in words how."""
        total = voice.now.get(ALL)
        parts = [said for key, said in sorted(voice.now.items()) if key != ALL]
        if not parts:
            assert total is not None
            return total, f"the figure {total.quote} of {voice.origin.name}"
        value = sum(p.value or 0 for p in parts)
        words = (
            " + ".join(f"{p.value or 0:,}" for p in parts) + f" = {value:,}"
            if len(parts) > 1
            else parts[0].quote
        )
        if total is not None:
            newer = any(p.published > total.published for p in parts)
            if value <= (total.value or 0) or not (newer or total.loose):
                within = (
                    f"; its parts ({words}) are within it" if len(parts) > 1 or value != total.value else ""
                )
                return total, f"the total {total.quote} of {voice.origin.name}{within}"
        latest = max(p.published for p in parts)
        made = Said(
            voice.origin, parts[-1].report, latest, add([p.figures for p in parts]), any(p.loose for p in parts),
            frozenset().union(*(p.revises for p in parts)), tuple(c for p in parts for c in p.testimonies), words,
        )  # fmt: skip
        if total is not None:
            self.ledger.write(
                total.testimonies, "agrees", f"{words}; {total.quote} is the total and is not added"
            )
        how = f"{words}, different people and so added" if len(parts) > 1 else f"the figure {parts[0].quote}"
        return made, f"{how} ({voice.origin.name})"

    def _share(self, voice: Voice, said: Said, role: str = "counts") -> Share:
        if role == "counts" and voice.origin.id in self.floors and self.rule.verified == "floor":
            role = "floor"
        figures = said.figures
        highs = [d.value or 0 for d in voice.dropped if ALL in voice.ever and d in voice.ever[ALL]]
        if highs and figures[2] is not None:  # a fall that nobody explains leaves the older figure possible
            figures = (figures[0], figures[1], max(figures[2], *highs))
        return Share(said, figures, role)

    def _echoes(self, wholes: Sequence[tuple[Voice, Said]]) -> set[str]:
        """Return the outlets that only repeat: what a counting origin said now or before, or an older figure than its."""
        sources = [(v, said) for v, said in wholes if v.origin.kind not in CARRIERS]
        known = {s.value for v, _ in sources for told in v.ever.values() for s in told} | {
            said.value for _, said in sources
        }
        newest = max((said.published[:10] for _, said in sources), default="")
        silent: set[str] = set()
        seen: set[int | None] = set()
        for voice, said in sorted(wholes, key=lambda w: (w[1].published, w[0].origin.id)):
            if voice.origin.kind not in CARRIERS:
                continue
            claims = [c for s in voice.now.values() for c in s.testimonies]
            name = voice.origin.name
            if said.value in known or any(_near(said, other) for _, other in sources):
                silent.add(voice.origin.id)
                self.ledger.write(
                    claims, "same_origin", f"{name} names no source and repeats a figure that others gave"
                )
            elif sources and said.published[:10] <= newest:
                silent.add(voice.origin.id)
                self.ledger.write(
                    claims, "superseded", f"{name} names no source; those who count have spoken since"
                )
            elif said.value in seen:
                silent.add(voice.origin.id)
                self.ledger.write(
                    claims,
                    "same_origin",
                    f"{name} names no source and gives the figure that another outlet gave",
                )
            seen.add(said.value)
        return silent

    def _enter(self, outcome: Outcome, wholes: Sequence[tuple[Voice, Said, str]]) -> None:
        how = {id(said): words for _, said, words in wholes}
        best = next(
            (s for s in outcome.used if outcome.why.startswith("the figure of " + s.said.origin.name)), None
        )
        for share in outcome.used:
            words = how.get(id(share.said), f"the figure {share.said.quote} of {share.said.origin.name}")
            if share.role == "floor":
                words += ": a verified floor, it holds low and leaves best alone"
            elif share.role == "enemy":
                words = f"{share.said.quote}: what {share.said.origin.name} says of those it fought, reaches high only"
                if self.rule.belligerents == "none":
                    self.ledger.write(
                        share.said.testimonies,
                        "set_aside",
                        words.replace("reaches high only", "counts nothing"),
                    )
                    continue
            elif len(outcome.used) > 1:
                words += (
                    f"; best is {outcome.why}" if best is share or best is None else "; bounds low and high"
                )
            self.ledger.write(share.said.testimonies, "used", words)
        for share in outcome.overtaken:
            self.ledger.write(
                share.said.testimonies, "superseded",
                f"{share.said.quote} of {share.said.origin.name} ({share.said.published[:10]}): higher figures came later",
            )  # fmt: skip
        for voice, said, words in wholes:  # parts of a total that is used
            for other in voice.now.values():
                if other is not said:
                    self.ledger.write(other.testimonies, "part_of", f"{other.quote} is within {words}")

    def _statuses(self) -> list[Status]:
        told = {key for v in (*self.voices, *self.foes) for key in v.now if key != ALL}
        whole = any(ALL in v.now for v in self.voices)
        return [s for s in ORDER if s in told or (s == "unknown" and whole)]

    def _status(self, status: Status, silent: set[str]) -> tuple[Figures, set[str]]:
        """Return the figures of one status over all origins, and the claims that make them."""
        shares = []
        claims: set[str] = set()
        for voice, role in [*((v, "counts") for v in self.voices), *((v, "enemy") for v in self.foes)]:
            if voice.origin.id in silent:
                continue
            said = voice.now.get(status)
            if said is None and status == "unknown":
                said = _remainder(voice, self.voices)
            if said is None:
                continue
            loose = voice.now.get("mixed") if status != "mixed" else None
            figures = said.figures
            if loose is not None and status == "civilian" and figures[2] is not None:
                figures = (
                    figures[0],
                    figures[1],
                    figures[2] + (loose.value or 0),
                )  # some of the mixed may be of these
            shares.append(self._share(voice, Said(
                said.origin, said.report, said.published, figures, said.loose, said.revises, said.testimonies, said.quote
            ), role))  # fmt: skip
            claims.update(said.testimonies)
        earlier = [s for v in self.voices for s in v.ever.get(status, ())]
        outcome = combine(shares, earlier, self.rule)
        gone = {c for s in outcome.overtaken for c in s.said.testimonies}
        return outcome.figures, claims - gone

    def _conflicts(self, harm: Harm, outcome: Outcome) -> list[Conflict]:
        values = {s.value for s in outcome.used if s.role == "counts" and s.value is not None}
        found = []
        if len(values) > 1:
            told = "; ".join(
                f"{s.said.origin.name}: {s.said.quote}" for s in outcome.used if s.role == "counts"
            )
            claims = tuple(c for s in outcome.used for c in s.said.testimonies)
            found.append(Conflict("origins_disagree", f"origins disagree on the {harm}: {told}", claims))
        for voice in self.voices:
            for said in voice.dropped:
                words = f"{voice.origin.name} fell from {said.quote} without saying why: a correction, or an old figure told late"
                found.append(Conflict("figure_fell", words, said.testimonies))
        return found


def _order(own: Sequence[Testimony]) -> Callable[[Entry], tuple[int, str, str]]:
    """Return what puts a ledger in the order in which it is read: what is used first, then why the rest is not; by time."""
    when = {t.id: t.reference.published or "9" for t in own}
    return lambda entry: (USES.index(entry.use), when[entry.claim], entry.claim)


def _near(said: Said, other: Said) -> bool:
    """Tell whether a loose figure of an outlet fits one that was counted."""
    if said.value is None or other.value is None:
        return said.value is None
    return said.loose and 0.7 * other.value <= said.value <= other.value


def _remainder(voice: Voice, voices: Sequence[Voice]) -> Said | None:
    """Return what an origin's total leaves when those of told status are taken off, whoever told of them."""
    total = voice.now.get(ALL)
    if total is None:
        return None
    parts = {key: s.value or 0 for key, s in voice.now.items() if key != ALL}
    for other in voices:
        for key, said in other.now.items():
            if (
                other is not voice
                and key not in voice.now
                and said.within
                and said.within <= {*total.testimonies}
            ):
                parts[key] = max(parts.get(key, 0), said.value or 0)
    taken = sum(parts.values())
    if not taken:
        return total
    if total.value is None or total.value <= taken:
        return None
    low, best, high = (None if f is None else max(f - taken, 0) for f in total.figures)
    return Said(
        total.origin, total.report, total.published, (low, best, high), total.loose, total.revises, total.testimonies,
        total.quote,
    )  # fmt: skip
