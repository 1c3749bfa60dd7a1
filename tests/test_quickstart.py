"""The lines of the quick start bring a family card from the village to the handover.

Those of the README do what they say, too.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from adminduk import Office
from adminduk.codec import parse_json, read_order

ROOT: Final = Path(__file__).parent.parent


def carry_out(office: Office, page: Path) -> None:
    """Carry out the lines of a page, in their order."""
    block = re.search(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    for line in block[1].splitlines():
        order = read_order(parse_json(line))
        assert order.by is not None
        office.do(order.command, by=order.by)


def test_the_lines_run() -> None:
    """Every line takes effect, in the order of the page, and the case is completed."""
    with Office.open("memory:", region="35.23") as office:
        carry_out(office, ROOT / "docs" / "quickstart.md")
        assert office.track("K7M2Q9XD4H-T").state == "completed"
        assert office.verify().clean


def test_the_lines_of_the_readme_run() -> None:
    """A courier goes on Thursdays, and the counter is closed."""
    with Office.open("memory:", region="35.23") as office:
        carry_out(office, ROOT / "README.md")
        assert [one.id for one in office.notices()] == ["PPKM-2021"]
        assert {one.day.isoweekday() for one in office.schedule()} <= {4, 5, 1}
