"""Phone numbers: one form for each, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing.strategies import phones
from adminduk.values import Phone


class TestInternationalForm:
    """However it is written, a number has one form: + and the country, then digits."""

    @pytest.mark.parametrize(
        "text",
        [
            "081234567890",
            "0812-3456-7890",
            "(0812) 3456 7890",
            "0812.3456.7890",
            "+6281234567890",
            "+62 812 3456 7890",
            "+62 (0)812-3456-7890",
        ],
    )
    def test_indonesian(self, text: str):
        """With the 0 dialled inside the country, with +62, or with both."""
        assert Phone.parse(text).full() == "+6281234567890"

    @pytest.mark.parametrize(
        ("text", "full"),
        [("+65 6123 4567", "+6561234567"), ("+1 (202) 555-0143", "+12025550143")],
    )
    def test_abroad(self, text: str, full: str):
        """Numbers of other countries keep theirs."""
        assert Phone.parse(text).full() == full

    @given(phones())
    def test_always_e164(self, phone: Phone):
        """ITU-T E.164: at most fifteen digits, the first of country and number not 0."""
        assert re.fullmatch(r"\+[1-9][0-9]{7,14}", phone.full())
        assert not phone.full().startswith("+620")

    @given(phones().filter(lambda phone: phone.full().startswith("+62")), st.data())
    def test_written_with_marks_between(self, phone: Phone, data: st.DataObject):
        """Blanks, hyphens, points and brackets between the digits make no difference."""
        digits = "0" + phone.full()[3:]
        place = data.draw(st.integers(1, len(digits)))
        mark = data.draw(st.sampled_from([" ", "-", ".", "(", ")"]))
        assert Phone.parse(digits[:place] + mark + digits[place:]) == phone


class TestNoPhoneNumbers:
    """What cannot be dialled from anywhere is refused."""

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "0",
            "+",
            "0812",
            "81234567890",
            "00628123456789",
            "+0812345678",
            "+6200812345678",
            "0812345678901234",
            "+6281234567890123",
            "0812345678x",
            "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
            "08123+45678",
            "++6281234567",
            "081234567890\n",
            "112",
            " " * 31,
            "0812 3456 7890" + " " * 20,
        ],
    )
    def test_refused(self, text: str):
        """Too short, too long, no country, two prefixes, other digits, other signs."""
        with pytest.raises(InvalidInput) as caught:
            Phone.parse(text)
        assert [fault.code for fault in caught.value.faults] == ["phone"]
