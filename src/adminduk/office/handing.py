"""What lies at a post to be given out: to applicants, or at the district to its villages."""

from __future__ import annotations

from adminduk.office.shelf import Shelf
from adminduk.records import Copy, Heading, Original, Paper, Post

__all__ = ["to_hand_over"]


def to_hand_over(shelf: Shelf, post: Post) -> list[Paper]:
    """Give the papers that a post holds on their way out, by village and id."""
    states = ("at_district", "at_village", "at_counter")
    found = [
        one
        for state in states
        for kind in (Copy.KIND, Original.KIND)
        for one in shelf.records(kind=kind, state=state, region=post.region.full())
    ]
    papers = [one for one in found if isinstance(one, Copy | Original)]
    held = (one for one in papers if one.custodian == post and one.heading is Heading.OUT)
    return sorted(held, key=lambda one: (one.region.full(), one.id))
