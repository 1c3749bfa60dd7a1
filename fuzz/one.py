"""Fuzz one target in this process, which atheris ends: `python -m fuzz.one TARGET [options]`."""

from __future__ import annotations

import hashlib
import random
import sys
import time
import traceback
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["adminduk"], enable_loader_override=False):
    from fuzz.targets import TARGETS

from fuzz.mutation import mutated

_SECONDS: Final = 2.0
_FOUND: Final = Path(__file__).parent / "found"
_known: Final[set[str]] = set()


def _keep(name: str, data: bytes, why: str, place: str) -> None:
    """Keep the first input that fails at a place."""
    if place not in _known:
        _known.add(place)
        _FOUND.mkdir(exist_ok=True)
        file = _FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
        file.write_bytes(data)
        file.with_suffix(".why").write_text(why, encoding="utf-8", errors="backslashreplace")
        print(f"{file.name}: {place}", flush=True)


def main() -> None:
    """Fuzz; a failure is kept, and the run goes on."""
    name = sys.argv.pop(1)
    target, seeds = TARGETS[name]
    samples = seeds()

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            _keep(name, data, traceback.format_exc(), place)
        if (spent := time.process_time() - began) > _SECONDS:
            _keep(name, data, f"{spent:.1f} seconds", "slow")

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - chance that can be repeated is what is wanted
        if chance.random() < 0.3:  # noqa: PLR2004 - a third of them byte by byte
            changed: bytes = atheris.Mutate(data, most)
            return changed
        start = chance.choice(samples) if len(data) < 2 or chance.random() < 0.2 else data  # noqa: PLR2004
        return mutated(start, chance)[:most]

    atheris.Setup(sys.argv, one, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
