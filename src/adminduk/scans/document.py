"""PDFs: walked through object by object, and written anew as pages alone.

A PDF that is signed electronically is kept as it is: written anew it would be signed no more. It is
held to all else, and its signature must cover the whole file; whether it is good is not asked.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from attrs import define, field
from pypdf import PdfReader, PdfWriter, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from adminduk.scans.jpeg import without_metadata
from adminduk.scans.picture import look_at
from adminduk.scans.refusing import MOST_PAGES, MOST_PIXELS, opening, refusal

__all__ = ["cleaned"]

_MOST_OBJECTS: Final = 100_000
_MOST_UNPACKED: Final = 512 * 1024 * 1024
_MOST_UNPACKED_OF_STRUCTURE: Final = 8 * 1024 * 1024
_MOST_PIXELS_DRAWN: Final = 1_000_000_000
"""Of all photographs together: a hundred pages of A4 at 300 dots an inch."""
_PIECE: Final = 1024 * 1024

_ACTIVE: Final = {
    "/AA",
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/OPI",
    "/Ref",
    "/XFA",
}
"""Keys of what acts by itself, or of files that are carried along."""

_ACTIONS: Final = {
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
}
_PLAYED: Final = {"/3D", "/FileAttachment", "/Movie", "/PS", "/RichMedia", "/Screen", "/Sound"}
_ABOUT: Final = ("/Metadata", "/PieceInfo", "/LastModified")

_FILTERS: Final = {
    (),
    ("/FlateDecode",),
    ("/DCTDecode",),
    ("/JPXDecode",),
    ("/CCITTFaxDecode",),
    ("/JBIG2Decode",),
    ("/ASCII85Decode", "/FlateDecode"),
    ("/ASCII85Decode", "/DCTDecode"),
    ("/FlateDecode", "/DCTDecode"),
}
"""How what is in a PDF may be packed: what scanners and printing to PDF do, and nothing nested."""


def cleaned(content: bytes) -> bytes:
    """Give a PDF as it is kept.

    Raises:
        InvalidInput: It is damaged, locked, or more than pages.
    """
    if not content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise refusal("scan_damaged")
    with (
        opening(LimitReachedError, "scan_unpacks"),
        apply_configuration(zlib_maximum_output_length=_MOST_UNPACKED_OF_STRUCTURE),
    ):
        return _cleaned(content)


def _cleaned(content: bytes) -> bytes:
    reader = PdfReader(BytesIO(content), strict=True)
    if reader.is_encrypted:
        raise refusal("scan_encrypted")
    walk = _Walk()
    walk.through(reader.trailer)
    pages = len(reader.pages)
    if not 1 <= pages <= MOST_PAGES:
        raise refusal("scan_pages", pages=pages)
    if walk.signatures:
        if not any(_covers(one, len(content)) for one in walk.signatures):
            raise refusal("scan_mixed")
        return content
    writer = PdfWriter()
    for page in reader.pages:
        _drop_links(page)
        writer.add_page(page)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _drop_links(page: DictionaryObject) -> None:
    """Leave out where one would be led to: other pages, other places."""
    notes: Any = page.get("/Annots", ArrayObject())
    left = [one for one in notes.get_object() if one.get_object().get("/Subtype") != "/Link"]
    for one in left:
        for action in ("/A", "/PA"):
            one.get_object().pop(action, None)
    page[NameObject("/Annots")] = ArrayObject(left)


@define
class _Walk:
    """One passage through all that a PDF holds; what tells of its making is taken off."""

    seen: set[tuple[int, int]] = field(factory=set)
    objects: int = 0
    unpacked: int = 0
    pixels: int = 0
    signatures: list[list[int]] = field(factory=list)

    def through(self, trailer: Any) -> None:
        """Look at all that hangs on the trailer."""
        waiting: list[Any] = [trailer]
        while waiting:
            one = waiting.pop()
            if isinstance(one, IndirectObject):
                name = one.idnum, one.generation
                if name in self.seen:
                    continue
                self.seen.add(name)
                one = one.get_object()
            self.objects += 1
            if self.objects > _MOST_OBJECTS:
                raise refusal("scan_unpacks")
            if isinstance(one, ArrayObject):
                waiting += list(one)
            elif isinstance(one, DictionaryObject):
                self._look_at(one)
                waiting += [one.raw_get(key) for key in one]

    def _look_at(self, one: DictionaryObject) -> None:
        found = sorted(_ACTIVE & one.keys())
        if one.get("/S") in _ACTIONS:
            found.append(str(one["/S"]))
        if one.get("/Subtype") in _PLAYED:
            found.append(str(one["/Subtype"]))
        if _opens(one.get("/OpenAction")):
            found.append("/OpenAction")
        if isinstance(one, StreamObject) and "/F" in one:  # its content is in another file
            found.append("/F")
        if found:
            raise refusal("scan_active", found=[name.removeprefix("/") for name in found])
        if "/ByteRange" in one:
            self.signatures.append([int(number) for number in one["/ByteRange"]])  # type: ignore[attr-defined] # an array, or damaged
        for key in _ABOUT:
            one.pop(key, None)
        if isinstance(one, StreamObject):
            self._unpack(one)

    def _unpack(self, stream: StreamObject) -> None:
        if stream.get("/Subtype") == "/Image" and (
            int(stream["/Width"]) * int(stream["/Height"]) > MOST_PIXELS  # type: ignore[call-overload] # numbers, or damaged
        ):
            raise refusal("scan_pixels")
        filters = _filters(stream)
        if filters not in _FILTERS:
            raise refusal("scan_unpacks")
        content: bytes = stream._data  # noqa: SLF001 - what `get_data` gives is unpacked
        if filters == ("/DCTDecode",):
            drawn = look_at(content, "JPEG")
            self.pixels += drawn.width * drawn.height
            if self.pixels > _MOST_PIXELS_DRAWN:
                raise refusal("scan_unpacks")
            stream._data = without_metadata(content)  # noqa: SLF001 - likewise
        elif "/FlateDecode" in filters and "/ASCII85Decode" not in filters:
            for piece in _inflated(content):
                self.unpacked += piece
                if self.unpacked > _MOST_UNPACKED:
                    raise refusal("scan_unpacks")


def _opens(action: Any) -> bool:
    """Whether something is done as soon as a PDF is opened, but to show one of its pages."""
    return isinstance(action, DictionaryObject) and action.get("/S") != "/GoTo"


def _filters(stream: StreamObject) -> tuple[str, ...]:
    packed = stream.get("/Filter")
    if packed is None:
        return ()
    return tuple(map(str, packed)) if isinstance(packed, ArrayObject) else (str(packed),)


def _inflated(content: bytes) -> Iterator[int]:
    """Unpack piece by piece; give the length of each."""
    unpacking = zlib.decompressobj()
    while not unpacking.eof:
        piece = unpacking.decompress(content, _PIECE)
        content = unpacking.unconsumed_tail
        if not piece and not content and not unpacking.eof:
            raise refusal("scan_damaged")
        yield len(piece)


def _covers(signed: list[int], length: int) -> bool:
    """Whether a signature is over a whole file, but for the place of the signature itself."""
    start, first, second, rest = signed
    return start == 0 and 0 < first < second and second + rest == length
