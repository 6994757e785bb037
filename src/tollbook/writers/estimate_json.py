"""estimate_json: Comparison -> JSON, documented and estimated under keys of their own."""

from typing import Any

import msgspec

from tollbook.model.estimate import Answer, Comparison, Estimate, Modes, Refusal

_KINDS = {Estimate: "estimate", Modes: "modes", Refusal: "refusal"}


def estimate_json(found: Comparison) -> bytes:
    """Write a comparison as one JSON object; every answer says its kind: estimate, modes or refusal."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    plain["answers"] = _marked(found.answers)
    for case, source in zip(plain["without"], found.without, strict=True):
        case["answers"] = _marked(source.answers)
    if found.strata is not None:
        plain["strata"]["summed"] = _marked(found.strata.summed)
        for stratum, origin in zip(plain["strata"]["strata"], found.strata.strata, strict=True):
            stratum["answers"] = _marked(origin.answers)
    return msgspec.json.encode(plain)


def _marked(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    return [{"kind": _KINDS[type(answer)], **msgspec.to_builtins(answer)} for answer in answers]
