"""A real day of an office, for tests and measurements: a thousand applications and what follows.

```sh
python -m adminduk.testing.day --applications 1000 --seed 1 --out day.jsonl
adminduk init sqlite:///day.db --region 35.23
adminduk --office sqlite:///day.db apply day.jsonl
```

Villages, districts and the counter submit on one day; the registry verifies, returns and rejects;
documents are printed, travel in weekly bags, are collected and handed over, and originals travel
home to be destroyed. The whole is written without an office: those who send commands choose the
ids. A fresh office takes every line, and for a seed it is always the same.

>>> from datetime import date
>>> from adminduk.testing.day import orders
>>> first = next(orders(applications=10, seed=1, day=date(2021, 7, 12)))
>>> first.by.region.full()[:5], first.command.at.hour
('35.23', 8)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from adminduk.codec import Order, write_order
from adminduk.regions import regency
from adminduk.testing.day.asking import case_of, villages, wishes
from adminduk.testing.day.cases import Cases
from adminduk.testing.day.giving import Giving
from adminduk.testing.day.home import Home
from adminduk.testing.day.households import Households
from adminduk.testing.day.making import receive_blanks
from adminduk.testing.day.road import Road
from adminduk.testing.day.scene import Scene

__all__ = ["DAY", "lines", "orders"]

DAY: Final = date(2021, 7, 12)
"""The day on which everybody applies, where no other is named."""
_BLANKS_EACH: Final = 5
"""So many blanks are in stock for each application: more than it can need."""
_LAST_ARRIVAL: Final = 380
_LAST_DRAFT: Final = 300
"""In minutes after the office opens: what is drafted is submitted on the same day."""


def orders(
    applications: int = 1000, seed: int = 1, day: date = DAY, region: str = "35.23"
) -> Iterator[Order]:
    """Give the commands of a day, and of the weeks after it, in the order of time.

    Args:
        applications: How many; of ten, six are for a KTP and four for a KK.
        seed: What chance decides by; the same gives the same.
        day: The day on which they are submitted; if nobody works then, the next on which they do.
        region: The regency whose office it is.

    Raises:
        InvalidInput: There is no such office.
        NoRuleInForce: No rule is known for that day.
    """
    scene = Scene(regency(region), day, seed)
    home = Home(scene)
    giving = Giving(scene, home)
    cases = Cases(scene, Road(scene, home, giving), giving)
    scene.agenda.start(receive_blanks(scene, _BLANKS_EACH * max(applications, 1)))
    households = Households(scene.chance, scene.first)
    places = villages(scene, applications)
    for wish in wishes(scene, applications):
        case = case_of(scene, wish, scene.chance.choice(places), households)
        latest = _LAST_DRAFT if wish.drafted else _LAST_ARRIVAL
        arrival = scene.sometime(scene.first, 0, latest)
        scene.agenda.start(cases.live(case, wish, arrival))
    return scene.agenda.orders()


def lines(
    applications: int = 1000, seed: int = 1, day: date = DAY, region: str = "35.23"
) -> Iterator[bytes]:
    """Give the same as the lines of a file for `adminduk apply`; arguments as of `orders`."""
    found = orders(applications, seed, day, region)
    return (write_order(one) + b"\n" for one in found)
