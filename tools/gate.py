"""Say which claims the corpora gained and lost since the last release, and hold every reading against the law of evidence.

python tools/gate.py            what moved since the snapshot (make gate); status 1 where evidence is broken
python tools/gate.py --write    write the snapshot anew: with each release, once what moved is in the changelog
"""

import argparse
import sys
from pathlib import Path

from tollbook.model.version import VERSION

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"


def main() -> int:
    """Read the corpora, compare, print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--write", action="store_true", help="write the snapshot anew")
    options = arguments.parse_args()
    sys.path.insert(0, str(CORPUS))
    import gating  # noqa: PLC0415  # tests/corpus, on the path since the line above

    now, texts, broken = {}, {}, []
    for item in gating.items():
        reading = gating.read(item)
        now[item.key] = tuple(gating.line_of(claim) for claim in reading.claims)
        texts[item.key] = " ".join(item.text.split())
        broken += [f"{item.key}: {what}" for what in gating.violations(reading)]
    if options.write:
        gating.write(now, VERSION)
        print(f"{gating.SNAPSHOT.name}: {len(now):,} texts, {sum(map(len, now.values())):,} claims")
    old = gating.load()
    differences = gating.compare(old, now)
    for one in differences:
        print(f"{one.key}  {texts[one.key][:90]}")
        for mark, lines in (("+", one.gained), ("-", one.lost)):
            print("".join(f"  {mark} {line}\n" for line in lines), end="")
        print("".join(f"  ~ {a}  →  {b.split(' = ')[1]}\n" for a, b in one.moved), end="")
    gained, lost, moved = (
        sum(len(part) for part in parts)
        for parts in zip(*((d.gained, d.lost, d.moved) for d in differences), strict=True)
    ) if differences else (0, 0, 0)  # fmt: skip
    fresh = len(now.keys() - old.keys())
    print(
        f"{len(now):,} texts, {sum(map(len, now.values())):,} claims; since the last release {gained:,} gained, {lost:,} lost,"
        f" {moved:,} moved; {fresh:,} texts are new, {len(old.keys() - now.keys()):,} are gone"
    )
    print("\n".join(broken[:50]) if broken else "the law of evidence holds in all of them")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
