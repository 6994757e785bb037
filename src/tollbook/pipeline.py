"""pipeline: the order of the stages, written once.

A source gives reports. *Strip* a report of its furniture, *split* the text into sentences, find *when* and *where*,
*spot* the mentions, *form* claims, *describe* the victims, *blame* the parties, *weigh* and *hear* each claim, *note*
effects, *settle* what adds up, and hear who *responds* to it.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from tollbook.grammar.account import Account
from tollbook.grammar.draft import Draft
from tollbook.grammar.kinds import Kinds
from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, installed_packs, load_pack, order_lines
from tollbook.model.claim import Claim, Means, Origin, PartOf, Party
from tollbook.model.count import Count
from tollbook.model.explanation import Explanation
from tollbook.model.made import changed
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.report import Report
from tollbook.model.telling import Effect
from tollbook.model.text import Evidence, Span, Warning
from tollbook.profiles.profile import Profile, load_profile
from tollbook.stages._blame.held import held_by
from tollbook.stages._dated_lines import dated_with_whole, of_own_line
from tollbook.stages._days_before import with_days_before
from tollbook.stages._form.families import warn_of_families
from tollbook.stages._hands import with_counts_of_groups
from tollbook.stages._locate.parts import told_about
from tollbook.stages._locate.proper_places import persons_only
from tollbook.stages._locate.sites import Sites, sites_of
from tollbook.stages._scope.report import main_period
from tollbook.stages._shared_totals import shared_out
from tollbook.stages._taken_up import taken_up
from tollbook.stages._unblamed import unblamed
from tollbook.stages._unknown_places import warn_of_unknown
from tollbook.stages.answer import answered
from tollbook.stages.blame import background_means, means_for, parties_for, party_at, without_losers
from tollbook.stages.describe import victims_of
from tollbook.stages.doubt import doubt
from tollbook.stages.explain import Places, explain
from tollbook.stages.form import form, orders_of_pack
from tollbook.stages.hear import Voices, find_voices, origin_for, unspoken, voice_marks, without_towns
from tollbook.stages.locate import place_before, place_of_whole, places_for
from tollbook.stages.note import effect_marks, note_effects
from tollbook.stages.respond import act_marks, statements_of
from tollbook.stages.scope import scopes_of
from tollbook.stages.settle import settle
from tollbook.stages.split import CASES, end_marks, split
from tollbook.stages.spot import harm_marks, spell, spot
from tollbook.stages.strip import strip
from tollbook.stages.tabulate import tabulate, with_tables
from tollbook.stages.weigh import cued, modality_of, told_of
from tollbook.stages.when import Datable, datable, date_for, find_times, time_marks
from tollbook.stages.where import capital_marks, find_capitals, find_places, place_marks
from tollbook.world.gazetteer import Gazetteer, open_gazetteer

READER = "grammar 1"
_LABELLED = ("labels", "label")  # orders of a line of figures: "Injured: 340"


@dataclass(frozen=True, slots=True)
class _Found:
    """What a text yields before any claim is formed."""

    view: View
    times: tuple[Period, ...]  # every time the text tells
    dates: tuple[Period, ...]  # those by which events are dated
    datable: Datable
    places: tuple[Place, ...]
    sites: Sites  # the places and where a capital is meant
    voices: Voices


def read_report(
    report: Report,
    *,
    profile: str = "house",
    pack: Pack | None = None,
    gazetteer: Gazetteer | None = None,
    account: Account | None = None,
) -> Reading:
    """Read one report: every claim with its evidence, effects, statements, places, dates, and the toll.

    `profile` names the counting rule; `pack` and `gazetteer` stand in for those that the report's language calls for;
    an `account` is told how the claims were formed, and changes nothing.
    """
    if pack is None and not _has_pack(report.language):
        return _unread(report)
    pack = pack or load_pack(pack_code(report.language))
    furniture = strip(report.text, pack)
    found = _find(report, pack, gazetteer or open_gazetteer(), furniture)
    view = found.view
    rule = load_profile(profile)
    if account is not None:
        account.view, account.dates = view, found.dates
    tables = tabulate(view, pack)
    blocked = [*_words_of(view, found.dates), *tables.words]
    formed = with_tables(form(spot(view, pack, blocked), pack, account), tables)
    drafts = persons_only(view, unspoken(view, formed, found.voices), found.places)
    if account is not None:
        account.drafts, account.blocked = drafts, blocked
    telling = cued(view, pack, drafts)
    claims = [
        _claim(number, draft, found, report, pack, rule, harmed, telling)
        for number, (draft, harmed) in enumerate(zip(drafts, unblamed(view, drafts), strict=True), 1)
    ]
    claims = _scoped(claims, drafts, found, report, pack)
    told = _weighed(claims, drafts, telling, view, pack, report.published)
    told = shared_out(view, pack, told) if rule.shares_out else told
    settled = settle(told, attackers_apart=rule.attackers_apart)
    final = dated_with_whole(settled.claims)
    statements = statements_of(view, [(v.first, v.last) for v in found.voices.voices], pack, final)
    sure, doubts = doubt(view, pack, final, drafts, settled.toll, account)
    return Reading(
        report,
        answered(view, pack, sure, statements),
        tuple(_placed(effect, found, report, pack) for effect in note_effects(view, pack)),
        statements,
        found.places,
        found.times,
        settled.toll,
        (*furniture, *_unread_in_full(found, drafts), *settled.warnings, *doubts),
    )


def _weighed(
    claims: Sequence[Claim], drafts: Sequence[Draft], cued: Set[int], view: View, pack: Pack, day: str | None
) -> list[Told]:
    """Tell of each claim what its sentence says of its place among the others; few sentences (`cued`) say much."""
    pairs = zip(claims, drafts, strict=True)
    told = [told_of(view, pack, claim, draft, spoken=draft.sentence in cued) for claim, draft in pairs]
    told = with_counts_of_groups(view, pack, told)
    return taken_up(view, pack, with_days_before(view, pack, drafts, told, day))


def explain_report(
    report: Report, *, profile: str = "house", pack: Pack | None = None, gazetteer: Gazetteer | None = None
) -> Explanation:
    """Read one report and tell why each claim was formed and what became of each number; arguments as for reading."""
    account = Account()
    reading = read_report(report, profile=profile, pack=pack, gazetteer=gazetteer, account=account)
    known = pack or load_pack(pack_code(report.language))
    every = spell(account.view, known, account.blocked) if account.view is not None else []
    orders = {order.name: order for order in orders_of_pack(known)}
    return explain(reading, known, account, every, Places(orders, order_lines(known)))


def _has_pack(language: str | None) -> bool:
    return language is None or pack_code(language) == language.split("-")[0].lower()


def _unread(report: Report) -> Reading:
    """Return a reading that says why nothing was read: no pack knows the language, and another would misread it."""
    known = ", ".join(installed_packs())
    warning = Warning(
        "language_unread",
        f"the text is in “{report.language}”, for which there is no language pack (installed: {known}): nothing was"
        " read; give --language where this is wrong",
        None,
        None,
    )
    return Reading(report, (), (), (), (), (), (), (warning,))


def pack_code(language: str | None) -> str:
    """Return the pack for a language tag ("en-GB" reads with "en"); English where the tag is unknown."""
    code = (language or "en").split("-")[0].lower()
    return code if code in installed_packs() else "en"


def _find(report: Report, pack: Pack, gazetteer: Gazetteer, furniture: Sequence[Warning]) -> _Found:
    skip = [Span(w.start, w.end) for w in furniture if w.start is not None and w.end is not None]
    view = split(report.text, pack, skip, _kinds(pack, gazetteer))
    places = find_places(view, pack, gazetteer)
    voices = without_towns(view, pack, find_voices(view, pack), places)
    capitals = find_capitals(view, pack, gazetteer, places)
    times = find_times(view, pack, report.published)
    speakers = sorted({(view.starts[v.first], view.ends[v.last]) for v in voices.voices})
    return _Found(
        view,
        times.every,
        times.dating,
        datable(view, pack, times.dating, report.published),
        places,
        sites_of(view, pack, places, capitals, speakers),
        voices,
    )


@lru_cache(maxsize=8)
def _kinds(pack: Pack, gazetteer: Gazetteer) -> Kinds:
    """Gather what the stages ask of single words, for a language and a gazetteer."""
    (parts, telling), (signs, speaking) = time_marks(pack), voice_marks(pack)
    of_folded = (
        end_marks(pack),
        telling,
        harm_marks(pack),
        speaking,
        act_marks(pack),
        *effect_marks(pack),
        capital_marks(pack),
    )
    return Kinds((CASES, place_marks(pack, gazetteer), parts, signs), of_folded)


def _words_of(view: View, dates: Sequence[Period]) -> list[tuple[int, int]]:
    """Return the words of each time expression, in which no number counts people."""
    return [(view.word_at(d.start_offset), view.word_at(d.end_offset - 1)) for d in dates]


def _claim(
    number: int,
    draft: Draft,
    found: _Found,
    report: Report,
    pack: Pack,
    profile: Profile,
    harmed: Sequence[tuple[int, int]],
    spoken: Set[int],
) -> Claim:
    """Fill the slots of one draft."""
    view, stated = found.view, draft.stated
    start, end = view.starts[draft.first], view.ends[draft.last]
    low, best, high = profile.figures(stated.kind, stated.low, stated.high, stated.vague, stated.times)
    a, b = view.starts[stated.first], view.ends[stated.last]
    count = Count(
        view.text[a:b], a, b, stated.kind, low, best, high, stated.kind in ("vague", "some"), profile.name
    )
    victims = victims_of(view, pack, draft.noun_first, draft.noun_last)
    origin = origin_for(view, found.voices, start, end)
    own = told_about(view, found.sites.places, draft)
    near = _told_at(view, found, draft, own)
    where = (place_before(found.sites, a) if draft.shared_out else ()) or of_own_line(
        view, found.dates, start, _wide(draft, places_for(found.sites, *near))
    )
    by = _doers(view, pack, draft, (start, end), harmed, origin, where[0].country if where else None)
    return Claim(
        id=f"c{number}",
        harm=held_by(draft, view, pack, by),  # type: ignore[arg-type]  # the pack's harms are the record's
        count=count,
        victims=victims,
        by=by,
        means=means_for(view, pack, start, end, draft.harm),
        where=where,
        when=date_for(
            view, pack, found.datable, start, end, report.published, lined=draft.order in _LABELLED
        ),
        origin=origin,
        scope="incident",
        modality=modality_of(view, pack, draft, by[0].start if by else None, spoken=draft.sentence in spoken),
        part_of=None
        if draft.parent is None
        else PartOf(f"c{draft.parent + 1}", draft.relation or _relation(victims)),  # type: ignore[arg-type]  # a relation
        supersedes=None,
        evidence=Evidence(start, end, view.text[start:end], view.sentence_span(draft.sentence)),
        reader=READER,
    )


def _doers(
    view: View,
    pack: Pack,
    draft: Draft,
    told: tuple[int, int],
    harmed: Sequence[tuple[int, int]],
    origin: Origin | None,
    scene: str | None,
) -> tuple[Party, ...]:
    """Return who is said to have done it: of a row of a table, only whom its table names."""
    if draft.table is not None or draft.implied:
        return () if draft.doer is None else party_at(view, pack, *draft.doer)
    speaker = None if origin is None else (origin.start, origin.end)
    found = parties_for(view, pack, *told, harmed, draft.done_by_subject, speaker, scene)
    return found if not draft.of_losers else without_losers(view, pack, told[0], harmed, found)


def _wide(draft: Draft, where: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places of a claim; the total of a table is of no single row's place, nor a share of another's."""
    if draft.shared_out:  # beside a name that is no known place
        return tuple(p for p in where if p.level in ("adm1", "country"))
    return tuple(p for p in where if p.level == "country") if draft.sums_up else where


def _told_at(view: View, found: _Found, draft: Draft, own: tuple[int, int]) -> tuple[int, int]:
    """Return the characters about which a claim's places are told: of a row that names none, the head of its table."""
    if draft.table is None or any(own[0] <= p.start < own[1] for p in found.sites.places):
        return own
    return view.starts[draft.table], view.ends[draft.table]


def _relation(victims) -> str:  # type: ignore[no-untyped-def]  # Victims
    """Tell parts that cannot overlap (by status) from those that can (by age, sex, calling)."""
    if victims.age_group or victims.sex:
        return "overlay"
    return "partition" if victims.status != "unknown" and not victims.identities else "overlay"


def _scoped(
    claims: Sequence[Claim], drafts: Sequence[Draft], found: _Found, report: Report, pack: Pack
) -> list[Claim]:
    """Set each claim's scope, now that the report's own period is known."""
    periods = [c.when for c in claims]
    wholes = [when for when, draft in zip(periods, drafts, strict=True) if draft.parent is None]
    main = main_period(wholes, report.published)  # a total told with all its parts is one figure, not many
    scopes = scopes_of(found.view, pack, drafts, periods, report.published, main)
    apart = set(background_means(pack))
    out = []
    for claim, draft, scope in zip(claims, drafts, scopes, strict=True):
        told = {m.name for m in claim.means}
        means = _own_means(claim, claims, report.text) if told and told <= apart else claim.means
        done = draft.done_by_subject and any(p.basis == "stated" for p in claim.by)  # gunmen are no polio
        named = "background" if means and told <= apart and not done else scope
        where = _whole(claim) if named == "cumulative" else claim.where
        as_before = named == claim.scope and means is claim.means
        out.append(claim if as_before else changed(claim, scope=named, where=where, means=means))
    return _spread(out)


def _own_means(claim: Claim, claims: Sequence[Claim], text: str) -> tuple[Means, ...]:
    """Return what befell all people of a claim, not only a part of them or those of another clause.

    "Six soldiers die; two in a helicopter crash": the others of the six did not.
    """
    others = [
        o.count.start
        for o in claims
        if o.harm == claim.harm
        and o.count.start >= claim.count.end
        and (
            (o.part_of is not None and o.part_of.claim == claim.id)
            or (
                o.evidence.sentence == claim.evidence.sentence
                and ";" in text[claim.count.end : o.count.start]
            )
        )
    ]
    return tuple(m for m in claim.means if not any(at <= m.start for at in others))


def _spread(claims: Sequence[Claim]) -> list[Claim]:
    """Give a total whose parts have places of their own the place that holds them, not that of the first."""
    parts: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.part_of is not None:
            parts.setdefault(claim.part_of.claim, []).append(claim)
    out = []
    for claim in claims:
        own = [c for c in parts.get(claim.id, ()) if c.evidence.sentence == claim.evidence.sentence]
        where = place_of_whole(claim, own) if len(own) > 1 else claim.where
        out.append(claim if where is claim.where else changed(claim, where=where))
    return out


def _whole(claim: Claim) -> tuple[Place, ...]:
    """Return the places of a running total: where its own sentence names none, the country is meant and not a town."""
    sentence = claim.evidence.sentence
    if any(sentence.start <= p.start < sentence.end for p in claim.where):
        return claim.where
    return tuple(p for p in claim.where if p.level == "country") or claim.where


def _placed(effect: Effect, found: _Found, report: Report, pack: Pack) -> Effect:
    when = date_for(found.view, pack, found.datable, effect.start, effect.end, report.published)
    return changed(effect, where=places_for(found.sites, effect.start, effect.end), when=when)


def _unread_in_full(found: _Found, drafts: Sequence[Draft]) -> list[Warning]:
    return [*warn_of_unknown(found.places), *warn_of_families(found.view, drafts)]
