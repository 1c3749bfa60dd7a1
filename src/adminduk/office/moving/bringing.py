"""Bringing offices into a storage, from a file: in batches, each once, and held against the file.

Until all of it is there and verified, the office holds one claim more than its records do. It says
how far the import has come, and nobody opens an office that has it. Each batch gives that claim
back and takes the next in the same commit: of two imports, or of one that was started again, only
one can. Records are written last, and until then every batch says that there are none: an import
that slept while another one ended writes nothing more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import uuid4

from attrs import define, evolve, field, frozen

from adminduk import plugins
from adminduk.envelope import Keyring
from adminduk.errors import InvalidInput
from adminduk.office.moving.answers import unanswered
from adminduk.office.moving.contents import Contents
from adminduk.office.moving.holding import held, told
from adminduk.office.moving.lines import SECTIONS, End, Start, Thing, Told, write
from adminduk.office.moving.meter import Meter
from adminduk.office.moving.reading import Piece, contents_of, only, pieces, recorded_of
from adminduk.office.moving.refusing import (
    not_sound,
    of_another_file,
    others_write,
    taken,
)
from adminduk.office.moving.stages import CHECKING, VERIFYING, Progress, untold
from adminduk.office.opening import MOVING, keyring_to_verify
from adminduk.office.verification import Verifier
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Entry,
    Executed,
    JournalEntry,
    Master,
    Ref,
    Row,
    StaleVersions,
    Storage,
    WrappedKey,
    Write,
)

__all__ = ["bring_in", "bring_into"]

_MOST: Final = 1000
"""How many things one commit writes at most."""

_ROOM: Final = 2**22
"""And how many bytes of the file, unless one thing alone has more."""

_KEPT: Final = 10 * _MOST
"""No batch was ever larger, whichever version began."""

_NEVER: Final = "0001-01-01T00:00:00.000000Z"
"""Nothing was recorded before."""

_EVER: Final = "9999-12-31T23:59:59.999999Z"
"""Nothing is due later."""

_KIND: Final = "import"

_NOTHING: Final = End((0,) * len(SECTIONS))


def bring_in(
    url: str,
    file: Path,
    *,
    region: str | None = None,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = untold,
) -> Contents:
    """Bring the offices in a file into a store that does not have them.

    Started again after it was broken off, it goes on where it stopped; when all is there already,
    it says so by ending well.

    Args:
        url: The store.
        file: What `take_out` wrote.
        region: The office that the file must be of; any where it is left out.
        keyring: What opens the offices to verify them, in place of their own.
        master: What unwraps the keys of encrypted ones; without it no envelope is opened.
        progress: Is told the stage, and how far it has come.

    Raises:
        InvalidInput: The URL is none.
        Refused: The file is none, cut off, changed, of another version or office; the store has
            such an office; or what came is not sound, and is opened by nobody.
        StorageFailure: The file cannot be read, or the store not written.
    """
    storage = plugins.open_storage(url)
    try:
        return bring_into(
            storage, file, region=region, keyring=keyring, master=master, progress=progress
        )
    finally:
        storage.close()


def bring_into(
    storage: Storage,
    file: Path,
    *,
    region: str | None = None,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = untold,
) -> Contents:
    """Bring offices into a storage that is open; all as `bring_in`."""
    contents, profiles = contents_of(file, lambda percent: progress(CHECKING, percent))
    only(list(profiles), region, file)
    moved = _Moved(storage, file, contents, profiles)
    moved.bring(progress)
    for office, profile in profiles.items():
        keys = keyring or keyring_to_verify(storage, office, profile, master)
        moved.check(office, keys, lambda done: progress(VERIFYING, done))
    for office in profiles:
        moved.end(office)
    return contents


@frozen
class _Moved:
    """The offices of a file, and where they go."""

    storage: Storage
    file: Path
    contents: Contents
    profiles: Mapping[str, bytes]

    def bring(self, progress: Progress) -> None:
        """Bring in what is not there yet.

        Raises:
            Refused: There is another such office.
        """
        places = {office: self._place(office) for office in self.profiles}
        for office, place in places.items():
            if place is None and not self._is_there(office):
                raise taken(office)
        meter = Meter(self.contents, progress)
        every = pieces(self.file, self.contents.digest)
        for _, start in every:
            assert isinstance(start, Start), "every office begins so"
            things = _until_end(every)
            place = places[start.office]
            if place is not None:
                if self.storage.add_office(start.office, start.profile) != start.profile:
                    raise taken(start.office)
                _Bringing(self.storage, start.office, place, meter).bring(things)
            deque(things, maxlen=0)
        meter.tell()

    def check(self, office: str, keyring: Keyring, progress: Callable[[int], None]) -> None:
        """Verify an office, and hold it against the file.

        Raises:
            Refused: It is not sound, or not what the file holds.
        """
        report = Verifier(self.storage, office, keyring, progress, apart=MOVING).run()
        faults = list(report.faults)
        if not faults:
            commands = self.contents.offices[office].commands
            keys = (one.message.key for one in told(self.storage, office))
            faults = unanswered(self.storage, office, commands, keys)
        if not faults and not self._is_there(office):
            faults = [f"{office}: is not what the file holds"]
        if faults:
            raise not_sound(office, faults)

    def end(self, office: str) -> None:
        """Give the claim back, so that the office can be opened."""
        claim = _moving(self.storage, office)
        if claim is not None:
            last = self.contents.offices[office].entries
            entries = self.storage.journal(office, after=last - 1, limit=1)
            recorded = [_NEVER, *map(recorded_of, entries)]
            self.storage.commit(office, Batch(recorded[-1], release=(claim,)))

    def _place(self, office: str) -> _Place | None:
        """Say how far an office has come; None: it may be all there."""
        if self.storage.office(office) not in {None, self.profiles[office]}:
            raise taken(office)
        claim = _moving(self.storage, office)
        if claim is not None:
            count, digest, _ = claim.id.split("/")
            return _Place(claim, int(count), digest)
        held_now = held(self.storage, office, b"")
        return _Place() if next(islice(held_now, 1, None)) == _NOTHING else None

    def _is_there(self, office: str) -> bool:
        """Whether an office is, line by line, what the file holds."""
        now = map(write, held(self.storage, office, self.profiles[office]))
        inside = False
        for raw, piece in pieces(self.file, self.contents.digest):
            inside = piece.office == office if isinstance(piece, Start) else inside
            if inside and raw != next(now, b""):
                return False
        return next(now, None) is None


def _until_end(rest: Iterator[Piece]) -> Iterator[tuple[bytes, Thing]]:
    raw, piece = next(rest)
    while not isinstance(piece, End):
        assert not isinstance(piece, Start), "no office begins within another"
        yield raw, piece
        raw, piece = next(rest)


@frozen
class _Place:
    """How far an import has come.

    Attributes:
        claim: The claim that says so; None: nothing was committed.
        count: How many things are there.
        digest: The SHA-256 of their lines.
    """

    claim: Claim | None = None
    count: int = 0
    digest: str = sha256().hexdigest()


def _moving(storage: Storage, office: str) -> Claim | None:
    return next((one for one in storage.claims(office, limit=1) if one.key == MOVING), None)


@define
class _Bringing:
    """One office being brought in."""

    storage: Storage
    office: str
    place: _Place
    meter: Meter
    recorded: str = _NEVER
    entries: int = 0
    first: Ref | None = None
    """The record of the first entry."""
    parking: deque[str] = field(factory=lambda: deque(maxlen=_KEPT))
    """The keys of messages that are to be parked, and may still wait."""

    def bring(self, things: Iterator[tuple[bytes, Thing]]) -> None:
        """Write what is not there yet, batch by batch.

        Raises:
            Refused: What is there is of another file, or somebody else writes there.
        """
        hashed = sha256()
        count = 0
        for raw, thing in islice(things, self.place.count):
            hashed.update(raw)
            count += 1
            self._note(thing)
        if (count, hashed.hexdigest()) != (self.place.count, self.place.digest):
            raise of_another_file(self.office)
        self._park()
        for batch in _batches(things):
            held = self.place.claim or self._closed(hashed.hexdigest())
            for raw, thing in batch:
                hashed.update(raw)
                self._note(thing)
            count += len(batch)
            self._commit([thing for _, thing in batch], f"{count}/{hashed.hexdigest()}", held)
            self._park()

    def _closed(self, digest: str) -> Claim:
        """Have nobody open the office, if nothing was ever recorded there; give the claim.

        Raises:
            Refused: Something was.
        """
        claim = Claim(MOVING, _KIND, f"0/{digest}/{uuid4().hex}")
        try:
            self.storage.commit(self.office, Batch(_NEVER, take=(claim,)))
        except ClockBehind:
            raise taken(self.office) from None
        except ClaimTaken:
            raise others_write(self.office) from None
        return claim

    def _note(self, thing: Thing) -> None:
        self.meter.passed()
        if isinstance(thing, JournalEntry):
            self.recorded, self.entries = recorded_of(thing), thing.seq
            self.first = self.first or (thing.kind, thing.id)
        elif isinstance(thing, Told):
            if thing.parked:
                self.parking.append(thing.message.key)
            else:
                self.parking.clear()

    def _commit(self, things: list[Thing], come: str, held: Claim) -> None:
        claim = Claim(MOVING, _KIND, f"{come}/{uuid4().hex}")
        writes = tuple(Write(one, 0) for one in things if isinstance(one, Row))
        batch = Batch(
            self.recorded,
            writes=writes,
            unchanged=() if writes or self.first is None else ((self.first, 0),),
            entries=tuple(
                Entry(one.kind, one.id, one.version, one.hash, one.body)
                for one in things
                if isinstance(one, JournalEntry)
            ),
            release=(held,),
            take=(*(one for one in things if isinstance(one, Claim)), claim),
            commands=tuple(one for one in things if isinstance(one, Executed)),
            messages=tuple(one.message for one in things if isinstance(one, Told)),
            keys=tuple(one for one in things if isinstance(one, WrappedKey)),
        )
        try:
            last = self.storage.commit(self.office, batch)
        except (ClaimTaken, ClockBehind, CommandKnown, InvalidInput, StaleVersions) as error:
            if _moving(self.storage, self.office) != held:
                raise others_write(self.office) from None
            why = f"{self.office}: contradicts itself ({type(error).__name__})"
            raise not_sound(self.office, [why]) from error
        if last != self.entries:
            raise others_write(self.office)
        self.place = evolve(self.place, claim=claim)

    def _park(self) -> None:
        """Park those of the messages that are to be, and wait as they came in.

        They are lent until a time that is past already, so that they wait for nobody but us. In
        the file they come before those that wait, and so they are lent first.
        """
        wanted = set(self.parking)
        while wanted and _moving(self.storage, self.office) == self.place.claim:
            lent = self.storage.lease(
                self.office, now=_EVER, until=self.recorded, limit=len(wanted)
            )
            ours = [one for one in lent if one.message.key in wanted]
            for one in ours:
                key = one.message.key
                self.storage.settle(self.office, key, one.token, again=None, parked=True)
            wanted -= {one.message.key for one in ours}
            if not ours:
                break
        self.parking.clear()


def _batches(things: Iterator[tuple[bytes, Thing]]) -> Iterator[list[tuple[bytes, Thing]]]:
    """Give things in batches of one section, and of those that are parked or that wait."""
    batch: list[tuple[bytes, Thing]] = []
    room, section = _ROOM, None
    for raw, thing in things:
        its = (type(thing), getattr(thing, "parked", None))
        if batch and (its != section or len(batch) == _MOST or room < len(raw)):
            yield batch
            batch, room = [], _ROOM
        batch.append((raw, thing))
        room, section = room - len(raw), its
    if batch:
        yield batch
