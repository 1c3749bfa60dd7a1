"""The story: six cases of three villages of Tuban in July 2021, when the counter was closed."""

from __future__ import annotations

from typing import Final

from adminduk.cli.demo import cast
from adminduk.cli.demo.story.first_bags import FIRST_BAGS
from adminduk.cli.demo.story.first_days import FIRST_DAYS
from adminduk.cli.demo.story.second_week import HOME_BAG, SECOND_WEEK
from adminduk.language import N_

__all__ = ["ENDING", "HOME_BAG", "OPENING", "STORY", "WHY"]

OPENING: Final = N_(
    "Tuban, July 2021. Twelve officers of the registry office are ill, and its counter is closed"
    " to all but the most urgent. So the work goes through the village halls: the village"
    " operator sends the application, the office verifies and prints, a courier takes the"
    " documents to the district once a week, and there the village operator collects them. The"
    " places and the rules are real; every person is invented. Each case has a code, as"
    " K7M2Q9XD4H-T. What is printed for it is a copy (/1, /2 and so on); what the family must hand"
    " in is an original (/kk). Below each step stands what changed (->), or why it is refused (x)."
)

STORY: Final = (*FIRST_DAYS, *FIRST_BAGS, *SECOND_WEEK)

ENDING: Final = N_("Where everything is on Friday 23 July, who answers for it, and why:")

WHY: Final = {
    f"{cast.BIRTH}/1": N_("Agus has it."),
    f"{cast.BIRTH}/2": N_("Agus has it."),
    f"{cast.BIRTH}/3": N_("Agus has it; it came a week late."),
    f"{cast.BIRTH}/kk": N_("Agus gave it for the new one."),
    f"{cast.URGENT_CARD}/1": N_("Bambang fetched it at the counter."),
    f"{cast.URGENT_CARD}/surat-hilang": N_("The office keeps it."),
    f"{cast.LOST_CARD}/1": N_("It was lost, replaced and then found."),
    f"{cast.LOST_CARD}/2": N_("A neighbour fetched it, with a power of attorney."),
    f"{cast.LOST_KK}/1": N_("The name on it was wrong."),
    f"{cast.LOST_KK}/2": N_("It waits for Mulyanto."),
    f"{cast.LOST_KK}/surat-hilang": N_("Mulyanto will bring it."),
    cast.SCHOOL.full(): N_("His copy was stamped at once, so there is no paper to follow."),
    f"{cast.CHANGE}/kk": N_("She has her old card again."),
}
"""What is said at the end of a paper, or of a case that has none."""
