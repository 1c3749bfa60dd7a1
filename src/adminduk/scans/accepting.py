"""Accepting: what a village hands in is opened, cleaned and kept, or refused with the reason."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from attrs import frozen

from adminduk.ports import ScanStore
from adminduk.records import Scan
from adminduk.scans.content import type_of
from adminduk.scans.refusing import LARGEST, no_reader, refusal

__all__ = ["Checked", "accept", "check"]

_BEFORE: Final = b"\xef\xbb\xbf\t\n\r "
"""What programs on the web let slip before a file: blanks, and the mark of UTF-8."""

_FOREIGN: Final = re.compile(
    rb"<script[\s>]|<html[\s>]|<!doctype\s+html|<svg\s+[a-z:]+\s*=|<\?php\s", re.IGNORECASE
)
"""What other programs would run that are given the file; long enough not to come up by chance."""

_DOCUMENT: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_ARCHIVED: Final = b"PK\x01\x02"
"""What the entry of a file in the contents of an archive begins with."""


@frozen
class Checked:
    """A file that is taken.

    Attributes:
        content: As it is kept; not always the bytes that came.
        type: Media type.
    """

    content: bytes
    type: str


def check(content: bytes) -> Checked:
    """Open a file, and give it as it is kept.

    Only its content counts: no name and no type that somebody says.

    Raises:
        InvalidInput: It is not taken; the code of the fault says why.
        Refused: What opens it is not installed.
    """
    if not 1 <= len(content) <= LARGEST:
        raise refusal("scan_size")
    content = content.lstrip(_BEFORE)
    kind = type_of(content)
    if kind is None:
        raise refusal("scan_type")
    foreign = _FOREIGN.search(content) or _is_archive(content)
    if foreign or (kind != "application/pdf" and _DOCUMENT.search(content)):
        raise refusal("scan_mixed")
    cleaned = _opened(kind, content)
    if len(cleaned) > LARGEST:
        raise refusal("scan_size")
    return Checked(cleaned, kind)


def _is_archive(content: bytes) -> bool:
    """Whether an archive can be read from the end of a file.

    The four bytes of that end come up by chance, in one of 65,000 scans; hardly ever together with
    those of a file in it.
    """
    return _ARCHIVED in content and zipfile.is_zipfile(BytesIO(content))


def _opened(kind: str, content: bytes) -> bytes:
    try:
        if kind == "application/pdf":
            from adminduk.scans import document

            return document.cleaned(content)
        from adminduk.scans import picture

        return picture.cleaned(content, picture.FORMS[kind])
    except ModuleNotFoundError:
        raise no_reader("scans") from None


def accept(store: ScanStore, content: bytes) -> Scan:
    """Check a file and keep it; give what a record names it by.

    It is on the medium on return. The same file, handed in again, is kept once.

    Raises:
        InvalidInput: It is not taken; nothing was kept.
        Refused: What opens it is not installed.
        StorageFailure: It cannot be kept.
    """
    taken = check(content)
    return Scan(store.put(taken.content), taken.type, len(taken.content))
