"""Masters that each break one promise, as a plugin: `unsafe:NAME`."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Final

import pytest

from adminduk import plugins
from adminduk.masters.local import LocalMaster
from adminduk.office.encryption.sealing import Cipher
from adminduk.plugins import hookimpl
from adminduk.ports import Master, Tampered
from adminduk.testing.kits import MasterKit


class Sound(LocalMaster):
    """Keeps every promise."""

    def __init__(self) -> None:
        ciphers = {"sound": Cipher(bytes(32))}
        super().__init__(lambda: ciphers, lambda: None)


class WrapsNothing(Sound):
    """Gives the key itself, with whose it is."""

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Give it away."""
        return self.current, key + super().wrap(key, context)[1]

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Take it off again."""
        return super().unwrap(master, wrapped[32:], context)


class AnyContext(Sound):
    """Does not ask whose a key is."""

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Forget it."""
        return super().wrap(key, context[:0])

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Ignore it."""
        return super().unwrap(master, wrapped, context[:0])


class AnyBytes(Sound):
    """Makes a key of whatever comes."""

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Give something else in place of what was changed."""
        try:
            return super().unwrap(master, wrapped, context)
        except Tampered:
            if context == b"":
                raise
            return bytes(32)


class AnyMaster(Sound):
    """Takes what is under another master for damaged."""

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Fail in one way only."""
        if master != self.current:
            raise Tampered
        return super().unwrap(master, wrapped, context)


class LongId(Sound):
    """Has an address for an id."""

    @property
    def current(self) -> str:
        """Give it."""
        return "projects/tuban keys/" + "x" * 60

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Name it so."""
        return self.current, super().wrap(key, context)[1]

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Know it so."""
        return super().unwrap("sound" if master == self.current else master, wrapped, context)


class OfItsOwn(LocalMaster):
    """Has another key each time it is opened."""

    def __init__(self) -> None:
        ciphers = {"own": Cipher(secrets.token_bytes(32))}
        super().__init__(lambda: ciphers, lambda: None)


class OneAtATime(Sound):
    """Keeps the key that it is wrapping where another thread finds it."""

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Put it down, and take it up again."""
        self.held = key
        time.sleep(0.001)
        return super().wrap(self.held, context)


class Cut(Sound):
    """Gives less than it took."""

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Drop zeros at the end."""
        return super().unwrap(master, wrapped, context).rstrip(b"\0")


FAULTS: Final[Mapping[str, type[Master]]] = {
    one.__name__: one
    for one in (
        Sound,
        WrapsNothing,
        AnyContext,
        AnyBytes,
        AnyMaster,
        LongId,
        OfItsOwn,
        OneAtATime,
        Cut,
    )
}


@hookimpl
def adminduk_master(url: str) -> Master | None:
    """Give the master of that name."""
    scheme, _, name = url.partition(":")
    return FAULTS[name]() if scheme == "unsafe" else None


class TestBroken(MasterKit):
    """The kit on the master that `tried` names."""

    @pytest.fixture
    def master_url(self, tried: str) -> str:
        """Give the URL of it."""
        plugins.manager().unregister(name="unsafe")
        plugins.manager().register(_This(), name="unsafe")
        return f"unsafe:{tried}"


class _This:
    adminduk_master = staticmethod(adminduk_master)
