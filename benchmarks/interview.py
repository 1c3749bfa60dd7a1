"""How many questions an interview asks, against how many facts decide.

Measured: the mean number of questions until the list is final, over cases drawn for every service
and for packages of services; nothing is known beforehand.

Floor: of the same cases, the mean number of facts of which a change alone gives another list (or
another reason why it is not for the case). Whoever does not know the case must ask at least these.

Nothing is timed: the figure is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from statistics import mean
from typing import Any, Final

from adminduk.catalogue import Catalogue, FactValue, load
from adminduk.catalogue.completion import conflict, possible
from adminduk.checklist import Checklist, Interview, checklist
from benchmarks.row import Row
from benchmarks.run import Run
from benchmarks.town import chance

__all__ = ["measure"]

NAME: Final = "interview"
LIMIT: Final = 1.15

_DAY: Final = date(2025, 1, 2)
_CASES: Final = 60
_MOST: Final = 5000
_TOGETHER: Final = (
    ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5"),
    ("akta-kematian", "kk-kurang-anggota"),
    ("datang-wni", "ktp-pindah-datang"),
    ("kk-ubah-data", "ktp-ubah-data"),
)
"""Services that families apply for together."""

Facts = dict[str, FactValue]


def measure(run: Run) -> Row:
    """Ask in every case, and count what decides it."""
    catalogue = load()
    asked, decisive = [], []
    packages = [*((one.id,) for one in catalogue.services(_DAY)), *_TOGETHER]
    for services in packages:
        cases = _cases(catalogue, services, run.rounds(_CASES))
        asked.append(mean(_questions(catalogue, services, case) for case in cases))
        decisive.append(mean(_deciding(catalogue, services, case) for case in cases))
    ours, floor = mean(asked), mean(decisive)
    worst = max(range(len(packages)), key=lambda place: asked[place] / max(decisive[place], 1))
    note = (
        f"{len(packages)} services and packages; at worst {asked[worst]:.2f} to"
        f" {decisive[worst]:.2f} ({' + '.join(packages[worst])})"
    )
    return Row(NAME, ours / floor, LIMIT, ours, floor, "questions", note)


def _cases(catalogue: Catalogue, services: tuple[str, ...], count: int) -> list[Facts]:
    """Draw cases of which everything is known that the services may ask."""
    names = _facts(catalogue, services)
    every = [dict(case) for case in islice(possible(catalogue, names, {}), _MOST)]
    return chance(" ".join(services)).sample(every, min(count, len(every)))


def _facts(catalogue: Catalogue, services: tuple[str, ...]) -> list[str]:
    """Name every fact that may be asked, in any order of answers."""
    found: set[str] = set()

    def follow(known: Facts) -> Iterator[Facts]:
        for fact in checklist(catalogue, services, known, _DAY, "village").questions:
            if fact.id not in found:
                found.add(fact.id)
                yield from ({**known, fact.id: value} for value in fact.domain)

    waiting: list[Facts] = [{}]
    while waiting:
        waiting += follow(waiting.pop())
    return sorted(found)


def _questions(catalogue: Catalogue, services: tuple[str, ...], case: Facts) -> int:
    """Count the questions until nothing is left to ask."""
    interview = Interview(
        catalogue=catalogue, services=services, on=_DAY, channel="village", facts={}
    )
    count = 0
    while interview.question is not None:
        interview = interview.answered(case[interview.question.id])
        count += 1
    return count


def _deciding(catalogue: Catalogue, services: tuple[str, ...], case: Facts) -> int:
    """Count the facts of which a change alone gives something else."""
    told = _told(catalogue, services, case)
    return sum(
        any(
            _told(catalogue, services, other) != told
            for value in catalogue.facts[name].domain
            if value != case[name] and not conflict(catalogue, other := {**case, name: value})
        )
        for name in case
    )


def _told(catalogue: Catalogue, services: tuple[str, ...], case: Facts) -> Any:
    """Give what a case is told: its papers, or why it is not for it."""
    todo: Checklist = checklist(catalogue, services, case, _DAY, "village")
    if todo.objections:
        return [one.id for one in todo.objections]
    papers = {(one.id, one.ways, one.surrender) for one in todo.needed}
    return papers, {one.id for one in todo.attend}, {one.service for one in todo.after}
