"""Texts that mean something to a database: they are kept as they are, and do nothing."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from adminduk.ports import Executed, Message, Storage
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.kits.base import Kit, everything
from adminduk.testing.rows import NEVER, OFFICE, batch, claim, entry, key, time, write

__all__ = ["StrangeTextChecks"]

_STRANGE: Final = (
    *("'", '"', "`", "\\", "\\'", ";", "--", "/*", "%", "_", "*", "?", "?1", "$1", ":id", "@id"),
    *("%s", "%(office)s", "{looks}", "{{", "NULL", "1 or 1=1", "x' or ''='", "select 1", "[]"),
    *("'; drop table records; --", '"; delete from journal; --', "$$; drop table claims; $$"),
    *("../x", "/etc/passwd", "con", "=cmd|' /C calc'!A0", "</script>", "a\nb", "a\tb", " a "),
    *("\0", "a\0b", "\1", "\1\1", "\x1b[2J", "\x7f", "\x9b", "\u2028", "\u202e", "\ufeff"),
    *("é", "e\u0301", "İ", "\U0001f600", "\uffff", "\U0010ffff"),
)
_OFFICES: Final = (OFFICE, "'; drop table records; --", "a\0b", "%(office)s")


class StrangeTextChecks(Kit):
    """What comes from outside is a value, wherever it stands, and never a part of a statement."""

    def test_a_text_is_kept_and_found_as_it_is(self, storage: Storage) -> None:
        """In every place, by every method, as the storage in memory does; nothing else changes."""
        model: Storage = MemoryStorage()
        model.add_office(OFFICE, b"profile")
        for one in (storage, model):
            one.add_office("35.24", b"")
            one.commit("35.24", batch(write("A"), entries=(entry("A"),), take=(claim("k", "A"),)))
        before = everything(storage, "35.24")
        for office in _OFFICES:
            assert _told(storage, office) == _told(model, office)
        assert everything(storage, "35.24") == before


def _everywhere(text: str) -> dict[str, Any]:
    """Put a text into every column of a record by which it is found."""
    return dict.fromkeys(("kind", "state", "region", "queue", "group"), text)


def _told(storage: Storage, office: str) -> list[object]:
    """Write strange texts into every place; give what each method says of them."""
    storage.add_office(office, office.encode())
    storage.commit(
        office,
        batch(
            *(write(one, keys=(one,), **_everywhere(one)) for one in _STRANGE),
            entries=tuple(entry(one, kind=one) for one in _STRANGE),
            take=tuple(claim(one, one) for one in _STRANGE),
            commands=tuple(Executed(one, one, one.encode(), b"{}") for one in _STRANGE),
            messages=tuple(Message(one, time(0), one.encode()) for one in _STRANGE),
            keys=tuple(map(key, _STRANGE)),
            minute=1,
        ),
    )
    told: list[object] = [
        storage.office(office),
        storage.load(office, [(one, one) for one in _STRANGE]),
        storage.load(office, [], groups=_STRANGE),
        storage.load(office, [], below=[(one, one) for one in _STRANGE]),
        storage.executed(office, _STRANGE),
        storage.claims(office),
        storage.commands(office),
        storage.journal(office),
        storage.messages(office, parked=False),
        storage.keys_of(office, _STRANGE),
        storage.keys(office),
        storage.replace_keys(office, [(key(one), b"new") for one in _STRANGE[::2]]),
        [storage.destroy_key(office, one) for one in _STRANGE[::3]],
        storage.keys(office),
    ]
    for one in _STRANGE:
        asked = {**_everywhere(one), "key": one, "due_until": one}
        told += [storage.find(office, **{place: said}) for place, said in asked.items()]
        told += [storage.journal(office, of=(one, one)), storage.keys(office, after=one, limit=1)]
        told += [storage.claims(office, after=one, limit=1)]
        told += [storage.commands(office, after=one, limit=1)]
        told += [storage.messages(office, parked=False, after=(time(0), one), limit=1)]
    return told + list(chain.from_iterable(_sent(storage, office)))


def _sent(storage: Storage, office: str) -> list[tuple[object, ...]]:
    """Send what was written as messages is sent; give what that says."""
    lent = storage.lease(office, now=time(1), until=time(2), limit=len(_STRANGE))
    told: list[tuple[object, ...]] = [tuple((one.message, one.attempts) for one in lent)]
    for place, one in enumerate(lent):
        named = one.message.key
        how: dict[str, Any] = {"again": NEVER, "parked": bool(place % 2)}
        told.append(tuple(storage.settle(office, named, by, **how) for by in (named, one.token)))
        told.append(tuple(storage.unpark(office, named, due=due) for due in (time(3), named)))
    told.append((storage.messages(office, parked=False), storage.messages(office, parked=True)))
    return told
