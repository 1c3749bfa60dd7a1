"""Asking until the list is final: no question is asked whose answer can no longer matter."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from attrs import evolve, frozen

from adminduk.catalogue import Catalogue, Fact, FactValue
from adminduk.catalogue.completion import possible
from adminduk.checklist.answer import Checklist
from adminduk.checklist.facts import settle_facts
from adminduk.checklist.verdicts import Facts
from adminduk.checklist.working import checklist

__all__ = ["Interview"]


@frozen(kw_only=True, slots=False)
class Interview:
    """What is known of a case, and what to ask next. Every answer gives a new one.

    It ends: each question is asked once, and only while its answer can still change which papers
    are needed, how they are shown, or whether the service is for this case at all.

    Attributes:
        catalogue: The rules.
        services: What is applied for, together.
        on: The day whose rules hold.
        channel: The door.
        facts: What is known, as `settle_facts` gives it.
        skipped: Questions to which the answer is not known.
    """

    catalogue: Catalogue
    services: tuple[str, ...]
    on: date
    channel: str
    facts: Facts
    skipped: frozenset[str] = frozenset()

    @cached_property
    def todo(self) -> Checklist:
        """The list as far as it is known.

        Raises:
            UnknownService: There is no such service.
            NoRuleInForce: No rule is known for that day.
            InvalidInput: There is no such channel.
        """
        return checklist(self.catalogue, self.services, self.facts, self.on, self.channel)

    @cached_property
    def question(self) -> Fact | None:
        """What to ask next: that on which most turns; None where nothing is left to ask."""
        if self.todo.objections:
            return None
        asked = (fact for fact in self.todo.questions if fact.id not in self.skipped)
        return next(asked, None)

    @cached_property
    def answers(self) -> tuple[FactValue, ...]:
        """The answers to the question that agree with all that is known."""
        if self.question is None:
            return ()
        name = self.question.id
        return tuple(one[name] for one in possible(self.catalogue, [name], self.facts))

    def answered(self, value: object) -> Interview:
        """Go on with the answer to the question.

        Raises:
            InvalidInput: It is no answer to it, or contradicts what is known.
        """
        assert self.question is not None, "a question is answered"
        facts = settle_facts(self.catalogue, {**self.facts, self.question.id: value}, {}, self.on)
        return evolve(self, facts=facts)

    def unanswered(self) -> Interview:
        """Go on without an answer to the question: what depends on it stays undecided."""
        assert self.question is not None, "a question is left open"
        return evolve(self, skipped=self.skipped | {self.question.id})
