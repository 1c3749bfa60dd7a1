"""What the library stored itself: trusted, canonical, and the same after a round trip."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, get_args

import attrs
import orjson
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from office_days import OWNER, Town
from office_states import everything

from adminduk.codec import Order, dump, load, to_json
from adminduk.envelope import OpenKeyring, body_of, restore, store
from adminduk.journal import (
    GENESIS,
    Change,
    Occasion,
    chain,
    changed_fields,
    fold,
    read_change,
    write_change,
)
from adminduk.records import (
    KINDS,
    Application,
    Bag,
    Case,
    Collector,
    Copy,
    Original,
    Promise,
    Record,
    Settings,
)
from adminduk.testing import strategies as draw
from adminduk.testing.strategies.practice import promises

KEYRING = OpenKeyring(b"secret")

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Give something in every state."""
    return everything(Town())


@given(promises())
def test_a_promise_comes_back(promise: Promise):
    """It is stored with its product and with each of its copies."""
    assert load(dump(promise), Promise) == promise


class TestRecords:
    """A record is stored as plain fields, its personal part in an envelope."""

    def test_come_back_as_they_were(self, records: list[Record]):
        """Whatever the state."""
        for record in records:
            stored = store(record, None, KEYRING)
            assert restore(record.KIND, stored, record.version, KEYRING) == record

    def test_come_back_from_their_bytes(self, records: list[Record]):
        """Also after the JSON that is written."""
        for record in records:
            body = orjson.loads(body_of(store(record, None, KEYRING), GENESIS))
            assert restore(record.KIND, body["fields"], record.version, KEYRING) == record

    def test_hold_nothing_personal_outside_the_envelope(self, records: list[Record]):
        """Neither names nor numbers of people."""
        for record in records:
            if isinstance(record, Bag):
                continue
            open_part = store(record, None, KEYRING) | {"personal": None}
            assert b"Wulandari" not in to_json(open_part)
            assert b"352308" not in to_json(open_part)

    def test_keep_the_envelope_while_its_content_is_the_same(self, records: list[Record]):
        """It is sealed anew only where the personal part changed."""
        case = next(one for one in records if isinstance(one, Application))
        before = store(case, None, KEYRING) | {"personal": "sealed earlier"}
        after = evolve(case, state="returned")
        assert store(after, (case, before), KEYRING)["personal"] == "sealed earlier"
        other = evolve(case, personal=evolve(case.case, reason="Ketemu"))
        assert store(other, (case, before), KEYRING)["personal"] != "sealed earlier"

    def test_are_sealed_under_the_key_of_their_case(self, records: list[Record]):
        """Copies and originals too; a bag, and what is the office's own, hold nothing personal."""
        for record in records:
            keyring = _Noting()
            fields = store(record, None, keyring)
            assert restore(record.KIND, fields, record.version, keyring) == record
            case = record.id if isinstance(record, Application) else None
            if isinstance(record, Copy | Original) and record.personal is not None:
                case = record.application
            assert keyring.owners == ([] if case is None else [case.full()] * 2)


class _Noting(OpenKeyring):
    """A keyring that notes under whose key it seals and opens."""

    def __init__(self) -> None:
        super().__init__(bytes(32))
        object.__setattr__(self, "owners", [])

    def seal(self, owner: str, plain: bytes) -> str:
        self.owners.append(owner)
        return super().seal(owner, plain)

    def open(self, owner: str, sealed: str) -> bytes:
        self.owners.append(owner)
        return super().open(owner, sealed)


class TestLoading:
    """What is read is trusted, but nothing is made up."""

    SETTINGS: ClassVar = {
        "region": "35.23",
        "state": "in_force",
        "begun": "2021-07-12T08:00:00+07:00",
    }

    @pytest.mark.parametrize("missing", ["region", "state", "begun"])
    def test_a_field_that_is_missing(self, missing: str):
        """One that has no default."""
        data = {name: one for name, one in self.SETTINGS.items() if name != missing}
        with pytest.raises(TypeError, match=f"Settings without {missing}"):
            load(data, Settings)

    def test_a_field_that_there_is_not(self):
        """It would be lost when the record is next written."""
        with pytest.raises(KeyError):
            load(self.SETTINGS | {"colour": "red"}, Settings)

    def test_each_has_dictionaries_of_its_own(self):
        """Neither another record nor the stored data changes with one."""
        data = self.SETTINGS | {"approvals": {"replace": "nobody"}}
        one, other = load(self.SETTINGS, Settings), load(self.SETTINGS, Settings)
        told = load(data, Settings)
        one.approvals["reject"] = "nobody"
        told.approvals["reject"] = "nobody"
        assert (other.approvals, data["approvals"]) == ({}, {"replace": "nobody"})


class TestCanonical:
    """The same data give the same bytes."""

    @given(plain)
    def test_whatever_the_order_of_keys(self, data: Any):
        """Keys are sorted, at every depth."""
        assert to_json(data) == to_json(orjson.loads(to_json(_turned(data))))

    def test_without_spaces(self):
        """As short as can be."""
        assert to_json({"b": [1, 2], "a": {"d": None, "c": "é"}}) == (
            '{"a":{"c":"é","d":null},"b":[1,2]}'.encode()
        )


def _turned(data: Any) -> Any:
    """Give the same data with all keys in the opposite order."""
    if isinstance(data, dict):
        return {key: _turned(data[key]) for key in reversed(list(data))}
    return [_turned(one) for one in data] if isinstance(data, list) else data


class TestCommands:
    """What the library dumps it loads."""

    @given(draw.orders())
    def test_come_back_as_they_were(self, order: Order):
        """Every command, with who sent it."""
        command = order.command
        assert load(orjson.loads(to_json(dump(command))), type(command)) == command

    @given(draw.collectors())
    def test_so_do_collectors(self, collector: Collector):
        """The personal part of a paper."""
        assert load(dump(collector), Collector) == collector

    def test_so_do_cases(self):
        """The personal part of an application, with facts of every type."""
        town = Town()
        case = town.application(town.case("ktp-hilang")).case
        case = evolve(case, facts={"a": True, "b": 3, "c": "tiga"})
        assert load(orjson.loads(to_json(dump(case))), Case) == case


class TestJournal:
    """Entries: what changed, chained over their bytes."""

    def test_an_entry_is_read_as_it_was_written(self):
        """Its sequence is no part of it, and added by who reads it."""
        occasion = Occasion(
            command="7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a",
            do="plan",
            by="wahyu",
            post="print_operator@35.23",
            approved_by="hadi",
            at="2021-07-12T08:00:00+07:00",
            recorded="2021-07-12T01:00:00.000250+00:00",
        )
        change = read_change(7, write_change(occasion, ("bag", "BAG-1"), 3, {"state": "planned"}))
        assert change == Change(
            seq=7,
            kind="bag",
            id="BAG-1",
            version=3,
            command="7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a",
            do="plan",
            by="wahyu",
            post="print_operator@35.23",
            approved_by="hadi",
            at=datetime(2021, 7, 12, 1, 0, tzinfo=UTC),
            recorded=datetime(2021, 7, 12, 1, 0, 0, 250, tzinfo=UTC),
            set={"state": "planned"},
        )
        lent = {"through": "D-1", "approved_through": "D-2"}
        by_delegation = write_change(evolve(occasion, **lent), ("bag", "BAG-1"), 3, {})
        assert read_change(7, by_delegation) == evolve(change, set={}, **lent)

    def test_the_chain_depends_on_everything_before(self):
        """Another entry, another order, another beginning: another head."""
        one, other = b"one", b"other"
        heads = {
            chain(chain(GENESIS, one), other),
            chain(chain(GENESIS, other), one),
            chain(GENESIS, one + other),
            chain(chain(bytes([1] * 32), one), other),
        }
        assert len(heads) == 4
        assert {len(head) for head in heads} == {32}

    @given(
        st.lists(st.dictionaries(st.sampled_from("abc"), plain, max_size=3), min_size=1, max_size=5)
    )
    def test_folding_gives_what_was_stored(self, versions: list[dict[str, Any]]):
        """Only what is new or has another value is written, and that is enough."""
        full = [
            {name: value for name, value in one.items() if value is not None} for one in versions
        ]
        folded: dict[str, Any] = {}
        before: dict[str, Any] | None = None
        for fields in full:
            folded = fold(folded, changed_fields(before, fields))
            before = fields
            assert folded == fields

    def test_what_did_not_change_is_not_written(self):
        """And what has its default again is null."""
        assert changed_fields({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": 3}
        assert changed_fields({"a": 1}, {"a": 1}) == {}
        assert changed_fields({"a": 1}, {}) == {"a": None}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.KIND)
def test_none_is_always_a_default(kind: type[Any]):
    """In the journal null says that a field has its default again."""
    odd = [
        one.name
        for one in attrs.fields(attrs.resolve_types(kind))
        if type(None) in get_args(one.type) and one.default is not None
    ]
    assert odd == []


def test_who_received_a_paper_is_in_the_envelope():
    """The name is sealed, not written in the open."""
    town = Town()
    case = town.at_village("ktp-hilang")
    town.siti.hand_over(case.copy, to=OWNER)
    (*_, change) = town.office.journal(case.copy)
    assert set(change.set) == {"state", "custodian", "since", "due", "personal"}
    assert isinstance(change.set["personal"], str)
