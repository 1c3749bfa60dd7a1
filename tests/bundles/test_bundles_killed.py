"""An import that is ended by force anywhere is gone on with: all of it has happened, each once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from far_village import FarVillage, endings, imported, office_with
from hypothesis import settings

from adminduk import Office, commands
from adminduk.bundles import Outcome
from adminduk.codec import Order
from adminduk.scans.verifying import verify_scans

FAMILIES: Final = 15
LAST: Final = 20
"""After so many of the commands are answered there are hardly enough left to be killed in."""


def orders_of(village: FarVillage) -> list[Order]:
    """Let families apply, and leave a number a while later."""
    given: list[Order] = []
    for _ in range(FAMILIES):
        apply = village.submit()
        code = apply.command.application  # type: ignore[attr-defined] # a Submit
        phone = commands.SetContact(application=code, phone="081234567890")
        given += [apply, village.order(phone, 1)]
    return given


def answers(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """Give what is answered to the commands, but whether they were done before."""
    return [one.as_dict("en") | {"repeated": None} for one in outcomes]


def killed(file: Path, url: str, scans: str, *, answered: int, seconds: float) -> int:
    """Kill an import after so many answers and so long; give how many there were at last."""
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTS, str(file), url, scans],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        assert process.stdout is not None
        for _ in range(answered):
            assert process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        return answered + process.stdout.read().count(b"\n")


IMPORTS = """
import sys
from far_village import SITI, office_with
from adminduk.bundles import Bundle, import_bundle
file, url, scans = sys.argv[1:]
found = Bundle.read(open(file, "rb"))
for one in import_bundle(office_with(scans, url), found, {found.head.key: SITI}):
    print(one.order.command.id, flush=True)
"""


def test_killed_at_any_moment_everything_happens_once(tmp_path: Path):
    """What was answered holds, of the next command all or nothing; the answers are the same."""
    chosen = settings.default
    assert chosen is not None
    kills = 100 if chosen.max_examples > 100 else 2
    village = FarVillage()
    orders = orders_of(village)
    file = tmp_path / "monday.bundle"
    file.write_bytes(village.bundle(*orders))
    undisturbed = office_with()
    answered = answers(imported(undisturbed, village, file.read_bytes()))
    while kills:
        url, scans = f"sqlite:///{tmp_path / f'{kills}.db'}", (tmp_path / f"{kills}").as_uri()
        done = 0
        while kills and done < LAST:
            more, seconds = 1 + 7 * kills % 5, 0.0037 * kills % 0.02
            done = killed(file, url, scans, answered=done + more, seconds=seconds)
            kills -= done < len(orders)  # one that had ended was not killed
        office = office_with(scans, url)
        outcomes = imported(office, village, file.read_bytes())
        before = endings(outcomes).count("repeated")
        assert done <= before <= done + 1
        assert endings(outcomes) == ["repeated"] * before + ["done"] * (len(orders) - before)
        assert answers(outcomes) == answered
        assert happened(office) == happened(undisturbed)
        assert office.verify().clean
        assert verify_scans(office).clean
        office.close()


def happened(office: Office) -> list[tuple[str, str, int]]:
    """Say what was done to what, in its order."""
    return [(one.do, one.id, one.version) for one in office.journal(limit=1000)]
