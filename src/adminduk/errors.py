"""Every error that the library raises on purpose: a stable code, both languages, and the facts.

A program reads `code` and `facts`; a person reads `message("id")` or `message("en")`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from attrs import field, frozen

from adminduk.language import DEFAULT_LANGUAGE, N_, translate
from adminduk.masking import shown
from adminduk.names import in_words

__all__ = [
    "AdmindukError",
    "AlreadyOpen",
    "ApprovalNeeded",
    "BlankUsed",
    "CommandReused",
    "Conflict",
    "Erased",
    "Fault",
    "IdTaken",
    "InvalidInput",
    "NoOffice",
    "NoRuleInForce",
    "NotAllowedNow",
    "NotFound",
    "NotPermitted",
    "Refused",
    "StorageFailure",
    "Undeliverable",
    "UnknownService",
]


class AdmindukError(Exception):
    """The root of the family; never raised itself.

    Attributes:
        code: Stable name of the kind of error, for programs.
        facts: What a program needs to act on it; values are JSON-ready and hold no personal data.
    """

    code: ClassVar[str] = "error"
    text: ClassVar[str] = N_("Something went wrong.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Say what is wrong and what to do, in one or two sentences."""
        return shown(translate(self.text, language).format_map(_Words(self.facts, language)))

    def as_dict(self, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """Give the error as it is answered to programs: code, message and facts."""
        return {"code": self.code, "message": self.message(language), **_told(self.facts)}

    def __str__(self) -> str:
        return f"{self.code}: {self.message('en')}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.facts)


def _rebuild(kind: type[AdmindukError], facts: dict[str, Any]) -> AdmindukError:
    return kind(**facts)


_NAMED: Final = frozenset(
    {"act", "channel", "command", "instead", "kind", "level", "may", "may_be", "role", "state"}
)
"""Facts that are names of roles, kinds, states or commands."""


_LONGEST: Final = 300


def _short(text: str) -> str:
    """Give a text as it may be told; a cut neither leaves half a number nor makes one."""
    told = shown(text[: 2 * _LONGEST])
    return told if len(told) <= _LONGEST else f"{shown(told[:_LONGEST])}…"


def _told(fact: Any) -> Any:
    """Give a fact as it may be told: no number of a person, nothing hidden, nothing endless."""
    if isinstance(fact, str):
        return _short(fact)
    if isinstance(fact, dict):
        return {_told(name): _told(one) for name, one in fact.items()}
    return [_told(one) for one in fact] if isinstance(fact, (list, tuple)) else fact


class _Words(dict[str, Any]):
    """Facts as words: lists become comma-separated, what is missing becomes a dash."""

    def __init__(self, facts: Mapping[str, Any], language: str) -> None:
        super().__init__(facts)
        self._language = language

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if isinstance(value, dict):  # said in every language already
            value = value.get(self._language)
        several = value if isinstance(value, (list, tuple)) else [value]
        said = ["" if one is None else _short(str(one)) for one in several]
        if key in _NAMED:
            said = [in_words(one, self._language) for one in said if one]
        return ", ".join(said) or "–"


@frozen
class Fault:
    """One thing wrong with an input.

    Attributes:
        path: Where, as in `with.people.child.birth_date`; empty for the whole input.
        code: Stable name of the fault.
        text: English template of the sentence, marked with `N_`.
        accepted: What would be accepted, in English, marked with `N_`; may be empty.
        facts: Values for the templates; never personal data.
    """

    path: str
    code: str
    text: str
    accepted: str = ""
    facts: dict[str, Any] = field(factory=dict, hash=False)

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Say what is wrong here and what would be accepted."""
        words = _Words(self.facts, language)
        said = translate(self.text, language).format_map(words)
        if self.accepted:
            expected = translate(self.accepted, language).format_map(words)
            said += " " + translate(N_("Accepted: {accepted}"), language).format(accepted=expected)
        return shown(f"{_short(self.path)}: {said}" if self.path else said)

    def under(self, prefix: str) -> Fault:
        """Give the same fault with its path moved below `prefix`."""
        path = f"{prefix}.{self.path}" if self.path else prefix
        return Fault(path, self.code, self.text, self.accepted, self.facts)

    def as_dict(self, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
        """Give the fault as it is answered to programs."""
        return {"path": _short(self.path), "code": self.code, "message": self.message(language)}


class InvalidInput(AdmindukError, ValueError):
    """The input does not have the form it must have; all its faults are named at once."""

    code = "invalid_input"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults=tuple(faults))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault found, in the order of the input."""
        return tuple(self.facts["faults"])

    @classmethod
    def at(cls, path: str, code: str, text: str, accepted: str = "", **facts: Any) -> InvalidInput:
        """Make the error of a single fault."""
        return cls((Fault(path, code, text, accepted, facts),))

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Name every fault, one after the other."""
        return "; ".join(fault.message(language) for fault in self.faults)

    def as_dict(self, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """Give code, message, the path of the first fault, and all faults."""
        return {
            "code": self.code,
            "message": self.message(language),
            "path": _short(self.faults[0].path) if self.faults else "",
            "faults": [fault.as_dict(language) for fault in self.faults],
        }


class NoRuleInForce(AdmindukError):
    """No rule of this service is known for that day; there is never a default."""

    code = "no_rule_in_force"
    text = N_("No rule for {rule} is known to hold on {on}. Rules are known from {known}.")


class UnknownService(AdmindukError):
    """The catalogue has no service of that id."""

    code = "unknown_service"
    text = N_("There is no service {service}. Services: {known}.")


class NotFound(AdmindukError):
    """A record, region or office that was named does not exist."""

    code = "not_found"
    text = N_("There is no {kind} {id} here.")


class NoOffice(NotFound):
    """The store does not have the office that was asked for, or has several and none was named."""

    code = "no_office"
    text = N_("The store has no office {id}. Offices in it: {known}. Name one, or make one first.")


class Erased(NotFound):
    """What a case says of people can never be read again: its key was destroyed."""

    code = "erased"
    text = N_("The people of {id} were erased: what needs to know of them cannot be done any more.")


class Refused(AdmindukError):
    """The office refuses the command; the facts say why not, who may (`may`), what instead."""

    code = "refused"
    text = N_("Refused.")

    def __init__(self, code: str = "", text: str = "", **facts: Any) -> None:
        super().__init__(**facts)
        self.code = code or type(self).code  # type: ignore[misc] # each rule has a code of its own
        self.text = text or type(self).text  # type: ignore[misc] # and says its reason

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_refusal, (type(self), self.code, self.text, self.facts)


def _rebuild_refusal(kind: type[Refused], code: str, text: str, facts: dict[str, Any]) -> Refused:
    return kind(code, text, **facts)


class NotPermitted(Refused):
    """This role, or this role in this area, may not do that."""

    code = "not_permitted"
    text = N_("{role} may not do {command} here. Those who may: {may}.")


class ApprovalNeeded(Refused):
    """The command needs the approval of somebody else, in a certain role."""

    code = "approval_needed"
    text = N_("{command} must be approved by another person: {may}.")


class NotAllowedNow(Refused):
    """The record is in a state in which that cannot happen."""

    code = "not_allowed_now"
    text = N_("{command} cannot be done to {id}, which is {state}. Possible now: {instead}.")


class AlreadyOpen(Refused):
    """There is an open case for the same subject and product."""

    code = "already_open"
    text = N_("The same is already applied for: follow {application}.")


class BlankUsed(Refused):
    """The numbered blank has already had its fate."""

    code = "blank_used"
    text = N_("Blank {blank} is already used by {id}. Scan the blank that is in your hand.")


class IdTaken(Refused):
    """A record of that id exists already."""

    code = "id_taken"
    text = N_("{kind} {id} exists already. Choose another id.")


class Conflict(AdmindukError):
    """Somebody else changed what this command was based on."""

    code = "conflict"
    text = N_("Changed by somebody else meanwhile: {ids}. Look again and decide anew.")


class CommandReused(AdmindukError):
    """The command id was used before, by another actor or with other content."""

    code = "command_reused"
    text = N_("Command {id} was sent before with other content or by another actor. Use a new id.")


class StorageFailure(AdmindukError):
    """The storage cannot be opened, read or written."""

    code = "storage_failure"
    text = N_("The store {url} cannot be used: {why}")


class Undeliverable(AdmindukError):
    """A message can never be delivered, however often it is tried: a notifier says so.

    It says why without the number or the text: `Undeliverable(why="no such number")`.
    """

    code = "undeliverable"
    text = N_("The message can never be delivered: {why}")
