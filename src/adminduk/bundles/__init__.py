"""Bundles: what a village prepares without a network, in one signed file.

A bundle has commands and the scans that they name. It is made in the village (`make_bundle`), goes
to the office in whatever way, and is imported there (`import_bundle`).
"""

from adminduk.bundles.bundle import Bundle, Head
from adminduk.bundles.importing import Outcome, Theirs, import_bundle
from adminduk.bundles.making import make_bundle
from adminduk.signing import SigningKey

__all__ = [
    "Bundle",
    "Head",
    "Outcome",
    "SigningKey",
    "Theirs",
    "import_bundle",
    "make_bundle",
]
