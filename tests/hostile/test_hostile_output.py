"""What was sent or stored never moves the cursor, turns the writing or forges a line."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from cli_cases import CASES, RINI, SITI, Book, as_file, code_of, submission
from cli_running import Desk, Ran
from hostile_promise import EVIL

from adminduk.masking import is_hidden

MARK = "Marker"
SIGNS = {name: text for name, text in EVIL.items() if name != "endless"}
HEAD = {"id": "endang", "role": "head_of_office", "region": "35.23"}


def check(ran: Ran) -> None:
    """Check that nothing hidden was printed, and that no line is one that was sent."""
    for printed in (ran.out, ran.err):
        lines = printed.split("\n")
        assert not any(is_hidden(one) for line in lines for one in line)
        assert not any(line.lstrip().startswith(("ok: done", "all good")) for line in lines)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give an office whose records hold a mark wherever people write words."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    assert Desk(url).run("init", url, "--region", "35.23").code == 0
    book, case, code = Book("hostile"), CASES["kk-ubah-data"], code_of(1)
    fields = submission(case, code)
    book.add(SITI, "submit", **{**fields, "applicant": {**fields["applicant"], "name": MARK}})
    book.add(RINI, "return", application=code, faults=[{"item": "kk", "reason": MARK}])
    book.add(SITI, "submit", **submission(CASES["kk-hilang"], code_of(2)))
    book.add({**HEAD}, "announce", notice=MARK, acts=["attend"], channels=["counter"], reason=MARK)
    Desk(url).run("apply", "-", stdin=as_file(book.lines))
    return Desk(url, by="registry_operator:rini@35.23")


def put(desk: Desk, text: str) -> int:
    """Put a text in the place of every mark, past all checks; give the number of places."""
    new = json.dumps(text)[1:-1].encode()
    found = 0

    def changed(body: bytes | str) -> bytes | str:
        nonlocal found
        data = body if isinstance(body, bytes) else body.encode()
        found += data.count(MARK.encode())
        # What is personal is JSON within a text of JSON.
        data = data.replace(
            b'\\"' + MARK.encode(), b'\\"' + json.dumps(new.decode())[1:-1].encode()
        )
        data = data.replace(MARK.encode(), new)
        return data if isinstance(body, bytes) else data.decode()

    with closing(apsw.Connection(desk.office.removeprefix("sqlite:///"))) as database:
        database.create_scalar_function("changed", changed, 1)
        for kind in ("records", "journal", "messages"):
            database.execute(f"update {kind} set body = changed(body)")  # noqa: S608 - names of ours only
    return found


STORED = (
    *(("notices",), ("journal",), ("inbox",), ("take",), ("verify",), ("deliver",), ("tick",)),
    *(("track", code_of(1)), ("journal", code_of(1)), ("schedule",), ("doctor",)),
    ("find", "35.23.08.2001", "--from", "2021-07-01", "--until", "2021-07-31"),
    ("checklist", "ktp-baru", "--channel", "counter"),
)
GIVEN = (
    *(("manifest",), ("journal",), ("track",), ("region",), ("nik",), ("checklist",), ("print",)),
    *(("find",), ("find", "35.23.08.2001", "--service"), ("find", "35.23.08.2001", "--after")),
    *(("checklist", "ktp-baru", "--fact"), ("inbox", "--after"), ("schedule", "--from")),
    *(("services", "--on"), ("journal", "--after"), ("deliver", "--notifier"), ("init",)),
    *(("conformance", "--storage"), ("lifecycle",), ("apply",), ("notices",), ()),
    *(("schema", "--form"), ("plugins",), ("init", "memory:", "--region")),
)


# Half a character cannot be stored: the driver of the file refuses it.
@pytest.mark.parametrize(
    "text",
    [one for one in SIGNS.values() if "\udcff" not in one],
    ids=[name for name, one in SIGNS.items() if "\udcff" not in one],
)
def test_what_is_stored(desk: Desk, text: str):
    """Every command that prints records prints them so that all of it is seen."""
    assert put(desk, text) >= 5
    for command in STORED:
        for options in ((), ("--json",)):
            check(desk.run(*command, *options))


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_what_is_given(desk: Desk, text: str):
    """Every argument and option is repeated, if at all, so that all of it is seen."""
    for command in GIVEN:
        for options in ((), ("--json",)):
            check(desk.run(*command, text, *options))
    check(desk.run("checklist", "ktp-baru", "--fact", f"{text}=1"))
    check(desk.run("journal", f"{code_of(1)}/{text}"))


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_where_and_who(desk: Desk, tmp_path: Path, text: str):
    """The same of the office's URL and of the actor, and of a file that is made anew."""
    url = f"sqlite:///{tmp_path}/{text}"
    for office in (text, url, f"{desk.office}#{text}"):
        for command in ("notices", "doctor"):
            check(Desk(office).run(command))
    check(Desk().run("init", url, "--region", "35.23"))
    for actor in (text, f"registry_operator:{text}@35.23", f"registry_operator:rini@{text}"):
        check(Desk(desk.office, by=actor).run("inbox"))


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_what_a_file_holds(desk: Desk, text: str):
    """The answer to a line is one line, whatever names and texts are in it."""
    sent = {"id": text, "do": text, "with": {text: text}, "by": {"id": text}, text: text}
    done = Desk(desk.office).run("apply", "-", stdin=as_file([sent]))
    check(done)
    assert [one["ok"] for one in done.lines] == [False]


def test_numbers_of_blanks_without_end(desk: Desk):
    """Of a scanner that never stops no more is read than anybody scans."""
    printer = Desk(desk.office, by="print_operator:joko@35.23")
    done = printer.run("print", "ktp", "--blanks", "/dev/zero", "--json")
    assert [one["code"] for one in json.loads(done.err)["faults"]] == ["too_large"]


def test_a_place_that_is_none_where_days_begin(desk: Desk):
    """The first day of all is no reason to take any text for a place."""
    siti = Desk(desk.office, by="village_operator:siti@35.23.08.2001")
    days = ("--from", "0001-01-01", "--until", "0001-01-01", "--json")
    done = siti.run("find", "35.23.08.2001", *days, "--after", "x")
    assert [one["code"] for one in json.loads(done.err)["faults"]] == ["position"]
