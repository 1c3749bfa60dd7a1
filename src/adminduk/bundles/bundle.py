"""A bundle as a file: what is in it stands at its beginning, signed; the rest follows as it came.

Three lines: the format; what is in it, as JSON; the signature of these two, with the key that the
second names. Then the lines of work, and the scans one after the other. The second line has the
size and the SHA-256 of each, so whoever has the beginning knows how long the file is, what of it
has come, and whether that is what was signed. Nothing is packed: a scan is small already.
"""

from __future__ import annotations

import codecs
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO, Final

from attrs import evolve, frozen

from adminduk.codec import Order, dump, parse_json, read_order, structure, to_json
from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.records import Actor, Scan
from adminduk.scans.disk import telling
from adminduk.signing import SigningKey, is_signed

__all__ = ["Bundle", "Head", "Work", "write_bundle"]

_NAME: Final = b"adminduk bundle "
_FORMAT: Final = _NAME + b"1\n"
_NEWER: Final = re.compile(_NAME + rb"[1-9][0-9]*\n")
_LONGEST_HEAD: Final = 4 * 1024 * 1024
_LONGEST_LINE: Final = 100
_LARGEST_WORK: Final = 64 * 1024 * 1024


@frozen(slots=False)
class Work:
    """The lines of work of a bundle: their SHA-256, and how many bytes they are."""

    digest: str
    size: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.size <= _LARGEST_WORK:
            text = N_("A bundle cannot have so many bytes of commands.")
            raise InvalidInput.at("size", "work_size", text, N_("0 B to 64 MiB"))

    @classmethod
    def of(cls, lines: bytes) -> Work:
        """Give it of lines."""
        return cls(_digest(lines), len(lines))


@frozen(kw_only=True, slots=False)
class Head:
    """What is in a bundle, and whose it is.

    Attributes:
        office: The code of the office that it is for.
        by: Who made it, and gives every command in it.
        key: The public half of the key that it is signed with.
        made: When, by the clock of who made it.
        work: The commands.
        scans: The scans that they name, in the order in which they follow.
    """

    office: str
    by: Actor
    key: str
    made: datetime
    work: Work
    scans: tuple[Scan, ...] = ()


def write_bundle(
    file: IO[bytes],
    head: Head,
    work: bytes,
    read: Callable[[str], Iterable[bytes]],
    key: SigningKey,
) -> None:
    """Write a bundle.

    Args:
        file: Where.
        head: What is in it.
        work: The lines of work.
        read: Gives the content of a scan, by its digest.
        key: Signs it.
    """
    contents = to_json(dump(head)) + b"\n"
    if len(contents) > _LONGEST_HEAD:
        text = N_("A bundle cannot have so many scans; make two of it.")
        raise InvalidInput.at("scans", "head_size", text, N_("about 20,000"))
    lines = _FORMAT + contents
    file.write(lines + b64encode(key.sign(lines)) + b"\n" + work)
    for scan in head.scans:
        file.writelines(read(scan.digest))


@frozen
class Bundle:
    """A bundle of which the beginning is whole, and signed with the key that it names.

    Attributes:
        head: What is in it.
        come: How many bytes of it there are.
    """

    head: Head
    come: int
    _file: IO[bytes]
    _begins: int

    @classmethod
    def read(cls, file: IO[bytes]) -> Bundle:
        """Read the beginning of a bundle, from a file that can be read at any place.

        Raises:
            InvalidInput: It is no bundle, or cannot be read at any place, as a pipe.
            Refused: It is of a newer format (`bundle_version`), its beginning has not come whole
                (`bundle_cut`), or is not as it was signed (`bundle_altered`).
            StorageFailure: The file cannot be read.
        """
        if not file.seekable():
            raise InvalidInput.at(
                "",
                "bundle_stream",
                N_("A bundle is read at several places, which this cannot be."),
                N_("a file on a disk or a memory stick"),
            )
        with telling(_place(file)):
            come = file.seek(0, os.SEEK_END)
            file.seek(0)
            form, lines, signature = (
                file.readline(most) for most in (_LONGEST_LINE, _LONGEST_HEAD, _LONGEST_LINE)
            )
        begins = len(form + lines + signature)
        is_cut = come == begins and not signature.endswith(b"\n")
        _check_format(form, is_cut)
        if is_cut:
            raise _cut_early(come)
        try:
            head = structure(parse_json(lines), Head)
            signed = is_signed(head.key, _bytes_of(signature), form + lines)
        except (InvalidInput, ValueError):
            signed = False
        if not signed:
            raise _altered("head")
        return cls(head, come, file, begins)

    @property
    def size(self) -> int:
        """How many bytes the whole of it has."""
        return self._begins + self.head.work.size + sum(one.size for one in self.head.scans)

    def check(self, signers: Mapping[str, Actor] | None = None) -> None:
        """Check that all of it is there, as it was signed, and by whom.

        Args:
            signers: Who signs with which key, by its public half; None: that is not asked.

        Raises:
            Refused: A part is still missing (`bundle_cut`), or is another (`bundle_altered`), or
                it was signed by another than it says (`bundle_signer`).
        """
        by, key = self.head.by, self.head.key
        if signers is not None and signers.get(key) != by:
            raise Refused(
                "bundle_signer",
                N_(
                    "The bundle says that it is by {by}, and is signed with a key that is not known"
                    " as theirs: {key}. Ask them; if it is their key, add it to the signers."
                ),
                by=str(by),
                key=key,
            )
        if self.come < self.size:
            raise Refused(
                "bundle_cut",
                N_(
                    "Of the {size} bytes of the bundle {come} have come. Send it again, or go on"
                    " from there."
                ),
                come=self.come,
                size=self.size,
            )
        if self.come > self.size:
            raise _altered("end")
        self._work()
        for _ in self.scans():
            pass

    def orders(self) -> Iterator[Order]:
        """Give the commands, each as it is read.

        Raises:
            Refused: They are not what was signed.
            InvalidInput: One of them cannot be read, by a fault of the program that signed it.
        """
        for number, line in enumerate(BytesIO(self._work()), start=1):
            yield _order(number, line, self.head.by)

    def _work(self) -> bytes:
        return self._part(self.head.work.digest, self.head.work.size, 0, "work")

    def scans(self) -> Iterator[tuple[Scan, bytes]]:
        """Give the scans with their contents.

        Raises:
            Refused: One is not what was signed.
        """
        at = self.head.work.size
        for one in self.head.scans:
            yield one, self._part(one.digest, one.size, at, f"scan {one.digest[:12]}")
            at += one.size

    def _part(self, digest: str, size: int, at: int, name: str) -> bytes:
        with telling(_place(self._file)):
            self._file.seek(self._begins + at)
            content = self._file.read(size)
        if _digest(content) != digest:
            raise _altered(name)
        return content


def _order(number: int, line: bytes, by: Actor) -> Order:
    try:
        return evolve(read_order(parse_json(line)), by=by)
    except InvalidInput as error:
        raise InvalidInput(tuple(one.under(f"lines.{number}") for one in error.faults)) from None


def _bytes_of(line: bytes) -> bytes:
    """Read a line of base64, which is written in one way only; ValueError: it is none."""
    content = b64decode(line)
    if b64encode(content) + b"\n" != line:
        raise ValueError(line)
    return content


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _check_format(form: bytes, is_cut: bool) -> None:
    """Check the first line of a file; of one that is cut off it may be the beginning."""
    if form == _FORMAT or (is_cut and _FORMAT.startswith(form)):
        return
    if form.removeprefix(codecs.BOM_UTF8).rstrip() == _FORMAT.rstrip():
        raise Refused(
            "bundle_altered",
            N_(
                "The bundle was sent as a text, and the ends of its lines are not as they were."
                " Nothing of it was done; have it sent again as a file, or packed into one."
            ),
            part="lines",
        )
    if _NEWER.fullmatch(form):
        raise Refused(
            "bundle_version",
            N_("This bundle was made by a newer version, which is needed to read it."),
        )
    if form.startswith(_NAME):
        raise _altered("head")
    raise InvalidInput.at(
        "", "bundle", N_("That is no bundle."), N_("a file that `adminduk bundle make` has written")
    )


def _cut_early(come: int) -> Refused:
    return Refused(
        "bundle_cut",
        N_("Only the beginning of the bundle has come: {come} bytes. Send it again."),
        come=come,
    )


def _place(file: IO[bytes]) -> str:
    """Say which file it is, if it has a name."""
    name = getattr(file, "name", None)
    return name if isinstance(name, str) else "bundle"


def _altered(part: str) -> Refused:
    return Refused(
        "bundle_altered",
        N_(
            "The bundle is not as it was signed ({part}). Nothing of it was done; have it sent"
            " again by who made it."
        ),
        part=part,
    )
