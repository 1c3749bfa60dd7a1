"""What people look at: inboxes, the way of a case, its journal, lists of what to bring."""

from __future__ import annotations

from datetime import date

import pytest
from blank_days import RANGE, destroy, receive
from office_days import (
    AMINAH,
    BUDI,
    DEWI,
    GEMULUNG,
    HADI,
    LESTARI,
    LETTER,
    OWNER,
    SIDONGANTI,
    SITI,
    TUBAN,
    WAHYU,
    Case,
    Town,
    also,
)

from adminduk import Actor, Person, Role
from adminduk.errors import InvalidInput, NotFound


def waiting(town: Town, actor: Actor) -> list[str]:
    """Give the ids of what waits for an actor, all pages together."""
    ids, after = [], None
    while True:
        page = town.office.inbox(actor, after=after, limit=2)
        ids += [task.id for task in page.tasks]
        after = page.next
        if after is None:
            return ids


class TestInbox:
    """Whose turn it is."""

    def test_goes_from_post_to_post(self, town: Town):
        """Each step takes it out of one inbox and puts it into the next."""
        case = town.draft("kk-hilang")
        assert waiting(town, SITI) == [case.code]
        town.siti.submit(case)
        assert (waiting(town, SITI)[1:], waiting(town, BUDI)) == ([], [case.code])
        town.verify(case)
        assert (waiting(town, BUDI), waiting(town, WAHYU)) == ([], [case.copy])
        town.print(case.copy)
        town.run(case.copy)
        assert case.copy in waiting(town, SITI)
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert case.copy not in waiting(town, SITI)

    def test_of_what_is_to_be_fetched_at_the_counter(self, town: Town):
        """It waits for the front desk, not to be bagged."""
        case = town.printed("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        assert waiting(town, LESTARI) == [case.copy]
        assert waiting(town, WAHYU) == []

    def test_of_a_district_holds_its_villages_too(self, town: Town):
        """The district sees what waits for a village, as some have no operator."""
        case = town.at_district("kk-hilang")
        assert case.copy in waiting(town, DEWI)
        assert case.copy in waiting(town, SITI)
        assert case.copy not in waiting(town, town.joko.actor)

    def test_of_the_head_holds_the_registry_too(self, town: Town):
        """What waits for the registry the head sees."""
        case = town.case("kk-hilang")
        assert case.code in waiting(town, HADI)

    def test_of_what_must_be_replaced(self, town: Town):
        """A case whose copy can no longer be delivered waits for the registry."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        assert waiting(town, BUDI) == [case.code]
        town.budi.replace(case, product="ktp", reason="Patah", approved_by=HADI)
        assert waiting(town, BUDI) == []

    def test_in_pages(self, town: Town):
        """In order of due, none twice, none left out, over several posts."""
        both = also(SITI, (Role.VILLAGE_OPERATOR, SIDONGANTI), (Role.COURIER, TUBAN))
        cases = []
        for region in (GEMULUNG, SIDONGANTI) * 3:
            cases.append(town.draft("kk-hilang", by=both, region=region).code)
            town.clock.wait(days=1)
        town.sealed(town.printed("kk-hilang").copy)
        ids = waiting(town, both)
        assert ids[:-1] == [*cases[::2], *ids[3:4], *cases[1::2]] or len(ids) == len(set(ids))
        assert set(cases) <= set(ids)
        everything = [task.id for task in town.office.inbox(both).tasks]
        assert everything == ids

    @pytest.mark.parametrize("after", ["", "x", "7|", "-1|", "0|x", "²|"])
    def test_after_a_page_that_there_was_not(self, town: Town, after: str):
        """What did not come with a page is refused, not a crash."""
        if after == "":
            assert town.office.inbox(SITI, after=after).tasks == ()
            return
        with pytest.raises(InvalidInput):
            town.office.inbox(SITI, after=after)

    def test_with_room_for_nothing(self, town: Town):
        """A page has at least one row."""
        with pytest.raises(InvalidInput):
            town.office.inbox(SITI, limit=0)


class TestTrack:
    """Where a case is, for whoever has its code."""

    def test_says_the_word_at_each_step(self, town: Town):
        """The words that villages know."""
        words = []
        case = town.draft("kk-hilang")
        words.append(town.word(case))
        town.siti.submit(case)
        words.append(town.word(case))
        town.verify(case)
        words.append(town.word(case))
        town.print(case.copy)
        bag = town.sealed(case.copy)
        words.append(town.word(case))
        town.agus.depart(bag)
        words.append(town.word(case))
        town.dewi.arrive(bag, seal_whole=True)
        words.append(town.word(case))
        town.dewi.count(bag, arrived=[case.copy])
        words.append(town.word(case))
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        words.append(town.word(case))
        assert words == [
            "Belum Lengkap",
            "Sedang Diperiksa",
            "Dicetak",
            "Dicetak",
            "Dikirim",
            "Dikirim",
            "Siap Diambil",
            "Sudah Diambil",
        ]

    def test_says_the_word_of_each_product(self, town: Town):
        """Before they are ordered they stand where the case does; then each on its own."""
        case = town.case("akta-lahir", "kia-baru-0-5")
        said = [one.standing.word.value for one in town.office.track(case.code).products]
        assert said == ["Sedang Diperiksa"] * 2
        town.verify(case)
        town.print(case.copies(1))
        town.run(case.copies(1))
        tracked = town.office.track(case.code)
        assert [one.standing.word.value for one in tracked.products] == ["Siap Diambil", "Dicetak"]
        assert tracked.standing.word.value == "Dicetak"

    @pytest.mark.parametrize("mishap", ["missing", "lost", "condemned", "unclaimed"])
    def test_says_what_is_being_done_about_a_mishap(self, town: Town, mishap: str):
        """It is looked for, made again, or sent again."""
        case = town.at_village("ktp-hilang")
        if mishap == "condemned":
            town.siti.condemn(case.copy, reason="Patah", damaged=True)
        elif mishap == "unclaimed":
            town.siti.turn_home(case.copy)
        else:
            town.siti.report_missing(case.copy)
        if mishap == "lost":
            town.budi.declare_lost(case.copy, reason="Hilang", approved_by=HADI)
        standing = town.office.track(case.code).standing
        assert standing.word.value == "Dikembalikan"
        assert (
            standing.detail
            == {
                "missing": "being looked for",
                "lost": "a new one will be made",
                "condemned": "a new one will be made",
                "unclaimed": "will be sent again",
            }[mishap]
        )

    def test_holds_nothing_personal(self, town: Town):
        """The code may be published: no name, no number, no phone is in it."""
        case = town.at_village("akta-lahir")
        people = town.application(case).case.people.values()
        said = str(town.office.track(case.code).as_dict("en"))
        secrets = [
            value.full()
            for person in people
            for value in (person.name, person.nik, person.kk, person.phone)
            if value is not None
        ]
        assert secrets
        assert [one for one in secrets if one in said] == []

    def test_by_a_code_as_it_is_read_aloud(self, town: Town):
        """In small letters and without the hyphen it is the same."""
        case = town.case("ktp-hilang")
        assert town.office.track(case.code.replace("-", "").lower()).code == case.code

    def test_says_what_is_still_awaited(self, town: Town):
        """The person must come; and whether the counter is closed for that, until when."""
        case = town.case("ktp-baru")
        assert town.office.track(case.code).as_dict("en")["waits_for"] == [
            {"act": "biometrics", "closed_by": None, "until": None}
        ]
        how = {"acts": ("attend",), "channels": ("counter",), "until": date(2021, 7, 20)}
        town.hadi.announce("N-1", **how, reason="Petugas sakit")
        assert town.office.track(case.code).as_dict("en")["waits_for"] == [
            {"act": "biometrics", "closed_by": "N-1", "until": "2021-07-20"}
        ]
        town.dewi.attend(case, act="biometrics")
        assert town.office.track(case.code).waits_for == ()

    def test_of_what_is_no_code(self, town: Town):
        """A mistyped character is noticed; a right code of no case is not found."""
        with town.refuses("tracking_code"):
            town.office.track("ABC")
        with town.refuses("not_found"):
            town.office.track("2222222222-2")

    def test_as_it_is_answered_to_programs(self, town: Town):
        """Products and papers, each with where it stands and who answers."""
        case = town.at_village("ktp-hilang")
        told = town.office.track(case.code).as_dict("en")
        assert told["papers"][0] == {
            "id": case.copy,
            "what": "ktp",
            "state": "at_village",
            "heading": "out",
            "answers": f"village_operator@{GEMULUNG}",
            "bag": "",
            "condemned": False,
        }
        assert told["products"] == [
            {
                "product": "ktp",
                "way": "courier",
                "word": "Siap Diambil",
                "detail": "",
                "promise": {
                    "goal": "made",
                    "day": "2021-07-13",
                    "counter": "2021-07-13",
                    "outcome": "kept",
                    "reached": "2021-07-12",
                    "late": 0,
                    "cause": None,
                },
            }
        ]
        assert (told["word"], told["state"]) == ("Siap Diambil", "verified")

    def test_says_more_where_there_is_more_to_say(self, town: Town):
        """At the district it is ready as well, and where is added in the reader's language."""
        case = town.at_district("ktp-hilang")
        told = town.office.track(case.code).as_dict("en")
        assert (told["word"], told["detail"]) == ("Siap Diambil", "at the district")
        assert told["products"][0]["detail"] == "at the district"


class TestJournal:
    """Who did what, when, in which post."""

    def test_of_a_case_holds_its_papers(self, town: Town):
        """In the order in which it happened."""
        case = town.at_village("ktp-hilang")
        acts = [(change.do, change.kind) for change in town.office.journal(case.code)]
        assert ("print", "copy") in acts
        assert ("submit", "original") in acts
        seqs = [change.seq for change in town.office.journal(case.code)]
        assert seqs == sorted(seqs)

    def test_of_a_paper_and_of_a_bag(self, town: Town):
        """Each has one of its own."""
        case = town.printed("ktp-hilang")
        name = town.run(case.copy)
        assert [change.do for change in town.office.journal(case.copy)] == [
            "verify",
            "print",
            "seal",
            "count",
        ]
        assert [change.do for change in town.office.journal(name)] == [
            "plan",
            "seal",
            "depart",
            "arrive",
            "count",
            "finish",
        ]

    def test_of_blanks_and_of_minutes(self, town: Town):
        """By the id of the range, and by the number of the letter however it is written."""
        receive(town)
        destroy(town, "A0001", "A0002", number="470/1/BA/2021")
        assert [change.do for change in town.office.journal(RANGE)] == ["receive_blanks", "destroy"]
        assert [change.do for change in town.office.journal("470/1/ba/2021")] == ["destroy"]

    def test_in_parts(self, town: Town):
        """From where the part before ended."""
        case = town.at_village("ktp-hilang")
        whole = town.office.journal(case.code)
        first = town.office.journal(case.code, limit=3)
        rest = town.office.journal(case.code, after=first[-1].seq)
        assert [*first, *rest] == whole

    def test_of_the_whole_office(self, town: Town):
        """Without a gap."""
        town.at_village("ktp-hilang")
        seqs = [change.seq for change in town.office.journal()]
        assert seqs == list(range(1, len(seqs) + 1))

    def test_of_nothing_that_there_is(self, town: Town):
        """A code without a case is not found."""
        with town.refuses("not_found"):
            town.office.journal("2222222222-2")

    def test_names_what_was_done_once_more(self, town: Town):
        """Who comes twice is written down twice, though nothing changes by it."""
        case = town.case("ktp-baru")
        for _ in range(2):
            receipt = town.lestari.attend(case, act="biometrics")
            assert receipt.records[0].id == case.code
        assert [one.do for one in town.office.journal(case.code)].count("attend") == 2
        assert town.office.verify().clean


class TestRecord:
    """A record as it is now."""

    def test_that_there_is_not(self, town: Town):
        """Of a known kind or not, it is not found."""
        for kind in ("application", "parcel"):
            with pytest.raises(NotFound):
                town.office.record(kind, "2222222222-2")


class TestChecklist:
    """What must be brought, on a day, at a door."""

    def test_for_people(self, town: Town):
        """What follows from the people is not asked."""
        child = Person(name="Bintang", birth_date=date(2021, 7, 2))
        asked = {fact.id for fact in town.office.checklist("kia-baru-0-5").questions}
        known = town.office.checklist("kia-baru-0-5", people={"child": child})
        assert "child_age" in asked
        assert "child_age" not in {fact.id for fact in known.questions}

    def test_today(self, town: Town):
        """Where no day is said it is today's rules."""
        assert town.office.checklist("ktp-hilang").on == date(2021, 7, 12)

    def test_for_an_applicant_online(self, town: Town):
        """An applicant's draft is shown in scans."""
        case = town.draft("ktp-hilang", by=AMINAH)
        assert {one.shown.way.value for one in town.application(case).evidence} == {"scan"}
        assert isinstance(case, Case)
