"""What an office of its kind meets: each test is one story of its day."""

from __future__ import annotations

from attrs import evolve
from office_days import DEWI, HADI, LETTER, OWNER, RATNA, SIDONGANTI, SITI, WITNESS, Town

from adminduk import Actor, Role
from adminduk.records import Heading, HomeReason


class TestUrgent:
    """An urgent document is fetched at the counter with the village operator's letter."""

    def test_before_printing(self, town: Town):
        """Chosen while it waits to be printed, it goes to the counter instead of into a bag."""
        case = town.verified("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.print(case.copy)
        with town.refuses("not_ready"):
            town.planned(case.copy)
        town.lestari.to_counter(case.copy)
        town.lestari.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_printed(self, town: Town):
        """Printed and on the office's shelf, it is fetched there all the same."""
        case = town.printed("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.lestari.to_counter(case.copy)
        town.lestari.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_planned(self, town: Town):
        """It is taken from the plan; the bag is sealed over what is left."""
        urgent, other = town.printed("ktp-hilang"), town.printed("kk-hilang")
        bag = town.planned(urgent.copy, other.copy)
        town.siti.choose_delivery(urgent, product="ktp", way="counter", letter=LETTER)
        town.lestari.to_counter(urgent.copy)
        with town.refuses("count_differs") as refused:
            town.wahyu.seal(bag, count=2)
        assert refused.value.facts["missing"] == [urgent.copy]
        town.wahyu.seal(bag, count=1)
        assert town.state(other.copy) == "bagged"
        assert town.state(urgent.copy) == "at_counter"

    def test_sealed(self, town: Town):
        """Its sender opens the sealed bag and says why; then it can be fetched at the counter."""
        case = town.printed("ktp-hilang")
        bag = town.sealed(case.copy)
        with town.refuses("on_its_way"):
            town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.wahyu.unseal(bag, reason="KTP diperlukan besok untuk melamar kerja")
        assert town.office.journal(bag)[-1].set["note"].startswith("KTP diperlukan besok")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.lestari.to_counter(case.copy)
        assert town.word(case) == "Siap Diambil"

    def test_departed(self, town: Town):
        """Once the courier has it, it is collected in the village like any other."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        with town.refuses("not_allowed_now"):
            town.wahyu.unseal(bag, reason="KTP diperlukan besok")
        with town.refuses("on_its_way"):
            town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_never_fetched(self, town: Town):
        """It goes from the counter back to the store, and from there out to the village."""
        case = town.at_counter("ktp-hilang")
        town.clock.wait(days=10)
        town.lestari.turn_home(case.copy)
        copy = town.paper(case.copy)
        assert (copy.state, copy.heading, copy.why) == (
            "at_office",
            Heading.HOME,
            HomeReason.UNCLAIMED,
        )
        town.wahyu.turn_out(case.copy)
        town.siti.choose_delivery(case, product="ktp", way="courier")
        town.run(case.copy)
        assert town.state(case.copy) == "at_district"


class TestSuspension:
    """Service at the counter is suspended while cases are on their way."""

    def test_what_is_printed_is_still_collected(self, town: Town):
        """Nothing about it is closed: courier, district and village go on."""
        case = town.at_village("kk-hilang")
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.word(case) == "Sudah Diambil"

    def test_a_first_identity_card_waits_for_its_holder(self, town: Town):
        """Its case stays submitted, in the front desk's inbox, until the holder has come."""
        case = town.case("ktp-baru")
        with town.refuses("not_attended") as refused:
            town.verify(case)
        assert refused.value.facts["instead"] == ["attend"]
        waiting = [task.id for task in town.office.inbox(town.lestari.actor).tasks]
        assert waiting == [case.code]
        town.clock.wait(days=40)
        town.office.tick()
        assert town.state(case) == "submitted"
        town.lestari.attend(case, act="biometrics")
        town.verify(case)
        assert town.state(case) == "verified"


def test_reopened_with_copies_in_a_village(town: Town):
    """They are condemned and travel home; a new copy is printed at once, never two deliverable."""
    case = town.at_village("ktp-hilang")
    town.budi.reopen(case, reason="Nama salah tulis", approved_by=HADI)
    old = town.paper(case.copy)
    assert (old.condemned, old.heading) == (True, Heading.HOME)
    with town.refuses("heading_home"):
        town.siti.hand_over(case.copy, to=OWNER)
    town.verify(case, by=RATNA)
    assert town.application(case).line("ktp").numbers == (1, 2)
    town.print(case.copies(2))
    alive = [town.paper(case.copies(number)).alive for number in (1, 2)]  # type: ignore[union-attr] # both are copies
    assert alive == [False, True]
    town.dewi.hand_in(case.copy)
    town.home(case.copy)
    assert town.paper(case.copy).due is None
    town.wahyu.void(case.copy)
    town.wahyu.destroy("BA-7/2021", papers=[case.copy], witnesses=[WITNESS], approved_by=HADI)
    town.run(case.copies(2))
    town.siti.collect(case.copies(2))
    town.siti.hand_over(case.copies(2), to=OWNER)
    assert town.state(case) == "completed"


def test_one_of_three_is_faulty_at_handover(town: Town):
    """It turns home, is condemned and replaced; the other two are handed over meanwhile."""
    case = town.printed("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
    papers = [case.copies(number) for number in (1, 2, 3)]
    town.run(*papers)
    for paper in papers:
        town.siti.collect(paper)
    town.siti.take_in(case.original("kk"))
    town.siti.hand_over(papers[0], to=OWNER)
    town.siti.hand_over(papers[1], to=OWNER)
    town.siti.turn_home(papers[2])
    town.siti.condemn(papers[2], reason="Foto tertukar", damaged=True)
    product = town.paper(papers[2]).product  # type: ignore[union-attr] # it is a copy
    town.budi.replace(case, product=product, reason="Foto tertukar", approved_by=HADI)
    town.print(case.copies(4))
    assert town.paper(case.copies(4)).replaces == 3  # type: ignore[union-attr] # it is a copy
    assert town.state(case) == "verified"
    town.run(case.copies(4))
    town.siti.collect(case.copies(4))
    town.siti.hand_over(case.copies(4), to=OWNER)
    assert town.state(case) == "completed"
    town.dewi.hand_in(papers[2])
    town.home(papers[2])
    town.wahyu.void(papers[2])
    assert town.state(papers[2]) == "void"


def test_a_kelurahan_without_an_operator(town: Town):
    """The district operator takes the case and hands the document over at the district."""
    case = town.printed("kk-hilang", by=DEWI, region=SIDONGANTI)
    town.run(case.copy)
    assert case.copy in [task.id for task in town.office.inbox(DEWI).tasks]
    town.dewi.hand_over(case.copy, to=OWNER)
    assert town.state(case) == "completed"


class TestApplicantGone:
    """The applicant has died or moved away: what cannot be delivered is given up."""

    def test_nothing_was_delivered(self, town: Town):
        """Condemned, brought home and made void, it is given up, and the case lapses."""
        case = town.at_village("ktp-hilang")
        town.budi.condemn(case.copy, reason="Pemohon meninggal dunia", approved_by=HADI)
        town.budi.give_up(case, product="ktp", reason="Pemohon meninggal dunia")
        assert town.state(case) == "verified"
        town.dewi.hand_in(case.copy)
        town.home(case.copy)
        town.wahyu.void(case.copy)
        assert town.state(case) == "lapsed"

    def test_before_it_was_printed(self, town: Town):
        """The ordered copy is cancelled, and the case lapses at once."""
        case = town.verified("ktp-hilang")
        town.budi.give_up(case, product="ktp", reason="Pemohon pindah ke luar negeri")
        assert town.state(case.copy) == "cancelled"
        assert (town.state(case), town.word(case)) == ("lapsed", "Dibatalkan")

    def test_lost_with_the_household(self, town: Town):
        """Missing in the village and declared lost, it is given up, and the case lapses."""
        case = town.at_village("ktp-hilang")
        town.siti.report_missing(case.copy, reason="Tidak ada di lemari")
        town.budi.declare_lost(case.copy, reason="Sudah dicari sebulan", approved_by=HADI)
        town.budi.give_up(case, product="ktp", reason="Pemohon pindah")
        assert town.state(case) == "lapsed"

    def test_something_was_delivered(self, town: Town):
        """What was delivered stays so: the case is completed."""
        case = town.printed("akta-lahir", "kia-baru-0-5")
        town.run(case.copies(1))
        town.siti.collect(case.copies(1))
        town.siti.hand_over(case.copies(1), to=OWNER)
        town.budi.condemn(case.copies(2), reason="Anak meninggal dunia", approved_by=HADI)
        town.budi.give_up(case, product="kia", reason="Anak meninggal dunia")
        town.wahyu.void(case.copies(2))
        assert town.state(case) == "completed"


class TestOperatorIll:
    """Custody is the post's: whoever fills it goes on."""

    def test_another_operator_of_the_village_hands_over(self, town: Town):
        """What Siti collected, her substitute hands over; the journal names both."""
        case = town.at_village("ktp-hilang")
        substitute = town.hand(evolve(SITI, id="nur"))
        substitute.hand_over(case.copy, to=OWNER)
        acts = [(change.do, change.by) for change in town.office.journal(case.copy)]
        assert acts[-2:] == [("collect", "siti"), ("hand_over", "nur")]

    def test_another_operator_answers_a_return(self, town: Town):
        """A returned case is answered by the post that submitted it."""
        case = town.case("ktp-hilang")
        items = town.items(case)
        town.budi.send_back(case, faults={items[0]: "Buram"}, accepted=items[1:])
        fresh = town.application(case).shown(items[0]).shown  # type: ignore[union-attr] # it was shown
        substitute = town.hand(Actor("nur", Role.VILLAGE_OPERATOR, SITI.region))
        substitute.answer(case, evidence={items[0]: fresh})
        assert town.state(case) == "submitted"
