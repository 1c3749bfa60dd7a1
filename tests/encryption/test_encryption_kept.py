"""The encrypted store of format 1 that is kept is still opened, and worked on."""

from __future__ import annotations

import shutil
from pathlib import Path

from encrypted_office import do_all, first, office_at, ring_of
from kept_store import MASTER, PEOPLE, STORE, people_of


def test_it_is_opened_as_it_was(tmp_path: Path):
    """Its people are read, who was erased is not, and it verifies."""
    shutil.copyfile(STORE, tmp_path / "office.db")
    (tmp_path / "master.key").write_text(MASTER.read_text())
    (tmp_path / "master.key").chmod(0o600)
    with office_at(tmp_path) as office:
        assert office.verify().clean
        told = people_of(office)
        assert told == PEOPLE.read_bytes()
        assert told.count(b"null") == 1
        assert office.key_standing().destroyed == 1
        assert set(office.key_standing().masters) == {ring_of(office).master.current}
        do_all(office, [first()[0]])
        assert office.verify().clean
