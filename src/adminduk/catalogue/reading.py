"""Making the classes of the catalogue from tables, without ever taking one thing for another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import GenericAlias
from typing import Any, Final, Literal, TypeGuard, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from adminduk.catalogue.faults import FILE_NAMES, SaidElsewhereError
from adminduk.catalogue.law import Certainty, Id
from adminduk.catalogue.party import PERSON_FIELDS, PersonPath
from adminduk.catalogue.showing import Way
from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["Hook", "converter", "exactly", "is_id", "one_of"]

T = TypeVar("T")
Hook = Callable[[Any], Any]
Structure = Callable[[Any, Any], Any]

_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_LARGEST_NUMBER: Final = 10**9
"""Days, hours, years and cuts are all far below it."""
_PLAIN: Final = {
    str: N_("A text belongs here."),
    int: N_("A whole number belongs here."),
    bool: N_("Here belongs true or false."),
    date: N_("A date belongs here."),
    dict: N_("A table belongs here."),
    list: N_("A list belongs here."),
}


def converter(hooks: Mapping[Any, Hook]) -> cattrs.Converter:
    """Give a converter that reads tables strictly, and some types by hooks of their own."""
    made = cattrs.Converter(forbid_extra_keys=True)
    made.register_structure_hook_factory(_is_class, lambda kind: _of_class(made, kind))
    made.register_structure_hook_factory(_is_list, lambda kind: _of_list(made, kind))
    made.register_structure_hook_factory(_is_table, lambda kind: _of_table(made, kind))
    made.register_structure_hook_factory(_is_choice, lambda kind: _of_choice(get_args(kind)))
    for plain in (str, int, bool, date):
        made.register_structure_hook(plain, exactly)
    for choices in (Certainty, Way):
        made.register_structure_hook(choices, _of_choice(choices))
    for kind, hook in {Id: _id, PersonPath: _person_path, **hooks}.items():
        made.register_structure_hook(kind, _without_type(hook))
    return made


def _without_type(hook: Hook) -> Structure:
    return lambda value, _: hook(value)


def exactly(value: Any, kind: type[T]) -> T:
    """Check a value's type without taking one for another: no number is a text.

    Raises:
        InvalidInput: It is of another type, an empty text, or a number beyond all use.
    """
    if type(value) is not kind:
        raise InvalidInput.at("", "wrong_type", _PLAIN[kind])
    if isinstance(value, str) and not value.strip():
        raise InvalidInput.at("", "empty", N_("This text is empty."))
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        text, accepted = N_("The number is too large."), N_("at most 10^9")
        raise InvalidInput.at("", "too_large", text, accepted)
    return value


def one_of(choices: Mapping[str, T | None], value: object) -> T:
    """Give what a name stands for.

    Raises:
        InvalidInput: It stands for nothing.
        SaidElsewhereError: It stands for None: something that is wrong itself.
    """
    name = exactly(value, str)
    if name not in choices:
        accepted = ", ".join(choices)
        raise InvalidInput.at("", "unknown_name", N_("There is no {name}."), accepted, name=name)
    found = choices[name]
    if found is None:
        raise SaidElsewhereError
    return found


def is_id(value: object) -> TypeGuard[str]:
    """Say whether a value is a name as they are given here."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _id(value: object) -> str:
    if not is_id(exactly(value, str)):
        accepted = N_("lower-case letters, digits, - and _")
        raise InvalidInput.at("", "bad_id", N_("This is no id."), accepted)
    return str(value)


def _person_path(value: object) -> str:
    party, _, name = exactly(value, str).partition(".")
    if not is_id(party) or name not in PERSON_FIELDS:
        text = N_("A field of a party belongs here, as `child.name`.")
        raise InvalidInput.at("", "person_path", text, ", ".join(PERSON_FIELDS))
    return str(value)


def _is_class(kind: Any) -> bool:
    return attrs.has(kind)


def _of_class(made: cattrs.Converter, kind: Any) -> Structure:
    renamed: dict[str, Any] = {
        one.name: override(rename=FILE_NAMES[one.name])
        for one in attrs.fields(kind)
        if one.name in FILE_NAMES
    }
    inner = make_dict_structure_fn(kind, made, **renamed)
    return lambda value, _: inner(exactly(value, dict), kind)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in {tuple, frozenset}


def _of_list(made: cattrs.Converter, kind: Any) -> Structure:
    """Give a hook for a list that says something; of a set also nothing twice."""
    inside: Any = GenericAlias(list, get_args(kind)[0])
    make = get_origin(kind)

    def hook(value: Any, _: Any) -> Any:
        if not exactly(value, list):
            accepted = N_("leave it out, or say something")
            raise InvalidInput.at("", "empty", N_("This list is empty."), accepted)
        found = make(made.structure(value, inside))
        if len(found) < len(value):
            raise InvalidInput.at("", "repeated", N_("Something is said twice."))
        return found

    return hook


def _is_table(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _of_table(made: cattrs.Converter, kind: Any) -> Structure:
    inside: Any = GenericAlias(dict, get_args(kind))
    return lambda value, _: made.structure(exactly(value, dict), inside)


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _of_choice(kinds: Iterable[str]) -> Structure:
    """Give a hook for one of several texts, among them the values of an enumeration."""
    choices = {str(one): one for one in kinds}
    return lambda value, _: one_of(choices, value)
