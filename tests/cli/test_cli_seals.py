"""The seals of the journal, on the command line: seals, and verify that is held to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk, Ran, not_translated, too_wide

CODE = code_of(1)


@pytest.fixture
def key(desk: Desk, tmp_path: Path) -> Path:
    """Give the file of a key that the office signs with."""
    file = tmp_path / "head.pem"
    assert desk.run("seals", "key", str(file)).code == 0
    return file


@pytest.fixture
def sealed(desk: Desk, key: Path) -> Desk:
    """Give an office whose first cases are sealed."""
    assert desk.run("apply", "-", stdin=as_file(by_courier(CASES["birth"], CODE))).code == 0
    assert desk.run("seals", "make", "--key", str(key)).code == 0
    return desk


@pytest.fixture
def kept(sealed: Desk, tmp_path: Path) -> str:
    """Give the file in which its seals are kept elsewhere."""
    file = tmp_path / "kept.jsonl"
    file.write_text(sealed.run("seals", "list", "--json").out, encoding="utf-8")
    return str(file)


def error(done: Ran) -> dict[str, Any]:
    """Give the error that a program is told."""
    told: dict[str, Any] = json.loads(done.err)
    return told


def signer(sealed: Desk) -> str:
    """Give the key with which the seals are signed."""
    text: str = json.loads(sealed.run("seals", "list", "--json").out)["signer"]
    return text


class TestMaking:
    """A seal a day."""

    def test_for_people(self, sealed: Desk, key: Path):
        """What is under it, and that it is to be kept elsewhere; then there is nothing new."""
        done = sealed.run("seals", "list")
        assert done.out.startswith("Seal 1 of ")
        assert ": entries 1 to " in done.out
        assert "ed25519:" in done.out
        assert not too_wide(done.out)
        done = sealed.run("seals", "make", "--key", str(key))
        assert (done.code, done.out) == (0, "There is nothing new to seal.\n")
        assert sealed.run("seals", "make", "--json").json is None

    def test_by_whom(self, desk: Desk):
        """By the system, where nobody is named; and by nobody else but the head."""
        assert desk.run("apply", "-", stdin=as_file(by_courier(CASES["birth"], CODE))).code == 0
        done = evolve(desk, by="registry_operator:budi@35.23").run("seals", "make", "--json")
        assert done.code == 1
        assert error(done)["code"] == "wrong_role"
        done = evolve(desk, by="head_of_office:endang@35.23").run("seals", "make", "--json")
        assert (done.code, done.json["number"], done.json["signer"]) == (0, 1, "")

    def test_none_yet(self, desk: Desk):
        """What to do is said, by `verify`, too, once there is something."""
        assert "seals make" in desk.run("seals", "list").out
        assert desk.run("seals", "list", "--json").out == ""
        assert "sealed" not in desk.run("verify").out
        assert desk.run("apply", "-", stdin=as_file(by_courier(CASES["birth"], CODE))).code == 0
        assert "Nothing is sealed." in desk.run("verify").out

    def test_since(self, sealed: Desk):
        """The later ones alone."""
        assert sealed.run("seals", "list", "--since", "2", "--json").out == ""

    def test_a_key_is_never_overwritten(self, desk: Desk, key: Path):
        """Nor is one read from what is no key."""
        before = key.read_bytes()
        assert desk.run("seals", "key", str(key)).code == 1
        assert key.read_bytes() == before
        assert key.stat().st_mode & 0o777 == 0o600
        key.write_text("kunci", encoding="utf-8")
        done = desk.run("seals", "make", "--key", str(key), "--json")
        assert error(done)["faults"][0]["code"] == "signing_key"
        assert desk.run("seals", "make", "--key", str(key) + "x").code == 1


class TestVerifying:
    """What was kept elsewhere is held to the store."""

    def test_all_is_well(self, sealed: Desk, kept: str):
        """How far the seals go is said."""
        done = sealed.run("verify", "--seals", kept, "--signer", signer(sealed))
        assert done.code == 0
        assert "1 seals; 1 entries since the last" in done.out
        report = sealed.run("verify", "--json").json
        assert (report["seals"], report["entries"] - report["sealed"]) == (1, 1)

    @pytest.mark.parametrize("of", ["verify", "check"])
    def test_none_was_kept(self, sealed: Desk, tmp_path: Path, of: str):
        """A file with no seal in it vouches for nothing, and is not taken for one that does."""
        empty, proof = tmp_path / "empty.jsonl", tmp_path / "proof.json"
        empty.touch()
        assert sealed.run("seals", "prove", CODE, "-o", str(proof)).code == 0
        words = ("verify",) if of == "verify" else ("seals", "check", str(proof))
        done = sealed.run(*words, "--seals", str(empty), "--json")
        assert done.code == 1
        assert error(done)["faults"][0]["code"] == "no_seals"

    def test_another_office_in_its_place(self, kept: str, tmp_path: Path):
        """What is missing is named, and the program ends with 1."""
        other = Desk(f"sqlite:///{tmp_path / 'other.db'}")
        assert other.run("init", other.office, "--region", "35.23").code == 0
        done = other.run("verify", "--seals", kept)
        assert done.code == 1
        assert "kept seal 1: is not among the seals of the journal" in done.out
        assert "are missing" in done.out

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda one: one.replace('"root"', '"roots"'), "unknown_key"),
            (lambda one: one[:40], "not_json"),
            (lambda one: one + one.replace('"last": ', '"last": 1'), "two_seals"),
            (lambda one: one.replace('"number": 1', '"number": 0'), "place"),
        ],
    )
    def test_what_is_no_seal(
        self, sealed: Desk, kept: str, change: Callable[[str], str], code: str
    ):
        """The line is named, and what is wrong in it."""
        file = Path(kept)
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        done = sealed.run("verify", "--seals", kept, "--json")
        assert done.code == 1
        assert code in [one["code"] for one in error(done)["faults"]]
        assert error(done)["faults"][0]["path"].startswith("lines.")


class TestProving:
    """A proof is checked with no office."""

    @pytest.fixture
    def proof(self, sealed: Desk, tmp_path: Path) -> Path:
        """Give the file of a proof."""
        file = tmp_path / "proof.json"
        assert sealed.run("seals", "prove", CODE, "--output", str(file)).code == 0
        return file

    def test_it_holds(self, sealed: Desk, proof: Path, kept: str):
        """Of what, by which seals, and who vouches for them."""
        nowhere = Desk("")
        done = nowhere.run("seals", "check", str(proof))
        assert done.code == 0
        assert "vouches" in done.out
        assert done.out.endswith("It holds.\n")
        known = ("--seals", kept, "--signer", signer(sealed))
        done = nowhere.run("seals", "check", str(proof), *known)
        assert (done.code, "vouches" in done.out) == (0, False)
        told = nowhere.run("seals", "check", str(proof), *known, "--json").json
        assert (told["ok"], told["about"], told["unsealed"], told["faults"]) == (True, CODE, 0, [])
        assert told["entries"] > 10

    def test_altered(self, proof: Path):
        """What does not hold is named, and the program ends with 1."""
        proof.write_text(proof.read_text(encoding="utf-8").replace("siti", "joko"))
        done = Desk("").run("seals", "check", str(proof))
        assert done.code == 1
        assert "entry 1: is not what was sealed" in done.out
        assert done.out.endswith("It does not hold.\n")
        assert Desk("").run("seals", "check", str(proof), "--json").json["ok"] is False

    def test_of_nothing(self, sealed: Desk):
        """There is no such case."""
        done = sealed.run("seals", "prove", code_of(9), "--json")
        assert (done.code, error(done)["code"]) == (1, "not_found")


@pytest.mark.usefixtures("marked")
def test_everything_is_said_in_the_chosen_language(sealed: Desk, kept: str, tmp_path: Path):
    """Whatever is printed for people is translated, and fits the page."""
    proof = tmp_path / "proof.json"
    assert sealed.run("seals", "prove", CODE, "-o", str(proof)).code == 0
    for line in (
        ["seals", "list"],
        ["seals", "make"],
        ["seals", "check", str(proof)],
        ["verify", "--seals", kept],
    ):
        done = evolve(sealed, language="id").run(*line)
        assert done.code == 0
        assert not too_wide(done.out)
        assert not not_translated(done.out)
