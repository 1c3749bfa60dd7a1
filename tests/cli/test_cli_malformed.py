"""What cannot be done, of every kind: one clear error a line, and nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cli_cases import HEAD, OFFICE, RINI, SITI, TRI, Book, Line, as_file, submission
from cli_lines import CASE, NEW, OPEN, changed, sent, submitted, without
from cli_running import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Give an office with one open case, submitted by the command of this id."""
    book = Book("open")
    book.add(SITI, "submit", **submission(CASE, OPEN))
    assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
    return desk


def stored(desk: Desk) -> tuple[Any, Any]:
    """Give everything the office has written, and that it is sound."""
    return desk.run("journal", "--json").json, desk.run("verify", "--json").json


def refused(desk: Desk, line: object) -> dict[str, Any]:
    """Send one line that must change nothing; give the error."""
    before = stored(desk)
    done = desk.run("apply", "-", stdin=as_file([line]))
    assert done.code == 1
    (answer,) = done.lines
    assert answer["ok"] is False
    assert answer["line"] == 1
    assert answer["error"]["message"]
    assert stored(desk) == before
    assert before[1]["ok"]
    return answer["error"]  # type: ignore[no-any-return] # one object


NOT_LINES: dict[str, tuple[object, str]] = {
    "not JSON": (b"submit K7M2Q9XD4H-T please", "not_json"),
    "binary junk": (bytes(range(128, 256)) + b"\x00\x1b[2J", "not_json"),
    "UTF-16": ("{}".encode("utf-16-le"), "not_json"),
    "JSON cut off": (json.dumps(submitted()).encode()[:-1], "not_json"),
    "nested without end": (b"[" * 100_000, "not_json"),
    "not a number": (b'{"id": NaN}', "not_json"),
    "a number beyond all": (b'{"id": ' + b"9" * 400 + b"}", "not_json"),
    "half a character": (b'{"id": "\\ud800"}', "not_json"),
    "a list": ([submitted()], "wrong_type"),
    "text": ("submit", "wrong_type"),
    "nothing": (None, "wrong_type"),
    "10 MB in one name": (
        changed("with", "applicant", "name", to="A" * 10_000_000),
        "too_large",
    ),
    "10 MB without an end": (b"A" * 10_000_000, "too_large"),
}

NOT_COMMANDS: dict[str, tuple[Line, str, str]] = {
    "no id": (without("id"), "missing", "id"),
    "no command": (without("do"), "missing", "do"),
    "no fields": (without("with"), "missing", "with"),
    "another field beside": (changed("when", to="now"), "unknown_key", "when"),
    "another field within": (
        changed("with", "nik", to="3523081703880004"),
        "unknown_key",
        "with.nik",
    ),
    "another field of a person": (
        changed("with", "people", "head", "gender", to="male"),
        "unknown_key",
        "with.people.head.gender",
    ),
    "an unknown command": (changed("do", to="verifikasi"), "unknown_command", "do"),
    "a number for a command": (changed("do", to=3), "unknown_command", "do"),
    "an id of another kind": (changed("id", to="line 7"), "uuid", "id"),
    "a number for an id": (changed("id", to=7), "uuid", "id"),
    "a number for a NIK": (
        changed("with", "applicant", "nik", to=3523081703880004),
        "not_text",
        "with.applicant.nik",
    ),
    "a NIK of 15 digits": (
        changed("with", "applicant", "nik", to="352308170388000"),
        "nik_digits",
        "with.applicant.nik",
    ),
    "a NIK in Arabic digits": (
        changed("with", "applicant", "nik", to="٣٥٢٣٠٨١٧٠٣٨٨٠٠٠٤"),
        "nik_digits",
        "with.applicant.nik",
    ),
    "a NIK of a day that is none": (
        changed("with", "applicant", "nik", to="3523083202880004"),
        "nik_date",
        "with.applicant.nik",
    ),
    "a NIK for a name of a party": (
        changed("with", "people", "3523081703880004", to=dict(HEAD)),
        "unknown_party",
        "with.people.3523**********04",
    ),
    "a day that does not exist": (
        changed("with", "people", "head", "birth_date", to="2021-02-30"),
        "no_such_day",
        "with.people.head.birth_date",
    ),
    "a day as people write it": (
        changed("with", "people", "head", "birth_date", to="12-07-2021"),
        "wrong_type",
        "with.people.head.birth_date",
    ),
    "a time without its offset": (changed("at", to="2021-07-12T08:15:00"), "naive_time", "at"),
    "a time that does not exist": (
        changed("at", to="2021-02-30T08:15:00+07:00"),
        "no_such_time",
        "at",
    ),
    "a time to come": (changed("at", to="2999-01-01T00:00:00+07:00"), "in_the_future", "at"),
    "a name of 1 MB": (
        changed("with", "applicant", "name", to="A" * 1_000_000),
        "name_long",
        "with.applicant.name",
    ),
    "a name with hidden characters": (
        changed("with", "applicant", "name", to="Siti\x1b[2J"),
        "name_characters",
        "with.applicant.name",
    ),
    "a code with a wrong character": (
        changed("with", "application", to="K7M2Q9XD4H-K"),
        "tracking_check",
        "with.application",
    ),
    "a role that is none": (changed("by", "role", to="operator"), "choice", "by.role"),
    "a district for a village operator": (
        changed("by", "region", to="35.23.08"),
        "wrong_area",
        "by.region",
    ),
    "an actor with a space": (changed("by", "id", to="siti aminah"), "actor_id", "by.id"),
    "an actor of another office": (
        changed("by", "region", to="35.22.01.2001"),
        "other_office",
        "by.region",
    ),
    "nobody": (without("by"), "missing", "by"),
    "a village that is a district": (
        changed("with", "region", to="35.23.08") | {"by": TRI},
        "not_a_village",
        "with.region",
    ),
    "a fact that no rule asks for": (
        changed("with", "facts", "married", to=True),
        "unknown_fact",
        "with.facts.married",
    ),
    "a service twice": (
        changed("with", "services", to=["kk-ubah-data", "kk-ubah-data"]),
        "repeated",
        "with.services",
    ),
    "a scan that is a program": (
        changed(
            "with",
            "evidence",
            "kk",
            "scans",
            to=[{"digest": "0" * 64, "type": "text/x-sh", "size": 1}],
        ),
        "scan_type",
        "with.evidence.kk.scans[0].type",
    ),
}

REFUSED: dict[str, tuple[Line, str]] = {
    "a service that there is not": (
        changed("with", "services", to=["ktp-gratis"]),
        "unknown_service",
    ),
    "a village that there is not": (
        changed("with", "region", to="35.23.08.2099") | {"by": TRI},
        "not_found",
    ),
    "a day without rules": (changed("at", to="2019-07-12T08:15:00+07:00"), "no_rule_in_force"),
    "an item that is not shown": (without("with", "evidence", "kk"), "checklist_incomplete"),
    "the village of somebody else": (changed("by", "region", to="35.23.08.2002"), "wrong_area"),
    "a case that there is not": (
        sent(RINI, "verify") | {"with": {"application": NEW}},
        "not_found",
    ),
    "the wrong role": (sent(SITI, "verify"), "wrong_role"),
    "the wrong state": (
        sent(
            RINI,
            "reopen",
            reason="wrong",
            approved_by={"id": "endang", "role": "head_of_office", "region": OFFICE},
        ),
        "not_allowed_now",
    ),
    "no approval": (sent(RINI, "reject", ground="not theirs"), "approval_needed"),
    "an approval of one's own": (
        sent(RINI, "reject", ground="no", approved_by={**RINI, "role": "head_of_office"}),
        "approval_needed",
    ),
    "not everything accepted": (sent(RINI, "verify", accepted=["kk"]), "not_all_accepted"),
    "a version that is past": (
        sent(RINI, "verify", accepted=list(CASE.items)) | {"if_version": 7},
        "conflict",
    ),
    "the same family again": (
        changed("with", "people", "head", "kk", to=HEAD["kk"]),
        "already_open",
    ),
    "the code of another case": (changed("with", "application", to=OPEN), "not_allowed_now"),
}


class TestALineThatCannotBeDone:
    """One clear error with its code, and nothing written."""

    @pytest.mark.parametrize(("line", "code"), NOT_LINES.values(), ids=NOT_LINES)
    def test_what_is_no_line(self, busy: Desk, line: object, code: str):
        """Junk of every kind and size is one error."""
        error = refused(busy, line)
        assert error["code"] == "invalid_input"
        assert code in [fault["code"] for fault in error["faults"]]
        assert len(json.dumps(error)) < 3000

    @pytest.mark.parametrize(("line", "code", "path"), NOT_COMMANDS.values(), ids=NOT_COMMANDS)
    def test_what_is_no_command(self, busy: Desk, line: Line, code: str, path: str):
        """The fault is named with its code and the path to the field."""
        error = refused(busy, line)
        assert error["code"] == "invalid_input"
        assert [(fault["code"], fault["path"]) for fault in error["faults"]] == [(code, path)]

    @pytest.mark.parametrize(("line", "code"), REFUSED.values(), ids=REFUSED)
    def test_what_the_office_refuses(self, busy: Desk, line: Line, code: str):
        """The refusal has its own code and says why."""
        assert refused(busy, line)["code"] == code

    def test_several_faults_are_named_at_once(self, busy: Desk):
        """Who writes a line need not send it as often as it has faults."""
        line = changed("with", "applicant", "nik", to="1")
        line["at"] = "today"
        line["more"] = 1
        found = {fault["path"] for fault in refused(busy, line)["faults"]}
        assert found == {"with.applicant.nik", "at", "more"}

    def test_an_id_used_with_other_content_or_by_another(self, busy: Desk):
        """An id stands for one command of one person for ever."""
        assert busy.run("apply", "-", stdin=as_file([submitted()])).code == 0
        for again in (
            changed("with", "applicant", "name", to="Somebody Else"),
            changed("by", "id", to="sita"),
        ):
            assert refused(busy, again)["code"] == "command_reused"


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the path of everything inside a line."""
    below: Any = ()
    if isinstance(value, (dict, list)):
        below = value.items() if isinstance(value, dict) else enumerate(value)
    inside = [one for key, inner in below for one in _leaves(inner, (*path, key))]
    return [path, *inside] if path else inside


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=10), st.integers(), max_size=3),
)


class TestWhateverIsSent:
    """No input ends the program but with answers."""

    @pytest.fixture
    def answers(self, busy: Desk) -> Callable[[bytes], list[Any]]:
        """Give what answers a file; that every line was answered is checked here."""

        def answers(data: bytes) -> list[Any]:
            done = busy.run("apply", "-", stdin=data)
            assert all({"id", "ok"} <= set(one) for one in done.lines)
            assert done.code == int(not all(one["ok"] for one in done.lines))
            return done.lines

        return answers

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.binary(max_size=300))
    def test_any_bytes(self, answers: Callable[[bytes], list[Any]], data: bytes):
        """Every line that is not blank has an answer."""
        lines = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
        assert len(answers(data)) == len(lines)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_junk_in_any_place(
        self, answers: Callable[[bytes], list[Any]], data: st.DataObject
    ):
        """A line with junk somewhere is refused, or is another command that makes sense."""
        line: Any = submitted()
        path = data.draw(st.sampled_from(_leaves(line)))
        place = line
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = data.draw(JUNK)
        assert len(answers(as_file([line]))) == 1
