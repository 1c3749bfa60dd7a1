"""A month of an office, played by its people: each does only what the office offers to them.

```sh
python -m adminduk.testing.month --documents 1000 --seed 1 --storage sqlite:///month.db
```

In July 2021 most of the office is ill and its counter is closed. Families apply every day; cases
are read, returned, refused and verified; documents are printed while blanks run short, travel in
weekly bags, and are fetched, or lapse. Vans come back, bags vanish, papers fall beside them. When
nobody applies any more, it goes on until nobody has anything left to do. Then everything that
happened is reckoned up from the journal; see `adminduk.testing.month.reckoning`.
"""

from __future__ import annotations

from adminduk.testing.month.playing import Month, play

__all__ = ["Month", "play"]
