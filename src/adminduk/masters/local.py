"""Masters whose keys this machine holds: the newest wraps, and those before it still unwrap."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.office.encryption.sealing import KEY_SIZE, Cipher
from adminduk.office.placing import check_free, naming_files, sync
from adminduk.ports import UnknownMaster

__all__ = ["LocalMaster", "make_master", "master_in_file", "master_in_variable"]

_KEY: Final = re.compile(f"[0-9a-f]{{{2 * KEY_SIZE}}}")
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_PRIVATE: Final = 0o600

_Ciphers = dict[str, Cipher]
"""By the ids of their keys, the newest first."""


class LocalMaster:
    """Keys that are read anew whenever they are other ones.

    Args:
        read: Gives the keys, the newest first.
        mark: Gives something that is another one when the keys may be.
    """

    def __init__(self, read: Callable[[], _Ciphers], mark: Callable[[], object]) -> None:
        self._read, self._mark = read, mark
        self._held = mark(), read()

    def _ciphers(self) -> _Ciphers:
        mark = self._mark()
        if mark != self._held[0]:
            self._held = mark, self._read()
        return self._held[1]

    @property
    def current(self) -> str:
        """The id of the newest key."""
        return next(iter(self._ciphers()))

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Wrap a key under the newest."""
        id_, cipher = next(iter(self._ciphers().items()))
        return id_, cipher.seal(key, context)

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Give the key that was wrapped under the one of that id."""
        cipher = self._ciphers().get(master)
        if cipher is None:
            raise UnknownMaster(master)
        return cipher.open(wrapped, context)


def master_in_file(url: str) -> LocalMaster:
    """Give the master of `file:///path`; the file may change while it is used.

    Raises:
        InvalidInput: The URL names no file, or the file holds no keys.
        Refused: There is no file, or others may read it.
        StorageFailure: It cannot be read.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.netloc not in {"", "localhost"} or not path.is_absolute() or "\0" in str(path):
        text, form = N_("That names no file."), N_("a URL as file:///etc/adminduk/master.key")
        raise InvalidInput.at("master", "master_url", text, form)
    return LocalMaster(lambda: _in_file(path), lambda: _mark(path))


def master_in_variable(url: str) -> LocalMaster:
    """Give the master of the variable in `env:NAME`, as it is now.

    Raises:
        InvalidInput: It holds no keys.
        Refused: There is no such variable.
    """
    name = url.removeprefix("env:")
    text = os.environ.get(name)
    if text is None:
        raise _absent(name)
    ciphers = _ciphers_of(text)
    return LocalMaster(lambda: ciphers, lambda: None)


def make_master(file: Path) -> str:
    """Make a new key in a new file, which only its owner may read; give its id.

    Raises:
        Refused: There is something at that place.
        StorageFailure: It cannot be written.
    """
    check_free(file)
    text = secrets.token_hex(KEY_SIZE)
    with naming_files(str(file)):
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
        with os.fdopen(handle, "w") as new:
            new.write(f"{text}\n")
        sync(file)
        sync(file.absolute().parent)
    return _id_of(bytes.fromhex(text))


def _in_file(path: Path) -> _Ciphers:
    with naming_files(str(path)), path.open("rb") as file:
        if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise Refused(
                "master_readable",
                N_("Others than its owner may read or write {file}. Change that: chmod 600 {file}"),
                file=str(path),
            )
        return _ciphers_of(file.read().decode(errors="replace"))


def _mark(path: Path) -> object:
    with naming_files(str(path)):
        try:
            now = path.stat()
        except FileNotFoundError:
            raise _absent(str(path)) from None
    return now.st_ino, now.st_mtime_ns, now.st_size, now.st_mode


def _absent(place: str) -> Refused:
    return Refused(
        "no_master",
        N_("There is no master key in {place}. Make one with `adminduk master new FILE`."),
        place=place,
    )


def _ciphers_of(text: str) -> _Ciphers:
    keys = text.split()
    if not keys or not all(map(_KEY.fullmatch, keys)):
        raise InvalidInput.at(
            "master",
            "master_key",
            N_("It holds something else than master keys."),
            N_("64 hexadecimal digits a line, the newest first, as `adminduk master new` writes"),
        )
    every = map(bytes.fromhex, keys)
    return {_id_of(key): Cipher(key) for key in every}


def _id_of(key: bytes) -> str:
    """Give the id of a key: letters that tell nothing of it, and look like no person's number."""
    digest = blake2b(key, digest_size=8, person=b"adminduk-master").hexdigest()
    return digest.translate(_LETTERS)
