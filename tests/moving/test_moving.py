"""An office that moved is the same office, wherever it came from and wherever it broke off."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moved_offices import OFFICE, driven, exported, holds

from adminduk import Actor, Office, Role
from adminduk import commands as c
from adminduk.errors import NoOffice, Refused, StorageFailure
from adminduk.office import answered, evidence, sealing, verification
from adminduk.office.moving import answers, bring_in, bringing, holding, take_out
from adminduk.office.moving.bringing import bring_into
from adminduk.office.moving.taking import take_out_of
from adminduk.office.opening import MOVING, check_whole
from adminduk.plugins import open_storage
from adminduk.ports import Batch, ClockBehind, Storage
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.chance import Chance
from adminduk.testing.rows import entry

SEED, PARTS = 5, 20
WRITES = ("add_office", "commit", "lease", "settle")


def code_of(call: Callable[[], object]) -> str:
    """Make a call that must be refused; give the code."""
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.message("id")
    assert caught.value.message("en")
    return caught.value.code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the export of an office with a history."""
    file = tmp_path / "office.jsonl"
    file.write_bytes(exported(SEED, PARTS)[1])
    return file


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have batches and pages of a few things."""
    monkeypatch.setattr(bringing, "_MOST", 5)
    monkeypatch.setattr(holding, "_PAGE", 3)


KEYRING = driven(SEED, 0).keyring


class Ended(BaseException):
    """The process ended here."""


QUICKER = {"import_runs", "place_taken"}


class ImportRuns(Exception):
    """Another import was quicker."""


def bring(storage: Any, file: Path) -> None:
    """Bring an office in, unless another import is quicker."""
    try:
        bring_into(storage, file, keyring=KEYRING)
    except Refused as refusal:
        raise (ImportRuns if refusal.code in QUICKER else refusal) from None


class Ending:
    """A storage whose user ends before or after one of its calls that write."""

    def __init__(self, storage: Storage, at: int, *, after: bool) -> None:
        self._storage, self._left, self._after = storage, at, after

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._storage, name)
        if name not in WRITES:
            return call

        def write(*arguments: Any, **more: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Ended
            answer = call(*arguments, **more)
            if self._left == 0:
                raise Ended
            return answer

        return write


class TestTheSame:
    """Everything comes, and nothing else."""

    @settings(deadline=None)
    @given(seed=st.integers(0, 2**32 - 1), parts=st.integers(0, 12))
    def test_any_history_is_the_same_afterwards(
        self, tmp_path_factory: pytest.TempPathFactory, seed: int, parts: int
    ):
        """From memory to a file, to memory, and back to a file; each export is the same bytes."""
        folder = tmp_path_factory.mktemp("moved")
        model = driven(seed, parts)
        first = model.office.storage
        before = holds(first)
        exports = [folder / f"{number}.jsonl" for number in range(3)]
        contents = take_out_of(first, exports[0], keyring=model.keyring)
        second = open_storage(f"sqlite:///{folder / 'second.db'}")
        assert bring_into(second, exports[0], keyring=model.keyring) == contents
        take_out_of(second, exports[1], keyring=model.keyring)
        third = MemoryStorage()
        bring_into(third, exports[1], keyring=model.keyring)
        fourth = open_storage(f"sqlite:///{folder / 'fourth.db'}")
        take_out_of(third, exports[2], keyring=model.keyring)
        bring_into(fourth, exports[2], keyring=model.keyring)
        assert holds(first) == before
        assert [holds(one) == before for one in (second, third, fourth)] == [True] * 3
        assert len({one.read_bytes() for one in exports}) == 1
        second.close()
        fourth.close()
        journals = [journal_of(folder / name) for name in ("second.db", "fourth.db")]
        assert journals[0] == journals[1]
        assert len(journals[0]) == contents.offices[OFFICE].entries

    @settings(deadline=None)
    @given(seed=st.integers(0, 2**32 - 1))
    def test_the_office_works_on(self, tmp_path_factory: pytest.TempPathFactory, seed: int):
        """A command sent again has its first answer, the clock goes on, and promises are kept."""
        file = tmp_path_factory.mktemp("moved") / "office.jsonl"
        model = driven(seed, 5)
        take_out_of(model.office.storage, file, keyring=model.keyring)
        storage = open_storage(f"sqlite:///{file.with_suffix('.db')}")
        bring_into(storage, file, keyring=model.keyring)
        office = Office(
            storage,
            model.office.region,
            keyring=model.keyring,
            notifier=model.notifier,
            courier=model.courier,
            clock=model.clock,
        )
        for command, by, receipt in model.done:
            again = office.do(command, by=by)
            assert again.repeated
            assert again.records == receipt.records
        last = storage.journal(OFFICE, limit=100_000)[-1]
        with pytest.raises(ClockBehind) as behind:
            storage.commit(OFFICE, Batch("0"))
        assert behind.value.recorded == bringing.recorded_of(last)
        model.office.close()
        model.office = office
        chance = Chance(office, model.now.date(), Random(seed))  # noqa: S311 - chance that can be repeated
        model.people_go_on(chance, 10)
        model.messages -= {one.key for one in storage.messages(OFFICE, parked=True)}
        model.teardown()

    def test_several_offices_move_together_or_one_alone(self, tmp_path: Path):
        """With an empty one among them; a store that has others may take one more."""
        url = f"sqlite:///{tmp_path / 'jatim.db'}"
        for region in ("35.22", "35.23", "35.24"):
            Office.init(url, region).close()
        with Office.open(url, "35.23") as office:
            work(office)
        take_out(url, tmp_path / "all.jsonl")
        assert list(take_out(url, tmp_path / "one.jsonl", region="35.23").offices) == ["35.23"]
        away = f"sqlite:///{tmp_path / 'away.db'}"
        Office.init(away, "35.15").close()
        assert list(bring_in(away, tmp_path / "all.jsonl").offices) == ["35.22", "35.23", "35.24"]
        with closing(open_storage(url)) as here, closing(open_storage(away)) as there:
            for region in ("35.22", "35.23", "35.24"):
                assert holds(here, region) == holds(there, region)
            assert list(there.offices()) == ["35.15", "35.22", "35.23", "35.24"]
        bring_in(f"sqlite:///{tmp_path / 'one.db'}", tmp_path / "one.jsonl", region="35.23")

    def test_only_its_owner_may_read_it(self, tmp_path: Path):
        """It holds personal data, and the secret of the office."""
        url = f"sqlite:///{tmp_path / 'office.db'}"
        Office.init(url, "35.23").close()
        take_out(url, tmp_path / "office.jsonl")
        if os.name != "nt":
            assert (tmp_path / "office.jsonl").stat().st_mode & 0o777 == 0o600
        assert sorted(one.name for one in tmp_path.glob("office.jsonl*")) == ["office.jsonl"]

    def test_it_takes_the_memory_of_some_batches(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """However much there is."""
        monkeypatch.setattr(bringing, "_MOST", 20)
        for module in (answered, answers, evidence, holding, sealing, verification):
            monkeypatch.setattr(module, "_PAGE", 20)
        peaks = []
        for many in (100, 600):
            url = f"sqlite:///{tmp_path / f'{many}.db'}"
            with Office.init(url, "35.23") as office:
                for number in range(many):
                    work(office, number)
            file = tmp_path / f"{many}.jsonl"
            tracemalloc.start()
            take_out(url, file)
            bring_in(f"sqlite:///{tmp_path / f'{many}-away.db'}", file)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] < 1.5 * peaks[0], peaks


HEAD = Actor("hadi", Role.HEAD_OF_OFFICE, "35.23")


def work(office: Office, number: int = 0) -> None:
    """Have the head set a term anew."""
    office.do(c.ChangeSettings(lapse_days=60 + number % 30), by=HEAD)


def journal_of(file: Path) -> list[Any]:
    """Give the rows of a journal as they lie in a file."""
    raw = apsw.Connection(str(file))
    rows = raw.execute("select * from journal order by office, seq").fetchall()
    raw.close()
    return rows


class TestBrokenOff:
    """An import that ended anywhere goes on, and writes nothing twice."""

    @pytest.mark.usefixtures("small")
    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_wherever_it_ends_it_goes_on(self, file: Path, after: bool):
        """Nobody opens the office before the end, and in the end it is the same."""
        model, _ = exported(SEED, PARTS)
        whole = holds(model.office.storage)
        for at in range(1, 1000):
            storage = MemoryStorage()
            try:
                bring_into(Ending(storage, at, after=after), file, keyring=KEYRING)
            except Ended:
                held = holds(storage)
                if held[1] and held != whole:
                    assert storage.claims(OFFICE)[0].key == MOVING
            else:
                break
            bring_into(storage, file, keyring=KEYRING)
            assert holds(storage) == whole, at
        assert at > 20, "it wrote in a few batches only"

    @pytest.mark.usefixtures("small")
    def test_it_may_end_every_time(self, file: Path):
        """However often: each time a little more is there."""
        model, _ = exported(SEED, PARTS)
        storage = MemoryStorage()
        for times in range(1, 1000):
            try:
                bring_into(Ending(storage, 3, after=times % 2 == 0), file, keyring=KEYRING)
            except Ended:
                continue
            break
        assert times > 5
        assert holds(storage) == holds(model.office.storage)

    def test_one_that_ended_well_may_be_started_again(self, file: Path):
        """It says the same, and nothing is written."""
        storage = MemoryStorage()
        contents = bring_into(storage, file, keyring=KEYRING)
        before = holds(storage)
        assert bring_into(Ending(storage, 2, after=False), file, keyring=KEYRING) == contents
        assert holds(storage) == before

    @pytest.mark.usefixtures("small")
    def test_it_is_not_gone_on_with_from_another_file(self, file: Path, tmp_path: Path):
        """What is there already must be of this one."""
        storage = MemoryStorage()
        with pytest.raises(Ended):
            bring_into(Ending(storage, 5, after=False), file, keyring=KEYRING)
        model = driven(SEED + 1, PARTS)
        model.office.storage.offices()
        profile = exported(SEED, PARTS)[0].office.storage.offices()[OFFICE]
        model.office.storage._offices[OFFICE].profile = profile  # type: ignore[attr-defined]
        other = tmp_path / "other.jsonl"
        take_out_of(model.office.storage, other, keyring=KEYRING)
        before = holds(storage)
        done = code_of(lambda: bring_into(storage, other, keyring=KEYRING))
        assert done == "other_import"
        assert holds(storage) == before

    @pytest.mark.usefixtures("small")
    def test_of_two_at_once_one_goes_on(self, file: Path):
        """The one that slept writes nothing more, were it that all is done, and opened."""
        model, _ = exported(SEED, PARTS)
        for at in range(1, 1000):
            storage = MemoryStorage()
            slow = Ending(storage, 0, after=False)
            calls = 0
            commit = storage.commit

            def sleep_before(office: str, one: Batch) -> int:
                nonlocal calls
                calls += 1
                if calls == at:  # noqa: B023 - called in this round only
                    storage.commit = commit  # type: ignore[method-assign] # noqa: B023 - as above
                    bring_into(storage, file, keyring=KEYRING)  # noqa: B023 - as above
                return commit(office, one)  # noqa: B023 - as above

            storage.commit = sleep_before  # type: ignore[method-assign]
            with suppress(ImportRuns):
                bring(slow, file)
            assert holds(storage) == holds(model.office.storage), at
            if calls < at:
                break
        assert at > 10

    @pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
    def test_a_process_that_is_killed_is_gone_on_from(self, file: Path, tmp_path: Path):
        """By the next, on a file."""
        url = f"sqlite:///{tmp_path / 'away.db'}"
        for kill_at in (1, 3, 5):
            done = subprocess.run(
                [sys.executable, "-c", KILLED, url, str(file), str(kill_at)],
                check=False,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            assert done.returncode == -9
            assert code_of(lambda: Office.open(url)) == "half_moved"
        bring_in(url, file, keyring=KEYRING)
        with closing(open_storage(url)) as storage:
            assert holds(storage) == holds(exported(SEED, PARTS)[0].office.storage)


KILLED = """
import os, sys
from pathlib import Path
from adminduk.envelope import OpenKeyring
from adminduk.office.moving import bringing
from adminduk.plugins import open_storage
bringing._MOST = 7
storage = open_storage(sys.argv[1])
commit, left = storage.commit, int(sys.argv[3])
def counted(*arguments):
    global left
    left -= 1
    last = commit(*arguments)
    if not left:
        os.kill(os.getpid(), 9)
    return last
storage.commit = counted
bringing.bring_into(storage, Path(sys.argv[2]), keyring=OpenKeyring(b"model"))
"""


class TestRefused:
    """What stands in the way is said, and left as it is."""

    def test_another_office_of_that_name(self, file: Path):
        """With a profile of its own, or one that has worked since it came."""
        storage = MemoryStorage()
        storage.add_office(OFFICE, b"theirs")
        before = holds(storage)
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "place_taken"
        assert holds(storage) == before
        storage = MemoryStorage()
        bring_into(storage, file, keyring=KEYRING)
        storage.commit(OFFICE, later())
        before = holds(storage)
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "place_taken"
        assert holds(storage) == before

    def test_somebody_who_was_quicker(self, file: Path):
        """Who worked in the office right when it was made keeps it, and it stays open."""
        storage = MemoryStorage()
        add = storage.add_office

        def work_there(office: str, profile: bytes) -> bytes:
            stored = add(office, profile)
            storage.commit(office, Batch("2001", entries=(entry("Z"),)))
            return stored

        storage.add_office = work_there  # type: ignore[method-assign]
        for _ in range(2):
            assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "place_taken"
            assert [one.id for one in storage.journal(OFFICE)] == ["Z"]
            check_whole(storage, OFFICE)

    @pytest.mark.usefixtures("small")
    def test_somebody_who_writes_there_all_the_same(self, file: Path):
        """A program that had opened the office before: the import stops, and stays closed."""
        storage = MemoryStorage()
        commit = storage.commit

        def work_there(office: str, one: Batch) -> int:
            if len(storage.journal(office)) == 10:
                commit(office, Batch(one.recorded, entries=(entry("Z"),)))
            return commit(office, one)

        storage.commit = work_there  # type: ignore[method-assign]
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "import_runs"
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "import_runs"
        assert code_of(lambda: check_whole(storage, OFFICE)) == "half_moved"

    def test_another_office_that_is_made_just_then(self, file: Path):
        """Whoever makes it first has it."""
        storage = MemoryStorage()
        add = storage.add_office
        storage.add_office = lambda office, _: add(office, b"theirs")  # type: ignore[method-assign]
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "place_taken"
        assert storage.offices() == {OFFICE: b"theirs"}
        assert holds(storage)[1:] == ([],) * 7

    def test_of_two_that_begin_at_once_one_does(self, file: Path):
        """The other is told, and has written nothing."""
        storage = MemoryStorage()
        add = storage.add_office

        def begin_too(office: str, profile: bytes) -> bytes:
            storage.add_office = add  # type: ignore[method-assign]
            with pytest.raises(Ended):
                bring_into(Ending(storage, 2, after=True), file, keyring=KEYRING)
            return add(office, profile)

        storage.add_office = begin_too  # type: ignore[method-assign]
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == "import_runs"
        assert storage.journal(OFFICE) == []

    @pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
    @pytest.mark.parametrize("what", ["another", "one with more", "cut off", "empty"])
    def test_a_file_that_is_exchanged_meanwhile(self, file: Path, tmp_path: Path, what: str):
        """It was read through and brought in; held against the other it does not pass."""
        whole = file.read_bytes()
        more = MemoryStorage()
        bring_into(more, file, keyring=KEYRING)
        more.add_office("35.24", b"{}")
        other = tmp_path / "other.jsonl"
        take_out_of(more, other, keyring=KEYRING)
        others = {
            "another": (exported(SEED + 1, PARTS)[1], "moved_not_sound"),
            "one with more": (other.read_bytes(), "export_changed"),
            "cut off": (whole[:-1], "export_cut_off"),
            "empty": (b"", "export_cut_off"),
        }
        other.write_bytes(others[what][0])
        storage = MemoryStorage()
        add = storage.add_office

        def exchange(office: str, profile: bytes) -> bytes:
            other.replace(file)
            return add(office, profile)

        storage.add_office = exchange  # type: ignore[method-assign]
        assert code_of(lambda: bring_into(storage, file, keyring=KEYRING)) == others[what][1]
        assert code_of(lambda: check_whole(storage, OFFICE)) == "half_moved"
        storage.add_office = add  # type: ignore[method-assign]
        file.write_bytes(whole)
        bring_into(storage, file, keyring=KEYRING)
        check_whole(storage, OFFICE)

    def test_pages_that_never_end(self, tmp_path: Path):
        """A damaged index is a fault of the store, and no endless file."""
        storage = driven(SEED, 2).office.storage
        commands = storage.commands
        storage.commands = lambda office, **_: commands(office)  # type: ignore[method-assign]
        file = tmp_path / "out.jsonl"
        assert code_of(lambda: take_out_of(storage, file, keyring=KEYRING)) == "not_sound"
        assert list(tmp_path.iterdir()) == []

    def test_the_office_that_was_named(self, file: Path, tmp_path: Path):
        """Another one is in the file."""
        url = f"sqlite:///{tmp_path / 'away.db'}"
        assert code_of(lambda: bring_in(url, file, region="35.24")) == "other_office"
        assert not (tmp_path / "away.db").exists()

    def test_nothing_to_take_out(self, tmp_path: Path):
        """And no file is left, nor a store made."""
        url = f"sqlite:///{tmp_path / 'mistyped.db'}"
        assert code_of(lambda: take_out(url, tmp_path / "x.jsonl")) == "nothing_to_copy"
        with pytest.raises(NoOffice):
            take_out(url, tmp_path / "x.jsonl", region="35.23")
        assert list(tmp_path.iterdir()) == []

    def test_a_place_that_is_taken(self, file: Path):
        """Nothing is overwritten."""
        before = file.read_bytes()
        storage = exported(SEED, PARTS)[0].office.storage
        assert code_of(lambda: take_out("memory:", file)) == "place_taken"
        assert code_of(lambda: take_out_of(storage, file, keyring=KEYRING)) == "place_taken"
        assert file.read_bytes() == before

    def test_an_office_that_is_half_there_is_not_taken_out(self, file: Path, tmp_path: Path):
        """Nor opened."""
        storage = MemoryStorage()
        with pytest.raises(Ended):
            bring_into(Ending(storage, 2, after=True), file, keyring=KEYRING)
        assert storage.claims(OFFICE)[0].key == MOVING
        out = tmp_path / "out.jsonl"
        assert code_of(lambda: take_out_of(storage, out, keyring=KEYRING)) == "half_moved"
        assert not out.exists()

    def test_what_is_not_sound_is_not_taken_out(self, tmp_path: Path):
        """It says so, and leaves nothing."""
        storage = driven(SEED, 2).office.storage
        assert isinstance(storage, MemoryStorage)
        storage._offices[OFFICE].records.popitem()
        out = tmp_path / "out.jsonl"
        assert code_of(lambda: take_out_of(storage, out, keyring=KEYRING)) == "not_sound"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("what", ["entries", "messages"])
    def test_an_office_that_works_meanwhile(self, tmp_path: Path, what: str):
        """A file of two moments is not left behind; not even one message may be missing."""
        storage = driven(SEED, 2).office.storage
        find = storage.find

        def work_on(office: str, **asked: Any) -> Any:
            if any(tmp_path.iterdir()):  # it is being written
                if what == "entries":
                    storage.commit(office, later())
                else:
                    (lent, *_) = storage.lease(office, now="9999-12-31", until="2021", limit=1)
                    storage.settle(office, lent.message.key, lent.token, again=None, parked=False)
            return find(office, **asked)

        storage.find = work_on  # type: ignore[method-assign]
        out = tmp_path / "out.jsonl"
        assert code_of(lambda: take_out_of(storage, out, keyring=KEYRING)) == "worked_meanwhile"
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_not_there(self, tmp_path: Path):
        """Is a failure of its medium, and no store is made."""
        url = f"sqlite:///{tmp_path / 'away.db'}"
        with pytest.raises(StorageFailure) as caught:
            bring_in(url, tmp_path / "none.jsonl")
        assert caught.value.facts["reason"] == "io"
        assert list(tmp_path.iterdir()) == []


def later() -> Batch:
    """Give a commit in a later year."""
    return Batch("2199-01-01T00:00:00.000000Z", entries=(entry("Z"),))
