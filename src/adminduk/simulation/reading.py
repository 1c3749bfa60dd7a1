"""Reading scenarios from files, strictly, and changing them line by line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from adminduk.codec import parse_json, structure
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.simulation.scenario import Scenario

__all__ = ["read_scenario", "tuban"]

_LARGEST_FILE: Final = 256 * 1024


def read_scenario(file: Path, changes: Iterable[str] = ()) -> Scenario:
    """Read a scenario from a TOML file, or from JSON if the file is called so.

    What is left out is as in Tuban in 2021.

    Args:
        file: The file.
        changes: Lines of TOML that go before what is in it, as `verifiers = 6`.

    Raises:
        InvalidInput: It cannot be read; each fault with the file and the path in it.
    """
    data = {"name": file.stem, **_content(file)}
    return scenario_of(data, changes, str(file))


def scenario_of(data: dict[str, Any], changes: Iterable[str] = (), said_in: str = "") -> Scenario:
    """Make a scenario of plain data. Raises as `read_scenario`."""
    data = {"documents": Scenario().documents, **data}
    for one in changes:
        _lay_over(data, _changed(one))
    try:
        return structure(data, Scenario)
    except InvalidInput as error:
        if not said_in:
            raise
        raise InvalidInput(tuple(_in_file(said_in, one) for one in error.faults)) from None


_SUMMER: Final[dict[str, Any]] = {
    "name": N_("summer 2021"),
    "staffing": [{"since": "2021-06-29", "until": "2021-07-12", "percent": 50}],
    "closings": [{"acts": ["submit"], "since": "2021-06-29", "until": "2021-07-12"}],
}
"""Half of the office is ill for ten working days, and its counter takes nothing in."""


def tuban(changes: Iterable[str] = ()) -> tuple[Scenario, Scenario]:
    """Give the office of Tuban on ordinary days, and in the summer of 2021.

    Args:
        changes: What is otherwise in both of them, as for `read_scenario`.
    """
    lines = tuple(changes)
    return scenario_of({}, lines), scenario_of(dict(_SUMMER), lines)


def _in_file(name: str, fault: Fault) -> Fault:
    path = f"{name}: {fault.path}" if fault.path else name
    return Fault(path, fault.code, fault.text, fault.accepted, fault.facts)


def _content(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST_FILE + 1)
    except OSError as error:
        text = N_("It cannot be read: {why}")
        raise InvalidInput.at(str(file), "unreadable", text, why=error.strerror) from None
    if len(data) > _LARGEST_FILE:
        text, accepted = N_("The file is too large."), N_("at most 256 KiB")
        raise InvalidInput.at(str(file), "too_large", text, accepted)
    if file.suffix == ".json":
        return _object(data, str(file))
    try:
        return _toml(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        text = N_("This is no TOML: {why}")
        raise InvalidInput.at(str(file), "no_toml", text, why=str(error)) from None


def _object(data: bytes, path: str) -> dict[str, Any]:
    try:
        read = parse_json(data)
    except InvalidInput as error:
        raise InvalidInput(tuple(_in_file(path, one) for one in error.faults)) from None
    if not isinstance(read, dict):
        raise InvalidInput.at(
            path, "wrong_type", N_("Something else belongs here."), N_("an object")
        )
    return read


def _changed(line: str) -> dict[str, Any]:
    """Read a change: a line of TOML, in which a word may stand without quotation marks."""
    name, _, value = line.partition("=")
    for text in (line, f'{name} = "{value.strip()}"') if value else ():
        try:
            return _toml(text)
        except (ValueError, RecursionError):
            continue
    accepted = N_("a line as verifiers=6")
    raise InvalidInput.at("--set", "no_toml", N_("That changes nothing."), accepted)


def _lay_over(data: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        below = data.get(name)
        if isinstance(value, dict) and isinstance(below, dict):
            _lay_over(below, value)
        else:
            data[name] = value


def _toml(text: str) -> dict[str, Any]:
    read: dict[str, Any] = _plain(tomllib.loads(text))
    return read


def _plain(value: Any) -> Any:
    """Give TOML as JSON would say it: days are text."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if type(value) is date else value
