"""Every state, command, role and area, held against what was agreed on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve
from authority_rows import AGREED, SHORT, Row, rows_for
from office_days import (
    AMINAH,
    BUDI,
    DEWI,
    GEMULUNG,
    HADI,
    JENU,
    KEREK,
    LESTARI,
    RATNA,
    SIDONGANTI,
    SITI,
    SOCOREJO,
    TUBAN,
    WAHYU,
    Town,
    also,
)
from office_states import YUNI, Decided, erasures, everything, good_commands, rehearsal

from adminduk import Actor, Office, Person, Role, commands
from adminduk.authority import TABLE, permit, standing_of
from adminduk.errors import AdmindukError, ApprovalNeeded, InvalidInput, NotPermitted
from adminduk.lifecycle import table_of
from adminduk.masters.local import make_master
from adminduk.records import Application, Bag, Copy, Original, Post, Reading, Record
from adminduk.values import Level, RegionCode

AREAS = {
    Level.VILLAGE: (GEMULUNG, SIDONGANTI, SOCOREJO),
    Level.DISTRICT: (KEREK, JENU),
    Level.REGENCY: (TUBAN,),
}
LEVELS = dict.fromkeys(Role, Level.REGENCY) | {
    Role.APPLICANT: Level.VILLAGE,
    Role.VILLAGE_OPERATOR: Level.VILLAGE,
    Role.DISTRICT_OPERATOR: Level.DISTRICT,
}
ELSEWHERE = {Level.VILLAGE: "35.22.01.2001", Level.DISTRICT: "35.22.01", Level.REGENCY: "35.22"}

ACTORS = [
    AMINAH,
    *(Actor(f"{role}-{area}", role, area) for role in Role for area in AREAS[LEVELS[role]]),
]
KINDS = (
    "application",
    "copy",
    "original",
    "bag",
    "blanks",
    "minutes",
    "notice",
    "delegation",
    "reading",
    "schedule",
    "settings",
    "seal",
    "erasure",
)


@pytest.fixture(scope="module")
def full_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Give an encrypted office with something in every state; nothing in it is changed."""
    master = tmp_path_factory.mktemp("master") / "master.key"
    make_master(master)
    return Town(master=master.as_uri())


@pytest.fixture(scope="module")
def things(full_town: Town) -> list[Record]:
    """Give something in every state; a month later nothing that happens is before it began."""
    found = [*everything(full_town), *erasures(full_town)]
    full_town.clock.wait(days=31)
    return found


def stands(row: Row, post: Post, actor: Actor, record: Record) -> bool:
    """Say whether a post stands to a record as a row asks."""
    holder = None
    if isinstance(record, Application):
        holder = record.holder
    elif isinstance(record, Copy | Original):
        holder = record.custodian
    in_area = within(record.region, post.region)
    return (
        post.role is row.role
        and {
            "area": in_area,
            "holds": holder == post,
            "above": holder is not None and within(holder.region, post.region),
            "own": in_area and maker_of(record) == actor.id,
            "sends": isinstance(record, Bag) and record.sender == post,
            "receives": isinstance(record, Bag) and record.receiver == post,
            "anywhere": True,
        }[row.where]
    )


def maker_of(record: Record) -> str:
    """Say who made a case; the one that was read was read by who made it."""
    return getattr(record, "by" if isinstance(record, Reading) else "submitted_by", "")


def within(inner: RegionCode, outer: RegionCode) -> bool:
    """Say whether a region is another one or a part of it, by their written codes."""
    return f"{inner.full()}.".startswith(f"{outer.full()}.")


def matching(name: str, actor: Actor, record: Record, flags: frozenset[str]) -> list[Row]:
    """Give the agreed rows by which an actor may give a command."""
    return [
        row
        for row in rows_for(name, flags)
        for post in actor.posts
        if stands(row, post, actor, record)
    ]


def outcome(office: Office, command: commands.Command, by: Actor) -> AdmindukError | None:
    """Give the refusal of a command; None where it would take effect."""
    try:
        office.do(command, by=by)
    except Decided:
        return None
    except AdmindukError as error:
        return error
    raise AssertionError("a rehearsal stores nothing")


def attempts(
    town: Town, things: list[Record], actors: list[Actor]
) -> Iterator[tuple[commands.Command, Actor, Record]]:
    """Give every command, by every actor, about something in every state."""
    for record in things:
        for kind in commands.BY_NAME.values():
            if record.KIND not in kind.KINDS:
                continue
            for actor in actors:
                yield next(good_commands(town, kind, record, actor)), actor, record


def flags_of(command: commands.Command) -> frozenset[str]:
    """Name the flags that a command has set."""
    return frozenset({"damaged"} if getattr(command, "damaged", False) else ())


def said(row: Row) -> str:
    """Write a row as a refusal names it."""
    return f"{row.role} + {row.approval}" if row.approval else str(row.role)


def test_there_is_something_in_every_state(things: list[Record]):
    """What follows walks all of them, but the state before the beginning."""
    found = {(record.KIND, record.state) for record in things}
    every = {(kind, state) for kind in KINDS for state in table_of(kind).states}
    assert every - found == {(kind, "new") for kind in KINDS}


def test_every_command_has_its_row():
    """No command is without rows, in the library or on paper; no row is of no command."""
    names = {kind.NAME for kind in TABLE}
    assert names == set(commands.BY_NAME)
    assert names == {name.partition("(")[0] for name in AGREED}
    assert set(SHORT.values()) == set(Role)


def holder_of(record: Record) -> str | None:
    """Say which post has a record: it drafted or submitted it, answers for it, or sends it."""
    names = {Application: "holder", Bag: "sender", Copy: "custodian", Original: "custodian"}
    post = getattr(record, names.get(type(record), ""), None)
    return None if post is None else str(post)


@pytest.mark.no_cover  # counting takes three times as long as the walk itself
def test_every_attempt_ends_as_agreed(full_town: Town, things: list[Record]):
    """Who may is let through to the state of the record, who may not is refused before it.

    A refusal says why not (the role, or its area), who may, and who has the record.
    """
    office = rehearsal(full_town)
    wrong = []
    count = 0
    for command, actor, record in attempts(full_town, things, ACTORS):
        count += 1
        flags = flags_of(command)
        rows = rows_for(command.NAME, flags)
        refused = outcome(office, command, actor)
        told = refused if isinstance(refused, NotPermitted | ApprovalNeeded) else None
        expected: tuple[object, ...] | None = None
        if not matching(command.NAME, actor, record, flags):
            roles = {row.role for row in rows}
            code = "wrong_area" if actor.role in roles else "wrong_role"
            holder = holder_of(record) if code == "wrong_area" else None
            expected = (code, sorted(map(said, rows)), holder)
        found = (told.code, sorted(told.facts["may"]), told.facts.get("holder")) if told else None
        if found != expected:
            wrong.append((actor.posts, command.NAME, record.state, found, expected))
    assert wrong == []
    assert count > 10_000


@pytest.mark.parametrize("approver", [None, "self", "colleague", "other role", "right"])
def test_who_must_approve_does(full_town: Town, things: list[Record], approver: str | None):
    """Where somebody else must approve, it is another person, in the right role."""
    office = rehearsal(full_town)
    seen = set()
    for command, actor, record in attempts(full_town, things, [BUDI, HADI, SITI, DEWI, WAHYU]):
        rows = matching(command.NAME, actor, record, flags_of(command))
        if not rows or not all(row.approval for row in rows):
            continue
        right = command.approved_by  # type: ignore[attr-defined] # what is approved has it
        by = {
            None: None,
            "self": Actor(actor.id, right.role, TUBAN),
            "colleague": Actor("x", actor.role, actor.region),
            "other role": Actor("x", Role.FRONT_DESK, TUBAN),
            "right": right,
        }[approver]
        seen.add(command.NAME)
        refused = outcome(office, evolve(command, approved_by=by), actor)
        is_missing = isinstance(refused, ApprovalNeeded)
        assert is_missing == (by is None or by.id == actor.id or by.role is not right.role)
        if is_missing:
            assert refused.facts["may"] == [right.role.value]
    assert seen == {name.partition("(")[0] for name, rows in AGREED.items() if rows[0].approval}


@pytest.mark.no_cover  # counting takes three times as long as the walk itself
def test_nobody_of_another_office_may_anything(full_town: Town, things: list[Record]):
    """Their posts lie outside, whatever their role; the office does not even ask."""
    office = rehearsal(full_town)
    strangers = [Actor(f"{role}", role, ELSEWHERE[LEVELS[role]]) for role in Role]
    for command, actor, record in attempts(full_town, things, strangers):
        if command.NAME not in {"found", "stray"}:  # asked of no area but the office's
            with pytest.raises(NotPermitted):
                permit(command, actor, standing_of(record), full_town.office.settings())
        with pytest.raises(InvalidInput, match="The actor is not of this office"):
            office.do(command, by=actor)
        assert office.allowed(actor, record) == []


def test_new_applications_begin_in_the_area(full_town: Town):
    """An application that is not there yet stands as its village does."""
    office = rehearsal(full_town)
    draft = commands.Draft(
        region=GEMULUNG, services=("ktp-hilang",), applicant=Person(name="Aminah")
    )
    allowed = {
        (actor.role, actor.region.full())
        for actor in ACTORS
        if outcome(office, draft, actor) is None
    }
    assert allowed == {
        (Role.APPLICANT, GEMULUNG),
        (Role.VILLAGE_OPERATOR, GEMULUNG),
        (Role.DISTRICT_OPERATOR, KEREK),
        (Role.FRONT_DESK, TUBAN),
    }


def test_cases_are_adopted_by_the_registry(full_town: Town):
    """One that is not there yet stands as its village does; the head approves."""
    office = rehearsal(full_town)
    order = full_town.order("ktp-hilang")
    assert order.applicant is not None
    allowed = set()
    for actor in ACTORS:
        adopt = commands.Adopt(
            region=GEMULUNG,
            services=order.services,
            applicant=order.applicant,
            people=order.people,
            source="Buku ekspedisi 2021, no. 7",
            approved_by=YUNI,
        )
        if outcome(office, adopt, actor) is None:
            allowed.add((actor.role, actor.region.full()))
    assert allowed == {(Role.REGISTRY_OPERATOR, TUBAN), (Role.HEAD_OF_OFFICE, TUBAN)}


@pytest.mark.parametrize(
    ("command", "roles"),
    [
        (
            commands.Announce(
                notice="N-9", acts=("submit",), channels=("counter",), reason="Libur"
            ),
            {Role.HEAD_OF_OFFICE},
        ),
        (commands.ChangeSettings(draft_days=40), {Role.HEAD_OF_OFFICE}),
        (
            commands.SetSchedule(schedule=JENU, timetable=commands.Timetable(weekdays=("monday",))),
            {Role.HEAD_OF_OFFICE, Role.REGISTRY_OPERATOR},
        ),
    ],
    ids=lambda one: getattr(one, "NAME", ""),
)
def test_what_is_the_offices_own_is_begun_at_the_office(
    town: Town, command: commands.Command, roles: set[Role]
):
    """The first time too, when there is no record yet that says where it stands."""
    office = rehearsal(town)
    allowed = {actor.role for actor in ACTORS if outcome(office, command, actor) is None}
    assert allowed == roles


def test_new_bags_begin_with_their_sender(full_town: Town):
    """Out from the office, or home from a district."""
    office = rehearsal(full_town)
    allowed = {
        (actor.role, actor.region.full(), to)
        for to in (KEREK, JENU, TUBAN)
        for actor in ACTORS
        if outcome(office, commands.Plan(bag="NEW", to=to), actor) is None
    }
    assert allowed == {
        (Role.PRINT_OPERATOR, TUBAN, KEREK),
        (Role.PRINT_OPERATOR, TUBAN, JENU),
        (Role.DISTRICT_OPERATOR, KEREK, TUBAN),
        (Role.DISTRICT_OPERATOR, JENU, TUBAN),
    }


@pytest.mark.no_cover  # counting takes three times as long as the walk itself
def test_what_is_allowed_is_what_can_be_done(full_town: Town, things: list[Record]):
    """`allowed` names exactly the commands of which some would take effect now."""
    office = rehearsal(full_town)
    damaged = frozenset({"damaged"})
    wrong = []
    for record in things:
        for actor in [*ACTORS, SITI, DEWI, LESTARI, BUDI, RATNA, HADI, YUNI]:
            possible = [
                kind.NAME
                for kind in commands.BY_NAME.values()
                if record.KIND in kind.KINDS and matching(kind.NAME, actor, record, damaged)
                if any(
                    outcome(office, command, actor) is None
                    for command in good_commands(full_town, kind, record, actor)
                )
            ]
            named = full_town.office.allowed(actor, record)
            if named != possible:
                wrong.append((record.key, record.state, actor, {*named} ^ {*possible}))
    assert wrong == []


class TestSeveralPosts:
    """Somebody who fills several posts may do what any of them may."""

    def test_each_in_its_own_area(self, town: Town):
        """Two villages have one operator; a third one is none of hers."""
        nur = also(
            Actor("nur", Role.VILLAGE_OPERATOR, SIDONGANTI), (Role.VILLAGE_OPERATOR, GEMULUNG)
        )
        case = town.at_district("ktp-hilang")
        town.hand(nur).collect(case.copy)
        assert town.holder(case.copy) == f"village_operator@{GEMULUNG}"

    def test_the_journal_names_the_post(self, town: Town):
        """In which of them something was done is written down."""
        both = also(LESTARI, (Role.REGISTRY_OPERATOR, TUBAN))
        case = town.case("ktp-hilang", by=both)
        town.verify(case)
        town.hand(both).give_up(case, product="ktp", reason="Pindah")
        posts = [
            change.post for change in town.office.journal(case.code) if change.kind == "application"
        ]
        assert posts == [
            f"front_desk@{TUBAN}",
            f"registry_operator@{TUBAN}",
            f"registry_operator@{TUBAN}",
        ]

    def test_the_post_that_needs_no_approval_comes_first(self, town: Town):
        """Who holds a damaged card condemns it alone, also if the registry would have to ask."""
        both = also(BUDI, (Role.VILLAGE_OPERATOR, GEMULUNG))
        case = town.at_village("ktp-hilang")
        town.hand(both).condemn(case.copy, reason="Patah", damaged=True)
        assert town.office.journal(case.copy)[-1].post == f"village_operator@{GEMULUNG}"

    def test_one_of_them_in_another_office(self, town: Town):
        """Whoever is not wholly of this office is turned away before anything is asked."""
        case = town.case("ktp-hilang")
        away = also(BUDI, (Role.REGISTRY_OPERATOR, "35.22"))
        with town.refuses("other_office"):
            town.hand(away).verify(case)


class TestWords:
    """A refusal is said in words, with who may."""

    def test_by_the_role(self, town: Town):
        """The village operator does not verify."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_role") as refused:
            town.siti.verify(case)
        assert refused.value.message("en") == (
            "village operator may not do verify here. Those who may: registry operator."
        )

    def test_with_the_approval(self, town: Town):
        """Somebody else must approve: who, is said."""
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed") as refused:
            town.budi.reject(case, ground="Bukan penduduk")
        assert refused.value.message("en") == (
            "reject must be approved by another person: head of office."
        )

    def test_approved_by_somebody_of_another_area(self, town: Town):
        """The head of another office approves nothing here."""
        case = town.case("ktp-hilang")
        away = Actor("kepala", Role.HEAD_OF_OFFICE, "35.22")
        with town.refuses("approval_needed"):
            town.budi.reject(case, ground="Bukan penduduk", approved_by=away)

    def test_approved_in_one_of_several_posts(self, town: Town):
        """Who is head of office besides may approve."""
        case = town.case("ktp-hilang")
        both = also(RATNA, (Role.HEAD_OF_OFFICE, TUBAN))
        town.budi.reject(case, ground="Bukan penduduk", approved_by=both)
        journal = town.office.journal(case.code)
        assert {change.approved_by for change in journal if change.do == "reject"} == {"ratna"}
