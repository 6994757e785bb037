"""methodology: the register and what is installed -> how the record is made, as it is really set up."""

import tomllib
from dataclasses import asdict
from functools import cache
from importlib import resources

from tollbook.desk.keeping import PROGRAM
from tollbook.desk.versions import pack_versions
from tollbook.lang.pack import load_pack
from tollbook.model.method import Method, Rule, Standard
from tollbook.pipeline import READER
from tollbook.profiles.toll_rule import installed_toll_rules, load_toll_rule
from tollbook.register import stream
from tollbook.register.holdings import holdings
from tollbook.register.moment import NOW
from tollbook.register.register import Register


def methodology(register: Register) -> Method:
    """Return how the record is made: program, packs, places and rules with their versions, what it holds, the checklist."""
    with register.reading() as connection:
        head, at = stream.head_of(connection, NOW)
        held = holdings(connection)
    packs = tuple((f"{load_pack(code).name} ({code})", digest) for code, digest in pack_versions())
    rules = tuple(_rule(name) for name in installed_toll_rules())
    return Method(
        PROGRAM, (at or "")[:10] or "an empty register", head, (READER,), packs, "GeoNames, embedded, with the user's own",
        rules, held, _standards(),
    )  # fmt: skip


def _rule(name: str) -> Rule:
    rule = load_toll_rule(name)
    says = {k: v for k, v in asdict(rule).items() if k not in ("name", "version")}
    return Rule(name, rule.version, tuple((key, _shown(value)) for key, value in says.items()))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; then ".join(", ".join(map(str, part)) for part in value) or "all alike"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@cache
def _standards() -> tuple[Standard, ...]:
    text = (resources.files("tollbook.writers") / "data" / "standards.toml").read_text(encoding="utf-8")
    return tuple(Standard(**row) for row in tomllib.loads(text)["standard"])


__all__ = ["methodology"]
