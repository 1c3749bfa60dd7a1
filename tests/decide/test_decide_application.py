"""The life of an application, row by row: what can be done in each state, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from office_days import (
    AMINAH,
    BUDI,
    DEWI,
    GEMULUNG,
    HADI,
    JOKO,
    LESTARI,
    LETTER,
    OWNER,
    RATNA,
    SIDONGANTI,
    SITI,
    WAHYU,
    WITNESS,
    Case,
    Town,
    also,
    person,
    shown,
)

from adminduk import Actor, AdmindukError, Person, Role, commands
from adminduk.catalogue import Party, Way, load
from adminduk.errors import InvalidInput
from adminduk.records import Channel, DeliveryWay, LastCopy, ProductOutcome, Verdict

POLICE_LETTER = "surat-hilang"


def returned(town: Town, *services: str, fault: str = "", **fields: object) -> Case:
    """Bring a case as far as one of its items is returned."""
    case = town.case(*(services or ("ktp-hilang",)), **fields)
    items = town.items(case)
    fault = fault or items[0]
    rest = [item for item in items if item != fault]
    town.budi.send_back(case, faults={fault: "Tidak terbaca"}, accepted=rest)
    return case


def accepted(refused: pytest.ExceptionInfo[AdmindukError]) -> list[str]:
    """Give what would be accepted instead of what is wrong."""
    assert isinstance(refused.value, InvalidInput)
    return refused.value.faults[0].accepted.split(", ")


class TestDraft:
    """New: anyone who takes applications may begin one, within their area."""

    @pytest.mark.parametrize("by", [AMINAH, SITI, DEWI, LESTARI], ids=lambda one: one.role)
    def test_is_begun_by(self, town: Town, by: Actor):
        """Applicant, village operator, district operator and front desk draft."""
        case = town.draft("ktp-hilang", by=by)
        application = town.application(case)
        assert (application.state, application.holder) == ("draft", by.posts[0])

    def test_is_not_begun_by_the_registry(self, town: Town):
        """Who verifies does not take applications."""
        with town.refuses("wrong_role"):
            town.draft("ktp-hilang", by=BUDI)

    def test_is_not_begun_for_another_village(self, town: Town):
        """Joko's village is Sidonganti."""
        with town.refuses("wrong_area"):
            town.draft("ktp-hilang", by=JOKO)

    def test_needs_not_be_complete(self, town: Town):
        """Nothing but the village, the applicant and a service has to be known."""
        draft = commands.Draft(
            region=GEMULUNG, services=("ktp-hilang",), applicant=Person(name="Aminah")
        )
        assert town.office.do(draft, by=SITI).records[0].state == "draft"

    @pytest.mark.parametrize("name", ["region", "services", "applicant"])
    def test_says_what_it_cannot_do_without(self, town: Town, name: str):
        """Where the village, the service or the applicant is left out, that field is named."""
        fields = {
            "region": GEMULUNG,
            "services": ("ktp-hilang",),
            "applicant": Person(name="Aminah"),
        }
        del fields[name]
        with town.refuses("missing") as refused:
            town.office.do(commands.Draft(**fields), by=SITI)
        assert [fault.path for fault in refused.value.faults] == [f"with.{name}"]  # type: ignore[attr-defined] # bad input

    def test_that_says_nothing(self, town: Town):
        """The village comes first: by that it is told who may draft."""
        with town.refuses("missing", at="with.region") as refused:
            town.office.do(commands.Draft(), by=SITI)
        assert refused.value.message("en").startswith("with.region: region is needed")

    def test_with_a_fact_that_no_rule_knows(self, town: Town):
        """The facts there are are named, also before anything is final."""
        order = town.order("ktp-hilang")
        draft = commands.Draft(
            region=GEMULUNG,
            services=order.services,
            applicant=order.applicant,
            facts={"bogus": 1},
        )
        with town.refuses("unknown_fact", at="with.facts.bogus"):
            town.office.do(draft, by=SITI)

    def test_of_a_taken_code_is_refused(self, town: Town):
        """Two operators offline have chosen the same code: the second is told."""
        first = town.draft("ktp-hilang")
        draft = commands.Draft(
            application=first.code,
            region=GEMULUNG,
            services=("kk-hilang",),
            applicant=Person(name="Aminah"),
        )
        with town.refuses("id_taken"):
            town.office.do(draft, by=SITI)
        with town.refuses("missing", at="with.region"):
            town.siti.draft(first, services=draft.services, applicant=draft.applicant)

    def test_claims_nothing(self, town: Town):
        """The same may be drafted twice; only what is submitted stands in another's way."""
        people = town.family("ktp-hilang")
        for _ in range(2):
            town.draft("ktp-hilang", people=people)

    @pytest.mark.parametrize(
        ("region", "code"),
        [("35.23.08", "not_a_village"), ("35.23.08.2999", "not_found")],
    )
    def test_is_for_a_village_that_exists(self, town: Town, region: str, code: str):
        """A family lives in a village; a district or an unknown number is none."""
        with town.refuses(code, at="with.region" if code == "not_a_village" else "") as refused:
            town.draft("ktp-hilang", by=LESTARI, region=region)
        if code == "not_found":
            assert refused.value.facts == {"kind": "region", "id": region}


class TestSubmit:
    """New or draft, to submitted."""

    @pytest.mark.parametrize("by", [SITI, DEWI, LESTARI], ids=lambda one: one.role)
    def test_by_an_operator(self, town: Town, by: Actor):
        """It keeps the rules of the day, and the registry should look at it within a day."""
        application = town.application(town.case("ktp-hilang", by=by))
        assert application.state == "submitted"
        assert application.rules == date(2021, 7, 12)
        assert application.due == town.clock.now + timedelta(hours=24)

    def test_a_draft(self, town: Town):
        """What is left out stays as it was drafted; who submits it holds it from now on."""
        case = town.draft("ktp-hilang")
        before = town.application(case)
        town.dewi.submit(case)
        after = town.application(case)
        assert (after.state, after.holder, after.channel) == (
            "submitted",
            DEWI.posts[0],
            Channel.DISTRICT,
        )
        assert after.submitted_by == "dewi"
        assert after.case == before.case

    def test_a_draft_for_other_services(self, town: Town):
        """What is said with the submission holds in place of what was drafted."""
        case = town.draft("kk-hilang")
        order = town.order("ktp-hilang", application=case.code)
        people = town.order("kk-hilang").people
        drafted = commands.Draft(
            region=GEMULUNG, services=("kk-hilang",), applicant=order.applicant, people=people
        )
        code = town.office.do(drafted, by=SITI).records[0].id
        town.office.do(evolve(order, application=code), by=SITI)
        application = town.application(Case(code))
        assert application.services == ("ktp-hilang",)
        assert [line.product for line in application.lines] == ["ktp"]

    def test_without_a_village(self, town: Town):
        """Where nothing was drafted it must be said; that there is no draft is not the point."""
        with town.refuses("missing", at="with.region"):
            town.office.do(evolve(town.order("ktp-hilang"), region=None), by=SITI)

    def test_a_draft_for_another_village(self, town: Town):
        """A draft keeps its village: who may submit it is told by that."""
        case = town.draft("ktp-hilang")
        with town.refuses("other_village", at="with.region"):
            town.dewi.submit(case, region=SIDONGANTI)

    def test_a_draft_of_another_door(self, town: Town):
        """Submitted in the village, what was drafted at the counter is couriered."""
        case = town.draft("kia-baru-0-5", by=LESTARI)
        assert town.application(case).lines[0].way is DeliveryWay.COUNTER
        evidence = town.order("kia-baru-0-5").evidence
        town.siti.submit(case, evidence=evidence)
        assert town.application(case).lines[0].way is DeliveryWay.COURIER

    def test_a_draft_of_another_door_with_a_letter(self, town: Town):
        """What was chosen with a letter stays chosen."""
        case = town.draft("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.dewi.submit(case)
        assert town.application(case).lines[0].way is DeliveryWay.COUNTER

    def test_a_draft_of_another_door_that_is_sent_as_a_link(self, town: Town):
        """Whichever door it goes through, a link needs none."""
        case = town.draft("kk-hilang")
        town.siti.choose_delivery(case, product="kk", way="digital")
        town.dewi.submit(case)
        assert town.application(case).lines[0].way is DeliveryWay.DIGITAL

    def test_with_an_open_question(self, town: Town):
        """The list must be final: what decides it must be known."""
        order = evolve(town.order("akta-lahir"), facts={"foundling": False})
        with town.refuses("checklist_undecided") as refused:
            town.office.do(order, by=SITI)
        assert sorted(refused.value.facts["questions"]) == [
            "applicant_relation",
            "birth_letter",
            "parents_marriage",
        ]

    def test_with_an_item_missing(self, town: Town):
        """Everything on the list must be shown; what is not is named, with the ways that count."""
        order = town.order("ktp-hilang")
        evidence = {item: one for item, one in order.evidence.items() if item != POLICE_LETTER}
        with town.refuses("checklist_incomplete") as refused:
            town.office.do(evolve(order, evidence=evidence), by=SITI)
        assert refused.value.facts["missing"] == [POLICE_LETTER]
        assert refused.value.facts["accepted"] == {POLICE_LETTER: ["handed_in", "scan"]}
        assert refused.value.facts["instead"] == ["draft"]

    def test_with_an_item_not_shown_as_the_channel_asks(self, town: Town):
        """In the village a form is scanned: saying that it was seen does not do."""
        evidence = {"f-1-02": shown("f-1-02", Way.SEEN)}
        with town.refuses("checklist_incomplete") as refused:
            town.case("ktp-hilang", evidence=evidence)
        assert refused.value.facts["missing"] == ["f-1-02"]

    def test_for_somebody_to_whom_it_is_not_given(self, town: Town):
        """Somebody of fifteen who never married is given no identity card."""
        with town.refuses("not_eligible"):
            town.case("ktp-baru", facts={"holder_age": 15, "ever_married": False})

    def test_of_what_is_already_applied_for(self, town: Town):
        """The second is told the code of the first, and may follow that."""
        people = town.family("ktp-hilang")
        first = town.case("ktp-hilang", people=people)
        with town.refuses("already_open") as refused:
            town.case("ktp-hilang", people=people)
        assert refused.value.facts["application"] == first.code

    def test_of_somebody_with_a_number_alike(self, town: Town):
        """Numbers are compared in full, however they are shown."""
        for number in (1, 101):
            town.case("ktp-hilang", people={"holder": person(number, "holder", {"name", "nik"})})

    def test_again_after_the_first_has_ended(self, town: Town):
        """Every end lets go of what it claimed."""
        people = town.family("ktp-hilang")
        first = town.case("ktp-hilang", people=people)
        town.budi.reject(first, ground="Data tidak cocok", approved_by=HADI)
        town.case("ktp-hilang", people=people)

    def test_on_a_day_without_rules(self, town: Town):
        """Where no rule is known to hold there is no default."""
        order = town.order("ktp-hilang")
        past = town.clock.now - timedelta(days=3650)
        with town.refuses("no_rule_in_force"):
            town.office.do(evolve(order, at=past), by=SITI)

    def test_of_the_same_service_twice(self, town: Town):
        """Each is asked for once."""
        order = evolve(town.order("ktp-hilang"), services=("ktp-hilang", "ktp-hilang"))
        with town.refuses("repeated", at="with.services"):
            town.office.do(order, by=SITI)

    def test_of_an_unknown_service(self, town: Town):
        """The services there are are named."""
        order = evolve(town.order("ktp-hilang"), services=("ktp-emas",))
        with town.refuses("unknown_service"):
            town.office.do(order, by=SITI)

    def test_without_what_must_be_known_of_a_person(self, town: Town):
        """Every field that is missing is named at once."""
        with town.refuses("missing") as refused:
            town.office.do(evolve(town.order("ktp-hilang"), people={}), by=SITI)
        paths = {fault.path for fault in refused.value.faults}  # type: ignore[attr-defined] # bad input
        assert paths == {"with.people.holder.nik", "with.people.holder.name"}
        assert accepted(refused) == [""]

    def test_of_a_child_whose_mother_is_not_known(self, town: Town):
        """Of a foundling nobody knows the mother; of any other child she must be named."""
        order = town.order("akta-lahir", facts={"foundling": True})
        child = {"child": order.people["child"]}
        assert town.office.do(evolve(order, people=child), by=SITI).records[0].state == "submitted"
        other = evolve(town.order("akta-lahir"), people=child)
        with town.refuses("missing") as refused:
            town.office.do(other, by=SITI)
        paths = {fault.path for fault in refused.value.faults}  # type: ignore[attr-defined] # bad input
        assert paths == {"with.people.mother.nik", "with.people.mother.name"}

    def test_about_somebody_whom_no_service_knows(self, town: Town):
        """A party that none of the services has is a mistake."""
        with town.refuses("unknown_party", at="with.people.witness") as refused:
            town.case("kia-baru-0-5", people={"witness": Person(name="Joko")})
        assert accepted(refused) == ["child", "mother"]

    def test_by_an_applicant(self, town: Town):
        """This office takes applications through an operator."""
        case = town.draft("ktp-hilang", by=AMINAH)
        with town.refuses("applicants_do_not_submit") as refused:
            town.aminah.submit(case)
        assert refused.value.facts["may"] == ["village_operator", "district_operator", "front_desk"]
        assert refused.value.facts["instead"] == ["draft"]

    def test_by_an_applicant_where_the_office_opens_it(self):
        """Then it is submitted online, by who drafted it and nobody else."""
        town = Town(settings={"applicants_submit": True})
        case = town.draft("ktp-hilang", by=AMINAH)
        neighbour = town.hand(Actor("wati", Role.APPLICANT, GEMULUNG))
        with town.refuses("wrong_area"):
            neighbour.submit(case)
        town.aminah.submit(case)
        assert town.application(case).channel is Channel.ONLINE
        undrafted = town.case("kk-hilang", by=AMINAH)
        assert town.application(undrafted).submitted_by == "aminah"

    def test_an_applicant_shows_scans_only(self, town: Town):
        """That something was seen or handed in only an operator can say."""
        with town.refuses("needs_operator", at=f"with.evidence.{POLICE_LETTER}.way") as refused:
            town.draft("ktp-hilang", by=AMINAH, evidence={POLICE_LETTER: shown("x", Way.HANDED_IN)})
        assert accepted(refused) == ["scan"]

    def test_by_the_registry(self, town: Town):
        """Who verifies does not submit."""
        case = town.draft("ktp-hilang")
        with town.refuses("wrong_role"):
            town.budi.submit(case)

    def test_twice(self, town: Town):
        """A submitted case is not submitted again."""
        case = town.case("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.submit(case)

    def test_of_a_code_that_nothing_was_drafted_under(self, town: Town):
        """Without a draft there is nothing to submit."""
        with town.refuses("not_found"):
            town.siti.submit("2222222222-2")


class TestAmend:
    """Draft or returned: what it says or shows is changed by who holds it."""

    def test_a_draft(self, town: Town):
        """What is said anew takes the place of what was said; the rest stays."""
        case = town.draft("ktp-hilang")
        before = town.application(case)
        holder = evolve(before.case.people["holder"], name="Sri Lestari Wulandari")
        town.siti.amend(case, people={"holder": holder})
        after = town.application(case)
        assert after.case.people == {"holder": holder}
        assert after.evidence == before.evidence
        assert after.keys == before.keys

    def test_who_applies(self, town: Town):
        """The applicant may have been written down wrongly."""
        case = town.draft("ktp-hilang")
        town.siti.amend(case, applicant=Person(name="Mbah Karto"))
        assert town.application(case).case.applicant == Person(name="Mbah Karto")

    def test_with_a_fact_that_no_rule_knows(self, town: Town):
        """As in a draft."""
        case = town.draft("ktp-hilang")
        with town.refuses("unknown_fact", at="with.facts.bogus"):
            town.siti.amend(case, facts={"bogus": 1})

    def test_with_somebody_whom_no_service_is_about(self, town: Town):
        """Nor with them."""
        case = town.draft("ktp-hilang")
        with town.refuses("unknown_party", at="with.people.witness"):
            town.siti.amend(case, people={"witness": Person(name="Joko")})

    def test_to_what_had_not_been_when_it_was_submitted(self, town: Town):
        """Ages are counted on the day whose rules it keeps: a child born since then has none."""
        case = returned(town, "akta-lahir")
        town.clock.wait(days=3)
        child = town.application(case).case.people["child"]
        with town.refuses("in_the_future", at="with.people.child.birth_date"):
            town.siti.amend(case, people={"child": evolve(child, birth_date=date(2021, 7, 14))})

    def test_to_a_paper_of_a_day_to_come(self, town: Town):
        """It would never be too old; of today it is taken."""
        case = town.draft("ktp-hilang")
        today = town.clock.now.date()
        letter = shown("surat-hilang")
        with town.refuses("in_the_future", at="with.evidence.surat-hilang.dated"):
            dated = evolve(letter, dated=today + timedelta(days=1))
            town.siti.amend(case, evidence={"surat-hilang": dated})
        town.siti.amend(case, evidence={"surat-hilang": evolve(letter, dated=today)})

    def test_a_returned_case(self, town: Town):
        """Shown anew before it is answered, the item counts as answered."""
        case = returned(town, fault="f-1-02")
        town.siti.amend(case, evidence={"f-1-02": shown("f-1-02 anew")})
        town.siti.answer(case)
        assert town.state(case) == "submitted"

    def test_by_another_post(self, town: Town):
        """What the village operator drafted, the district operator leaves alone."""
        case = town.draft("ktp-hilang")
        with town.refuses("wrong_area"):
            town.dewi.amend(case, facts={"applicant_relation": "family"})

    def test_a_submitted_case(self, town: Town):
        """While the registry looks at it nothing is changed; it may be withdrawn."""
        case = town.case("ktp-hilang")
        with town.refuses("not_allowed_now") as refused:
            town.siti.amend(case, facts={"applicant_relation": "family"})
        assert refused.value.facts["instead"] == ["choose_delivery", "set_contact", "withdraw"]

    def test_to_what_is_already_applied_for(self, town: Town):
        """A returned case holds what it is about: amended to somebody else's, it is refused."""
        people = town.family("ktp-hilang")
        first = town.case("ktp-hilang", people=people)
        second = returned(town)
        with town.refuses("already_open") as refused:
            town.siti.amend(second, people=people)
        assert refused.value.facts["application"] == first.code


class TestMoveRules:
    """Draft, submitted or returned: moved to the rules of a later day, saying what changes."""

    LATER = date(2021, 9, 28)

    def test_says_what_changes(self, town: Town):
        """From 28 September a child under 17 needs a declaration of care besides."""
        case = town.case("kk-ubah-data", facts={"joins_under_17": True})
        town.clock.wait(days=78)
        receipt = town.budi.move_rules(case, to=self.LATER)
        assert receipt.notes == {"added": ["pernyataan-pengasuhan"], "removed": []}
        assert town.application(case).rules == self.LATER
        with town.refuses("checklist_incomplete") as refused:
            town.verify(case)
        assert refused.value.facts["missing"] == ["pernyataan-pengasuhan"]

    def test_says_what_is_no_longer_asked(self, town: Town):
        """For a lost card the KTP-el is no longer asked for, if the NIK is in the form."""
        case = town.case("kk-hilang", facts={"nik_in_form": True})
        town.clock.wait(days=78)
        receipt = town.budi.move_rules(case, to=self.LATER)
        assert receipt.notes == {"added": [], "removed": ["ktp-el"]}

    @pytest.mark.parametrize("bring", [Town.draft, returned])
    def test_also_in(self, town: Town, bring: object):
        """A draft and a returned case can be moved as well."""
        case = bring(town, "kk-ubah-data")  # type: ignore[operator] # both bring a case
        town.clock.wait(days=78)
        town.budi.move_rules(case, to=self.LATER)
        assert town.application(case).rules == self.LATER

    def test_to_a_day_that_has_not_come(self, town: Town):
        """What will be asked by then nobody knows for certain."""
        case = town.case("kk-ubah-data")
        with town.refuses("in_the_future", at="with.to"):
            town.budi.move_rules(case, to=date(2021, 7, 13))

    def test_to_rules_that_are_not_newer(self, town: Town):
        """Never back, and not to the same day."""
        case = town.case("kk-ubah-data")
        with town.refuses("rules_not_newer"):
            town.budi.move_rules(case, to=date(2021, 7, 12))
        assert "move_rules" not in town.budi.can(town.application(case))
        town.clock.wait(days=1)
        assert "move_rules" in town.budi.can(town.application(case))

    def test_of_a_verified_case(self, town: Town):
        """What is verified keeps its rules."""
        case = town.verified("kk-ubah-data")
        with town.refuses("not_allowed_now"):
            town.budi.move_rules(case, to=self.LATER)

    def test_by_an_operator(self, town: Town):
        """That is for the registry."""
        case = town.case("kk-ubah-data")
        with town.refuses("wrong_role"):
            town.siti.move_rules(case, to=self.LATER)


class TestALawThatChanges:
    """A case keeps the rules of its day, whoever is asked about since."""

    CHANGED = date(2021, 9, 1)

    @pytest.fixture
    def changing(self, monkeypatch: pytest.MonkeyPatch) -> Town:
        """Give an office in which a lost card is its owner's from a day on, as it was its holder's.

        The law has not changed so yet: in it the people of a service stay as they are.
        """
        rules = load()
        (now,) = rules.periods["ktp-hilang"]
        owner = Party(id="owner", needs=("name",))  # type: ignore[arg-type] # an id that is right
        periods = (
            evolve(now, until=self.CHANGED - timedelta(days=1)),
            evolve(now, since=self.CHANGED, parties=(owner,)),
        )
        changed = evolve(rules, periods={**rules.periods, "ktp-hilang": periods})
        monkeypatch.setattr("adminduk.office.load_catalogue", lambda: changed)
        return Town()

    def test_leaves_its_people(self, changing: Town):
        """An amendment is about those whom it was about."""
        case = returned(changing, fault="f-1-02")
        changing.clock.wait(days=60)
        changing.siti.amend(case, evidence={"f-1-02": shown("f-1-02 anew")})
        assert set(changing.application(case).case.people) == {"holder"}

    def test_is_kept_to_when_it_is_moved(self, changing: Town):
        """Then it must be told of those whom the newer rules ask about."""
        case = changing.case("ktp-hilang")
        changing.clock.wait(days=60)
        with changing.refuses("missing", at="with.people.owner.name"):
            changing.budi.move_rules(case, to=self.CHANGED)


class TestAttend:
    """Submitted or returned: the person came for an act that needs them."""

    @pytest.mark.parametrize("hand", ["lestari", "dewi"])
    def test_at_the_desk(self, town: Town, hand: str):
        """At the counter, or where the district records biometrics."""
        case = town.case("ktp-baru")
        getattr(town, hand).attend(case, act="biometrics")
        assert town.application(case).attended == ("biometrics",)

    def test_while_the_case_is_returned(self, town: Town):
        """Who comes is not sent away because a paper is missing."""
        case = returned(town, "ktp-baru")
        town.lestari.attend(case, act="biometrics")
        assert town.application(case).attended == ("biometrics",)

    def test_for_an_act_that_the_case_does_not_need(self, town: Town):
        """A lost card is replaced without its holder."""
        case, other = town.case("ktp-hilang"), town.case("ktp-baru")
        with town.refuses("unknown_act", at="with.act") as refused:
            town.lestari.attend(case, act="biometrics")
        assert accepted(refused) == ["–"]
        with town.refuses("unknown_act", at="with.act") as refused:
            town.lestari.attend(other, act="oath")
        assert accepted(refused) == ["biometrics"]

    def test_those_that_it_needs_are_named(self, monkeypatch: pytest.MonkeyPatch):
        """All of them; the law knows of one so far."""
        rules = load()
        (now,) = rules.periods["ktp-baru"]
        two = evolve(now, attend=(*now.attend, evolve(now.attend[0], id="oath")))
        changed = evolve(rules, periods={**rules.periods, "ktp-baru": (two,)})
        monkeypatch.setattr("adminduk.office.load_catalogue", lambda: changed)
        town = Town()
        case = town.case("ktp-baru")
        with town.refuses("unknown_act", at="with.act") as refused:
            town.lestari.attend(case, act="interview")
        assert accepted(refused) == ["biometrics", "oath"]

    def test_in_the_village(self, town: Town):
        """There is no device in the village hall."""
        case = town.case("ktp-baru")
        with town.refuses("wrong_role"):
            town.siti.attend(case, act="biometrics")

    def test_after_verification(self, town: Town):
        """Then it is too late to be asked for."""
        case = town.verified("ktp-baru")
        with town.refuses("not_allowed_now"):
            town.lestari.attend(case, act="biometrics")


class TestCorrect:
    """Submitted: the registry corrects what a scan shows; who does it may not verify."""

    def corrected(self, town: Town, name: str = "Sri Wulandari") -> Case:
        """Submit a case, and let Budi correct the holder's name."""
        case = town.case("ktp-hilang")
        holder = evolve(town.application(case).case.people["holder"], name=name)
        town.budi.correct(case, item="f-1-02", people={"holder": holder}, reason="Salah ketik")
        return case

    def test_by_an_item_that_was_scanned(self, town: Town):
        """The name on the form is the right one."""
        case = self.corrected(town)
        assert town.application(case).case.people["holder"].name.full() == "Sri Wulandari"  # type: ignore[union-attr] # it has one

    def test_who_did_it_does_not_verify(self, town: Town):
        """Another registry operator does."""
        case = self.corrected(town)
        with town.refuses("own_work") as refused:
            town.verify(case, by=BUDI)
        assert refused.value.facts["may"] == ["registry_operator"]
        town.verify(case, by=RATNA)
        assert town.state(case) == "verified"

    def test_by_what_no_scan_shows(self, town: Town):
        """The police letter was handed in and not scanned, a marriage book not even that."""
        case = town.case("ktp-hilang")
        holder = town.application(case).case.people["holder"]
        for item in (POLICE_LETTER, "buku-nikah"):
            with town.refuses("not_visible") as refused:
                town.budi.correct(case, item=item, people={"holder": holder}, reason="Salah ketik")
            assert refused.value.facts["instead"] == ["return"]

    def test_of_one_of_several_people(self, town: Town):
        """The others stay as they are."""
        case = town.case("akta-lahir")
        before = town.application(case).case.people
        child = evolve(before["child"], name="Bintang Lestari")
        town.budi.correct(case, item="f-2-01", people={"child": child}, reason="Salah ketik")
        assert town.application(case).case.people == {**before, "child": child}

    def test_accepts_the_item(self, town: Town):
        """Who corrects by a scan has looked at it."""
        case = self.corrected(town)
        verdict = town.application(case).shown("f-1-02").verdict  # type: ignore[union-attr] # it was shown
        assert verdict == Verdict(accepted=True, by="budi")

    def test_of_somebody_whom_the_case_does_not_know(self, town: Town):
        """Only the people of the case are corrected."""
        case = town.case("akta-lahir")
        with town.refuses("unknown_party", at="with.people.witness") as refused:
            town.budi.correct(
                case, item="f-2-01", people={"witness": Person(name="Ani")}, reason="Salah"
            )
        assert accepted(refused) == ["child", "mother"]

    def test_may_not_take_away_what_must_be_known(self, town: Town):
        """The holder's NIK is needed; a correction that forgets it is refused."""
        case = town.case("ktp-hilang")
        with town.refuses("missing") as refused:
            town.budi.correct(
                case, item="f-1-02", people={"holder": Person(name="Ani")}, reason="Salah"
            )
        assert [one.path for one in refused.value.faults] == ["with.people.holder.nik"]  # type: ignore[attr-defined] # bad input

    def test_by_the_village(self, town: Town):
        """The village answers a return instead."""
        case = town.case("ktp-hilang")
        holder = town.application(case).case.people["holder"]
        with town.refuses("wrong_role"):
            town.siti.correct(case, item="f-1-02", people={"holder": holder}, reason="Salah")


class TestReturn:
    """Submitted, to returned: everything that is wrong at once, each with the reason."""

    def test_names_what_is_wrong(self, town: Town):
        """The village has thirty days to answer, and the case is in its inbox."""
        case = returned(town, fault="f-1-02")
        application = town.application(case)
        assert application.case.faults == {"f-1-02": "Tidak terbaca"}
        assert application.shown("f-1-02").verdict == Verdict(accepted=False, by="budi")  # type: ignore[union-attr] # it was shown
        assert application.due == town.clock.now + timedelta(days=30)
        assert case.code in [task.id for task in town.office.inbox(SITI).tasks]
        assert town.word(case) == "Belum Lengkap"

    def test_without_a_fault(self, town: Town):
        """A return without a reason is none."""
        case = town.case("ktp-hilang")
        with town.refuses("missing", at="with.faults"):
            town.budi.send_back(case, faults={})

    def test_with_a_fault_that_has_no_reason(self, town: Town):
        """Each item says why."""
        case = town.case("ktp-hilang")
        with town.refuses("missing", at="with.faults.f-1-02"):
            town.budi.send_back(case, faults={"f-1-02": " "})

    def test_of_an_item_that_is_not_on_the_list(self, town: Town):
        """The items on the list are named."""
        case = town.case("ktp-hilang")
        with town.refuses("unknown_item", at="with.faults.buku-nikah") as refused:
            town.budi.send_back(case, faults={"buku-nikah": "Tidak ada"})
        assert accepted(refused) == ["f-1-02", POLICE_LETTER]
        with town.refuses("unknown_item", at="with.accepted.buku-nikah"):
            town.budi.send_back(case, faults={"f-1-02": "Buram"}, accepted=["buku-nikah"])

    def test_that_leaves_an_item_without_a_verdict(self, town: Town):
        """So that nobody is sent back a second time for what was not looked at."""
        case = town.case("ktp-hilang")
        with town.refuses("not_all_judged") as refused:
            town.budi.send_back(case, faults={"f-1-02": "Buram"})
        assert refused.value.facts["missing"] == [POLICE_LETTER]

    def test_that_passes_over_what_was_never_shown(self, town: Town):
        """Newer rules ask for more: that is wanting too."""
        case = town.case("kk-ubah-data", facts={"joins_under_17": True})
        town.clock.wait(days=78)
        town.budi.move_rules(case, to=TestMoveRules.LATER)
        first, *rest = town.items(case)
        with town.refuses("not_all_judged") as refused:
            town.budi.send_back(case, faults={first: "Buram"}, accepted=rest)
        assert refused.value.facts["missing"] == ["pernyataan-pengasuhan"]

    def test_of_a_draft(self, town: Town):
        """The registry has nothing to say of a draft."""
        case = town.draft("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.budi.send_back(case, faults={"f-1-02": "Buram"})

    def test_by_the_front_desk(self, town: Town):
        """The desk takes applications, it does not judge them."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_role"):
            town.lestari.send_back(case, faults={"f-1-02": "Buram"})


class TestAnswer:
    """Returned, to submitted: every item that was named is shown anew."""

    def test_by_the_post_that_submitted(self, town: Town):
        """What was named has no verdict any more, what was accepted stays accepted."""
        case = returned(town, fault="f-1-02")
        town.siti.answer(case, evidence={"f-1-02": shown("f-1-02 anew")})
        application = town.application(case)
        assert application.state == "submitted"
        assert application.case.faults == {}
        assert application.due == town.clock.now + timedelta(hours=24)
        assert application.shown("f-1-02").verdict is None  # type: ignore[union-attr] # it was shown
        assert application.shown(POLICE_LETTER).verdict.accepted  # type: ignore[union-attr] # so was it

    def test_by_the_district_above(self, town: Town):
        """The district helps a village out; the village still holds the case."""
        case = returned(town, fault="f-1-02")
        town.dewi.answer(case, evidence={"f-1-02": shown("f-1-02 anew")})
        application = town.application(case)
        assert (application.state, application.holder) == ("submitted", SITI.posts[0])

    def test_by_the_village_for_the_district(self, town: Town):
        """What the district submitted, the village does not answer."""
        case = returned(town, by=DEWI)
        with town.refuses("wrong_area"):
            town.siti.answer(case)

    def test_with_an_item_left_out(self, town: Town):
        """It is named again."""
        case = returned(town, fault="f-1-02")
        with town.refuses("not_answered") as refused:
            town.siti.answer(case)
        assert refused.value.facts["missing"] == ["f-1-02"]

    def test_with_a_new_item_left_out(self, town: Town):
        """What newer rules ask for, and was named as it was not there, must be shown."""
        case = town.case("kk-ubah-data", facts={"joins_under_17": True})
        town.clock.wait(days=78)
        town.budi.move_rules(case, to=TestMoveRules.LATER)
        new = "pernyataan-pengasuhan"
        town.budi.send_back(case, faults={new: "Belum ada"}, accepted=town.items(case))
        with town.refuses("not_answered") as refused:
            town.siti.answer(case)
        assert refused.value.facts["missing"] == [new]

    def test_that_forgets_what_must_be_known(self, town: Town):
        """The holder's NIK is needed now as it was before."""
        case = returned(town, fault="f-1-02")
        fresh = {"f-1-02": shown("f-1-02 anew")}
        with town.refuses("missing", at="with.people.holder.nik"):
            town.siti.answer(case, evidence=fresh, people={"holder": Person(name="Ani")})

    def test_that_makes_the_list_longer(self, town: Town):
        """With other facts more may be needed; it must be shown as well."""
        case = returned(town, fault="f-1-02")
        fresh = {"f-1-02": shown("f-1-02 anew")}
        with town.refuses("checklist_incomplete") as refused:
            town.siti.answer(case, evidence=fresh, facts={"applicant_relation": "other"})
        assert refused.value.facts["missing"] == ["f-1-07"]

    def test_of_a_case_that_was_not_returned(self, town: Town):
        """Nothing was asked."""
        case = town.case("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.answer(case)

    def test_who_submitted_it_may_still_not_verify(self, town: Town):
        """Somebody else's answer does not make it somebody else's case."""
        both = also(
            Actor("rudi", Role.VILLAGE_OPERATOR, GEMULUNG), (Role.REGISTRY_OPERATOR, "35.23")
        )
        case = returned(town, by=both, fault="f-1-02")
        town.siti.answer(case, evidence={"f-1-02": shown("f-1-02 anew")})
        with town.refuses("own_work"):
            town.verify(case, by=both)

    def test_who_answered_it_may_not_verify(self, town: Town):
        """To answer is to submit."""
        both = also(
            Actor("rudi", Role.DISTRICT_OPERATOR, "35.23.08"), (Role.REGISTRY_OPERATOR, "35.23")
        )
        case = returned(town, fault="f-1-02")
        town.hand(both).answer(case, evidence={"f-1-02": shown("f-1-02 anew")})
        with town.refuses("own_work"):
            town.verify(case, by=both)


class TestReject:
    """Submitted, to rejected: on a ground of the law, approved by the head of office."""

    def test_ends_the_case(self, town: Town):
        """Nothing is due any more; what was handed in goes back to its owner."""
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        application = town.application(case)
        assert (application.state, application.due) == ("rejected", None)
        assert application.case.reason == "Bukan penduduk"
        assert town.word(case) == "Ditolak"
        town.siti.hand_over(case.original(POLICE_LETTER), to=OWNER)
        assert town.state(case.original(POLICE_LETTER)) == "handed_over"

    @pytest.mark.parametrize("approver", [None, BUDI, RATNA])
    def test_without_the_head(self, town: Town, approver: Actor | None):
        """Not alone, not approved by oneself, not by a colleague."""
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed") as refused:
            town.budi.reject(case, ground="Bukan penduduk", approved_by=approver)
        assert refused.value.facts["may"] == ["head_of_office"]

    def test_the_head_needs_another_head(self, town: Town):
        """Nobody approves what they decide."""
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed"):
            town.hadi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        acting = Actor("yuni", Role.HEAD_OF_OFFICE, "35.23")
        town.hadi.reject(case, ground="Bukan penduduk", approved_by=acting)
        assert town.state(case) == "rejected"

    def test_of_a_verified_case(self, town: Town):
        """It must be reopened first."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_allowed_now") as refused:
            town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        assert "reopen" in refused.value.facts["instead"]


class TestVerify:
    """Submitted, to verified: complete and right; one copy of each product is ordered."""

    def test_orders_a_copy_of_each_product(self, town: Town):
        """They are in the print queue in the same step."""
        case = town.verified("akta-lahir", "kia-baru-0-5")
        waiting = [task.id for task in town.office.inbox(town.wahyu.actor).tasks]
        assert sorted(waiting) == [case.copies(1), case.copies(2)]
        assert town.application(case).due is None
        assert [town.paper(case.copies(number)).replaces for number in (1, 2)] == [0, 0]  # type: ignore[union-attr] # they are copies

    def test_without_products_completes(self, town: Town):
        """A legalised copy is all there was to do."""
        case = town.verified("legalisir")
        assert (town.state(case), town.word(case)) == ("completed", "Sudah Diambil")

    def test_with_an_item_not_accepted(self, town: Town):
        """Each is looked at."""
        case = town.case("ktp-hilang")
        with town.refuses("not_all_accepted") as refused:
            town.budi.verify(case, accepted=["f-1-02"])
        assert refused.value.facts["missing"] == [POLICE_LETTER]
        assert refused.value.facts["instead"] == ["return"]

    def test_with_an_item_that_is_not_on_the_list(self, town: Town):
        """What is accepted must have been asked for."""
        case = town.case("ktp-hilang")
        with town.refuses("unknown_item", at="with.accepted.buku-nikah"):
            town.budi.verify(case, accepted=["buku-nikah"])

    def test_by_who_submitted_it(self, town: Town):
        """Even where one person fills both posts."""
        both = also(LESTARI, (Role.REGISTRY_OPERATOR, "35.23"))
        case = town.case("ktp-hilang", by=both)
        assert "verify" not in town.hand(both).can(town.application(case))
        with town.refuses("own_work"):
            town.verify(case, by=both)

    def test_by_who_drafted_it(self, town: Town):
        """Also where somebody else submitted it."""
        both = also(LESTARI, (Role.REGISTRY_OPERATOR, "35.23"))
        case = town.draft("ktp-hilang", by=both)
        town.dewi.submit(case, evidence=town.order("ktp-hilang").evidence)
        with town.refuses("own_work"):
            town.verify(case, by=both)

    def test_by_the_head_of_office(self, town: Town):
        """The head may do what the registry may, but this."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_role"):
            town.verify(case, by=HADI)

    def test_twice(self, town: Town):
        """A verified case is verified."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.verify(case)


class TestReopen:
    """Verified, back to submitted, while nothing was delivered."""

    def test_cancels_what_is_only_ordered(self, town: Town):
        """Verified again, a copy is ordered anew."""
        case = town.verified("ktp-hilang")
        town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        assert (town.state(case), town.state(case.copy)) == ("submitted", "cancelled")
        assert town.word(case) == "Sedang Diperiksa"
        assert town.application(case).due == town.clock.now
        assert town.application(case).case.reason == "Nama salah"
        assert town.paper(case.copy).due is None
        town.verify(case)
        assert town.state(case.copies(2)) == "ordered"

    def test_condemns_what_is_in_a_sealed_bag(self, town: Town):
        """It turns home on arrival."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        copy = town.paper(case.copy)
        assert (copy.state, copy.heading, copy.condemned) == ("at_district", "home", True)

    def test_leaves_what_is_condemned_already(self, town: Town):
        """It stays as it is; only what could be delivered is condemned."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        assert (town.state(case), town.paper(case.copy).note) == ("submitted", "Patah")

    def test_leaves_what_was_given_up(self, town: Town):
        """Verified again, no copy is ordered of what nobody wants."""
        case = town.verified("akta-lahir", "kia-baru-0-5")
        town.budi.give_up(case, product="kia", reason="Sudah punya KIA")
        town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        town.verify(case)
        (again,) = [task.id for task in town.office.inbox(town.wahyu.actor).tasks]
        assert town.paper(again).product == "akta-lahir"  # type: ignore[union-attr] # it is a copy

    def test_after_something_was_delivered(self, town: Town):
        """Then the faulty product is replaced instead."""
        case = town.printed("akta-lahir", "kia-baru-0-5")
        town.run(case.copies(1))
        town.siti.collect(case.copies(1))
        town.siti.hand_over(case.copies(1), to=OWNER)
        with town.refuses("already_delivered") as refused:
            town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        assert refused.value.facts["instead"] == ["replace"]

    def test_without_the_head(self, town: Town):
        """Taking a verification back needs a second person."""
        case = town.verified("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.reopen(case, reason="Nama salah")

    def test_and_rejected_while_paper_is_on_the_road(self, town: Town):
        """A case that has ended may still have condemned copies to bring home."""
        case = town.at_village("ktp-hilang")
        town.budi.reopen(case, reason="Bukan penduduk", approved_by=HADI)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        town.dewi.hand_in(case.copy)
        town.home(case.copy)
        town.wahyu.void(case.copy)
        town.wahyu.destroy("BA-1/2021", papers=[case.copy], witnesses=[WITNESS], approved_by=HADI)
        assert (town.state(case), town.state(case.copy)) == ("rejected", "destroyed")


class TestReplace:
    """Verified: the next copy of a product whose last can no longer be delivered."""

    def condemned(self, town: Town) -> Case:
        """Bring a case as far as its only copy is condemned."""
        case = town.printed("ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        return case

    def test_orders_the_next(self, town: Town):
        """It names the one it replaces and goes the same way."""
        case = self.condemned(town)
        town.ratna.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
        copy = town.paper(case.copies(2))
        assert (copy.state, copy.replaces) == ("ordered", 1)  # type: ignore[union-attr] # it is a copy

    def test_with_a_correction(self, town: Town):
        """The mistake is corrected by what an item shows."""
        case = self.condemned(town)
        holder = evolve(town.application(case).case.people["holder"], name="Sri Wulandari")
        town.budi.replace(
            case,
            product="ktp",
            reason="Nama salah",
            people={"holder": holder},
            item="f-1-02",
            approved_by=HADI,
        )
        assert town.application(case).case.people["holder"] == holder

    def test_with_a_correction_that_nothing_proves(self, town: Town):
        """No item, no correction."""
        case = self.condemned(town)
        holder = town.application(case).case.people["holder"]
        with town.refuses("not_visible"):
            town.budi.replace(
                case,
                product="ktp",
                reason="Nama salah",
                people={"holder": holder},
                item="buku-nikah",
                approved_by=HADI,
            )

    def test_goes_on_with_the_new_copy(self, town: Town):
        """What becomes of the old one afterwards tells nothing of the product any more."""
        case = self.condemned(town)
        town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
        town.wahyu.void(case.copy)
        assert town.application(case).lines[0].last is LastCopy.ALIVE
        with town.refuses("copy_alive"):
            town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        assert town.paper(case.copies(2)).way is DeliveryWay.COUNTER  # type: ignore[union-attr] # it is a copy

    def test_a_second_time(self, town: Town):
        """Each names the one before it."""
        case = self.condemned(town)
        for number in (2, 3):
            town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
            assert town.paper(case.copies(number)).replaces == number - 1  # type: ignore[union-attr] # it is a copy
            town.print(case.copies(number))
            town.wahyu.condemn(case.copies(number), reason="Buram", damaged=True)

    def test_of_one_of_several(self, town: Town):
        """The other is on its way."""
        case = town.printed("akta-lahir", "kia-baru-0-5")
        town.wahyu.condemn(case.copy, reason="Buram", damaged=True)
        assert "replace" in town.budi.can(town.application(case))

    def test_while_the_last_can_be_delivered(self, town: Town):
        """There is never a second deliverable copy."""
        case = town.printed("ktp-hilang")
        with town.refuses("copy_alive") as refused:
            town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
        assert refused.value.facts["instead"] == ["condemn", "declare_lost"]

    def test_of_a_product_that_the_case_does_not_have(self, town: Town):
        """Its products are named."""
        case = self.condemned(town)
        with town.refuses("unknown_product", at="with.product") as refused:
            town.budi.replace(case, product="kk", reason="Nama salah", approved_by=HADI)
        assert accepted(refused) == ["ktp"]

    def test_of_a_product_that_was_given_up(self, town: Town):
        """What has ended is not begun again."""
        case = self.condemned(town)
        town.budi.give_up(case, product="ktp", reason="Pindah")
        with town.refuses("product_ended"):
            town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)

    def test_without_the_head(self, town: Town):
        """A second blank needs a second person."""
        case = self.condemned(town)
        with town.refuses("approval_needed"):
            town.budi.replace(case, product="ktp", reason="Nama salah")


class TestGiveUp:
    """Verified: a product that will not be delivered ends."""

    def test_while_its_copy_can_be_delivered(self, town: Town):
        """It is condemned or declared lost first."""
        case = town.printed("ktp-hilang")
        with town.refuses("copy_alive") as refused:
            town.budi.give_up(case, product="ktp", reason="Pindah")
        assert refused.value.facts["instead"] == ["condemn", "declare_lost", "void"]

    def test_that_lay_unclaimed_past_its_term(self, town: Town):
        """Void after its term, it is given up by that, and the case lapses."""
        case = town.at_counter("ktp-hilang")
        town.lestari.turn_home(case.copy)
        town.clock.wait(days=60)
        town.wahyu.void(case.copy)
        line = town.application(case).lines[0]
        assert (line.last, line.outcome) == (LastCopy.GONE, ProductOutcome.GIVEN_UP)
        assert town.state(case) == "lapsed"

    def test_while_another_product_is_open(self, town: Town):
        """The case goes on for the rest."""
        case = town.verified("akta-lahir", "kia-baru-0-5")
        town.budi.give_up(case, product="kia", reason="Sudah punya KIA")
        outcomes = {one.product: one.outcome for one in town.application(case).lines}
        assert outcomes == {"akta-lahir": ProductOutcome.OPEN, "kia": ProductOutcome.GIVEN_UP}
        assert town.state(case) == "verified"
        assert town.application(case).case.reason == "Sudah punya KIA"
        assert town.paper(case.copies(2)).due is None

    def test_can_be_of_one_of_several(self, town: Town):
        """What is on the road is not given up nor sent another way; what is only ordered can be."""
        case = town.verified("akta-lahir", "kia-baru-0-5")
        town.print(case.copies(1))
        town.run(case.copies(1))
        assert "give_up" in town.budi.can(town.application(case))
        assert "choose_delivery" in town.siti.can(town.application(case))

    def test_leaves_nothing_to_be_done_about_it(self, town: Town):
        """Where the other product is on the road nothing can be chosen, replaced or given up."""
        case = town.verified("akta-lahir", "kia-baru-0-5")
        town.budi.give_up(case, product="kia", reason="Sudah punya KIA")
        town.print(case.copies(1))
        town.run(case.copies(1))
        application = town.application(case)
        assert not town.budi.can(application) & {"replace", "give_up"}
        assert "choose_delivery" not in town.siti.can(application)

    def test_in_the_village(self, town: Town):
        """The registry ends a product."""
        case = town.verified("ktp-hilang")
        with town.refuses("wrong_role"):
            town.siti.give_up(case, product="ktp", reason="Pindah")


class TestChooseDelivery:
    """Draft, submitted, returned or verified: how a product reaches the applicant."""

    @pytest.mark.parametrize("bring", [Town.draft, Town.case, returned, Town.verified])
    def test_in(self, town: Town, bring: object):
        """It can be chosen as long as no copy is on the road."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        assert town.application(case).lines[0].letter == LETTER

    def test_for_the_counter_without_a_letter(self, town: Town):
        """A case of the village needs its operator's letter, whoever writes it down."""
        case = town.verified("ktp-hilang")
        for hand in (town.siti, town.dewi, town.lestari):
            with town.refuses("missing", at="with.letter"):
                hand.choose_delivery(case, product="ktp", way="counter")

    def test_for_the_counter_of_a_counter_case(self, town: Town):
        """Who applied at the counter fetches there without a letter."""
        case = town.verified("ktp-hilang", by=LESTARI)
        town.lestari.choose_delivery(case, product="ktp", way="courier")
        town.lestari.choose_delivery(case, product="ktp", way="counter")
        assert town.application(case).lines[0].way is DeliveryWay.COUNTER

    def test_of_a_card_digitally(self, town: Town):
        """A KTP-el is made on a security blank only."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_digital") as refused:
            town.siti.choose_delivery(case, product="ktp", way="digital")
        assert refused.value.facts["instead"] == ["courier", "counter"]

    def test_digitally_of_what_is_printed(self, town: Town):
        """A printed copy is not made again because somebody would rather have a link."""
        case = town.printed("kk-hilang")
        with town.refuses("on_its_way"):
            town.siti.choose_delivery(case, product="kk", way="digital")

    @pytest.mark.parametrize("bring", [Town.at_district, Town.at_village, Town.at_counter])
    def test_of_what_is_on_the_road(self, town: Town, bring: object):
        """It is handed over where it is, or turns home first."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        with town.refuses("on_its_way") as refused:
            town.siti.choose_delivery(case, product="ktp", way="courier")
        assert refused.value.facts["instead"] == ["hand_over", "turn_home"]

    def test_after_the_last_copy_is_condemned(self, town: Town):
        """It holds for the next copy."""
        case = town.at_village("ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        assert "choose_delivery" in town.siti.can(town.application(case))
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.budi.replace(case, product="ktp", reason="Nama salah", approved_by=HADI)
        ways = [town.paper(case.copies(number)) for number in (1, 2)]
        assert [(one.way, one.letter) for one in ways] == [  # type: ignore[union-attr] # copies
            (DeliveryWay.COURIER, None),
            (DeliveryWay.COUNTER, LETTER),
        ]

    def test_of_what_is_ordered(self, town: Town):
        """The copy that waits to be printed goes the new way, with the letter."""
        case = town.verified("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        copy = town.paper(case.copy)
        assert (copy.way, copy.letter) == (DeliveryWay.COUNTER, LETTER)  # type: ignore[union-attr] # it is a copy

    def test_as_it_goes_already(self, town: Town):
        """Nothing becomes of the copy."""
        case = town.verified("ktp-hilang")
        before = town.paper(case.copy)
        town.siti.choose_delivery(case, product="ktp", way="courier")
        assert town.paper(case.copy) == before

    def test_of_a_case_without_products(self, town: Town):
        """A legalised copy is given back at once; there is nothing to choose."""
        case = town.case("legalisir")
        with town.refuses("unknown_product", at="with.product") as refused:
            town.siti.choose_delivery(case, product="ktp", way="courier")
        assert accepted(refused) == ["–"]

    def test_of_a_product_that_the_case_does_not_have(self, town: Town):
        """Those it has are named."""
        case = town.case("akta-lahir", "kia-baru-0-5")
        with town.refuses("unknown_product", at="with.product") as refused:
            town.siti.choose_delivery(case, product="ktp", way="courier")
        assert accepted(refused) == ["akta-lahir", "kia"]

    def test_by_the_registry(self, town: Town):
        """The registry does not choose for the applicant."""
        case = town.verified("ktp-hilang")
        with town.refuses("wrong_role"):
            town.budi.choose_delivery(case, product="ktp", way="counter", letter=LETTER)

    def test_of_a_completed_case(self, town: Town):
        """There is nothing left to deliver."""
        case = town.verified("legalisir")
        with town.refuses("not_allowed_now"):
            town.siti.choose_delivery(case, product="ktp", way="courier")


class TestSettle:
    """Verified: a case ends by itself with the last of its products."""

    def test_completed_with_the_last_handover(self, town: Town):
        """It ends in the same commit, and claims nothing any more."""
        people = town.family("ktp-hilang")
        case = town.at_village("ktp-hilang", people=people)
        receipt = town.siti.hand_over(case.copy, to=OWNER)
        assert {(one.kind, one.state) for one in receipt.records} == {
            ("copy", "handed_over"),
            ("application", "completed"),
        }
        town.case("ktp-hilang", people=people)

    def test_not_while_a_copy_of_a_given_up_product_is_about(self, town: Town):
        """It waits until that paper is void."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        town.budi.give_up(case, product="ktp", reason="Pindah")
        assert town.state(case) == "verified"
        town.dewi.hand_in(case.copy)
        town.home(case.copy)
        town.wahyu.void(case.copy)
        assert town.state(case) == "lapsed"

    @pytest.mark.parametrize("fate", ["handed_over", "lost"])
    def test_with_whatever_becomes_of_a_copy_that_nobody_wants(self, town: Town, fate: str):
        """It is gone, the case ends, and what was taken in for it goes back."""
        case = town.at_village("kk-ubah-data")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        town.budi.give_up(case, product="kk", reason="Pindah")
        assert town.state(case) == "verified"
        if fate == "lost":
            town.siti.report_missing(case.copy)
            town.budi.declare_lost(case.copy, reason="Sudah dicari", approved_by=HADI)
        else:
            town.siti.record_handover(case.copy, to=OWNER, reason="Terlanjur", approved_by=BUDI)
        assert (town.state(case.copy), town.state(case)) == (fate, "lapsed")
        assert town.paper(case.original("kk")).heading == "out"

    def test_when_what_was_destroyed_is_given_up(self, town: Town):
        """Nothing is about any more that it would wait for."""
        case = town.printed("ktp-hilang")
        town.wahyu.condemn(case.copy, reason="Buram", damaged=True)
        town.wahyu.void(case.copy)
        town.wahyu.destroy("BA-3/2021", papers=[case.copy], witnesses=[WITNESS], approved_by=HADI)
        town.budi.give_up(case, product="ktp", reason="Pindah")
        assert town.state(case) == "lapsed"

    def test_with_an_irregular_handover(self, town: Town):
        """A condemned copy that was handed over all the same delivers nothing."""
        case = town.at_village("ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        town.siti.record_handover(case.copy, to=OWNER, reason="Terlanjur", approved_by=BUDI)
        assert town.state(case) == "verified"
        town.budi.give_up(case, product="ktp", reason="Pemohon tidak mau menukar")
        assert town.state(case) == "lapsed"


class TestWithdraw:
    """Draft, submitted or returned, to withdrawn."""

    @pytest.mark.parametrize("bring", [Town.draft, Town.case, returned])
    def test_with_the_power_of_attorney(self, town: Town, bring: object):
        """An operator withdraws with form F-1.07, which is kept with the case."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        form = shown("f-1-07")
        town.siti.withdraw(case, reason="Sudah ketemu", authorisation=form)
        application = town.application(case)
        assert (application.state, town.word(case)) == ("withdrawn", "Dibatalkan")
        assert application.case.reason == "Sudah ketemu"
        assert application.shown("f-1-07").shown == form  # type: ignore[union-attr] # it was shown

    def test_by_the_applicant(self, town: Town):
        """Who drafted it takes it back without a form."""
        case = town.draft("ktp-hilang", by=AMINAH)
        town.aminah.withdraw(case, reason="Sudah ketemu")
        assert town.state(case) == "withdrawn"

    def test_by_another_applicant(self, town: Town):
        """Somebody else's application is nobody's to withdraw."""
        case = town.draft("ktp-hilang", by=AMINAH)
        for other in ("wati", GEMULUNG), ("aminah", SIDONGANTI):
            somebody = town.hand(Actor(other[0], Role.APPLICANT, other[1]))
            with town.refuses("wrong_area"):
                somebody.withdraw(case, reason="Iseng")

    def test_without_the_power_of_attorney(self, town: Town):
        """An operator does not take back what the applicant asked for."""
        case = town.case("ktp-hilang")
        with town.refuses("missing", at="with.authorisation"):
            town.siti.withdraw(case, reason="Sudah ketemu")

    def test_of_a_verified_case(self, town: Town):
        """What is being printed is given up instead."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_allowed_now") as refused:
            town.siti.withdraw(case, reason="Sudah ketemu", authorisation=shown("f-1-07"))
        assert "choose_delivery" in refused.value.facts["instead"]


class TestExpire:
    """Draft or returned, to expired: its time is past."""

    @pytest.mark.parametrize("bring", [Town.draft, returned])
    def test_after_thirty_days(self, town: Town, bring: object):
        """The system ends it; nothing but time is needed."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        town.clock.wait(days=30)
        town.system.expire(case)
        assert (town.state(case), town.word(case)) == ("expired", "Dibatalkan")

    def test_too_early(self, town: Town):
        """A day before its time nothing happens."""
        case = town.draft("ktp-hilang")
        town.clock.wait(days=29)
        assert "expire" not in town.system.can(town.application(case))
        with town.refuses("not_due"):
            town.system.expire(case)

    def test_of_a_submitted_case(self, town: Town):
        """What waits for the office does not expire."""
        case = town.case("ktp-hilang")
        town.clock.wait(days=400)
        with town.refuses("not_allowed_now"):
            town.system.expire(case)

    def test_by_the_head(self, town: Town):
        """Nobody but time ends a draft so."""
        case = town.draft("ktp-hilang")
        town.clock.wait(days=30)
        with town.refuses("wrong_role"):
            town.hadi.expire(case)


@pytest.mark.parametrize(
    ("end", "fate"),
    [
        (lambda town, case: town.budi.reject(case, ground="Bukan", approved_by=HADI), "rejected"),
        (
            lambda town, case: town.siti.withdraw(case, reason="X", authorisation=shown("f-1-07")),
            "withdrawn",
        ),
    ],
)
def test_an_end_waives_what_was_only_expected(town: Town, end: object, fate: str):
    """Nobody waits for an original of a case that has ended."""
    case = town.case("ktp-hilang", handed_in=False)
    end(town, case)  # type: ignore[operator] # each ends a case
    original = town.paper(case.original(POLICE_LETTER))
    assert (original.state, original.note) == ("waived", fate)


def test_an_end_gives_back_what_was_taken_in(town: Town):
    """It was to be kept for the new document, which there will not be: it is the applicant's."""
    case = town.case("kk-ubah-data")
    assert town.paper(case.original("kk")).surrendered  # type: ignore[union-attr] # an original
    town.siti.condemn(case.original("kk"), reason="Sobek", damaged=True)
    town.budi.reject(case, ground="Bukan", approved_by=HADI)
    original = town.paper(case.original("kk"))
    assert (original.heading, original.why, original.surrendered) == ("out", None, False)  # type: ignore[union-attr] # likewise


def test_an_end_knows_what_was_lost(town: Town):
    """It is its owner's, should it ever turn up; they are told that it is lost."""
    case = town.case("ktp-hilang")
    letter = case.original(POLICE_LETTER)
    town.siti.report_missing(letter)
    town.budi.declare_lost(letter, reason="Sudah dicari", approved_by=HADI)
    assert "original_lost" not in town.told(case)
    town.budi.reject(case, ground="Bukan", approved_by=HADI)
    paper = town.paper(letter)
    assert (paper.state, paper.heading, paper.custodian) == ("lost", "out", None)
    assert town.told(case) == {"promised_made": 1, "original_lost": 1, "rejected": 1}


def test_an_end_within_a_transaction(town: Town):
    """What was found at last is made void, and the case ends with all its originals."""
    case = town.printed("kk-ubah-data")
    town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
    town.budi.give_up(case, product="kk", reason="Pindah")
    orders = [
        commands.ReportMissing(item=case.copy),
        commands.Found(item=case.copy),
        commands.Void(item=case.copy),
    ]
    town.office.do_all(orders, by=WAHYU)
    assert town.state(case) == "lapsed"
    assert town.paper(case.original("kk")).heading == "out"
