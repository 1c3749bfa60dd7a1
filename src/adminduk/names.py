"""The names of roles, kinds, states and commands, in words.

Programs read the names as they are (`village_operator`); people read them in their language.
"""

from __future__ import annotations

from typing import Final

from adminduk.language import DEFAULT_LANGUAGE, N_, translate

__all__ = ["NAMES", "in_words"]

NAMES: Final = (
    # Roles.
    N_("applicant"),
    N_("village operator"),
    N_("district operator"),
    N_("registry operator"),
    N_("print operator"),
    N_("courier"),
    N_("front desk"),
    N_("head of office"),
    N_("auditor"),
    N_("system"),
    # Kinds of record and what else can be named.
    N_("application"),
    N_("copy"),
    N_("original"),
    N_("bag"),
    N_("notice"),
    N_("schedule"),
    N_("settings"),
    N_("case"),
    N_("trip"),
    N_("office"),
    N_("region"),
    N_("product"),
    # States.
    N_("new"),
    N_("draft"),
    N_("submitted"),
    N_("returned"),
    N_("verified"),
    N_("completed"),
    N_("rejected"),
    N_("withdrawn"),
    N_("expired"),
    N_("lapsed"),
    N_("ordered"),
    N_("issued"),
    N_("revoked"),
    N_("cancelled"),
    N_("at office"),
    N_("at district"),
    N_("at village"),
    N_("at counter"),
    N_("bagged"),
    N_("missing"),
    N_("lost"),
    N_("void"),
    N_("destroyed"),
    N_("handed over"),
    N_("expected"),
    N_("waived"),
    N_("planned"),
    N_("sealed"),
    N_("departed"),
    N_("astray"),
    N_("arrived"),
    N_("written off"),
    N_("counted"),
    N_("closed"),
    N_("in force"),
    N_("lifted"),
    # Doors.
    N_("counter"),
    N_("online"),
    # Commands.
    N_("submit"),
    N_("amend"),
    N_("answer"),
    N_("move rules"),
    N_("attend"),
    N_("correct"),
    N_("return"),
    N_("reject"),
    N_("verify"),
    N_("reopen"),
    N_("replace"),
    N_("give up"),
    N_("choose delivery"),
    N_("withdraw"),
    N_("expire"),
    N_("adopt"),
    N_("print"),
    N_("misprint"),
    N_("issue"),
    N_("confirm"),
    N_("revoke"),
    N_("remind"),
    N_("collect"),
    N_("hand in"),
    N_("to counter"),
    N_("hand over"),
    N_("record handover"),
    N_("turn home"),
    N_("turn out"),
    N_("condemn"),
    N_("report missing"),
    N_("found"),
    N_("declare lost"),
    N_("destroy"),
    N_("take in"),
    N_("waive"),
    N_("plan"),
    N_("cancel"),
    N_("seal"),
    N_("unseal"),
    N_("depart"),
    N_("come back"),
    N_("stray"),
    N_("ask after"),
    N_("arrive"),
    N_("count"),
    N_("finish"),
    N_("write off"),
    N_("resolve"),
    N_("close"),
    N_("take"),
    N_("announce"),
    N_("lift"),
    N_("change settings"),
    N_("set schedule"),
    # How what arrived differs, and how that ended.
    N_("damaged"),
    N_("extra"),
    N_("misrouted"),
    N_("replaced"),
    N_("sent on"),
    N_("noted"),
    # Acts that need the person.
    N_("activation"),
    N_("biometrics"),
    N_("photo"),
    N_("presence"),
    # Levels of region.
    N_("province"),
    N_("regency"),
    N_("district"),
    N_("village"),
)
"""Every name in English, for translators."""


def in_words(name: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Give a name as people read it.

    >>> in_words("village_operator", "en")
    'village operator'
    """
    return translate(name.replace("_", " "), language)
