"""What operators photograph and scan in the month: real files, in a real store of scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from random import Random
from typing import Final

from attrs import define
from PIL import Image

from adminduk.errors import InvalidInput
from adminduk.ports import ScanStore
from adminduk.records import Application, Scan
from adminduk.scans import accept
from adminduk.scans.verifying import verify_scans
from adminduk.testing.month.ground import Ground
from adminduk.testing.month.rates import Rates

__all__ = ["Scanner", "scans_amiss"]

_GRAIN: Final = 12, 17
_PAGE: Final = 120, 170
_ORIENTATION, _GPS, _LATITUDE = 0x0112, 0x8825, 2
_MOST_PAGES: Final = 3


@define
class Scanner:
    """Scans papers, and keeps what was scanned.

    Attributes:
        store: Where.
        rates: How often something goes wrong.
        met: How often each thing happened.
    """

    store: ScanStore
    rates: Rates
    met: Counter[str]

    def scan(self, chance: Random) -> Scan:
        """Scan a paper; if that does not succeed, or not well, once more."""
        form = chance.choice((_photograph, _photograph, _drawing, _document))
        if chance.random() < self.rates.cut_off:
            self._is_refused(form(chance))
        if chance.random() < self.rates.scanned_twice:
            accept(self.store, form(chance))
            self.met["scans thrown away"] += 1
        self.met["scans"] += 1
        return accept(self.store, form(chance))

    def _is_refused(self, content: bytes) -> None:
        """Let a file break off on its way."""
        try:
            accept(self.store, content[: len(content) // 2])
        except InvalidInput:
            self.met["scans refused"] += 1
        else:
            raise AssertionError("half a file was taken for a scan")


def scans_amiss(ground: Ground) -> Iterator[str]:
    """Name what does not open, the cases that lack what was shown for them, and what is gone."""
    yield from verify_scans(ground.office).faults
    for code, case in ground.cases.items():
        record = ground.record(Application, code)
        kept = {one.item: one.shown.scans for one in record.evidence if one.shown.scans}
        shown = {item: one.scans for item, one in case.shown.items() if one.scans}
        if kept != shown:
            yield f"{code}: {shown} was shown, and it has {kept}"
        for scan in chain.from_iterable(shown.values()):
            if ground.office.scans.size(scan.digest) != scan.size:
                yield f"{code}: {scan} is not kept"
    made = ground.met["scans"] + ground.met["scans thrown away"]
    found = ground.met["scans removed"] + ground.office.collect_scans().scans
    if made != found:
        yield f"{made} scans were made, and {found} are kept or were removed"


def _page(chance: Random) -> Image.Image:
    """Give a page that looks like no other."""
    width, height = _GRAIN
    return Image.frombytes("L", _GRAIN, chance.randbytes(width * height)).resize(_PAGE)


def _photograph(chance: Random) -> bytes:
    """Give a photograph of a page, as a telephone takes it: lying, and saying where it was."""
    exif = Image.Exif()
    exif[_ORIENTATION] = chance.choice((1, 3, 6, 8))
    exif[_GPS] = {_LATITUDE: (6.0, 53.0, 51.0)}
    return _written(_page(chance).convert("RGB").save, "JPEG", exif=exif)


def _drawing(chance: Random) -> bytes:
    return _written(_page(chance).save, "PNG")


def _document(chance: Random) -> bytes:
    """Give a document of some pages, as a scanner makes it."""
    first, *others = (_page(chance) for _ in range(chance.randint(1, _MOST_PAGES)))
    return _written(first.save, "PDF", save_all=True, append_images=others)


def _written(save: Callable[..., None], form: str, **settings: object) -> bytes:
    file = BytesIO()
    save(file, form, **settings)
    return file.getvalue()
