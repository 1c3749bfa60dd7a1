"""Offices and commits: all of a batch is written, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from adminduk.errors import InvalidInput, NotFound
from adminduk.ports import (
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Executed,
    JournalEntry,
    StaleVersions,
    Storage,
    Write,
)
from adminduk.testing.kits.base import Kit, everything
from adminduk.testing.rows import (
    OFFICE,
    batch,
    claim,
    command,
    entry,
    key,
    message,
    row,
    time,
    write,
)

__all__ = ["CommitChecks"]


class CommitChecks(Kit):
    """A store holds offices that share nothing; all of a batch is written, or nothing."""

    def test_an_office_keeps_its_first_profile(self, storage: Storage) -> None:
        """Making an office again gives the profile it has."""
        assert storage.add_office(OFFICE, b"other") == b"profile"
        assert dict(storage.offices()) == {OFFICE: b"profile"}

    def test_one_office_is_read_without_the_others(self, storage: Storage) -> None:
        """Its profile, whatever it is; of one that does not exist there is none."""
        assert storage.office(OFFICE) == b"profile"
        assert storage.office("35.24") is None
        storage.add_office("35.2", b"")
        assert storage.office("35.2") == b""
        assert storage.office(OFFICE) == b"profile"
        assert storage.office("35") is None

    def test_offices_are_ordered_by_id(self, storage: Storage) -> None:
        """They come in order of id, whenever they were made."""
        storage.add_office("35.24", b"b")
        storage.add_office("11.01", b"a")
        assert list(storage.offices()) == ["11.01", "35.23", "35.24"]

    def test_offices_share_no_record_claim_command_message_or_sequence(
        self, storage: Storage
    ) -> None:
        """The same ids in two offices are different things."""
        storage.add_office("35.24", b"")
        one = batch(
            write(),
            entries=(entry(),),
            take=(claim(),),
            commands=(command(),),
            messages=(message(),),
        )
        assert storage.commit(OFFICE, one) == 1
        assert storage.commit("35.24", one) == 1
        assert everything(storage) == everything(storage, "35.24")
        storage.commit("35.24", batch(write(version=2), minute=1, release=(claim(),)))
        storage.commit("35.24", batch(minute=1, take=(claim(id="B"),)))
        assert storage.load(OFFICE, [("application", "A")])["application", "A"].version == 1
        assert storage.claims(OFFICE) == [claim()]

    def test_nothing_is_written_to_an_office_that_does_not_exist(self, storage: Storage) -> None:
        """A commit names an office that was made."""
        with pytest.raises(NotFound) as caught:
            storage.commit("99.99", batch(write()))
        assert caught.value.facts == {"kind": "office", "id": "99.99"}

    def test_an_office_that_does_not_exist_reads_as_empty(self, storage: Storage) -> None:
        """Reading asks for nothing to be made."""
        assert everything(storage, "99.99") == (([], None), [], [], {}, [], [], [])
        assert storage.lease("99.99", now=time(9), until=time(10), limit=1) == []
        assert not storage.settle("99.99", "c1/0", "x", again=None, parked=False)

    def test_everything_in_a_batch_can_be_read_afterwards(self, storage: Storage) -> None:
        """Records, entries, claims, commands and messages come back as they went in."""
        wrote = write(
            group="bag-1", keys=("k1", "k2"), due=time(5), body=b"\x00\xff", queue="x", state="ü"
        )
        last = storage.commit(
            OFFICE,
            batch(
                wrote,
                entries=(entry(version=1), entry(version=2)),
                take=(claim(),),
                commands=(command(),),
                messages=(message(),),
                keys=(key(),),
            ),
        )
        assert last == 2
        assert everything(storage) == (
            ([wrote.row], None),
            [
                JournalEntry("application", "A", 1, b"\x01" * 32, b"A/1", seq=1),
                JournalEntry("application", "A", 2, b"\x02" * 32, b"A/2", seq=2),
            ],
            [claim()],
            {"c1": command()},
            [message()],
            [],
            [key()],
        )

    def test_the_sequence_goes_on_without_gaps(self, storage: Storage) -> None:
        """A commit without entries gives the sequence as it stands."""
        assert storage.commit(OFFICE, batch()) == 0
        assert storage.commit(OFFICE, batch(entries=(entry(version=1), entry(version=2)))) == 2
        assert storage.commit(OFFICE, batch()) == 2
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(write(version=7), entries=(entry(),)))
        assert storage.commit(OFFICE, batch(entries=(entry(version=3),))) == 3
        assert [one.seq for one in storage.journal(OFFICE)] == [1, 2, 3]

    def test_a_known_command_is_named_with_what_was_answered(self, storage: Storage) -> None:
        """The first known command of the batch is given back, whoever sends it now."""
        storage.commit(OFFICE, batch(commands=(command("c1"), command("c2"))))
        again = Executed("c2", "budi", b"else", b"")
        with pytest.raises(CommandKnown) as caught:
            storage.commit(OFFICE, batch(write(), commands=(command("c3"), again, command("c1"))))
        assert caught.value.executed == command("c2")
        assert storage.load(OFFICE, [("application", "A")]) == {}

    def test_every_stale_record_is_named_once(self, storage: Storage) -> None:
        """Written or only looked at, changed or made or not there: each is named, in order."""
        storage.commit(OFFICE, batch(write("A"), write("B"), write("C")))
        before = everything(storage)
        with pytest.raises(StaleVersions) as caught:
            storage.commit(
                OFFICE,
                batch(
                    write("A", 3),  # read at 2, is at 1
                    write("B", 1),  # must not exist, does
                    write("C", 2),  # as it was read
                    write("D", 2),  # read at 1, does not exist
                    unchanged=(
                        (("application", "A"), 2),
                        (("application", "C"), 1),
                        (("application", "E"), 0),
                        (("copy", "A/1"), 4),
                    ),
                ),
            )
        named = [("application", "A"), ("application", "B"), ("application", "D"), ("copy", "A/1")]
        assert list(caught.value.refs) == named
        assert everything(storage) == before

    def test_what_was_looked_at_stays_as_it_is(self, storage: Storage) -> None:
        """Looking at a record neither changes nor makes it."""
        storage.commit(OFFICE, batch(write("A")))
        seen = ((("application", "A"), 1), (("application", "Z"), 0))
        storage.commit(OFFICE, batch(write("B"), unchanged=seen))
        assert set(storage.load(OFFICE, [("application", one) for one in "ABZ"])) == {
            ("application", "A"),
            ("application", "B"),
        }

    def test_the_clock_never_goes_back(self, storage: Storage) -> None:
        """An earlier time is refused with that of the last commit; the same time is not."""
        storage.commit(OFFICE, batch(minute=5))
        with pytest.raises(ClockBehind) as caught:
            storage.commit(OFFICE, batch(write(), minute=4))
        assert caught.value.recorded == time(5)
        storage.commit(OFFICE, batch(write(), minute=5))

    def test_a_refused_commit_does_not_move_the_clock(self, storage: Storage) -> None:
        """What did not happen has no time."""
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(write(version=2), minute=9))
        assert storage.commit(OFFICE, batch(minute=1)) == 0

    def test_faults_are_found_in_order(self, storage: Storage) -> None:
        """Known commands come first, then the clock, then versions, then claims."""
        storage.commit(OFFICE, batch(write(), take=(claim(),), commands=(command(),), minute=5))
        wrong = {"take": (claim(id="B"),)}
        with pytest.raises(CommandKnown):
            storage.commit(OFFICE, batch(write(), commands=(command(),), minute=4, **wrong))
        with pytest.raises(ClockBehind):
            storage.commit(OFFICE, batch(write(), commands=(command("c2"),), minute=4, **wrong))
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(write(), commands=(command("c2"),), minute=5, **wrong))
        with pytest.raises(ClaimTaken):
            storage.commit(OFFICE, batch(write("B"), commands=(command("c2"),), minute=5, **wrong))

    def test_a_refused_commit_leaves_nothing(self, storage: Storage) -> None:
        """Whatever it is refused for: no record, entry, claim, command, message of it is there."""
        first = batch(write("A"), take=(claim(),), commands=(command(),), messages=(message(),))
        storage.commit(OFFICE, first)
        before = everything(storage)
        whole: dict[str, Any] = {
            "entries": (entry("B"),),
            "release": (claim(),),
            "take": (claim("kk", "B"),),
            "commands": (command("c2"),),
            "messages": (message("c2/0"),),
            "keys": (key(),),
        }
        refused = {
            CommandKnown: batch(write("B"), **whole | {"commands": (command("c2"), command())}),
            ClockBehind: evolve(batch(write("B"), **whole), recorded="2021"),
            StaleVersions: batch(write("B"), write("A", 3), **whole),
            ClaimTaken: batch(
                write("B"), **whole | {"release": (), "take": (claim("kk", "B"), claim(id="B"))}
            ),
        }
        for why, one in refused.items():
            with pytest.raises(why):
                storage.commit(OFFICE, one)
            assert everything(storage) == before, why.__name__
        storage.commit(OFFICE, batch(write("B"), **whole))
        assert everything(storage) != before

    def test_a_batch_names_a_thing_once(self, storage: Storage) -> None:
        """What would be written twice is refused, not decided by its order."""
        for twice in (
            batch(write("A"), write("A")),
            batch(commands=(command(), command())),
            batch(messages=(message(), message())),
            batch(keys=(key(), key())),
        ):
            with pytest.raises(InvalidInput) as caught:
                storage.commit(OFFICE, twice)
            assert caught.value.faults[0].code == "named_twice"
        assert everything(storage) == (([], None), [], [], {}, [], [], [])

    def test_a_write_needs_no_entry_and_an_entry_no_write(self, storage: Storage) -> None:
        """A storage knows nothing of what records and entries mean to each other."""
        storage.commit(OFFICE, batch(Write(row(version=40), 0)))
        assert storage.journal(OFFICE) == []
        storage.commit(OFFICE, batch(Write(row(version=7), 40), entries=(entry("Q", 3),)))
        assert storage.load(OFFICE, [("application", "A")])["application", "A"].version == 7
