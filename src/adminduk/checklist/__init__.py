"""What a case must bring, and why: exact also where not everything is known.

An item is undecided only if two completions of the unknown facts, both possible, give different
outcomes; nothing is ever silently left out.
"""

from __future__ import annotations

from adminduk.checklist.answer import Checklist, ChecklistItem, Status
from adminduk.checklist.facts import settle_facts
from adminduk.checklist.interview import Interview
from adminduk.checklist.page import take_home
from adminduk.checklist.progress import Brought, Progress, Stage, progress
from adminduk.checklist.working import checklist

__all__ = [
    "Brought",
    "Checklist",
    "ChecklistItem",
    "Interview",
    "Progress",
    "Stage",
    "Status",
    "checklist",
    "progress",
    "settle_facts",
    "take_home",
]
