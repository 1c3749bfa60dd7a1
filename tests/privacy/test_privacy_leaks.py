"""Everything that an office writes in its day, searched for people it may not name in full."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import apsw
import click
import pytest
from cli_cases import as_file
from cli_running import Ran, program
from click.testing import CliRunner
from encrypted_office import url_of
from leaking import BIRTH, CARD, DIGITAL, NAMES, NUMBERS, RETURNED, Watcher, found_in, fresh, story
from PIL import Image

from adminduk import Office
from adminduk.cli import cli
from adminduk.codec import read_order
from adminduk.codec.order import parse_json
from adminduk.masters.local import make_master
from adminduk.privacy import load

PLACES: Final = {one.id: one.may for one in load().places.values()}
VILLAGE, BAG = "35.23.08.2001", f"BAG-{BIRTH}"
WHO: Final = {
    "siti": f"village_operator:siti@{VILLAGE}",
    "rini": "registry_operator:rini@35.23",
    "joko": "print_operator:joko@35.23",
    "endang": "head_of_office:endang@35.23",
    "ani": "auditor:ani@35.23",
    "tri": "district_operator:tri@35.23.08",
    "wahyu": "courier:wahyu@35.23",
}
JULY: Final = ("--from", "2021-07-01", "--until", "2021-07-31")


class Place:
    """A folder with an office in it, and the command line there; all it says is looked at."""

    def __init__(self, folder: Path, watcher: Watcher) -> None:
        self.folder = folder
        self.watcher = watcher
        self.told: set[str] = set()
        """The commands that were given, to see that none is left out."""
        self.scan: dict[str, Any] = {}
        """What every scan of it is."""

    def run(self, place: str, *words: str, by: str = "rini", stdin: bytes = b"") -> Ran:
        """Run a command and look at what it prints; refused or not."""
        before = ["--office", f"sqlite:///{self.folder / 'office.db'}"]
        before += ["--as", WHO[by]] if by else []
        before += ["--scans", (self.folder / "scans").as_uri()]
        done = CliRunner().invoke(
            cli, [*before, *words], input=stdin, prog_name="adminduk", env={"ADMINDUK_LANG": "en"}
        )
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        self.watcher.look(place, " ".join(words), done.stdout, done.stderr)
        self.told |= {words[0], " ".join(words[:2])}
        return Ran(done.exit_code, done.stdout, done.stderr)

    def both(self, place: str, *words: str, by: str = "rini") -> None:
        """Run it for people and for programs."""
        for more in ((), ("--json",)):
            assert self.run(place, *words, *more, by=by).code == 0, words

    def file(self, name: str) -> str:
        """Name a file of the folder."""
        return str(self.folder / name)

    def look_at(self, place: str, name: str) -> None:
        """Look at a file that a command wrote."""
        self.watcher.look(place, name, (self.folder / name).read_bytes())


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """Give who looks at everything, the logs included."""
    watcher, root = Watcher(), logging.getLogger()
    before = root.level
    root.addHandler(watcher)
    root.setLevel(logging.DEBUG)
    yield watcher
    root.removeHandler(watcher)
    root.setLevel(before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Make an office at the end of its day, once."""
    tmp_path = tmp_path_factory.mktemp("made")
    place = Place(tmp_path, Watcher())
    place.run("elsewhere", "init", f"sqlite:///{tmp_path / 'office.db'}", "--region", "35.23")
    Image.new("L", (120, 170), 200).save(tmp_path / "page.jpg")
    place.scan = place.run("elsewhere", "scans", "add", place.file("page.jpg")).json
    done = place.run("elsewhere", "apply", "-", by="", stdin=as_file(story(place.scan)))
    assert done.code == 0, done.out
    assert list(place.watcher.leaks(PLACES)) == []
    return place


@pytest.fixture
def place(made: Place, tmp_path: Path, watcher: Watcher) -> Place:
    """Give a copy of it."""
    shutil.copytree(made.folder, tmp_path, dirs_exist_ok=True)
    copied = Place(tmp_path, watcher)
    copied.told, copied.scan = set(made.told), made.scan
    return copied


class Gateway:
    """What a message is handed to; it looks at what it is given."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message: whom it is for, and what it says."""
        self._watcher.look("elsewhere", "key of a message", key)
        self._watcher.look("message", "message", to, text)


def the_day(place: Place) -> None:
    """Ask the office for everything that it tells."""
    other = "elsewhere"
    for by in WHO:
        place.both(other, "inbox", by=by)
    for code in (BIRTH, CARD, RETURNED, DIGITAL):
        for words in (("track", code), ("journal", code), ("progress", code)):
            place.both(other, *words)
        for name in ("receipt", "control-card"):
            place.both("slip", "slip", name, code)
            place.both("slip", "slip", name, code, "--pdf", place.file("slip.pdf"))
            place.look_at("slip", "slip.pdf")
    for words in (("dispatch", BAG), ("book", *JULY), ("handover",)):
        place.both("slip", "slip", *words, by="tri")
        place.both("slip", "slip", *words, "--pdf", place.file("slip.pdf"), by="tri")
        place.look_at("slip", "slip.pdf")
    place.both("desk", "find", VILLAGE, *JULY)
    for by in ("ani", "joko"):
        place.both("desk", "case", BIRTH, "--reason", "470/9", by=by)
    place.both(other, "readings", BIRTH, by="ani")
    place.both(other, "readings", "--reader", "joko", by="ani")
    place.both(other, "delegations")
    for words in (
        *(("journal",), ("take",), ("manifest", BAG), ("late",), ("owed",), ("messages",)),
        *(("owed", "--post", "print_operator@35.23"), ("notices",), ("originals",), ("blanks",)),
        *(("blank", f"ktp/ktp-{CARD}"), ("schedule",), ("trips",), ("destroyable",), ("minutes",)),
        *(("promises", "--month", "2021-07", "--each"), ("verify",), ("doctor",), ("plugins",)),
        *(("scans", "verify"), ("scans", "collect"), ("seals", "make"), ("seals", "list")),
        *(("scans", "preview", place.scan["digest"]), ("master", "status"), ("master", "rotate")),
        *(("bundle", "code"), ("slip", "minutes", "BA-1"), ("take",), ("seals", "check", "-")),
        *(("services",), ("checklist", "ktp-hilang"), ("lifecycle",), ("region", "35.23")),
    ):
        place.run(other, *words)
        place.run(other, *words, "--json")
    place.run(other, "schema")
    place.run(other, "tick")
    place.run(other, "schedule", "--ical", place.file("runs.ics"))
    place.look_at(other, "runs.ics")
    place.run(other, "seals", "prove", BIRTH, "-o", place.file("proof.json"))
    place.look_at("proof", "proof.json")
    with Office.open(
        f"sqlite:///{place.folder / 'office.db'}", notifier=Gateway(place.watcher)
    ) as office:
        office.deliver()
    place.run(other, "deliver", "--json", "--notifier", "console:")


NIK: Final = next(iter(NUMBERS.values()))
FULL: Final = next(iter(NAMES.values()))


def odd_lines() -> Iterator[dict[str, object]]:
    """Give commands that are refused, each with those people in another wrong place."""
    first = story({})[0]
    said = first["with"]
    person = {"name": FULL, "nik": NIK}
    for number, wrong in enumerate(
        (
            {"applicant": {**person, "nik": f"{NIK}9"}},
            {"applicant": {**person, "nik": [NIK]}},
            {"applicant": {**person, NIK: FULL}},
            {"applicant": f"{FULL} {NIK}"},
            {"people": {NIK: person}},
            {"people": {"head": {**person, "birth_date": NIK}}},
            {"people": {"head": {**person, "sex": NIK}}},
            {"people": {"head": {**person, "phone": NIK}}},
            {"facts": {"applicant_relation": NIK}},
            {"facts": {NIK: True}},
            {"evidence": {NIK: {"way": "seen"}}},
            {"services": [NIK]},
            {"region": NIK},
            {"application": NIK},
            {NIK: FULL},
        )
    ):
        yield {**first, "id": f"00000000-0000-4000-8000-{number:012}", "with": {**said, **wrong}}
    yield {**first, "do": NIK}
    yield {**first, "by": {"id": NIK, "role": NIK, "region": NIK}}


def what_is_refused(place: Place) -> None:
    """Give the office what it refuses, and ask it with a number where none belongs."""
    other = "elsewhere"
    lines = [*odd_lines(), *story({})[:1]]
    done = place.run(other, "apply", "-", by="", stdin=as_file(lines))
    assert [one["ok"] for one in done.lines] == [False] * len(lines)
    place.run(other, "apply", "-", by="", stdin=f'{{"with": "{FULL} {NIK}'.encode())
    for words in (
        *(("track", NIK), ("progress", NIK), ("journal", NIK), ("find", NIK), ("manifest", NIK)),
        *(
            ("inbox", "--after", NIK),
            ("blank", NIK),
            ("minutes", NIK),
            ("trip", NIK),
            ("slip", NIK),
        ),
        *(
            ("region", NIK),
            ("nik", NIK),
            ("nik", f"{NIK}1"),
            ("checklist", NIK),
            (NIK,),
            ("label", NIK),
        ),
        *(
            ("checklist", "ktp-hilang", "--fact", f"{NIK}=1"),
            ("owed", "--post", NIK),
            ("seals", NIK),
        ),
        *(("messages", "--resend", NIK), ("promises", "--month", NIK), ("scans", "get", NIK)),
        *(("slip", "receipt", NIK), ("bundle", "show", NIK), ("export", f"/{NIK}/x")),
        *(("scans", "upload", NIK), ("bundle", "import", NIK), ("import", NIK), ("simulate", NIK)),
        *(("slip", "minutes", NIK), ("seals", "prove", NIK), ("seals", "check", NIK)),
        *(("interview", NIK), ("count", NIK), ("print", NIK), ("destroy", NIK), ("restore", NIK)),
    ):
        place.run(other, *words)
        place.run(other, *words, "--json")


def of_people(place: Place) -> None:
    """Give people their data, say whose was laid open, and ask to erase somebody."""
    for number, file in ((NIK, "own.json"), ("x", "none.json")):
        words = ("person", "-o", place.file(file), "--reason", "470/9")
        place.run("elsewhere", *words, stdin=number.encode())
        place.run("elsewhere", *words, "--json", stdin=number.encode())
    place.look_at("own", "own.json")
    words = ("breach", "--since", "2021-07-01", "--contacts", place.file("contacts.json"))
    place.run("elsewhere", *words, by="endang")
    place.look_at("contacts", "contacts.json")
    place.both("elsewhere", *words[:-2], by="ani")
    place.run("elsewhere", *words, by="ani")
    for more in ((), ("--json",)):
        place.run("elsewhere", "erase", CARD, "--ground", "request", *more, by="endang")
        place.run("elsewhere", "erase", NIK, "--ground", "request", *more, by="endang")
    place.both("elsewhere", "retention", "--within", "40000")


def files(place: Place) -> None:
    """Have the office write its files, and look at them and at what is said of them."""
    for words, name in (("backup", "backup.db"), ("export", "office.jsonl")):
        done = place.run("elsewhere", words, place.file(name))
        assert done.code == 0, done.err
        place.look_at("store", name)
    place.run("elsewhere", "bundle", "key", place.file("siti.pem"), by="siti")
    (place.folder / "lines.jsonl").write_bytes(as_file(fresh(place.scan)))
    options = ("--key", place.file("siti.pem"), "-o", place.file("bundle.zip"))
    done = place.run("elsewhere", "bundle", "make", place.file("lines.jsonl"), *options, by="siti")
    assert done.code == 0, done.err
    place.look_at("bundle", "bundle.zip")
    for name in ("show", "check"):
        place.run("elsewhere", "bundle", name, place.file("bundle.zip"), by="siti")
        place.run("elsewhere", "bundle", name, place.file("bundle.zip"), "--json", by="siti")
    for file in place.folder.glob("office.db*"):
        place.look_at("store", file.name)


def test_nothing_stands_where_it_may_not(place: Place, watcher: Watcher):
    """In nothing that is printed, written or logged, of people or of programs."""
    the_day(place)
    what_is_refused(place)
    of_people(place)
    files(place)
    for file in place.folder.rglob("*"):
        watcher.look("elsewhere", "name of a file", str(file))
    assert list(watcher.leaks(PLACES)) == []
    left_out = every_command() - place.told - NOT_GIVEN
    assert left_out == set(), "a command that nobody looked at"
    for name in (
        "store",
        "bundle",
        "desk",
        "slip",
        "own",
        "contacts",
        "message",
    ):  # what is looked for is there to be found
        seen = set().union(*(one.holds for one in watcher.seen if one.place == name))
        assert seen == set(PLACES[name]), name


def test_an_encrypted_store_names_nobody(made: Place, tmp_path: Path, watcher: Watcher):
    """Nor does its log, a backup or an export: they are as all other places."""
    place, master = Place(tmp_path, watcher), tmp_path / "master.key"
    make_master(master)
    with Office.init(url_of(tmp_path), "35.23", master=master.as_uri()) as office:
        for line in as_file(story(made.scan)).splitlines():
            order = read_order(parse_json(line))
            assert order.by is not None
            office.do(order.command, by=order.by)
        office.tick()
        for file in tmp_path.glob("office.db*"):
            place.look_at("elsewhere", file.name)
    for name in ("backup", "export"):
        assert place.run("elsewhere", "--master", master.as_uri(), name, place.file(name)).code == 0
        place.look_at("elsewhere", name)
    assert len(watcher.seen) > 4
    in_the_clear = {**PLACES, "elsewhere": ("link",)}  # of a document, not of a person
    assert list(watcher.leaks(in_the_clear)) == []


def every_command() -> set[str]:
    """Give the names of all commands; those of a group with its name before them."""
    context = click.Context(cli, obj=None)
    found = set()
    for name in cli.texts:
        one = cli.found(name)
        inside = one.list_commands(context) if isinstance(one, click.Group) else []
        found |= {f"{name} {each}" for each in inside} or {name}
    return found


NOT_GIVEN: Final = {
    *("demo", "conformance", "simulate"),  # of offices that are invented
    *("catalogue check", "catalogue diff", "catalogue report"),  # of rules
    *("master new", "bundle key", "seals key"),  # make a key
}
"""Commands that are not given here, for nobody of this office is in what they read."""


TRACES: Final = (
    *(("take",), ("progress", RETURNED), ("slip", "handover"), ("find", f"{VILLAGE[:-1]}3")),
    *(
        ("track", RETURNED),
        ("inbox",),
        ("tick",),
        ("verify",),
        ("late",),
        ("messages",),
    ),
    *(("export", "again.jsonl"), ("owed",), ("originals",), ("journal", RETURNED)),
)


def put(file: Path, *changes: tuple[str, str]) -> None:
    """Put something else into what is stored of cases, past all checks."""
    with closing(apsw.Connection(str(file))) as database:
        for before, after in changes:
            for kind in ("records", "journal"):
                database.execute(
                    f"update {kind} set body = cast(replace(cast(body as text), ?, ?) as blob)",  # noqa: S608 - names of ours only
                    (before, after),
                )


@pytest.mark.parametrize(
    "change",
    [
        (f'\\"nik\\":\\"{NIK}\\"', f'\\"birth_date\\":\\"{FULL} {NIK}\\"'),
        (f'\\"nik\\":\\"{NIK}\\"', f'\\"sex\\":\\"{NIK}\\"'),
        (f'\\"nik\\":\\"{NIK}\\"', f'\\"{FULL} {NIK}\\":1'),
        (f'\\"nik\\":\\"{NIK}\\"', f'\\"nik\\":\\"{NIK}'),
        ('"state":"returned"', f'"state":"{NIK} {FULL}"'),
        ('"region":"35.23.08.2001"', f'"region":"{NIK} {FULL}"'),
        ('"begun":"2021', f'"begun":"{NIK} {FULL}'),
    ],
)
def test_no_traceback_tells_of_anybody(place: Place, watcher: Watcher, change: tuple[str, str]):
    """Where what is stored is broken: of whatever then ends as nobody foresaw."""
    put(place.folder / "office.db", change)
    ended = {place.run("elsewhere", *words).code for words in TRACES}
    ended.add(place.run("message", "deliver").code)  # on the screen, for want of a gateway
    assert ended <= {0, 1}
    assert 1 in ended
    assert list(watcher.leaks(PLACES)) == []


def test_what_nobody_foresaw(place: Place, watcher: Watcher, monkeypatch: pytest.MonkeyPatch):
    """The traceback says where it was; what it says of it, and of what caused it, is left out."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{FULL} {NIK}") from KeyError(NIK)

    monkeypatch.setattr(Office, "track", broken)
    done = place.run("elsewhere", "track", BIRTH)
    assert done.code == 1
    assert "in broken" in done.err
    assert "builtins.RuntimeError" in done.err
    assert list(watcher.leaks(PLACES)) == []


def test_the_program_itself(place: Place):
    """As it is installed, in a process of its own."""
    state = '"state":"returned"', f'"state":"{FULL} {NIK}"'
    put(place.folder / "office.db", state)
    office = f"sqlite:///{place.folder / 'office.db'}"
    done = program("--office", office, "--as", WHO["rini"], "journal", RETURNED)
    assert not found_in(done.out + done.err)
