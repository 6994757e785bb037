"""method_markdown: Method -> the methodology page, in Markdown."""

import re

from tollbook.model.method import Holdings, Method, Rule
from tollbook.writers.words import harmless, number_of, plain

_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_CLAIMS = (
    "A claim is a figure that words of a report state, kept with their exact place. Included are people killed, injured, "
    "missing, abducted, detained and displaced, as asserted or estimated. Left out of tolls, and kept: what is feared, denied, "
    "threatened or supposed; running totals; other events told as background; furniture of pages."
)
_COUNTING = (
    "The rule *house* counts unless another is named. Copies of one story are heard once; independence is counted on origins, "
    "not outlets; a newer figure of an origin replaces its older one; parts are never added to their whole."
)
_REVIEW = (
    "What the machine read and what a person confirmed are different states everywhere. A decision names who, when and why, is "
    "never erased, and can be taken back by another."
)
_STATES = {"met": "met", "partly": "partly met", "not": "not met"}


def method_markdown(found: Method) -> str:
    """Write how a record is made as Markdown: sources, reading, counting, review, and the checklist."""
    held = found.holdings
    lines = [
        "# How this record is made", "",
        f"Made by {found.program} from the register as of {found.as_of}. "
        + (f"Digest of the newest entry of its log: {found.head}." if found.head else "Its log is empty."), "",
        "## What it holds", "",
        *_held(held),
        f"- Languages: {_named(held.languages)}", "",
        "## Sources", "", f"Outlets by how many reports: {_named(held.outlets)}.", "",
        "## Reading", "",
        f"Reader: {', '.join(found.readers)}. Places: {_safe(found.places)}. Language packs, with the digest of their files: "
        + "; ".join(f"{_safe(name)} {digest}" for name, digest in found.packs) + ".", "",
        _CLAIMS, "",
        "## Counting", "",
        _COUNTING, "",
    ]  # fmt: skip
    lines += [line for rule in found.rules for line in _rule(rule)]
    lines += [
        "", "## Review", "",
        _REVIEW, "",
        "## Standards for Casualty Recording", "", "| topic | demand | state | where |", "|---|---|---|---|",
    ]  # fmt: skip
    lines += [f"| {s.topic} | {s.demand} | **{_STATES[s.state]}** | {s.where} |" for s in found.standards]
    share = {state: sum(s.state == state for s in found.standards) for state in _STATES}
    lines += ["", f"{share['met']} met, {share['partly']} partly met, {share['not']} not met."]
    return "\n".join(lines) + "\n"


def _held(held: Holdings) -> list[str]:
    reports, claims = number_of(held.reports, "report"), number_of(held.claims, "claim")
    signed = f"{held.signed_off:,} {'is' if held.signed_off == 1 else 'are'} signed off by a person"
    decisions = number_of(sum(n for _, n in held.decisions), "decision")
    people = number_of(held.decided, "person", "people")
    return [
        f"- {reports} with {claims}, published {held.first or '?'} to {held.last or '?'}",
        f"- {number_of(held.incidents, 'incident')}, of which {signed}; all others are unreviewed",
        f"- {decisions} by {people}{_told(held.decisions)}",
    ]


def _rule(rule: Rule) -> list[str]:
    return [
        f"- **{rule.name}** {rule.version}: "
        + "; ".join(f"{plain(key)}: {value}" for key, value in rule.says)
    ]


def _named(groups: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{_safe(name)} {count:,}" for name, count in groups) or "none"


def _told(groups: tuple[tuple[str, int], ...]) -> str:
    return f" ({_named(groups)})" if groups else ""


def _safe(words: str) -> str:
    return _SIGNS.sub(r"\\\1", harmless(" ".join(words.split())))
