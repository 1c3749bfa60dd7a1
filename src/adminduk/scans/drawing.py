"""Draws the pages of one scan small: a program that `adminduk.scans.previews` runs and limits.

The scan is its standard input. On its standard output is the number of pages, and then each
picture with its length before it; or it ends with 1, and with the code of the reason on standard
error.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from adminduk.errors import InvalidInput
from adminduk.scans.content import type_of
from adminduk.scans.picture import FORMS, look_at, plain
from adminduk.scans.refusing import MOST_PAGES, refusal

__all__ = ["main"]

_SECONDS: Final = 20
_MEMORY: Final = 2 * 1024 * 1024 * 1024
_QUALITY: Final = 80
_LIMITS: Final = {
    resource.RLIMIT_CPU: _SECONDS,
    resource.RLIMIT_AS: _MEMORY,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def main() -> None:
    """Draw what comes in."""
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    content, side = sys.stdin.buffer.read(), int(sys.argv[1])
    try:
        kind = type_of(content)
        if kind == "application/pdf":
            _tell(*_of_document(content, side))
        elif kind in FORMS:
            picture = look_at(content, FORMS[kind])
            _tell(1, iter([_small(plain(ImageOps.exif_transpose(picture)), side)]))
        else:
            raise refusal("scan_type")
    except InvalidInput as error:
        sys.exit(error.faults[0].code)


def _tell(pages: int, pictures: Iterator[bytes]) -> None:
    out = sys.stdout.buffer
    out.write(pages.to_bytes(4))
    for one in pictures:
        out.write(len(one).to_bytes(4))
        out.write(one)


def _of_document(content: bytes, side: int) -> tuple[int, Iterator[bytes]]:
    """Give the number of pages and, if they are not too many, what draws them."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise refusal("scan_encrypted" if "password" in str(error) else "scan_damaged") from None
    if len(document) > MOST_PAGES:
        return len(document), iter(())
    return len(document), (_drawn(page, side) for page in document)


def _drawn(page: pypdfium2.PdfPage, side: int) -> bytes:
    scale = side / max(page.get_size())
    return _small(page.render(scale=scale).to_pil(), side)


def _small(picture: Image.Image, side: int) -> bytes:
    drawn = picture.convert("L" if picture.mode in {"1", "L"} else "RGB")
    drawn.thumbnail((side, side))
    written = BytesIO()
    drawn.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
