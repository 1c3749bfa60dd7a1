"""Draws the slips that the docs show: `python tests/slips/draw.py`, from the root of a clone."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "office"))

from office_days import RINI, SITI, SOCOREJO, Town  # noqa: E402 - found where was just said

from adminduk import slips  # noqa: E402 - likewise

FOLDER = HERE.parents[1] / "docs" / "pictures"
SHARPNESS = 75.0


def main() -> None:
    """Play some days of an office and draw a page of each slip."""
    town = Town()
    case = town.case("kk-tambah-anak", handed_in=False)
    cases = [town.printed("ktp-hilang") for _ in range(4)]
    family = town.printed("akta-lahir", "kk-tambah-anak")
    papers = [*(one.copy for one in cases), family.copies(1), family.copies(2)]
    town.clock.wait(days=1)
    bag = town.run(*papers)
    town.run(town.printed("kk-hilang", by=RINI, region=SOCOREJO).copy, to="35.23.12")
    for paper in papers:
        town.siti.collect(paper)
    drawn = {
        "tanda-terima": slips.receipt(town.office, case.code),
        "kartu-kendali": slips.control_card(town.office, family.code),
        "ekspedisi-keluar": slips.dispatch(town.office, bag),
        "ekspedisi-penyerahan": slips.handover(town.office, SITI),
        "buku-ekspedisi": slips.dispatch_book(town.office, date(2021, 7, 1), date(2021, 7, 31)),
    }
    FOLDER.mkdir(exist_ok=True)
    for name, slip in drawn.items():
        picture = slips.pictures(slip, sharpness=SHARPNESS)[0]
        (FOLDER / f"{name}.png").write_bytes(picture)
        print(f"docs/pictures/{name}.png: {len(picture)} bytes")


if __name__ == "__main__":
    main()
