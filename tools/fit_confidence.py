"""Fit how sure Tollbook may be of its claims: python tools/fit_confidence.py [--sets FOLDER] [--check]

Reads the development sets beside the checkout, holds each claim against what people annotated, weighs the signs of the
claims by logistic regression (with a penalty, so that what is rare says little) and writes lang/en/confidence.toml. The
reliability is that of claims in reports that the model did not see: ten parts, each judged by the other nine. --check
writes nothing. The same data give the same file.

What is right: a claim whose harm and figure the key of its report has. Keys leave out what is plainly told: MUC-4 has
battles and other murders for no incident, the table of attacks is later than its sentence. How many of the claims that
a key lacks are told nevertheless was read by hand (docs/accuracy.md, "What the remaining errors are made of"); such a
claim counts as right by that share.
"""

import argparse
import gzip
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tollbook.grammar.account import Account
from tollbook.model.claim import Claim
from tollbook.model.reading import Reading
from tollbook.model.report import report_of
from tollbook.pipeline import read_report

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src" / "tollbook" / "lang" / "en" / "confidence.toml"
FOLDS, PENALTY, FEWEST = 10, 4.0, 15  # parts of the check; strength of the penalty; claims that a sign needs
THRESHOLD = 0.7  # below it a person should look first
CLASSES = {
    "death": ("killed", "killed_or_injured"),
    "injury": ("injured", "killed_or_injured"),
    "displaced": ("displaced",),
    "missing": ("missing",),
    "detained": ("detained", "abducted"),
}
# of the claims that a key lacks, the share that the text tells plainly, as read by hand: claims read, and told plainly
BY_HAND = {
    "MUC-4, reports with gold": (87, 51),
    "MUC-4, reports without": (60, 55),
    "HumQuant": (13, 8),
    "Attacks": (96, 91),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim: the set and report it is of, its signs, whether the key has it, and how far it counts as right."""

    kind: str
    report: int
    signs: tuple[str, ...]
    in_key: bool
    right: float


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def in_key_of_muc(gold: Mapping[str, Any], claims: Sequence[Claim]) -> dict[str, bool | None]:
    """Tell of each claim whether the key has its harm and number, each entry of the key once; None is neutral."""
    free, out = list(gold["claims"]), {}
    for claim in claims:
        value: Any = "PLURAL" if claim.count.kind in ("vague", "some") else claim.count.best
        counted = (
            claim.modality in ("asserted", "estimated") and claim.harm in ("killed", "injured") and value
        )
        if not counted:
            out[claim.id] = None
            continue
        fits = [g for g in free if claim.harm in g["effect"] and any(_agrees(n, value) for n in g["number"])]
        best = min(fits, key=lambda g: g["optional"], default=None)
        out[claim.id] = best is not None
        if best is not None:
            free.remove(best)
    return out


def _agrees(gold: Any, value: Any) -> bool:
    if isinstance(gold, list):
        return value != "PLURAL" and gold[0] <= value <= gold[1]
    return bool(gold == value)


def in_key_of_humquant(gold: Mapping[str, Any], claims: Sequence[Claim]) -> dict[str, bool | None]:
    """Tell of each claim with a figure whether a number of its class stands there in the key."""
    out: dict[str, bool | None] = {}
    for claim in claims:
        names = [name for name, harms in CLASSES.items() if claim.harm in harms]
        met = [n for n in gold["numbers"] if n["start"] < claim.count.end and claim.count.start < n["end"]]
        if not met or any(n["percentage"] for n in met):  # "a soldier" is no number of the key
            out[claim.id] = None
        else:
            out[claim.id] = any(name in n["classes"] for n in met for name in names)
    return out


def in_key_of_attacks(gold: Mapping[str, Any], reading: Reading) -> dict[str, bool | None]:
    """Tell of each claim that its report's toll uses whether the toll, or the figure itself, is the table's."""
    out: dict[str, bool | None] = {}
    for row in reading.toll:
        truth = gold.get(row.harm)
        if row.status != "all" or truth is None:
            continue
        low, high = truth if isinstance(truth, list) else (truth, truth)
        figures = {c.id: c.count.best if c.count.best is not None else c.count.low for c in reading.claims}
        total = row.best if row.best is not None else row.low
        for entry in row.ledger:
            if entry.use == "used":
                told = (total, figures.get(entry.claim))
                out[entry.claim] = any(v is not None and low <= v <= high for v in told)
    return out


def judged(sets: Path) -> Iterator[Judged]:
    """Yield every claim of the sets that their keys can judge."""
    report = 0
    for file in ("muc4_dev.jsonl.gz", "humquant_dev.jsonl", "wiki_attacks.jsonl"):
        for row in rows_of(sets / file):
            report += 1
            account = Account()
            told = {key: row.get(key) for key in ("title", "published")}
            text = unicodedata.normalize("NFC", row["text"])
            reading = read_report(report_of(text, language="en", **told), account=account)
            gold = row["gold"]
            if file.startswith("muc"):
                keys = in_key_of_muc(gold, reading.claims)
                kind = "MUC-4, reports with gold" if gold["claims"] else "MUC-4, reports without"
            elif file.startswith("hum"):
                keys, kind = in_key_of_humquant(gold, reading.claims), "HumQuant"
            else:
                keys, kind = in_key_of_attacks(gold, reading), "Attacks"
            read, plainly = BY_HAND[kind]
            for claim, signs in zip(reading.claims, account.signs, strict=True):
                known = keys.get(claim.id)
                if known is not None:
                    yield Judged(kind, report, tuple(signs), known, 1.0 if known else plainly / read)


def fit(claims: Sequence[Judged]) -> tuple[float, dict[str, float]]:
    """Fit intercept and weights: penalised logistic regression by Newton's method, on signs that are not too rare."""
    counts = Counter(sign for c in claims for sign in c.signs)
    signs = sorted(s for s, n in counts.items() if FEWEST <= n <= len(claims) - FEWEST)
    place = {sign: k for k, sign in enumerate(signs, 1)}
    x = np.zeros((len(claims), len(signs) + 1))
    x[:, 0] = 1
    for row, claim in enumerate(claims):
        x[row, [place[s] for s in claim.signs if s in place]] = 1
    y = np.array([c.right for c in claims])
    ridge = np.full(len(signs) + 1, PENALTY)
    ridge[0] = 0
    w = np.zeros(len(signs) + 1)
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (y - p) - ridge * w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return float(w[0]), {sign: float(w[k]) for sign, k in place.items()}


def said(model: tuple[float, dict[str, float]], claim: Judged) -> float:
    """Return the probability that a model gives a claim."""
    return float(1 / (1 + np.exp(-(model[0] + sum(model[1].get(s, 0.0) for s in claim.signs)))))


def unseen(claims: Sequence[Judged]) -> list[float]:
    """Return for each claim the probability that a model gives it which never saw its report."""
    out = [0.0] * len(claims)
    for fold in range(FOLDS):
        model = fit([c for c in claims if c.report % FOLDS != fold])
        for k, claim in enumerate(claims):
            if claim.report % FOLDS == fold:
                out[k] = said(model, claim)
    return out


BANDS = ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.7, 0.8), (0.0, 0.7))


def reliability(claims: Sequence[Judged], given: Sequence[float]) -> list[str]:
    """Return the tables of docs/accuracy.md: what was said of unseen claims, and how many were right."""
    lines = ["| said | claims | mean of what was said | right | in the key |", "|---|--:|--:|--:|--:|"]
    for low, high in BANDS:
        some = [(c, p) for c, p in zip(claims, given, strict=True) if low <= round(p, 2) < high]
        if some:
            lines.append(f"| {_band(low, high)} | {_row(some)} |")
    lines += ["", "| set | claims | mean of what was said | right | in the key |", "|---|--:|--:|--:|--:|"]
    kinds: dict[str, list[tuple[Judged, float]]] = defaultdict(list)
    for claim, p in zip(claims, given, strict=True):
        kinds[claim.kind].append((claim, p))
    return [*lines, *(f"| {kind} | {_row(some)} |" for kind, some in kinds.items())]


def _row(some: Sequence[tuple[Judged, float]]) -> str:
    n = len(some)
    means = (sum(p for _, p in some), sum(c.right for c, _ in some), sum(c.in_key for c, _ in some))
    return f"{n:,} | " + " | ".join(f"{mean / n:.3f}".removeprefix("0") for mean in means)


def _band(low: float, high: float) -> str:
    return (
        f"{low:.2f} and more" if high > 1 else f"under {high:.2f}" if low == 0 else f"{low:.2f} to {high:.2f}"
    )


def write(model: tuple[float, dict[str, float]], claims: int) -> None:
    """Write the model as the pack's confidence.toml."""
    intercept, weights = model
    lines = [
        "# English: how sure its reader may be of a claim. Written by tools/fit_confidence.py; not edited by hand.",
        "# The log-odds that a claim is right are the intercept and the weights of its signs (stages/doubt.py).",
        "",
        "version = 1",
        f"claims = {claims}  # that it was fitted on",
        f"intercept = {intercept:.3f}",
        "# what the model may say at most and at least: nothing is certain that no person has looked at",
        "most = 0.99",
        "least = 0.05",
        "# under this a claim is told in a warning, to be looked at first",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
        *(
            f"{json.dumps(sign, ensure_ascii=False)} = {weight:.3f}"
            for sign, weight in sorted(weights.items())
        ),
    ]
    MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, check on what was not seen, write."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--sets", type=Path, default=ROOT.parent / "shared" / "eval")
    arguments.add_argument("--check", action="store_true", help="write no model")
    options = arguments.parse_args()
    claims = list(judged(options.sets))
    given = unseen(claims)
    print("\n".join(reliability(claims, given)))
    right = np.array([c.right for c in claims])
    base = float(((right.mean() - right) ** 2).mean())
    print(f"\nBrier {float(((np.array(given) - right) ** 2).mean()):.4f}, of the mean alone {base:.4f}")
    if not options.check:
        write(fit(claims), len(claims))
        print(f"{MODEL.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
