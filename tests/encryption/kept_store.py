"""The encrypted store of format 1 that is kept, with its master, and what it says of people.

`python tests/encryption/kept_store.py` makes all three anew. That is right only while no version
with this format was released; after that they stay as they are.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from encrypted_office import codes_of, do_all, office_at, ring_of

from adminduk import Office
from adminduk.codec import dump, to_json
from adminduk.masters.local import make_master
from adminduk.records import Application
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.testing.day import orders

FOLDER = Path(__file__).parent
STORE = FOLDER / "encrypted-1.db"
MASTER = FOLDER / "encrypted-1.key"
PEOPLE = FOLDER / "encrypted-1.json"


def people_of(office: Office) -> bytes:
    """Give what the cases of an office say of people; of who was erased nothing."""
    records = (office.record("application", one) for one in codes_of(office))
    cases = {one.key: one.personal for one in records if isinstance(one, Application)}
    told = {key: case and dump(case) for key, case in cases.items()}
    return to_json(told) + b"\n"


def make() -> None:
    """Make an office with some cases, of which one was erased, under the second of two masters."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        make_master(folder / "master.key")
        with office_at(folder) as office:
            do_all(office, list(orders(3, seed=4))[:14])
            ring_of(office).destroy(codes_of(office)[0])
            newer = folder / "newer.key"
            make_master(newer)
            newer.write_text(newer.read_text() + (folder / "master.key").read_text())
            newer.rename(folder / "master.key")
            assert office.rotate_keys().left == 0
            PEOPLE.write_bytes(people_of(office))
            assert isinstance(office.storage, SQLiteStorage)
            office.storage._database.empty_log()
        shutil.copyfile(folder / "office.db", STORE)
        MASTER.write_text((folder / "master.key").read_text().splitlines()[0] + "\n")


if __name__ == "__main__":
    make()
    print(f"{STORE.name}: {STORE.stat().st_size} bytes")
