"""What an office holds as lines of JSON, each in one way only, and back.

Bytes that are UTF-8 are written as text, which gives the same bytes again; others as Base64 in an
object. A line that is not exactly what would be written of what it says is not read.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any, Final

import orjson
from attrs import frozen

from adminduk.ports import Claim, Executed, JournalEntry, Message, Row, WrappedKey

__all__ = ["FORMAT", "Begin", "End", "Last", "Line", "Start", "Told", "order_of", "read", "write"]

FORMAT: Final = 1


@frozen
class Begin:
    """The first line: what the file is, and the number of its format."""

    format: int = FORMAT


@frozen
class Start:
    """The first line of an office."""

    office: str
    profile: bytes


@frozen
class Told:
    """A message that was not delivered; it waits, or is parked."""

    parked: bool
    message: Message


@frozen
class End:
    """The last line of an office: how many lines of each section it has, in their order."""

    counts: tuple[int, ...]


@frozen
class Last:
    """The last line: how many lines are before it, and the SHA-256 of them."""

    lines: int
    digest: str


Thing = JournalEntry | WrappedKey | Row | Claim | Executed | Told
Line = Begin | Start | Thing | End | Last

SECTIONS: Final[tuple[type[Any], ...]] = (
    JournalEntry,
    WrappedKey,
    Claim,
    Executed,
    Told,
    Row,
)
"""What an office holds, in the order in which it comes.

Records come last: while the first is not there, an office is not there.
"""


def write(line: Line) -> bytes:
    """Write a line, with its end."""
    return orjson.dumps(_plain(line), option=orjson.OPT_APPEND_NEWLINE)


def _plain(line: Line) -> tuple[Any, ...]:
    plain: tuple[Any, ...]
    match line:
        case JournalEntry(kind, id_, version, hashed, body, seq):
            plain = "entry", seq, kind, id_, version, hashed.hex(), _text(body)
        case Row():
            columns = (line.state, line.region, line.queue, line.due, line.group, line.keys)
            plain = "record", line.kind, line.id, line.version, *columns, _text(line.body)
        case WrappedKey(owner, wrapped):
            plain = "key", owner, wrapped.hex()
        case Claim(key, kind, id_):
            plain = "claim", key, kind, id_
        case Executed(id_, actor, digest, receipt):
            plain = "command", id_, actor, _text(digest), _text(receipt)
        case Told(parked, told):
            plain = "parked" if parked else "waiting", told.key, told.due, _text(told.body)
        case _:
            plain = _plain_around(line)
    return plain


def _plain_around(line: Begin | Start | End | Last) -> tuple[Any, ...]:
    match line:
        case Begin(number):
            return "adminduk export", number
        case Start(office, profile):
            return "office", office, _text(profile)
        case End(counts):
            return "end", *counts
        case _:
            return "digest", line.lines, line.digest


def _text(data: bytes) -> object:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def read(raw: bytes) -> Line | None:
    """Read a line; None if it is not exactly what is written of a thing."""
    try:
        name, *rest = orjson.loads(raw)
        if any(isinstance(one, bool) for one in rest):  # which Python takes for numbers
            return None
        line = _line(name, rest)
        return line if line is not None and write(line) == raw else None
    except (ValueError, TypeError, KeyError):
        return None


def _line(name: object, rest: list[Any]) -> Line | None:
    found: Line | None
    match name, rest:
        case "entry", [int(seq), str(kind), str(id_), int(version), str(hash_), body]:
            hashed = bytes.fromhex(hash_)
            found = JournalEntry(kind, id_, version, hashed, _bytes(body), seq=seq)
        case "record", [str(kind), str(id_), int(version), *columns, [*keys], body]:
            state, region, queue, due, group = map(_str, columns)
            index = (state, region, queue, due, group, tuple(map(_str, keys)))
            found = Row(kind, id_, version, *index, _bytes(body))
        case "key", [str(owner), str(wrapped)]:
            found = WrappedKey(owner, bytes.fromhex(wrapped))
        case "claim", [str(key), str(kind), str(id_)]:
            found = Claim(key, kind, id_)
        case "command", [str(id_), str(actor), digest, receipt]:
            found = Executed(id_, actor, _bytes(digest), _bytes(receipt))
        case "parked" | "waiting", [str(key), str(due), body]:
            found = Told(name == "parked", Message(key, due, _bytes(body)))
        case _:
            found = _around(name, rest)
    return found


def _around(name: object, rest: list[Any]) -> Line | None:
    match name, rest:
        case "adminduk export", [int(number)]:
            return Begin(number)
        case "office", [str(office), profile]:
            return Start(office, _bytes(profile))
        case "end", [*counts] if all(isinstance(one, int) for one in counts):
            return End(tuple(counts))
        case "digest", [int(lines), str(digest)]:
            return Last(lines, digest)
    return None


def _str(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError
    return text


def _bytes(text: Any) -> bytes:
    return text.encode() if isinstance(text, str) else b64decode(text["base64"], validate=True)


def order_of(thing: Thing) -> tuple[Any, ...]:
    """Give by what the lines of an office are in order, each after the one before."""
    section = SECTIONS.index(type(thing))
    match thing:
        case JournalEntry():
            return section, thing.seq
        case Row():
            return section, thing.due, thing.kind, thing.id
        case WrappedKey():
            return section, thing.owner
        case Claim():
            return section, thing.key
        case Executed():
            return section, thing.id
        case _:
            return section, not thing.parked, thing.message.due, thing.message.key
