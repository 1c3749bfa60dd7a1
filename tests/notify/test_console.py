"""The console notifier prints for people, and shows nobody's number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.masking import is_hidden, masked
from adminduk.notify.console import ConsoleNotifier, _plain


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("+6281234567890", "…890"),
        ("0812-3456-7890", "…890"),
        ("village_operator@35.23.08.2001", "village_operator@35.23.08.2001"),
        ("siti@rumah.example", "…"),
        ("+6281234567890@35.23", "…523"),
        ("", "…"),
    ],
)
def test_of_a_number_only_the_last_digits_are_shown(
    to: str, shown: str, capsys: pytest.CaptureFixture[str]
):
    """A post is nobody's secret; everything else is masked."""
    ConsoleNotifier().send("c1/0", to, "Akta sudah siap diambil.")
    printed = capsys.readouterr()
    assert printed.err == f"-> {shown}: Akta sudah siap diambil.\n"
    assert printed.out == ""


def test_what_would_move_the_cursor_or_hide_text_is_left_out(capsys: pytest.CaptureFixture[str]):
    """A name from a form cannot forge a second message or clear the screen."""
    ConsoleNotifier().send("c1/0", "+6281234567890", "siap\n-> …1: palsu\x1b[2J\u202eab\u2028c")
    assert capsys.readouterr().err == "-> …890: siap -> …1: palsu [2J ab c\n"


@given(st.text())
def test_a_message_is_one_printable_line(text: str):
    """Whatever is in it."""
    plain = _plain(text)
    assert plain.isprintable()
    assert plain.split() == "".join(" " if is_hidden(one) else one for one in masked(text)).split()
