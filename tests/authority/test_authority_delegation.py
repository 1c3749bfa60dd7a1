"""Posts that are lent: exactly what they may, on exactly their days; four eyes are two people."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product as combined
from typing import Any

import pytest
from attrs import evolve
from authority_rows import rows_for
from hypothesis import given, settings
from hypothesis import strategies as st
from office_days import (
    BUDI,
    DEWI,
    EKO,
    GEMULUNG,
    HADI,
    KEREK,
    LESTARI,
    RATNA,
    SITI,
    TUBAN,
    WAHYU,
    Case,
    Town,
    also,
)
from office_states import YUNI, everything, good_commands, rehearsal
from test_authority_table import ACTORS, flags_of, matching, outcome

from adminduk import Actor, Role, commands, slips
from adminduk.errors import AdmindukError, ApprovalNeeded, NotPermitted
from adminduk.ports import Batch
from adminduk.records import Delegation, Post, Record
from adminduk.records.settings import Retention

FIRST, LAST = date(2021, 7, 14), date(2021, 7, 16)
LENT = {Role.APPLICANT, Role.AUDITOR, Role.SYSTEM}.symmetric_difference(Role)
POSTS = sorted({actor.posts[0] for actor in ACTORS if actor.role in LENT})
NUR = Actor("nur", Role.COURIER, TUBAN)
"""Somebody of the office whose own post may do little."""


def lend(town: Town, name: str, post: Post, **said: object) -> None:
    """Let the head lend a post, to Nur today if nothing else is said."""
    fields = {"to": NUR.id, "until": town.office._today(), "reason": "Sakit", **said}
    town.hadi.delegate(name, post=post, **fields)


@pytest.fixture(scope="module")
def full_town() -> Town:
    """Give an office with something in every state, a month ago."""
    return Town()


@pytest.fixture(scope="module")
def things(full_town: Town) -> list[Record]:
    """Give something in every state."""
    found = everything(full_town)
    full_town.clock.wait(days=31)
    return found


@pytest.mark.no_cover  # counting takes three times as long as the walk itself
@pytest.mark.parametrize("post", POSTS, ids=str)
def test_every_attempt_by_delegation_ends_as_agreed(
    full_town: Town, things: list[Record], post: Post
):
    """Every command about something in every state: what the post may, and what Nur may anyway."""
    to = f"nur-{post.role}-{post.region.full()}"
    lend(full_town, f"W-{post.role}-{post.region.full()}", post, to=to)
    office = rehearsal(full_town)
    actor = evolve(NUR, id=to)
    both = also(actor, (post.role, post.region))
    wrong = []
    for record in things:
        for kind in commands.BY_NAME.values():
            if record.KIND not in kind.KINDS:
                continue
            command = next(good_commands(full_town, kind, record, actor))
            refused = outcome(office, command, actor)
            told = refused if isinstance(refused, NotPermitted | ApprovalNeeded) else None
            rows = matching(command.NAME, both, record, flags_of(command))
            own = matching(command.NAME, actor, record, flags_of(command))
            expected = bool([row for row in rows if not row.in_person or row in own])
            if (told is None) != expected:
                wrong.append((command.NAME, record.KIND, record.state, told))
    assert wrong == []


@pytest.mark.no_cover  # as above
def test_what_is_allowed_is_said_with_what_was_lent(full_town: Town, things: list[Record]):
    """`allowed` names what either post may, but for what is done in person."""
    for post in POSTS:
        to = f"all-{post.role}-{post.region.full()}"
        lend(full_town, f"A-{post.role}-{post.region.full()}", post, to=to)
        actor = evolve(NUR, id=to)
        both = also(actor, (post.role, post.region))
        in_person = {name for name in commands.BY_NAME if rows_for(name)[0].in_person}
        for record in things:
            mine = full_town.office.allowed(actor, record)
            theirs = full_town.office.allowed(both, record)
            assert mine == [name for name in theirs if name not in in_person]


@pytest.mark.no_cover  # as above
def test_an_auditor_can_cause_nothing_but_readings(full_town: Town, things: list[Record]):
    """Whatever is tried, whatever state it is in, and whatever post is lent to them."""
    auditor = Actor("periksa", Role.AUDITOR, TUBAN)
    for post in POSTS:
        lend(full_town, f"P-{post.role}-{post.region.full()}", post, to=auditor.id)
    office = rehearsal(full_town)
    tried = set()
    for record in things:
        assert full_town.office.allowed(auditor, record) == []
        for kind in commands.BY_NAME.values():
            if record.KIND not in kind.KINDS:
                continue
            for command in good_commands(full_town, kind, record, auditor):
                refused = outcome(office, command, auditor)
                tried.add(kind)
                assert isinstance(refused, NotPermitted) is (kind is not commands.Read)
    erasing = {commands.Erase, commands.ConfirmErasure}  # of what is encrypted, which this is not
    assert tried == set(commands.BY_NAME.values()) - erasing


class TestDays:
    """A post is lent from a day until a day, and no longer, whether it is ended or not."""

    @pytest.mark.parametrize(
        "day", [FIRST - timedelta(days=1) + timedelta(days=n) for n in range(5)]
    )
    def test_from_the_first_to_the_last(self, town: Town, day: date):
        """Before and after it is as if nothing had been lent; no tick is waited for."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN), since=FIRST, until=LAST)
        copy = town.verified("kk-hilang").copy
        town.clock.wait(days=(day - date(2021, 7, 12)).days)
        holds = FIRST <= day <= LAST
        assert ("print" in town.hand(NUR).can(town.record(copy))) is holds
        assert bool(town.office.inbox(NUR).tasks) is holds
        if holds:
            town.hand(NUR).print(copy, signature="Hadi")
            entry = town.office.journal(copy)[-1]
            assert (entry.by, entry.post, entry.through) == ("nur", f"print_operator@{TUBAN}", "D")
        else:
            with town.refuses("wrong_role"):
                town.hand(NUR).print(copy, signature="Hadi")

    def test_ends_at_midnight_at_the_office(self, town: Town):
        """Not in Greenwich, where it is still the day before."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN))
        copy = town.verified("kk-hilang").copy
        town.clock.wait(hours=15.9)  # 23:54 there
        assert "print" in town.hand(NUR).can(town.record(copy))
        town.clock.wait(hours=0.2)
        assert "print" not in town.hand(NUR).can(town.record(copy))

    def test_are_those_on_which_it_is_recorded(self, town: Town):
        """What was done while it held, and is told later, is not told by who lost the post."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN))
        copy = town.verified("kk-hilang").copy
        then = town.office.local(town.clock.now)
        town.clock.wait(days=1)
        with town.refuses("wrong_role"):
            town.hand(NUR).print(copy, signature="Hadi", at=then)

    def test_are_over_when_it_is_taken_back(self, town: Town):
        """From that moment."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN), until=LAST)
        copy = town.verified("kk-hilang").copy
        town.hadi.end_delegation("D")
        with town.refuses("wrong_role"):
            town.hand(NUR).print(copy, signature="Hadi")
        assert town.office.delegations() == []

    def test_are_over_at_once_also_for_who_is_at_work(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        """What was decided while it held, and is committed after it was taken back, is refused."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN), until=LAST)
        copy = town.verified("kk-hilang").copy
        storage = town.office.storage
        commit = storage.commit

        def taken_back(office: str, batch: Batch) -> int:
            monkeypatch.setattr(storage, "commit", commit)
            town.hadi.end_delegation("D")
            return commit(office, batch)

        monkeypatch.setattr(storage, "commit", taken_back)
        with pytest.raises(NotPermitted):
            town.hand(NUR).print(copy, signature="Hadi")
        assert town.state(copy) == "ordered"

    def test_the_clock_puts_it_away(self, town: Town):
        """After its last day; not before, and not twice."""
        lend(town, "D", Post(Role.PRINT_OPERATOR, TUBAN))
        with town.refuses("not_due"):
            town.system.end_delegation("D")
        town.clock.wait(days=1)
        assert [one.records[0].state for one in town.office.tick()] == ["ended"]
        assert town.office.tick() == []

    def test_of_two_that_follow_each_other(self, town: Town):
        """The journal names the one that holds."""
        post = Post(Role.PRINT_OPERATOR, TUBAN)
        lend(town, "D-1", post)
        lend(town, "D-2", post, since=date(2021, 7, 13), until=date(2021, 7, 13))
        copies = [town.verified("kk-hilang").copy for _ in range(2)]
        for copy, name in zip(copies, ("D-1", "D-2"), strict=True):
            town.hand(NUR).print(copy, signature="Hadi")
            assert town.office.journal(copy)[-1].through == name
            town.clock.wait(days=1)


class TestGiving:
    """What the head of office may lend, to whom, and for how long."""

    @pytest.mark.parametrize("role", [Role.APPLICANT, Role.AUDITOR, Role.SYSTEM])
    def test_no_post_that_does_no_work_of_the_office(self, town: Town, role: Role):
        """Nobody applies, audits or is the clock for somebody else."""
        area = GEMULUNG if role is Role.APPLICANT else TUBAN
        with town.refuses("not_lent", at="with.post.role"):
            lend(town, "D", Post(role, area))

    def test_no_post_of_another_office(self, town: Town):
        """Nor of a village that does not exist."""
        with town.refuses("other_office", at="with.post.region"):
            lend(town, "D", Post(Role.FRONT_DESK, "35.22"))
        with town.refuses("not_found"):
            lend(town, "D", Post(Role.VILLAGE_OPERATOR, "35.23.08.2999"))

    @pytest.mark.parametrize(("first", "last"), [(0, -1), (0, 90), (5, 4), (5, 95)])
    def test_not_without_an_end_that_is_near(self, town: Town, first: int, last: int):
        """Ninety days at most, the first and the last included."""
        today = date(2021, 7, 12)
        with town.refuses("delegation_days", at="with.until"):
            lend(
                town,
                "D",
                WAHYU.posts[0],
                since=today + timedelta(days=first),
                until=today + timedelta(days=last),
            )
        lend(town, "D", WAHYU.posts[0], until=today + timedelta(days=89))

    def test_not_for_days_gone_by(self, town: Town):
        """Nobody had a post yesterday who did not have it then."""
        with town.refuses("past", at="with.since"):
            lend(town, "D", WAHYU.posts[0], since=date(2021, 7, 11))

    def test_not_to_oneself(self, town: Town):
        """The head gives no post to the head."""
        with town.refuses("own_delegation"):
            lend(town, "D", BUDI.posts[0], to=HADI.id)

    def test_once_by_a_name(self, town: Town):
        """Another one has another name."""
        lend(town, "D", WAHYU.posts[0])
        with town.refuses("id_taken"):
            lend(town, "D", WAHYU.posts[0])

    def test_by_nobody_else(self, town: Town):
        """Nor is what was lent lent on, or kept by whoever has it."""
        lend(town, "D", HADI.posts[0])
        said = {"to": "x", "post": WAHYU.posts[0], "until": date(2021, 7, 12), "reason": "Sakit"}
        with town.refuses("wrong_role"):
            town.budi.delegate("E", **said)
        with town.refuses("in_person"):
            town.hand(NUR).delegate("E", **said)
        with town.refuses("in_person"):
            town.hand(NUR).end_delegation("D")
        town.hand(NUR).announce("N", acts=("submit",), channels=("online",), reason="Libur")

    def test_nor_is_it_changed_by_delegation_who_must_approve(self, town: Town):
        """Nor after how many years people are erased; other terms are."""
        lend(town, "D", HADI.posts[0])
        town.hand(NUR).change_settings("office", draft_days=20)
        with town.refuses("in_person"):
            town.hand(NUR).change_settings("office", approvals={"reject": "nobody"})
        with town.refuses("in_person"):
            town.hand(NUR).change_settings("office", retention=(Retention(1, "Perbup"),))

    @pytest.mark.parametrize("role", [Role.APPLICANT, Role.SYSTEM])
    def test_who_acts_for_themself_acts_for_nobody(self, town: Town, role: Role):
        """Whoever the host vouches for as applicant does no work of the office meanwhile."""
        lend(town, "D", WAHYU.posts[0])
        copy = town.verified("kk-hilang").copy
        by = Actor("nur", role, GEMULUNG if role is Role.APPLICANT else TUBAN)
        with town.refuses("wrong_role"):
            town.hand(by).print(copy, signature="Hadi")


class TestOwnAndLent:
    """Who has posts of their own and lent ones works in all of them."""

    def test_the_one_that_needs_no_approval(self, town: Town):
        """Who holds a damaged card for somebody else condemns it alone."""
        lend(town, "D", SITI.posts[0], to=BUDI.id)
        case = town.at_village("ktp-hilang")
        town.budi.condemn(case.copy, reason="Patah", damaged=True)
        entry = town.office.journal(case.copy)[-1]
        assert (entry.post, entry.through) == (f"village_operator@{GEMULUNG}", "D")

    def test_finding_is_lent_with_the_post(self, town: Town):
        """Where the courier may not look, who stands in for the village may."""
        case = town.case("ktp-hilang")
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        for ask in (
            lambda: town.office.find(GEMULUNG, by=NUR),
            lambda: town.office.find_person(nik, NUR),
        ):
            with town.refuses("wrong_role"):
                ask()
        lend(town, "D", SITI.posts[0])
        assert [one.code for one in town.office.find(GEMULUNG, by=NUR).cases] == [case.code]
        assert [one.code for one in town.office.find_person(nik, NUR)] == [case.code]

    def test_what_is_handed_out_is_signed_in_the_lent_post(self, town: Town):
        """The list names who holds the papers, not the courier who stands in."""
        town.at_village("ktp-hilang")
        lend(town, "D", SITI.posts[0])
        slip = slips.handover(town.office, NUR)
        assert slip == slips.handover(town.office, SITI)

    def test_it_takes_no_way_to_the_storage_more(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """What is lent is read with what the command reads."""
        lend(town, "D", WAHYU.posts[0])
        mine, theirs = (town.verified("kk-hilang").copy for _ in range(2))
        load, asked = town.office.storage.load, []

        def counted(*args: Any, **more: Any) -> Any:
            asked.append(args)
            return load(*args, **more)

        monkeypatch.setattr(town.office.storage, "load", counted)
        town.wahyu.print(mine, signature="Hadi")
        town.hand(NUR).print(theirs, signature="Hadi")
        assert len(asked) == 2

    def test_what_waits_at_both_is_seen_once(self, town: Town):
        """The head sees what the registry has; who is both has it once."""
        case = town.case("ktp-hilang")
        lend(town, "D", HADI.posts[0], to=BUDI.id)
        assert [one.id for one in town.office.inbox(BUDI).tasks] == [case.code]

    def test_what_lies_in_the_area_of_a_lent_post(self, town: Town):
        """What is held there is listed, and what goes home from there is planned."""
        original = town.case("ktp-hilang", by=DEWI).original("surat-hilang")
        assert list(town.office.originals(EKO)) == []
        assert town.office.plan_bags(EKO) == []
        lend(town, "D", DEWI.posts[0], to=EKO.id)
        assert [one.id for one in town.office.originals(EKO)] == [original]
        (planned,) = town.office.plan_bags(EKO)
        assert town.bag(planned.records[0].id).plan == (original,)

    def test_what_is_planned_in_a_lent_post(self, town: Town):
        """The office's ways to plan, to receive and to hand over look at it, too."""
        lend(town, "D-1", WAHYU.posts[0])
        lend(town, "D-2", Post(Role.DISTRICT_OPERATOR, KEREK))
        lend(town, "D-3", SITI.posts[0])
        town.hadi.set_schedule(KEREK, timetable=commands.Timetable(weekdays=("tuesday",)))
        copy = town.printed("ktp-hilang").copy
        (planned,) = town.office.plan_bags(NUR)
        bag = planned.records[0].id
        town.hand(NUR).seal(bag, count=1)
        town.agus.depart(bag)
        trip = town.bag(bag).trip_name
        assert [one.records[0].id for one in town.office.arrive(trip, by=NUR)] == [bag]
        town.hand(NUR).count(bag, arrived=[copy])
        town.hand(NUR).collect(copy)
        assert [one.id for one in town.office.to_hand_over(NUR)] == [copy]
        assert {one.through for one in town.office.journal(bag)} == {"D-1", "", "D-2"}


class TestFourEyes:
    """They are two people's, in whatever posts."""

    def test_nobody_verifies_what_they_submitted(self, town: Town):
        """Also not the village operator to whom the registry was lent."""
        lend(town, "D", BUDI.posts[0], to=SITI.id)
        mine, other = town.case("ktp-hilang"), town.case("ktp-hilang", by=LESTARI)
        with town.refuses("own_work"):
            town.siti.verify(mine, accepted=town.items(mine))
        town.siti.verify(other, accepted=town.items(other))
        assert town.office.journal(other.code)[-1].through == "D"

    def test_nobody_approves_what_they_do(self, town: Town):
        """Also not the registrar to whom the head's post was lent."""
        lend(town, "D", HADI.posts[0], to=BUDI.id)
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.reject(case, ground="Bukan penduduk", approved_by=BUDI)
        town.ratna.reject(case, ground="Bukan penduduk", approved_by=BUDI)
        entry = town.office.journal(case.code)[-1]
        assert (entry.approved_by, entry.approved_through, entry.through) == ("budi", "D", "")

    def test_nobody_approves_the_verification_of_what_they_submitted(self, town: Town):
        """Where the office has verifications approved."""
        town.hadi.change_settings("office", approvals={"verify": "front_desk"})
        mine, other = town.case("ktp-hilang", by=LESTARI), town.case("ktp-hilang")
        with town.refuses("own_work"):
            town.budi.verify(mine, accepted=town.items(mine), approved_by=LESTARI)
        town.budi.verify(other, accepted=town.items(other), approved_by=LESTARI)


PEOPLE = (SITI, BUDI, RATNA, LESTARI, HADI, YUNI)


@st.composite
def lendings(draw: st.DrawFn) -> list[Delegation]:
    """Draw some delegations among some people, on some days of a week."""
    days = st.integers(0, 6)
    found = []
    for number in range(draw(st.integers(0, 6))):
        first, last = sorted((draw(days), draw(days)))
        found.append(
            Delegation(
                id=f"L-{number}",
                region=TUBAN,
                state="in_force",
                begun=Town().clock.now,
                to=draw(st.sampled_from(PEOPLE)).id,
                post=draw(st.sampled_from(POSTS)),
                since=date(2021, 7, 12) + timedelta(days=first),
                until=date(2021, 7, 12) + timedelta(days=last),
                reason="Sakit",
            )
        )
    return found


def given_out(town: Town, lent: list[Delegation]) -> list[Delegation]:
    """Let the heads give them; nobody to themself."""
    given = []
    for one in lent:
        said = {"since": one.since, "until": one.until, "reason": one.reason}
        by = town.hand(YUNI if one.to == HADI.id else HADI)
        by.delegate(one.id, to=one.to, post=one.post, **said)
        given.append(one)
    return given


def possible(town: Town, case: Case, by: Actor) -> list[commands.Command]:
    """Give what somebody could try with a case and its copies."""
    records = [town.application(case)]
    records += [town.office.record(*ref) for ref in town.office._about(case.code)[1:]]
    return [
        command
        for record in records
        for kind in commands.BY_NAME.values()
        if record.KIND in kind.KINDS
        for command in good_commands(town, kind, record, by)
    ]


@settings(max_examples=25, deadline=None)
@given(lent=lendings(), day=st.integers(0, 7))
def test_who_is_lent_posts_may_exactly_what_who_has_them_may(lent: list[Delegation], day: int):
    """On each day, of each delegation and of all together: by the decision and by `allowed`."""
    town = Town()
    case = town.verified("kk-hilang")
    given_out(town, lent)
    town.clock.wait(days=day)
    office, today = rehearsal(town), date(2021, 7, 12) + timedelta(days=day)
    for person in PEOPLE:
        posts = [
            one.post for one in lent if one.to == person.id and one.since <= today <= one.until
        ]
        both = also(person, *((one.role, one.region) for one in posts))
        for command in possible(town, case, person):
            mine, theirs = outcome(office, command, person), outcome(office, command, both)
            assert code_of(mine) == code_of(theirs), (person, command.NAME, posts)
        for record in (town.application(case), town.paper(case.copy)):
            assert town.office.allowed(person, record) == town.office.allowed(both, record)


def code_of(refused: AdmindukError | None) -> str:
    """Name a refusal."""
    return "" if refused is None else refused.code


@settings(max_examples=25, deadline=None)
@given(lent=lendings(), day=st.integers(0, 6), by=st.sampled_from(PEOPLE[:4]))
def test_no_delegations_make_two_eyes_of_four(lent: list[Delegation], day: int, by: Actor):
    """Who submitted never verifies it nor approves that; nobody approves their own command."""
    town = Town()
    town.hadi.change_settings("office", approvals={"verify": "registry_operator"})
    given_out(town, lent)
    town.clock.wait(days=day)
    cases = [(person, town.case("kk-hilang", by=person)) for person in (SITI, LESTARI)]
    office = rehearsal(town)
    for (submitter, case), approver in combined(cases, PEOPLE):
        verify = commands.Verify(
            application=case.code, accepted=town.items(case), approved_by=approver
        )
        reject = commands.Reject(application=case.code, ground="Salah", approved_by=approver)
        same = approver.id == by.id
        if same or submitter.id in {by.id, approver.id}:
            assert outcome(office, verify, by) is not None
        if same:
            assert outcome(office, reject, by) is not None
