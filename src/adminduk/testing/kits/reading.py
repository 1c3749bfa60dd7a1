"""Reading: by id, by command and in the journal."""

from __future__ import annotations

import pytest

from adminduk.errors import InvalidInput, NotFound
from adminduk.ports import StaleVersions, Storage
from adminduk.testing.kits.base import Kit, Open, everything, needs
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, message, row, time, write

__all__ = ["ReadingChecks"]


class ReadingChecks(Kit):
    """What was written is found by id, by command and in the journal."""

    def test_load_gives_those_that_exist(self, storage: Storage) -> None:
        """Records that are not there are left out; the newest version is given."""
        storage.commit(OFFICE, batch(write("A"), write("B")))
        storage.commit(OFFICE, batch(write("A", 2, state="verified")))
        refs = [("application", "A"), ("application", "Z"), ("copy", "A")]
        assert dict(storage.load(OFFICE, iter(refs))) == {refs[0]: row("A", 2, state="verified")}
        assert dict(storage.load(OFFICE, [])) == {}

    def test_a_group_is_loaded_with_it(self, storage: Storage) -> None:
        """All that are in it now, and nothing that has left it or is in none."""
        storage.commit(OFFICE, batch(write("A", group="g"), write("B", group="g"), write("C")))
        storage.commit(OFFICE, batch(write("B", 2, group="h"), write("D", group="g")))
        groups = iter(["g", "", "i"])
        found = storage.load(OFFICE, [("application", "C")], groups=groups)
        assert {key for _, key in found} == {"A", "C", "D"}
        assert found["application", "A"] == row("A", group="g")

    def test_what_is_below_an_id_is_loaded_with_it(self, storage: Storage) -> None:
        """Everything of that kind whose id goes on with a slash, and nothing that only looks so."""
        ids = ("A", "A/1", "A/2/b", "A0", "A-1", "AB/1", "B/1", "a/1")
        storage.commit(OFFICE, batch(*(write(one) for one in ids), write("A/3", kind="copy")))
        below = iter([("application", "A"), ("copy", "B")])
        found = storage.load(OFFICE, [("application", "B/1")], below=below)
        assert {key for _, key in found} == {"A/1", "A/2/b", "B/1"}
        assert set(storage.load(OFFICE, [], below=[("copy", "A")])) == {("copy", "A/3")}

    def test_executed_gives_those_that_took_effect(self, storage: Storage) -> None:
        """Commands that did not are left out."""
        storage.commit(OFFICE, batch(commands=(command("c1"), command("c2"))))
        assert dict(storage.executed(OFFICE, iter(["c2", "c9"]))) == {"c2": command("c2")}

    def test_commands_are_read_in_pages(self, storage: Storage) -> None:
        """All that took effect come by id, by code point, whenever they did, and no others'."""
        storage.add_office("35.24", b"")
        storage.commit("35.24", batch(commands=(command("c4"),)))
        for ids in (("c5", "c3"), ("c10", "C9"), ("ç", "a")):
            storage.commit(OFFICE, batch(commands=tuple(map(command, ids))))
        ordered = [command(one) for one in ("C9", "a", "c10", "c3", "c5", "ç")]
        assert storage.commands(OFFICE) == ordered
        assert storage.commands(OFFICE, limit=2) == ordered[:2]
        assert storage.commands(OFFICE, after="a", limit=3) == ordered[2:5]
        assert storage.commands(OFFICE, after="c4") == ordered[4:], "nothing took effect as c4"
        assert storage.commands(OFFICE, after="ç") == []
        assert storage.commands("99.99") == []

    def test_the_journal_is_read_in_pages_and_by_record(self, storage: Storage) -> None:
        """Entries come in the order of the sequence, also those of one record."""
        for number in (1, 2, 3):
            both = (entry("A", number), entry("B", number), entry("A", number, kind="copy"))
            storage.commit(OFFICE, batch(entries=both))
        assert [one.seq for one in storage.journal(OFFICE, after=3, limit=4)] == [4, 5, 6, 7]
        assert [one.seq for one in storage.journal(OFFICE, after=-5, limit=1)] == [1]
        of = ("application", "B")
        found = storage.journal(OFFICE, of=of, after=2, limit=1)
        assert [(one.seq, one.id, one.version) for one in found] == [(5, "B", 2)]
        assert [one.seq for one in storage.journal(OFFICE, of=("copy", "A"))] == [3, 6, 9]
        assert storage.journal(OFFICE, of=("copy", "B")) == []

    def test_the_head_is_that_of_the_last_commit(self, storage: Storage) -> None:
        """How many entries there are, and when the last commit was; of no other office."""
        storage.add_office("35.24", b"")
        assert storage.head(OFFICE) == (0, "")
        storage.commit(OFFICE, batch(minute=1, entries=(entry("A"), entry("B"))))
        storage.commit(OFFICE, batch(write("A"), minute=2))
        assert (storage.head(OFFICE), storage.head("35.24")) == ((2, time(2)), (0, ""))
        with pytest.raises(NotFound):
            storage.head("99.99")

    def test_nothing_is_amiss_in_what_was_committed(self, storage: Storage) -> None:
        """Whatever became of the keys and the time by which records are found."""
        storage.commit(OFFICE, batch(write("A", keys=("k", "l")), write("B", keys=("k",))))
        storage.commit(OFFICE, batch(write("A", 2, keys=("m",)), write("B", 2, due=time(9))))
        storage.commit(OFFICE, batch(write("B", 3, keys=("k", "m"), due=time(5))))
        assert list(storage.amiss(OFFICE)) == list(storage.amiss("99.99")) == []

    def test_a_page_has_at_least_one_row(self, storage: Storage) -> None:
        """No page is asked for without a row on it."""
        for ask in (
            lambda: storage.find(OFFICE, limit=0),
            lambda: storage.journal(OFFICE, limit=0),
            lambda: storage.claims(OFFICE, limit=-1),
            lambda: storage.commands(OFFICE, limit=0),
            lambda: storage.lease(OFFICE, now=time(1), until=time(2), limit=0),
            lambda: storage.messages(OFFICE, parked=False, limit=0),
        ):
            with pytest.raises(InvalidInput) as caught:
                ask()
            assert caught.value.faults[0].path == "limit"

    def test_a_storage_can_be_used_after_it_was_closed(self, storage: Storage) -> None:
        """Closing lets go of what is held, twice as well as once; nothing is lost."""
        storage.commit(OFFICE, batch(write()))
        storage.close()
        storage.close()
        assert storage.load(OFFICE, [("application", "A")]) == {("application", "A"): row()}

    @needs("reopens")
    def test_a_store_that_is_opened_again_holds_the_same(
        self, storage: Storage, opened: Open
    ) -> None:
        """Nothing that is stored depends on who has it open."""
        storage.commit(
            OFFICE,
            batch(
                write(keys=("k",), body=b"\x00\xff"),
                entries=(entry(),),
                take=(claim(),),
                commands=(command(),),
                messages=(message(),),
            ),
        )
        before = everything(storage)
        storage.close()
        again = opened()
        assert again.offices() == {OFFICE: b"profile"}
        assert everything(again) == before

    @needs("reopens")
    def test_what_is_committed_is_seen_at_once_by_all(self, storage: Storage, opened: Open) -> None:
        """Who has the same store open reads no older version, and commits against none."""
        other = opened()
        ref = ("application", "A")
        for version in range(1, 6):
            writer, reader = (storage, other) if version % 2 else (other, storage)
            writer.commit(OFFICE, batch(write("A", version)))
            assert reader.load(OFFICE, [ref])[ref].version == version
            with pytest.raises(StaleVersions):
                reader.commit(OFFICE, batch(write("A", version)))
