"""Everything that happened in the month, reckoned up from the journal: what does not fit, and why.

Each paper had one holder at every moment; each bag balances; what left the office stands in its
book; each blank is on one copy; each promise is accounted for once; and people were told what was
true; each scan that a case names is what was shown, and opens. What is wrong is named with the
whole story of the paper or the bag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from adminduk.envelope import OpenKeyring
from adminduk.testing.month.books import BlankBook, Promises
from adminduk.testing.month.custody import Custody
from adminduk.testing.month.history import History, story
from adminduk.testing.month.manifests import Manifests
from adminduk.testing.month.playing import Month
from adminduk.testing.month.resting import forgotten
from adminduk.testing.month.scanning import scans_amiss
from adminduk.testing.month.telling import Telling
from adminduk.testing.promises import broken

__all__ = ["Reckoning", "reckon"]

_MOST_FAULTS = 50


@define
class Reckoning:
    """What came of a month.

    Attributes:
        counts: How much of everything there was.
        faults: What does not fit, each with what happened.
    """

    counts: dict[str, Any] = field(factory=dict)
    faults: list[str] = field(factory=list)


def reckon(month: Month, *, promises_too: bool = True) -> Reckoning:
    """Reckon a month up.

    Args:
        month: As it was played.
        promises_too: Hold every promise of `adminduk.testing.promises` against the journal, too;
            that takes long where much happened.
    """
    office = month.ground.office
    faults = [*month.faults, *forgotten(month.ground)]
    found, counts = _from_the_journal(month)
    for item, fault in found:
        faults.append(f"{item}: {fault}\n{story(office, item)}" if item else fault)
        if len(faults) > _MOST_FAULTS:
            break
    report = office.verify(kept=month.seals)
    faults += [*map(str, report.faults), *scans_amiss(month.ground)]
    if promises_too:
        faults += broken(office, OpenKeyring(b"month"))
    counts["scans named at the end"] = report.scans
    counts["seals"] = report.seals
    return Reckoning({**month.met, **counts}, faults)


def _from_the_journal(month: Month) -> tuple[Iterator[tuple[str, str]], dict[str, Any]]:
    history = History(month.ground.office)
    custody, manifests = Custody(history), Manifests(history)
    blanks, promises, telling = BlankBook(history), Promises(history), Telling(history)
    followers = (custody, manifests, blanks, promises, telling)
    found: list[tuple[str, str]] = []
    commands = 0
    for steps in history.commands():
        commands += 1
        for one in followers:
            found += one.after(steps)
    found += custody.at_the_end()
    found += manifests.at_the_end()
    found += manifests.book(month.first, month.ended)
    found += blanks.at_the_end(month.stocks)
    found += promises.at_the_end()
    found += telling.at_the_end(month.ground.voice.told)
    counts = {
        "commands": commands,
        "days": (month.ended - month.first).days + 1,
        "papers": custody.papers,
        "sent out": len(manifests.departures),
        "bags sealed": len(manifests.contents),
        "extra papers": manifests.extra,
        "blanks spent": len(blanks.copies),
        "messages": len(month.ground.voice.told),
        "promises": len(promises.accounts),
        **{f"promises {name}": n for name, n in _outcomes(promises).items()},
        **{f"late: {name}": n for name, n in _causes(promises).items()},
        **{f"cases {name}": n for name, n in _ends(history).items()},
    }
    return iter(found), counts


def _outcomes(promises: Promises) -> Counter[str]:
    return Counter(one.outcome.value for one in promises.accounts)


def _causes(promises: Promises) -> Counter[str]:
    return Counter(one.cause for one in promises.accounts if one.late)


def _ends(history: History) -> Counter[str]:
    return Counter(one["state"] for (kind, _), one in history.now.items() if kind == "application")
