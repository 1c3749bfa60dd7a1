"""A case of every service, from a file of commands to the handover."""

from __future__ import annotations

import pytest
from cli_cases import CASES, WAYS, Case, as_file, code_of
from cli_running import Desk


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", CASES)
class TestACaseOfEveryService:
    """By the weekly courier and at the counter."""

    def test_runs_to_its_end(self, desk: Desk, name: str, way: str):
        """Every command takes effect, every product is handed over, and the store is sound."""
        case, code = CASES[name], code_of(1)
        done = desk.run("apply", "-", stdin=as_file(WAYS[way](case, code)))
        assert [one["error"] for one in done.lines if not one["ok"]] == []
        assert done.code == 0

        tracked = desk.run("track", code, "--json").json
        assert (tracked["state"], tracked["word"]) == ("completed", "Sudah Diambil")
        assert [one["product"] for one in tracked["products"]] == list(case.products)
        assert {one["way"] for one in tracked["products"]} <= {way}
        self._followed(desk, case, code, way)
        assert desk.run("verify", "--json").json["ok"]

    def _followed(self, desk: Desk, case: Case, code: str, way: str) -> None:
        """The journal tells what was done, in order, and nothing more."""
        entries = desk.run("journal", code, "--json").json["entries"]
        assert [one["seq"] for one in entries] == sorted(one["seq"] for one in entries)
        told = dict.fromkeys(one["command"] for one in entries)
        sent = [one["id"] for one in WAYS[way](case, code)]
        assert list(told) == [id_ for id_ in sent if id_ in told]  # the bag's own are elsewhere
        last = next(one for one in reversed(entries) if one["kind"] == "application")
        assert last["set"]["state"] == "completed"

    def test_sent_again_changes_nothing(self, desk: Desk, name: str, way: str):
        """Who did not get the answers sends the file again and gets the same ones."""
        lines = as_file(WAYS[way](CASES[name], code_of(1)))
        first = desk.run("apply", "-", stdin=lines).lines
        before = desk.run("journal", "--json").json
        again = desk.run("apply", "-", stdin=lines)
        assert again.code == 0
        assert again.lines == [{**one, "repeated": True} for one in first]
        assert desk.run("journal", "--json").json == before


def test_many_cases_in_one_file(desk: Desk):
    """The cases of a day do not get in each other's way, unless they are for the same."""
    names = ["birth", "ktp-hilang", "legalisir"]
    lines = [
        line
        for number, name in enumerate(names, start=1)
        for line in WAYS["courier"](CASES[name], code_of(number))
    ]
    done = desk.run("apply", "-", stdin=as_file(lines))
    assert (done.code, len(done.lines)) == (0, len(lines))
    for number in range(1, len(names) + 1):
        assert desk.run("track", code_of(number), "--json").json["state"] == "completed"
    assert desk.run("verify", "--json").json["ok"]
