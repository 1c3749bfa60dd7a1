"""Wrapped keys: kept with their commit, replaced as they were read, destroyed for good."""

from __future__ import annotations

import pytest

from adminduk.errors import NotFound
from adminduk.ports import StaleVersions, Storage, WrappedKey
from adminduk.testing.kits.base import Kit, Open, everything, needs
from adminduk.testing.rows import OFFICE, batch, key, write

__all__ = ["KeyChecks"]


class KeyChecks(Kit):
    """An owner has one key, until that is destroyed; then never one again."""

    def test_a_key_comes_with_its_commit(self, storage: Storage) -> None:
        """It is found by its owner; who has none is left out; offices share none."""
        storage.add_office("35.24", b"")
        storage.commit(OFFICE, batch(write(), keys=(key("A"), key("B", b"\x00\xff"))))
        storage.commit("35.24", batch(keys=(key("A", b"another"),)))
        found = storage.keys_of(OFFICE, iter(["A", "Z", "B"]))
        assert found == {"A": b"key of A", "B": b"\x00\xff"}
        assert storage.keys_of("35.24", ["A", "B"]) == {"A": b"another"}
        assert storage.keys_of(OFFICE, []) == storage.keys_of("99.99", ["A"]) == {}

    def test_an_owner_has_one_key(self, storage: Storage) -> None:
        """A second is named as stale, after the records that are; nothing of it is written."""
        storage.commit(OFFICE, batch(write("A"), keys=(key("A"), key("B"))))
        before = everything(storage)
        keys = (key("C"), key("B", b"other"))
        with pytest.raises(StaleVersions) as caught:
            storage.commit(OFFICE, batch(write("D"), write("A"), keys=keys))
        assert caught.value.refs == (("application", "A"), ("key", "B"))
        assert everything(storage) == before

    def test_keys_are_read_in_pages(self, storage: Storage) -> None:
        """They come by owner, by code point, after an owner, and no others'."""
        storage.add_office("35.24", b"")
        storage.commit("35.24", batch(keys=(key("c"),)))
        storage.commit(OFFICE, batch(keys=tuple(key(one) for one in ("b", "@", "é", "C", "a"))))
        ordered = [key(one) for one in ("@", "C", "a", "b", "é")]
        assert storage.keys(OFFICE) == ordered
        assert storage.keys(OFFICE, limit=2) == ordered[:2]
        assert storage.keys(OFFICE, after="C", limit=2) == ordered[2:4]
        assert storage.keys(OFFICE, after="é") == storage.keys("99.99") == []

    def test_a_key_is_replaced_as_it_was_read(self, storage: Storage) -> None:
        """One that is another one by now, or gone, or not there, is left alone."""
        storage.commit(OFFICE, batch(keys=tuple(map(key, "ABCD"))))
        assert storage.replace_keys(OFFICE, [(key("B"), b"new"), (key("A"), b"also new")]) == 2
        storage.destroy_key(OFFICE, "C")
        changes = [
            (key("B"), b"lost"),
            (key("C"), b"lost"),
            (key("C", b""), b"lost"),
            (key("Z"), b"lost"),
            (key("D"), b"newer"),
        ]
        assert storage.replace_keys(OFFICE, iter(changes)) == 1
        assert storage.replace_keys(OFFICE, []) == storage.replace_keys("99.99", changes) == 0
        assert storage.keys(OFFICE) == [
            key("A", b"also new"),
            key("B", b"new"),
            key("C", b""),
            key("D", b"newer"),
        ]

    def test_a_key_is_destroyed_for_good(self, storage: Storage) -> None:
        """What is left says so, and nobody makes another one; to do it again changes nothing."""
        storage.commit(OFFICE, batch(keys=(key("A"), key("B"))))
        assert storage.destroy_key(OFFICE, "A")
        assert not storage.destroy_key(OFFICE, "A")
        assert storage.keys_of(OFFICE, ["A", "B"]) == {"A": b"", "B": b"key of B"}
        with pytest.raises(StaleVersions) as caught:
            storage.commit(OFFICE, batch(write(), keys=(key("A"),)))
        assert caught.value.refs == (("key", "A"),)

    def test_who_has_no_key_yet_never_has_one(self, storage: Storage) -> None:
        """What was destroyed beforehand cannot be made; in an office that there is."""
        assert not storage.destroy_key(OFFICE, "A")
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(keys=(key("A"),)))
        assert storage.keys(OFFICE) == [key("A", b"")]
        with pytest.raises(NotFound):
            storage.destroy_key("99.99", "A")

    def test_what_is_left_of_a_key_can_be_brought_in(self, storage: Storage) -> None:
        """So that an office that moves brings nobody back."""
        storage.commit(OFFICE, batch(keys=(WrappedKey("A", b""),)))
        assert storage.keys_of(OFFICE, ["A"]) == {"A": b""}
        assert not storage.destroy_key(OFFICE, "A")
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, batch(keys=(key("A"),)))

    @needs("reopens")
    def test_a_key_that_was_destroyed_is_gone_for_all(self, storage: Storage, opened: Open) -> None:
        """Whoever has the store open knows at once, and so does who opens it again."""
        storage.commit(OFFICE, batch(keys=(key("A"), key("B"))))
        other = opened()
        assert other.keys_of(OFFICE, ["A"]) == {"A": b"key of A"}
        storage.destroy_key(OFFICE, "A")
        storage.replace_keys(OFFICE, [(key("B"), b"new")])
        assert other.keys_of(OFFICE, ["A", "B"]) == {"A": b"", "B": b"new"}
        storage.close()
        assert opened().keys(OFFICE) == [key("A", b""), key("B", b"new")]
