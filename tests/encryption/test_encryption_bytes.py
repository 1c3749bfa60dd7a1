"""Nothing of what a case says of people is in the bytes of an encrypted office."""

from __future__ import annotations

from pathlib import Path

import pytest
from encrypted_office import (
    OFFICE,
    bytes_of,
    codes_of,
    day,
    do_all,
    office_at,
    personal,
    ring_of,
    url_of,
)

from adminduk import Office
from adminduk.cli.demo.stage import Clock, Letterbox, play, seeded_ids
from adminduk.cli.demo.story import STORY
from adminduk.office.backups import back_up
from adminduk.office.moving import take_out

LEAST = 30
"""As many things at least are said of people, or the test looks for nothing."""


def written(told: set[str], content: bytes) -> list[str]:
    """Give what is in some bytes."""
    return sorted(one for one in told if one.encode() in content)


class TestNothingIsInTheClear:
    """Not in the file, not in its log, while it is open and afterwards."""

    def test_of_a_day(self, folder: Path):
        """All that happens on it: records, journal, claims, search keys, answers, messages."""
        told = personal(one.command for one in day())
        assert len(told) > LEAST
        with office_at(folder) as office:
            do_all(office, day())
            assert list(office.messages(parked=False))
            assert written(told, bytes_of(folder)) == []
            assert office.deliver()
        assert written(told, bytes_of(folder)) == []

    def test_of_the_story(self, folder: Path):
        """The whole of it, with what was refused."""
        done = [one for scene in STORY for step in scene.steps for one in step.commands]
        told = personal(done)
        assert len(told) > LEAST
        clock, letterbox = Clock(), Letterbox()
        with office_at(folder, clock=clock, ids=seeded_ids(), notifier=letterbox) as office:
            assert len(list(play(office, clock, letterbox, STORY))) == len(STORY)
            assert written(told, bytes_of(folder)) == []
            assert office.verify().clean

    def test_of_a_backup_and_an_export(self, folder: Path):
        """Both of which need no master."""
        with office_at(folder) as office:
            do_all(office, day())
        back_up(url_of(folder), folder / "backup.db")
        take_out(url_of(folder), folder / "export.jsonl")
        told = personal(one.command for one in day())
        for name in ("backup.db", "export.jsonl"):
            assert written(told, (folder / name).read_bytes()) == []

    def test_nor_are_the_keys(self, office: Office, folder: Path):
        """Neither that of the search keys, nor that of a case, nor the master."""
        ring = ring_of(office)
        master = (folder / "master.key").read_text().strip()
        content = bytes_of(folder)
        for key in (ring.secret, bytes.fromhex(master)):
            assert key not in content
            assert key.hex().encode() not in content

    def test_where_it_is_open_all_of_it_is(self, folder: Path):
        """So that this is no test that finds nothing."""
        with Office.open(url_of(folder), OFFICE) as office:
            do_all(office, day())
        told = personal(one.command for one in day())
        assert len(written(told, bytes_of(folder))) > LEAST


class TestWhatWasErased:
    """Is not in the file any more: neither the key, nor what it was before."""

    @pytest.mark.parametrize("which", [0, 3, -1])
    def test_has_left_no_key(self, office: Office, folder: Path, which: int):
        """Not in the file, not in its log, though others have it open."""
        ring, code = ring_of(office), codes_of(office)[which]
        with office_at(folder) as other:
            other.track(code)
            key = ring.storage.keys_of(OFFICE, [code])[code]
            assert key in bytes_of(folder)
            assert ring.destroy(code)
            assert key not in bytes_of(folder)
            assert office.verify().clean
            assert other.verify().clean
