"""The office that these tests work in, and the short ways to work in it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "office"))

from office_days import town

__all__ = ["town"]
