"""One thing in an encrypted office is damaged: it is named, and all else goes on."""

from __future__ import annotations

from pathlib import Path

import apsw
import orjson
import pytest
from encrypted_office import OFFICE, codes_of, office_at, ring_of

from adminduk import Office
from adminduk.codec import to_json
from adminduk.errors import StorageFailure
from adminduk.ports import WrappedKey


def changed(sealed: str) -> str:
    """Change a letter in the middle of an envelope."""
    place = len(sealed) // 2
    return sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]


def tamper(folder: Path, sql: str, *values: object) -> None:
    """Write past the library."""
    raw = apsw.Connection(str(folder / "office.db"))
    raw.execute(sql, values)  # type: ignore[arg-type]
    raw.close()


def test_a_message(office: Office, folder: Path):
    """Is seen as what it is, and fails as one that is not taken; the others are sent."""
    first, *others = office.storage.messages(OFFICE, parked=False)
    body = orjson.loads(first.body)
    body["sealed"] = changed(body["sealed"])
    tamper(folder, "update messages set body = ? where key = ?", to_json(body), first.key)
    shown = {one.key: one for one in office.messages(parked=False)}
    assert shown[first.key].damaged
    assert len(others) > 1
    assert not any(shown[one.key].damaged for one in others)
    done = office.deliver()
    assert done.again == 1
    assert done.sent + done.past == len(others)


def test_the_envelope_of_a_record(office: Office, folder: Path):
    """The case cannot be read, and says so; the journal is told apart from what it makes."""
    code, other, *_ = codes_of(office)
    sql = "select body from records where kind = 'application' and id = ?"
    raw = apsw.Connection(str(folder / "office.db"))
    ((body,),) = raw.execute(sql, (code,)).fetchall()
    raw.close()
    told = orjson.loads(body)
    told["fields"]["personal"] = changed(told["fields"]["personal"])
    tamper(folder, "update records set body = ? where id = ?", to_json(told), code)
    with pytest.raises(StorageFailure) as caught:
        office.record("application", code)
    assert caught.value.facts["reason"] == "corrupt"
    assert f"what is sealed of {code} is damaged" in str(caught.value)
    assert office.record("application", other)
    assert office.verify().faults == (f"application {code}: is not what its journal says",)


def test_a_key(office: Office, folder: Path):
    """Whoever needs it is told; to verify names every record that is sealed under it."""
    code = codes_of(office)[0]
    wrapped = office.storage.keys_of(OFFICE, [code])[code]
    broken = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    office.storage.replace_keys(OFFICE, [(WrappedKey(code, wrapped), broken)])
    for one in (office, office_at(folder)):
        with pytest.raises(StorageFailure) as caught:
            one.record("application", code)
        assert f"the key of {code} is damaged" in str(caught.value)
        faults = one.verify().faults
        assert any(
            fault.startswith(f"application {code}: its journal makes no") for fault in faults
        )
        assert all(code in fault for fault in faults)
        one.close()
    assert ring_of(office).destroy(code)
    assert office.verify().clean


def test_a_profile_that_says_it_is_open(office: Office, folder: Path):
    """Is refused by who gives a master: nobody has it write in the clear from then on."""
    profile = to_json({"format": 1, "secret": "00" * 32})
    tamper(folder, "update offices set profile = ?", profile)
    with pytest.raises(Exception, match="not_encrypted"):
        office_at(folder)
    assert office.region.full() == OFFICE
