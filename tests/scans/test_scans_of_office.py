"""What an office does with its scans: what a command names is kept, and what nothing names goes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from attrs import define, evolve, field
from hypothesis import given
from papers import jpeg, pdf, png

from adminduk import Actor, Office, Person, Role, commands
from adminduk.codec import dump
from adminduk.envelope import KeyDestroyed, OpenKeyring
from adminduk.errors import (
    AdmindukError,
    CommandReused,
    InvalidInput,
    NotPermitted,
    Refused,
    StorageFailure,
)
from adminduk.office import Receipt
from adminduk.office.keeping import CARD_SIZE
from adminduk.office.naming import scans_in
from adminduk.ports import Batch
from adminduk.records import Scan, Shown
from adminduk.scans import accept
from adminduk.scans.verifying import verify_scans
from adminduk.testing import strategies

SITI = Actor("siti", Role.VILLAGE_OPERATOR, "35.23.08.2001")
ABSENT = Scan("ab" * 32, "image/png", 300)
LONG = 60 * 24 * 3600


@define
class Village:
    """A village hall that scans and applies, at an office in a folder."""

    folder: Path
    office: Office
    _files: Iterator[int] = field(factory=count)

    def scan(self, number: int | None = None, *, old: bool = False) -> Scan:
        """Hand a scan in; an old one has waited for two months."""
        chance = Random(next(self._files) if number is None else number)  # noqa: S311 - told apart
        content = chance.randbytes(300)
        scan = Scan(self.office.scans.put(content), "image/png", len(content))
        if old:
            self.age(scan)
        return scan

    def age(self, scan: Scan) -> None:
        """Let a scan wait for two months."""
        then = time.time() - LONG
        os.utime(self.place(scan), (then, then))

    def place(self, scan: Scan) -> Path:
        """Give where a scan is kept."""
        return self.folder / "scans" / scan.digest[:2] / scan.digest[2:4] / scan.digest

    def has(self, scan: Scan) -> bool:
        """Whether a scan is kept."""
        return self.office.scans.size(scan.digest) is not None

    def submit(
        self,
        *scans: Scan,
        id_: UUID | None = None,
        serial: int | None = None,
        by: Actor = SITI,
        **fields: Any,
    ) -> Receipt:
        """Apply for a family card that was lost, for a family of its own."""
        number = next(self._files) % 9000 + 1 if serial is None else serial
        person = Person(name="Budi", nik=f"352308010190{number:04}", kk=f"352308010110{number:04}")
        fields = {
            "region": "35.23.08.2001",
            "services": ("kk-hilang",),
            "applicant": person,
            "people": {"head": person},
            "facts": {"applicant_relation": "self", "nik_in_form": True, "foreign_resident": False},
            "evidence": {"f-1-02": Shown("scan", scans), "surat-hilang": Shown("handed_in")},
            **fields,
        }
        command = commands.Submit(id=id_, **fields)
        return self.office.do(command, by=by)


Opens = Callable[..., Village]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Give what opens the office once more."""
    opened: list[Office] = []

    def open_one(name: str = "tuban", region: str = "35.23", **options: Any) -> Village:
        options = {"scans": (tmp_path / "scans").as_uri(), **options}
        opened.append(Office.open(f"sqlite:///{tmp_path / name}.db", region, **options))
        return Village(tmp_path, opened[-1])

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def village(opens: Opens) -> Village:
    """Give a village at an office."""
    return opens()


class TestNaming:
    """A command that names what is not kept is refused, and nothing of it happens."""

    def test_what_is_kept_may_be_named(self, village: Village):
        """With its size."""
        scan = village.scan()
        assert village.submit(scan).records[0].state == "submitted"
        report = village.office.verify()
        assert report.clean
        assert report.scans >= 1

    def test_what_is_not_kept_is_named_with_its_place(self, village: Village):
        """Everything at once, each with its path in the command."""
        scan = village.scan()
        with pytest.raises(InvalidInput) as caught:
            village.submit(ABSENT, scan, evolve(scan, size=301))
        assert [(one.path, one.code) for one in caught.value.faults] == [
            ("with.evidence.f-1-02.scans.0", "scan_absent"),
            ("with.evidence.f-1-02.scans.2", "scan_absent"),
        ]
        assert caught.value.message("id") != caught.value.message("en")
        assert village.office.journal() == []

    def test_without_a_store_nothing_is_asked(self, opens: Opens):
        """The host may keep its scans itself."""
        village = opens(scans=None)
        assert village.submit(ABSENT)
        assert village.office.verify().scans == 0
        for ask in (lambda: village.office.scans, village.office.collect_scans):
            with pytest.raises(Refused) as caught:
                ask()
            assert caught.value.code == "no_scans"

    def test_a_command_sent_again_has_its_first_answer(self, village: Village):
        """Whatever has become of the scan."""
        scan, id_ = village.scan(), UUID(int=7)
        first = village.submit(scan, id_=id_, serial=7)
        village.place(scan).unlink()
        again = village.submit(scan, id_=id_, serial=7)
        assert (again.records, again.repeated) == (first.records, True)

    def test_a_command_sent_again_has_its_first_answer_while_the_store_is_away(self, opens: Opens):
        """What was not sent before waits until the store is back."""
        village = opens()
        scan, id_ = village.scan(), UUID(int=7)
        first = village.submit(scan, id_=id_, serial=7)
        store = village.folder / "scans"
        store.rename(village.folder / "away")
        store.touch()
        for one in (village, opens()):
            again = one.submit(scan, id_=id_, serial=7)
            assert (again.records, again.repeated) == (first.records, True)
            with pytest.raises(CommandReused):
                one.submit(scan, id_=id_, serial=8)
            with pytest.raises(StorageFailure):
                one.submit(scan)

    def test_who_may_not_is_not_told_what_is_kept(self, village: Village):
        """Permission comes before it."""
        with pytest.raises(NotPermitted):
            village.submit(ABSENT, by=Actor("tri", Role.COURIER, "35.23"))

    def test_nothing_is_asked_of_the_store_within_a_commit(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ):
        """Nor of one that is away for a command that names no scan."""
        scan, during = village.scan(), []
        storage, store = village.office.storage, village.office.scans
        commit, renew = storage.commit, store.renew
        monkeypatch.setattr(
            storage,
            "commit",
            lambda *of: (during.append("begins"), commit(*of), during.append("ends")),
        )
        monkeypatch.setattr(store, "renew", lambda of: during.append("asked") or renew(of))
        village.submit(scan)
        assert during == ["asked", "begins", "ends"]

    def test_the_card_of_an_office_is_put_once(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ):
        """With the first scan that it names; later commands need only what they name."""
        scans, store, cards = [village.scan(), village.scan()], village.office.scans, []
        put = store.put
        monkeypatch.setattr(store, "put", lambda content: cards.append(content) or put(content))
        for one in scans:
            village.submit(one)
        assert len(cards) == 1

    def test_a_store_that_is_away_stops_only_what_names_scans(self, opens: Opens, tmp_path: Path):
        """All other work goes on."""
        village = opens(scans=(tmp_path / "not" / "mounted").as_uri())
        village.office.do(
            commands.ChangeSettings(lapse_days=90), by=Actor("hadi", Role.HEAD_OF_OFFICE, "35.23")
        )
        with pytest.raises(AdmindukError) as caught:
            village.submit(ABSENT)
        assert caught.value.code == "storage_failure"

    @given(strategies.any_commands() | strategies.collectors())
    def test_no_scan_is_overlooked(self, thing: Any):
        """However deep in a command or a record: as many as its written form has."""

        def told(thing: Any) -> Iterator[str]:
            if isinstance(thing, dict):
                yield from ([thing["digest"]] if set(thing) == {"digest", "type", "size"} else [])
            if isinstance(thing, dict | list | tuple):
                for one in thing.values() if isinstance(thing, dict) else thing:
                    yield from told(one)

        assert [one.digest for _, one in scans_in(thing)] == list(told(dump(thing)))


class TestCollecting:
    """What no record names goes, once it has waited long; what one names never goes."""

    def collected(self, *villages: Village, **options: Any) -> tuple[int, int, int, int]:
        """Collect; give how many there were, are named, are young, and are unnamed."""
        first, *others = (one.office for one in villages)
        found = first.collect_scans(*others, **{"remove": True, **options})
        return found.scans, found.named, found.young, found.unnamed

    def test_only_what_is_unnamed_and_old_goes(self, village: Village):
        """And with nothing said it is only counted."""
        named, young, old = village.scan(), village.scan(), village.scan(old=True)
        village.submit(named)
        village.age(named)
        counted = village.office.collect_scans()
        assert (counted.unnamed, counted.size, counted.removed) == (1, 300, False)
        assert village.has(old)
        assert self.collected(village) == (3, 1, 1, 1)
        assert [village.has(one) for one in (named, young, old)] == [True, True, False]
        assert self.collected(village) == (2, 1, 1, 0)

    def test_how_long_a_scan_may_wait(self, village: Village):
        """A day at least: longer than any command takes, and than clocks differ."""
        village.submit(village.scan())
        old = village.scan(old=True)
        assert self.collected(village, unnamed_for=timedelta(days=61))[2:] == (1, 0)
        with pytest.raises(InvalidInput):
            village.office.collect_scans(unnamed_for=timedelta(hours=23), remove=True)
        assert village.has(old)
        assert self.collected(village, unnamed_for=timedelta(days=59))[2:] == (0, 1)

    def test_what_is_handed_in_again_is_young(self, village: Village):
        """The same file, once more: whoever did it will name it."""
        village.submit(village.scan())
        old = village.scan(1000, old=True)
        assert village.scan(1000) == old
        assert self.collected(village)[2:] == (1, 0)

    def test_what_is_named_no_more_goes(self, village: Village):
        """A draft that shows another scan instead."""
        first, second = village.scan(), village.scan()
        fields = {"region": "35.23.08.2001", "services": ("kk-hilang",)}
        person = Person(name="Budi")
        draft = commands.Draft(
            **fields, applicant=person, evidence={"f-1-02": Shown("scan", (first,))}
        )
        code = village.office.do(draft, by=SITI).records[0].id
        village.submit(second, application=code)
        for one in (first, second):
            village.age(one)
        assert self.collected(village) == (2, 1, 0, 1)
        assert village.has(second)

    @pytest.mark.parametrize("stage", ["reading", "collecting"])
    def test_what_is_named_while_it_runs_stays(self, village: Village, stage: str):
        """Whether its records were read already or not."""
        village.submit(village.scan())
        old = [village.scan(old=True) for _ in range(5)]

        done = []

        def submit(now: str, _: int) -> None:
            if now == stage and not done:
                done.extend(map(village.submit, old[:3]))

        assert self.collected(village, progress=submit)[3] == 2
        assert list(map(village.has, old)) == [True] * 3 + [False] * 2
        assert village.office.verify().clean

    def test_what_is_about_to_be_named_stays(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ):
        """The whole of it runs between the check of a command and its commit."""
        village.submit(village.scan())
        old, storage, ran = village.scan(old=True), village.office.storage, []
        commit = storage.commit

        def collect_first(office: str, batch: Batch) -> None:
            ran.append(self.collected(village))
            commit(office, batch)

        monkeypatch.setattr(storage, "commit", collect_first)
        village.submit(old)
        assert ran == [(2, 1, 1, 0)]
        assert village.has(old)

    def test_what_is_named_behind_the_reading_is_read(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ):
        """A record that comes, or moves, to where was read already."""
        storage, scans = village.office.storage, [village.scan() for _ in range(4)]
        find = storage.find
        monkeypatch.setattr(storage, "find", lambda *of, **by: find(*of, **{**by, "limit": 1}))
        for one in scans[:3]:
            village.submit(one)

        def submit(count: int) -> None:
            if count == 6:  # cases come before the originals that are handed in to them
                village.submit(scans[3])

        assert {one for _, one in village.office.scans_named(submit)} == set(scans)

    def test_what_an_erased_person_named_goes(self, opens: Opens):
        """Their scans are theirs, too."""
        erased: set[str] = set()

        class Keys(OpenKeyring):
            def open(self, owner: str, sealed: str) -> bytes:
                if owner in erased:
                    raise KeyDestroyed
                return super().open(owner, sealed)

        village = opens(keyring=Keys(b"secret"))
        theirs, others = village.scan(), village.scan()
        erased.add(village.submit(theirs).records[0].id)
        village.submit(others)
        for one in (theirs, others):
            village.age(one)
        assert self.collected(village) == (2, 1, 0, 1)
        assert village.has(others)

    def test_several_offices_may_share_a_store(self, opens: Opens):
        """All are read; without one of them nothing is removed, and it is said whose they are."""
        tuban, gresik = opens(), opens("gresik", "35.25")
        siti = Actor("siti", Role.VILLAGE_OPERATOR, "35.25.01.2001")
        mine, theirs = tuban.scan(), tuban.scan()
        tuban.submit(mine)
        gresik.submit(theirs, region="35.25.01.2001", by=siti)
        for one in (mine, theirs):
            tuban.age(one)
        for one in (tuban, gresik):
            with pytest.raises(Refused) as caught:
                self.collected(one)
            assert caught.value.code == "scans_shared"
        assert "35.25" in str(self.refusal(tuban).facts["cards"])
        assert self.collected(tuban, gresik) == (2, 2, 0, 0)

    def refusal(self, village: Village) -> Refused:
        """Give why nothing was collected."""
        with pytest.raises(Refused) as caught:
            self.collected(village)
        return caught.value

    def test_what_is_as_long_as_a_card_is_not_one_for_that(self, village: Village):
        """A host may put anything."""
        village.submit(village.scan())
        long = village.office.scans.put(b"x" * CARD_SIZE)
        village.age(Scan(long, "image/png", CARD_SIZE))
        assert self.collected(village) == (2, 1, 0, 1)

    def test_an_office_that_never_used_a_store_removes_nothing_from_it(self, opens: Opens):
        """Somebody named the wrong office, or the wrong store."""
        village = opens()
        assert self.collected(village) == (0, 0, 0, 0)
        scan = village.scan(old=True)
        assert self.refusal(village).code == "scans_of_whom"
        village.submit(village.scan())
        assert self.refusal(opens("coba")).code == "scans_shared"
        assert village.has(scan)

    def test_killed_anywhere_it_is_gone_on_with(self, village: Village, tmp_path: Path):
        """Some are gone, nothing else; started again it ends."""
        named = [village.scan(old=True) for _ in range(10)]
        village.submit(*named)
        for one in named:
            village.age(one)
        unnamed = [village.scan(old=True) for _ in range(60)]
        for _ in range(3):
            with subprocess.Popen(
                [sys.executable, "-c", COLLECTS, str(tmp_path)], stdout=subprocess.PIPE, text=True
            ) as process:
                assert process.stdout is not None
                for _ in range(10):
                    assert process.stdout.readline()
                process.kill()
            assert village.office.verify().clean
        left = sum(map(village.has, unnamed))
        assert 0 < left < len(unnamed)
        assert self.collected(village) == (10 + left, 10, 0, left)
        assert village.office.verify().clean

    def test_many_work_while_others_collect(self, opens: Opens, tmp_path: Path):
        """In threads and processes: what was accepted is there, whatever was removed besides."""
        village = opens()
        village.submit(village.scan())
        old = [village.scan(old=True) for _ in range(120)]
        start = Barrier(3, timeout=60)

        def submit(scans: list[Scan], first: int) -> list[Scan]:
            mine, taken = opens(), []
            start.wait()
            for place, one in enumerate(scans):
                try:
                    mine.submit(one, serial=first + place)
                    taken.append(one)
                except InvalidInput:
                    pass
            return taken

        with (
            ThreadPoolExecutor(2) as pool,
            subprocess.Popen([sys.executable, "-c", COLLECTS, str(tmp_path)], stdout=-3) as process,
        ):
            work = [pool.submit(submit, old[n::2], 5000 + 1000 * n) for n in range(2)]
            start.wait()
            while not all(one.done() for one in work):
                self.collected(village)
            taken = [one for each in work for one in each.result()]
            process.wait()
        assert all(map(village.has, taken))
        assert village.office.verify().clean
        assert sum(map(village.has, old)) == len(taken)


COLLECTS = """
import sys, time
from pathlib import Path
from adminduk import Office
folder = Path(sys.argv[1])
with Office.open(f"sqlite:///{folder}/tuban.db", scans=(folder / "scans").as_uri()) as office:
    remove = office.scans.remove
    def slowly(scan):
        print(scan.digest, flush=True)
        time.sleep(0.002)
        return remove(scan)
    office.scans.remove = slowly
    office.collect_scans(remove=True)
"""


class TestVerifying:
    """Every scan that a record names is kept, is as it was put, and opens."""

    @pytest.fixture
    def scans(self, village: Village) -> list[Scan]:
        """Have a picture, a page and a photograph named by a case."""
        scans = [accept(village.office.scans, one) for one in (png(), pdf(), jpeg())]
        village.submit(*scans)
        return scans

    def test_all_is_well(self, village: Village, scans: list[Scan]):
        """Each is opened once."""
        told: list[int] = []
        report = verify_scans(village.office, told.append)
        assert (report.scans, report.faults) == (len(scans), ())
        assert told == [1, 2, 3]

    def test_what_is_missing_is_named_with_its_record(self, village: Village, scans: list[Scan]):
        """By both."""
        village.place(scans[1]).unlink()
        (code,) = {one.id for one in village.office.journal() if one.kind == "application"}
        said = f"application {code}: its scan {scans[1].digest} is not in the store of scans"
        assert village.office.verify().faults == (said,)
        assert verify_scans(village.office).faults == (said,)

    def test_what_unsound_records_name_is_not_looked_for(self, village: Village):
        """They may name anything."""
        unsound = evolve(village.office.verify(), faults=("rusak",))
        named = [(("application", "K7M2Q9XD4H-T"), ABSENT)]
        assert village.office._keeping.verified(unsound, named) is unsound

    def test_what_was_damaged_is_found_when_it_is_read(self, village: Village, scans: list[Scan]):
        """Of the same size, it is found by reading it."""
        place = village.place(scans[0])
        place.write_bytes(place.read_bytes()[:-1] + b"?")
        assert village.office.verify().clean
        (fault,) = verify_scans(village.office).faults
        assert "does not open" in fault

    def test_what_never_was_a_scan_is_found(self, village: Village):
        """A host may put anything; and it may say another type."""
        scan = accept(village.office.scans, png())
        village.submit(village.scan(), evolve(scan, type="application/pdf"))
        faults = "\n".join(verify_scans(village.office).faults)
        assert "does not open" in faults
        assert "of another type" in faults


def test_a_digest_is_that_of_sha256sum(village: Village):
    """What a record names can be found without the library."""
    scan = village.scan()
    assert sha256(village.place(scan).read_bytes()).hexdigest() == scan.digest
