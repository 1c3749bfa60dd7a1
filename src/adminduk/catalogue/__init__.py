"""The law as data: services, what they require, and where each rule stands.

The rules are TOML files in `data/`. They are read when first asked for, never at import.
"""

from adminduk.catalogue.condition import Condition, Constraint, FactValue
from adminduk.catalogue.fact import Derivation, Fact
from adminduk.catalogue.law import Certainty, Citation, Instrument, Text
from adminduk.catalogue.loader import load, load_directory
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.overlay import Overlay, Relaxation
from adminduk.catalogue.paper import Item, Paper, Substitute, Surrender, Validity
from adminduk.catalogue.party import PERSON_FIELDS, Party
from adminduk.catalogue.product import Product
from adminduk.catalogue.regional import regional
from adminduk.catalogue.service import (
    Attendance,
    Deadline,
    Notice,
    Precedence,
    Service,
    Standard,
)
from adminduk.catalogue.showing import CHANNELS, Showing, Way

__all__ = [
    "CHANNELS",
    "PERSON_FIELDS",
    "Attendance",
    "Catalogue",
    "Certainty",
    "Citation",
    "Condition",
    "Constraint",
    "Deadline",
    "Derivation",
    "Fact",
    "FactValue",
    "Instrument",
    "Item",
    "Notice",
    "Overlay",
    "Paper",
    "Party",
    "Precedence",
    "Product",
    "Relaxation",
    "Service",
    "Showing",
    "Standard",
    "Substitute",
    "Surrender",
    "Text",
    "Validity",
    "Way",
    "load",
    "load_directory",
    "regional",
]
