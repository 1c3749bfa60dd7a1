"""A message is sent only while it is so, to where its applicant is reached by then."""

from __future__ import annotations

import pytest
from attrs import define, field
from office_days import AMINAH, DEWI, HADI, LESTARI, OWNER, SIDONGANTI, SIGNED, Person, Town, shown

from adminduk import commands
from adminduk.office import Delivered

AT_THE_VILLAGE = "village_operator@35.23.08.2001"
PHONE = "+6281234567890"


@define
class Gateway:
    """A notifier that keeps what it was given, where it is not away."""

    away: bool = False
    got: list[tuple[str, str]] = field(factory=list)

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        assert key, "a message has a key"
        if self.away:
            raise ConnectionError
        self.got.append((to, text))

    @property
    def last(self) -> str:
        """What was said last."""
        return self.got[-1][1]


@pytest.fixture
def gateway() -> Gateway:
    """Give it as it is on a good day."""
    return Gateway()


@pytest.fixture
def post(gateway: Gateway) -> Town:
    """Give an office that sends its messages there, in English."""
    return Town(notifier=gateway, language="en")


class TestStillSo:
    """What was overtaken while the gateway was away is told to nobody."""

    @pytest.fixture(autouse=True)
    def away(self, gateway: Gateway) -> None:
        """Let it be away at first."""
        gateway.away = True

    def sent(self, post: Town, gateway: Gateway) -> list[str]:
        """Give what is sent now that it is back."""
        post.office.deliver()
        gateway.away = False
        post.clock.wait(minutes=2)
        post.office.deliver()
        return [text for _, text in gateway.got]

    def test_of_a_return_that_was_answered(self, post: Town, gateway: Gateway):
        """Nobody is told to bring what they have brought."""
        case = post.case("ktp-hilang")
        items = post.items(case)
        post.budi.send_back(case, faults=dict.fromkeys(items, "Buram"))
        assert len(list(post.office.messages(parked=False))) == 2
        post.siti.answer(case, evidence={item: shown(item) for item in items})
        texts = self.sent(post, gateway)
        assert len(texts) >= 1
        assert not any("not complete" in one for one in texts)

    def test_of_a_document_that_was_fetched(self, post: Town, gateway: Gateway):
        """Nobody is sent where nothing waits for them; what was not overtaken is told."""
        case = post.at_village("ktp-hilang")
        post.siti.hand_over(case.copy, to=OWNER)
        (text,) = self.sent(post, gateway)
        assert "completed" in text

    def test_of_one_of_two_that_were_collected_together(self, post: Town, gateway: Gateway):
        """One message tells of both, and holds while one of them waits."""
        case = post.printed("akta-lahir", "kk-tambah-anak")
        copies = [case.copies(number) for number in (1, 2)]
        post.run(*copies)
        post.office.do_all([commands.Collect(item=one) for one in copies], by=post.siti.actor)
        post.siti.report_missing(copies[0])
        assert sum("village operator" in one for one in self.sent(post, gateway)) == 1

    def test_of_a_promise_that_another_way_has_changed(self, post: Town, gateway: Gateway):
        """The new days are told, and no others."""
        case = post.case("kk-hilang")
        post.siti.choose_delivery(case, product="kk", way="digital")
        (text,) = self.sent(post, gateway)
        assert "issued by" in text

    def test_of_a_link_that_was_revoked(self, post: Town, gateway: Gateway):
        """It opens nothing any more."""
        case = post.verified("kk-hilang", "ktp-hilang")
        post.siti.choose_delivery(case, product="kk", way="digital")
        number = next(
            one.numbers[-1] for one in post.application(case).lines if one.product == "kk"
        )
        post.budi.issue(case.copies(number), signature=SIGNED, link="https://disdukcapil.example/a")
        post.budi.revoke(case.copies(number), fault="Nama salah", approved_by=HADI)
        assert not any("https" in one for one in self.sent(post, gateway))

    def test_of_a_bag_that_arrived(self, post: Town, gateway: Gateway):
        """Nobody is asked for what has come."""
        bag = post.departed(post.printed("ktp-hilang").copy)
        post.clock.wait(days=3)
        post.office.tick()
        post.dewi.arrive(bag, seal_whole=True)
        assert not any("is late" in one for one in self.sent(post, gateway))

    def test_of_a_case_that_was_rejected(self, post: Town, gateway: Gateway):
        """It is not with the office any more."""
        case = post.case("legalisir")
        post.budi.reject(case, ground="Bukan dokumen kami", approved_by=HADI)
        (text,) = self.sent(post, gateway)
        assert "was refused" in text

    def test_of_an_act_that_was_done(self, post: Town, gateway: Gateway):
        """Nobody is sent to the counter again."""
        case = post.case("ktp-baru")
        assert post.told(case)["submitted_to_attend"] == 1
        for act in post.application(case).attend:
            post.lestari.attend(case, act=act)
        assert not any("must still come" in one for one in self.sent(post, gateway))

    def test_of_a_return_that_another_followed(self, post: Town, gateway: Gateway):
        """Only what is missing now is told."""
        case = post.case("ktp-hilang")
        first, second, *rest = post.items(case)
        post.budi.send_back(case, faults={first: "Buram"}, accepted=(second, *rest))
        post.siti.answer(case, evidence={first: shown(first)})
        post.budi.send_back(case, faults={second: "Buram"}, accepted=(first, *rest))
        (text,) = (one for one in self.sent(post, gateway) if "not complete" in one)
        assert second in text
        assert first not in text

    def test_of_a_return_after_which_it_was_withdrawn(self, post: Town, gateway: Gateway):
        """Nothing need be brought."""
        case = post.case("ktp-hilang")
        post.budi.send_back(case, faults=dict.fromkeys(post.items(case), "Buram"))
        post.siti.withdraw(case, reason="Ketemu", authorisation=shown("f-1-07"))
        assert not any("not complete" in one for one in self.sent(post, gateway))

    def test_of_a_document_that_was_found_and_fetched(self, post: Town, gateway: Gateway):
        """Nobody waits for what they have."""
        case = post.at_village("ktp-hilang")
        post.siti.report_missing(case.copy)
        assert post.told(case)["not_ready"] == 1
        post.siti.found(case.copy)
        post.siti.hand_over(case.copy, to=OWNER)
        (text,) = self.sent(post, gateway)
        assert "completed" in text

    def test_of_one_nobody_fetched_that_is_turned_out_again(self, post: Town, gateway: Gateway):
        """The office does not keep it: it waits where it did."""
        case = post.at_village("ktp-hilang")
        post.clock.wait(days=365)
        post.siti.turn_home(case.copy)
        assert post.told(case)["unclaimed"] == 1
        post.siti.turn_out(case.copy)
        assert not any("Nobody fetched" in one for one in self.sent(post, gateway))

    def test_of_one_nobody_fetched_that_is_missed(self, post: Town, gateway: Gateway):
        """Nobody is told that it is kept for them."""
        case = post.at_village("ktp-hilang")
        post.clock.wait(days=365)
        post.siti.turn_home(case.copy)
        post.siti.report_missing(case.copy)
        assert not any("Nobody fetched" in one for one in self.sent(post, gateway))

    def test_of_one_nobody_fetched_that_is_condemned(self, post: Town, gateway: Gateway):
        """It goes home for another reason: it is made anew, and was not to be fetched."""
        case = post.at_village("ktp-hilang")
        post.clock.wait(days=365)
        post.siti.turn_home(case.copy)
        post.siti.condemn(case.copy, reason="Patah", damaged=True)
        assert not any("Nobody fetched" in one for one in self.sent(post, gateway))

    def test_of_a_document_that_was_missed_and_found(self, post: Town, gateway: Gateway):
        """Nobody is told that it cannot be fetched."""
        case = post.at_village("ktp-hilang")
        post.siti.report_missing(case.copy)
        post.siti.found(case.copy)
        assert post.told(case)["not_ready"] == 1
        assert not any("cannot be fetched" in one for one in self.sent(post, gateway))

    def test_of_a_link_that_was_used(self, post: Town, gateway: Gateway):
        """It still opens the document."""
        case = post.verified("kk-hilang")
        post.siti.choose_delivery(case, product="kk", way="digital")
        post.budi.issue(case.copy, signature=SIGNED, link="https://disdukcapil.example/a")
        post.siti.confirm(case.copy)
        assert any("https" in one for one in self.sent(post, gateway))

    def test_of_what_was_lost_and_turned_up(self, post: Town, gateway: Gateway):
        """Nobody is told that it is lost."""
        case = post.case("ktp-hilang")
        item = case.original("surat-hilang")
        post.siti.report_missing(item)
        post.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        post.budi.reject(case, ground="Bukan", approved_by=HADI)
        assert post.told(case)["original_lost"] == 1
        post.siti.found(item)
        assert not any("is lost with" in one for one in self.sent(post, gateway))

    def test_of_a_bag_that_was_written_off_and_came(self, post: Town, gateway: Gateway):
        """Nobody answers for what has come."""
        bag = post.departed(post.printed("ktp-hilang").copy)
        post.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
        post.dewi.arrive(bag, seal_whole=True)
        assert not any("written off" in one for one in self.sent(post, gateway))

    def test_of_a_way_that_changes_no_day(self, post: Town):
        """Nothing new is told."""
        case = post.case("kk-hilang")
        before = post.told(case)
        post.siti.choose_delivery(case, product="kk", way="courier")
        assert post.told(case) == before

    def test_it_is_counted(self, post: Town):
        """Apart from what was sent."""
        case = post.case("ktp-hilang")
        post.siti.withdraw(case, reason="Ketemu", authorisation=shown("f-1-07"))
        assert post.office.deliver() == Delivered(again=1, past=1)
        assert len(list(post.office.messages(parked=False))) == 1


class TestWhatIsNotThereAnyMore:
    """Who was told to fetch something is told before they travel in vain; and when it is there."""

    @pytest.mark.parametrize("place", ["village", "counter"])
    def test_missing_and_found(self, post: Town, gateway: Gateway, place: str):
        """By the post that holds it."""
        case = (post.at_village if place == "village" else post.at_counter)("ktp-hilang")
        hand = post.siti if place == "village" else post.lestari
        post.office.deliver()
        assert place in gateway.last
        hand.report_missing(case.copy)
        post.office.deliver()
        assert "cannot be fetched for now" in gateway.last
        hand.found(case.copy)
        post.office.deliver()
        assert place in gateway.last
        assert "Documents of" in gateway.last

    def test_condemned(self, post: Town, gateway: Gateway):
        """Whoever does it."""
        case = post.at_village("ktp-hilang")
        post.office.deliver()
        post.siti.condemn(case.copy, reason="Patah", damaged=True)
        post.office.deliver()
        assert "cannot be fetched for now" in gateway.last

    def test_what_nobody_was_told_of(self, post: Town):
        """Nobody need hear that it cannot be fetched."""
        case = post.at_district("ktp-hilang")
        post.dewi.report_missing(case.copy)
        assert post.told(case)["not_ready"] == 0

    def test_for_who_fetches_it_at_the_district(self, post: Town):
        """Who applied there is told."""
        case = post.printed("kk-hilang", by=DEWI, region=SIDONGANTI)
        post.run(case.copy)
        post.dewi.report_missing(case.copy)
        assert post.told(case)["not_ready"] == 1
        post.dewi.found(case.copy)
        assert post.told(case)["ready_district"] == 2


def test_who_applied_at_the_counter_needs_no_letter(post: Town, gateway: Gateway):
    """Nobody goes to the village hall for one."""
    case = post.printed("ktp-hilang", by=LESTARI)
    post.lestari.to_counter(case.copy)
    post.office.deliver()
    assert "letter" not in gateway.last
    assert "where you applied" in gateway.last
    post.clock.wait(days=28)
    post.office.tick()
    post.office.deliver()
    assert "Fetch it by" in gateway.last
    assert "letter" not in gateway.last


class TestContact:
    """Where messages reach somebody can change, also to nowhere."""

    def test_who_wants_no_messages_is_told_by_the_operator(self, post: Town, gateway: Gateway):
        """Also of what was decided before; it is journalled."""
        case = post.case("ktp-hilang")
        (waiting,) = post.office.messages(parked=False)
        assert waiting.to == "+62********890"
        post.siti.set_contact(case)
        (waiting,) = post.office.messages(parked=False)
        assert waiting.to == AT_THE_VILLAGE
        assert post.office.deliver() == Delivered(sent=1)
        assert [to for to, _ in gateway.got] == [AT_THE_VILLAGE]
        assert post.office.journal(case.code)[-1].do == "set_contact"

    def test_a_number_that_was_wrong_is_mended(self, post: Town, gateway: Gateway):
        """What failed goes to the right one, under its key."""
        gateway.away = True
        case = post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(again=1)
        gateway.away = False
        post.budi.set_contact(case, phone="0812-0000-0001")
        post.clock.wait(minutes=1)
        assert post.office.deliver() == Delivered(sent=1)
        assert [to for to, _ in gateway.got] == ["+6281200000001"]

    def test_who_applied_without_an_operator_and_a_phone(self, post: Town, gateway: Gateway):
        """No applicant is a post: the village operator is told."""
        post.hadi.change_settings("office", applicants_submit=True)
        post.case("kk-hilang", by=AMINAH, applicant=Person(name="Aminah"))
        post.office.deliver()
        assert [to for to, _ in gateway.got] == [AT_THE_VILLAGE]


def test_a_clock_that_was_ahead_keeps_no_message_waiting(post: Town, gateway: Gateway):
    """What is committed once it is right again is due at once, though recorded later."""
    post.clock.wait(days=300)
    post.case("ktp-hilang")
    assert post.office.deliver() == Delivered(sent=1)
    post.clock.wait(days=-300)
    post.case("ktp-hilang")
    assert post.office.deliver() == Delivered(sent=1)
    assert len(gateway.got) == 2
