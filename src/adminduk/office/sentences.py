"""What people are told by message; the text is made when it is sent."""

from __future__ import annotations

from typing import Final

from adminduk.language import N_, translate

__all__ = ["sentence"]

_SENTENCES: Final[dict[str, str]] = {
    "submitted": N_("Application {code} is with the registry office. Follow it by this code."),
    "submitted_to_attend": N_(
        "Application {code} is with the registry office. The person must still come; its days"
        " count from then. Follow it by this code."
    ),
    "promised_district": N_(
        "Application {code} is with the registry office. Documents reach the district on"
        " {district}; with a letter they can be had at the counter from {counter}."
    ),
    "promised_made": N_(
        "Application {code} is with the registry office. Documents are made by {made}; the courier"
        " has no day for your district yet. With a letter they can be had at the counter from"
        " {counter}."
    ),
    "promised_counter": N_(
        "Application {code} is with the registry office. Documents can be had at the counter from"
        " {counter}."
    ),
    "promised_digital": N_(
        "Application {code} is with the registry office. Documents are issued by {digital}."
    ),
    "returned": N_("Application {code} is not complete: {items}. See the village operator."),
    "rejected": N_("Application {code} was refused. The village operator can tell you why."),
    "withdrawn": N_("Application {code} was withdrawn."),
    "expired": N_("Application {code} has ended because its time was past."),
    "lapsed": N_("Application {code} has ended without a document. Apply again if you need it."),
    "completed": N_("Application {code} is completed. Thank you."),
    "issued": N_("A document of {code} is ready: {link}"),
    "ready_village": N_("A document of {code} is with the village operator. Fetch it; it is free."),
    "original_lost": N_(
        "What you handed in for {code} ({item}) is lost with the office, which answers for it."
        " Ask at the office what it does about it."
    ),
    "remind_collect": N_(
        "A document of {code} waits at the district for you to collect it, until {until}."
    ),
    "remind_at_district": N_(
        "A document of {code} still waits at the district. Fetch it by {until}; it is free."
    ),
    "remind_at_village": N_(
        "A document of {code} still waits with the village operator. Fetch it by {until}; it is"
        " free."
    ),
    "remind_at_counter": N_(
        "A document of {code} still waits at the counter. Fetch it by {until} with the letter; it"
        " is free."
    ),
    "unclaimed": N_(
        "Nobody fetched a document of {code} in time. It goes back to the registry office, which"
        " keeps it for {days} days more. If you still want it, ask the village operator."
    ),
    "made_void": N_(
        "A document of {code} that nobody fetched was made void. Apply again if you need it."
    ),
    "bag_is_late": N_(
        "Bag {bag} has not arrived in its time. Since {since} it is with {holder}. Say where it is."
    ),
    "bag_written_off": N_(
        "Bag {bag} was written off. What was in it is missing, and {holder} answers for it."
    ),
    "ready_counter": N_("A document of {code} is at the counter. Bring the letter; it is free."),
}


def sentence(template: str, facts: dict[str, str], language: str) -> str:
    """Give the text of a message."""
    return translate(_SENTENCES[template], language).format_map(facts)
