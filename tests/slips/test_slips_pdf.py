"""Slips as a person sees them, on paper and from a phone's camera."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import count

import pytest
import zxingcpp
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from office_days import Town
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfReader

from adminduk import AdmindukError, slips
from adminduk.slips import Slip
from adminduk.slips.slip import Align, Column, Section, Table
from adminduk.testing.strategies import tracking_codes

FULL = settings.get_current_profile_name() == "full"
A5, A4 = (420, 595), (595, 842)


def listed(lines: int, *, tall: bool = False) -> Slip:
    """Make a slip with so many lines."""
    columns = (
        Column(head="No.", align=Align.RIGHT),
        Column(head="Lembar", code=True),
        Column(head="Atas nama", share=1),
    )
    rows = [(str(one), f"K7M2Q9XD4H-T/{one}", f"Orang {one}") for one in range(1, lines + 1)]
    return Slip(
        office=("Pemerintah Kabupaten Tuban", "Dinas"),
        title="Ekspedisi keluar",
        code="KIRIM-1",
        scanned=f"KIRIM-1 {lines} ABCDEF",
        sections=(Section("Lembar", table=Table(columns, rows, tall)),),
        signers=("Petugas cetak", "Kurir"),
        foot=f"KIRIM-1 {lines} ABCDEF",
    )


def read(pdf: bytes) -> list[str]:
    """Give the words of each page, as another program reads them."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    ("lines", "tall"),
    [
        (1, False),
        (1, True),
        (50, False),
        (50, True),
        pytest.param(5000, True, marks=pytest.mark.no_cover),  # it takes twice as long as reading
    ],
)
def test_every_line_stands_once_and_in_order(lines: int, tall: bool):
    """Each page says the totals, which page it is, and what its columns are."""
    pages = read(slips.pdf(listed(lines, tall=tall)))
    found = [int(one) for page in pages for one in re.findall(r"K7M2Q9XD4H-T/(\d+)", page)]
    assert found == list(range(1, lines + 1))
    for number, page in enumerate(pages, start=1):
        assert f"KIRIM-1 {lines} ABCDEF" in page
        assert f"Halaman {number} dari {len(pages)}" in page
        assert ("Lembar" in page) == bool(re.search("T/[0-9]", page))
    assert "Petugas cetak" in pages[-1]


def test_a_slip_is_always_the_same(town: Town):
    """Made again, it is the same to the byte: no clock is in it."""
    case = town.case("ktp-hilang")
    first, second = (slips.pdf(slips.receipt(town.office, case.code)) for _ in range(2))
    assert first == second


def test_each_has_its_sheet(town: Town):
    """A receipt is half of a sheet; a list to be signed lies across."""
    case = town.at_village("ktp-hilang")
    made = [slips.receipt(town.office, case.code), slips.handover(town.office, town.siti.actor)]
    boxes = [PdfReader(io.BytesIO(slips.pdf(one))).pages[0].mediabox for one in made]
    assert [(round(box.width), round(box.height)) for box in boxes] == [A5, (A4[1], A4[0])]


WORDS = (
    "*tebal* _miring_ #set text(red)",
    '#read("/etc/passwd") $x$ `kode` <label> @acuan',
    "Ny. D'Arcy-Putri, S.Pd., M.Si. // bukan komentar",
    "\\ \\u{41} [isi] {kode} ~ -- ---",
)


@pytest.mark.parametrize("words", WORDS)
def test_what_is_said_is_never_markup(words: str):
    """It stands as it was written, in every place where words stand."""
    columns = (Column(head=words), Column(head="Kode", code=True))
    slip = Slip(
        office=(words, "Dinas"),
        title=words,
        code=words,
        facts=((words, words),),
        sections=(Section(words, (words,), (words,), Table(columns, [(words, words)])),),
        signers=(words,),
        foot=words,
    )
    (page,) = read(slips.pdf(slip))
    plain = "".join(page.replace("\u200b", "").split()).lower()
    assert plain.count("".join(words.split()).lower()) == 13


def seen(slip: Slip, page: int = 0) -> Image.Image:
    """Give a page as a picture."""
    return Image.open(io.BytesIO(slips.pictures(slip)[page])).convert("L")


def scanned(picture: Image.Image) -> list[str]:
    """Read the codes in a picture, as a phone does."""
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def soiled(picture: Image.Image) -> Image.Image:
    """Drop ink into the middle of the code, which is 30 mm from the right edge."""
    x, y = picture.width - 130, 150
    ImageDraw.Draw(picture).ellipse((x - 9, y - 9, x + 9, y + 9), fill=0)
    return picture


CAMERAS = {
    "straight": lambda one: one,
    "askew": lambda one: one.rotate(11, expand=True, fillcolor=255),
    "upside down": lambda one: one.rotate(180),
    "from afar": lambda one: one.resize((one.width * 2 // 3, one.height * 2 // 3)),
    "out of focus": lambda one: one.filter(ImageFilter.GaussianBlur(1.2)),
    "in the dark": lambda one: one.point(lambda shade: shade // 4),
    "soiled": soiled,
}


@pytest.mark.parametrize("camera", CAMERAS)
def test_a_phone_reads_the_code(town: Town, camera: str):
    """Of a receipt the tracking code; of a bag what a desk without a network compares."""
    case = town.printed("ktp-hilang")
    bag = town.sealed(case.copy)
    receipt, dispatch = slips.receipt(town.office, case.code), slips.dispatch(town.office, bag)
    assert scanned(CAMERAS[camera](seen(receipt))) == [case.code]
    assert scanned(CAMERAS[camera](seen(dispatch))) == [dispatch.foot]


@given(tracking_codes(), st.integers(1, 20_000))
@settings(max_examples=100 if FULL else 8)
def test_any_code_is_read(code: object, number: int):
    """Whatever its letters."""
    text = f"{code} {number}"
    assert scanned(seen(evolve(listed(1), scanned=text))) == [text]


def test_pages_are_pictures_too():
    """A picture a page."""
    slip = listed(100)
    assert len(slips.pictures(slip)) == len(read(slips.pdf(slip)))
    assert len(slips.pictures(listed(1))) == 1


def test_without_what_sets_it(monkeypatch: pytest.MonkeyPatch):
    """What to install is said; as text it can be made all the same."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(AdmindukError) as caught:
        slips.pdf(listed(1))
    assert caught.value.code == "no_typesetter"
    assert "adminduk[slips]" in caught.value.message("en")
    assert "KIRIM-1" in slips.text(listed(1))


def test_nothing_of_it_is_loaded_before_it_is_used():
    """Neither by the library nor by a slip as text."""
    code = (
        "import sys, adminduk, adminduk.slips;"
        "print([one for one in ('typst', 'segno', 'PIL') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not FULL, reason="it takes its time")
def test_a_bag_of_five_thousand(town: Town):
    """Sealed, counted and listed as it is, through the whole of the office."""
    numbers = count(1)
    papers = []
    while len(papers) < 5000:
        case = town.printed("ktp-hilang", "kk-hilang")
        papers += [case.copies(1), case.copies(2)]
        next(numbers)
    bag = town.sealed(*papers)
    pages = read(slips.pdf(slips.dispatch(town.office, bag)))
    found = [one for page in pages for one in re.findall(r"[0-9A-Z]{10}-[0-9A-Z]/[0-9]+", page)]
    assert sorted(found) == sorted(papers)
