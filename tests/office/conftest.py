"""The office that these tests work in."""

from office_days import town

__all__ = ["town"]
