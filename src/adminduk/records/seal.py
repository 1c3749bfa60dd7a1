"""The seals of the journal: what was written until then is altered no more without a trace."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from attrs import field, frozen

from adminduk.records.checks import hexadecimal, place
from adminduk.values import RegionCode

__all__ = ["JournalSeal", "Seal"]


@frozen(kw_only=True, slots=False)
class Seal:
    """A seal over the entries since the one before it.

    Attributes:
        office: The regency's code.
        number: Seals are numbered from 1.
        at: When it was made.
        first: The sequence of the first entry under it.
        last: That of the last.
        root: The Merkle root of those entries, 64 hexadecimal digits.
        before: The digest of the seal before it; empty: it is the first.
        profile: The SHA-256 of the office's profile, by whose secret people are found.
        signer: The public half of the key it was signed with; empty: nobody signed it.
        signature: The signature of its statement (Ed25519), 128 hexadecimal digits; empty likewise.
    """

    office: RegionCode
    number: int = field(validator=place)
    at: datetime
    first: int = field(validator=place)
    last: int = field(validator=place)
    root: str = field(validator=hexadecimal(64))
    profile: str = field(validator=hexadecimal(64))
    before: str = field(default="", validator=hexadecimal(0, 64))
    signer: str = ""
    signature: str = field(default="", validator=hexadecimal(0, 128))

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is kept elsewhere."""
        return {**self._says(), "signer": self.signer, "signature": self.signature}

    def _says(self) -> dict[str, Any]:
        return {
            "office": self.office.full(),
            "number": self.number,
            "at": self.at.isoformat(),
            "first": self.first,
            "last": self.last,
            "root": self.root,
            "before": self.before,
            "profile": self.profile,
        }

    def statement(self) -> bytes:
        """Give what is signed: all but the signature, as JSON with sorted keys, without spaces."""
        return json.dumps(self._says(), sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """The SHA-256 of the statement, by which the next seal names it."""
        return sha256(self.statement()).hexdigest()


@frozen(kw_only=True, slots=False)
class JournalSeal:
    """The newest seal of an office's journal; the earlier ones stand in its own journal.

    Attributes:
        region: The office's regency.
        state: Where it stands in its lifecycle.
        begun: When the first seal was made.
        newest: The seal.
    """

    KIND: ClassVar = "seal"
    ID: ClassVar = "journal"
    """There is one record of them in an office."""

    region: RegionCode
    state: str
    begun: datetime
    newest: Seal
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.ID

    @property
    def due(self) -> None:
        """Nothing is due."""
        return
