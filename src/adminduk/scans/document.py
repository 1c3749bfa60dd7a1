"""PDFs: walked through object by object, and written anew as pages alone.

Scanners and telephones write tables that are wrong, of where in the file each object is. Then the
objects are looked for, and what was written anew of them is held to everything once more.

A PDF that is signed electronically is kept as it is: written anew it would be signed no more. It is
held to all else, and its signature must cover the whole file; whether it is good is not asked.
"""

from __future__ import annotations

import logging
import zlib
from base64 import a85decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from attrs import define, field
from PIL import Image
from pypdf import PdfReader, PdfWriter, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from adminduk.errors import InvalidInput
from adminduk.scans.jpeg import without_metadata
from adminduk.scans.picture import head_of, look_at
from adminduk.scans.refusing import LARGEST, MOST_PAGES, MOST_PIXELS, opening, refusal

__all__ = ["cleaned"]

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it would tell of each mistake

_ENDING: Final = 1024
"""So many bytes before the end of a PDF, blanks left out, its end is marked."""
_BLANK: Final = b"\0\t\n\f\r "
_NO_TABLE: Final = b"\nstartxref\n0\n%%EOF\n"
"""Behind a PDF: as if it had no table of its objects, so that they are looked for."""
_MOST_READS: Final = 5_000_000
"""Some seconds; a hundred pages take less than a million."""
_AT_ONCE: Final = 1000
"""As many bytes are read as fast as one."""
_MOST_STREAMS_MENDED: Final = 2000
"""Begins and ends: who looks for objects unpacks whatever may hold some."""
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
    "/XFA",
}
"""Keys of what acts by itself, or of files that are carried along."""

_ACTING: Final = {
    "/S": {
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
    },
    "/Subtype": {"/3D", "/FileAttachment", "/Movie", "/PS", "/RichMedia", "/Screen", "/Sound"},
}
"""By key: the kinds of actions that are none of a page, and of what is played on one."""
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
    if b"%%EOF" not in content.rstrip(_BLANK)[-_ENDING:]:
        raise refusal("scan_damaged")
    with apply_configuration(zlib_maximum_output_length=_MOST_UNPACKED_OF_STRUCTURE):
        try:
            return _cleaned(content, strict=True)
        except InvalidInput as refused:
            mendable = content.count(b"stream") <= _MOST_STREAMS_MENDED
            if refused.faults[0].code != "scan_damaged" or not mendable:
                raise
        return _cleaned(_cleaned(content + _NO_TABLE, strict=False), strict=True)


def _cleaned(content: bytes, *, strict: bool) -> bytes:
    with opening(LimitReachedError, "scan_unpacks"):
        return _written(PdfReader(_Hurried(content), strict=strict), content)


def _written(reader: PdfReader, content: bytes) -> bytes:
    if reader.is_encrypted:
        raise refusal("scan_encrypted")
    walk = _Walk(whole=reader.strict)
    walk.through(reader)
    pages = len(reader.pages)
    if not 1 <= pages <= MOST_PAGES:
        raise refusal("scan_pages", pages=pages)
    if not reader.strict and (walk.signatures or pages != _pages_told(reader)):
        raise refusal("scan_damaged")
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


def _pages_told(reader: PdfReader) -> int:
    """Give how many pages there were before something was lost."""
    return int(_of(_of(reader.root_object, "/Pages"), "/Count"))


def _drop_links(page: DictionaryObject) -> None:
    """Leave out where one would be led to: other pages, other places."""
    notes = _of(page, "/Annots")
    every = notes if isinstance(notes, ArrayObject) else []
    left = [one for one in every if _of(one, "/Subtype") not in {None, "/Link"}]
    for one in left:
        for action in ("/A", "/PA"):
            one.get_object().pop(action, None)
    page[NameObject("/Annots")] = ArrayObject(left)


def _of(thing: Any, key: str) -> Any:
    """Give what a dictionary holds under a key, itself and not a reference to it; or nothing."""
    held = thing.get_object()
    return held[key].get_object() if isinstance(held, DictionaryObject) and key in held else None


class _Hurried(BytesIO):
    """What is read so often and no more: a PDF can be made to be read for ever."""

    left: int = _MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.left -= 1 + len(content) // _AT_ONCE
        if self.left < 0:
            raise LimitReachedError
        return content


@define
class _Walk:
    """One passage through all that a PDF holds; what tells of its making is taken off.

    Attributes:
        whole: Whether what is referred to must be there.
    """

    whole: bool
    seen: set[tuple[int, int]] = field(factory=set)
    objects: int = 0
    packed: int = 0
    unpacked: int = 0
    pixels: int = 0
    signatures: list[list[int]] = field(factory=list)

    def through(self, reader: PdfReader) -> None:
        """Look at all that hangs on the trailer, but first at the streams that objects are in."""
        holders = {number for number, _ in reader.xref_objStm.values()}
        self._through([IndirectObject(one, 0, reader) for one in holders])
        if self.unpacked > _MOST_UNPACKED_OF_STRUCTURE:
            raise refusal("scan_unpacks")
        self._through([reader.trailer])

    def _through(self, waiting: list[Any]) -> None:
        while waiting:
            one = waiting.pop()
            if isinstance(one, IndirectObject):
                name = one.idnum, one.generation
                if name in self.seen:
                    continue
                self.seen.add(name)
                one = one.get_object()
                if self.whole and (one is None or isinstance(one, NullObject)):
                    raise refusal("scan_damaged")
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
        found += [str(is_) for key, acting in _ACTING.items() if (is_ := _of(one, key)) in acting]
        if _opens(_of(one, "/OpenAction")):
            found.append("/OpenAction")
        if isinstance(_of(one, "/Ref"), DictionaryObject):  # a page of another file
            found.append("/Ref")
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
        if _of(stream, "/Subtype") == "/Image" and (
            int(stream["/Width"]) * int(stream["/Height"]) > MOST_PIXELS  # type: ignore[call-overload] # numbers, or damaged
        ):
            raise refusal("scan_pixels")
        filters = _filters(stream)
        if filters not in _FILTERS:
            raise refusal("scan_unpacks")
        content: bytes = stream._data  # noqa: SLF001 - what `get_data` gives is unpacked
        self.packed += len(content)
        if self.packed > LARGEST:  # several lie one over the other
            raise refusal("scan_unpacks")
        if len(filters) > 1:
            content = self._peeled(stream, filters[0])
            filters = filters[1:]
        if filters == ("/FlateDecode",):
            for _ in self._inflated(content):
                pass
        elif filters == ("/DCTDecode",):
            self._draw(look_at(content, "JPEG"))
            stream._data = without_metadata(content)  # noqa: SLF001 - likewise
        elif filters == ("/JPXDecode",):
            self._draw(head_of(content, "JPEG2000"))

    def _peeled(self, stream: StreamObject, outer: str) -> bytes:
        """Take off what a stream is packed in once more than it need be."""
        content: bytes = stream._data  # noqa: SLF001 - likewise
        if outer == "/ASCII85Decode":
            content = a85decode(content.strip(), adobe=True)
        else:
            content = b"".join(self._inflated(content))
        stream._data = content  # noqa: SLF001 - likewise
        for key in ("/Filter", "/DecodeParms"):
            inner = _of(stream, key)
            if isinstance(inner, ArrayObject):
                stream[NameObject(key)] = inner[-1]
        return content

    def _draw(self, picture: Image.Image) -> None:
        self.pixels += picture.width * picture.height
        if self.pixels > _MOST_PIXELS_DRAWN:
            raise refusal("scan_unpacks")

    def _inflated(self, content: bytes) -> Iterator[bytes]:
        """Unpack piece by piece."""
        unpacking = zlib.decompressobj()
        while not unpacking.eof:
            piece = unpacking.decompress(content, _PIECE)
            content = unpacking.unconsumed_tail
            if not piece and not content and not unpacking.eof:
                raise refusal("scan_damaged")
            self.unpacked += len(piece)
            if self.unpacked > _MOST_UNPACKED:
                raise refusal("scan_unpacks")
            yield piece


def _opens(action: Any) -> bool:
    """Whether something is done as soon as a PDF is opened, but to show one of its pages."""
    return isinstance(action, DictionaryObject) and action.get("/S") != "/GoTo"


def _filters(stream: StreamObject) -> tuple[str, ...]:
    packed = _of(stream, "/Filter")
    if packed is None:
        return ()
    return tuple(map(str, packed)) if isinstance(packed, ArrayObject) else (str(packed),)


def _covers(signed: list[int], length: int) -> bool:
    """Whether a signature is over a whole file, but for the place of the signature itself."""
    start, first, second, rest = signed
    return start == 0 and 0 < first < second and second + rest == length
