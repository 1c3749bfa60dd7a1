"""How slips say things: days, posts, places, documents, in the language of the slip."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from attrs import frozen

from adminduk import regions
from adminduk.catalogue import Catalogue
from adminduk.language import N_, translate
from adminduk.names import in_words
from adminduk.records import Application, Copy, Original, Post
from adminduk.values import RegionCode

__all__ = ["Wording"]

_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


@frozen
class Wording:
    """Says things in a language, by the rules of an office."""

    language: str
    catalogue: Catalogue

    def say(self, text: str, /, **facts: object) -> str:
        """Give a sentence."""
        return translate(text, self.language).format(**facts)

    def name(self, name: str) -> str:
        """Give the name of a role, state or command, as a heading has it."""
        words = in_words(name, self.language)
        return words[:1].upper() + words[1:]

    def day(self, day: date) -> str:
        """Give a day as it is written in letters: 12 Juli 2021."""
        return f"{day.day} {self.say(_MONTHS[day.month - 1])} {day.year}"

    def moment(self, moment: datetime) -> str:
        """Give a day and the time of it: 12 Juli 2021 08:15."""
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def place(self, region: RegionCode) -> str:
        """Give the name of a region."""
        return regions.get(region).name

    def post(self, post: Post) -> str:
        """Give a post: who it is, and where."""
        return f"{self.name(post.role)}, {self.place(post.region)}"

    def office(self, region: RegionCode) -> tuple[str, ...]:
        """Give the names at the head of a slip: the regency and its registry office."""
        regency = self.say(N_("Government of {regency}"), regency=self.place(region))
        return regency, self.say(N_("Population and Civil Registration Office"))

    def what(self, paper: Copy | Original) -> str:
        """Say which document a paper is."""
        if isinstance(paper, Copy):
            return self.catalogue.product(paper.product).name.in_language(self.language)
        name = self.catalogue.papers[paper.item].name.in_language(self.language)
        return self.say(N_("{document} (original)"), document=name)

    def whose(self, application: Application, paper: Copy | Original) -> str:
        """Say for whom a paper is: whom the document is about, or else who applied."""
        if application.personal is None:
            return "–"
        case = application.personal
        parties = self._subjects(paper.product) if isinstance(paper, Copy) else []
        people = [case.people[one] for one in parties if one in case.people]
        named = (str(one.name) for one in (*people, case.applicant) if one.name is not None)
        return next(named, "–")

    def _subjects(self, product: str) -> list[str]:
        """Give the parties that a document is about, who is named in it first."""
        paths = [path for paths in self.catalogue.product(product).subject for path in paths]
        paths.sort(key=lambda path: not path.endswith(".name"))
        return [path.partition(".")[0] for path in paths]
