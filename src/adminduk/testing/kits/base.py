"""What every check stands on: the storage it is given, and what a storage may declare missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Final, TypeVar

import pytest

from adminduk.plugins import open_storage
from adminduk.ports import (
    Claim,
    Executed,
    JournalEntry,
    Lease,
    Message,
    Ref,
    Row,
    Storage,
    WrappedKey,
)
from adminduk.testing.rows import OFFICE

__all__ = [
    "CAPABILITIES",
    "CARRYING",
    "KEEPING",
    "SENDING",
    "Checks",
    "Kit",
    "Open",
    "everything",
    "needs",
]

CAPABILITIES: Final = {
    "several_processes": "Several processes may use the store at once.",
    "durable": "What was committed outlives the process that committed it, however that ended.",
    "reopens": "Opening the same URL again gives the same store.",
}
"""What a storage may declare missing by a class attribute that is False, and what it means."""

SENDING: Final = {
    "observed": "What was taken can be looked at: the fixture `taken` gives it.",
    "fails": "There is a way not to be able to send: the fixture `failing_url` gives its URL.",
    "drops_repeats": "Who receives a message twice under one key is shown it once.",
    "gives_up": "It knows of some numbers that they are never reached: `unreachable` gives one.",
}
"""The same of a notifier, and of what can be seen of it."""

CARRYING: Final = {
    "observed": "What is to be carried can be looked at: the fixture `carried` gives it.",
    "fails": "There is a way not to reach it: the fixture `failing_url` gives its URL.",
}
"""The same of a courier."""

KEEPING: Final = {
    **CAPABILITIES,
    "damages": "What is kept can be damaged: the fixture `damage` does it to a digest.",
}
"""The same of a store of scans."""

_EVERY: Final = {*CAPABILITIES, *SENDING, *CARRYING, *KEEPING}

Open = Callable[[], Storage]
_Check = TypeVar("_Check", bound=Callable[..., None])


def needs(*capabilities: str) -> Callable[[_Check], _Check]:
    """Mark a check as one that is skipped where one of these capabilities is missing."""
    assert set(capabilities) <= _EVERY

    def mark(check: _Check) -> _Check:
        check.needs = capabilities  # type: ignore[attr-defined] # read by `_is_possible`
        return check

    return mark


class Checks:
    """What all kits are: a subclass says where, and what is missing; it replaces no check."""

    WHERE: ClassVar[str] = "request"
    """The fixture by which a subclass says what is checked; it may declare what is missing."""
    SAYS: ClassVar[frozenset[str]] = frozenset({"SAYS", "WHERE"})
    """What a subclass may say; all else is as the kit has it."""

    def __init_subclass__(cls) -> None:
        """Refuse a class in which a check, or what checks stand on, has been replaced.

        Raises:
            TypeError: Something of that name is there already.
        """
        super().__init_subclass__()
        for place, holder in enumerate(cls.__mro__):
            for below in cls.__mro__[place + 1 :]:
                if not issubclass(below, Checks):
                    continue
                for name in sorted((vars(holder).keys() & vars(below).keys()) - below.SAYS):
                    if not name.startswith("__"):
                        raise TypeError(
                            f"{holder.__name__}.{name} would replace that of {below.__name__}:"
                            f" a check is not replaced; declare what is missing of"
                            f" {', '.join(sorted(below.SAYS & _EVERY))}"
                        )

    @pytest.fixture(autouse=True)
    def _is_possible(self, request: pytest.FixtureRequest) -> None:
        assert request.getfixturevalue(self.WHERE)
        needed = getattr(request.function, "needs", ())
        missing = [name for name in needed if not getattr(self, name)]
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")


class Kit(Checks):
    """The root of the kits of storages."""

    WHERE = "storage_url"
    SAYS = frozenset(
        {
            "SAYS",
            "storage_url",
            "histories",
            "many",
            "every_point",
            "kills",
            "shrinks",
            *CAPABILITIES,
        }
    )

    several_processes: ClassVar[bool] = True
    durable: ClassVar[bool] = True
    reopens: ClassVar[bool] = True

    @pytest.fixture
    def storage_url(self) -> str:
        """Give the URL of an empty place, a new one for each check; every subclass says where."""
        raise NotImplementedError("define the fixture storage_url: the URL of an empty place")

    @pytest.fixture
    def opened(self, storage_url: str) -> Iterator[Open]:
        """Give what opens the URL, once more each time; all are closed in the end."""
        every: list[Storage] = []

        def open_one() -> Storage:
            every.append(_Plain(open_storage(storage_url)))
            return every[-1]

        yield open_one
        for one in every:
            one.close()

    @pytest.fixture
    def storage(self, opened: Open) -> Storage:
        """Give the storage with one office."""
        storage = opened()
        storage.add_office(OFFICE, b"profile")
        return storage


class _Plain:
    """A storage whose answers are lists and dicts: which sequence it gives is its own affair."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.add_office = storage.add_office
        self.office = storage.office
        self.commit = storage.commit
        self.settle = storage.settle
        self.unpark = storage.unpark
        self.replace_keys = storage.replace_keys
        self.destroy_key = storage.destroy_key
        self.head = storage.head
        self.bell = storage.bell
        self.close = storage.close

    def offices(self) -> dict[str, bytes]:
        return dict(self._storage.offices())

    def executed(self, office: str, ids: Iterable[str]) -> dict[str, Executed]:
        return dict(self._storage.executed(office, ids))

    def commands(self, office: str, **asked: Any) -> list[Executed]:
        return list(self._storage.commands(office, **asked))

    def load(self, office: str, refs: Iterable[Ref], **more: Iterable[Any]) -> dict[Ref, Row]:
        return dict(self._storage.load(office, refs, **more))

    def find(self, office: str, **asked: Any) -> tuple[list[Row], str | None]:
        rows, after = self._storage.find(office, **asked)
        return list(rows), after

    def journal(self, office: str, **asked: Any) -> list[JournalEntry]:
        return list(self._storage.journal(office, **asked))

    def claims(self, office: str, **asked: Any) -> list[Claim]:
        return list(self._storage.claims(office, **asked))

    def lease(self, office: str, **asked: Any) -> list[Lease]:
        return list(self._storage.lease(office, **asked))

    def messages(self, office: str, **asked: Any) -> list[Message]:
        return list(self._storage.messages(office, **asked))

    def keys_of(self, office: str, owners: Iterable[str]) -> dict[str, bytes]:
        return dict(self._storage.keys_of(office, owners))

    def keys(self, office: str, **asked: Any) -> list[WrappedKey]:
        return list(self._storage.keys(office, **asked))

    def amiss(self, office: str) -> list[str]:
        return list(self._storage.amiss(office))


def everything(storage: Storage, office: str = OFFICE) -> tuple[object, ...]:
    """Give all that an office holds, to see that nothing changed."""
    return (
        storage.find(office),
        storage.journal(office),
        storage.claims(office),
        storage.executed(office, ["c1", "c2", "c3"]),
        storage.messages(office, parked=False),
        storage.messages(office, parked=True),
        storage.keys(office),
    )
