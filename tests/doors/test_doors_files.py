"""Files: who may read what is written, what is not waited for, and where nothing leads."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import apsw
import orjson
import pytest
from cli_cases import CASES, Book, as_file, by_courier, code_of, submission
from cli_cases import SITI as SITI_SAID
from cli_running import PROGRAM, Desk, program
from PIL import Image

from adminduk import Office
from adminduk.bundles import Bundle, SigningKey
from adminduk.errors import AdmindukError
from adminduk.office.moving.reading import contents_of
from adminduk.plugins import open_scans

CODE = code_of(1)
SITI = "village_operator:siti@35.23.08.2001"
NEEDS_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


def mode(file: Path) -> str:
    """Give who may do what with a file."""
    return f"{stat.S_IMODE(file.stat().st_mode):o}"


@pytest.fixture
def careless() -> Iterator[None]:
    """Have new files open to everybody, unless somebody says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give the place of a village at an office that has just been made."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    assert Desk().run("init", url, "--region", "35.23").code == 0
    return Desk(url, SITI)


def path(desk: Desk) -> Path:
    """Give the file of an office."""
    return Path(desk.office.removeprefix("sqlite:///"))


@pytest.mark.usefixtures("careless")
class TestOnlyTheirOwnerReads:
    """Whatever holds records, scans or keys, however files are made here otherwise."""

    def test_a_store_and_what_sqlite_keeps_beside_it(self, desk: Desk):
        """The log, and its index, likewise."""
        with Office.open(desk.office):
            found = {one.name: mode(one) for one in path(desk).parent.iterdir()}
        assert found == dict.fromkeys(("office.db", "office.db-wal", "office.db-shm"), "600")

    def test_a_store_behind_a_link(self, tmp_path: Path):
        """It is made where the link leads."""
        (tmp_path / "office.db").symlink_to(tmp_path / "there.db")
        url = f"sqlite:///{tmp_path / 'office.db'}"
        assert Desk().run("init", url, "--region", "35.23").code == 0
        assert mode(tmp_path / "there.db") == "600"
        assert (tmp_path / "office.db").is_symlink()

    def test_one_that_was_opened_to_others_stays_so(self, desk: Desk):
        """Who shares it with a group says so once."""
        path(desk).chmod(0o660)
        with Office.open(desk.office):
            found = {mode(one) for one in path(desk).parent.iterdir()}
        assert found == {"660"}

    def test_one_that_everybody_may_read_is_told(self, desk: Desk):
        """By the doctor; one that a group shares is nobody else's."""
        for mode_, code in ((0o600, 0), (0o660, 0), (0o604, 1), (0o666, 1)):
            path(desk).chmod(mode_)
            done = desk.run("doctor")
            assert (done.code, "everybody on this machine" in " ".join(done.out.split())) == (
                code,
                bool(code),
            )

    def test_copies_of_a_store(self, desk: Desk, tmp_path: Path):
        """A backup, what is made of it, and an export."""
        for command, file in (("backup", "backup.db"), ("export", "export.jsonl")):
            assert desk.run(command, str(tmp_path / file)).code == 0
        restored = tmp_path / "restored.db"
        assert Desk(f"sqlite:///{restored}").run("restore", str(tmp_path / "backup.db")).code == 0
        assert {mode(one) for one in tmp_path.iterdir()} == {"600"}

    def test_what_is_written_about_people(self, desk: Desk, tmp_path: Path):
        """Slips, receipts, proofs, bundles, keys and previews."""
        told = {
            name: tmp_path / name for name in ("a.pdf", "a.txt", "a.proof", "a.key", "a.bundle")
        }
        book = Book("files")
        book.add(SITI_SAID, "submit", **submission(CASES["ktp-hilang"], CODE))
        lines = as_file(book.lines)
        assert desk.run("apply", "-", "--slips", str(told["a.txt"]), stdin=lines).code == 0
        assert desk.run("slip", "receipt", CODE, "--pdf", str(told["a.pdf"])).code == 0
        assert desk.run("seals", "prove", CODE, "-o", str(told["a.proof"])).code == 0
        assert desk.run("bundle", "key", str(told["a.key"])).code == 0
        empty = ("--key", str(told["a.key"]), "-o", str(told["a.bundle"]))
        assert desk.run("bundle", "make", "-", *empty, stdin=b"").code == 0
        assert {name: mode(file) for name, file in told.items()} == dict.fromkeys(told, "600")

    def test_scans(self, desk: Desk, tmp_path: Path):
        """Folders are entered by nobody else, and what is given out is as private."""
        page, store = BytesIO(), tmp_path / "scans"
        Image.new("L", (40, 60), 200).save(page, "PNG")
        (tmp_path / "page.png").write_bytes(page.getvalue())
        here = Desk(desk.office, SITI, environment={"ADMINDUK_SCANS": f"file://{store}"})
        digest = here.run("scans", "add", str(tmp_path / "page.png")).json["digest"]
        (tmp_path / "pages").mkdir()
        assert here.run("scans", "get", digest, "-o", str(tmp_path / "given.png")).code == 0
        assert here.run("scans", "preview", digest, "-o", str(tmp_path / "pages")).code == 0
        kept = {one: mode(one) for one in [store, *store.rglob("*")]}
        assert {one for file, one in kept.items() if file.is_dir()} == {"700"}
        assert {one for file, one in kept.items() if file.is_file()} == {"600"}
        assert {mode(tmp_path / "given.png"), mode(tmp_path / "pages" / "001.jpg")} == {"600"}


@NEEDS_PIPES
class TestAPipeIsNotWaitedFor:
    """Nobody writes into it: who opened it would stand still."""

    def test_among_rules(self, desk: Desk, tmp_path: Path):
        """It is named as what is no file."""
        (tmp_path / "rules").mkdir()
        os.mkfifo(tmp_path / "rules" / "a.toml")
        done = program(
            *("--lang", "en", "--office", desk.office, "--rules", str(tmp_path / "rules")),
            *("checklist", "ktp-baru"),
        )
        assert (done.code, done.err) == (1, "a.toml: It is no file.\n")

    @pytest.mark.parametrize("command", ["restore", "import"])
    def test_as_a_copy_of_a_store(self, tmp_path: Path, command: str):
        """No store comes of it."""
        os.mkfifo(tmp_path / "copy")
        done = program(
            "--office", f"sqlite:///{tmp_path / 'new.db'}", command, str(tmp_path / "copy")
        )
        assert done.code == 1
        assert not (tmp_path / "new.db").exists()

    def test_among_scans(self, tmp_path: Path):
        """It is told as a scan that is damaged."""
        url = f"file://{tmp_path / 'scans'}"
        digest = sha256(b"").hexdigest()[:-1] + "0"
        with closing(open_scans(url)):
            place = tmp_path / "scans" / digest[:2] / digest[2:4]
            place.mkdir(parents=True)
            os.mkfifo(place / digest)
        done = program("--lang", "en", "--scans", url, "scans", "get", digest)
        assert (done.code, done.out) == (1, "")


class TestOutputThatCannotBeWritten:
    """It is said in a line, and no more is printed."""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
    @pytest.mark.parametrize("command", [["services"], ["schema"], ["--help"], ["nik", "x"]])
    def test_a_full_disk(self, command: list[str]):
        """Also where errors go there, too."""
        with Path("/dev/full").open("wb") as full:
            start = [PROGRAM, "--lang", "en", *command]
            done = subprocess.run(start, stdout=full, stderr=subprocess.PIPE, check=False)
            both = subprocess.run(start, stdout=full, stderr=full, check=False)
        assert (done.returncode, both.returncode) == (1, 1)
        if command != ["nik", "x"]:
            said = "The output cannot be written: No space left on device."
            assert done.stderr.decode().startswith(said)
        assert b"Traceback" not in done.stderr

    def test_a_reader_that_has_gone(self):
        """As `head` goes when it has enough."""
        running = subprocess.Popen(
            [PROGRAM, "services"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert running.stdout is not None
        running.stdout.close()
        _, said = running.communicate(timeout=60)
        assert (running.returncode, said) == (1, b"")


class TestNothingLeadsElsewhere:
    """By a link, or by what a file says of itself."""

    @pytest.mark.parametrize("command", ["backup", "export"])
    def test_a_link_where_a_copy_is_to_be(self, desk: Desk, tmp_path: Path, command: str):
        """It is taken for what is there already; where it leads nothing is written."""
        (tmp_path / "copy").symlink_to(tmp_path / "elsewhere")
        assert desk.run(command, str(tmp_path / "copy")).code == 1
        assert not (tmp_path / "elsewhere").exists()

    def test_a_link_where_a_new_file_is_to_be(self, desk: Desk, tmp_path: Path):
        """A key is not written where somebody else reads it."""
        (tmp_path / "key").symlink_to(tmp_path / "elsewhere")
        assert desk.run("bundle", "key", str(tmp_path / "key")).code == 1
        assert not (tmp_path / "elsewhere").exists()

    def test_a_link_among_scans(self, tmp_path: Path):
        """Of what is not that scan nothing is given out."""
        (tmp_path / "secret").write_text("rahasia", encoding="utf-8")
        digest = sha256(b"x").hexdigest()
        with closing(open_scans(f"file://{tmp_path / 'scans'}")) as store:
            place = tmp_path / "scans" / digest[:2] / digest[2:4]
            place.mkdir(parents=True)
            (place / digest).symlink_to(tmp_path / "secret")
            with pytest.raises(AdmindukError):
                b"".join(store.read(digest))

    @pytest.mark.parametrize(
        "said",
        [
            b"[" * 3_000_000,
            b'{"office":' * 300_000,
            orjson.dumps({"office": "35.23", "scans": [{"digest": "../../x", "size": 1}]}),
            orjson.dumps({"office": "35.23", "work": {"digest": "0" * 64, "size": 2**62}}),
            orjson.dumps({"office": "35.23", "work": {"digest": "0" * 64, "size": -1}}),
        ],
        ids=["deep", "deep in names", "a path for a scan", "endless work", "less than nothing"],
    )
    def test_what_a_bundle_says_of_itself(self, said: bytes):
        """It is refused before anything of that size is read, though it be signed."""
        key = SigningKey.make()
        lines = b"adminduk bundle 1\n" + said + b"\n"
        with pytest.raises(AdmindukError):
            Bundle.read(BytesIO(lines + key.sign(lines)))

    @pytest.mark.parametrize("said", [b"[" * 1_000_000, b'{"do":' * 100_000, b"\xff\xfe", b"{}"])
    def test_what_an_export_says(self, tmp_path: Path, said: bytes):
        """It is no export, or not as it was written."""
        (tmp_path / "export").write_bytes(said + b"\n")
        with pytest.raises(AdmindukError):
            contents_of(tmp_path / "export", lambda _: None)

    @pytest.mark.parametrize(
        "planted",
        [
            "create trigger x after insert on journal begin delete from messages; end",
            "create view x as select * from records",
            "create virtual table x using fts5(body)",
        ],
    )
    def test_a_backup_in_which_something_acts(self, desk: Desk, tmp_path: Path, planted: str):
        """It would do its own with every record that is written later: no store is made of it."""
        lines = by_courier(CASES["ktp-hilang"], CODE)
        assert Desk(desk.office).run("apply", "-", stdin=as_file(lines)).code == 0
        backup, url = tmp_path / "backup.db", f"sqlite:///{tmp_path / 'new.db'}"
        assert desk.run("backup", str(backup)).code == 0
        with closing(apsw.Connection(str(backup))) as database:
            database.execute(planted)
        refused = Desk(url).run("restore", str(backup))
        assert (refused.code, "what is not ours" in refused.err) == (1, True)
        assert not (tmp_path / "new.db").exists()


def test_on_a_machine_of_many_a_store_is_made_by_whoever_is_first(tmp_path: Path):
    """Several processes at once: one office, nobody is refused, and nothing lies about."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    code = (
        "from adminduk import Office\n"
        f"with Office.open({url!r}, region='35.23') as office: print(office.region.full())"
    )
    every = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert [one.communicate(timeout=60)[0] for one in every] == [b"35.23\n"] * 4
    assert {one.name.partition("-")[0] for one in tmp_path.iterdir()} == {"office.db"}
    assert mode(tmp_path / "office.db") == "600"
