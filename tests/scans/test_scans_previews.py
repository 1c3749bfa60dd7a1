"""What a verifier is shown of a scan, and what files that mean harm do to it: nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from papers import jpeg, packed, pdf, pdf_with, png, stream_pdf
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from adminduk.cli import cli
from adminduk.errors import InvalidInput, Refused
from adminduk.plugins import open_scans
from adminduk.scans import previews as module
from adminduk.scans.previews import SIDES, previews


def opened(picture: bytes) -> Image.Image:
    """Open a preview."""
    image = Image.open(BytesIO(picture))
    image.load()
    assert image.format == "JPEG"
    return image


def is_dark(image: Image.Image, across: float, down: float) -> bool:
    """Whether a place of a picture, as parts of its sides, is dark."""
    shade = image.convert("L").getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(shade, int)
    return shade < 100


def code_of(content: bytes) -> str:
    """Give why no preview is drawn."""
    with pytest.raises(InvalidInput) as caught:
        previews(content)
    assert caught.value.message("id")
    return caught.value.faults[0].code


def numbered(count: int) -> bytes:
    """Scan pages, each with a mark at a height of its own."""
    pages = [Image.new("RGB", (200, 300), "white") for _ in range(count)]
    for number, page in enumerate(pages):
        ImageDraw.Draw(page).rectangle((0, 100 * number, 200, 100 * number + 99), fill="black")
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def test_every_page_of_a_document_in_order():
    """Each small, and the longer side as long as was asked."""
    drawn = previews(numbered(3), side=120)
    assert (drawn.pages, len(drawn.pictures)) == (3, 3)
    for number, picture in enumerate(map(opened, drawn.pictures)):
        assert max(picture.size) == 120
        darkness = [is_dark(picture, 0.5, 1 / 6 + third / 3) for third in range(3)]
        assert darkness == [third == number for third in range(3)]


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_photograph_is_shown_upright(turned: int):
    """However the telephone was held; the mark is where it is turned to."""
    picture = opened(previews(jpeg((600, 400), turned=turned)).pictures[0])
    assert picture.size == ((400, 267) if turned in {1, 3} else (267, 400))
    dark = {1: (0.2, 0.1), 3: (0.8, 0.9), 6: (0.9, 0.2), 8: (0.1, 0.8)}
    for place in dark.values():
        assert is_dark(picture, *place) == (place == dark[turned])


def test_a_page_that_is_turned_in_its_document():
    """Is shown as readers show it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(numbered(1))))
    writer.pages[0].rotate(90)
    out = BytesIO()
    writer.write(out)
    picture = opened(previews(out.getvalue()).pictures[0])
    assert picture.width > picture.height
    assert (is_dark(picture, 0.9, 0.5), is_dark(picture, 0.1, 0.5)) == (True, False)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_kind(mode: str):
    """A picture has one page; a small one is not made larger."""
    drawn = previews(png((60, 40), mode=mode))
    assert drawn.pages == 1
    assert opened(drawn.pictures[0]).size == (60, 40)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "scan_size"),
        (bytes(20 * 1024 * 1024 + 1), "scan_size"),
        (b"PK\x03\x04", "scan_type"),
        (b"%PDF-1.7 nothing", "scan_damaged"),
        (jpeg()[:200], "scan_damaged"),
        (png((9000, 9000), mode="1"), "scan_pixels"),
        (pdf(101), "scan_pages"),
    ],
)
def test_what_is_not_drawn(content: bytes, code: str):
    """It is said why."""
    assert code_of(content) == code


def test_a_locked_document():
    """Is not opened."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.encrypt("rahasia", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    assert code_of(out.getvalue()) == "scan_encrypted"


def test_a_document_that_unpacks_to_far_more():
    """Neither fills the memory nor ends the program; a page may be drawn without it."""
    bomb = stream_pdf(packed(1 << 28), Filter="/FlateDecode", Type="/XObject", Subtype="/Image")
    with suppress(InvalidInput):
        assert previews(bomb).pages == 1


def test_a_document_that_acts():
    """Nothing of that happens; it is a page."""
    assert previews(pdf_with(OpenAction={"/S": "/JavaScript", "/JS": "while(true);"})).pages == 1


def test_damaged_files_break_nothing():
    """A preview, or a reason."""
    chance = Random(7)  # noqa: S311 - chance that can be repeated
    for whole in (numbered(2), jpeg(), png()):
        for _ in range(3):
            damaged = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            with suppress(InvalidInput):
                for one in previews(bytes(damaged)).pictures:
                    opened(one)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    """What draws it is ended."""
    monkeypatch.setattr(module, "_SECONDS", 0.01)
    assert code_of(pdf()) == "scan_unpacks"


@pytest.mark.parametrize("side", [0, -1, SIDES[-1] + 1])
def test_a_side_that_there_is_not(side: int):
    """That is a fault of who asks."""
    with pytest.raises(ValueError, match=str(side)):
        previews(pdf(), side=side)


def test_what_draws_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    """It is said what to install."""
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(Refused) as caught:
        previews(pdf())
    assert caught.value.facts["instead"] == ["pip install 'adminduk[previews]'"]


def test_it_is_loaded_only_when_used():
    """Neither with the library nor with what keeps scans; and it draws in another process."""
    code = (
        "import sys, adminduk, adminduk.scans.previews, adminduk.cli;"
        "print(sorted({'PIL', 'pypdfium2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_by_digest_or_file_on_the_command_line(tmp_path: Path):
    """With a store of scans alone, or with none."""
    url = (tmp_path / "scans").as_uri()
    digest = open_scans(url).put(numbered(2))
    out = tmp_path / "out"
    out.mkdir()
    asked = ["--scans", url, "scans", "preview", digest, "-o", str(out), "--side", "50", "--json"]
    answer = CliRunner().invoke(cli, asked)
    files = [str(out / "001.jpg"), str(out / "002.jpg")]
    assert json.loads(answer.output) == {"pages": 2, "files": files}
    assert [max(opened(Path(one).read_bytes()).size) for one in files] == [50, 50]
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(jpeg())
    answer = CliRunner().invoke(cli, ["--lang", "en", "scans", "preview", str(photo)])
    assert answer.output == "Pages: 1.\n"


@pytest.mark.parametrize("scan", ["tidak-ada.pdf", "a\0b", sha256(b"x").hexdigest()])
def test_a_scan_that_is_not_there(scan: str, tmp_path: Path):
    """It is refused in words."""
    url = (tmp_path / "scans").as_uri()
    answer = CliRunner().invoke(cli, ["--scans", url, "scans", "preview", scan])
    assert answer.exit_code == 1
    assert answer.output.strip()
    assert "Traceback" not in answer.output
