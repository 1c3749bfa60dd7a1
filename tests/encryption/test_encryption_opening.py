"""An office is encrypted or open from its first day, and opened as what it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from encrypted_office import OFFICE, begun, day, do_all, office_at, ring_of, url_of

from adminduk import Office
from adminduk.errors import AdmindukError, InvalidInput, Refused
from adminduk.masters.local import make_master


def code_of(folder: Path, **options: str) -> str:
    """Give the code of the refusal to open an office."""
    with pytest.raises(AdmindukError) as caught:
        Office.open(url_of(folder), OFFICE, **options).close()
    assert caught.value.message("id") != caught.value.message("en")
    return caught.value.code


class TestAnEncryptedOffice:
    """Needs its master."""

    def test_without_it(self, office: Office, folder: Path):
        """Says what to give."""
        assert office.verify().clean
        assert code_of(folder) == "master_needed"

    def test_with_another(self, office: Office, folder: Path):
        """Says which it is."""
        make_master(folder / "other.key")
        assert code_of(folder, master=f"file://{folder}/other.key") == "other_master"
        with pytest.raises(Refused) as caught:
            Office.open(url_of(folder), OFFICE, master=f"file://{folder}/other.key")
        assert caught.value.facts["needed"] == ring_of(office).master.current

    def test_is_made_once(self, office: Office, folder: Path):
        """To make it again opens it."""
        master = f"file://{folder}/master.key"
        with Office.init(url_of(folder), OFFICE, master=master) as again:
            assert ring_of(again).secret == ring_of(office).secret
            assert again.verify() == office.verify()

    def test_its_profile_tells_no_secret(self, office: Office):
        """That is wrapped, too."""
        profile = office.storage.office(OFFICE)
        assert profile is not None
        assert b"secret" not in profile
        assert ring_of(office).secret.hex().encode() not in profile

    def test_people_are_found_in_it(self, office: Office, folder: Path):
        """By another process, with the same search keys."""
        from adminduk import Actor, Role

        command = next(one.command for one in begun() if one.command.NAME == "submit")
        person = next(one for one in command.people.values() if one.nik)  # type: ignore[attr-defined]
        with office_at(folder) as other:
            found = other.find_person(person.nik, Actor("rini", Role.REGISTRY_OPERATOR, OFFICE))
            assert [str(one.code) for one in found] == [str(command.application)]  # type: ignore[attr-defined]
        assert office.verify().clean

    def test_asks_for_the_keys_of_a_command_once(self, folder: Path):
        """However many records and messages it is about."""
        with office_at(folder) as office:
            ask, asked = office.storage.keys_of, list[list[str]]()

            def asking(name: str, owners: Iterable[str]) -> Mapping[str, bytes]:
                asked.append(list(owners))
                return ask(name, asked[-1])

            office.storage.keys_of = asking  # type: ignore[method-assign]
            told = set()
            for one in day():
                asked.clear()
                do_all(office, [one])
                if one.command.NAME in {"submit", "verify", "hand_over", "withdraw"}:
                    told.add(one.command.NAME)
                    assert len(asked) == len(asked[0]) == 1, one.command.NAME
            assert {"submit", "verify"} <= told

    def test_with_what_is_no_master(self, folder: Path):
        """Nothing is made."""
        with pytest.raises(InvalidInput):
            Office.open(url_of(folder), OFFICE, master="safe:///x")
        assert not (folder / "office.db").exists()


class TestAnOpenOffice:
    """Has no use for a master."""

    def test_with_one(self, folder: Path):
        """Says so, and that it stays open."""
        with Office.open(url_of(folder), OFFICE) as office:
            do_all(office, begun())
        assert code_of(folder, master=f"file://{folder}/master.key") == "not_encrypted"

    def test_has_no_keys(self):
        """To count or to wrap."""
        with Office.open("memory:", OFFICE) as office:
            for ask in (office.key_standing, office.rotate_keys):
                with pytest.raises(Refused) as caught:
                    ask()
                assert caught.value.code == "nothing_encrypted"


_WITHOUT = """
import sys
sys.modules["cryptography"] = None
from adminduk import Office
from adminduk.errors import AdmindukError
with Office.open("memory:", "35.23") as office:
    assert office.verify().clean
try:
    Office.open("memory:", "35.23", master=sys.argv[1])
except AdmindukError as error:
    print(error.code, error.facts["instead"])
"""


def test_where_nothing_is_installed_for_it(folder: Path):
    """An open office works; what an encrypted one needs is named."""
    master = f"file://{folder}/master.key"
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT, master],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == """no_encryption ["pip install 'adminduk[encryption]'"]\n"""
