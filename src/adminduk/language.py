"""The two languages people read, through gettext: Indonesian (default) and English."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Final

from attrs import frozen

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "N_", "Text", "translate"]

LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = "id"
_LOCALE_FOLDER: Final = Path(__file__).parent / "locale"


@frozen
class Text:
    """A text in both languages, for what is no text of the program."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the text in `id` or `en`."""
        return self.en if language == "en" else self.id


def N_(text: str) -> str:  # noqa: N802 - the name that message extractors look for
    """Mark `text` (English) for translation without translating it now."""
    return text


@lru_cache(maxsize=len(LANGUAGES))
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("adminduk", _LOCALE_FOLDER, [language], fallback=language == "en")


def translate(text: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Give `text`, which is written in English in the source, in `language` ("id" or "en")."""
    return _translations(language).gettext(text)
