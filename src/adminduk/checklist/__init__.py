"""What a case must bring, and why: exact also where not everything is known.

An item is undecided only if two completions of the unknown facts, both possible, give different
outcomes; nothing is ever silently left out.
"""

from __future__ import annotations

from adminduk.checklist.answer import Checklist, ChecklistItem, Status
from adminduk.checklist.facts import settle_facts
from adminduk.checklist.interview import Interview
from adminduk.checklist.page import take_home
from adminduk.checklist.working import checklist

__all__ = [
    "Checklist",
    "ChecklistItem",
    "Interview",
    "Status",
    "checklist",
    "settle_facts",
    "take_home",
]
