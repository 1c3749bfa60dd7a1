"""Claims: only one record of an office holds a key at a time."""

from __future__ import annotations

import pytest

from adminduk.ports import Claim, ClaimTaken, Storage
from adminduk.testing.kits.base import Kit
from adminduk.testing.rows import OFFICE, batch, claim, write

__all__ = ["ClaimChecks"]


class ClaimChecks(Kit):
    """Only one record of an office holds a claim at a time."""

    def test_a_claim_that_is_held_is_refused_with_its_holder(self, storage: Storage) -> None:
        """Nothing of the refused commit is written, nor the claims before it."""
        storage.commit(OFFICE, batch(take=(claim("nik", "A"),)))
        with pytest.raises(ClaimTaken) as caught:
            storage.commit(OFFICE, batch(write("B"), take=(claim("kk", "B"), claim("nik", "B"))))
        assert caught.value.claim == claim("nik", "A")
        assert storage.claims(OFFICE) == [claim("nik", "A")]
        assert storage.load(OFFICE, [("application", "B")]) == {}

    def test_the_kind_of_the_holder_counts(self, storage: Storage) -> None:
        """A copy with the id of an application is another record."""
        storage.commit(OFFICE, batch(take=(claim("nik", "A"),)))
        with pytest.raises(ClaimTaken):
            storage.commit(OFFICE, batch(take=(Claim("nik", "copy", "A"),)))

    def test_a_claim_may_be_taken_again_by_its_holder(self, storage: Storage) -> None:
        """Holding is not counted: giving back once is enough."""
        storage.commit(OFFICE, batch(take=(claim(), claim("kk"))))
        storage.commit(OFFICE, batch(take=(claim(), claim("kk"))))
        storage.commit(OFFICE, batch(release=(claim(),)))
        assert storage.claims(OFFICE) == [claim("kk")]

    def test_a_claim_changes_hands_in_one_commit(self, storage: Storage) -> None:
        """What is given back can be taken in the same commit."""
        storage.commit(OFFICE, batch(take=(claim(id="A"),)))
        storage.commit(OFFICE, batch(release=(claim(id="A"),), take=(claim(id="B"),)))
        assert storage.claims(OFFICE) == [claim(id="B")]

    def test_two_records_of_one_batch_cannot_share_a_claim(self, storage: Storage) -> None:
        """The second is refused with the first."""
        with pytest.raises(ClaimTaken) as caught:
            storage.commit(OFFICE, batch(take=(claim(id="A"), claim(id="B"))))
        assert caught.value.claim == claim(id="A")
        assert storage.claims(OFFICE) == []

    def test_only_its_holder_gives_a_claim_back(self, storage: Storage) -> None:
        """Giving back what one does not hold does nothing."""
        storage.commit(OFFICE, batch(take=(claim(id="A"),)))
        storage.commit(OFFICE, batch(release=(claim(id="B"), claim("other"))))
        assert storage.claims(OFFICE) == [claim(id="A")]

    def test_claims_are_read_in_pages(self, storage: Storage) -> None:
        """They come by key, after a key."""
        storage.commit(OFFICE, batch(take=tuple(claim(key) for key in "dbeac")))
        assert [one.key for one in storage.claims(OFFICE, limit=2)] == ["a", "b"]
        assert [one.key for one in storage.claims(OFFICE, after="b", limit=2)] == ["c", "d"]
        assert [one.key for one in storage.claims(OFFICE, after="e")] == []
