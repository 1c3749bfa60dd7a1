"""Files with keys to sign with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from adminduk.signing import SigningKey

__all__ = ["KEY_FILE", "new_key", "read_key"]

KEY_FILE: Final = click.Path(path_type=Path, dir_okay=False)


def new_key(file: Path) -> SigningKey:
    """Make a key in a new file."""
    from adminduk.signing import SigningKey

    made = SigningKey.make()
    try:
        made.write(file)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from None
    return made


def read_key(file: Path) -> SigningKey:
    """Read a key from its file."""
    from adminduk.signing import SigningKey

    try:
        return SigningKey.read(file)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from None
