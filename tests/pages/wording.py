"""What the pages for people say in words: days, lists, names and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from adminduk.catalogue import Condition, Fact, FactValue, Paper
from adminduk.catalogue.law import Id
from adminduk.language import Text

__all__ = ["AND", "OR", "condition", "day", "joined", "named", "say", "started"]

_MONTHS: Final = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}

AND: Final = Text("dan", "and")
OR: Final = Text("atau", "or")
_YES: Final = Text("ya", "yes")
_NO: Final = Text("tidak", "no")
_BELOW: Final = Text("kurang dari {high}", "less than {high}")
_FROM: Final = Text("{low} atau lebih", "{low} or more")
_BETWEEN: Final = Text("{low} sampai {high}", "{low} to {high}")


def say(text: Text, language: str, **facts: object) -> str:
    """Give a text in a language, with what it leaves open filled in."""
    return text.in_language(language).format(**facts)


def started(sentence: str) -> str:
    """Give a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def day(on: date, language: str) -> str:
    """Give a day as it is written in a letter."""
    return f"{on.day} {_MONTHS[language].split()[on.month - 1]} {on.year}"


def named(paper: Paper, language: str) -> str:
    """Give the name of a paper, with its number where it is a form."""
    form = f" ({paper.form})" if paper.form else ""
    return paper.name.in_language(language) + form


def joined(parts: Iterable[str], language: str, last: Text = AND) -> str:
    """Give parts as a list in a sentence: `a, b and c`."""
    *before, end = parts
    return f"{', '.join(before)} {last.in_language(language)} {end}" if before else end


def condition(one: Condition, facts: Mapping[str, Fact], language: str) -> str:
    """Say a condition as the questions that decide it, each with its answer."""
    tables = (
        f", {AND.in_language(language)} ".join(
            _answered(facts[name], allowed, language) for name, allowed in table.items()
        )
        for table in one.tables
    )
    return f"; {OR.in_language(language)} ".join(tables)


def _answered(fact: Fact, allowed: frozenset[FactValue], language: str) -> str:
    """Give a question with the answers that count."""
    first, *others = _answers(fact, allowed, language)
    answers = joined((f"**{one}**" for one in (started(first), *others)), language, OR)
    return f"*{fact.ask.in_language(language)}* {answers}"


def _answers(fact: Fact, allowed: frozenset[FactValue], language: str) -> Iterator[str]:
    if fact.kind == "number":
        yield from _ranges(fact, allowed, language)
        return
    for one in fact.domain:
        if one in allowed:
            words = fact.values[Id(one)] if isinstance(one, str) else _YES if one else _NO
            yield words.in_language(language)


def _ranges(fact: Fact, allowed: frozenset[FactValue], language: str) -> Iterator[str]:
    """Give the parts of a number that count; those that follow each other are one."""
    ends = pairwise([*fact.domain, None])
    for counts, group in groupby(ends, key=lambda one: one[0] in allowed):
        parts = list(group)
        low, high = parts[0][0], parts[-1][1]
        if not counts:
            continue
        if high is None:
            yield say(_FROM, language, low=low)
        elif low == 0:
            yield say(_BELOW, language, high=high)
        else:
            yield say(_BETWEEN, language, low=low, high=int(high) - 1)
