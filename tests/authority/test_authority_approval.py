"""Whatever the head of office has approved by somebody else, walked in full."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve
from office_days import AGUS, BUDI, DEWI, HADI, LESTARI, SITI, TUBAN, WAHYU, Town
from office_states import everything, rehearsal
from test_authority_table import ACTORS, attempts, flags_of, matching, outcome

from adminduk import Actor, Office, Role, commands
from adminduk.errors import AdmindukError, ApprovalNeeded
from adminduk.records import Record

NEVER = {"expire", "remind", "ask_after", "follow_blanks", "change_settings", "seal_journal"}
NEVER |= {"erase", "confirm_erasure"}
"""What time alone brings, the setting itself, a seal; and erasing, by whom is set for all."""
APPROVABLE = set(commands.BY_NAME) - NEVER
ALONE = {Role.APPLICANT, Role.AUDITOR, Role.SYSTEM}
"""Who needs nobody's approval for what they may do."""
APPROVERS = {
    role: Actor(f"second-{role}", role, TUBAN)
    for role in (
        Role.REGISTRY_OPERATOR,
        Role.PRINT_OPERATOR,
        Role.FRONT_DESK,
        Role.HEAD_OF_OFFICE,
    )
}
"""Who may be asked to approve; none of them had a hand in anything."""
WALKERS = [BUDI, HADI, SITI, DEWI, WAHYU, AGUS, LESTARI, *(a for a in ACTORS if a.role in ALONE)]


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


def approved_by_all(town: Town, role: str) -> Office:
    """Have everything that can be approved by a role, and give an office that only decides."""
    town.hadi.change_settings("office", approvals=dict.fromkeys(APPROVABLE, role))
    return rehearsal(town)


def permitted(town: Town, things: list[Record]) -> Iterator[tuple[commands.Command, Actor, bool]]:
    """Give every attempt of somebody who may, and whether nobody is ever asked to approve it."""
    for command, actor, record in attempts(town, things, WALKERS):
        rows = matching(command.NAME, actor, record, flags_of(command))
        always = matching(command.NAME, actor, record, frozenset())
        if rows:  # what only a flag permits is done alone
            alone = actor.role in ALONE or command.NAME in NEVER or set(rows) - set(always)
            yield command, actor, bool(alone)


def ends(refused: AdmindukError | None) -> str:
    """Name how an attempt ended."""
    return "" if refused is None else refused.code


@pytest.mark.no_cover  # counting takes three times as long as the walk itself
@pytest.mark.parametrize("role", APPROVERS, ids=str)
def test_everything_can_be_approved_by(full_town: Town, things: list[Record], role: Role):
    """It is refused unless another person in that role did; then it goes on as without."""
    free = approved_by_all(full_town, "nobody")
    attempted = [
        (command, actor, ends(outcome(free, evolve(command, approved_by=None), actor)), alone)
        for command, actor, alone in permitted(full_town, things)
    ]
    office = approved_by_all(full_town, role.value)
    another = next(one for one in APPROVERS.values() if one.role is not role)
    asked = set()
    for command, actor, how, alone in attempted:
        assert how != "approval_needed"
        for by in (None, Actor(actor.id, role, TUBAN), another, Actor("x", role, "35.22")):
            refused = outcome(office, evolve(command, approved_by=by), actor)
            if alone:
                assert ends(refused) == how
            else:
                assert isinstance(refused, ApprovalNeeded), (command.NAME, actor, by)
                assert refused.facts["may"] == [role.value]
                asked.add(command.NAME)
        right = outcome(office, evolve(command, approved_by=APPROVERS[role]), actor)
        assert ends(right) == how
    assert asked == APPROVABLE


class TestWords:
    """What a refusal says of approval is what the office has set."""

    def test_who_may(self, town: Town):
        """With whom, as it is now."""
        case = town.case("ktp-hilang")
        for role, said in (("nobody", ""), ("front_desk", " + front_desk")):
            town.hadi.change_settings("office", approvals={"reject": role})
            with town.refuses("wrong_role") as refused:
                town.siti.reject(case, ground="Bukan penduduk")
            assert refused.value.facts["may"] == [
                f"registry_operator{said}",
                f"head_of_office{said}",
            ]

    def test_who_must_approve(self, town: Town):
        """Also what is usually done alone."""
        town.hadi.change_settings("office", approvals={"verify": "head_of_office"})
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed") as refused:
            town.verify(case)
        assert refused.value.message("en") == (
            "verify must be approved by another person: head of office."
        )
        town.budi.verify(case, accepted=town.items(case), approved_by=HADI)
        assert town.office.journal(case.code)[-1].approved_by == "hadi"

    def test_what_nobody_had_to_approve_is_not_said_to_be_approved(self, town: Town):
        """The journal names who approved only where that was asked, and looked at."""
        case = town.case("ktp-hilang")
        town.budi.verify(case, accepted=town.items(case), approved_by=SITI)
        assert {one.approved_by for one in town.office.journal(case.code)} == {""}

    def test_what_time_brings_comes(self, town: Town):
        """Whatever the head has approved: the clock asks nobody."""
        town.hadi.change_settings("office", approvals={"turn_home": "head_of_office"})
        case = town.at_village("ktp-hilang")
        with town.refuses("approval_needed"):
            town.siti.turn_home(case.copy)
        town.clock.wait(days=31)
        town.office.tick()
        assert "turn_home" in {one.do for one in town.office.journal(case.copy)}
