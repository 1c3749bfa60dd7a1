"""What is left in a SQLite file of a key that was destroyed: nothing."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from random import Random

import apsw
import pytest

from adminduk.errors import StorageFailure
from adminduk.ports import Storage, WrappedKey
from adminduk.storage import connection
from adminduk.storage.keys import destroy_key
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.testing.rows import OFFICE, batch, write


def content(url: str) -> bytes:
    """Give all bytes of a file and of its log."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))


def opened(storage: SQLiteStorage) -> apsw.Connection:
    """Give the connection of a storage."""
    with storage._database.reading() as cursor:
        return cursor.connection


def key(owner: str, chance: Random, length: int) -> WrappedKey:
    """Give a key of a length."""
    return WrappedKey(owner, chance.randbytes(length))


LENGTHS = (78, 78, 78, 30, 200, 700, 5000)
"""Those of a master in a file; those of another, which may be of any length."""


@pytest.mark.parametrize("seed", range(30))
def test_a_key_that_was_destroyed_is_overwritten(file_url: str, seed: int):
    """Among however many others, made together or alone, whatever it was before, at any length."""
    storage = SQLiteStorage(file_url)
    storage.add_office(OFFICE, b"")
    opened(storage).pragma("synchronous", "off")  # a test waits for no disk in vain
    chance = Random(seed)  # noqa: S311 - chance that can be repeated
    lengths = [chance.choice(LENGTHS) for _ in range(4)]
    many, at_once = chance.randrange(1, 300), chance.choice((1, 7, 150))
    keys = [key(f"{chance.random()}", chance, chance.choice(lengths)) for _ in range(many)]
    for start in range(0, many, at_once):
        some = tuple(keys[start : start + at_once])
        storage.commit(OFFICE, batch(write(f"{start}", body=chance.randbytes(900)), keys=some))
    was = {one.owner: [one.wrapped] for one in keys}
    for _ in range(chance.randrange(3)):
        new = [key(one.owner, chance, chance.choice(lengths)) for one in keys]
        changes = [(old, one.wrapped) for old, one in zip(keys, new, strict=True)]
        assert storage.replace_keys(OFFICE, changes) == many
        keys = new
        for one in new:
            was[one.owner].append(one.wrapped)
    gone = chance.sample(keys, k=many // chance.choice((1, 2, 5)) or 1)
    for one in gone[:-1]:
        with storage._database.writing() as cursor:
            destroy_key(cursor, OFFICE, one.owner)
    assert storage.destroy_key(OFFICE, gone[-1].owner)
    left = content(file_url)
    parts = [old[at:][:16] for one in gone for old in was[one.owner] for at in (8, -16)]
    assert [one for one in parts if one in left] == []
    assert [one.owner for one in keys if one not in gone and one.wrapped[8:24] not in left] == []
    storage.close()


def test_who_still_reads_an_earlier_moment_is_waited_for(sqlite: Storage, file_url: str):
    """The log holds what they see; it is empty on return."""
    wrapped = bytes(range(64))
    sqlite.commit(OFFICE, batch(keys=(WrappedKey("A", wrapped),)))
    reader = SQLiteStorage(file_url)
    begun = threading.Event()

    def read() -> None:
        with reader._database.reading() as cursor:
            connection.query(cursor, "select count(*) from data_keys")
            begun.set()
            time.sleep(0.3)

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait()
    assert sqlite.destroy_key(OFFICE, "A")
    assert wrapped not in content(file_url)
    thread.join()
    reader.close()


def test_who_reads_for_too_long_is_named(sqlite: Storage, file_url: str):
    """The key is destroyed for all; to ask again sees to what is left of it in the log."""
    wrapped = bytes(range(64))
    sqlite.commit(OFFICE, batch(keys=(WrappedKey("A", wrapped),)))
    other, reader = SQLiteStorage(file_url), SQLiteStorage(file_url)
    opened(other).set_busy_timeout(50)
    with reader._database.reading() as cursor:
        connection.query(cursor, "select count(*) from data_keys")
        with pytest.raises(StorageFailure) as caught:
            other.destroy_key(OFFICE, "A")
        assert caught.value.facts["reason"] == "busy"
        assert sqlite.keys_of(OFFICE, ["A"]) == {"A": b""}
    assert not other.destroy_key(OFFICE, "A")
    assert wrapped not in content(file_url)
    for one in (other, reader):
        one.close()
