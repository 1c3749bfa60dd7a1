"""What happens to the file of a store: cut off, changed, parts of it lost, its writer killed."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import apsw
import pytest
from attrs import evolve
from stored_format import KEPT, carry_out, kept_orders, opened, part_done

from adminduk import Office
from adminduk.errors import AdmindukError, StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Batch, Write
from adminduk.testing.kits.base import everything
from adminduk.testing.rows import NEVER, OFFICE

WHOLE = KEPT.read_bytes()
PAGE = 4096
HERE = Path(__file__).parent
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a copy of the kept store, which is sound."""
    copy = tmp_path / "office.db"
    copy.write_bytes(WHOLE)
    return copy


def beside(file: Path, ending: str) -> Path:
    """Give what SQLite keeps beside a file."""
    return Path(f"{file}{ending}")


def found(file: Path) -> str:
    """Open and verify a store: clean, faults, or the code and reason of the error."""
    try:
        with Office.open(f"sqlite:///{file}") as office:
            return "clean" if office.verify().clean else "faults"
    except AdmindukError as error:
        return " ".join(filter(None, (error.code, error.facts.get("reason"))))


def entries(file: Path) -> int:
    """Count the entries of the journal of a store that must be sound."""
    with Office.open(f"sqlite:///{file}") as office:
        report = office.verify()
    assert report.faults == ()
    return report.entries


def command_line(file: Path) -> subprocess.CompletedProcess[str]:
    """Verify a store by the command line."""
    arguments = ["--lang", "en", "--office", f"sqlite:///{file}", "verify"]
    start = "from adminduk.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )


@pytest.mark.parametrize("size", [1, 99, 4095, 4096, 5000, 20 * PAGE, len(WHOLE) - PAGE])
def test_a_file_that_was_cut_off_is_left_as_it_is(file: Path, size: int):
    """It is said to be damaged, or no database, and can still be looked into by others."""
    os.truncate(file, size)
    assert found(file) in {"storage_failure corrupt", "storage_failure not_a_database"}
    assert file.read_bytes() == WHOLE[:size]


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_changed_are_found_or_do_no_harm(file: Path, seed: int):
    """Wherever they are: no bare exception, no reading without end."""
    chance = random.Random(seed)  # noqa: S311 - a place, not a secret
    first = chance.randrange(3 * PAGE if seed % 4 == 0 else len(WHOLE))
    changed = bytearray(WHOLE)
    for place in range(first, min(first + chance.choice([1, 4, 64]), len(WHOLE))):
        changed[place] ^= chance.choice([0xFF, 1 << chance.randrange(8)])
    file.write_bytes(changed)
    known = {"clean", "faults", "no_office", "invalid_input"}
    assert found(file) in {*known, "storage_failure corrupt", "storage_failure not_a_database"}


def test_a_changed_letter_is_a_failure_of_the_medium(file: Path):
    """Half a character where a name of a state was; on the command line one clear error."""
    file.write_bytes(WHOLE.replace(b"verified", b"\xfferified"))
    with pytest.raises(AdmindukError) as caught, Office.open(f"sqlite:///{file}") as office:
        office.storage.find(OFFICE, limit=10_000)
    assert caught.value.facts["reason"] == "corrupt"
    done = command_line(file)
    assert (done.returncode, done.stdout) == (1, "")
    assert "its file is damaged" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("keys", ["5", "null", '"k"', "{}", "[1]", "[{}]", '["\\ud800"]', "k"])
def test_keys_that_are_none_are_a_failure_of_the_medium(file: Path, keys: str):
    """When the record is written next; nothing is, and until then `verify` tells it."""
    raw = apsw.Connection(str(file))
    ref = raw.execute("select kind, id from records where keys <> '[]'").fetchall()[0]
    raw.execute("update records set keys = ? where kind = ? and id = ?", (keys, *ref))
    raw.close()
    assert found(file) == "faults"
    with Office.open(f"sqlite:///{file}") as office:
        before = everything(office.storage)
        row = office.storage.load(OFFICE, [ref])[ref]
        change = evolve(row, version=row.version + 1, keys=("k",))
        with pytest.raises(StorageFailure) as caught:
            office.storage.commit(OFFICE, Batch(NEVER, writes=(Write(change, row.version),)))
        assert caught.value.facts["reason"] == "corrupt"
        assert everything(office.storage) == before


FOUND = """
import sys
from adminduk import Office
with Office.open("sqlite:///" + sys.argv[1]) as office:
    print([one for one in office.verify().faults if "read on" in one])
"""


def in_circles(file: Path) -> str:
    """Damage the index of the journal by record until an entry is behind its own place."""
    # Each entry is there with its sequence, and then with its row, which is the same number.
    for entry in re.finditer(rb"application([0-9A-Z-]{12})(.)\2", WHOLE, re.DOTALL):
        changed = bytearray(WHOLE)
        changed[entry.start(2)] ^= 8
        file.write_bytes(changed)
        with closing(apsw.Connection(str(file))) as connection:
            sql = "select seq from journal where office = ? and kind = ? and id = ? and seq > ?"
            about = (OFFICE, "application", entry[1].decode())
            every = connection.execute(f"{sql} order by seq", (*about, 0)).fetchall()
            again = connection.execute(f"{sql} order by seq", (*about, *every[-1])).fetchall()
        if again and again[-1] <= every[-1]:
            return entry[1].decode()
    raise AssertionError("none of the entries can be damaged so")


def test_an_index_that_goes_in_circles_ends(file: Path):
    """An entry that is found behind its own place is a fault, and reading ends."""
    code = in_circles(file)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            FOUND,
            file,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
        env=ENVIRONMENT,
    )
    assert done.stdout == f"['application {code}: its journal cannot be read on']\n"


KILLED = """
import os, sys
from pathlib import Path
from stored_format import kept_orders, opened, part_done, carry_out
office = opened(Path(sys.argv[1]), first=100_000)
carry_out(office, part_done(kept_orders())[1])
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def killed(file: Path) -> Path:
    """Give the store after a process that had done more in it was killed."""
    done = subprocess.run([sys.executable, "-c", KILLED, file], check=False, env=ENVIRONMENT)
    assert done.returncode == -9
    assert beside(file, "-wal").stat().st_size > 0
    return file


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
class TestPartsThatAreLost:
    """What SQLite keeps beside a file, removed by somebody who took it for rubbish."""

    def test_a_log_after_a_clean_close(self, file: Path):
        """There is none: all is in the file."""
        with opened(file, first=100_000) as office:
            carry_out(office, part_done(kept_orders())[1])
            done = office.verify().entries
        for ending in ("-wal", "-shm"):
            beside(file, ending).unlink(missing_ok=True)
        assert entries(file) == done

    def test_a_log_after_a_crash(self, killed: Path, tmp_path: Path):
        """The store is as it was before what was in the log, and that can be sent again."""
        for ending in ("-wal", "-shm"):
            beside(killed, ending).unlink()
        (tmp_path / "before.db").write_bytes(WHOLE)
        assert entries(killed) == entries(tmp_path / "before.db")
        with opened(killed, first=200_000) as office:
            carry_out(office, part_done(kept_orders())[1])
            assert office.verify().clean

    def test_the_index_of_the_log_after_a_crash(self, killed: Path, tmp_path: Path):
        """It is made anew; nothing is lost."""
        beside(killed, "-shm").unlink()
        whole = tmp_path / "whole.db"
        whole.write_bytes(WHOLE)
        with opened(whole, first=100_000) as office:
            carry_out(office, part_done(kept_orders())[1])
        assert entries(killed) == entries(whole)


HALF = """
import os, sys, apsw
raw = apsw.Connection(sys.argv[1])
raw.pragma("journal_mode", "delete")
raw.pragma("cache_size", 1)
raw.execute("begin immediate")
raw.execute("update journal set body = randomblob(9000)")
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_journal_that_a_killed_process_left_undoes_its_work(file: Path):
    """As of one that was killed while it made a store or brought it to a newer version."""
    before = entries(file)
    done = subprocess.run([sys.executable, "-c", HALF, file], check=False, env=ENVIRONMENT)
    assert done.returncode == -9
    assert beside(file, "-journal").stat().st_size > 0
    assert file.read_bytes() != WHOLE, "nothing was written yet"
    assert entries(file) == before
    assert not beside(file, "-journal").exists()


WRITER = """
import sys
from adminduk.plugins import open_storage
from adminduk.testing.rows import OFFICE, batch, claim, entry, write
storage, number = open_storage(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for one in range(20):
    name = f"{number}.{one}"
    whole = batch(write(name), entries=(entry(name),), take=(claim(name, name),))
    print(storage.commit(OFFICE, whole))
storage.close()
"""


def test_sixteen_processes_that_write_at_once_lose_nothing(tmp_path: Path):
    """Each waits for its turn; every commit has a place of its own, and is there."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    storage = open_storage(url)
    storage.add_office(OFFICE, b"")
    with ExitStack() as stack:
        every = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", WRITER, url, str(number)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env=ENVIRONMENT,
                )
            )
            for number in range(16)
        ]
        for one in every:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in every:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        told = [int(seq) for one in every for seq in one.communicate(timeout=120)[0].split()]
        assert [one.returncode for one in every] == [0] * 16
    assert sorted(told) == list(range(1, 321))
    names = {f"{number}.{one}" for number in range(16) for one in range(20)}
    assert {one.id for one in storage.find(OFFICE, limit=1000)[0]} == names
    assert {one.id for one in storage.journal(OFFICE)} == names
    assert {one.key for one in storage.claims(OFFICE)} == names
    storage.close()
