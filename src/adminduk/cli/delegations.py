"""Who acts for whom: the posts that the head of office has lent."""

from __future__ import annotations

from adminduk.cli.app import App
from adminduk.cli.day import post_in_words
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json, show
from adminduk.codec import dump
from adminduk.language import N_

__all__ = ["delegations"]


@command
def delegations(app: App, json_: bool) -> None:
    """List the delegations that were not ended."""
    with app.office() as office:
        found = office.delegations()
    if json_:
        as_json([dump(one) for one in found])
        return
    for one in found:
        show(f"{one.id}: {one.reason}")
        text = N_("{person} acts as {post}, from {since} until {until}.")
        post = post_in_words(app, str(one.post))
        app.tell(text, indent="  ", person=one.to, post=post, since=one.since, until=one.until)
    if not found:
        app.tell(N_("No post is lent. The head of office lends one by the command delegate."))
