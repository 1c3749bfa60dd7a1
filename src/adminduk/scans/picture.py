"""Pictures: decoded whole, turned upright, and written anew without what else they carry.

That is where and when they were taken, by which telephone, small pictures of them, and whatever
stands behind their end.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from adminduk.scans.jpeg import check_passes
from adminduk.scans.refusing import MOST_PIXELS, opening, refusal

__all__ = ["FORMS", "cleaned", "head_of", "look_at", "plain"]

FORMS: Final = {"image/jpeg": "JPEG", "image/png": "PNG"}
"""What Pillow calls each type of picture that is taken."""

_KEPT_MODES: Final = {"1", "L", "RGB", "P"}
_CLEAR_MODES: Final = {"LA", "PA", "RGBA"}
_DEEP_MODES: Final = {"I", "I;16", "I;16B"}


def head_of(content: bytes, form: str) -> Image.Image:
    """Open a picture, and decode nothing of it but its head.

    Raises:
        InvalidInput: It is none, or larger than a scan is.
    """
    with opening((Image.DecompressionBombWarning, Image.DecompressionBombError), "scan_pixels"):
        picture = Image.open(BytesIO(content), formats=[form])
        if picture.width * picture.height > MOST_PIXELS:
            raise refusal("scan_pixels")
        return picture


def look_at(content: bytes, form: str) -> Image.Image:
    """Open a picture and decode all of it.

    Raises:
        InvalidInput: It is damaged, or larger than a scan is.
    """
    with opening((), ""):
        head_of(content, form).verify()
        if form == "JPEG":
            check_passes(content)
        picture = head_of(content, form)
        picture.load()
        return picture


def cleaned(content: bytes, form: str) -> bytes:
    """Give a picture as it is kept. Raises as `look_at`."""
    picture = look_at(content, form)
    settings: dict[str, Any] = {"optimize": True}
    if isinstance(picture, JpegImageFile):  # as fine as it was, not finer and not coarser
        sampling = get_sampling(picture)
        settings |= {"qtables": picture.quantization, "subsampling": sampling}
        settings["progressive"] = "progressive" in picture.info
    written = BytesIO()
    with opening((), ""):
        ImageOps.exif_transpose(picture, in_place=True)
        plain(picture).save(written, form, **settings)
    return written.getvalue()


def plain(picture: Image.Image) -> Image.Image:
    """Give nothing but the picture, on white where it is transparent."""
    if "transparency" in picture.info or picture.mode in _CLEAR_MODES:
        paper = Image.new("RGB", picture.size, "white")
        over = picture.convert("RGBA")
        paper.paste(over, mask=over)
        return paper
    if picture.mode in _DEEP_MODES:  # 16 bits of grey, of which 8 are kept
        picture = picture.point(lambda shade: shade * (1 / 256)).convert("L")
    plain = picture if picture.mode in _KEPT_MODES else picture.convert("RGB")
    plain.info = {}
    return plain
