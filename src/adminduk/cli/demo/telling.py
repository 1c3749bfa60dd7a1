"""A played story, told to people or given to programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, evolve, field

from adminduk import regions
from adminduk.catalogue import Catalogue, Citation
from adminduk.checklist import Checklist
from adminduk.cli.app import App
from adminduk.cli.courier import print_manifest
from adminduk.cli.demo.stage import Outcome, Played, Result
from adminduk.cli.printing import show
from adminduk.language import N_
from adminduk.office import Office
from adminduk.office.tracking import TrackedPaper
from adminduk.records import Application, Post, Role
from adminduk.values import Level, Phone, RegionCode, TrackingCode

__all__ = ["Teller", "as_dict", "tell_where"]


@define
class Teller:
    """Tells a story scene by scene; what was told already is not told again.

    Attributes:
        app: The language.
        catalogue: The rules.
        number: The scene that was told last.
        results: What was told last of each record.
        letters: The messages that were told, without what differs from case to case.
    """

    app: App
    catalogue: Catalogue
    number: int = 0
    results: dict[tuple[str, str], Result] = field(factory=dict)
    letters: set[str] = field(factory=set)

    def tell(self, played: Played) -> None:
        """Tell a scene: where and why, what each does, and what comes of it."""
        app, scene = self.app, played.scene
        self.number += 1
        show()
        show(f"{self.number}. {app.say(scene.title)}", hang="   ")
        app.tell(scene.told)
        if played.todo is not None:
            show()
            self._tell_list(played.todo)
        if played.outcomes:
            show()
        seen: set[str] = set()
        for outcome in played.outcomes:
            by = outcome.step.by
            who = by.id if by.id in seen else f"{by.id} ({app.name(by.role)})"
            seen.add(by.id)
            show(f"{who}: {app.say(outcome.step.does)}", hang="  ")
            self._tell_what_came_of_it(outcome)
        for to, text in played.messages:
            self._tell_message(to, text)

    def _tell_list(self, todo: Checklist) -> None:
        """Tell in short what must be brought, each with its law; `adminduk checklist` says why."""
        app = self.app
        for item in todo.needed:
            name = item.name.in_language(app.language)
            laws = "; ".join(map(self._law, item.cite))
            said = [f"{name} ({item.id}): {laws}."]
            said += [app.say(N_("The original is handed in."))] if item.surrender else []
            show(" ".join(said), indent="  [x] ", hang="      ")
        assert todo.final
        app.tell(N_("The list is final. Everything is free."), indent="  ")

    def _law(self, cited: Citation) -> str:
        title = self.catalogue.instruments[cited.instrument].title
        if not cited.article:
            return title
        article = self.app.say(N_("art. {article}"), article=cited.article)
        return f"{title} {article}"

    def _tell_what_came_of_it(self, outcome: Outcome) -> None:
        app = self.app
        if outcome.refusal is not None:
            why = outcome.refusal.message(app.language)
            show(app.say(N_("refused: {why}"), why=why), indent="  x  ", hang="     ")
        new = [one for one in outcome.results if self.results.get((one.kind, one.id)) != one]
        self.results |= {(one.kind, one.id): one for one in new}
        for line in _changed(app, new):
            show(line, indent="  -> ", hang="     ")
        if outcome.manifest is not None:
            show()
            print_manifest(app, outcome.manifest)
            show()

    def _tell_message(self, to: str, text: str) -> None:
        kind = _CODE.sub("", text)
        if kind in self.letters:
            return
        self.letters.add(kind)
        whom = Phone.parse(to).masked() if to.startswith("+") else to
        told = self.app.say(N_("message to {whom}: {text}"), whom=whom, text=text)
        show(told, indent="  @  ", hang="     ")


_CODE: Final = re.compile(r"\b([0-9A-Z]{10}-[0-9A-Z]|\d{4}-\d\d-\d\d)\b")
"""A tracking code or a day: what alone does not make it another kind of message."""


def _changed(app: App, results: Iterable[Result]) -> Iterator[str]:
    """Say what changed, what came to the same of one kind in one line."""
    same: dict[Result, list[Result]] = {}
    for one in results:
        same.setdefault(evolve(one, id="", what=""), []).append(one)
    for what_came_of_it, several in same.items():
        names = ", ".join(_names(several))
        yield f"{app.name(what_came_of_it.kind)} {names}: {_where(app, what_came_of_it)}"


def _names(results: Iterable[Result]) -> Iterator[str]:
    """Name records; the code of a case is not repeated."""
    before = ""
    for one in results:
        code, slash, rest = one.id.partition("/")
        name = f"{slash}{rest}" if slash and code == before else one.id
        yield f"{name} ({one.what})" if one.what else name
        before = code


def _where(app: App, one: Result) -> str:
    """Say where a record is: its state, or who answers for it where that says the same."""
    said = [] if one.state in _HELD else [app.name(one.state)]
    said += [app.say(N_("in {bag}"), bag=one.bag)] if one.bag else []
    said += [app.say(N_("with {post}"), post=_post(app, one.holder))] if one.holder else []
    if one.condemned and one.state in _HELD:
        said.append(app.say(N_("condemned")))
    elif one.goes_home and one.state in _HELD - {"at_office"}:
        said.append(app.say(N_("on its way home")))
    return ", ".join(said)


_HELD: Final = frozenset({"at_office", "at_counter", "at_district", "at_village", "bagged"})
"""States in which a paper is where its post or its bag is."""


def _post(app: App, post: Post) -> str:
    """Name a post with its place; those of the office are in one place."""
    role = app.name(post.role)
    if post.region.level is Level.REGENCY:
        return role
    return f"{role} {regions.get(post.region).name}"


def tell_where(
    app: App, office: Office, cases: Iterable[TrackingCode], why: Mapping[str, str]
) -> None:
    """Tell where every paper of the cases is, who answers for it, and why.

    Args:
        app: The language.
        office: Where the cases are.
        cases: Their codes.
        why: What is to be said of a paper or a case, marked with `N_`.
    """
    for code in cases:
        record = office.record("application", code.full())
        assert isinstance(record, Application)
        tracking = office.track(code)
        place = regions.get(record.region).name
        show(f"{code} ({record.case.applicant.name}, {place}): {app.name(tracking.state)}")
        for paper in tracking.papers:
            _tell_paper(app, paper, why.get(paper.id, ""))
        if code.full() in why:
            app.tell(why[code.full()], indent="  ")


def _tell_paper(app: App, paper: TrackedPaper, why: str) -> None:
    number = paper.id.partition("/")[2]
    what = paper.what if number.isdigit() else app.name("original")
    where = _where(app, _as_result(paper))
    line = f"/{number} ({what}): {where}"
    show(f"{line}. {app.say(why)}" if why else line, indent="  ", hang="    ")


def _as_result(paper: TrackedPaper) -> Result:
    holder = None
    if paper.answers:
        role, _, region = paper.answers.partition("@")
        holder = Post(Role(role), RegionCode.parse(region))
    return Result(
        kind="",
        id=paper.id,
        state=paper.state,
        goes_home=paper.heading == "home",
        holder=holder,
        bag=paper.bag,
    )


def as_dict(app: App, played: Played) -> dict[str, Any]:
    """Give a scene for programs."""
    return {
        "at": played.scene.at.isoformat(),
        "title": app.say(played.scene.title),
        "checklist": None if played.todo is None else played.todo.as_dict(app.language),
        "steps": [_step_as_dict(app, one) for one in played.outcomes],
        "messages": [text for _, text in played.messages],
    }


def _step_as_dict(app: App, outcome: Outcome) -> dict[str, Any]:
    step, refusal = outcome.step, outcome.refusal
    planned = ["plan_bags"] if step.plans else []
    return {
        "by": step.by.id,
        "do": [*planned, *(command.NAME for command in step.commands)],
        "ok": refusal is None,
        "answers": [receipt.as_dict() for receipt in outcome.receipts],
        "error": None if refusal is None else refusal.as_dict(app.language),
    }
