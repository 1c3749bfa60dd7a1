"""What is handed in is opened, cleaned and kept, or refused with a code and what would be taken."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
import zlib
from base64 import a85encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import (
    MODEL,
    found_again,
    jpeg,
    packed,
    pdf,
    pdf_object,
    pdf_with,
    picture,
    png,
    signed,
    stream_pdf,
)
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import IndirectObject, NameObject

from adminduk import slips
from adminduk.errors import InvalidInput, Refused
from adminduk.scans import accept, check, document
from adminduk.scans.memory import MemoryScans
from adminduk.scans.refusing import LARGEST, MOST_PAGES

HUGE_JPX = (
    b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0-jp2h\0\0\0\x16ihdr"
    + (9000).to_bytes(4) * 2
    + b"\0\x01\x07\x07\0\0\0\0\0\x0fcolr\x01\0\0\0\0\0\x11\0\0\0\0jp2c\xff\x4f"
)
"""A JPEG 2000 that says in its head that it is huge."""
IMAGE = {"Type": "/XObject", "Subtype": "/Image", "Width": 60, "Height": 40}


def code_of(content: bytes) -> str:
    """Give why a file is not taken."""
    with pytest.raises(InvalidInput) as caught:
        check(content)
    (fault,) = caught.value.faults
    assert fault.message("id") != fault.message("en")
    assert "Yang benar:" in fault.message("id")
    return fault.code


def opened(content: bytes) -> Image.Image:
    """Open a picture as it is kept."""
    return Image.open(BytesIO(check(content).content))


def b85(content: bytes) -> bytes:
    """Write bytes as a PDF does that is all letters."""
    return a85encode(content) + b"~>"


def apart(content: bytes) -> bytes:
    """Have every name and text of a PDF that is a value elsewhere in it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for one in list(writer._objects):
        waiting: list[Any] = [one]
        while waiting:
            thing = waiting.pop()
            waiting += thing.values() if isinstance(thing, dict) else ()
            waiting += thing if isinstance(thing, list) else ()
            for key in thing if isinstance(thing, dict) and "/Kids" not in thing else ():
                if not isinstance(thing.raw_get(key), IndirectObject) and key != "/Type":
                    thing[NameObject(key)] = writer._add_object(thing.raw_get(key))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def by_hand(references: bytes, objects: bytes, held: Sequence[tuple[int, int]] = ()) -> bytes:
    """Write a PDF of one page that refers to objects; some of them are held by others."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X[" + references + b"]>>\nendobj\n"
    body += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    body += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 40]>>\nendobj\n" + objects
    rows = {int(one[1]): (1, one.start(), 0) for one in re.finditer(rb"(\d+) 0 obj", body)}
    rows |= {number: (2, holder, 0) for number, holder in held}
    table = b"".join(
        kind.to_bytes(1) + at.to_bytes(4) + place.to_bytes(2) for kind, at, place in rows.values()
    )
    about = b"<</Type/XRef/W[1 4 2]/Root 1 0 R/Size 9999/Length %d/Index[" % len(table)
    about += b"".join(b"%d 1 " % number for number in rows) + b"]>>\nstream\n"
    ending = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"9998 0 obj\n" + about + table + ending


def farthest(one: Image.Image, other: Image.Image) -> int:
    """Give by how much of 255 two pictures differ where they differ most."""
    pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return max(abs(mine - yours) for mine, yours in pairs)


class TestWhatIsTaken:
    """PDF, JPEG and PNG, told by their content, are kept as clean files of the same type."""

    @pytest.mark.parametrize(
        ("content", "kind"),
        [(jpeg(), "image/jpeg"), (png(), "image/png"), (pdf(3), "application/pdf")],
    )
    def test_it_is_kept_under_the_digest_of_what_is_kept(self, content: bytes, kind: str):
        """Which is not always what came."""
        store = MemoryScans()
        scan = accept(store, content)
        kept = b"".join(store.read(scan.digest))
        assert scan.type == kind
        assert (scan.digest, scan.size) == (sha256(kept).hexdigest(), len(kept))
        assert accept(store, content) == scan
        assert [one.digest for one in store.kept()] == [scan.digest]

    @pytest.mark.parametrize("content", [jpeg(), pdf(2)])
    def test_nothing_tells_where_and_by_what_it_was_made(self, content: bytes):
        """Neither place nor camera nor title is left."""
        assert MODEL.encode() in content or MODEL.encode("utf-16-be") in content
        kept = check(content).content
        assert MODEL.encode() not in kept
        assert MODEL.encode("utf-16-be") not in kept

    def test_nothing_tells_of_it_in_the_pictures_of_a_pdf(self):
        """What puts photographs into a PDF leaves them as they are."""
        content = stream_pdf(jpeg(), **IMAGE, Filter="/DCTDecode", ColorSpace="/DeviceRGB")
        assert MODEL.encode() in content
        kept = check(content).content
        assert MODEL.encode() not in kept
        (image,) = PdfReader(BytesIO(kept)).pages[0].images
        assert image.image is not None
        assert image.image.size == (60, 40)

    @pytest.mark.parametrize("outer", ["/FlateDecode", "/ASCII85Decode"])
    def test_nothing_tells_of_it_in_a_picture_that_is_packed_twice(self, outer: str):
        """It is packed once from then on."""
        twice = zlib.compress(jpeg()) if outer == "/FlateDecode" else b85(jpeg())
        about = {"Filter": [outer, "/DCTDecode"], "DecodeParms": ["/x", {"/ColorTransform": 1}]}
        kept = check(stream_pdf(twice, **IMAGE, **about, ColorSpace="/DeviceRGB")).content
        (page,) = PdfReader(BytesIO(kept), strict=True).pages
        (image,) = page.images
        held = page["/Resources"]["/XObject"]["/x"]  # type: ignore[index] # dictionaries
        assert (held["/Filter"], held["/DecodeParms"]) == ("/DCTDecode", {"/ColorTransform": 1})
        assert MODEL.encode() not in held._data
        assert image.image is not None
        assert image.image.size == (60, 40)

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_a_photograph_is_kept_upright(self, turned: int):
        """Whichever way the telephone was held, the same picture is seen as by a viewer."""
        content = jpeg(turned=turned, quality=95)
        kept = opened(content)
        assert not kept.getexif()
        seen = ImageOps.exif_transpose(Image.open(BytesIO(content)))
        assert kept.size == seen.size == ((60, 40) if turned <= 4 else (40, 60))
        assert farthest(kept, seen) <= 24

    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
    def test_a_png_of_every_kind(self, mode: str):
        """What is clear lies on white, and 16 bits of grey are kept as 8."""
        kept = opened(png(mode=mode))
        assert kept.mode in {"1", "L", "P", "RGB"}
        assert kept.size == (60, 40)
        if mode == "I;16":
            assert kept.getpixel((5, 5)) == 156
        else:
            assert kept.convert("RGB").getpixel((50, 30)) == (255, 255, 255)

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("quality", [10, 95])
    def test_a_jpeg_is_kept_about_as_fine_as_it_was(self, mode: str, quality: int):
        """It neither becomes unreadable nor much larger."""
        content = jpeg(mode=mode, quality=quality)
        kept = check(content).content
        assert len(kept) <= len(content) * 1.1
        assert farthest(Image.open(BytesIO(content)), Image.open(BytesIO(kept))) <= 24

    def test_what_is_clean_stays_as_it_is(self):
        """A PNG and a PDF that were kept are the same file when they are handed in again."""
        for content in (png(mode="RGBA"), pdf(2)):
            kept = check(content).content
            assert check(kept).content == kept

    def test_pages_are_kept_in_order_with_their_size(self):
        """Nothing is lost of a PDF but what is not on its pages."""
        kept = PdfReader(BytesIO(check(pdf(5, (30, 90))).content), strict=True)
        assert [page.mediabox.height for page in kept.pages] == [90] * 5
        assert kept.metadata is None

    def test_what_the_office_prints_as_pdf_is_taken(self):
        """Text with its fonts and a QR code."""
        slip = slips.Slip(office=("Tuban",), title="Tanda Terima", code="K7M2", scanned="K7M2")
        assert check(slips.pdf(slip)).type == "application/pdf"

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            (rb"startxref\n\d+", b"startxref\n7"),
            (rb"startxref\n\d+", b"startxref\n99999999"),
            (rb"startxref\n\d+", b"startxref\n-1"),
            (rb"(?<=\n)00000000(\d\d)", rb"00000005\1"),
            (rb"xref\n0 \d+", b"xref\n0 8"),
            (rb"xref\n0 \d+\n(.+\n)+trailer", b"trailer"),
            (rb"/Size", b"/Prev 0 /Size"),
            (rb"/Length \d+", b"/Length 3"),
            (rb"endobj\n", b"endobj\r\n"),
            (rb"/Rotate 0", b"/Rotate 0 /Rotate 0"),
            (rb"/Rotate 0", b"/Rotate 0 /Annots null"),
            (rb"/Rotate 0", b"/Rotate 0 /Annots [99 0 R]"),
            (rb"/Type /Catalog", b"/Type /Catalog /Outlines 98 0 R"),
            (rb"%%EOF", b"%%EOF<!-- 0.02 s -->"),
            (rb"%%EOF", b"%%EOF\n" + bytes(2000)),
            (rb"^%PDF", b"\r\n%PDF"),
            (rb"^%PDF", b"\xef\xbb\xbf%PDF"),
        ],
    )
    def test_a_pdf_with_mistakes_that_its_makers_make(self, right: bytes, wrong: bytes):
        """Scanners and servers: a reader mends it, and the pages are kept as if it were right."""
        content = pdf_with(page_Rotate=0)
        mistaken = re.sub(right, wrong, content)
        assert mistaken != content
        assert check(mistaken).content == check(content).content

    def test_a_pdf_whose_names_are_kept_elsewhere_in_it(self):
        """How a picture is packed may be said by a reference, too."""
        content = stream_pdf(packed(1 << 20), Filter="/FlateDecode")
        at = content.index(b"xref\n")
        apart = b"70 0 obj\n[/FlateDecode]\nendobj\n"
        elsewhere = content[:at].replace(b"/Filter /FlateDecode", b"/Filter 70 0 R") + apart
        assert elsewhere.count(b"70 0 R") == 1
        assert check(elsewhere + content[at:]).type == "application/pdf"

    def test_a_tagged_pdf(self):
        """Its parts may refer to one another."""
        part = {"/Type": "/StructElem", "/S": "/P", "/Ref": []}
        assert check(pdf_with(StructTreeRoot={"/K": part})).type == "application/pdf"

    def test_what_a_telephone_writes_behind_a_photograph_is_left_out(self):
        """Some write more behind its end: a moving picture, or numbers of their own."""
        kept = check(jpeg() + b"SEFT\0\0" * 50).content
        assert b"SEFT" not in kept

    def test_a_signed_pdf_is_kept_as_it_is(self):
        """Written anew it would be signed no more."""
        content = signed()
        assert check(content).content == content
        assert code_of(signed(behind=b"\n%%EOF\n")) in {"scan_mixed", "scan_damaged"}


class TestWhatIsNotTaken:
    """A code says why, in both languages, with what would be taken instead."""

    @pytest.mark.parametrize(
        "content",
        [
            b"GIF89a" + bytes(100),
            b"MZ" + bytes(100),
            b"PK\3\4" + bytes(100),
            b"<html></html>",
            b"HTTP/1.1 200 OK\n\n" + pdf(),
            b"\0" + jpeg(),
            "Kartu Keluarga".encode("utf-16"),
        ],
    )
    def test_another_type(self, content: bytes):
        """Whatever it is called; also a scan that does not begin as one."""
        assert code_of(content) == "scan_type"

    def test_nothing_and_too_much(self):
        """From one byte to 20 MiB."""
        assert code_of(b"") == "scan_size"
        assert code_of(pdf() + bytes(LARGEST)) == "scan_size"

    @pytest.mark.parametrize("content", [jpeg((300, 200)), png((300, 200)), pdf(2, (300, 200))])
    @pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
    def test_a_file_that_was_cut_off(self, content: bytes, part: float):
        """As a slow line cuts it off."""
        assert code_of(content[: max(8, int(len(content) * part))]) == "scan_damaged"

    def test_a_pdf_with_a_piece_missing_or_a_picture_cut_off_in_it(self):
        """Its end alone does not make it whole."""
        content = pdf(2, (300, 200))
        assert code_of(content[:400] + content[600:]) == "scan_damaged"
        cut = jpeg((300, 200))[:-300]
        assert code_of(stream_pdf(cut, **IMAGE, Filter="/DCTDecode")) == "scan_damaged"
        short = packed(1 << 20)[:-20]
        assert code_of(stream_pdf(short, **IMAGE, Filter="/FlateDecode")) == "scan_damaged"

    def test_a_pdf_of_which_something_is_lost(self):
        """What is mended has all pages, and on them all that was on them."""
        content = pdf(3, (300, 200))
        starts = [one.start() for one in re.finditer(rb"\d+ 0 obj", content)]
        whole, taken = check(content).content, 0
        for start, end in pairwise(starts):
            with suppress(InvalidInput):
                assert check(content[:start] + content[end:]).content == whole
                taken += 1
        assert (len(starts), taken) == (12, 0)

    def test_a_signed_pdf_is_not_mended(self):
        """It would be another one."""
        content = signed()
        assert code_of(re.sub(rb"startxref\n\d+", b"startxref\n7", content)) == "scan_damaged"
        assert check(b"\n" + content).content == content

    def test_a_png_with_a_changed_byte(self):
        """Each of its pieces has a sum."""
        content = bytearray(png((300, 200)))
        content[len(content) // 2] ^= 1
        assert code_of(bytes(content)) == "scan_damaged"

    @pytest.mark.parametrize("content", [jpeg(), png(), jpeg(turned=6)])
    @pytest.mark.parametrize(
        "behind",
        [
            b"<script>alert(1)</script>",
            b"<HTML><body>",
            b"<!DOCTYPE html>",
            b'<svg onload="x()">',
            b"<?php system($_GET[0]);",
            pdf(),
        ],
    )
    def test_a_picture_and_something_else(self, content: bytes, behind: bytes):
        """What a browser, a server or a reader would run."""
        assert code_of(content + behind) == "scan_mixed"

    @pytest.mark.parametrize("content", [jpeg(), png(), pdf()])
    def test_a_scan_and_an_archive(self, content: bytes):
        """An archive is read from its end."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("x.exe", b"MZ")
        assert code_of(content + out.getvalue()) == "scan_mixed"

    @pytest.mark.parametrize("by_chance", [b"PK\x05\x06" + bytes(18), b"%PDF-\xfe"])
    def test_what_looks_like_something_else_by_chance(self, by_chance: bytes):
        """Some bytes that come up in one of very many scans are nothing yet."""
        out = BytesIO()
        remarks = PngInfo()
        remarks.add(b"teSt", by_chance)
        picture().save(out, "PNG", pnginfo=remarks)
        assert by_chance in out.getvalue()
        check(out.getvalue())

    def test_a_picture_whose_remarks_are_a_page(self):
        """A comment is a place for it, too."""
        out = BytesIO()
        picture().save(out, "JPEG", comment=b"<script>alert(1)</script>")
        assert code_of(out.getvalue()) == "scan_mixed"

    @pytest.mark.parametrize("size", [(20_000, 20_000), (9_000, 8_000)])
    def test_a_small_png_that_is_huge(self, size: tuple[int, int]):
        """It is refused by its head; nothing of it is unpacked."""
        out = BytesIO()
        Image.new("1", size).save(out, "PNG")
        assert code_of(out.getvalue()) == "scan_pixels"

    def test_a_small_pdf_that_is_huge(self):
        """In what it unpacks to, in a picture's head, and in the JPEG behind it."""
        bomb = packed(600 << 20)
        assert len(bomb) < 1 << 20
        assert code_of(stream_pdf(bomb, Filter="/FlateDecode")) == "scan_unpacks"
        wide = IMAGE | {"Width": 60_000, "Height": 60_000}
        assert code_of(stream_pdf(b"x", **wide, Filter="/CCITTFaxDecode")) == "scan_pixels"
        out = BytesIO()
        Image.new("L", (9000, 9000)).save(out, "JPEG", quality=1)
        for packing, huge in (
            ("/DCTDecode", out.getvalue()),
            (["/FlateDecode", "/DCTDecode"], zlib.compress(out.getvalue())),
            (["/ASCII85Decode", "/DCTDecode"], b85(out.getvalue())),
            ("/JPXDecode", HUGE_JPX),
        ):
            assert code_of(stream_pdf(huge, **IMAGE, Filter=packing)) == "scan_pixels"
        assert code_of(stream_pdf(b85(bomb), Filter=["/ASCII85Decode", "/FlateDecode"])) == (
            "scan_unpacks"
        )

    @pytest.mark.parametrize(
        "filters",
        [["/FlateDecode", "/FlateDecode"], ["/LZWDecode"], ["/RunLengthDecode", "/FlateDecode"]],
    )
    def test_what_is_packed_twice_or_oddly(self, filters: list[str]):
        """Small, and then not small, and then huge."""
        assert code_of(stream_pdf(packed(1 << 20), Filter=filters)) == "scan_unpacks"

    def test_a_pdf_whose_own_tables_are_huge(self):
        """Also what is unpacked only to find the objects of it."""
        bomb = packed(64 << 20)
        head = b"%PDF-1.5\n"
        about = b"<</Type/XRef/W[1 4 1]/Size 9/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(
            bomb
        )
        body = b"1 0 obj\n" + about + b"\nstream\n" + bomb + b"\nendstream\nendobj\n"
        content = head + body + b"startxref\n9\n%%EOF\n"
        assert code_of(content) == "scan_unpacks"

    @pytest.mark.parametrize(
        "inside",
        [
            {"OpenAction": {"/S": "/JavaScript", "/JS": "app.alert(1)"}},
            {"OpenAction": {"/S": "/Launch", "/F": "cmd.exe"}},
            {"OpenAction": {"/S": "/SubmitForm", "/F": "tempat"}},
            {"OpenAction": {"/S": "/GoTo", "/Next": {"/S": "/GoToR", "/F": "lain.pdf"}}},
            {"AA": {"/WC": {"/S": "/Named"}}},
            {"Names": {"/JavaScript": {"/Names": []}}},
            {"Names": {"/EmbeddedFiles": {"/Names": []}}},
            {"AcroForm": {"/XFA": [], "/Fields": []}},
            {"page_AA": {"/O": {"/S": "/JavaScript", "/JS": "app.alert(1)"}}},
            {"page_Annots": [{"/Subtype": "/FileAttachment"}]},
            {"page_Annots": [{"/Subtype": "/Link", "/A": {"/S": "/Launch"}}]},
            {"page_Annots": [{"/Subtype": "/RichMedia"}]},
            {"AF": [{"/Type": "/Filespec", "/EF": {"/F": "x"}}]},
            {"OpenAction": {"/S": "/URI", "/URI": "tempat"}},
            {"OpenAction": {"/S": "/Named", "/N": "/Print"}},
            {"page_Group": {"/Ref": {"/F": "lain.pdf"}}},
            {"page_Group": {"/Subtype": "/PS"}},
        ],
    )
    def test_a_pdf_that_does_something(self, inside: dict[str, Any]):
        """A page does nothing: neither scripts, nor starting, sending, playing or attachments."""
        assert code_of(pdf_with(**inside)) == "scan_active"

    @pytest.mark.parametrize(
        "inside",
        [
            {"OpenAction": {"/S": "/Launch", "/F": "cmd.exe"}},
            {"OpenAction": {"/S": "/URI", "/URI": "tempat"}},
            {"page_Annots": [{"/Subtype": "/RichMedia"}]},
            {"page_Group": {"/Ref": {"/F": "lain.pdf"}}},
        ],
    )
    @pytest.mark.parametrize("table", [True, False])
    def test_a_pdf_that_does_something_by_references(self, inside: dict[str, Any], table: bool):
        """Each thing that it is made of may be elsewhere in it; also where its table is wrong."""
        content = apart(pdf_with(**inside))
        assert code_of(content if table else content.replace(b"startxref", b"startxref 7")) == (
            "scan_active"
        )

    def test_a_name_may_be_written_otherwise(self):
        """With codes for its letters."""
        content = pdf_with(OpenAction={"/S": "/JavaScript", "/JS": "x"})
        changed = content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4a#53")
        assert changed != content
        assert code_of(found_again(changed)) == "scan_active"

    def test_what_was_added_to_a_pdf_later(self):
        """What holds of a PDF is what was written last."""
        writer = PdfWriter(BytesIO(pdf()), incremental=True)
        action = pdf_object({"/S": "/JavaScript", "/JS": "app.alert(1)"})
        writer.root_object[NameObject("/OpenAction")] = action
        out = BytesIO()
        writer.write(out)
        assert out.getvalue().startswith(pdf()[:500])
        assert code_of(out.getvalue()) == "scan_active"

    def test_a_photograph_that_takes_for_ever(self):
        """It is drawn in passes, each over all of it, of a few bytes each; also within a PDF."""
        out = BytesIO()
        picture((3000, 2000)).save(out, "JPEG", progressive=True)
        whole = out.getvalue()
        last = whole.rindex(b"\xff\xda")
        slow = whole[:last] + whole[last:-2] * 1000 + whole[-2:]
        assert check(whole).type == "image/jpeg"
        assert code_of(slow) == "scan_unpacks"
        assert code_of(stream_pdf(slow, **IMAGE, Filter="/DCTDecode")) == "scan_unpacks"

    def test_a_pdf_of_more_photographs_than_pages_have(self, monkeypatch: pytest.MonkeyPatch):
        """Each of them may be large, but not all."""
        content = stream_pdf(jpeg(), **IMAGE, Filter="/DCTDecode")
        monkeypatch.setattr(document, "_MOST_PIXELS_DRAWN", 60 * 40)
        assert check(content).type == "application/pdf"
        monkeypatch.setattr(document, "_MOST_PIXELS_DRAWN", 60 * 40 - 1)
        assert code_of(content) == "scan_unpacks"

    @pytest.mark.parametrize("kind", [b"zTXt", b"iCCP", b"iTXt"])
    def test_a_png_whose_remarks_are_huge(self, kind: bytes):
        """They are refused before they are unpacked."""
        start = b"a\0\1\0\0\0" if kind == b"iTXt" else b"a\0\0"
        inside = start + packed(100 << 20)
        sum_ = zlib.crc32(kind + inside).to_bytes(4)
        content = png()
        chunk = len(inside).to_bytes(4) + kind + inside + sum_
        assert code_of(content[:33] + chunk + content[33:]) == "scan_damaged"

    def test_a_pdf_whose_streams_lie_one_over_the_other(self):
        """A small file would fill the memory of whoever reads all of them."""
        count, size = 30, 1 << 20
        heads = [b"%d 0 obj\n<</Length %07d>>\nstream\n" % (10 + n, 0) for n in range(count)]
        lengths = [size + len(heads[0]) * (count - 1 - n) for n in range(count)]
        over = b"".join(
            head.replace(b"0000000", b"%07d" % length)
            for head, length in zip(heads, lengths, strict=True)
        )
        references = b"".join(b"%d 0 R " % (10 + n) for n in range(count))
        content = by_hand(references, over + bytes(size) + b"\nendstream\nendobj\n")
        assert code_of(content) == "scan_unpacks"
        assert check(by_hand(b"10 0 R", over + bytes(size) + b"\nendstream\nendobj\n"))

    @pytest.mark.parametrize("table", [True, False])
    def test_a_pdf_that_takes_for_ever_to_be_read(
        self, monkeypatch: pytest.MonkeyPatch, table: bool
    ):
        """Texts that hold each other, each read to the end of the last; it is given up."""
        monkeypatch.setattr(document._Hurried, "left", 100_000)
        count = 1000
        texts = b"".join(b"%d 0 obj (" % (10 + n) for n in range(count)) + b"a" * 1000
        references = b"".join(b"%d 0 R " % (10 + n) for n in range(count))
        content = by_hand(references, texts + b")" * count + b" endobj\n")
        if not table:
            content = content.replace(b"startxref", b"startxref 7")
        assert code_of(content) == "scan_unpacks"

    def test_a_pdf_whose_objects_are_in_too_much(self):
        """What holds them is unpacked by who looks for one of them."""
        packing = zlib.compressobj()
        bomb = packing.compress(b"9 0 1" + b" " * (7 << 20)) + packing.flush()
        about = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(bomb)
        holder = about + b"\nstream\n" + bomb + b"\nendstream\nendobj\n"
        held = [(500 + n, 10 + n) for n in range(2)]
        content = by_hand(
            b"".join(b"%d 0 R " % one for one, _ in held),
            b"".join(b"%d 0 obj\n" % number + holder for _, number in held),
            held,
        )
        assert code_of(content) == "scan_unpacks"

    def test_a_damaged_pdf_of_more_streams_than_pages_have(self):
        """Who looks for its objects would unpack them all."""
        damaged = pdf().replace(b"startxref", b"startxref 7")
        assert check(damaged).type == "application/pdf"
        many = b"".join(b"%d 0 obj<<>>stream\nendstream endobj\n" % n for n in range(10, 1100))
        assert code_of(damaged.replace(b"%%EOF", many + b"%%EOF")) == "scan_damaged"

    def test_a_pdf_whose_content_is_elsewhere(self):
        """A stream may name a file of the reader's machine."""
        assert code_of(stream_pdf(b"", F="/etc/passwd")) == "scan_active"

    def test_a_locked_pdf(self):
        """Nobody could read it."""
        writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
        writer.encrypt("rahasia", algorithm="RC4-128")
        out = BytesIO()
        writer.write(out)
        assert code_of(out.getvalue()) == "scan_encrypted"

    def test_too_many_pages_and_none(self):
        """Up to a hundred."""
        assert check(pdf(MOST_PAGES)).type == "application/pdf"
        assert code_of(pdf(MOST_PAGES + 1)) == "scan_pages"
        out = BytesIO()
        PdfWriter().write(out)
        assert code_of(out.getvalue()) == "scan_pages"

    def test_links_lead_nowhere_any_more(self):
        """A page that is kept leads nobody away from it."""
        away = {"/S": "/URI", "/URI": "tempat lain"}
        link = {"/Subtype": "/Link", "/A": away}
        note = {"/Subtype": "/FreeText", "/Contents": "catatan", "/A": away, "/PA": away}
        kept = check(pdf_with(page_Annots=[link, note])).content
        assert b"tempat lain" not in kept
        assert b"catatan" in kept


class TestHostileInput:
    """Whatever bytes come, they are taken, or refused by an error of the library."""

    @given(st.sampled_from([jpeg(), png(), pdf(2), signed()]), st.data())
    def test_bytes_that_changed(self, content: bytes, data: st.DataObject):
        """What is taken opens, too."""
        changed = bytearray(content)
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(changed) - 1))
            match data.draw(st.sampled_from(["set", "cut", "put", "twice"])):
                case "set":
                    changed[at] = data.draw(st.integers(0, 255))
                case "cut":
                    del changed[at : at + data.draw(st.integers(1, 200))]
                case "put":
                    changed[at:at] = data.draw(st.binary(min_size=1, max_size=40))
                case _:
                    changed[at:at] = changed[at : at + 100]
            if not changed:
                break
        _is_judged(bytes(changed))

    @given(st.sampled_from([b"%PDF-1.4\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]), st.data())
    def test_any_bytes(self, head: bytes, data: st.DataObject):
        """That only begin as a scan does."""
        _is_judged(head + data.draw(st.binary(max_size=400)) + data.draw(st.just(b"%%EOF")))


def _is_judged(content: bytes) -> None:
    with suppress(InvalidInput):
        taken = check(content)
        assert check(taken.content).type == taken.type


def test_what_opens_scans_is_loaded_when_it_is_used():
    """Neither the library nor its plugins need it."""
    code = (
        "import sys, adminduk, adminduk.scans, adminduk.plugins as p;"
        "p.open_scans('memory:'); sys.exit(bool({'PIL', 'pypdf'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_what_opens_scans_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    """It is no fault of the file."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    for module in ("picture", "document"):
        monkeypatch.delitem(sys.modules, f"adminduk.scans.{module}", raising=False)
        monkeypatch.delattr(f"adminduk.scans.{module}", raising=False)
    with pytest.raises(Refused) as caught:
        check(b"\xff\xd8\xff" + bytes(9))
    assert caught.value.code == "no_scan_reader"
    assert "adminduk[scans]" in caught.value.message("id")
