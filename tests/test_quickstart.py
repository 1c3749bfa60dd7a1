"""The lines of the quick start bring a family card from the village to the handover."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from adminduk import Office
from adminduk.codec import parse_json, read_order

PAGE: Final = Path(__file__).parent.parent / "docs" / "quickstart.md"


def test_the_lines_run() -> None:
    """Every line takes effect, in the order of the page, and the case is completed."""
    block = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    with Office.open("memory:", region="35.23") as office:
        for line in block[1].splitlines():
            order = read_order(parse_json(line))
            assert order.by is not None
            office.do(order.command, by=order.by)
        assert office.track("K7M2Q9XD4H-T").state == "completed"
        assert office.verify().clean
