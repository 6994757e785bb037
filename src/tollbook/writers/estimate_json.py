"""estimate_json: Comparison -> JSON, documented and estimated under keys of their own."""

import msgspec

from tollbook.model.estimate import Answer, Comparison, Estimate, Modes, Refusal

_KINDS = {Estimate: "estimate", Modes: "modes", Refusal: "refusal"}


def estimate_json(found: Comparison) -> bytes:
    """Write a comparison as one JSON object; every answer says its kind: estimate, modes or refusal."""
    plain = msgspec.to_builtins(found)
    _mark(plain["answers"], found.answers)
    for case, source in zip(plain["without"], found.without, strict=True):
        _mark(case["answers"], source.answers)
    if found.strata is not None:
        _mark(plain["strata"]["summed"], found.strata.summed)
        for stratum, origin in zip(plain["strata"]["strata"], found.strata.strata, strict=True):
            _mark(stratum["answers"], origin.answers)
    return msgspec.json.encode(plain)


def _mark(answers: list[dict[str, object]], sources: tuple[Answer, ...]) -> None:
    for at, source in enumerate(sources):
        answers[at] = {"kind": _KINDS[type(source)], **answers[at]}
