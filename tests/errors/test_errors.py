"""Errors: a stable code, a sentence in both languages, and the facts a program needs."""

from __future__ import annotations

import json
import pickle

import pytest

from adminduk import errors
from adminduk.errors import (
    AdmindukError,
    AlreadyOpen,
    ApprovalNeeded,
    BlankUsed,
    CommandReused,
    Conflict,
    Erased,
    Fault,
    IdTaken,
    InvalidInput,
    NoOffice,
    NoRuleInForce,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    Refused,
    StorageFailure,
    Undeliverable,
    UnknownService,
)

EVERY = [
    NoRuleInForce(rule="kk-pisah", on="2019-01-01", known=["2020-07-01 – …"]),
    UnknownService(service="sim", known=["kk-hilang", "ktp-baru"]),
    NotFound(kind="application", id="2222222222-2"),
    Erased(kind="case", id="2222222222-2"),
    NoOffice(kind="office", id="35.22", known=["35.23"]),
    Refused("not_due", "The time of {id} is not past.", id="2222222222-2"),
    NotPermitted("wrong_role", command="verify", role="courier", may=["registry_operator"]),
    ApprovalNeeded(command="reject", may=["head_of_office"]),
    NotAllowedNow(
        command="give_up", id="2222222222-2", state="handed_over", instead=["hand_in", "turn_home"]
    ),
    AlreadyOpen(application="2222222222-2"),
    BlankUsed(blank="A1", id="2222222222-2/1"),
    IdTaken(kind="bag", id="BAG-1"),
    Conflict(ids=["2222222222-2"], version=3, if_version=2),
    CommandReused(id="7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a"),
    StorageFailure(url="sqlite:///x.db", why="the disk is full"),
    Undeliverable(why="no such number"),
    InvalidInput.at("with.bag", "label", "That is not a label.", "1 to 40 letters"),
]


def test_none_is_left_out():
    """Every error of the library is looked at here."""
    family = {
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, AdmindukError)
    }
    assert {type(one) for one in EVERY} == family - {AdmindukError}


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
class TestEvery:
    """What holds for each of them."""

    def test_is_of_the_family(self, error: AdmindukError):
        """Who catches the root catches all."""
        assert isinstance(error, AdmindukError)
        assert error.code.islower()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_says_what_is_wrong(self, error: AdmindukError, language: str):
        """In one or two sentences, with every fact filled in."""
        said = error.message(language)
        assert said
        assert "{" not in said
        assert "None" not in said
        assert "_" not in said.replace("sqlite:///", "")

    def test_is_answered_to_programs(self, error: AdmindukError):
        """Code, message and facts, as JSON can hold them."""
        answer = error.as_dict("en")
        assert answer["code"] == error.code
        assert answer["message"] == error.message("en")
        assert json.loads(json.dumps(answer)) == answer
        for name, value in error.facts.items():
            assert name == "faults" or answer[name] == value

    def test_is_the_same_in_another_process(self, error: AdmindukError):
        """It comes through pickling with all that it says."""
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert type(again) is type(error)
        assert (again.code, again.facts) == (error.code, error.facts)
        assert again.message("en") == error.message("en")

    def test_prints_its_code_and_sentence(self, error: AdmindukError):
        """In a log, in English."""
        assert str(error) == f"{error.code}: {error.message('en')}"


class TestRefusals:
    """Each rule has a code and a sentence of its own."""

    def test_are_told_apart_by_their_code(self):
        """One class, many reasons."""
        one = Refused("not_due", "Too early.", id="x")
        assert (one.code, one.message("en")) == ("not_due", "Too early.")
        assert Refused.code == "refused"

    def test_without_one_have_that_of_their_class(self):
        """A kind of refusal may speak for itself."""
        assert AlreadyOpen(application="X").code == "already_open"
        assert "follow X" in AlreadyOpen(application="X").message("en")

    def test_name_roles_and_commands_in_words(self):
        """Programs read `village_operator`; people do not."""
        error = NotPermitted(
            "wrong_role",
            command="hand_over",
            role="print_operator",
            may=["village_operator", "front_desk"],
        )
        assert error.message("en") == (
            "print operator may not do hand over here. Those who may: village operator, front desk."
        )
        assert error.facts["may"] == ["village_operator", "front_desk"]

    def test_say_nothing_as_a_dash(self):
        """Where nothing is possible any more."""
        error = NotAllowedNow(command="print", id="X", state="destroyed", instead=[])
        assert error.message("en").endswith("Possible now: –.")


class TestInvalidInput:
    """All faults of an input at once."""

    FAULTS = (
        Fault("with.bag", "label", "That is not a label.", "letters"),
        Fault("", "empty", "Nothing is there."),
    )

    def test_names_each_with_its_path(self):
        """One after the other; one about everything has no path."""
        error = InvalidInput(self.FAULTS)
        assert error.faults == self.FAULTS
        assert error.message("en") == (
            "with.bag: That is not a label. Accepted: letters; Nothing is there."
        )

    def test_is_answered_with_the_path_of_the_first(self):
        """A form can jump there."""
        answer = InvalidInput(self.FAULTS).as_dict("en")
        assert answer["path"] == "with.bag"
        assert [one["code"] for one in answer["faults"]] == ["label", "empty"]

    def test_is_a_value_error(self):
        """Programs that expect one are served."""
        assert isinstance(InvalidInput(self.FAULTS), ValueError)

    def test_a_path_is_moved_below_another(self):
        """The fault of a part becomes one of the whole."""
        assert self.FAULTS[0].under("line").path == "line.with.bag"
        assert self.FAULTS[1].under("line").path == "line"

    def test_its_sentence_may_hold_facts(self):
        """Also what would be accepted."""
        fault = Fault(
            "x", "few", "Too few {what}.", "at least {least}", {"what": "scans", "least": 2}
        )
        assert fault.message("en") == "x: Too few scans. Accepted: at least 2"
