"""Django, set up for one file; its models can be imported only once that is done."""

# mypy: disable-error-code="import-untyped, import-not-found"
# (Django has no types, and may not be installed)

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings

from benchmarks.peer import Peer

__all__ = ["open_cases"]


def open_cases(path: Path) -> Peer:
    """Set Django up, make its tables and give the cases."""
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(path),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "pragma journal_mode = wal; pragma synchronous = full",
                },
            }
        },
        USE_TZ=True,
    )
    django.setup()
    from benchmarks.peer_django_models import Cases

    return Cases()
