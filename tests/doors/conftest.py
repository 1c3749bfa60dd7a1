"""What helps to test the command line, an office and its mail helps here, too."""

from __future__ import annotations

import sys
from pathlib import Path

for _name in ("cli", "hostile", "office", "notify"):
    sys.path.append(str(Path(__file__).parent.parent / _name))
