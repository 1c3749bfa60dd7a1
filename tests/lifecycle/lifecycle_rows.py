"""The lifecycles as the office agreed on them, written apart from the classes that declare them.

A line is: the states, the event, the guards in brackets, and the next state (`=`: the same).
"""

from __future__ import annotations

from collections.abc import Iterator

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

_APPLICATION = """
new                                  draft                                    draft
new draft                            submit                                   submitted
draft returned                       amend                                    =
draft submitted returned             move_rules                               =
draft submitted returned verified    set_contact                              =
submitted returned                   attend                                   =
submitted                            correct                                  =
submitted                            take                                     =
new                                  adopt                                    verified
submitted                            return                                   returned
returned                             answer                                   submitted
submitted                            reject                                   rejected
submitted                            verify [has_products]                    verified
submitted                            verify [no_products]                     completed
verified                             reopen [nothing_delivered]               submitted
verified                             replace                                  =
verified                             give_up                                  =
draft submitted returned verified    choose_delivery                          =
verified                             settle [settled any_delivered]           completed
verified                             settle [settled none_delivered]          lapsed
draft submitted returned             withdraw                                 withdrawn
draft returned                       expire                                   expired
"""

_COPY = """
new                                  order                                    ordered
ordered                              print [case_verified on_paper]           at_office
ordered                              misprint                                 =
ordered                              follow_blanks                            =
ordered                              issue [case_verified digital_form]       issued
issued                               confirm                                  handed_over
issued                               revoke [case_verified]                   revoked
ordered                              cancel                                   cancelled
at_district at_village at_counter    remind [heading_out]                     =
new                                  adopt [held_at_office]                   at_office
new                                  adopt [held_at_district]                 at_district
new                                  adopt [held_at_village]                  at_village
new                                  adopt [held_at_counter]                  at_counter
new                                  adopt [held_by_nobody]                   handed_over
at_office                            seal [heading_out not_condemned]         bagged
at_village at_district at_counter    hand_over [heading_out due_originals_in] handed_over
at_village at_district at_office     turn_out [heading_home may_turn_out]           =
"""

_ORIGINAL = """
new                                  expect                                   expected
new expected waived                  take_in [taker_at_village]               at_village
new expected waived                  take_in [taker_at_district]              at_district
new expected waived                  take_in [taker_at_counter]               at_counter
expected                             waive                                    waived
at_office                            file [may_be_filed]                      filed
at_office at_district at_village     give_back [surrendered]                  =
at_counter bagged missing            give_back [surrendered]                  =
at_office                            seal [heading_out]                       bagged
at_village at_district at_counter    hand_over [heading_out]                  handed_over
at_village at_district at_office     turn_out [heading_home may_turn_out]     =
"""

_ROAD = """
at_district                          seal [heading_home]                      bagged
bagged                               unseal [bag_goes_out]                    at_office
bagged                               unseal [bag_goes_home]                   at_district
bagged                               arrive [bag_goes_out]                    at_district
bagged                               arrive [bag_goes_home]                   at_office
at_office at_district bagged missing extra [bag_goes_out]                     at_district
at_office at_district bagged missing extra [bag_goes_home]                    at_office
bagged                               finish                                   missing
missing lost                         turn_up                                  bagged
at_district                          collect [heading_out]                    at_village
at_village                           hand_in [heading_home]                   at_district
at_office                            to_counter [heading_out for_counter]     at_counter
at_village at_district               record_handover [condemned]              handed_over
at_village at_district               turn_home [heading_out]                  =
at_counter                           turn_home                                at_office
at_office at_district at_village     condemn [not_condemned]                  =
bagged missing                       condemn [not_condemned]                  =
at_counter                           condemn [not_condemned]                  at_office
at_office at_district at_village     report_missing                           missing
at_counter                           report_missing                           missing
missing lost                         found [finder_at_office]                 at_office
missing lost                         found [finder_at_district]               at_district
missing lost                         found [finder_at_village]                at_village
missing lost                         found [finder_at_counter]                at_counter
missing                              declare_lost                             lost
at_office                            void [may_be_void]                       void
void                                 destroy                                  destroyed
"""

_BAG = """
new                                  plan                                     planned
planned                              plan                                     =
planned                              cancel                                   cancelled
planned                              seal [plan_not_empty]                    sealed
sealed                               unseal                                   planned
sealed                               depart                                   departed
astray                               depart                                   departed
departed astray                      come_back                                sealed
departed                             stray [for_somebody_else]                astray
planned sealed departed astray       report                                   =
arrived written_off counted          report                                   =
sealed departed astray               ask_after                                =
departed astray written_off          arrive                                   arrived
arrived                              count                                    =
arrived                              finish                                   counted
departed astray                      write_off                                written_off
counted written_off                  resolve                                  =
counted                              close [none_open]                        closed
"""

_MINUTES = """
new                                  destroy                                  signed
"""

_NOTICE = """
new                                  announce                                 in_force
in_force                             lift                                     lifted
"""

_DELEGATION = """
new                                  delegate                                 in_force
in_force                             end_delegation                           ended
"""

_READING = """
new                                  read                                     noted
"""

_SCHEDULE = """
new in_force                         set_schedule                             in_force
"""

_BLANKS = """
new                                  receive_blanks                           in_ledger
in_ledger                            correct_blanks [untouched]               =
in_ledger                            withdraw_blanks [untouched]              withdrawn
in_ledger                            reserve_blanks                           =
in_ledger                            release_blanks                           =
in_ledger                            transfer_blanks                          =
in_ledger                            report_blanks_missing                    =
in_ledger                            blanks_found                             =
in_ledger                            record_blanks_used                       =
in_ledger                            print                                    =
in_ledger                            misprint                                 =
in_ledger                            destroy                                  =
"""

_SETTINGS = """
new in_force                         change_settings                          in_force
"""

_ERASURE = """
new                                  erase                                    erasing
erasing                              confirm_erasure                          erased
"""

_SEAL = """
new in_force                         seal_journal                             in_force
"""

ROWS = {
    "application": _APPLICATION,
    "copy": _COPY + _ROAD,
    "original": _ORIGINAL + _ROAD,
    "bag": _BAG,
    "minutes": _MINUTES,
    "notice": _NOTICE,
    "delegation": _DELEGATION,
    "reading": _READING,
    "schedule": _SCHEDULE,
    "settings": _SETTINGS,
    "seal": _SEAL,
    "erasure": _ERASURE,
    "blanks": _BLANKS,
}

ENDS = {
    "application": {"completed", "rejected", "withdrawn", "expired", "lapsed"},
    "copy": {"handed_over", "revoked", "cancelled", "destroyed"},
    "original": {"handed_over", "filed", "destroyed"},
    "bag": {"closed", "cancelled"},
    "minutes": {"signed"},
    "notice": {"lifted"},
    "delegation": {"ended"},
    "reading": {"noted"},
    "schedule": set(),
    "settings": set(),
    "seal": set(),
    "erasure": {"erased"},
    "blanks": {"withdrawn"},
}

Row = tuple[str, str, frozenset[str], str]


def rows(kind: str) -> Iterator[Row]:
    """Give each (state, event, guards, next) that a lifecycle should have."""
    for line in filter(None, ROWS[kind].splitlines()):
        left, bracket, right = line.partition("[")
        guards, _, after = right.partition("]")
        words = left.split()
        target = after.strip() if bracket else words.pop()
        *sources, event = words
        for source in sources:
            following = source if target == "=" else target
            yield source, event, frozenset(guards.split()), following
