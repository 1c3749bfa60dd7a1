"""Changing what is nearly right: in a line of JSON one value, in other text one word."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["mutated"]

_TEXTS: Final = (
    *("", " ", "\x00", "\x1b[2J", "a\nb", "\u202eabc", "\u3164", "\ud800", "{0}", "%s", "x" * 5000),
    *("3523081703880004", "3523.0817.0388.0004", "K7M2Q9XD4H-T", "35.23.08.2001", "35.23", "²"),
    *("0001-01-01", "9999-12-31", "2021-02-30", "9999-12-31T23:59:59-12:00", "2021-07-12"),
    *("0001-01-01T00:00:00+14:00", "office", "nobody", "self", "sqlite:///x", "-", "/", "#", "@"),
)
_JUNK: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 10**12, 10**13, 2**64, 10**400, 1.5, 1e308, [], {}, [[]]),
    *({"": {}}, {"a": [None] * 200}, *_TEXTS),
)
_LONGEST: Final = 20_000
_WORD: Final = re.compile(rb"[^\s\[\]{}=,:@#./|\"-]+|[\[\]{}=,:@#./|\"-]")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Give the input with something else in one to three places."""
    for _ in range(chance.randint(1, 3)):
        try:
            line = json.loads(data)
        except (ValueError, RecursionError):
            line = None
        data = _in_json(line, chance) if isinstance(line, dict) else _in_text(data, chance)
    return data


def _in_json(line: Any, chance: random.Random) -> bytes:
    places = list(_places(line))
    if places:
        holder, key = chance.choice(places)
        other = chance.choice(places)
        what = chance.randrange(5)
        if what == 0:
            del holder[key]
        elif what == 1 and isinstance(holder, dict):
            holder[str(chance.choice(_TEXTS))] = chance.choice(_JUNK)
        elif what == 2:  # noqa: PLR2004 - one of five
            holder[key] = json.loads(json.dumps(other[0][other[1]]))
        else:
            holder[key] = chance.choice(_JUNK)
    return json.dumps(line).encode()


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    for key in holder if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], (dict, list)):
            yield from _places(holder[key])


def _in_text(data: bytes, chance: random.Random) -> bytes:
    words = list(_WORD.finditer(data))
    if not words:
        return str(chance.choice(_TEXTS)).encode("utf-8", "surrogatepass")
    one, other = chance.choice(words), chance.choice(words)
    junk = str(chance.choice(_JUNK)).encode("utf-8", "surrogatepass")
    new = chance.choice([b"", junk, other[0], one[0][:100] * 2, one[0][:20] * 100, one[0] + junk])
    return (data[: one.start()] + new + data[one.end() :])[:_LONGEST]
