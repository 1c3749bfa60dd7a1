"""What was sealed cannot be altered without a trace, whoever can write the store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import apsw
import orjson
import pytest
from attrs import evolve
from office_days import HADI, SITI, Town, seeded_ids

from adminduk import commands as c
from adminduk.codec import structure, to_json
from adminduk.errors import InvalidInput, NotPermitted, Refused
from adminduk.journal import GENESIS, chain, fold
from adminduk.office.proving import Proof
from adminduk.office.receipt import Receipt
from adminduk.office.sealing import entries_of, next_seal
from adminduk.records import Seal
from adminduk.signing import SigningKey

KEY = SigningKey.make()


class Sealed:
    """An office of three days, each of which was sealed and kept, and somebody let at its store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "office.db"
        town = Town(f"sqlite:///{self.file}")
        self.codes, self.kept = [], list[Seal]()
        for day in range(3):
            case = town.at_village("ktp-hilang")
            self.codes.append(case.code)
            town.office.seal(by=HADI, key=KEY)
            town.clock.wait(days=1)
            self.kept = town.office.seals()
            self.copy_to(f"day-{day}.db")
        self.unsealed = town.at_village("ktp-hilang").code
        assert town.office.verify(kept=self.kept, signers=[KEY.public]).clean
        town.office.close()
        self.connection = apsw.Connection(str(self.file))

    def copy_to(self, name: str) -> None:
        """Copy the store as it is."""
        with (
            apsw.Connection(str(self.file)) as source,
            apsw.Connection(str(self.folder / name)) as target,
            target.backup("main", source, "main") as backup,
        ):
            backup.step()

    def sql(self, sql: str, *values: object) -> None:
        """Change something, and something does change."""
        self.connection.execute(sql, values)
        assert self.connection.changes() > 0

    def rewrite(self, kind: str, id_: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
        """Change the entries of a record, and make its chain and the record itself fit them."""
        sql = "select seq, body from journal where kind = ? and id = ? order by seq"
        found = self.connection.execute(sql, (kind, id_)).fetchall()
        head, fields = GENESIS, {}
        for (seq, _), body in zip(found, change([body for _, body in found]), strict=True):
            head, fields = chain(head, body), fold(fields, orjson.loads(body)["set"])
            self.sql("update journal set body = ?, hash = ? where seq = ?", body, head, seq)
        record = to_json({"fields": fields, "head": head.hex()})
        self.sql("update records set body = ? where kind = ? and id = ?", record, kind, id_)

    def faults(self, *, kept: bool = False, signers: bool = False) -> list[str]:
        """Say what is found, with what was kept elsewhere or without."""
        self.connection.close()
        with Town(f"sqlite:///{self.file}").office as office:
            report = office.verify(
                kept=self.kept if kept else (), signers=[KEY.public] if signers else ()
            )
        return list(report.faults)

    def roll_back(self, day: int = 1) -> None:
        """Put the store of a day before in its place."""
        self.connection.close()
        for beside in ("-wal", "-shm"):
            Path(f"{self.file}{beside}").unlink(missing_ok=True)
        shutil.copy(self.folder / f"day-{day}.db", self.file)

    def entries(self, number: int) -> str:
        """Name the entries under a seal."""
        return f"entries {self.kept[number - 1].first} to {self.kept[number - 1].last}"


@pytest.fixture
def sealed(tmp_path: Path) -> Sealed:
    """Give a sealed office."""
    return Sealed(tmp_path)


def renamed(bodies: list[bytes]) -> list[bytes]:
    """Give entries that tell the same of another day."""
    return [one.replace(b"2021-07-1", b"2020-07-1") for one in bodies]


class TestAttack:
    """With the database's own shell."""

    def test_an_entry_that_fits_all_but_the_seal(self, sealed: Sealed):
        """Chain, record and index made right: the seal names the entries among which it is."""
        sealed.rewrite("copy", f"{sealed.codes[1]}/1", renamed)
        assert f"seal 2: {sealed.entries(2)} are not those that were sealed" in sealed.faults()

    def test_a_deleted_entry(self, sealed: Sealed):
        """It is missing in the sequence."""
        sealed.sql("delete from journal where seq = 5")
        faults = sealed.faults()
        assert faults[0] == "journal 5: missing in the sequence"
        assert f"seal 1: {sealed.entries(1)} are not those that were sealed" in faults

    def test_two_entries_that_changed_places(self, sealed: Sealed):
        """Each still goes on from the one before of its record, and they are found."""
        last = sealed.kept[1].last
        (a,), (b,) = sealed.connection.execute(
            "select min(seq) from journal where seq > ? and seq <= ?"
            " group by kind order by 1 limit 2",
            (last - 12, last),
        ).fetchall()
        for old, new in ((a, -1), (b, a), (-1, b)):
            sealed.sql("update journal set seq = ? where seq = ?", new, old)
        assert f"seal 2: {sealed.entries(2)} are not those that were sealed" in sealed.faults()

    def test_two_cases_that_changed_places(self, sealed: Sealed):
        """Each is told to be what the other is, with all that is kept of them."""
        one, other = sealed.codes[:2]
        for old, new in ((one, "-"), (other, one), ("-", other)):
            for table in ("records", "record_keys", "journal", "claims"):
                sealed.connection.execute(
                    f"update {table} set id = ? where id = ?",  # noqa: S608 - names of ours
                    (new, old),
                )
        faults = sealed.faults()
        for code in (one, other):
            assert any(f"the chain of application {code} breaks here" in said for said in faults)

    def test_an_entry_put_in(self, sealed: Sealed):
        """What it pushes on is not where it was."""
        (top,) = sealed.connection.execute("select max(seq) from journal").fetchone()
        for seq in range(top, 4, -1):
            sealed.sql("update journal set seq = ? where seq = ?", seq + 1, seq)
        sealed.sql(
            "insert into journal select office, 5, 'copy', id, version, hash, body"
            " from journal where seq = 4"
        )
        faults = sealed.faults()
        assert f"seal 1: {sealed.entries(1)} are not those that were sealed" in faults

    def test_a_seal_that_is_another(self, sealed: Sealed):
        """Made right in its chain, it does not go on, and the next does not go on from it."""
        sealed.rewrite(
            "seal",
            "journal",
            lambda bodies: [bodies[0].replace(b'"first":1', b'"first":2'), *bodies[1:]],
        )
        faults = sealed.faults()
        assert "seal 1: does not go on from the one before it" in faults
        assert "seal 2: does not go on from the one before it" in faults

    def test_seals_that_are_gone(self, sealed: Sealed):
        """Their entries are missing in the sequence; who kept them sees which."""
        sealed.sql("delete from journal where kind = 'seal' and version = 3")
        sealed.sql("update records set version = 2 where kind = 'seal'")
        faults = sealed.faults(kept=True)
        assert "kept seal 3: is not among the seals of the journal" in faults

    def test_a_store_of_yesterday(self, sealed: Sealed):
        """Rolled back as a whole it is sound; who kept the seals since sees what is missing."""
        sealed.roll_back()
        assert sealed.faults() == []
        first = sealed.kept[1].last + 2  # after the entry of the seal itself
        missing = f"entries {first} to {sealed.kept[2].last} are missing"
        assert sealed.faults(kept=True, signers=True) == [
            "kept seal 3: is not among the seals of the journal",
            f"kept seal 3: {missing}, the journal ends before them",
        ]

    def test_a_store_of_yesterday_that_went_on(self, sealed: Sealed):
        """With other work in the place of what was done: the kept seal is of other entries."""
        sealed.roll_back()
        town = Town(f"sqlite:///{sealed.file}", ids=seeded_ids(9))
        town.clock.wait(days=2)
        last = 0
        while last < sealed.kept[2].last:
            town.verified("kk-hilang")
            seal = town.office.seal(by=HADI, key=KEY)
            assert seal is not None
            last = seal.last
        town.office.close()
        assert sealed.faults(signers=True) == []
        faults = sealed.faults(kept=True)
        assert f"kept seal 3: {sealed.entries(3)} are not those that were sealed" in faults
        assert "kept seal 3: is not the one of that number in the journal" in faults

    def test_what_was_written_since_the_last_seal(self, sealed: Sealed):
        """Taken away as a whole it is not missed: that is why a seal is made each day."""
        sealed.roll_back(day=2)
        assert sealed.faults(kept=True, signers=True) == []

    def test_a_history_written_anew(self, sealed: Sealed, tmp_path: Path):
        """From the beginning, with seals of its own: a key or a kept seal finds it."""
        sealed.connection.close()
        other = tmp_path / "other"
        other.mkdir()
        forged = Town(f"sqlite:///{other / 'office.db'}")
        for _ in range(3):
            forged.at_counter("ktp-hilang")
            forged.office.seal(by=HADI, key=SigningKey.make())
            forged.clock.wait(days=1)
        office = forged.office
        assert office.verify().clean
        assert office.verify(signers=[KEY.public]).faults == (
            "seals: none is signed with a key that was named",
        )
        said = office.verify(kept=sealed.kept).faults
        assert [one for one in said if "is not the one of that number" in one] == [
            f"kept seal {number}: is not the one of that number in the journal"
            for number in (1, 2, 3)
        ]
        office.close()

    def test_a_seal_that_was_signed_by_another(self, sealed: Sealed):
        """Once the office signs, each seal is signed with one of its keys."""
        stranger = SigningKey.make()

        def signed_anew(bodies: list[bytes]) -> list[bytes]:
            told = orjson.loads(bodies[-1])
            seal = sealed.kept[2]
            signature = stranger.sign(seal.statement()).hex()
            told["set"]["newest"] |= {"signer": stranger.public, "signature": signature}
            return [*bodies[:-1], to_json(told)]

        sealed.rewrite("seal", "journal", signed_anew)
        assert sealed.faults(signers=True) == ["seal 3: is not signed with a key that was named"]

    @pytest.mark.parametrize(
        "column",
        [
            "actor = 'joko'",
            "receipt = cast(replace(receipt, 'copy', 'bag') as blob)",
            "receipt = cast(json_set(receipt, '$.records[0].state', 'lost') as blob)",
            "receipt = cast(json_set(receipt, '$.id', 'another') as blob)",
            "receipt = cast(replace(receipt, 'true', 'false') as blob)",
        ],
    )
    def test_an_answer(self, sealed: Sealed, column: str):
        """What was answered, and to whom, is what the journal tells."""
        of = "where json_extract(receipt, '$.records[0].id') = ?"
        sealed.sql(f"update commands set {column} {of}", f"{sealed.codes[0]}/1")  # noqa: S608 - ours
        assert any("was not answered so" in one for one in sealed.faults())

    def test_an_answer_that_is_gone(self, sealed: Sealed):
        """It would be done once more if it were sent again."""
        sealed.sql("delete from commands where id = (select min(id) from commands)")
        faults = sealed.faults()
        assert faults
        assert all("was not answered so" in one for one in faults)

    def test_an_answer_that_nobody_was_given(self, sealed: Sealed):
        """A command would be taken for one that was sent before: the clock's own ids are known."""
        answer = to_json(Receipt("invented", ()).as_dict())
        sql = "insert into commands select office, 'invented', 'system', x'00', ? from offices"
        sealed.sql(sql, answer)
        said = ["command invented: was answered what the journal does not tell"]
        assert sealed.faults() == said

    @pytest.mark.parametrize("said", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    def test_a_time_that_is_on_no_clock(self, sealed: Sealed, said: str):
        """It is a fault as any other."""
        sealed.sql(
            "update journal set body = cast(json_set(body, '$.recorded', ?) as blob)"
            " where seq = (select max(seq) from journal)",
            said,
        )
        assert any("the chain of" in one for one in sealed.faults())

    def test_the_profile(self, sealed: Sealed):
        """With another secret nobody would be found, and no command known, any more."""
        sealed.sql("update offices set profile = cast(replace(profile, 'a', 'b') as blob)")
        assert sealed.faults()[0] == "office: its profile is not the one that was sealed"

    def test_an_entry_out_of_time(self, sealed: Sealed):
        """What is under no seal yet is at least in the order in which it was recorded."""
        sealed.rewrite("copy", f"{sealed.unsealed}/1", renamed)
        assert any("recorded before the entry before it" in one for one in sealed.faults())


class TestSealing:
    """Who seals, when, and what."""

    def test_nothing_new(self, town: Town):
        """A seal is of something; the entry of a seal alone is nothing."""
        assert town.office.seal(by=HADI) is None
        town.case("ktp-hilang")
        first = town.office.seal(by=HADI)
        assert first is not None
        assert (first.number, first.first, first.before, first.signer) == (1, 1, "", "")
        assert town.office.seal(by=town.system.actor) is None
        town.case("ktp-hilang")
        second = town.office.seal(by=town.system.actor, key=KEY)
        assert second is not None
        assert (second.number, second.first) == (2, first.last + 1)
        assert (second.before, second.signer) == (first.digest, KEY.public)
        assert town.office.seals() == [first, second]
        assert (report := town.office.verify()).clean
        assert (report.seals, report.sealed) == (2, second.last)

    def test_only_the_head_and_the_system(self, town: Town):
        """As the table says."""
        town.case("ktp-hilang")
        with pytest.raises(NotPermitted):
            town.office.seal(by=SITI)
        assert town.office.seals() == []

    @pytest.mark.parametrize(
        ("said", "error", "code"),
        [
            ({"root": "0" * 64}, InvalidInput, "other_root"),
            ({"profile": "0" * 64}, InvalidInput, "other_root"),
            ({"last": 10**6}, InvalidInput, "other_root"),
            ({"signer": KEY.public, "signature": "0" * 128}, InvalidInput, "not_signed"),
            ({"signer": "ed25519:", "signature": "0" * 128}, InvalidInput, "not_signed"),
            ({"signature": "0" * 128}, InvalidInput, "not_signed"),
            ({"number": 2}, Refused, "other_seal"),
            ({"before": "0" * 64}, Refused, "other_seal"),
            ({"first": 2}, Refused, "other_seal"),
            ({"office": "35.22"}, Refused, "other_seal"),
        ],
    )
    def test_a_seal_that_is_none(
        self, town: Town, said: dict[str, object], error: type[Exception], code: str
    ):
        """Nobody seals what is not there, or in the name of another."""
        town.case("ktp-hilang")
        seal = next_seal(town.office.storage, town.office.region, None, town.clock.now)
        assert seal is not None
        wrong = structure({**seal.as_dict(), **said}, Seal)
        with pytest.raises(error) as caught:
            town.hadi.office.do(c.SealJournal(next=wrong), by=HADI)
        codes = {one.code for one in getattr(caught.value, "faults", [caught.value])}
        assert codes == {code}
        assert town.office.seals() == []

    def test_a_time_to_come(self, town: Town):
        """A seal is made now, not tomorrow."""
        town.case("ktp-hilang")
        seal = next_seal(town.office.storage, town.office.region, None, town.clock.now)
        assert seal is not None
        ahead = evolve(seal, at=seal.at + timedelta(seconds=1))
        with town.refuses("other_seal"):
            town.office.do(c.SealJournal(next=ahead), by=HADI)

    def test_somebody_seals_at_the_same_time(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """Then there is nothing left to seal for the other."""
        town.case("ktp-hilang")
        office = town.office
        newest, asked = office._newest, []

        def late() -> Seal | None:
            found = newest()
            if not asked:
                asked.append(True)
                assert office.seal(by=HADI) is not None
            return found

        monkeypatch.setattr(office, "_newest", late)
        assert office.seal(by=HADI) is None
        assert len(office.seals()) == 1

    def test_the_entries_of_a_stretch(self, town: Town):
        """From one to another, whichever pages they are in."""
        town.at_village("ktp-hilang")
        found = [one.seq for one in entries_of(town.office.storage, "35.23", 3, 7)]
        assert found == [3, 4, 5, 6, 7]


class TestProof:
    """What is proven to who has no store."""

    def test_of_a_case(self, sealed: Sealed):
        """All of its entries, those of its papers too, with the seals they are under."""
        with Town(f"sqlite:///{sealed.file}").office as office:
            proof = office.prove(sealed.codes[1])
            journal = office.journal(sealed.codes[1])
        assert [one.seq for one in proof.entries] == [one.seq for one in journal]
        assert {one.number for one in proof.seals} == {2}
        assert proof.unsealed == ()
        assert list(proof.faults(sealed.kept, [KEY.public])) == []
        assert Proof.read(orjson.loads(to_json(proof.as_dict()))) == proof

    def test_of_what_is_under_no_seal(self, sealed: Sealed):
        """It is named, and nothing is proven of it."""
        with Town(f"sqlite:///{sealed.file}").office as office:
            proof = office.prove(sealed.unsealed)
        assert (proof.entries, proof.seals) == ((), ())
        assert len(proof.unsealed) > 5

    def test_that_was_altered(self, sealed: Sealed):
        """In whatever part, it does not hold."""
        with Town(f"sqlite:///{sealed.file}").office as office:
            proof = office.prove(sealed.codes[1])
        about = '"kind":"application"'
        first, second, *others = (one for one in proof.entries if about in one.body)
        (seal,) = proof.seals
        altered = [
            evolve(proof, entries=(second, first, *others)),
            evolve(proof, entries=(second, *others)),
            evolve(proof, entries=(evolve(first, body=first.body.replace("siti", "joko")), second)),
            evolve(proof, entries=(evolve(first, body="{"), second)),
            evolve(proof, entries=(evolve(first, seq=first.seq + 1), second)),
            evolve(proof, entries=(evolve(first, seq=1), second)),
            evolve(proof, entries=(evolve(first, seal=7), second)),
            evolve(proof, entries=(evolve(first, path=first.path[1:]), second)),
            evolve(proof, entries=(evolve(first, path=("up:00",)), second)),
            evolve(proof, seals=(evolve(seal, root="0" * 64),)),
            evolve(proof, seals=(evolve(seal, last=first.seq - 1),)),
            evolve(proof, seals=()),
        ]
        for one in altered:
            assert list(one.faults()), one
        stranger = SigningKey.make()
        resigned = evolve(
            seal, signer=stranger.public, signature=stranger.sign(seal.statement()).hex()
        )
        said = ["seal 2: is not signed with a key that was named"]
        assert list(evolve(proof, seals=(resigned,)).faults(signers=[KEY.public])) == said
        forged = evolve(seal, signature="00" * 64)
        assert list(evolve(proof, seals=(forged,)).faults(signers=[KEY.public])) == said
        later = [evolve(one, at=one.at.replace(year=2022)) for one in sealed.kept]
        assert list(proof.faults(kept=later)) == ["seal 2: is not among those that were kept"]

    def test_of_another_case(self, sealed: Sealed):
        """Under this name, of nothing, or in another order it does not hold."""
        with Town(f"sqlite:///{sealed.file}").office as office:
            proof, other = (office.prove(one.lower()) for one in sealed.codes[:2])
            of_paper = office.prove(f"{sealed.codes[0]}/1")
        assert list(proof.faults(sealed.kept)) == list(of_paper.faults(sealed.kept)) == []
        renamed = evolve(other, about=proof.about)
        assert f"is about application {other.about}" in " ".join(renamed.faults(sealed.kept))
        assert list(evolve(proof, entries=(), seals=()).faults()) == ["entries: there are none"]
        one, *rest = proof.entries
        papers = [each for each in rest if '"kind":"copy"' in each.body]
        first = papers[0]
        moved = (first, one, *(each for each in rest if each is not first))
        said = [f"entry {one.seq}: comes after entry {first.seq}"]
        assert list(evolve(proof, entries=moved).faults(sealed.kept)) == said

    def test_that_numbers_versions_in_words(self, sealed: Sealed):
        """It is told as any other that does not hold."""
        with Town(f"sqlite:///{sealed.file}").office as office:
            proof = office.prove(sealed.codes[0])
        odd = evolve(proof.entries[0], body='{"kind":"copy","id":"x","version":"x"}')
        faults = list(evolve(proof, entries=(odd, odd)).faults())
        assert f"entry {odd.seq}: does not go on from the one before of copy x" in faults

    @pytest.mark.parametrize(
        "data",
        [
            *(None, [], {}, {"entries": 3}, {"about": "x", "entries": [{}], "seals": []}),
            {"about": {}, "entries": [], "seals": [], "unsealed": []},
        ],
    )
    def test_that_is_none(self, data: object):
        """Whatever it is, it is said so."""
        with pytest.raises(InvalidInput) as caught:
            Proof.read(data)
        assert [one.code for one in caught.value.faults] == ["proof"]
