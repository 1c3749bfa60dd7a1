"""What people are told by message; the text is made when it is sent."""

from __future__ import annotations

from typing import Final

from adminduk.language import N_, translate

__all__ = ["fits", "sentence"]

_SENTENCES: Final[dict[str, str]] = {
    "submitted": N_("{code} is with the registry office; it is free. Follow it by this code."),
    "submitted_to_attend": N_(
        "{code} is with the registry office. The person must still come, as the list says; the days"
        " count from then. It is free."
    ),
    "promised_district": N_(
        "{code} is with the registry office. Documents are at the district on {district}, or with"
        " a letter at the counter from {counter}. They are free."
    ),
    "promised_made": N_(
        "{code} is with the registry office. Documents are made by {made}; the courier has no day"
        " yet. With a letter: at the counter from {counter}. Free."
    ),
    "promised_counter": N_(
        "{code} is with the registry office. Documents can be had at the counter from {counter}."
        " They are free."
    ),
    "promised_digital": N_(
        "{code} is with the registry office. Documents are issued by {digital}; the link comes by"
        " message. They are free."
    ),
    "returned": N_("{code} is not complete: {items}. Bring it to where you applied."),
    "returned_long": N_(
        "{code} is not complete: much is missing or wrong. Ask where you applied what to bring."
    ),
    "rejected": N_("{code} was refused. Ask where you applied why, and what you can do."),
    "withdrawn": N_("{code} was withdrawn. If you did not want that, tell where you applied."),
    "expired": N_("{code} has ended because its time was past. Apply again if you need it: free."),
    "lapsed": N_("{code} has ended without a document. Apply again if you need it: free."),
    "completed": N_("{code} is completed. Did you get nothing? Tell the registry office."),
    "issued": N_("A document of {code} is ready: {link}"),
    "ready_village": N_("Documents of {code} are with the village operator. Fetch them: free."),
    "ready_district": N_("Documents of {code} are at the district. Fetch them there: free."),
    "ready_counter": N_(
        "Documents of {code} are at the counter. Bring the letter of the village operator: free."
    ),
    "ready_counter_own": N_(
        "Documents of {code} are at the counter where you applied. Fetch them there: free."
    ),
    "not_ready": N_(
        "A document of {code} cannot be fetched for now, whatever was said before. Wait for a"
        " message before you come."
    ),
    "original_lost": N_(
        "What you handed in for {code} ({item}) is lost with the office, which answers for it. Ask"
        " there what it does about it."
    ),
    "remind_collect": N_(
        "A document of {code} waits at the district for you to collect it, until {until}."
    ),
    "remind_at_district": N_(
        "A document of {code} still waits at the district. Fetch it by {until}: free."
    ),
    "remind_at_village": N_(
        "A document of {code} still waits with the village operator. Fetch it by {until}: free."
    ),
    "remind_at_counter": N_(
        "A document of {code} still waits at the counter. Fetch it by {until}, with the letter of"
        " the village operator: free."
    ),
    "remind_at_counter_own": N_(
        "A document of {code} still waits at the counter where you applied. Fetch it by {until}:"
        " free."
    ),
    "unclaimed": N_(
        "Nobody fetched a document of {code}. The registry office keeps it for {days} days more."
        " If you want it, ask where you applied."
    ),
    "made_void": N_(
        "A document of {code} that nobody fetched was made void. Apply again if you need it: free."
    ),
    "bag_is_late": N_("Bag {bag} is late. Since {since} it is with {holder}. Say where it is."),
    "bag_has_not_left": N_(
        "Bag {bag} lies sealed with {holder} and should have left. Ask the courier, or send it"
        " another way."
    ),
    "courier_says_collected": N_(
        "The courier says: bag {bag} was collected on {day}. The books do not. Say where it is."
    ),
    "courier_says_delivered": N_(
        "The courier says: bag {bag} was delivered on {day}. Take it in, or say that it is not"
        " there."
    ),
    "courier_says_not_delivered": N_(
        "The courier says: bag {bag} could not be delivered on {day}. Ask where it is."
    ),
    "courier_says_returned": N_(
        "The courier says: bag {bag} was brought back on {day}. Say whether it is there."
    ),
    "courier_says_damaged": N_(
        "The courier says: bag {bag} was damaged on {day}. Ask, and look at its seal."
    ),
    "courier_says_lost": N_(
        "The courier says: bag {bag} was lost on {day}. Ask; write it off if that is so."
    ),
    "bag_written_off": N_(
        "Bag {bag} was written off. What was in it is missing, and {holder} answers for it."
    ),
}

_INSTEAD: Final = {"returned": "returned_long"}
"""What is said where a sentence is longer than a message: what may be of any length is left out."""

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters of which a short message holds 160 (3GPP TS 23.038, 6.2.1); of others it holds 70."""


def fits(text: str) -> bool:
    """Whether a text is one short message, as a telephone receives it."""
    return len(text) <= (160 if _BASIC.issuperset(text) else 70)


def sentence(template: str, facts: dict[str, str], language: str) -> str:
    """Give the text of a message."""
    text = translate(_SENTENCES[template], language).format_map(facts)
    if template in _INSTEAD and not fits(text):
        return sentence(_INSTEAD[template], facts, language)
    return text
