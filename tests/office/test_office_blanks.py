"""The blanks of an office: two who print at once, a balance on any day, a shortage."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from blank_days import RANGE, YUDI, destroy, print_on, range_of, receive
from office_days import GEMULUNG, HADI, LETTER, WAHYU, Town

from adminduk import Actor, commands
from adminduk.decide import Look
from adminduk.envelope import Keys
from adminduk.errors import AdmindukError, BlankUsed
from adminduk.office.shelf import Shelf
from adminduk.office.stock import Stock
from adminduk.records import Copy, Pause, Promise


def counts(stock: Stock, product: str = "ktp") -> dict[str, int]:
    """Count what became of a product's blanks, without what nothing became of."""
    return {name: count for name, count in stock.totals[product].items() if count}


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Town]:
    """An office on a file, in which several people can work at once."""
    town = Town(f"sqlite:///{tmp_path / 'tuban.db'}")
    yield town
    town.office.close()


class TestAtOnce:
    """Several people work on one range."""

    def at_once(self, *work: tuple[commands.Command, Actor], on: Town) -> list[object]:
        """Give commands at the same moment; give what each was answered."""
        start = threading.Barrier(len(work))

        def give(command: commands.Command, by: Actor) -> object:
            start.wait()
            try:
                return on.office.do(command, by=by)
            except AdmindukError as error:
                return error

        with ThreadPoolExecutor(len(work)) as pool:
            return list(pool.map(lambda one: give(*one), work))

    def test_two_printers_take_from_one_range(self, on_disk: Town):
        """Both succeed, also where each says which version of the copy they have seen."""
        receive(on_disk)
        copies = [on_disk.verified("ktp-hilang").copy for _ in range(8)]
        work = [
            (commands.Print(copy=copy, blank=f"A{number:04}", if_version=1), by)
            for number, (copy, by) in enumerate(zip(copies, [WAHYU, YUDI] * 4, strict=True), 1)
        ]
        answers = self.at_once(*work, on=on_disk)
        assert [one for one in answers if isinstance(one, Exception)] == []
        assert range_of(on_disk).used == ((1, 8),)
        assert on_disk.office.verify().clean

    def test_one_of_two_gets_a_blank(self, on_disk: Town):
        """The other is told the next."""
        receive(on_disk)
        copies = [on_disk.verified("ktp-hilang").copy for _ in range(2)]
        work = [
            (commands.Print(copy=copy, blank="A0001"), by)
            for copy, by in zip(copies, (WAHYU, YUDI), strict=True)
        ]
        errors = [one for one in self.at_once(*work, on=on_disk) if isinstance(one, Exception)]
        assert len(errors) == 1
        assert isinstance(errors[0], AdmindukError)
        assert errors[0].code in {"blank_not_free", BlankUsed.code}
        assert range_of(on_disk).used == ((1, 1),)

    def test_the_first_two_ranges_of_a_product(self, on_disk: Town):
        """One comes after the other; of two that overlap one is refused."""
        said = {"received_from": "Ditjen Dukcapil", "delivery_note": "470/1"}
        work = [
            (commands.ReceiveBlanks(blanks=f"ktp/{by.id}", first=first, last="A0200", **said), by)
            for first, by in (("A0001", WAHYU), ("A0101", YUDI))
        ]
        answers = self.at_once(*work, on=on_disk)
        codes = [one.code for one in answers if isinstance(one, AdmindukError)]
        assert codes == ["blanks_overlap"]
        assert [one.latest for one in on_disk.office.blanks().ranges] == [True]

    def test_a_batch_reads_its_blanks_in_one_look(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        """However many it prints, each copy is looked for once, with the ledger at the first."""
        receive(town)
        for _ in range(5):
            town.verified("ktp-hilang")
        looks = []
        original = Shelf.look

        def look(shelf: Shelf, at: Look, keys: Keys | None = None) -> object:
            looks.append(at)
            return original(shelf, at, keys)

        monkeypatch.setattr(Shelf, "look", look)
        numbers = [f"A{number:04}" for number in range(1, 6)]
        town.office.print_batch("ktp", WAHYU, blanks=numbers)
        assert sum("@in_stock" in one.groups for one in looks) <= 2
        assert range_of(town).used == ((1, 5),)


class TestBalance:
    """What was received is what is left and what became of the rest."""

    def test_of_nothing(self, town: Town):
        """An office without a ledger has none."""
        assert town.office.blanks() == Stock((), {}, (), ())
        assert town.office.forecasts() == []
        assert town.office.blank("A0001") == []

    def test_of_any_day(self, town: Town):
        """As it was known when the day ended, by the clock of the office."""
        town.clock.now = town.clock.now.replace(hour=16, minute=59)  # 23:59 in Tuban
        first = date(2021, 7, 12)
        receive(town)
        print_on(town, "A0001")
        town.clock.wait(minutes=1)
        print_on(town, "A0002")
        town.wahyu.report_blanks_missing(RANGE, first="A0003", reason="Tercecer")
        town.clock.wait(days=1)
        town.wahyu.blanks_found(RANGE, first="A0003")
        days = [first + timedelta(days=back) for back in (-1, 0, 1)]
        before, on_first, on_second = (town.office.blanks(on=day) for day in days)
        assert before.totals == {}
        assert counts(on_first) == {"received": 100, "used": 1, "left": 99}
        assert counts(on_second) == {"received": 100, "used": 2, "missing": 1, "left": 97}
        assert counts(town.office.blanks()) == {"received": 100, "used": 2, "left": 98}
        assert town.office.blanks(on=first + timedelta(days=2)) == town.office.blanks()
        with town.refuses("in_the_future"):
            town.office.blanks(on=first + timedelta(days=3))

    def test_of_one_product(self, town: Town):
        """A ledger of each."""
        receive(town)
        receive(town, blanks="kia/A")
        assert list(town.office.blanks().totals) == ["kia", "ktp"]
        assert list(town.office.blanks("kia").totals) == ["kia"]
        with town.refuses("no_blank"):
            town.office.blanks("kk")

    def test_gaps(self, town: Town):
        """What was skipped, and what lies between two ranges."""
        receive(town, "A0001", "A0010")
        receive(town, "A0021", "A0030", "ktp/B")
        for number in ("A0001", "A0004"):
            print_on(town, number)
        gaps = {(one.first, one.last, one.why) for one in town.office.blanks().gaps}
        assert gaps == {("A0002", "A0003", "skipped"), ("A0011", "A0020", "never_received")}

    def test_a_double(self, town: Town):
        """A copy that was adopted with a number that the ledger has as left."""
        receive(town)
        copy = self.adopt(town, "A0009")
        (double,) = town.office.blanks().doubles
        assert (double.copy, double.blanks, double.fate) == (copy, RANGE, "left")
        assert town.office.verify().clean

    def adopt(self, town: Town, blank: str) -> str:
        """Enter a case that was there before, its card on a blank."""
        order = town.order("ktp-hilang")
        receipt = town.office.do(
            commands.Adopt(
                region=GEMULUNG,
                services=order.services,
                applicant=order.applicant,
                people=order.people,
                papers=(commands.Shelved(product="ktp", place="office", blank=blank),),
                source="Buku 2020",
                approved_by=HADI,
            ),
            by=town.budi.actor,
        )
        return f"{receipt.records[0].id}/1"

    def test_what_nobody_has_is_found(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """A number that the ledger has as used, and no copy."""
        receive(town)
        town.wahyu.record_blanks_used(RANGE, first="A0001", reason="x", approved_by=HADI)
        assert town.office.verify().clean
        monkeypatch.setattr(
            "adminduk.records.blanks.Blanks.on_copies", property(lambda blanks: blanks.used)
        )
        assert town.office.verify().faults == (
            f"blanks {RANGE}: 1 numbers are spent, and no copy has them",
        )

    def test_two_fates_are_found(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """Whatever wrote them."""
        receive(town)
        town.wahyu.reserve_blanks(RANGE, first="A0001", operator="yudi", purpose="Desa")
        monkeypatch.setattr("adminduk.decide.blanks.removed", lambda one, _: one)
        print_on(town, "A0001", by=YUDI)
        assert town.office.verify().faults == (f"blanks {RANGE}: a number has two fates",)


class TestTrail:
    """What became of one blank."""

    def test_from_the_van_to_the_copy(self, town: Town):
        """Each thing that happened to it, and nothing of the others."""
        receive(town)
        town.wahyu.reserve_blanks(RANGE, first="A0001", operator="yudi", purpose="Jemput bola")
        print_on(town, "A0002")
        copy = print_on(town, "A0001", by=YUDI)
        (trail,) = town.office.blank("a0001")
        assert (trail.product, trail.blanks, trail.fate, trail.copy) == ("ktp", RANGE, "used", copy)
        assert [(one.do, one.by, one.fate, one.note) for one in trail.happened] == [
            ("receive_blanks", "wahyu", "left", ""),
            ("reserve_blanks", "wahyu", "reserved", "yudi: Jemput bola"),
            ("print", "yudi", "used", ""),
        ]

    def test_without_a_ledger(self, town: Town):
        """The copy tells."""
        copy = town.verified("ktp-hilang").copy
        town.wahyu.misprint(copy, blank="X-7", reason="Tinta")
        town.wahyu.print(copy, blank="X-8")
        spoiled, printed = (town.office.blank(number)[0] for number in ("X-7", "x-8"))
        assert (spoiled.fate, spoiled.copy, spoiled.blanks) == ("misprinted", copy, "")
        assert (printed.fate, printed.copy, printed.blanks) == ("used", copy, "")

    def test_of_two_products_with_the_same_number(self, town: Town):
        """Both are told."""
        receive(town)
        receive(town, blanks="kia/A")
        assert [one.product for one in town.office.blank("A0001")] == ["ktp", "kia"]


class TestShortage:
    """When blanks do not last."""

    def test_the_order_of_the_office(self, town: Town):
        """First what is fetched at the counter, then first cards; then what is due first."""
        town.hadi.change_settings("office", print_order=("counter", "ktp-baru"))
        cases = []
        for service in ("ktp-hilang", "ktp-baru", "ktp-hilang", "ktp-hilang"):
            cases.append(town.verified(service))
            town.clock.wait(hours=1)
        lost, first, urgent, last = cases
        town.siti.choose_delivery(urgent, product="ktp", way="counter", letter=LETTER)
        usual = [one.copy for one in (lost, first, urgent, last)]
        assert self.waiting(town) == usual
        receive(town, "A0001", "A0004")
        assert self.waiting(town) == usual
        town.wahyu.report_blanks_missing(RANGE, first="A0004", reason="Tercecer")
        preferred = [one.copy for one in (urgent, first, lost, last)]
        assert self.waiting(town) == preferred
        receipts = town.office.print_batch("ktp", WAHYU, blanks=["A0001", "A0002"])
        assert [one.records[0].id for one in receipts] == preferred[:2]
        town.hadi.change_settings("office", print_order=())
        assert self.waiting(town) == [lost.copy, last.copy]

    def waiting(self, town: Town) -> list[str]:
        """Read the inbox of who prints, two at a time."""
        found: list[str] = []
        after = None
        while True:
            page = town.office.inbox(WAHYU, after=after, limit=2)
            found += [one.id for one in page.tasks if one.state == "ordered"]
            after = page.next
            if after is None:
                return found

    def test_other_things_come_after_and_once(self, town: Town):
        """What is not short stays in its place, behind what is."""
        town.hadi.change_settings("office", print_order=("counter",))
        card = town.verified("kk-hilang").copy
        short = town.verified("ktp-hilang").copy
        town.verified("ktp-hilang")
        receive(town, "A0001", "A0001")
        found = self.waiting(town)
        assert found[0] == short
        assert sorted(found) == sorted(set(found))
        assert found[-1] == card

    def test_only_known_preferences(self, town: Town):
        """The counter, and services."""
        with town.refuses("unknown_service", at="with.print_order[1]"):
            town.hadi.change_settings("office", print_order=("ktp-baru", "urgent"))

    def test_the_applicant_is_told(self, town: Town):
        """Truly: only while none is left that could be used."""
        receive(town, "A0001", "A0002")
        case = town.verified("ktp-hilang")
        assert town.office.track(case.code).standing.detail == ""
        town.wahyu.reserve_blanks(RANGE, first="A0001", operator="yudi", purpose="Desa")
        print_on(town, "A0002")
        assert town.office.track(case.code).standing.detail == ""
        print_on(town, "A0001", by=YUDI)
        standing = town.office.track(case.code).standing
        assert (standing.word, standing.detail) == ("Dicetak", "waits for blank cards")
        receive(town, "B0001", "B0100", "ktp/B")
        assert town.office.track(case.code).standing.detail == ""


class TestForecast:
    """How long they last."""

    def test_at_the_pace_of_late(self, town: Town):
        """Two a working day since Monday; today's do not count yet."""
        receive(town, "A0001", "A0020")
        numbers = iter(range(1, 100))
        for _ in range(3):
            for _ in range(2):
                print_on(town, f"A{next(numbers):04}")
            town.clock.wait(days=1)
        print_on(town, f"A{next(numbers):04}")
        town.verified("ktp-hilang")
        (one,) = town.office.forecasts()
        assert (one.left, one.waiting, one.per_day, one.days) == (13, 1, 2.0, 6)
        # Thursday 15 July is the first of the six; Tuesday the 20th is Idul Adha.
        assert one.until == date(2021, 7, 23)
        assert one.warns
        town.hadi.change_settings("office", blanks_days=6)
        assert not town.office.forecasts()[0].warns

    def test_what_is_entered_late_counts_on_its_day(self, town: Town):
        """The pace of the days since then stays."""
        receive(town)
        late = town.verified("ktp-hilang").copy
        then = town.clock.now
        town.clock.wait(days=41)
        print_on(town, "A0001")
        town.clock.wait(days=1)
        (before,) = town.office.forecasts("ktp")
        town.wahyu.print(late, blank="A0002", at=then)
        (after,) = town.office.forecasts("ktp")
        assert after.per_day == before.per_day > 0

    def test_before_anything_was_used(self, town: Town):
        """Nobody can say; it warns when fewer are left than wait."""
        receive(town, "A0001", "A0002")
        town.clock.wait(days=1)
        (one,) = town.office.forecasts("ktp")
        assert (one.per_day, one.days, one.until, one.warns) == (0.0, None, None, False)
        for _ in range(3):
            town.verified("ktp-hilang")
        assert town.office.forecasts()[0].warns


def test_a_month_balances(town: Town):
    """Whatever became of them, and on every day of it: received is the sum."""
    town.hadi.change_settings("office", print_order=("counter",))
    printed, balances = [], {}
    for day in range(30):
        if day % 10 == 0:
            receive(town, f"{'ABC'[day // 10]}001", f"{'ABC'[day // 10]}020", f"ktp/{day}")
        ranges = [one for one in town.office.blanks("ktp").ranges if one.left]
        one = ranges[0]
        first = one.first.at(one.left[0][0])
        case = town.verified("ktp-hilang")
        if day % 7 == 3:
            town.wahyu.misprint(case.copy, blank=first.full(), reason="Tinta")
        else:
            town.wahyu.print(case.copy, blank=first.full())
            printed.append((case.copy, first.full()))
        last = one.first.at(one.left[-1][1])
        if day == 5:
            town.wahyu.reserve_blanks(one.id, first=last, operator="yudi", purpose="Desa")
        if day == 8:
            town.wahyu.report_blanks_missing(one.id, first=last, reason="Tercecer")
        if day == 12:
            said = {"to": "Disdukcapil Lamongan", "delivery_note": "470/31"}
            town.wahyu.transfer_blanks(one.id, first=last, approved_by=HADI, **said)
        if day == 20:
            destroy(town, last.full(), blanks=one.id)
        today = (town.clock.now + timedelta(hours=7)).date()
        balances[today] = town.office.blanks().totals
        town.clock.wait(days=1)
    for day_, totals in balances.items():
        assert town.office.blanks(on=day_).totals == totals
        ((_, total),) = totals.items()
        assert sum(total.values()) == 2 * total["received"]
    for copy, blank in printed:
        paper = town.paper(copy)
        assert isinstance(paper, Copy)
        assert paper.blank == blank
        assert town.office.blank(blank)[0].copy == copy
    fates = counts(town.office.blanks())
    assert fates.pop("received") == 60
    assert {name: count for name, count in fates.items() if name not in {"used", "left"}} == {
        "misprinted": 4,
        "missing": 1,
        "transferred": 1,
        "destroyed": 1,
        "reserved": 1,
    }
    assert town.office.blanks().doubles == ()
    assert town.office.verify().clean


class TestPromises:
    """What was promised stands still while no blank is left."""

    def promised(self, town: Town, copy: str) -> Promise:
        """Say what is promised of a copy."""
        paper = town.paper(copy)
        assert isinstance(paper, Copy)
        assert paper.promise is not None
        return paper.promise

    def test_they_run_on_when_blanks_come(self, town: Town):
        """By as many working days later as there were none; the tick follows, once."""
        receive(town, "A0001", "A0001")
        copy = town.verified("ktp-hilang").copy
        card = town.verified("kk-hilang").copy
        before = self.promised(town, copy)
        assert town.office.tick() == []
        print_on(town, "A0001")
        assert [one.records[0].id for one in town.office.tick()] == [copy]
        assert town.office.tick() == []
        paused = self.promised(town, copy)
        assert (paused.pause, paused.made) == (Pause.BLANKS, before.made)
        assert self.promised(town, card).pause is None
        town.clock.wait(days=2)
        receive(town, "B0001", "B0100", "ktp/B")
        assert [one.records[0].id for one in town.office.tick()] == [copy]
        after = self.promised(town, copy)
        assert (after.pause, after.stood) == (None, 2)
        assert after.made > before.made

    def test_beside_another_document_that_broke(self, town: Town):
        """A case of several documents, of which one has no copy at the moment, stops nobody."""
        receive(town, "A0001", "A0001")
        case = town.verified("ktp-hilang", "kk-hilang")
        kinds = {town.paper(copy).product: copy for copy in map(case.copies, (1, 2))}  # type: ignore[union-attr] # they are copies
        town.print(kinds["kk"])
        town.wahyu.condemn(kinds["kk"], reason="Sobek", damaged=True)
        print_on(town, "A0001")
        assert [one.records[0].id for one in town.office.tick()] == [kinds["ktp"]]
        assert self.promised(town, kinds["ktp"]).pause is Pause.BLANKS

    def test_printing_lets_it_run_on(self, town: Town):
        """Also where nobody ticked since the blanks came."""
        receive(town, "A0001", "A0001")
        copy = town.verified("ktp-hilang").copy
        print_on(town, "A0001")
        town.office.tick()
        town.clock.wait(days=1)
        receive(town, "B0001", "B0100", "ktp/B")
        town.wahyu.print(copy, blank="B0001")
        assert self.promised(town, copy).pause is None
        assert self.promised(town, copy).stood == 1

    def test_only_time_follows(self, town: Town):
        """What goes by the blanks already cannot be made to once more."""
        receive(town)
        copy = town.verified("ktp-hilang").copy
        assert "follow_blanks" not in town.system.can(town.paper(copy))
        with town.refuses("blanks_followed"):
            town.system.follow_blanks(copy)
