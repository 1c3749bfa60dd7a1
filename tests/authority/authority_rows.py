"""Who may do what, as it was agreed: written apart from the table of the library.

A line is a command and who may give it: roles, each with how its post must stand to the record,
and after a plus whose approval it needs. `area`: the record is in the post's area. `holds`: the
post answers for it, or drafted or submitted it. `above`: its area contains that of the post which
holds it. `own`: the actor made it. `sends`, `receives`: the bag. `anywhere`: in the whole office.
An exclamation mark: in person, not by whoever the post is lent to. A command in brackets has a flag
set: `condemn(damaged)` may be given by more than `condemn`.
"""

from __future__ import annotations

from attrs import frozen

from adminduk.records import Role

SHORT = {
    "AP": Role.APPLICANT,
    "VO": Role.VILLAGE_OPERATOR,
    "DO": Role.DISTRICT_OPERATOR,
    "RO": Role.REGISTRY_OPERATOR,
    "PO": Role.PRINT_OPERATOR,
    "CO": Role.COURIER,
    "FD": Role.FRONT_DESK,
    "HO": Role.HEAD_OF_OFFICE,
    "AU": Role.AUDITOR,
    "SY": Role.SYSTEM,
}

_AGREED = """
draft             AP,VO,DO,FD:area
submit            VO,DO,FD:area AP:own
amend             VO,DO,FD:holds AP:own
answer            VO,FD:holds DO:area AP:own
move_rules        RO,HO:area
attend            FD,DO:area
correct           RO,HO:area
return            RO,HO:area
reject            RO,HO:area+HO
verify            RO:area
reopen            RO,HO:area+HO
replace           RO,HO:area+HO
give_up           RO,HO:area
choose_delivery   VO,DO,FD:area
set_contact       VO,DO,FD,RO:area AP:own
withdraw          VO,DO,FD:area AP:own
expire            SY:area
adopt             RO,HO:area+HO
take              RO:area

print             PO:area
misprint          PO:area
follow_blanks     SY:area
issue             RO,HO:area
confirm           VO,DO,FD:area
revoke            RO,HO:area+HO
remind            SY:area

collect           VO:area
hand_in           DO:above
to_counter        FD:area
hand_over         VO,DO,FD:holds
record_handover   VO,DO:holds+RO
turn_home         VO,DO,FD:holds SY:area
turn_out          VO,DO,PO:holds
condemn           RO,HO:area+HO
condemn(damaged)  RO,HO:area+HO VO,DO,FD,PO:holds
report_missing    VO,DO,FD,PO:holds
found             VO,DO,FD,PO:anywhere
declare_lost      RO,HO:area+HO
void              PO:area
destroy           PO:area+HO
take_in           VO,DO,FD:area
waive             RO,HO:area
give_back         RO,HO:area
file              PO:area

plan              PO,DO:sends
cancel            PO,DO:sends
seal              PO,DO:sends
unseal            PO,DO:sends
depart            CO:area
come_back         PO,DO:sends
stray             DO,PO:anywhere
report            CO:area
ask_after         SY:area
arrive            DO,PO:receives
count             DO,PO:receives
finish            DO,PO:receives
write_off         RO,HO:area+HO
resolve           RO,HO:area
close             RO,HO:area SY:area

announce          HO:area
lift              HO,SY:area
change_settings   HO:area
set_schedule      RO,HO:area
delegate          HO:area!
end_delegation    HO:area! SY:area
read              VO,DO,FD,RO,HO,PO,AU:area AP:own
seal_journal      HO,SY:area
erase             HO:area+RO SY:area
confirm_erasure   SY:area

receive_blanks         PO:area
correct_blanks         PO:area+HO
withdraw_blanks        PO:area+HO
reserve_blanks         PO:area
release_blanks         PO:area
transfer_blanks        PO:area+HO
report_blanks_missing  PO:area
blanks_found           PO:area
record_blanks_used     PO:area+HO
"""


@frozen
class Row:
    """A role that may give a command, how its post must stand, whose approval it needs."""

    role: Role
    where: str
    approval: Role | None = None
    in_person: bool = False


def _row(text: str) -> list[Row]:
    roles, _, rest = text.removesuffix("!").partition(":")
    where, _, approval = rest.partition("+")
    in_person = text.endswith("!")
    return [Row(SHORT[one], where, SHORT.get(approval), in_person) for one in roles.split(",")]


AGREED: dict[str, list[Row]] = {
    name: [row for text in texts for row in _row(text)]
    for name, *texts in (line.split() for line in _AGREED.splitlines() if line)
}


def rows_for(name: str, flags: frozenset[str] = frozenset()) -> list[Row]:
    """Give the rows of a command with some of its flags set."""
    flagged = next((f"{name}({flag})" for flag in flags if f"{name}({flag})" in AGREED), name)
    return AGREED[flagged]
