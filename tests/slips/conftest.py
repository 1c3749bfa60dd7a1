"""Slips are made of an office with people, as in its own tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "office"))

from office_days import town

__all__ = ["town"]
