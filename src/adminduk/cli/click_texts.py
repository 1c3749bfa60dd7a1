"""The words of click itself that people may read here, for translators.

click asks gettext for each of them. What a release of click words otherwise stays English, as
does what it says in one way of one thing and in another way of several.
"""

from __future__ import annotations

from typing import Final

from adminduk.language import N_

__all__ = ["TEXTS"]

TEXTS: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} is a file."),
    N_("Could not open file {filename!r}: {message}"),
)
