"""Whatever is changed in a store behind the office's back, `verify` names it."""

from __future__ import annotations

from pathlib import Path

import apsw
import orjson
import pytest
from office_days import TUBAN, Town

from adminduk.journal import chain


class Store:
    """A store in which a case has come as far as the village, and somebody who is let at it."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        town = Town(self.url)
        case = town.at_village("ktp-hilang")
        assert town.office.verify().clean
        town.office.close()
        self.connection = apsw.Connection(str(file))
        copy = f"kind = 'copy' and id = '{case.copy}'"
        self.names = {
            "application": f"kind = 'application' and id = '{case.code}'",
            "code": case.code,
            "copy": copy,
            "first": f"(select min(seq) from journal where {copy})",  # noqa: S608 - names of ours only
            "last": f"(select max(seq) from journal where {copy})",  # noqa: S608 - as above
        }
        self.copy = case.copy

    def tamper(self, sql: str, **values: object) -> None:
        """Change something.

        `{copy}` and `{application}` stand for where these records are, `{first}` and `{last}`
        for the sequences of the copy's entries.
        """
        self.connection.execute(sql.format(**self.names, **values))
        assert self.connection.changes() > 0

    def entries(self) -> list[tuple[int, bytes, bytes]]:
        """Give sequence, hash and body of the entries about the copy."""
        sql = "select seq, hash, body from journal where {copy} order by seq"
        return list(self.connection.execute(sql.format(**self.names)))

    @property
    def faults(self) -> list[str]:
        """What `verify` finds."""
        self.connection.close()
        return list(Town(self.url).office.verify().faults)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give a store to tamper with."""
    return Store(tmp_path / "office.db")


def ends(faults: list[str]) -> list[str]:
    """Give what is said of each fault, without what it is about."""
    return [fault.partition(": ")[2] for fault in faults]


class TestRecords:
    """A record is what its journal says."""

    @pytest.mark.parametrize(
        "body",
        [
            """replace(body, '"verified"', '"completed"')""",
            """replace(body, '"copies":1', '"copies":2')""",
            """replace(body, '"head":"', '"head":"0')""",
            "cast('{}' as blob)",
            "cast('not json' as blob)",
            "cast('' as blob)",
            "body || ' '",
        ],
        ids=["state", "number", "head", "empty object", "no JSON", "nothing", "a blank more"],
    )
    def test_a_changed_body(self, store: Store, body: str):
        """Another state, another number, another head, no record at all: each is seen."""
        store.tamper(
            "update records set body = cast({body} as blob) where {application}", body=body
        )
        assert ends(store.faults) == ["is not what its journal says"]

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("state", "'submitted'"),
            ("region", "'35.23.12.2002'"),
            ("queue", "'courier@35.23'"),
            ("queue", "''"),
            ("due", "'2030-01-01T00:00:00.000000Z'"),
            ("grp", "'BAG-9'"),
        ],
    )
    def test_a_changed_index_column(self, store: Store, column: str, value: str):
        """It would be found where it is not, and not where it is."""
        store.tamper(
            "update records set {column} = {value} where {copy}", column=column, value=value
        )
        assert ends(store.faults) == ["its index columns are not those of its journal"]

    @pytest.mark.parametrize(
        "sql",
        [
            "delete from record_keys where {application}",
            "update record_keys set key = 'x' || key where {application}",
            "update record_keys set due = '2030' where {application}",
            "insert into record_keys select office, 'x', due, kind, id from records where {copy}",
        ],
        ids=["gone", "others", "at another time", "one more"],
    )
    def test_a_changed_search_key(self, store: Store, sql: str):
        """Who looks for a person would not find them, or others."""
        store.tamper(sql)
        assert ends(store.faults) == ["is not found by its search keys"]

    @pytest.mark.parametrize("change", ["seq = seq + 1", "recorded = '2999' || recorded"])
    def test_where_the_office_goes_on(self, store: Store, change: str):
        """The next entry would leave a gap, or be of a time to come."""
        store.tamper("update offices set {change}", change=change)
        (fault,) = store.faults
        assert fault.startswith("office: goes on from entry ")

    @pytest.mark.parametrize("keys", ["no JSON", "7", "null", "{}", '["7"]'])
    def test_keys_that_are_none(self, store: Store, keys: str):
        """They are told, and nobody else is kept from reading."""
        store.tamper("update records set keys = '{keys}' where {copy}", keys=keys)
        columns, *amiss = ends(store.faults)
        assert columns == "its index columns are not those of its journal"
        assert amiss in ([], ["is not found by its search keys"])

    def test_a_changed_version(self, store: Store):
        """The next command would be a conflict, or none where it should be one."""
        store.tamper("update records set version = version + 1 where {copy}")
        assert ends(store.faults) == ["is not what its journal says"]

    def test_a_removed_record(self, store: Store):
        """Its journal is about nothing, and what it claimed is nobody's."""
        store.tamper("delete from records where {copy}")
        assert ends(store.faults) == [
            "5 entries are about no stored record",
            "not by its journal",
            "not by its journal",
        ]

    def test_a_removed_record_with_all_it_claimed(self, store: Store):
        """Also if what it held is removed with it."""
        store.tamper("delete from records where {copy}")
        store.tamper("delete from claims where {copy}")
        assert ends(store.faults) == ["5 entries are about no stored record"]

    def test_an_added_record(self, store: Store):
        """A record without a journal came from nowhere."""
        store.tamper(
            "insert into records select office, kind, '{code}/7', version, state, region, queue,"
            " due, grp, keys, body from records where {copy}"
        )
        faults = store.faults
        assert faults
        assert all("/7" in fault for fault in faults)

    def test_a_record_of_another_kind(self, store: Store):
        """What was a copy is a parcel now."""
        store.tamper("update records set kind = 'parcel' where {copy}")
        faults = store.faults
        assert f"parcel {store.copy}: is not what its journal says" in faults
        assert "5 entries are about no stored record" in ends(faults)


class TestClaims:
    """Who holds what follows from the journal."""

    def test_a_removed_claim(self, store: Store):
        """A second case of the same person could be opened."""
        store.tamper("delete from claims where {application}")
        assert ends(store.faults) == ["a claim of it is not held"]

    def test_an_added_claim(self, store: Store):
        """Somebody could not apply, and nobody would know why."""
        store.tamper("insert into claims values ('35.23', 'k', 'application', '{code}')")
        assert ends(store.faults) == ["not by its journal"]

    def test_a_claim_of_something_else(self, store: Store):
        """Held, but not by whom the journal says."""
        store.tamper("update claims set id = '2222222222-2' where {application}")
        assert "not by its journal" in ends(store.faults)


class TestJournal:
    """Entries are chained over their stored bytes, in a sequence without gaps."""

    @pytest.mark.parametrize(
        "body",
        [
            """replace(body, '"by":"siti"', '"by":"joko"')""",
            """replace(body, 'operator@35.23.08.2001', 'operator@35.23.08.2002')""",
            """replace(body, '2021-07-12', '2021-07-11')""",
            "body || ' '",
            "'not json'",
            "'{}'",
            "'[]'",
        ],
        ids=["actor", "post", "day", "a blank more", "no JSON", "empty object", "a list"],
    )
    def test_a_changed_entry(self, store: Store, body: str):
        """Another actor, another post, another day, or nothing that can be read."""
        store.tamper("update journal set body = cast({body} as blob) where seq = {last}", body=body)
        assert f"the chain of copy {store.copy} breaks here" in ends(store.faults)

    def test_a_changed_value(self, store: Store):
        """The state that an entry set: the chain breaks, and the record is another one."""
        other = """replace(body, '"state":"at_village"', '"state":"at_office"')"""
        store.tamper(
            "update journal set body = cast({body} as blob) where seq = {last}", body=other
        )
        said = ends(store.faults)
        assert f"the chain of copy {store.copy} breaks here" in said
        assert "is not what its journal says" in said

    def test_a_changed_entry_with_its_hash_made_right(self, store: Store):
        """Who recomputes the last hash of a chain fits neither what was answered nor the head."""
        (*_, (_, before, _), (seq, _, body)) = store.entries()
        forged = body.replace(b'"siti"', b'"joko"')
        store.connection.execute(
            "update journal set body = ?, hash = ? where seq = ?",
            (forged, chain(before, forged), seq),
        )
        command = orjson.loads(body)["command"]
        assert store.faults == [
            f"copy {store.copy}: is not what its journal says",
            f"journal {seq}: command {command} was not answered so",
            f"command {command}: was answered what the journal does not tell",
        ]

    @pytest.mark.parametrize("year", [b"\xcf021", b"2o21", b'"021'])
    def test_a_time_that_is_none(self, store: Store, year: bytes):
        """The chain breaks there, and the rest is read."""
        (*_, (seq, _, body)) = store.entries()
        sql = "update journal set body = ? where seq = ?"
        spoilt = body.replace(b'"recorded":"2021', b'"recorded":"' + year)
        store.connection.execute(sql, (spoilt, seq))
        assert f"the chain of copy {store.copy} breaks here" in ends(store.faults)

    def test_a_changed_hash(self, store: Store):
        """The chain is broken at that entry and at the next."""
        store.tamper("update journal set hash = zeroblob(32) where seq = {first}")
        assert ends(store.faults) == [f"the chain of copy {store.copy} breaks here"] * 2

    def test_a_changed_version(self, store: Store):
        """An entry says which version it made."""
        store.tamper("update journal set version = 9 where seq = {last}")
        broken, *unanswered = ends(store.faults)
        assert broken == f"the chain of copy {store.copy} breaks here"
        assert unanswered[1:] == ["was answered what the journal does not tell"]

    @pytest.mark.parametrize(
        "sql",
        ["delete from journal where seq = {first}", "delete from journal where seq = {last}"],
        ids=["the first", "the last"],
    )
    def test_a_removed_entry(self, store: Store, sql: str):
        """What is left of its journal does not make the record."""
        store.tamper(sql)
        faults = store.faults
        assert f"copy {store.copy}: is not what its journal says" in faults

    def test_a_removed_entry_leaves_a_gap(self, store: Store):
        """The sequence of the office tells it too."""
        (first, *_) = store.entries()
        store.tamper("delete from journal where seq = {first}")
        assert f"journal {first[0]}: missing in the sequence" in store.faults

    def test_a_gap(self, store: Store):
        """All later entries were moved."""
        store.tamper("update journal set seq = seq + 1000 where seq > 3")
        assert store.faults[0] == "journal 4: missing in the sequence"
        assert store.faults[1].startswith("office: goes on from entry ")
        assert len(store.faults) == 2

    def test_a_swap(self, store: Store):
        """Two entries of one record stand in each other's place."""
        (*_, (one, *_), (other, *_)) = store.entries()
        for before, after in ((one, 0), (other, one), (0, other)):
            store.tamper(
                "update journal set seq = {after} where seq = {before}", after=after, before=before
            )
        assert f"the chain of copy {store.copy} breaks here" in ends(store.faults)

    def test_an_entry_of_another_record(self, store: Store):
        """Moved to another record, it is missed in the one and belongs to no other."""
        store.tamper("update journal set id = '{code}/7' where seq = {last}")
        said = ends(store.faults)
        assert "is not what its journal says" in said
        assert "1 entries are about no stored record" in said

    def test_an_added_entry(self, store: Store):
        """A decision that nobody took."""
        store.tamper(
            "insert into journal select office, (select max(seq) + 1 from journal), kind, id,"
            " version + 1, hash, body from journal where seq = {last}"
        )
        assert f"the chain of copy {store.copy} breaks here" in ends(store.faults)


def test_a_sound_store_has_no_faults(town: Town):
    """What was checked is counted, and said while it goes on."""
    town.at_village("akta-lahir", "kia-baru-0-5")
    seen: list[int] = []
    report = town.office.verify(seen.append)
    assert (report.clean, report.faults) == (True, ())
    assert report.entries == len(town.office.journal())
    assert seen == list(range(1, report.records + 1))
    assert report.claims == len(town.office.storage.claims(TUBAN))


def test_a_body_is_canonical(town: Town):
    """The stored bytes are the canonical JSON of fields and head."""
    ref = ("application", town.case("ktp-hilang").code)
    body = town.office.storage.load(TUBAN, [ref])[ref].body
    data = orjson.loads(body)
    assert body == orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    assert sorted(data) == ["fields", "head"]


def test_it_reads_page_after_page(town: Town, monkeypatch: pytest.MonkeyPatch):
    """However small the pages, everything is checked once."""
    town.at_village("akta-lahir", "kia-baru-0-5")
    whole = town.office.verify()
    monkeypatch.setattr("adminduk.office.verification._PAGE", 1)
    assert town.office.verify() == whole
