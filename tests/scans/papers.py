"""Files as villages hand them in, and as somebody makes them who means harm."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

__all__ = [
    "MODEL",
    "found_again",
    "jpeg",
    "packed",
    "pdf",
    "pdf_object",
    "pdf_with",
    "picture",
    "png",
    "signed",
    "stream_pdf",
]

MODEL: Final = "Kamera Uji 7"
"""What the telephone writes about itself."""


def picture(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Draw something by which top and bottom can be told apart."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 2, size[1] // 4), fill="black")
    return made


def _written(image: Image.Image, form: str, **settings: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **settings)
    return out.getvalue()


def jpeg(
    size: tuple[int, int] = (60, 40), *, mode: str = "RGB", turned: int = 1, **settings: Any
) -> bytes:
    """Take a photograph, with where it was taken."""
    about = Image.Exif()
    about[0x0110] = MODEL
    about[0x0112] = turned
    about.get_ifd(0x8825).update({1: "S", 2: (6.0, 54.0, 1.5), 3: "E", 4: (112.0, 3.0, 4.5)})
    return _written(picture(size).convert(mode), "JPEG", exif=about, comment=MODEL, **settings)


def png(size: tuple[int, int] = (60, 40), *, mode: str = "RGB", **settings: Any) -> bytes:
    """Make a picture of a screen."""
    made = Image.new(mode, size, 40_000) if mode == "I;16" else picture(size).convert(mode)
    return _written(made, "PNG", **settings)


def pdf(pages: int = 1, size: tuple[int, int] = (60, 40), **settings: Any) -> bytes:
    """Scan pages."""
    first, *others = [picture(size)] * pages
    return _written(first, "PDF", save_all=True, append_images=others, title=MODEL, **settings)


def pdf_with(**inside: Any) -> bytes:
    """Make a PDF of one page with something in its catalog (or, as `page_NAME`, in the page)."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    for name, thing in inside.items():
        where: DictionaryObject = writer.root_object
        if name.startswith("page_"):
            where = writer.pages[0]
        where[NameObject(f"/{name.removeprefix('page_')}")] = pdf_object(thing)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_object(thing: Any) -> Any:
    """Make an object of a PDF of what Python has for it."""
    if isinstance(thing, dict):
        return DictionaryObject({NameObject(key): pdf_object(one) for key, one in thing.items()})
    if isinstance(thing, list):
        return ArrayObject([pdf_object(one) for one in thing])
    if isinstance(thing, int):
        return NumberObject(thing)
    if isinstance(thing, str):
        return NameObject(thing) if thing.startswith("/") else TextStringObject(thing)
    return thing


def stream_pdf(content: bytes, **about: Any) -> bytes:
    """Make a PDF with a stream, packed as it says, as a picture on its page."""
    stream = StreamObject()
    stream._data = content
    stream.update({NameObject(f"/{key}"): pdf_object(one) for key, one in about.items()})
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    resources = pdf_object({"/XObject": {}})
    resources["/XObject"][NameObject("/x")] = writer._add_object(stream)
    writer.pages[0][NameObject("/Resources")] = resources
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(size: int, level: int = 9) -> bytes:
    """Pack so many zeros, as little as they become."""
    packing, piece = zlib.compressobj(level), bytes(1 << 20)
    parts = [packing.compress(piece) for _ in range(size >> 20)]
    return b"".join([*parts, packing.flush()])


def signed(behind: bytes = b"") -> bytes:
    """Make a PDF that bears a signature over all of it; what comes behind was not signed."""
    place, length = b"[ 0 1111111111 2222222222 3333333333 ]", 64
    signature = {
        "/FT": "/Sig",
        "/T": "tanda",
        "/V": {"/Type": "/Sig", "/ByteRange": [0, 1111111111, 2222222222, 3333333333]},
    }
    made = pdf_with(AcroForm={"/Fields": [signature], "/SigFlags": 3})
    at = made.index(place) + len(place)
    made = made[:at] + b"\n/Contents <" + b"0" * length + b">" + made[at:]
    first = made.index(b"<" + b"0" * length)
    second = first + length + 2
    real = b"[0 %d %d %d]" % (first, second, len(made) - second)
    made = made.replace(place, real.ljust(len(place)))
    return found_again(made) + behind


def found_again(content: bytes) -> bytes:
    """Correct where the objects of a PDF are that was changed by hand."""
    start = content.rindex(b"xref\n", 0, content.rindex(b"startxref"))
    lines = content[start:].split(b"\n")
    count = int(lines[1].split()[1])
    for number in range(1, count):
        where = content.index(b"\n%d 0 obj" % number) + 1
        lines[2 + number] = b"%010d 00000 n " % where
    body = b"\n".join(lines)
    told = int(body.split(b"startxref\n")[1].split()[0])
    assert len(str(told)) == len(str(start))
    return content[:start] + body.replace(b"startxref\n%d" % told, b"startxref\n%d" % start)
