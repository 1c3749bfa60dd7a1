"""What all parts of the page of a service share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from attrs import field, frozen
from tests.pages.basis import Basis, Rule
from tests.pages.wording import condition, say, started

from adminduk.catalogue import Catalogue, Condition, Service, Text

__all__ = ["Context", "listed"]

T = TypeVar("T")

_IF: Final = Text("bila: {condition}", "if: {condition}")


@frozen
class Context:
    """A service, the language of its page, and the notes of the page."""

    catalogue: Catalogue
    service: Service
    language: str
    basis: Basis = field(init=False)

    @basis.default
    def _basis(self) -> Basis:
        return Basis(self.catalogue.instruments, self.language)

    def say(self, text: Text, **facts: object) -> str:
        """Give a text, with what it leaves open filled in."""
        return say(text, self.language, **facts)

    def told(self, text: Text, rule: Rule) -> str:
        """Give what a rule says, with its note."""
        return f"{text.in_language(self.language)}{self.basis.mark(rule)}"

    def when(self, one: Condition) -> str:
        """Say a condition."""
        return self.say(_IF, condition=condition(one, self.catalogue.facts, self.language))

    def only(self, one: Condition) -> Iterator[str]:
        """Give the line that says a condition; none where it always holds."""
        if one.tables:
            yield f"* {started(self.when(one))}"

    def link(self, name: str) -> str:
        """Give a link to the page of another service."""
        service = self.catalogue.periods[name][-1]
        return f"[{started(service.name.in_language(self.language))}]({name}.md)"


def listed(rules: Iterable[T], said: Callable[[T], Iterator[str]]) -> Iterator[str]:
    """Give a list, of which each entry may have further lines."""
    for one in rules:
        first, *further = said(one)
        yield f"* {first}"
        yield from (f"  {line}" for line in further)
