"""What every command is given: the office, the actor and the language that were chosen."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import define

from adminduk.cli.printing import show
from adminduk.errors import InvalidInput
from adminduk.language import N_, translate
from adminduk.names import in_words
from adminduk.regions.zones import WIB, zone_of

if TYPE_CHECKING:
    from adminduk.office import Office
    from adminduk.ports import Master, ScanStore
    from adminduk.records import Actor

__all__ = ["App", "parse_actor"]

_STORE_AND_REGENCY: Final = re.compile(r"(.*)#([0-9.]+)")


@define
class App:
    """The options that come before the command."""

    language: str
    url: str | None = None
    scans: str | None = None
    master: str | None = None
    actor: str | None = None
    rules: str | None = None
    zone: timezone = WIB

    def say(self, text: str, /, **facts: object) -> str:
        """Give a sentence in the chosen language."""
        return translate(text, self.language).format(**facts)

    def name(self, name: str) -> str:
        """Give the name of a role, kind, state or command in words."""
        return in_words(name, self.language)

    def tell(self, text: str, /, *, indent: str = "", err: bool = False, **facts: object) -> None:
        """Print a sentence in the chosen language."""
        show(self.say(text, **facts), indent=indent, err=err)

    def office(self, **options: Any) -> Office:
        """Open the office that was named.

        Raises:
            click.UsageError: None was named.
            AdmindukError: It cannot be opened.
        """
        from adminduk.office import Office

        url, region = self.named()
        options = {"language": self.language, "rules": self.rules, "scans": self.scans, **options}
        office = Office.open(url, region, master=self.master, **options)
        self.zone = zone_of(office.region)
        return office

    def opened_master(self) -> Master | None:
        """Open the master that was named, if one was.

        Raises:
            AdmindukError: It cannot be opened.
        """
        from adminduk.plugins import open_master

        return open_master(self.master) if self.master else None

    def scan_store(self) -> ScanStore:
        """Open the store of scans that was named.

        Raises:
            click.UsageError: None was named.
            AdmindukError: It cannot be opened.
        """
        from adminduk.plugins import open_scans

        if not self.scans:
            raise click.UsageError(
                self.say(
                    N_(
                        "No store of scans was named: --scans URL or ADMINDUK_SCANS, as"
                        " file:///var/lib/adminduk/scans."
                    )
                )
            )
        return open_scans(self.scans)

    def store(self) -> str:
        """Give the URL of the store that was named, with all its offices. Raises as `office`."""
        return self.named()[0]

    def named(self) -> tuple[str, str | None]:
        """Give the URL of the store and, where one was named, the regency. Raises as `office`."""
        if not self.url:
            raise click.UsageError(
                self.say(
                    N_(
                        "No office was named: --office URL or ADMINDUK_OFFICE, as"
                        " sqlite:///tuban.db. Make one with `adminduk init`."
                    )
                )
            )
        named = _STORE_AND_REGENCY.fullmatch(self.url)
        return (named[1], named[2]) if named else (self.url, None)

    def today(self) -> date:
        """Give the day by the clock of the office; without an office that of Jakarta."""
        return datetime.now(self.zone).date()

    def who(self) -> Actor:
        """Give the actor that was named.

        Raises:
            click.UsageError: None was named, or not in the right form.
        """
        try:
            return parse_actor(self.actor)
        except InvalidInput as error:
            raise click.UsageError(error.message(self.language)) from None


def parse_actor(text: str | None) -> Actor:
    """Read `ROLE:ID@REGION`; further posts of the same person follow as `,ROLE@REGION`.

    Raises:
        InvalidInput: That is no actor.
    """
    from adminduk.records import Actor, Post, Role

    form = N_("--as ROLE:ID@REGION or ADMINDUK_AS, as village_operator:siti@35.23.08.2001")
    if not text:
        raise InvalidInput.at("", "missing", N_("Nobody was named."), form)
    roles = {role.value: role for role in Role}
    first, *more = text.split(",")
    role, _, person = first.partition(":")
    id_, _, region = person.rpartition("@")
    posts = [(role, region), *(one.partition("@")[::2] for one in more)]
    if not all(name in roles for name, _ in posts):
        raise InvalidInput.at("", "actor", N_("That is no actor."), form)
    return Actor(id_, roles[role], region, tuple(Post(roles[name], at) for name, at in posts[1:]))
