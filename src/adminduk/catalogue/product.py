"""The documents that the office makes."""

from __future__ import annotations

from typing import Literal, NewType

from attrs import frozen

from adminduk.catalogue.law import Certainty, Citation, Id, Text
from adminduk.catalogue.party import PersonPath

__all__ = ["Product", "ProductId"]

ProductId = NewType("ProductId", Id)
"""The id of a product that the catalogue knows."""


@frozen(kw_only=True)
class Product:
    """A document that the office makes.

    Attributes:
        id: Its name.
        name: What it is called.
        form: `blank` (a numbered security blank) or `hvs` (plain paper).
        digital: Whether it may be issued digitally.
        subject: For whom there is one: alternatives, each the fields of parties that tell it.
            One that says less than another is for cases in which the other cannot be said.
        document: Which document it is, where one application makes several: two spouses' KTP are
            `ktp-suami` and `ktp-istri`, and both are `ktp`; empty: its own id says it.
        content: How sure we are of it.
        cite: Where it stands.
    """

    id: Id
    name: Text
    form: Literal["blank", "hvs"]
    digital: bool
    subject: tuple[tuple[PersonPath, ...], ...]
    content: Certainty
    cite: tuple[Citation, ...]
    document: str = ""

    @property
    def kind(self) -> str:
        """Which document it is: of a kind and subject only one case may be open."""
        return self.document or self.id
