"""What every storage promises, held against each that comes with the library."""

from __future__ import annotations

import pytest
from storage_rows import OFFICE, batch, claim, command, entry, message, row, time, write

from adminduk.errors import InvalidInput, NotFound
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Executed,
    JournalEntry,
    StaleVersions,
    Storage,
    Write,
)


def everything(storage: Storage, office: str = OFFICE) -> tuple[object, ...]:
    """Give all that an office holds, to see that nothing changed."""
    return (
        storage.find(office),
        storage.journal(office),
        storage.claims(office),
        storage.executed(office, ["c1", "c2", "c3"]),
        storage.messages(office, parked=False),
        storage.messages(office, parked=True),
    )


class TestOffices:
    """A store holds any number of offices that share nothing."""

    def test_an_office_keeps_its_first_profile(self, storage: Storage):
        """Making an office again gives the profile it has."""
        assert storage.add_office(OFFICE, b"other") == b"profile"
        assert dict(storage.offices()) == {OFFICE: b"profile"}

    def test_offices_are_ordered_by_id(self, storage: Storage):
        """They come in order of id, whenever they were made."""
        storage.add_office("35.24", b"b")
        storage.add_office("11.01", b"a")
        assert list(storage.offices()) == ["11.01", "35.23", "35.24"]

    def test_offices_share_no_record_claim_command_message_or_sequence(self, storage: Storage):
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
        assert storage.load(OFFICE, [("application", "A")])["application", "A"].version == 1
        assert storage.claims(OFFICE) == [claim()]

    def test_nothing_is_written_to_an_office_that_does_not_exist(self, storage: Storage):
        """A commit names an office that was made."""
        with pytest.raises(NotFound) as caught:
            storage.commit("99.99", batch(write()))
        assert caught.value.facts == {"kind": "office", "id": "99.99"}

    def test_an_office_that_does_not_exist_reads_as_empty(self, storage: Storage):
        """Reading asks for nothing to be made."""
        assert everything(storage, "99.99") == (([], None), [], [], {}, [], [])
        assert storage.lease("99.99", now=time(9), until=time(10), limit=1) == []
        assert not storage.settle("99.99", "c1/0", "x", again=None, parked=False)


class TestCommit:
    """All of a batch is written, or nothing."""

    def test_everything_in_a_batch_can_be_read_afterwards(self, storage: Storage):
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
        )

    def test_the_sequence_goes_on_without_gaps(self, storage: Storage):
        """A commit without entries gives the sequence as it stands."""
        assert storage.commit(OFFICE, batch()) == 0
        assert storage.commit(OFFICE, batch(entries=(entry(version=1), entry(version=2)))) == 2
        assert storage.commit(OFFICE, batch()) == 2
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(write(version=7), entries=(entry(),)))
        assert storage.commit(OFFICE, batch(entries=(entry(version=3),))) == 3
        assert [one.seq for one in storage.journal(OFFICE)] == [1, 2, 3]

    def test_a_known_command_is_named_with_what_was_answered(self, storage: Storage):
        """The first known command of the batch is given back, whoever sends it now."""
        storage.commit(OFFICE, batch(commands=(command("c1"), command("c2"))))
        again = Executed("c2", "budi", b"else", b"")
        with pytest.raises(CommandKnown) as caught:
            storage.commit(OFFICE, batch(write(), commands=(command("c3"), again, command("c1"))))
        assert caught.value.executed == command("c2")
        assert storage.load(OFFICE, [("application", "A")]) == {}

    def test_every_stale_record_is_named_once(self, storage: Storage):
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

    def test_what_was_looked_at_stays_as_it_is(self, storage: Storage):
        """Looking at a record neither changes nor makes it."""
        storage.commit(OFFICE, batch(write("A")))
        seen = ((("application", "A"), 1), (("application", "Z"), 0))
        storage.commit(OFFICE, batch(write("B"), unchanged=seen))
        assert set(storage.load(OFFICE, [("application", one) for one in "ABZ"])) == {
            ("application", "A"),
            ("application", "B"),
        }

    def test_the_clock_never_goes_back(self, storage: Storage):
        """An earlier time is refused with that of the last commit; the same time is not."""
        storage.commit(OFFICE, batch(minute=5))
        with pytest.raises(ClockBehind) as caught:
            storage.commit(OFFICE, batch(write(), minute=4))
        assert caught.value.recorded == time(5)
        storage.commit(OFFICE, batch(write(), minute=5))

    def test_a_refused_commit_does_not_move_the_clock(self, storage: Storage):
        """What did not happen has no time."""
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(write(version=2), minute=9))
        assert storage.commit(OFFICE, batch(minute=1)) == 0

    def test_faults_are_found_in_order(self, storage: Storage):
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

    @pytest.mark.parametrize(
        "twice",
        [
            batch(write("A"), write("A")),
            batch(commands=(command(), command())),
            batch(messages=(message(), message())),
        ],
        ids=["record", "command", "message"],
    )
    def test_a_batch_names_a_thing_once(self, storage: Storage, twice: Batch):
        """What would be written twice is refused, not decided by its order."""
        with pytest.raises(InvalidInput) as caught:
            storage.commit(OFFICE, twice)
        assert caught.value.faults[0].code == "named_twice"
        assert everything(storage) == (([], None), [], [], {}, [], [])


class TestClaims:
    """Only one record of an office holds a claim at a time."""

    def test_a_claim_that_is_held_is_refused_with_its_holder(self, storage: Storage):
        """Nothing of the refused commit is written, nor the claims before it."""
        storage.commit(OFFICE, batch(take=(claim("nik", "A"),)))
        with pytest.raises(ClaimTaken) as caught:
            storage.commit(OFFICE, batch(write("B"), take=(claim("kk", "B"), claim("nik", "B"))))
        assert caught.value.claim == claim("nik", "A")
        assert storage.claims(OFFICE) == [claim("nik", "A")]
        assert storage.load(OFFICE, [("application", "B")]) == {}

    def test_the_kind_of_the_holder_counts(self, storage: Storage):
        """A copy with the id of an application is another record."""
        storage.commit(OFFICE, batch(take=(claim("nik", "A"),)))
        with pytest.raises(ClaimTaken):
            storage.commit(OFFICE, batch(take=(Claim("nik", "copy", "A"),)))

    def test_a_claim_may_be_taken_again_by_its_holder(self, storage: Storage):
        """Holding is not counted: giving back once is enough."""
        storage.commit(OFFICE, batch(take=(claim(), claim("kk"))))
        storage.commit(OFFICE, batch(take=(claim(), claim("kk"))))
        storage.commit(OFFICE, batch(release=(claim(),)))
        assert storage.claims(OFFICE) == [claim("kk")]

    def test_a_claim_changes_hands_in_one_commit(self, storage: Storage):
        """What is given back can be taken in the same commit."""
        storage.commit(OFFICE, batch(take=(claim(id="A"),)))
        storage.commit(OFFICE, batch(release=(claim(id="A"),), take=(claim(id="B"),)))
        assert storage.claims(OFFICE) == [claim(id="B")]

    def test_two_records_of_one_batch_cannot_share_a_claim(self, storage: Storage):
        """The second is refused with the first."""
        with pytest.raises(ClaimTaken) as caught:
            storage.commit(OFFICE, batch(take=(claim(id="A"), claim(id="B"))))
        assert caught.value.claim == claim(id="A")
        assert storage.claims(OFFICE) == []

    def test_only_its_holder_gives_a_claim_back(self, storage: Storage):
        """Giving back what one does not hold does nothing."""
        storage.commit(OFFICE, batch(take=(claim(id="A"),)))
        storage.commit(OFFICE, batch(release=(claim(id="B"), claim("other"))))
        assert storage.claims(OFFICE) == [claim(id="A")]

    def test_claims_are_read_in_pages(self, storage: Storage):
        """They come by key, after a key."""
        storage.commit(OFFICE, batch(take=tuple(claim(key) for key in "dbeac")))
        assert [one.key for one in storage.claims(OFFICE, limit=2)] == ["a", "b"]
        assert [one.key for one in storage.claims(OFFICE, after="b", limit=2)] == ["c", "d"]
        assert [one.key for one in storage.claims(OFFICE, after="e")] == []


class TestReading:
    """What was written is found by id, by command and in the journal."""

    def test_load_gives_those_that_exist(self, storage: Storage):
        """Records that are not there are left out; the newest version is given."""
        storage.commit(OFFICE, batch(write("A"), write("B")))
        storage.commit(OFFICE, batch(write("A", 2, state="verified")))
        refs = [("application", "A"), ("application", "Z"), ("copy", "A")]
        assert dict(storage.load(OFFICE, iter(refs))) == {refs[0]: row("A", 2, state="verified")}
        assert dict(storage.load(OFFICE, [])) == {}

    def test_executed_gives_those_that_took_effect(self, storage: Storage):
        """Commands that did not are left out."""
        storage.commit(OFFICE, batch(commands=(command("c1"), command("c2"))))
        assert dict(storage.executed(OFFICE, iter(["c2", "c9"]))) == {"c2": command("c2")}

    def test_the_journal_is_read_in_pages_and_by_record(self, storage: Storage):
        """Entries come in the order of the sequence, also those of one record."""
        for number in (1, 2, 3):
            both = (entry("A", number), entry("B", number), entry("A", number, kind="copy"))
            storage.commit(OFFICE, batch(entries=both))
        assert [one.seq for one in storage.journal(OFFICE, after=3, limit=4)] == [4, 5, 6, 7]
        assert [one.seq for one in storage.journal(OFFICE, after=-5, limit=1)] == [1]
        of = ("application", "B")
        found = storage.journal(OFFICE, of=of, after=2, limit=1)
        assert [(one.seq, one.id, one.version) for one in found] == [(5, "B", 2)]
        assert [one.seq for one in storage.journal(OFFICE, of=("copy", "A"))] == [3, 6, 9]
        assert storage.journal(OFFICE, of=("copy", "B")) == []

    def test_a_page_has_at_least_one_row(self, storage: Storage):
        """No page is asked for without a row on it."""
        for ask in (
            lambda: storage.find(OFFICE, limit=0),
            lambda: storage.journal(OFFICE, limit=0),
            lambda: storage.claims(OFFICE, limit=-1),
            lambda: storage.lease(OFFICE, now=time(1), until=time(2), limit=0),
            lambda: storage.messages(OFFICE, parked=False, limit=0),
        ):
            with pytest.raises(InvalidInput) as caught:
                ask()
            assert caught.value.faults[0].path == "limit"

    def test_a_storage_can_be_used_after_it_was_closed(self, storage: Storage):
        """Closing lets go of what is held, twice as well as once; nothing is lost."""
        storage.commit(OFFICE, batch(write()))
        storage.close()
        storage.close()
        assert storage.load(OFFICE, [("application", "A")]) == {("application", "A"): row()}


class TestMessages:
    """Messages are lent to one deliverer at a time until they are settled."""

    def test_what_is_due_is_lent_oldest_first(self, storage: Storage):
        """The due time decides, then the key; what is due later waits."""
        sent = (message("z", 1), message("b", 2), message("a", 2), message("later", 9))
        storage.commit(OFFICE, batch(messages=sent))
        first = storage.lease(OFFICE, now=time(2), until=time(7), limit=2)
        assert [(one.message.key, one.attempts) for one in first] == [("z", 1), ("a", 1)]
        rest = storage.lease(OFFICE, now=time(2), until=time(7), limit=9)
        assert [one.message for one in rest] == [message("b", 2)]
        assert len({one.token for one in (*first, *rest)}) == 3
        assert storage.lease(OFFICE, now=time(6), until=time(7), limit=9) == []

    def test_a_lease_that_ran_out_is_lent_again(self, storage: Storage):
        """From the time it was lent until; the former deliverer can settle it no more."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (old,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        (new,) = storage.lease(OFFICE, now=time(5), until=time(9), limit=1)
        assert new.attempts == 2
        assert not storage.settle(OFFICE, "c1/0", old.token, again=None, parked=False)
        assert storage.messages(OFFICE, parked=False) == [message()]
        assert storage.settle(OFFICE, "c1/0", new.token, again=None, parked=False)

    def test_a_late_deliverer_settles_what_nobody_else_was_lent(self, storage: Storage):
        """A lease that ran out is still held until the message is lent again."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert storage.messages(OFFICE, parked=False) == []

    def test_what_is_delivered_is_gone(self, storage: Storage):
        """It is settled once, and only under its token."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        assert not storage.settle(OFFICE, "c1/0", "", again=None, parked=False)
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert not storage.settle(OFFICE, "c1/0", "no token", again=None, parked=False)
        assert not storage.settle(OFFICE, "c1/1", lease.token, again=None, parked=False)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert not storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert storage.lease(OFFICE, now=time(9), until=time(10), limit=1) == []

    def test_what_failed_is_lent_again_when_it_is_due_again(self, storage: Storage):
        """Not before, and the leases are counted."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=time(3), parked=False)
        assert storage.lease(OFFICE, now=time(2), until=time(9), limit=1) == []
        (again,) = storage.lease(OFFICE, now=time(3), until=time(9), limit=1)
        assert (again.message.due, again.attempts) == (time(3), 2)

    @pytest.mark.parametrize("again", [None, time(3)])
    def test_what_is_parked_waits_for_a_person(self, storage: Storage, again: str | None):
        """It is listed apart and never lent; parking without a time does not lose it."""
        storage.commit(OFFICE, batch(messages=(message(), message("c2/0", 1))))
        lease = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)[0]
        assert storage.settle(OFFICE, "c1/0", lease.token, again=again, parked=True)
        parked = storage.messages(OFFICE, parked=True)
        assert [(one.key, one.due, one.body) for one in parked] == [
            ("c1/0", again or time(0), b"c1/0")
        ]
        assert storage.messages(OFFICE, parked=False) == [message("c2/0", 1)]
        lent = storage.lease(OFFICE, now=time(50), until=time(59), limit=9)
        assert [one.message.key for one in lent] == ["c2/0"]

    def test_undelivered_messages_are_listed_by_due_and_key(self, storage: Storage):
        """Those that are lent are undelivered too."""
        storage.commit(OFFICE, batch(messages=(message("b", 1), message("a", 1), message("c", 0))))
        storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        listed = storage.messages(OFFICE, parked=False, limit=2)
        assert [one.key for one in listed] == ["c", "a"]

    def test_a_key_that_still_waits_is_not_added_again(self, storage: Storage):
        """The key names the message: the first one stands."""
        storage.commit(OFFICE, batch(messages=(message("c1/0", 1),)))
        storage.commit(OFFICE, batch(messages=(message("c1/0", 2),)))
        assert storage.messages(OFFICE, parked=False) == [message("c1/0", 1)]


def test_a_write_needs_no_entry_and_an_entry_no_write(storage: Storage):
    """A storage knows nothing of what records and entries mean to each other."""
    storage.commit(OFFICE, batch(Write(row(version=40), 0)))
    assert storage.journal(OFFICE) == []
    storage.commit(OFFICE, batch(Write(row(version=7), 40), entries=(entry("Q", 3),)))
    assert storage.load(OFFICE, [("application", "A")])["application", "A"].version == 7
