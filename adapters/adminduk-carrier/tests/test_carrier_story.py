"""An office with a carrier: nothing waits for it, whatever it does, and there is a way out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from office_days import BUDI, DEWI, HADI, KEREK, TUBAN, WAHYU, Told, Town

from adminduk import Actor, Role
from adminduk.office import Delivered
from adminduk.records import Post
from adminduk_carrier.tracking import Tracking
from carrier_server import SECRET, TOKEN, Carrier, Handler, signed

CARRIER = Actor("kurir-cepat", Role.COURIER, TUBAN)
KURIR = Post("courier", TUBAN)


@pytest.fixture
def town(carrier: Carrier, tmp_path: Path) -> Iterator[Town]:
    """Give an office on a file, whose bags the carrier has."""
    url = f"sqlite:///{tmp_path / 'tuban.db'}"
    town = Town(url, courier=carrier.url, notifier=Told())
    yield town
    town.office.close()


def posts(*actors: Actor) -> set[str]:
    """Name their posts."""
    return {str(one.posts[0]) for one in actors}


def says(town: Town, what: str, bag: str, id_: str, *, at: datetime | None = None) -> str:
    """Let the carrier say something of a bag, now or of another time."""
    data, stamp = {"reference": bag}, (at or town.clock.now).isoformat()
    event = {"type": f"consignment.{what}", "timestamp": stamp, "data": data}
    body = json.dumps(event).encode()
    tracking = Tracking(town.office, CARRIER, [SECRET])
    return tracking.receive(signed(body, id_=id_), body).outcome.value


def late(town: Town, post: Post) -> list[str]:
    """Name the bags that are late with a post."""
    return [bag.id for owed in town.office.owed(post) for bag in owed.bags if bag.late]


def refuses(handler: Handler) -> None:
    """Take no such consignment, ever."""
    handler.answer(422, b"{}")


def is_ill(handler: Handler) -> None:
    """Fail."""
    handler.answer(503, b"")


def test_a_bag_from_hand_to_hand(town: Town, carrier: Carrier):
    """Booked, labelled, collected, delivered: the carrier says what it does, people what is so."""
    copy = town.printed("ktp-hilang").copy
    town.wahyu.plan("K-7", to=KEREK, items=[copy], day=date(2021, 7, 14))
    town.wahyu.seal("K-7", count=1, seal="S-4711")
    with town.refuses("no_label_yet"):
        town.office.label("K-7")
    assert town.office.deliver().bags == 1
    assert [(one.bag, one.day) for one in carrier.carried] == [("K-7", "2021-07-14")]
    assert town.office.label("K-7").startswith(b"%PDF-")
    carrier.collect("K-7")
    assert says(town, "collected", "K-7", "1") == "recorded"
    town.clock.wait(hours=6)
    assert says(town, "delivered", "K-7", "2") == "noted"
    (owed,) = town.office.owed(KURIR)
    assert [(bag.id, bag.said) for bag in owed.bags] == [("K-7", "delivered")]
    town.dewi.arrive("K-7", seal_whole=True)
    town.dewi.count("K-7", arrived=[copy])
    town.dewi.finish("K-7")
    assert town.state(copy) == "at_district"
    with town.refuses("no_label_yet"):
        town.office.label("K-7")
    assert town.office.verify().faults == ()


def test_a_carrier_that_never_comes(town: Town, carrier: Carrier):
    """Booked; silence; days later people see it, cancel it, and send the office's own van."""
    told = Told()
    town.office._notifiers = (told, None)
    copy = town.printed("ktp-hilang").copy
    town.wahyu.plan("K-7", to=KEREK, items=[copy], day=date(2021, 7, 14))
    town.wahyu.seal("K-7", count=1)
    town.office.deliver()
    assert [one.bag for one in carrier.carried] == ["K-7"]

    town.clock.wait(days=1)
    assert (town.office.tick(), late(town, WAHYU.posts[0])) == ([], [])
    town.clock.wait(days=2)  # its day is over
    (receipt,) = town.office.tick()
    assert receipt.records[0].id == "K-7"
    heard = [(to, text) for to, text in told.since_last(town.office) if "K-7" in text]
    assert {to for to, _ in heard} == posts(WAHYU, DEWI, BUDI)
    assert late(town, WAHYU.posts[0]) == ["K-7"]
    assert "unseal" in town.wahyu.can(town.bag("K-7"))

    town.wahyu.unseal("K-7", reason="Kurir tidak datang")
    town.office.deliver()
    assert carrier.carried == []  # it will not come for it after all
    town.wahyu.plan("K-7", to=KEREK, items=[copy], own_van=True)
    town.wahyu.seal("K-7", count=1)
    town.office.deliver()
    assert carrier.carried == []
    with town.refuses("no_labels"):
        town.office.label("K-7")
    town.agus.depart("K-7")
    town.dewi.arrive("K-7", seal_whole=True)
    town.dewi.count("K-7", arrived=[copy])
    town.dewi.finish("K-7")
    assert town.state(copy) == "at_district"
    assert town.office.verify().faults == ()


def test_a_carrier_whose_bag_the_own_van_takes_as_it_is(town: Town, carrier: Carrier):
    """It is not opened for that, and no carrier comes; what it says all the same is told."""
    copy = town.printed("ktp-hilang").copy
    bag = town.sealed(copy)
    town.office.deliver()
    assert [one.bag for one in carrier.carried] == [bag]
    town.agus.depart(bag, own_van=True)
    assert town.office.deliver().bags == 1
    assert carrier.carried == []
    assert says(town, "collected", bag, "1") == "noted"
    waiting = list(town.office.messages(parked=False))
    assert {one.to for one in waiting if bag in one.text} == posts(WAHYU, DEWI, BUDI)
    town.dewi.arrive(bag, seal_whole=True)
    assert town.office.verify().faults == ()


def test_a_carrier_that_says_it_has_what_lies_here(town: Town, carrier: Carrier):
    """Whoever has the bag in hand says so: it lies sealed as before, and is booked anew."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    town.office.deliver()
    lied = town.clock.now
    assert says(town, "collected", bag, "1") == "recorded"
    assert [one.id for owed in town.office.owed(KURIR) for one in owed.bags] == [bag]
    town.clock.wait(hours=2)
    town.wahyu.come_back(bag, reason="Masih di sini")
    asked = len(carrier.heard)
    town.office.deliver()
    assert (carrier.heard[asked:], [one.bag for one in carrier.carried]) == (["PUT"], [bag])
    assert says(town, "collected", bag, "1", at=lied) == "repeated"
    assert (town.state(bag), town.office.owed(KURIR)) == ("sealed", [])


def test_a_carrier_that_never_delivers(town: Town, carrier: Carrier):
    """Collected; silence: people are asked, and it is written off with whom it was."""
    copy = town.printed("ktp-hilang").copy
    bag = town.sealed(copy)
    town.office.deliver()
    carrier.collect(bag)
    says(town, "collected", bag, "1")
    town.clock.wait(days=2)
    assert [one.records[0].id for one in town.office.tick()] == [bag]
    assert late(town, KURIR) == [bag]
    assert says(town, "lost", bag, "2") == "noted"
    town.budi.write_off(bag, reason="Kata kurir hilang", approved_by=HADI)
    assert (town.state(copy), town.holder(copy)) == ("missing", str(KURIR))
    town.dewi.found(copy)
    assert town.state(copy) == "at_district"


def test_a_carrier_that_is_away_for_days(town: Town, carrier: Carrier):
    """Sealing, messages and other bags go on; it is asked again, at last parked, and then late."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    carrier.lies.extend([is_ill] * 10)
    tried = Delivered()
    for _ in range(40):
        tried = max(tried, town.office.deliver(), key=lambda one: one.parked)
        town.clock.wait(hours=9)
    assert tried.parked == 1
    assert [one.text for one in town.office.messages(parked=True)] == [bag]
    town.office.tick()
    assert late(town, WAHYU.posts[0]) == [bag]
    (parked,) = town.office.messages(parked=True)
    town.office.resend(parked.key)
    town.office.deliver()
    assert [one.bag for one in carrier.carried] == [bag]


def test_a_carrier_that_does_not_answer_holds_nothing_up(town: Town, carrier: Carrier):
    """What is to be told to people is told, and the bag may go by whatever takes it."""
    carrier.lies.append(lambda handler: handler.wait(30))
    bag = town.sealed(town.printed("ktp-hilang").copy)
    done = town.office.deliver(patience=0.1)
    assert (done.again, done.bags) == (1, 0)
    assert done.sent > 0
    town.agus.depart(bag)
    carrier.released.set()


def test_what_a_carrier_refuses_is_parked_at_once(town: Town, carrier: Carrier):
    """A person sees it."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    carrier.lies.append(refuses)
    assert town.office.deliver().parked == 1
    assert [one.text for one in town.office.messages(parked=True)] == [bag]


def test_a_bag_that_is_collected_as_it_is_opened(town: Town, carrier: Carrier):
    """It cannot be cancelled any more: the message is parked, and what the carrier says is told."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    town.office.deliver()
    carrier.collect(bag)
    town.wahyu.unseal(bag, reason="Satu lagi")
    assert town.office.deliver().parked == 1
    assert says(town, "collected", bag, "1") == "noted"
    told = Told()
    town.office._channels = None
    town.office._notifiers = (told, None)
    assert {to for to, _ in told.since_last(town.office)} == posts(WAHYU, DEWI, BUDI)


def test_a_label_that_cannot_be_had_now(town: Town, carrier: Carrier):
    """Who asks is told to ask again."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    town.office.deliver()
    carrier.lies.append(is_ill)
    with town.refuses("courier_away"):
        town.office.label(bag)
    with town.refuses("not_found"):
        town.office.label("K-404")
    assert town.office.label(bag)


def adminduk(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    program = [sys.executable, "-c", "from adminduk.cli import main; main()", "--lang", "en"]
    return subprocess.run([*program, *words], capture_output=True, text=True, check=False)


def test_on_the_command_line(town: Town, carrier: Carrier, tmp_path: Path):
    """An operator has the carrier told, and prints the label."""
    bag = town.sealed(town.printed("ktp-hilang").copy)
    office = ("--office", f"sqlite:///{tmp_path / 'tuban.db'}")
    file = tmp_path / "label.pdf"
    asked = (*office, "label", bag, "--courier", carrier.url, "--pdf", str(file))
    early = adminduk(*asked)
    assert (early.returncode, file.exists()) == (1, False)
    assert TOKEN not in early.stderr + early.stdout
    told = adminduk(*office, "deliver", "--courier", carrier.url)
    assert (told.returncode, [one.bag for one in carrier.carried]) == (0, [bag])
    assert adminduk(*asked, "--json").stdout == json.dumps({"bag": bag, "pdf": str(file)}) + "\n"
    assert file.read_bytes().startswith(b"%PDF-")
    file.unlink()
    assert str(file) in adminduk(*asked).stdout
    nowhere = adminduk(*asked[:-1], str(tmp_path / "none" / "label.pdf"))
    assert nowhere.returncode != 0


def test_the_program_proves_it(carrier: Carrier):
    """`adminduk conformance`, as anybody would run it against a carrier."""
    done = adminduk("conformance", "--courier", carrier.url)
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout.lower().replace("0 failed", "").replace("failed 0", "")
    assert carrier.kept
    assert carrier.carried == []


def test_the_weekly_courier_has_no_labels(tmp_path: Path):
    """Where the office's own van goes, its own slips go along."""
    town = Town(f"sqlite:///{tmp_path / 'tuban.db'}", notifier=Told())
    bag = town.sealed(town.printed("ktp-hilang").copy)
    with town.refuses("no_labels"):
        town.office.label(bag)
    town.office.close()
