"""An office moves from SQLite to PostgreSQL and back, and is what it was."""

from __future__ import annotations

from pathlib import Path

from adminduk import Office
from adminduk.office.moving import bring_in, take_out
from adminduk.testing.day import orders
from adminduk.testing.rows import OFFICE

MANY = 100_000


def test_there_and_back(tmp_path: Path, url: str):
    """Each export is the same, to the byte, and so is the journal; it is worked on afterwards."""
    first, there, back = f"sqlite:///{tmp_path}/a.db", url, f"sqlite:///{tmp_path}/b.db"
    day = list(orders(applications=4, seed=3))
    with Office.open(first, OFFICE) as office:
        for one in day[:-3]:
            assert one.by is not None
            office.do(one.command, by=one.by)
        journal = office.storage.journal(OFFICE, limit=MANY)
    files = [tmp_path / f"{number}.jsonl" for number in range(3)]
    for file, source, target in zip(files, (first, there, back), (there, back, None), strict=True):
        take_out(source, file)
        if target is not None:
            bring_in(target, file)
    assert len({file.read_bytes() for file in files}) == 1
    for place in (there, back):
        with Office.open(place) as office:
            assert list(office.storage.journal(OFFICE, limit=MANY)) == list(journal)
            for one in day[-3:]:
                assert one.by is not None
                office.do(one.command, by=one.by)
            assert office.verify().clean
