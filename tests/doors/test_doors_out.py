"""What was stored or sent comes out inert, through whatever door."""

from __future__ import annotations

import io
import json
import logging
import shutil
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import apsw
import pytest
import zxingcpp
from attrs import evolve
from cli_cases import CASES, Book, as_file, by_courier, code_of
from cli_running import Desk
from mail_office import MailOffice, running
from nasty import NASTY, hidden
from PIL import Image
from pypdf import PdfReader

from adminduk import slips
from adminduk.errors import InvalidInput, Undeliverable
from adminduk.masking import shown
from adminduk.plugins import open_notifier
from adminduk.simulation import Scenario
from adminduk.simulation.model import simulate
from adminduk.simulation.picture import draw
from adminduk.slips import Slip

CODE = code_of(1)
BAG = f"BAG-{CODE}"
EVERYBODY = (
    "village_operator:siti@35.23.08.2001,district_operator@35.23.08,registry_operator@35.23"
    ",print_operator@35.23,head_of_office@35.23,courier@35.23,front_desk@35.23"
)
SENT = ("siti", "joko", "rini", "wahyu", BAG, "Endang Sulastri", "Agus Santoso", "kepala", "sakit")
NOWHERE = (
    "smtp://127.0.0.1:1/?from=a@tuban.example&to={digits}@b.example&post={role}@b.example&tls=no"
)
DAYS = ("--from", "2021-07-01", "--until", "2021-07-31")
COMMANDS = (
    *(("notices",), ("journal",), ("inbox",), ("take",), ("verify",), ("tick",), ("owed",)),
    *(("late",), ("promises",), ("trips", *DAYS), ("schedule", *DAYS), ("originals",)),
    *(("blanks",), ("destroyable",), ("doctor",), ("track", CODE), ("progress", CODE)),
    *(("journal", CODE), ("journal", f"{CODE}/1"), ("find", "35.23.08.2001", *DAYS)),
    *(("slip", "receipt", CODE), ("slip", "control-card", CODE), ("slip", "handover")),
    *(("slip", "book", *DAYS), ("seals", "make"), ("seals", "list")),
    *(("deliver", "--notifier", NOWHERE), ("messages",), ("deliver",)),
)


def keys(database: apsw.Connection) -> tuple[str, ...]:
    """Give the ids of the commands that have messages, by which those are named."""
    found = [str(row[0]) for row in database.execute("select key from messages order by key")]
    return tuple(dict.fromkeys(one.partition("/")[0] for one in found))


def put(file: Path, text: str) -> None:
    """Put a text in the place of what people wrote and chose, past all checks, wherever it is."""
    with closing(apsw.Connection(str(file))) as database:
        sent = (*SENT, *keys(database))

        def changed(said: Any) -> Any:
            if isinstance(said, dict):
                return {changed(name): changed(one) for name, one in said.items()}
            if isinstance(said, list):
                return [changed(one) for one in said]
            if not isinstance(said, str):
                return said
            if said.startswith("{"):  # what is personal is JSON within a text of JSON
                return json.dumps(changed(json.loads(said)))
            for number, one in enumerate(sent):
                said = said.replace(one, text if one in SENT else f"{text} {number}")
            return said

        def column(said: bytes | str) -> bytes | str:
            if isinstance(said, str):
                return str(changed(said))
            return json.dumps(changed(json.loads(said))).encode()

        database.create_scalar_function("changed", column, 1)
        for table, columns in {
            "records": ("id", "grp", "body"),
            "journal": ("id", "body"),
            "messages": ("key", "body"),
            "commands": ("actor", "receipt"),
        }.items():
            sets = ", ".join(f"{one} = changed({one})" for one in columns)
            database.execute(f"update {table} set {sets}")  # noqa: S608 - names of ours only


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an office in which a birth's documents are in a bag on its way."""
    file = tmp_path_factory.mktemp("worked") / "office.db"
    url = f"sqlite:///{file}"
    assert Desk().run("init", url, "--region", "35.23").code == 0
    lines = by_courier(CASES["birth"], CODE)
    depart = next(place for place, line in enumerate(lines) if line["do"] == "depart")
    head = {"id": "kepala", "role": "head_of_office", "region": "35.23"}
    book = Book("doors", hour=7)
    book.add(head, "set_schedule", schedule="35.23.08", timetable={"weekdays": ["thursday"]})
    book.add(head, "announce", notice="N-1", acts=["attend"], channels=["counter"], reason="sakit")
    every = as_file([*book.lines, *lines[: depart + 1]])
    done = Desk(url).run("apply", "-", stdin=every)
    assert done.code == 0, done.out
    with closing(apsw.Connection(str(file))) as database:
        database.pragma("wal_checkpoint(truncate)")
    return file


@pytest.fixture
def desk(worked: Path, tmp_path: Path) -> Desk:
    """Give the place of everybody at a copy of that office."""
    shutil.copy(worked, tmp_path / "office.db")
    return Desk(f"sqlite:///{tmp_path / 'office.db'}", EVERYBODY)


nasty = pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)


@nasty
def test_on_a_terminal_and_in_a_log(desk: Desk, caplog: pytest.LogCaptureFixture, text: str):
    """Nothing of it acts, forges a line, or tells a NIK, whatever is asked for."""
    put(Path(desk.office.removeprefix("sqlite:///")), text)
    caplog.set_level(logging.DEBUG)
    on_bag = (("manifest", text), ("slip", "dispatch", text), ("journal", text))
    for command in (*COMMANDS, *on_bag):
        done = desk.run(*command)  # it checks that no NIK is there in full
        for printed in (done.out, done.err):
            assert hidden(printed) == []
            assert not any(
                line.lstrip().startswith(("ok: done", "Bcc:")) for line in printed.split("\n")
            )
    logged = [record.getMessage() for record in caplog.records]
    assert any("was not sent" in line for line in logged)
    for line in logged:
        assert hidden(line) == []
        assert "\n" not in line
        assert NASTY["a NIK"] not in line


@nasty
def test_on_a_slip(desk: Desk, tmp_path: Path, text: str):
    """It stands there as words, also in what the file says of itself, and acts nowhere."""
    bag = text[:99]
    put(Path(desk.office.removeprefix("sqlite:///")), bag)
    file = tmp_path / "slip.pdf"
    assert desk.run("slip", "dispatch", bag, "--pdf", str(file)).code == 0
    assert desk.run("slip", "receipt", CODE, "--pdf", str(file)).code == 0
    pdf = PdfReader(file)
    assert not any(hidden(str(one)) for one in (pdf.metadata or {}).values())
    assert not any(
        name in str(page.get_object()) for page in pdf.pages for name in ("/URI", "/JS", "/AA")
    )


@nasty
def test_a_slip_of_nothing_else(text: str):
    """In every place at once: words as they are, and the code that a phone reads likewise."""
    made = Slip(
        office=(text[:99], "Dinas"),
        title=text[:99],
        code=text[:20],
        scanned=text[:200],
        facts=((text[:99], text[:999]),),
    )
    pdf = PdfReader(io.BytesIO(slips.pdf(made)))
    assert pdf.metadata is not None
    assert not hidden(str(pdf.metadata.title))
    said = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "".join(shown(text[:99]).split()).lower() in said.lower()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(slips.pictures(made)[0])))
    assert read.text == shown(text[:200])
    assert not hidden(slips.text(made))


@nasty
def test_in_a_calendar(desk: Desk, tmp_path: Path, text: str):
    """A calendar has names of regions and times, and nothing of what people write."""
    put(Path(desk.office.removeprefix("sqlite:///")), text)
    file = tmp_path / "courier.ics"
    assert desk.run("schedule", "--ical", str(file)).code == 0
    lines = file.read_bytes().decode().split("\r\n")
    assert "BEGIN:VEVENT" in lines
    assert hidden("".join(lines)) == []
    names = {
        line.partition(":")[0].partition(";")[0] for line in lines if line[:1] not in {"", " "}
    }
    assert names <= {
        *("BEGIN", "END", "PRODID", "VERSION", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP"),
        *("DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION", "TRANSP"),
    }


@nasty
def test_in_a_mail(text: str):
    """It is in the body alone: no header, recipient or part comes of it."""
    office = MailOffice()
    with running(office) as url:
        notifier = open_notifier(url())
        notifier.send(text[:200], "+6281234567890", text[:999])
        with pytest.raises(Undeliverable):
            notifier.send("1/0", f"+6281234567890{text}", "Siap.")
    (mail,) = office.mails
    assert isinstance(mail, EmailMessage)
    assert not mail.is_multipart()
    assert set(mail) <= {
        *("From", "To", "Date", "Message-ID", "X-Adminduk-Key", "Auto-Submitted", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo"),
    }
    assert mail["To"] == "6281234567890@sms.example"
    assert mail.get_content().split() == text[:999].split()


@pytest.fixture(scope="module")
def ordinary() -> Any:
    """Give what a short simulation came to."""
    return simulate(Scenario(), 1)


@nasty
@pytest.mark.parametrize("form", ["svg", "png"])
def test_in_a_picture(ordinary: Any, tmp_path: Path, text: str, form: str):
    """The name of a scenario is drawn as it is, or refused."""
    try:
        scenario = evolve(ordinary.scenario, name=text[:60])
    except InvalidInput:
        return
    file = tmp_path / f"picture.{form}"
    draw([evolve(ordinary, scenario=scenario)], file)
    if form == "svg":
        names = {one.tag.rpartition("}")[2] for one in ET.parse(file).iter()}  # noqa: S314 - our own
        assert not names & {"script", "a", "foreignObject", "image", "svg/script"}
