"""What holds for each of the seven values."""

from __future__ import annotations

import copy
import pickle
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.forms import Occupation
from adminduk.testing import strategies as draw
from adminduk.values import NIK, KKNumber, PersonName, Phone, RegionCode, TrackingCode, Value

STRATEGIES: dict[type[Value], st.SearchStrategy[Any]] = {
    NIK: draw.niks(),
    KKNumber: draw.kk_numbers(),
    RegionCode: draw.region_codes(),
    PersonName: draw.person_names(),
    Phone: draw.phones(),
    TrackingCode: draw.tracking_codes(),
    Occupation: draw.occupations(),
}
VALUES = st.one_of(*STRATEGIES.values())
KINDS = pytest.mark.parametrize("kind", STRATEGIES, ids=lambda kind: kind.__name__)
EXAMPLES = {
    NIK: "3523084107900001",
    KKNumber: "3523081203150007",
    RegionCode: "35.23.08.2001",
    PersonName: "Siti Aminah",
    Phone: "+6281234567890",
    TrackingCode: "K7M2Q9XD4H-T",
    Occupation: "Barista",
}
NEAR_TEXTS = st.one_of(
    st.text(),
    st.text("0123456789.", max_size=18),
    st.text("0123456789 +-()", max_size=18),
    st.text("23456789ABCDEFGHJKMNPQRSTUVWXYZ-", min_size=11, max_size=12),
    st.from_regex(r"3523[0-9]{10}00", fullmatch=True),
)


def refusal(kind: type[Value], text: Any) -> InvalidInput:
    """Give the error with which a text is refused."""
    with pytest.raises(InvalidInput) as caught:
        kind.parse(text)
    return caught.value


class TestMadeOnlyByParsing:
    """A value is made only by parsing text; nothing else gets round the checks."""

    @KINDS
    @pytest.mark.parametrize(
        "other", [3523084107900001, 0, True, None, 1.5, b"3523084107900001", ["35"], {}, object()]
    )
    def test_other_than_text_is_invalid_input(self, kind: type[Value], other: object):
        """What is not text is refused as such, never with a bare TypeError."""
        fault = refusal(kind, other).faults[0]
        assert (fault.path, fault.code) == ("", "not_text")
        assert fault.accepted

    @KINDS
    def test_a_value_is_not_text(self, kind: type[Value]):
        """A value that is parsed already is refused as well: the caller mixes two things up."""
        assert refusal(kind, kind.parse(EXAMPLES[kind])).faults[0].code == "not_text"

    @KINDS
    def test_the_class_cannot_be_called(self, kind: type[Value]):
        """Calling the class makes no value, and its error does not repeat what it was given."""
        for arguments in ((), (EXAMPLES[kind],), (EXAMPLES[kind], 1)):
            with pytest.raises(TypeError) as caught:
                kind(*arguments)
            assert str(caught.value) == f"{kind.__name__} is made by {kind.__name__}.parse(text)"

    @pytest.mark.parametrize("other", ["35.23", 35])
    def test_a_kind_must_say_its_form(self, other: object):
        """The common class accepts nothing: only its kinds know what is right."""
        with pytest.raises(NotImplementedError):
            Value.parse(other)  # type: ignore[arg-type]

    @KINDS
    def test_kept_is_plain_text(self, kind: type[Value]):
        """A subclass of str, which may print as it likes, does not get inside."""

        class Odd(str):
            __slots__ = ()

            def __str__(self) -> str:
                return "something else"

        value = kind.parse(Odd(EXAMPLES[kind]))
        assert type(value.full()) is str
        assert value.full() == EXAMPLES[kind]

    @KINDS
    @given(text=NEAR_TEXTS)
    def test_any_text_is_a_value_or_invalid_input(self, kind: type[Value], text: str):
        """Whatever the text, the answer is a value or an error that the caller can place."""
        try:
            value = kind.parse(text)
        except InvalidInput as caught:
            error = caught
        else:
            assert kind.parse(value.full()) == value
            return
        assert [fault.path for fault in error.faults] == [""]
        assert error.message("en")

    @KINDS
    @pytest.mark.parametrize("one", ["3", "a", " ", "-", "\u0301", "\U0001f600", "+1", "A-"])
    def test_a_huge_text_is_refused_quickly(self, kind: type[Value], one: str):
        """Ten megabytes are refused without going through them."""
        text = one * (10_000_000 // len(one))
        started = time.thread_time()
        refusal(kind, text)
        assert time.thread_time() - started < 0.05


class TestRoundTrip:
    """The full text of a value is the text that gives the value again."""

    @given(VALUES)
    def test_parse_full(self, value: Value):
        """Parsing the full text gives an equal value with the same full text."""
        again = type(value).parse(value.full())
        assert again == value
        assert again.full() == value.full()

    @given(VALUES)
    def test_pickle_and_copies(self, value: Value):
        """Pickled, copied and deeply copied values are equal and of the same type."""
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):  # noqa: S301 - our own bytes
            assert type(again) is type(value)
            assert again == value

    def test_a_tampered_pickle_is_refused(self):
        """Pickled bytes are parsed again: a text changed in them does not become a value."""
        data = pickle.dumps(NIK.parse("3523084107900001")).replace(b"7900001", b"7900000")
        with pytest.raises(InvalidInput):
            pickle.loads(data)  # noqa: S301 - our own bytes


class TestImmutable:
    """A value never changes."""

    @given(VALUES)
    def test_no_attribute_can_be_set_or_deleted(self, value: Value):
        """Neither its text nor anything new can be set, and nothing can be deleted."""
        before = value.full()
        for name in ("_text", "anything"):
            with pytest.raises(AttributeError):
                setattr(value, name, "x")
            with pytest.raises(AttributeError):
                delattr(value, name)
        assert value.full() == before
        assert not hasattr(value, "__dict__")


class TestOrderAndEquality:
    """Values of one type are ordered and equal as their full texts are; of two, never."""

    @KINDS
    @given(data=st.data())
    def test_like_their_texts(self, kind: type[Value], data: st.DataObject):
        """Comparing two values answers as comparing their texts; equal ones hash alike."""
        one, two = data.draw(STRATEGIES[kind]), data.draw(STRATEGIES[kind])
        texts = (one.full(), two.full())
        assert (one == two) == (texts[0] == texts[1])
        assert (one < two) == (texts[0] < texts[1])
        assert (one <= two) == (texts[0] <= texts[1])
        assert (one > two) == (texts[0] > texts[1])
        assert (one >= two) == (texts[0] >= texts[1])
        assert hash(one) == hash(kind.parse(one.full()))

    def test_types_do_not_mix(self):
        """The same digits are a NIK or a KK number, not both, and neither is its text."""
        text = "3523081203150007"
        nik, kk = NIK.parse(text), KKNumber.parse(text)
        assert nik != kk
        assert nik != text
        assert len({nik, kk, text}) == 3
        with pytest.raises(TypeError):
            sorted([nik, kk])  # type: ignore[type-var]


class TestMasked:
    """What identifies a person is shown in full only on request."""

    @given(st.one_of(draw.niks(), draw.kk_numbers()))
    def test_numbers_show_six_digits(self, number: NIK | KKNumber):
        """Of NIK and KK number the first four and the last two digits are shown."""
        full = number.full()
        assert str(number) == full[:4] + "**********" + full[-2:]
        assert repr(number) == f"{type(number).__name__}('{number}')"

    @given(st.one_of(draw.niks(), draw.kk_numbers(), draw.phones()))
    def test_no_way_of_printing_gives_the_number(self, value: Value):
        """Formatting, also inside containers, never gives the hidden digits in their place."""
        for said in (f"{value}", f"{value!r}", f"{[value]}", f"{ ({value: 1}) }", f"{value!s:>40}"):
            assert value.full() not in said
            assert value.full()[:-3] not in said
            assert value.full()[4:] not in said

    @given(draw.phones())
    def test_phones_show_country_and_three_digits(self, phone: Phone):
        """Of a phone number the beginning and the last three digits are shown."""
        assert str(phone) == phone.full()[:3] + "*" * (len(phone.full()) - 6) + phone.full()[-3:]

    @given(draw.person_names())
    def test_names_are_masked_in_repr_only(self, name: PersonName):
        """The str of a name is the name; its repr has the first letter of each word."""
        assert str(name) == name.full()
        letters = " ".join(word[0] + "…" for word in name.full().split(" "))
        assert repr(name) == f"PersonName({letters!r})"

    @given(st.one_of(draw.region_codes(), draw.tracking_codes()))
    def test_codes_are_plain(self, code: RegionCode | TrackingCode):
        """Codes of regions and tracking codes are public."""
        assert str(code) == code.full()
        assert repr(code) == f"{type(code).__name__}({code.full()!r})"


class TestErrorsAreSilentAboutTheInput:
    """An error never contains the number that it refuses, however it is looked at."""

    @pytest.mark.parametrize("kind", [NIK, KKNumber])
    @given(
        text=st.from_regex(r"3523[0-9]{8}0000|35230[89]32[0-9]{8}|3523[0-9]{11}", fullmatch=True)
    )
    def test_numbers_stay_out_of_errors(self, kind: type[Value], text: str):
        """Neither words, nor facts, nor pickled bytes, nor a chained error hold the digits."""
        error = refusal(kind, text)
        words = f"{error!r} {error} {error.args} {error.facts} {error.as_dict('en')}"
        for part in (text, text[:12], text[4:14]):
            assert part not in words
            assert part.encode() not in pickle.dumps(error)
        assert error.__cause__ is None
        assert error.__context__ is None
