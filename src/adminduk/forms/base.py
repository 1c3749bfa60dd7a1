"""What all choices of the forms have in common: a code, and a name in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Self

from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import LANGUAGES, N_, Text

__all__ = ["LONGEST", "FormCode"]

LONGEST: Final = 100
"""Characters of a name; what is longer is none."""
_CODE: Final = re.compile(r"[0-9]{1,2}")


@frozen
class _Printed:
    """What a form prints of one question.

    Attributes:
        title: The question.
        form: The form, as `F-1.01`; empty where it is on none that is in use.
        labels: The answers, by code.
        codes: The codes, by the folded name of the answer in either language.
    """

    title: Text
    form: str
    labels: Mapping[int, Text]
    codes: Mapping[str, int]


@lru_cache(maxsize=1)
def _printed() -> Mapping[str, _Printed]:
    import tomllib
    from importlib.resources import files

    data = files("adminduk.forms").joinpath("data", "forms.toml").read_text(encoding="utf-8")
    return {name: _of_table(table) for name, table in tomllib.loads(data).items()}


def _of_table(table: Mapping[str, Any]) -> _Printed:
    labels = {int(code): Text(**label) for code, label in table["labels"].items()}
    codes = {_folded(name): code for code, one in labels.items() for name in (one.id, one.en)}
    return _Printed(Text(**table["title"]), table.get("form", ""), labels, codes)


def _folded(name: str) -> str:
    """Give what names have in common that differ in case and blanks only."""
    return "".join(unicodedata.normalize("NFC", name).casefold().split())


class FormCode(Enum):
    """An answer that a form lists: its code and its name; each question is a class of its own.

    The names are read from packaged data when the first is asked for. They are those of the
    forms of Permendagri 109/2019 as they are in use; its annex was not read, so codes and
    terms are reported, not confirmed.
    """

    _value_: int

    @property
    def code(self) -> int:
        """The number that is written on the form."""
        return self.value

    @property
    def label(self) -> Text:
        """The name: in Indonesian as the form prints it, and in English."""
        return self._question().labels[self.value]

    @classmethod
    def title(cls) -> Text:
        """Give the question."""
        return cls._question().title

    @classmethod
    def form(cls) -> str:
        """Give the form, as `F-1.01`; empty where it is on none that is in use."""
        return cls._question().form

    @classmethod
    def parse(cls, told: int | str) -> Self:
        """Give the answer that is meant by a code or a name.

        A code may be text, too. Of a name, in either language, neither case nor blanks matter.

        Raises:
            InvalidInput: There is no such answer; its fault says which there are.
        """
        found = cls.find(told)
        if found is None:
            text = N_("The form has no such choice.")
            choices = {
                language: [f"{one.code} {one.label.in_language(language)}" for one in cls]
                for language in LANGUAGES
            }
            raise InvalidInput.at("", "not_on_form", text, "{choices}", choices=choices)
        return found

    @classmethod
    def find(cls, told: int | str) -> Self | None:
        """Give the answer that is meant by a code or a name, or None; see `parse`."""
        code: int | None = None
        if type(told) is int:
            code = told
        elif isinstance(told, str) and len(told) <= LONGEST:
            is_code = _CODE.fullmatch(told)
            code = int(told) if is_code else cls._question().codes.get(_folded(told))
        return cls(code) if code in cls._question().labels else None

    @classmethod
    def _question(cls) -> _Printed:
        return _printed()[cls.__name__]
