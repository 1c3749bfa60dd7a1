"""What helps to test the command line and encryption helps here, too."""

from __future__ import annotations

import sys
from pathlib import Path

for _name in ("cli", "encryption", "office"):
    sys.path.append(str(Path(__file__).parent.parent / _name))
