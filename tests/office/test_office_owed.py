"""Who owes what: every paper and bag with the one post that answers for it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from office_days import AGUS, BUDI, DEWI, EKO, HADI, LESTARI, OWNER, SITI, WAHYU, Town
from office_states import everything

from adminduk.office.owing import Held, Owed
from adminduk.records import Bag, Copy, Original, Post


def of(town: Town, post: Post, **days: date) -> Owed:
    """Give what a post owes."""
    found = town.office.owed(post, **days)
    return found[0] if found else Owed(str(post))


def copies(town: Town, post: Post) -> list[Held]:
    """Give the copies that a post has; the originals of the cases lie in the village."""
    return [one for one in of(town, post).papers if one.kind == "copy"]


def ids(things: list) -> list[str]:  # type: ignore[type-arg] # of whatever has an id
    """Name things."""
    return [one.id for one in things]


class TestPapers:
    """Each is with one post, from the printer to the hand of who collects it."""

    def test_are_with_who_holds_them(self, town: Town):
        """At the office, on the road, at the district, in the village, at the counter."""
        printed, road, district = (town.printed("ktp-hilang").copy for _ in range(3))
        bag = town.departed(road)
        town.run(district)
        village = town.at_village("ktp-hilang").copy
        counter = town.at_counter("ktp-hilang").copy
        assert [ids(copies(town, one.posts[0])) for one in (WAHYU, DEWI, SITI, LESTARI)] == [
            [printed],
            [district],
            [village],
            [counter],
        ]
        assert ids(of(town, AGUS.posts[0]).bags) == [bag]
        town.siti.hand_over(village, to=OWNER)
        assert copies(town, SITI.posts[0]) == []

    def test_since_when_and_until_when(self, town: Town):
        """The day it came, and whether its time is past."""
        case = town.at_village("ktp-hilang")
        since = town.clock.now
        (held,) = copies(town, SITI.posts[0])
        assert (held.since, held.late) == (since, False)
        town.clock.wait(days=30)
        found = of(town, SITI.posts[0])
        assert (found.late, found.oldest) == (1, since)
        town.siti.turn_home(case.copy)
        (held,) = copies(town, SITI.posts[0])
        assert (held.since, held.due) == (since, None)

    def test_at_the_wrong_district(self, town: Town):
        """With who has it, not with where it belongs."""
        case = town.at_district("ktp-hilang")
        town.dewi.report_missing(case.copy)
        town.eko.found(case.copy)
        assert ids(of(town, EKO.posts[0]).papers) == [case.copy]
        assert of(town, DEWI.posts[0]).papers == []

    def test_are_all_that_anybody_answers_for(self):
        """Whatever happened: post by post or all at once, it is every thing with a custodian."""
        town = Town()
        things = everything(town)
        wanted = {
            (one.KIND, one.key)
            for one in things
            if isinstance(one, Copy | Original | Bag)
            and one.custodian is not None
            and one.state not in {"missing", "planned"}
        }
        found = town.office.owed()
        held = [(one.kind, one.id) for post in found for one in (*post.papers, *post.bags)]
        assert wanted <= set(held)
        assert Counter(held).most_common(1)[0][1] == 1
        for one in found:
            role, _, region = one.post.partition("@")
            assert town.office.owed(Post(role, region)) == [one]


class TestDifferences:
    """Open ones are of who answers, settled ones of who owns the outcome."""

    def test_open_and_settled(self, town: Town):
        """First the packer answers; found, it is the district's slip."""
        gone = town.printed("ktp-hilang").copy
        bag = town.arrived(gone)
        town.dewi.finish(bag)
        (one,) = of(town, WAHYU.posts[0]).open
        assert (one.bag, one.item, one.kind, one.outcome) == (bag, gone, "missing", "")
        town.dewi.found(gone)
        town.budi.resolve(bag, item=gone, outcome="found", owner=DEWI.posts[0])
        assert of(town, WAHYU.posts[0]).open == []
        (one,) = of(town, DEWI.posts[0]).settled
        assert (one.item, one.outcome) == (gone, "found")

    def test_of_a_period(self, town: Town):
        """By the day of the bag."""
        gone = town.printed("ktp-hilang").copy
        bag = town.arrived(gone)
        town.dewi.finish(bag)
        town.dewi.found(gone)
        town.budi.resolve(bag, item=gone, outcome="found", owner=DEWI.posts[0])
        town.clock.wait(days=31)
        assert of(town, DEWI.posts[0]).settled == []
        assert of(town, DEWI.posts[0], first=date(2021, 7, 12)).settled != []


class TestWhatIsGone:
    """Missing or lost: of who answered for it."""

    def test_missing_and_then_lost(self, town: Town):
        """It stays with who answered when it was missed."""
        case = town.at_village("ktp-hilang")
        town.clock.wait(days=3)
        town.siti.report_missing(case.copy)
        missed = town.clock.now
        for state in ("missing", "lost"):
            (gone,) = of(town, SITI.posts[0]).gone
            assert (gone.id, gone.state, gone.since) == (case.copy, state, missed)
            if state == "missing":
                town.clock.wait(days=3)
                town.budi.declare_lost(case.copy, reason="Dicari", approved_by=HADI)
        assert town.office.verify().faults == ()

    def test_with_a_bag_that_never_came(self, town: Town):
        """The courier answers for all of it."""
        papers = [town.printed("ktp-hilang").copy for _ in range(3)]
        bag = town.departed(*papers)
        town.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
        found = of(town, AGUS.posts[0])
        assert sorted(ids(found.gone)) == sorted(papers)
        assert len(found.open) == 3

    def test_missing_however_long(self, town: Town):
        """What nobody has found or declared lost is not forgotten with the month."""
        case = town.at_village("ktp-hilang")
        town.siti.report_missing(case.copy)
        town.clock.wait(days=300)
        assert ids(of(town, SITI.posts[0]).gone) == [case.copy]

    def test_lost_in_a_period(self, town: Town):
        """By the day on which it was missed, at the office's clock."""
        case = town.at_village("ktp-hilang")
        town.clock.wait(hours=17)  # after midnight at the office
        town.siti.report_missing(case.copy)
        town.budi.declare_lost(case.copy, reason="Dicari", approved_by=HADI)
        assert of(town, SITI.posts[0], first=date(2021, 7, 13), last=date(2021, 7, 13)).gone
        assert not of(town, SITI.posts[0], first=date(2021, 7, 12), last=date(2021, 7, 12)).gone

    def test_found_it_is_gone_no_more(self, town: Town):
        """It is a paper like any other, of the finder."""
        case = town.at_village("ktp-hilang")
        town.siti.report_missing(case.copy)
        town.dewi.found(case.copy)
        assert (of(town, SITI.posts[0]).gone, copies(town, SITI.posts[0])) == ([], [])
        assert ids(copies(town, DEWI.posts[0])) == [case.copy]


def test_an_office_in_which_nothing_happened_owes_nothing(town: Town):
    """And an odd period is refused."""
    assert town.office.owed() == []
    assert town.office.owed(BUDI.posts[0]) == []
    with town.refuses("period"):
        town.office.owed(first=date(2021, 7, 12), last=date(2021, 7, 1))
