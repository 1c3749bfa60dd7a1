"""Erasing a person: the key of an application is destroyed, and everything else goes on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import define, field
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from office_days import HADI, MONDAY, OWNER, TUBAN, Clock, Town, seeded_ids

from adminduk import Office, slips
from adminduk.commands import StaysOpen
from adminduk.envelope import KeyDestroyed, Keys, OpenKeyring
from adminduk.errors import NotFound


@define
class ThrowAwayKeys:
    """A keyring of a host's own: a key for each application, kept apart from the store."""

    held: dict[str, bytes | None] = field(factory=dict)
    made: dict[str, bytes] = field(factory=dict)
    """None is committed with what it sealed."""

    def blind(self, text: str) -> str:
        """Make a search key."""
        return OpenKeyring(b"a secret of its own").blind(text)

    def keys(self) -> Keys:
        """Give itself."""
        return self

    def look_up(self, owners: Iterable[str]) -> None:
        """There is nothing to look up."""

    def seal(self, owner: str, plain: bytes) -> str:
        """Encrypt under the owner's key; the first time it is made."""
        key = self.held.setdefault(owner, AESGCM.generate_key(256))
        if key is None:
            raise KeyDestroyed
        nonce = AESGCM.generate_key(128)[:12]
        return (nonce + AESGCM(key).encrypt(nonce, plain, owner.encode())).hex()

    def open(self, owner: str, sealed: str) -> bytes:
        """Decrypt."""
        key = self.held[owner]
        if key is None:
            raise KeyDestroyed
        data = bytes.fromhex(sealed)
        return AESGCM(key).decrypt(data[:12], data[12:], owner.encode())

    def destroy(self, owner: str) -> bool:
        """Throw the key away for good."""
        was = self.held.get(owner)
        self.held[owner] = None
        return was is not None


@pytest.fixture
def keys() -> ThrowAwayKeys:
    """Give a keyring."""
    return ThrowAwayKeys()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the file of the store."""
    return tmp_path / "office.db"


@pytest.fixture
def sealed_town(file: Path, keys: ThrowAwayKeys) -> Town:
    """Give an office that encrypts, in a file."""
    return Town(f"sqlite:///{file}", keyring=keys)


def bytes_of(file: Path) -> bytes:
    """Read the store with all that lies beside it."""
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))


PERSONAL = ("Wulandari", "Slamet", "352308", "+6281234567890", "81234567890")


def test_nothing_personal_is_readable_in_the_file(sealed_town: Town, file: Path):
    """Neither names nor numbers, from the submission to the handover, messages included."""
    case = sealed_town.at_village("ktp-hilang")
    sealed_town.siti.hand_over(case.copy, to=OWNER)
    stored = bytes_of(file)
    assert case.code.encode() in stored
    assert [text for text in PERSONAL if text.encode() in stored] == []


def test_without_encryption_it_is(tmp_path: Path):
    """The office's own keyring leaves it readable: what was looked for is there to be found."""
    file = tmp_path / "open.db"
    town = Town(f"sqlite:///{file}")
    town.case("ktp-hilang")
    stored = bytes_of(file)
    assert b"Wulandari" in stored
    assert b"352308" in stored


class TestAfterTheKeyIsDestroyed:
    """What is left is sound, can be followed and travels on."""

    def test_everything_verifies(self, sealed_town: Town, keys: ThrowAwayKeys, file: Path):
        """The chain is over what is stored, and that stays as it is."""
        case = sealed_town.at_village("ktp-hilang")
        before = sealed_town.office.journal(case.code)
        keys.destroy(case.code)
        report = sealed_town.office.verify()
        assert (report.faults, report.clean) == ((), True)
        assert sealed_town.office.journal(case.code) == before
        fresh = Office.open(f"sqlite:///{file}", keyring=keys, clock=Clock(MONDAY))
        assert fresh.verify().clean

    def test_the_person_is_gone(self, sealed_town: Town, keys: ThrowAwayKeys):
        """Who asks for the personal part is told that it is not there."""
        case = sealed_town.case("ktp-hilang")
        keys.destroy(case.code)
        application = sealed_town.application(case)
        assert application.personal is None
        with pytest.raises(NotFound):
            _ = application.case

    def test_the_case_can_be_followed(self, sealed_town: Town, keys: ThrowAwayKeys):
        """By its code, as before."""
        case = sealed_town.at_village("ktp-hilang")
        keys.destroy(case.code)
        assert sealed_town.word(case) == "Siap Diambil"

    def test_its_papers_travel_on(self, sealed_town: Town, keys: ThrowAwayKeys, file: Path):
        """Bagged, collected and handed over; who received it is not kept."""
        case = sealed_town.printed("ktp-hilang")
        keys.destroy(case.code)
        sealed_town.run(case.copy)
        sealed_town.siti.collect(case.copy)
        sealed_town.siti.hand_over(case.copy, to=OWNER)
        assert (sealed_town.state(case), sealed_town.state(case.copy)) == (
            "completed",
            "handed_over",
        )
        assert sealed_town.paper(case.copy).personal is None
        assert sealed_town.office.verify().clean
        assert b"Wulandari" not in bytes_of(file)

    def test_its_papers_come_home(self, sealed_town: Town, keys: ThrowAwayKeys):
        """What nobody claims goes home by itself, and is made void."""
        case = sealed_town.at_village("ktp-hilang")
        keys.destroy(case.code)
        sealed_town.clock.wait(days=30)
        sealed_town.office.tick()
        sealed_town.dewi.hand_in(case.copy)
        sealed_town.home(case.copy)
        sealed_town.budi.condemn(case.copy, reason="Tidak diambil", approved_by=HADI)
        sealed_town.wahyu.void(case.copy)
        assert sealed_town.state(case.copy) == "void"

    def test_their_papers_are_listed_without_a_name(self, sealed_town: Town, keys: ThrowAwayKeys):
        """A slip of what is still there can be made; a receipt cannot."""
        case = sealed_town.printed("ktp-hilang")
        bag = sealed_town.sealed(case.copy)
        keys.destroy(case.code)
        table = slips.dispatch(sealed_town.office, bag).sections[-1].table
        assert table is not None
        assert [(row[1], row[3]) for row in table.rows] == [(case.copy, "–")]
        with pytest.raises(NotFound):
            slips.receipt(sealed_town.office, case.code)

    def test_a_closed_door_is_closed_to_them(self, sealed_town: Town, keys: ThrowAwayKeys):
        """What would keep it open to them nobody knows any more."""
        case = sealed_town.at_village("ktp-hilang", facts={"needed_at_once": True})
        keys.destroy(case.code)
        urgent = StaysOpen(facts={"needed_at_once": (True,)})
        sealed_town.hadi.announce(
            "N-1", acts=["collect"], channels=["village"], reason="Banjir.", stays_open=[urgent]
        )
        with sealed_town.refuses("closed"):
            sealed_town.siti.hand_over(case.copy, to=OWNER)
        sealed_town.hadi.lift("N-1")
        sealed_town.siti.hand_over(case.copy, to=OWNER)
        assert sealed_town.state(case) == "completed"

    def test_nobody_is_told_any_more(self, sealed_town: Town, keys: ThrowAwayKeys):
        """Messages that wait cannot be read; they are done with."""
        case = sealed_town.case("ktp-hilang")
        keys.destroy(case.code)
        sent: list[str] = []

        class Phone:
            def send(self, key: str, to: str, text: str) -> None:
                sent.append(f"{key} {to} {text}")

        office = Office(
            sealed_town.office.storage,
            sealed_town.office.region,
            keyring=keys,
            notifier=Phone(),
            clock=sealed_town.clock,
            ids=seeded_ids(9),
        )
        office.deliver()
        assert sent == []
        assert office.storage.messages(TUBAN, parked=False) == []

    def test_the_others_stay(self, sealed_town: Town, keys: ThrowAwayKeys):
        """Each application has a key of its own."""
        gone, stays = sealed_town.case("ktp-hilang"), sealed_town.case("ktp-hilang")
        keys.destroy(gone.code)
        assert sealed_town.application(stays).case.applicant.name.full() == "Aminah Wulandari"  # type: ignore[union-attr] # it has one


def test_an_envelope_that_is_not_changed_is_kept(sealed_town: Town):
    """Nothing is encrypted anew that stays the same: the journal does not grow by it."""
    case = sealed_town.case("ktp-hilang")
    sealed_town.verify(case)
    submitted, verified = (
        change for change in sealed_town.office.journal(case.code) if change.kind == "application"
    )
    assert "personal" in submitted.set
    assert "personal" not in verified.set
