"""A file as it is known and handed out: by its digest, in parts, held to what it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from adminduk.errors import StorageFailure
from adminduk.language import LANGUAGES, N_, translate

__all__ = ["PART", "checked", "digest_of", "is_digest", "type_of"]

PART: Final = 1024 * 1024
"""The most bytes that are read at once."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


_TYPES: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
"""What a file of each type begins with."""


def type_of(content: bytes) -> str | None:
    """Give the media type of a file by what it begins with; None: it is none that is taken."""
    return next((kind for start, kind in _TYPES.items() if content.startswith(start)), None)


def digest_of(content: bytes) -> str:
    """Give the SHA-256 of a file."""
    return sha256(content).hexdigest()


def is_digest(text: str) -> bool:
    """Whether a text can be the digest of a file."""
    return _DIGEST.fullmatch(text) is not None


def checked(digest: str, url: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Give the parts of a file; the last only if all of them together are that file.

    Raises:
        StorageFailure: They are not.
    """
    hashed, last = sha256(), b""
    for part in parts:
        hashed.update(part)
        if last:
            yield last
        last = part
    if hashed.hexdigest() != digest:
        why = N_("the scan {digest} is not as it was put")
        said = {one: translate(why, one).format(digest=digest) for one in LANGUAGES}
        raise StorageFailure(url=url, why=said)
    yield last
