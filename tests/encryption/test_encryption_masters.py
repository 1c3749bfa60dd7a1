"""Masters: in a file, in a variable, or by a plugin that gives no key away."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from encrypted_office import OFFICE, do_all, first, office_at, url_of

from adminduk import Office
from adminduk.errors import InvalidInput, Refused, StorageFailure
from adminduk.masters.local import make_master
from adminduk.plugins import open_master
from adminduk.ports import Master, Tampered, UnknownMaster

Made = Callable[[str], Master]
KEY = bytes(range(32))
OLD, NEW = "0f" * 32, "a0" * 32


@pytest.fixture(params=["file", "env"])
def both(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Give what makes a master of a text, in a file and in a variable."""

    def made(text: str) -> Master:
        if request.param == "env":
            monkeypatch.setenv("OUR_MASTER", text)
            return open_master("env:OUR_MASTER")
        file = tmp_path / "master.key"
        file.write_bytes(text.encode(errors="surrogateescape"))
        file.chmod(0o600)
        return open_master(file.as_uri())

    return made


class TestAMaster:
    """Wraps under the newest key, and unwraps what those before it wrapped."""

    def test_unwraps_what_it_wrapped(self, both: Made):
        """With the same context alone."""
        master = both(OLD)
        id_, wrapped = master.wrap(KEY, b"A")
        assert id_ == master.current
        assert master.unwrap(id_, wrapped, b"A") == KEY
        with pytest.raises(Tampered):
            master.unwrap(id_, wrapped, b"B")
        with pytest.raises(Tampered):
            master.unwrap(id_, wrapped[:20], b"A")
        assert isinstance(master, Master)

    def test_gives_nothing_away(self, both: Made):
        """Its id is short, the same each time, and no part of the key."""
        master = both(OLD)
        assert both(f"{OLD}\n").current == master.current
        assert len(master.current) == 16
        assert master.current.isalpha()
        assert KEY not in master.wrap(KEY, b"A")[1]
        assert OLD not in repr(vars(master))

    def test_of_several_keys_wraps_under_the_first(self, both: Made):
        """An earlier one unwraps; one that is not there does not."""
        old = both(OLD)
        kept = old.wrap(KEY, b"A")
        master = both(f"{NEW}\n\n{OLD}\n")
        assert master.current != kept[0]
        assert master.wrap(KEY, b"A")[0] == master.current
        assert master.unwrap(*kept, b"A") == KEY
        with pytest.raises(UnknownMaster):
            both(NEW).unwrap(*kept, b"A")

    @pytest.mark.parametrize(
        "text", ["", "  \n", "x", OLD[:-2], OLD.upper(), f"{OLD}00", f"{OLD}\nhush-hush", "\udcff"]
    )
    def test_is_nothing_else(self, both: Made, text: str):
        """And what it is instead is not told to anybody."""
        with pytest.raises(InvalidInput) as caught:
            both(text)
        assert caught.value.faults[0].code == "master_key"
        for part in (OLD, "hush"):
            assert part not in str(caught.value)


class TestAFile:
    """Is read by its owner only, and may change while it is used."""

    def test_is_made_for_its_owner_only(self, tmp_path: Path):
        """With another key each time, and never over anything."""
        first_id, second_id = (make_master(tmp_path / one) for one in ("a", "b"))
        assert first_id != second_id
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
        assert open_master((tmp_path / "a").as_uri()).current == first_id
        content = (tmp_path / "a").read_bytes()
        with pytest.raises(Refused) as caught:
            make_master(tmp_path / "a")
        assert caught.value.code == "place_taken"
        assert (tmp_path / "a").read_bytes() == content
        with pytest.raises(StorageFailure):
            make_master(tmp_path / "nowhere" / "a")

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666])
    def test_that_others_may_read_or_write(self, tmp_path: Path, mode: int):
        """Is refused, also when that is so later; what to do is said."""
        file = tmp_path / "a"
        make_master(file)
        master = open_master(file.as_uri())
        file.chmod(mode)
        for ask in (lambda: open_master(file.as_uri()), lambda: master.wrap(KEY, b"A")):
            with pytest.raises(Refused) as caught:
                ask()
            assert caught.value.code == "master_readable"
            assert f"chmod 600 {file}" in str(caught.value)
        file.chmod(0o600)
        assert master.wrap(KEY, b"A")

    def test_that_is_not_there(self, tmp_path: Path):
        """Or not any more."""
        file = tmp_path / "a"
        make_master(file)
        master = open_master(file.as_uri())
        file.unlink()
        for ask in (lambda: open_master(file.as_uri()), lambda: master.current):
            with pytest.raises(Refused) as caught:
                ask()
            assert caught.value.code == "no_master"
        with pytest.raises(StorageFailure):
            open_master(tmp_path.as_uri())

    @pytest.mark.parametrize(
        "url", ["file:", "file:a.key", "file://a.key", "file://else/a", "file:///a%00"]
    )
    def test_that_no_url_names(self, url: str):
        """A path begins at the root, and on this machine."""
        with pytest.raises(InvalidInput) as caught:
            open_master(url)
        assert caught.value.faults[0].code == "master_url"

    def test_that_changes_is_read_anew(self, tmp_path: Path):
        """Without opening anything again: a newer key takes over while it is used."""
        file, newer = tmp_path / "a", tmp_path / "b"
        make_master(file)
        master = open_master(file.as_uri())
        kept = master.wrap(KEY, b"A")
        made = make_master(newer)
        with newer.open("a") as more:
            more.write(file.read_text())
        newer.rename(file)
        assert master.current == made
        assert master.wrap(KEY, b"A")[0] == made
        assert master.unwrap(*kept, b"A") == KEY


def test_a_variable_that_is_not_there():
    """Is named; nobody sees what is in others."""
    with pytest.raises(Refused) as caught:
        open_master("env:NO_SUCH_MASTER")
    assert caught.value.facts["place"] == "NO_SUCH_MASTER"


class Vault:
    """A master that keeps its key to itself: whoever asks gets a number."""

    current = "vault:2021"

    def __init__(self) -> None:
        self.kept: dict[bytes, tuple[bytes, bytes]] = {}
        self.asked = 0

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Keep a key."""
        number = os.urandom(8)
        self.kept[number] = key, context
        return self.current, number

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Give a key back."""
        self.asked += 1
        if master != self.current:
            raise UnknownMaster(master)
        key, whose = self.kept[wrapped]
        if whose != context:
            raise Tampered
        return key


def test_a_master_that_gives_no_key_away(folder: Path):
    """Is asked once for a case, in each process, however often that is read."""
    vault = Vault()
    with Office.open(url_of(folder), OFFICE, master=vault) as office:
        do_all(office, [first()[0]])
        office.verify()
        asked = vault.asked
        assert asked <= 2
        for _ in range(3):
            office.verify()
        assert vault.asked == asked
    with pytest.raises(Refused) as caught:
        office_at(folder)
    assert caught.value.code == "other_master"
    assert "vault:2021" in str(caught.value)
