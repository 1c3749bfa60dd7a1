"""What all values have in common: made only by parsing text, immutable, ordered, hashable."""

from __future__ import annotations

from functools import total_ordering
from typing import Any, NoReturn, Self

from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["Value"]


@total_ordering
class Value:
    """A text of the domain whose form is certain.

    `str()` and `repr()` may mask it; `full()` gives the text that `parse` takes.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, *_: object, **__: object) -> None:
        # The arguments stay unnamed: this message may be logged, and they may be a NIK.
        raise TypeError(f"{type(self).__name__} is made by {type(self).__name__}.parse(text)")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Make the value of a text.

        Raises:
            InvalidInput: It is not text, or not of the right form; the text is never repeated.
        """
        if not isinstance(text, str):
            raise InvalidInput.at("", "not_text", N_("Text belongs here."), cls._accepted())
        # A subclass of str may compare or print as it likes; what is kept is plain text.
        return cls.trusted(cls._canonical(str.__str__(text)))

    @classmethod
    def trusted(cls, canonical: str) -> Self:
        """Make the value of a text that `full` gave; nothing is checked."""
        value = object.__new__(cls)
        object.__setattr__(value, "_text", canonical)
        return value

    @classmethod
    def _canonical(cls, text: str) -> str:
        """Check a text and give its one canonical form."""
        raise NotImplementedError

    @classmethod
    def _accepted(cls) -> str:
        """Say in English what is accepted."""
        raise NotImplementedError

    @classmethod
    def _refuse(cls, code: str, text: str) -> InvalidInput:
        return InvalidInput.at("", code, text, cls._accepted())

    def full(self) -> str:
        """Give the full text; mind where it goes."""
        return self._text

    def masked(self) -> str:
        """Give the text as it may be shown anywhere."""
        return self._text

    def __str__(self) -> str:
        return self.masked()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and type(other) is type(self) and other._text == self._text

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._text < other._text

    def __hash__(self) -> int:
        return hash((type(self), self._text))

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).parse, (self._text,)
