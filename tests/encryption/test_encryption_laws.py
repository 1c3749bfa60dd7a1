"""What is sealed is opened with its own key and as it was, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.envelope import KeyDestroyed, Keys
from adminduk.errors import AdmindukError, StorageFailure
from adminduk.masters.local import LocalMaster
from adminduk.office.encryption.keyring import SEARCH, EncryptingKeyring
from adminduk.office.encryption.sealing import Cipher
from adminduk.ports import Batch, StaleVersions, Storage, WrappedKey
from adminduk.storage.memory import MemoryStorage

OFFICE = "35.23"
NOW = "2021-07-12T01:00:00.000000Z"
plains = st.binary(max_size=80)
owners = st.sampled_from(("K7M2Q9XD4H-T", "B5EUQVZZGS-J"))


def master(*ids: str) -> LocalMaster:
    """Give a master whose keys are made of their ids."""
    ciphers = {one: Cipher(one.encode().ljust(32, b".")) for one in ids}
    return LocalMaster(lambda: ciphers, lambda: None)


def keyring(storage: Storage | None = None) -> EncryptingKeyring:
    """Give the keyring of an office in memory."""
    storage = storage or MemoryStorage()
    storage.add_office(OFFICE, b"")
    return EncryptingKeyring.of(storage, OFFICE, master("new"))


def keep(ring: EncryptingKeyring, keys: Keys) -> None:
    """Commit the keys that were made."""
    made = tuple(WrappedKey(*one) for one in keys.made.items())
    ring.storage.commit(OFFICE, Batch(NOW, keys=made))


def sealed(ring: EncryptingKeyring, owner: str, plain: bytes) -> str:
    """Seal, and commit the key if it is new."""
    keys = ring.keys()
    envelope = keys.seal(owner, plain)
    keep(ring, keys)
    return envelope


def failure(ring: EncryptingKeyring, owner: str, envelope: str) -> AdmindukError | None:
    """Give how opening fails; None: it does not."""
    try:
        ring.keys().open(owner, envelope)
    except AdmindukError as error:
        return error
    return None


class TestWhatIsSealed:
    """Is opened by whoever has the master, whenever that is."""

    @given(owner=owners, plains=st.lists(plains, min_size=1, max_size=3))
    def test_is_opened_as_it_was(self, owner: str, plains: list[bytes]):
        """By the keys that sealed it, and by others from another process."""
        ring = keyring()
        keys = ring.keys()
        envelopes = [keys.seal(owner, one) for one in plains]
        assert [keys.open(owner, one) for one in envelopes] == plains
        keep(ring, keys)
        later = EncryptingKeyring.of(ring.storage, OFFICE, master("new")).keys()
        later.look_up([owner])
        assert [later.open(owner, one) for one in envelopes] == plains
        assert later.made == {}

    @given(plain=plains)
    def test_is_never_the_same_twice(self, plain: bytes):
        """So that nobody sees that two people said the same, or that one said it again."""
        keys = keyring().keys()
        assert keys.seal("A", plain) != keys.seal("A", plain)

    @given(plain=st.binary(min_size=6, max_size=80))
    def test_tells_nothing_of_what_it_is(self, plain: bytes):
        """Neither as it is, nor in another writing of the same bytes."""
        envelope = keyring().keys().seal("A", plain)
        assert plain.hex() not in envelope
        assert plain not in envelope.encode()

    def test_has_one_key_for_each_case(self):
        """What was made for one opens nothing of another."""
        ring = keyring()
        first, second = (sealed(ring, one, b"x") for one in ("A", "B"))
        stored = ring.storage.keys_of(OFFICE, ["A", "B"])
        assert stored["A"] != stored["B"]
        assert failure(ring, "B", first) is not None
        assert failure(ring, "A", second) is not None


class TestWhatIsNotAsItWas:
    """Is found, and said in our words."""

    @given(plain=plains, data=st.data())
    def test_a_letter_of_an_envelope(self, plain: bytes, data: st.DataObject):
        """Whichever it is, and whatever is in its place."""
        ring = keyring()
        envelope = sealed(ring, "A", plain)
        place = data.draw(st.integers(0, len(envelope) - 1))
        other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != envelope[place]))
        changed = envelope[:place] + other + envelope[place + 1 :]
        self.is_damaged(ring, "A", changed)

    @given(plain=plains, data=st.data())
    def test_an_envelope_that_was_cut_off(self, plain: bytes, data: st.DataObject):
        """At whatever place, or that goes on."""
        ring = keyring()
        envelope = sealed(ring, "A", plain)
        self.is_damaged(ring, "A", envelope[: data.draw(st.integers(0, len(envelope) - 1))])
        self.is_damaged(ring, "A", envelope + data.draw(st.text(min_size=1, max_size=4)))

    @given(plain=plains)
    def test_an_envelope_that_is_written_otherwise(self, plain: bytes):
        """Though its bytes would be the same."""
        ring = keyring()
        envelope = sealed(ring, "A", plain)
        self.is_damaged(ring, "A", envelope.removeprefix("1:"))
        body, padding = envelope.rstrip("="), envelope.count("=")
        if padding:  # the last letter has bits that say nothing
            other = chr(ord(body[-1]) + 1)
            self.is_damaged(ring, "A", body[:-1] + other + "=" * padding)

    @given(bit=st.integers(0, 8 * 79 - 1))
    def test_a_bit_of_a_wrapped_key(self, bit: int):
        """In its form, in the id of its master, in what that made."""
        ring = keyring()
        envelope = sealed(ring, "A", b"x")
        wrapped = bytearray(ring.storage.keys_of(OFFICE, ["A"])["A"])
        wrapped[bit // 8 % len(wrapped)] ^= 1 << bit % 8
        replaced = [(WrappedKey("A", ring.storage.keys_of(OFFICE, ["A"])["A"]), bytes(wrapped))]
        assert ring.storage.replace_keys(OFFICE, replaced) == 1
        found = failure(ring, "A", envelope)
        assert found is not None
        assert found.code in {"storage_failure", "other_master"}

    def test_a_key_that_is_given_to_another_case(self):
        """With its envelopes: a case cannot be passed off as another."""
        ring = keyring()
        envelope = sealed(ring, "A", b"x")
        ring.storage.commit(
            OFFICE, Batch(NOW, keys=(WrappedKey("B", ring.storage.keys_of(OFFICE, ["A"])["A"]),))
        )
        self.is_damaged(ring, "B", envelope)

    def test_a_key_that_is_given_to_another_office(self):
        """Though the master is the same."""
        ring = keyring()
        envelope = sealed(ring, "A", b"x")
        ring.storage.add_office("35.24", b"")
        other = EncryptingKeyring.of(ring.storage, "35.24", ring.master)
        key = WrappedKey("A", ring.storage.keys_of(OFFICE, ["A"])["A"])
        ring.storage.commit("35.24", Batch(NOW, keys=(key,)))
        self.is_damaged(other, "A", envelope)

    def test_a_key_that_is_not_there(self):
        """Which was never destroyed."""
        self.is_damaged(keyring(), "A", sealed(keyring(), "A", b"x"))

    def test_the_key_of_the_search_keys(self):
        """Where it is gone, and cases were recorded: nobody makes another one."""
        storage = MemoryStorage()
        storage.add_office(OFFICE, b"")
        storage.commit(OFFICE, Batch(NOW))
        with pytest.raises(StorageFailure) as caught:
            keyring(storage)
        assert caught.value.facts["reason"] == "corrupt"
        ring = keyring()
        ring.storage.destroy_key(OFFICE, SEARCH)
        with pytest.raises(StorageFailure):
            keyring(ring.storage)

    def is_damaged(self, ring: EncryptingKeyring, owner: str, envelope: str) -> None:
        """See that what cannot be opened is named as damaged."""
        found = failure(ring, owner, envelope)
        assert isinstance(found, StorageFailure)
        assert found.facts["reason"] == "corrupt"
        assert found.__cause__ is None


class TestAKeyThatWasDestroyed:
    """Opens and seals nothing, in no process, and there is never another one."""

    def test_opens_nothing(self):
        """Also where another process has used it, and keeps it."""
        ring = keyring()
        other = EncryptingKeyring.of(ring.storage, OFFICE, ring.master)
        envelope = sealed(ring, "A", b"x")
        assert other.keys().open("A", envelope) == b"x"
        assert ring.destroy("A")
        for one in (ring, other):
            with pytest.raises(KeyDestroyed):
                one.keys().open("A", envelope)
            with pytest.raises(KeyDestroyed):
                one.keys().seal("A", b"y")
        assert not other.destroy("A")

    def test_is_not_made_anew_by_who_looked_before(self):
        """Who found no key, and is about to commit one, is told that it is stale."""
        ring = keyring()
        keys = ring.keys()
        keys.seal("A", b"x")
        assert not ring.destroy("A")
        with pytest.raises(StaleVersions):
            keep(ring, keys)
        with pytest.raises(KeyDestroyed):
            ring.keys().seal("A", b"x")


class TestSearchKeys:
    """Are made with a secret of the office, which is wrapped as well."""

    def test_are_the_same_in_every_process(self):
        """Of two that open a new office at once, too."""
        ring = keyring()
        again = EncryptingKeyring.of(ring.storage, OFFICE, ring.master)
        assert again.blind("3523080101700001") == ring.blind("3523080101700001")
        assert ring.blind("3523080101700001") != keyring().blind("3523080101700001")

    def test_of_two_that_are_first_one_makes_the_secret(self):
        """The other takes it."""

        class Overtaken(MemoryStorage):
            first: EncryptingKeyring | None = None

            def commit(self, office: str, batch: Batch) -> int:
                if self.first is None:
                    overtaking = MemoryStorage()
                    overtaking._offices = self._offices
                    self.first = keyring(overtaking)
                return super().commit(office, batch)

        storage = Overtaken()
        ring = keyring(storage)
        assert storage.first is not None
        assert ring.secret == storage.first.secret

    def test_are_not_shown(self):
        """Not even to who looks at the keyring."""
        ring = keyring()
        assert repr(ring.secret) not in repr(ring)
