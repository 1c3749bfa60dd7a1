"""Under which licences what is installed may be used, and which of them are taken."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import Distribution
from typing import Final

from license_expression import ExpressionError, LicenseExpression, Licensing, get_spdx_licensing
from tests.supply.needs import FOLDERS, brought, whole

UNKNOWN: Final = "LicenseRef-unknown"
TAKEN: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LicenseRef-BSD", "MIT",
    "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib", "any-OSI",
})  # fmt: skip
"""What the library and its extras may need: permissive, or copyleft of single files (MPL)."""
TAKEN_BY_ADAPTERS: Final = TAKEN | {"EPL-2.0", "LGPL-3.0-only"}
"""What an adapter may need beside: copyleft of a library that is imported as it is."""

_CLASSIFIED: Final[Mapping[str, str]] = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "LicenseRef-BSD",  # which of them, it does not say
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_WORDS: Final[Mapping[str, str]] = {
    "3-Clause BSD License": "BSD-3-Clause",  # protobuf
    "BSD-3-Clause, Apache-2.0, dependency licenses": "Apache-2.0 AND BSD-3-Clause",  # pypdfium2
}


def licence(one: Distribution) -> str:
    """Give the licence of a distribution as an expression of SPDX, by what its metadata say.

    Several classifiers count as if all of them bound: which of them may be chosen is not said.
    """
    metadata = one.metadata
    for said in (metadata.get("License-Expression"), metadata.get("License")):
        if said and (known := _WORDS.get(said, said)) and _parsed(known):
            return known
    classified = {
        _CLASSIFIED.get(said.rpartition(" :: ")[2], UNKNOWN)
        for said in metadata.get_all("Classifier", [])
        if said.startswith("License :: OSI Approved ::")
    }
    return " AND ".join(sorted(classified)) or UNKNOWN


def not_taken(name: str, there: Mapping[str, Distribution]) -> dict[str, str]:
    """Give what a distribution of this clone brings that it may not, each with its licence."""
    taken = TAKEN if name == "adminduk" else TAKEN_BY_ADAPTERS
    # What is not installed is told by whoever needs it there.
    others = {one for one in brought(whole(name), there) if one in there} - {*FOLDERS}
    said = {one: licence(there[one]) for one in sorted(others)}
    return {one: expression for one, expression in said.items() if not is_taken(expression, taken)}


def is_taken(expression: str, taken: frozenset[str]) -> bool:
    """Tell whether all licences that bind are among these; of a choice one is enough."""
    licensing = _licensing()
    return _holds(licensing.parse(expression), taken)


def _holds(part: LicenseExpression, taken: frozenset[str]) -> bool:
    licensing = _licensing()
    if isinstance(part, licensing.OR):
        return any(_holds(one, taken) for one in part.args)
    if isinstance(part, licensing.AND):
        return all(_holds(one, taken) for one in part.args)
    return part.render() in taken


def _parsed(expression: str) -> bool:
    """Tell whether it is an expression of licences that SPDX knows."""
    try:
        return not _licensing().unknown_license_keys(expression)
    except ExpressionError:
        return False


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()
