"""The office's day: whose turn it is, where a case is, what happened."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from cli_cases import CASES, JOKO, RINI, SITI, Book, as_file, by_courier, code_of, submission
from cli_running import Desk, not_translated, too_wide

from adminduk.language import LANGUAGES

CODE = code_of(1)
BAG = f"BAG-{CODE}"
EVERYBODY = (
    "village_operator:siti@35.23.08.2001",
    "district_operator:tri@35.23.08",
    "registry_operator:rini@35.23",
    "print_operator:joko@35.23",
    "front_desk:ayu@35.23",
    "head_of_office:endang@35.23",
)


@pytest.fixture
def full(half: Desk) -> Desk:
    """Give an office with something at every post."""
    lines = [
        line
        for number, (name, length) in enumerate(
            [("ktp-baru", 1), ("ktp-hilang", 2), ("kk-hilang", 3), ("akta-lahir", 1)], start=2
        )
        for line in by_courier(CASES[name], code_of(number))[:length]
    ]
    half.run("apply", "-", stdin=as_file(lines))
    return half


class TestInbox:
    """What waits at the posts of an actor."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("by", EVERYBODY)
    def test_for_people(self, full: Desk, by: str, language: str):
        """A line a task, with names that people know."""
        done = Desk(full.office, by, language).run("inbox")
        assert done.code == 0
        assert too_wide(done.out) == []
        assert "_" not in done.out

    def test_line_by_line(self, half: Desk):
        """What is due first comes first; what is due at no time has a dash."""
        done = Desk(half.office, EVERYBODY[1]).run("inbox")
        said = re.sub(r"\d{4}-\d\d-\d\d ", "2021-07-14 ", done.out)
        assert said == (
            f"Due         Id{' ' * 14}  Village        Next     What\n"
            f"---         --{' ' * 14}  -------        ----     ----\n"
            f"2021-07-14  {BAG}  35.23.08       arrive   bag: departed\n"
            f"–           {CODE}/kk   35.23.08.2001  take in  original: expected\n"
        )

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, full: Desk):
        """Everything that is no id is in the chosen language."""
        for by in EVERYBODY:
            assert not_translated(Desk(full.office, by, "id").run("inbox").out) == []

    def test_for_programs(self, full: Desk):
        """A page with everything that is known of each task."""
        page = Desk(full.office, EVERYBODY[1]).run("inbox", "--json").json
        first, *_, last = page["tasks"]
        assert (datetime.fromisoformat(first.pop("due")).tzinfo, last["due"]) == (UTC, None)
        assert first == {
            "kind": "bag",
            "id": BAG,
            "state": "departed",
            "taken_by": None,
            "next": "arrive",
            "region": "35.23.08",
            "queue": "district_operator@35.23.08",
        }
        assert page["next"] is None

    def test_page_by_page(self, full: Desk):
        """The pages together are the whole."""
        desk = Desk(full.office, EVERYBODY[1])
        whole = desk.run("inbox", "--json").json["tasks"]
        pages, after = [], ()
        while True:
            page = desk.run("inbox", "--json", "--limit", "1", *after).json
            pages += page["tasks"]
            if page["next"] is None:
                break
            after = ("--after", page["next"])
        assert pages == whole
        assert len(whole) > 1
        assert "There is more: --after '" in desk.run("inbox", "--limit", "1").out

    def test_empty(self, desk: Desk):
        """An empty inbox says what would be in it."""
        assert "Nothing waits here." in Desk(desk.office, EVERYBODY[0]).run("inbox").out


class TestTrack:
    """Where a case is."""

    def test_for_people(self, half: Desk):
        """The word of the case, of each document, what is promised, and who answers for what."""
        done = half.run("track", CODE)
        today = half.run("track", CODE, "--json").json["products"][0]["promise"]["reached"]
        assert done.out == (
            f"{CODE}: Dikirim (on the road)\n"
            "  akta-lahir, kk-tambah-anak, kia-baru-0-5\n"
            "\n"
            "Document    Way         Where it stands\n"
            "--------    ---         ---------------\n"
            "akta-lahir  by courier  Dikirim (on the road)\n"
            "kk          by courier  Dikirim (on the road)\n"
            "kia         by courier  Dikirim (on the road)\n"
            "\n"
            "Promised:\n"
            f"  akta-lahir: made on {today}, as promised; the courier has no day for the\n"
            "    district yet\n"
            f"  kk: made on {today}, as promised; the courier has no day for the district\n"
            "    yet\n"
            f"  kia: made on {today}, as promised; the courier has no day for the district\n"
            "    yet\n"
            "\n"
            "Paper  What        State     Who answers for it\n"
            "-----  ----        -----     ------------------\n"
            f"/1     akta-lahir  bagged    courier 35.23, in bag {BAG}\n"
            f"/2     kk          bagged    courier 35.23, in bag {BAG}\n"
            f"/3     kia         bagged    courier 35.23, in bag {BAG}\n"
            "/kk    original    expected  –\n"
        )

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, half: Desk):
        """The words of the villages stand in every language; all else is translated."""
        done = Desk(half.office, language="id").run("track", CODE)
        assert not_translated(done.out) == []
        assert "Dikirim" in done.out

    def test_for_programs(self, half: Desk):
        """The same as data."""
        data = half.run("track", CODE, "--json").json
        assert (data["code"], data["state"], data["word"]) == (CODE, "verified", "Dikirim")
        assert [one["bag"] for one in data["papers"]] == [BAG, BAG, BAG, ""]

    def test_as_it_is_said_on_the_phone(self, half: Desk):
        """Lower case and a missing hyphen are no mistake."""
        said = CODE.lower().replace("-", "")
        assert half.run("track", said).out == half.run("track", CODE).out

    def test_a_document_that_is_not_on_paper(self, desk: Desk):
        """A family card may be sent as a file."""
        book = Book("digital")
        book.add(SITI, "submit", **submission(CASES["kk-hilang"], CODE))
        book.add(SITI, "choose_delivery", application=CODE, product="kk", way="digital")
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        assert "\nkk        digital  " in desk.run("track", CODE).out

    def test_while_nothing_is_printed(self, desk: Desk):
        """A case of which there is no paper yet says only where it stands."""
        lines = by_courier(CASES["akta-lahir"], CODE)[:1]
        desk.run("apply", "-", stdin=as_file(lines))
        assert "Paper" not in desk.run("track", CODE).out


class TestJournal:
    """What happened, in order."""

    def test_for_people(self, half: Desk):
        """Who did what when, in the office's own time, and what became of it."""
        done = half.run("journal", BAG)
        assert done.out == (
            "    10  2021-07-12 08:06  plan: joko (print operator 35.23)\n"
            f"                          bag {BAG}: planned\n"
            "    11  2021-07-12 08:07  seal: joko (print operator 35.23)\n"
            f"                          bag {BAG}: sealed\n"
            "    15  2021-07-12 08:08  depart: wahyu (courier 35.23)\n"
            f"                          bag {BAG}: departed\n"
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_fits(self, half: Desk, language: str):
        """What is printed of a case and of the office fits in both languages."""
        lines = by_courier(CASES["birth"], CODE)
        assert half.run("apply", "-", stdin=as_file(lines)).code == 0
        desk = Desk(half.office, language=language)
        for arguments in (["journal"], ["journal", CODE], ["track", CODE], ["verify"]):
            assert too_wide(desk.run(*arguments).out) == []

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, half: Desk):
        """Roles, kinds, states and commands have names in both languages."""
        assert not_translated(Desk(half.office, language="id").run("journal").out) == []

    def test_of_one_paper(self, half: Desk):
        """A paper has a journal of its own."""
        entries = half.run("journal", f"{CODE}/1", "--json").json["entries"]
        assert [one["do"] for one in entries] == ["verify", "print", "seal"]

    def test_for_programs_without_what_is_personal(self, half: Desk):
        """The envelope stays closed; what changed beside it is there."""
        printed = half.run("journal", CODE, "--json")
        assert printed.json["entries"][0]["set"]["state"] in {"expected", "submitted"}
        first = printed.json["entries"][0]
        assert first["command"] == by_courier(CASES["birth"], CODE)[0]["id"]
        assert (first["by"], first["approved_by"]) == ("siti", None)
        assert all("personal" not in one["set"] for one in printed.json["entries"])
        assert "Santoso" not in printed.out

    def test_who_approved(self, desk: Desk):
        """An approval is shown with the name of who gave it."""
        book = Book("reject")
        case = CASES["legalisir"]
        book.add(SITI, "submit", **submission(case, CODE))
        endang = {"id": "endang", "role": "head_of_office", "region": "35.23"}
        book.add(RINI, "reject", application=CODE, ground="not theirs", approved_by=endang)
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        entries = desk.run("journal", CODE, "--json").json["entries"]
        assert entries[-1]["approved_by"] == "endang"
        assert "approved by endang" in " ".join(desk.run("journal", CODE).out.split())

    def test_a_number_in_a_remark_is_masked(self, half: Desk):
        """What somebody wrote in words may hold a NIK; it is not printed in full."""
        book = Book("remark", hour=16)
        reason = "back for a card with the NIK 3523081703880005"
        book.add(JOKO, "come_back", bag=BAG, reason=reason)
        assert half.run("apply", "-", stdin=as_file(book.lines)).code == 0
        assert "3523**********05" in half.run("journal", BAG, "--json").out

    def test_page_by_page(self, half: Desk):
        """Pages go on after the number where the one before ended."""
        whole = half.run("journal", "--json").json
        assert whole["next"] is None
        pages, after = [], 0
        while after is not None:
            page = half.run("journal", "--json", "--limit", "5", "--after", str(after)).json
            pages += page["entries"]
            after = page["next"]
        assert pages == whole["entries"]
        assert "There may be more: --after 5" in half.run("journal", "--limit", "5").out

    def test_empty(self, desk: Desk):
        """A journal with nothing in it says what would be."""
        assert "Nothing has happened yet." in desk.run("journal").out
