"""Messages: kept with their commit, lent to one deliverer at a time."""

from __future__ import annotations

from adminduk.ports import Storage
from adminduk.testing.kits.base import Kit
from adminduk.testing.rows import OFFICE, batch, message, time

__all__ = ["MessageChecks"]


class MessageChecks(Kit):
    """Messages are lent to one deliverer at a time until they are settled."""

    def test_what_is_due_is_lent_oldest_first(self, storage: Storage) -> None:
        """The due time decides, then the key; what is due later waits."""
        sent = (message("z", 1), message("b", 2), message("a", 2), message("later", 9))
        storage.commit(OFFICE, batch(messages=sent))
        first = storage.lease(OFFICE, now=time(2), until=time(7), limit=2)
        assert [(one.message.key, one.attempts) for one in first] == [("z", 1), ("a", 1)]
        rest = storage.lease(OFFICE, now=time(2), until=time(7), limit=9)
        assert [one.message for one in rest] == [message("b", 2)]
        assert len({one.token for one in (*first, *rest)}) == 3
        assert storage.lease(OFFICE, now=time(6), until=time(7), limit=9) == []

    def test_a_lease_that_ran_out_is_lent_again(self, storage: Storage) -> None:
        """From the time it was lent until; the former deliverer can settle it no more."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (old,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        (new,) = storage.lease(OFFICE, now=time(5), until=time(9), limit=1)
        assert new.attempts == 2
        assert not storage.settle(OFFICE, "c1/0", old.token, again=None, parked=False)
        assert storage.messages(OFFICE, parked=False) == [message()]
        assert storage.settle(OFFICE, "c1/0", new.token, again=None, parked=False)

    def test_a_late_deliverer_settles_what_nobody_else_was_lent(self, storage: Storage) -> None:
        """A lease that ran out is still held until the message is lent again."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert storage.messages(OFFICE, parked=False) == []

    def test_what_is_delivered_is_gone(self, storage: Storage) -> None:
        """It is settled once, and only under its token."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        assert not storage.settle(OFFICE, "c1/0", "", again=None, parked=False)
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert not storage.settle(OFFICE, "c1/0", "no token", again=None, parked=False)
        assert not storage.settle(OFFICE, "c1/1", lease.token, again=None, parked=False)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert not storage.settle(OFFICE, "c1/0", lease.token, again=None, parked=False)
        assert storage.lease(OFFICE, now=time(9), until=time(10), limit=1) == []

    def test_what_failed_is_lent_again_when_it_is_due_again(self, storage: Storage) -> None:
        """Not before, and the leases are counted."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        assert storage.settle(OFFICE, "c1/0", lease.token, again=time(3), parked=False)
        assert storage.lease(OFFICE, now=time(2), until=time(9), limit=1) == []
        (again,) = storage.lease(OFFICE, now=time(3), until=time(9), limit=1)
        assert (again.message.due, again.attempts) == (time(3), 2)

    def test_what_was_not_tried_is_no_attempt(self, storage: Storage) -> None:
        """Given back as it was, also where it had been tried before."""
        storage.commit(OFFICE, batch(messages=(message(),)))
        counted = []
        for tried in (True, False, False, True):
            (lease,) = storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
            counted.append(lease.attempts)
            again, key = time(0), lease.message.key
            assert storage.settle(OFFICE, key, lease.token, again=again, parked=False, tried=tried)
        assert counted == [1, 2, 2, 2]

    def test_what_is_parked_waits_for_a_person(self, storage: Storage) -> None:
        """It is listed apart and never lent; parking without a time does not lose it."""
        storage.commit(OFFICE, batch(messages=(message("a"), message("b"), message("c", 1))))
        for lease, again in zip(
            storage.lease(OFFICE, now=time(0), until=time(5), limit=2), (None, time(3)), strict=True
        ):
            key = lease.message.key
            assert storage.settle(OFFICE, key, lease.token, again=again, parked=True)
        parked = storage.messages(OFFICE, parked=True)
        assert [(one.key, one.due, one.body) for one in parked] == [
            ("a", time(0), b"a"),
            ("b", time(3), b"b"),
        ]
        assert storage.messages(OFFICE, parked=False) == [message("c", 1)]
        lent = storage.lease(OFFICE, now=time(50), until=time(59), limit=9)
        assert [one.message.key for one in lent] == ["c"]

    def test_what_is_parked_may_be_sent_again(self, storage: Storage) -> None:
        """From the time that is said, as if it had never been tried; nothing else is touched."""
        storage.commit(OFFICE, batch(messages=(message("a"), message("b"), message("c"))))
        lent = storage.lease(OFFICE, now=time(0), until=time(5), limit=2)
        for lease in lent:
            storage.settle(OFFICE, lease.message.key, lease.token, again=None, parked=True)
        assert storage.unpark(OFFICE, "a", due=time(7))
        assert not storage.unpark(OFFICE, "a", due=time(8))
        assert not storage.unpark(OFFICE, "c", due=time(8))
        assert not storage.unpark(OFFICE, "d", due=time(8))
        assert not storage.unpark("99.99", "b", due=time(8))
        assert not storage.settle(OFFICE, "a", lent[0].token, again=None, parked=False)
        assert storage.messages(OFFICE, parked=True) == [message("b")]
        assert [one.key for one in storage.messages(OFFICE, parked=False)] == ["c", "a"]
        storage.lease(OFFICE, now=time(6), until=time(9), limit=9)
        (lease,) = storage.lease(OFFICE, now=time(7), until=time(9), limit=9)
        assert (lease.message.key, lease.attempts) == ("a", 1)

    def test_undelivered_messages_are_listed_by_due_and_key(self, storage: Storage) -> None:
        """Those that are lent are undelivered too."""
        storage.commit(OFFICE, batch(messages=(message("b", 1), message("a", 1), message("c", 0))))
        storage.lease(OFFICE, now=time(0), until=time(5), limit=1)
        listed = storage.messages(OFFICE, parked=False, limit=2)
        assert [one.key for one in listed] == ["c", "a"]

    def test_undelivered_messages_are_read_in_pages(self, storage: Storage) -> None:
        """The next page begins after a due and key, whether or not that message still waits."""
        told = [message(key, minute) for key, minute in (("b", 0), ("a", 1), ("c", 1), ("a/1", 2))]
        storage.commit(OFFICE, batch(messages=tuple(reversed(told))))
        assert storage.messages(OFFICE, parked=False, after=(time(0), "b"), limit=2) == told[1:3]
        assert storage.messages(OFFICE, parked=False, after=(time(1), "b")) == told[2:]
        assert storage.messages(OFFICE, parked=False, after=(time(2), "a/1")) == []
        for lease in storage.lease(OFFICE, now=time(1), until=time(5), limit=9):
            storage.settle(OFFICE, lease.message.key, lease.token, again=None, parked=True)
        assert storage.messages(OFFICE, parked=True, after=(time(0), "b")) == told[1:3]
        assert storage.messages(OFFICE, parked=False, after=(time(1), "a")) == told[3:]

    def test_a_key_that_still_waits_is_not_added_again(self, storage: Storage) -> None:
        """The key names the message: the first one stands."""
        storage.commit(OFFICE, batch(messages=(message("c1/0", 1),)))
        storage.commit(OFFICE, batch(messages=(message("c1/0", 2),)))
        assert storage.messages(OFFICE, parked=False) == [message("c1/0", 1)]
