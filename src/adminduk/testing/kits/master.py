"""Checks of a master, on keys that are made for them."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest

from adminduk.plugins import open_master
from adminduk.ports import Master, Tampered, UnknownMaster
from adminduk.testing.kits.base import Checks

__all__ = ["MasterKit"]

_THREADS: Final = 8
_WHOSE: Final = b"adminduk\0key\x0035.23\0K7M2Q9XD4H-T"
_OTHERS: Final = (b"", _WHOSE[:-1], _WHOSE + b"x", _WHOSE.replace(b"35.23", b"35.24"))


class MasterKit(Checks):
    """What a master promises; a subclass says by the fixture `master_url` which."""

    WHERE = "master_url"
    SAYS = frozenset({"SAYS", "master_url"})

    @pytest.fixture
    def master_url(self) -> str:
        """Give the URL of the master; every subclass says which."""
        raise NotImplementedError("define the fixture master_url")

    @pytest.fixture
    def master(self, master_url: str) -> Master:
        """Give the master."""
        return open_master(master_url)

    def test_a_key_is_unwrapped_as_it_was(self, master: Master) -> None:
        """Whatever its bytes are, by the id of the master that holds now."""
        for key in (bytes(32), b"\xff" * 32, secrets.token_bytes(32)):
            id_, wrapped = master.wrap(key, _WHOSE)
            assert id_ == master.current
            assert master.unwrap(id_, wrapped, _WHOSE) == key

    def test_what_is_wrapped_does_not_tell_the_key(self, master: Master) -> None:
        """Neither as it is nor in hexadecimal; it is another one each time."""
        key = secrets.token_bytes(32)
        (_, one), (_, other) = (master.wrap(key, _WHOSE) for _ in range(2))
        assert one != other
        assert key not in one
        assert key.hex().encode() not in one.lower()

    def test_an_id_can_be_written(self, master: Master) -> None:
        """In 60 letters of ASCII, without spaces; it is the same each time."""
        assert 1 <= len(master.current) <= 60
        assert master.current.isascii()
        assert master.current.isprintable()
        assert " " not in master.current
        assert master.current == master.current

    def test_a_key_is_unwrapped_as_whose_it_is(self, master: Master) -> None:
        """Never as that of another case or office."""
        id_, wrapped = master.wrap(secrets.token_bytes(32), _WHOSE)
        for other in _OTHERS:
            with pytest.raises(Tampered):
                master.unwrap(id_, wrapped, other)

    def test_what_was_changed_is_not_unwrapped(self, master: Master) -> None:
        """At whatever place; nor what was cut off, or goes on."""
        id_, wrapped = master.wrap(secrets.token_bytes(32), _WHOSE)
        places = {0, 1, len(wrapped) // 2, len(wrapped) - 1}
        changed = [wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :] for at in places]
        for one in (*changed, b"", wrapped[:-1], wrapped[1:], wrapped + b"\0"):
            with pytest.raises(Tampered):
                master.unwrap(id_, one, _WHOSE)

    def test_another_master_is_told_apart(self, master: Master) -> None:
        """What is under one that is not there is not taken for damaged."""
        _, wrapped = master.wrap(secrets.token_bytes(32), _WHOSE)
        with pytest.raises(UnknownMaster) as caught:
            master.unwrap("nobodys", wrapped, _WHOSE)
        assert caught.value.args == ("nobodys",)

    def test_the_same_url_gives_the_same_master(self, master: Master, master_url: str) -> None:
        """What one process has wrapped another unwraps."""
        key = secrets.token_bytes(32)
        id_, wrapped = master.wrap(key, _WHOSE)
        other = open_master(master_url)
        assert other.current == id_
        assert other.unwrap(id_, wrapped, _WHOSE) == key

    def test_several_threads_wrap_at_once(self, master: Master) -> None:
        """Each gets its own key back."""

        def both(number: int) -> bool:
            key, whose = secrets.token_bytes(32), _WHOSE + bytes([number])
            return all(master.unwrap(*master.wrap(key, whose), whose) == key for _ in range(20))

        with ThreadPoolExecutor(_THREADS) as pool:
            assert all(pool.map(both, range(_THREADS)))
