"""`python -m adminduk.testing.proof`: walk through everything that can become of a small office."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from adminduk.codec import to_json
from adminduk.testing.proof.sizes import LARGE, SIZES, SMALL
from adminduk.testing.proof.summary import counts, lines, never, table, way
from adminduk.testing.proof.walk import Arrow, Walk


def main() -> int:
    """Walk through the sizes that are asked for; give 1 if something is wrong in one."""
    parser = argparse.ArgumentParser(prog="python -m adminduk.testing.proof", description=__doc__)
    parser.add_argument("size", nargs="*", choices=[*SIZES, []], help="left out: the small ones")
    parser.add_argument("--all", action="store_true", help="the large ones as well")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    started = time.monotonic()
    taken: Counter[Arrow] = Counter()
    told, wrong = {}, False
    for name in asked.size or (SMALL | LARGE if asked.all else SMALL):

        def progress(walk: Walk, name: str = name) -> None:
            done = f"{len(walk.states):10,} states, {len(walk.onward):12,} steps"
            sys.stderr.write(f"{name:22} {time.monotonic() - started:6.0f} s {done}\n")
            sys.stderr.flush()

        walk = Walk(SIZES[name])
        walk.go(progress)
        taken += walk.taken
        wrong = wrong or walk.fault is not None
        told[name] = counts(walk)
        if walk.fault is not None:
            told[name]["fault"] = {"text": walk.fault.text, "way": [*lines(way(walk))]}
        if not asked.json:
            sys.stdout.write(f"{table(name, walk)}\n\n")
    if asked.json:
        sys.stdout.write(f"{to_json({'sizes': told, 'never': never(taken)}).decode()}\n")
    else:
        sys.stdout.write("\n".join(["Never gone:", *(f"  {one}" for one in never(taken))]) + "\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
