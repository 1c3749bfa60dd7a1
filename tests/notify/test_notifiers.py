"""The notifiers that come with the library keep what every notifier promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adminduk.testing.kits import NotifierKit, Taken


class TestConsole(NotifierKit):
    """What is printed cannot be taken back, and there is always a console."""

    fails = False
    drops_repeats = False
    gives_up = False

    @pytest.fixture
    def notifier_url(self) -> str:
        """Give the URL of it."""
        return "console:"

    @pytest.fixture
    def taken(self, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[Taken]]:
        """Read what was printed."""

        def read() -> list[Taken]:
            lines = capsys.readouterr().err.splitlines()
            parts = (line.removeprefix("-> ").partition(": ") for line in lines)
            return [Taken(to, text) for to, _, text in parts]

        return read
