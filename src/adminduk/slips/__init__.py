"""Slips: what goes along with papers, for people, printed or shown.

Each is made of what the office has stored, then set as text, as PDF or as pictures. Names of people
stand on them, as who hands out must read them; a NIK never does in full.
"""

from __future__ import annotations

from adminduk.slips.case import control_card, receipt
from adminduk.slips.pdf import pdf, pictures
from adminduk.slips.road import dispatch, dispatch_book, handover
from adminduk.slips.slip import Slip
from adminduk.slips.text import text

__all__ = [
    "Slip",
    "control_card",
    "dispatch",
    "dispatch_book",
    "handover",
    "pdf",
    "pictures",
    "receipt",
    "text",
]
