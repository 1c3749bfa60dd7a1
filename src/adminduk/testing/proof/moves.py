"""Everything that anybody could do about a record, right or wrong: who says what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from attrs import frozen

from adminduk import commands as c
from adminduk.authority import TABLE
from adminduk.catalogue import Way, load
from adminduk.lifecycle import table_of
from adminduk.records import (
    Actor,
    Collector,
    DeliveryWay,
    DifferenceOutcome,
    Letter,
    Place,
    Post,
    Relation,
    Role,
    Scan,
    Shelved,
    Shown,
    Witness,
)
from adminduk.testing.cast import HEADS, OFFICE, REGISTRARS, VILLAGES
from adminduk.testing.proof.essence import NOW
from adminduk.testing.proof.sizes import Ref, Size

__all__ = ["Move", "moves_about"]

Fields = dict[str, Any]
DISTRICT: Final = VILLAGES[0].rpartition(".")[0]
_SCAN: Final = Shown(Way.SCAN, (Scan("ab" * 32, "application/pdf", 1000),))
_COLLECTOR: Final = Collector(name="Pengambil", relation=Relation.SELF)


@frozen(eq=False)
class Move:
    """A command that somebody gives, or time that passes: then there is none.

    Attributes:
        ref: The record that it is about.
        command: What is done.
        by: Who does it.
    """

    ref: Ref
    command: c.Command | None = None
    by: Actor | None = None

    @property
    def needs_luck(self) -> bool:
        """Whether it takes an applicant who comes, a paper that turns up, or a mishap.

        An original that is to be given back waits for its owner however long that takes.
        """
        gives_back = self.ref[0] == "original" and isinstance(self.command, c.HandOver)
        return isinstance(self.command, _BY_LUCK) and not gives_back


_BY_LUCK: Final = (
    c.Submit,
    c.Amend,
    c.Answer,
    c.Attend,
    c.Withdraw,
    c.HandOver,
    c.RecordHandover,
    c.Confirm,
    c.TakeIn,
    c.Found,
    c.ReportMissing,
    c.WriteOff,
)
_LEFT_OUT: Final = frozenset(
    {"remind", "ask_after", "report", "follow_blanks", "set_contact", "move_rules"}
)
"""Commands that change nothing that another one goes by."""


def moves_about(size: Size, ref: Ref, state: str) -> Iterator[Move]:
    """Give all that could be done about a record in a state, as far as its lifecycle goes."""
    kind, key = ref
    table = table_of(kind)
    for command in c.BY_NAME.values():
        about = kind in command.KINDS or (command is c.Destroy and kind in {"copy", "original"})
        left_out = command.NAME in size.without | _LEFT_OUT
        if left_out or not about or not table.arrows(state, command.NAME):
            continue
        who = [one for one in size.actors if _has_role(one, command)]
        for by in who:
            for content in _CONTENT.get(command, _nothing)(size, key, by):
                for approved in _approved(command, by):
                    yield Move(ref, command(**_subject(command, key), **content, **approved), by)


def _subject(command: type[c.Command], key: str) -> Fields:
    return {} if command is c.Destroy else {command.SUBJECT: key}


def _has_role(by: Actor, command: type[c.Command]) -> bool:
    """Whether somebody is in a role that may give such a command at all."""
    return not {post.role for post in by.posts}.isdisjoint(row.role for row in TABLE[command])


def _approved(command: type[c.Command], by: Actor) -> Iterator[Fields]:
    """Let the right one approve; nobody; and who gives it."""
    if all(row.approval is None for row in TABLE[command]):
        yield {}
        return
    right = REGISTRARS if command is c.RecordHandover else HEADS
    yield {"approved_by": next(one for one in right if one.id != by.id)}
    yield {"approved_by": None}
    yield {"approved_by": by}


def _nothing(*_: object) -> Iterator[Fields]:
    yield {}


def _reason(*_: object) -> Iterator[Fields]:
    yield {"reason": "sebagaimana dicatat"}


_DOORS: Final = {
    Role.APPLICANT: "online",
    Role.VILLAGE_OPERATOR: "village",
    Role.DISTRICT_OPERATOR: "district",
    Role.FRONT_DESK: "counter",
}


def _shown(size: Size, by: Actor) -> dict[str, Shown]:
    """Show everything as it is asked for at a door: by a scan, if that will do."""
    todo = size.todo(_DOORS[by.role])
    return {one.id: _SCAN if Way.SCAN in one.ways else Shown(min(one.ways)) for one in todo.needed}


def _draft(size: Size, _: str, by: Actor) -> Iterator[Fields]:
    about = {
        "region": VILLAGES[0],
        "services": size.services,
        "applicant": next(iter(size.people.values())),
        "people": size.people,
        "facts": dict(size.facts),
    }
    shown = _shown(size, by)
    yield {**about, "evidence": shown}
    handed_in = {
        one.id: Shown(Way.HANDED_IN)
        for one in size.todo(_DOORS[by.role]).needed
        if one.surrender is not None and by.role is not Role.APPLICANT
    }
    if handed_in and "take_in" not in size.without:
        yield {**about, "evidence": shown | handed_in}


def _adopt(size: Size, *_: object) -> Iterator[Fields]:
    """Enter a case with its first document at each place, or with none, which is ordered then."""
    about = {
        "region": VILLAGES[0],
        "services": size.services,
        "applicant": next(iter(size.people.values())),
        "people": size.people,
        "facts": dict(size.facts),
        "source": "Buku ekspedisi 2021",
    }
    yield about
    for place in Place:
        yield {**about, "papers": (Shelved(product=_products(size)[0], place=place),)}


def _first(size: Size) -> str:
    return size.todo("village").needed[0].id


def _shown_anew(size: Size, *_: object) -> Iterator[Fields]:
    yield {"evidence": {_first(size): _SCAN}}


def _items(size: Size) -> tuple[str, ...]:
    return tuple(one.id for one in size.todo("village").needed)


def _return(size: Size, *_: object) -> Iterator[Fields]:
    first, *others = _items(size)
    yield {"faults": {first: "tidak terbaca"}, "accepted": tuple(others)}


def _verify(size: Size, *_: object) -> Iterator[Fields]:
    yield {"accepted": _items(size)}
    yield {"accepted": ()}


def _products(size: Size) -> tuple[str, ...]:
    services = (load().service(one, NOW.date()) for one in size.services)
    return tuple(dict.fromkeys(product for one in services for product in one.products))


def _each_product(size: Size, *_: object) -> Iterator[Fields]:
    for product in _products(size):
        yield {"product": product, "reason": "rusak"}


def _choose_delivery(size: Size, *_: object) -> Iterator[Fields]:
    letter = Letter("470/1", NOW.date())
    for product in _products(size):
        yield {"product": product, "way": DeliveryWay.COURIER}
        yield {"product": product, "way": DeliveryWay.COUNTER, "letter": letter}
        yield {"product": product, "way": DeliveryWay.DIGITAL}


def _withdraw(_: Size, __: str, by: Actor) -> Iterator[Fields]:
    alone = by.role is Role.APPLICANT
    yield {"reason": "batal", "authorisation": None if alone else _SCAN}


def _print(_: Size, key: str, __: Actor) -> Iterator[Fields]:
    yield {"blank": f"B{key.rpartition('/')[2]:0>7}"}
    yield {"signature": "Kepala Dinas"}


def _condemn(*_: object) -> Iterator[Fields]:
    yield {"reason": "cacat"}
    yield {"reason": "cacat", "damaged": True}


def _destroy(_: Size, key: str, __: Actor) -> Iterator[Fields]:
    witness = Witness(name="Saksi", position="Kepala Seksi")
    yield {"minutes": f"BA/{key.rpartition('/')[2]}", "papers": (key,), "witnesses": (witness,)}


def _papers(size: Size) -> list[str]:
    return [key for kind, key in size.refs if kind in {"copy", "original"}]


def _plan(size: Size, _: str, by: Actor) -> Iterator[Fields]:
    to = DISTRICT if by.role is Role.PRINT_OPERATOR else OFFICE
    papers = _papers(size)
    for many in range(1, len(papers) + 1):
        for items in combinations(papers, many):
            yield {"to": to, "items": items}


def _seal(size: Size, *_: object) -> Iterator[Fields]:
    for count in range(1, len(_papers(size)) + 1):
        yield {"count": count}


def _count(size: Size, *_: object) -> Iterator[Fields]:
    for item in _papers(size):
        yield {"arrived": (item,)}
        yield {"damaged": (item,)}
        yield {"extra": (item,)}


def _resolve(size: Size, *_: object) -> Iterator[Fields]:
    owner = Post(Role.REGISTRY_OPERATOR, OFFICE)
    for item in _papers(size):
        for outcome in DifferenceOutcome:
            yield {"item": item, "owner": owner, "outcome": outcome}


_CONTENT: Final[Mapping[type[c.Command], Callable[[Size, str, Actor], Iterator[Fields]]]] = {
    c.Draft: _draft,
    c.Submit: _draft,
    c.Adopt: _adopt,
    c.Amend: _shown_anew,
    c.Answer: _shown_anew,
    c.Attend: lambda size, *_: iter([{"act": one.id} for one in size.todo("village").attend]),
    c.Correct: lambda size, *_: iter([{"item": _first(size), "people": {}, "reason": "salah"}]),
    c.Return: _return,
    c.Reject: lambda *_: iter([{"ground": "bukan penduduk"}]),
    c.Verify: _verify,
    c.Reopen: _reason,
    c.Replace: _each_product,
    c.GiveUp: _each_product,
    c.ChooseDelivery: _choose_delivery,
    c.Withdraw: _withdraw,
    c.Print: _print,
    c.Misprint: lambda *_: iter([{"blank": "S0000001", "reason": "tinta"}]),
    c.Issue: lambda *_: iter([{"signature": "Kepala Dinas", "link": "https://example.invalid/d"}]),
    c.Revoke: lambda *_: iter([{"fault": "salah nama"}]),
    c.HandOver: lambda *_: iter([{"to": _COLLECTOR}]),
    c.RecordHandover: lambda *_: iter([{"to": _COLLECTOR, "reason": "terlanjur"}]),
    c.Condemn: _condemn,
    c.DeclareLost: _reason,
    c.Destroy: _destroy,
    c.TakeIn: lambda size, key, _: iter([{"unexpected": key.rpartition("/")[2] in size.left}]),
    c.Waive: _reason,
    c.GiveBack: _reason,
    c.Plan: _plan,
    c.Seal: _seal,
    c.Unseal: _reason,
    c.ComeBack: _reason,
    c.Arrive: lambda *_: iter([{"seal_whole": True}, {"seal_whole": False}]),
    c.Count: _count,
    c.WriteOff: _reason,
    c.Resolve: _resolve,
}
"""What is said besides what it is about: every choice that leads on differently."""
