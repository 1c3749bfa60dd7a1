"""What helps to test the command line and the files of rules helps here, too."""

from __future__ import annotations

import sys
from pathlib import Path

for _name in ("cli", "catalogue"):
    sys.path.append(str(Path(__file__).parent.parent / _name))
