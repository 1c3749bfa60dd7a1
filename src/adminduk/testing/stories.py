"""What often happens to a record of a modelled office, and who begins it."""

from __future__ import annotations

from typing import Final

from adminduk.records import Role

__all__ = ["BEGINNERS", "PACKERS", "SELDOM", "STORIES", "USUAL"]

BEGINNERS: Final = {
    Role.APPLICANT,
    Role.VILLAGE_OPERATOR,
    Role.DISTRICT_OPERATOR,
    Role.FRONT_DESK,
}
"""Who begins an application."""

PACKERS: Final = {Role.PRINT_OPERATOR, Role.DISTRICT_OPERATOR}
"""Who packs bags."""

USUAL: Final = frozenset(
    "verify print seal depart arrive count finish collect hand_over to_counter hand_in issue"
    " answer replace".split()
)
"""What brings a story on."""

SELDOM: Final = frozenset(
    "withdraw reject cancel amend move_rules choose_delivery plan misprint correct attend"
    " take waive give_back condemn reopen give_up report_missing record_handover turn_home"
    " unseal set_contact".split()
)
"""What would end most stories early, or hold them up, if it came as often as the rest."""

STORIES: Final = {
    "application": (
        "attend verify",
        "return amend attend move_rules answer verify",
        "return choose_delivery withdraw",
        "verify reopen reject",
        "verify reopen verify",
        "withdraw",
    ),
    "copy": (
        "print",
        "misprint print to_counter turn_home",
        "to_counter hand_over",
        "to_counter report_missing declare_lost",
        "collect hand_over",
        "collect turn_home turn_out hand_over",
        "turn_home turn_out hand_over",
        "collect condemn record_handover",
        "condemn record_handover",
        "report_missing declare_lost found",
        "report_missing found",
        "issue revoke",
        "issue confirm",
        "void",
        "report_missing",
    ),
    "original": (
        "take_in hand_in",
        "take_in turn_home",
        "take_in condemn record_handover",
        "take_in give_back hand_over",
        "waive take_in",
        "file",
        "collect turn_home turn_out hand_over",
        "turn_home turn_out hand_over",
        "to_counter hand_over",
        "report_missing declare_lost found",
        "void",
    ),
    "bag": (
        *["seal depart arrive count finish"] * 6,
        "seal unseal seal depart come_back depart arrive count count finish resolve close",
        "seal depart write_off resolve",
        "seal depart stray depart arrive count finish",
        "seal depart stray come_back unseal",
        "seal depart stray write_off arrive count finish",
        "seal depart stray arrive count finish",
        "seal depart write_off arrive count finish resolve",
        "report seal report depart report arrive report count finish report",
        "seal ask_after unseal",
    ),
    "blanks": (
        "reserve_blanks release_blanks",
        "reserve_blanks",
        "reserve_blanks",
        "report_blanks_missing blanks_found",
        "report_blanks_missing",
        "transfer_blanks",
        "record_blanks_used",
        "correct_blanks",
        "withdraw_blanks",
    ),
    "minutes": ("",),
    "notice": ("lift",),
    "delegation": ("end_delegation",),
    "reading": ("",),
    "schedule": ("set_schedule",),
    "settings": ("change_settings",),
    "seal": ("seal_journal",),
    "erasure": ("confirm_erasure",),
}
"""What often happens to a record, one thing after the other."""
