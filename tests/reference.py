"""Writes the pages of the docs that are made of code and rules: `python -m tests.reference`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.pages.families import index
from tests.pages.rules import all_rules
from tests.pages.service import service_page
from tests.pages.snapshot import snapshot

from adminduk import catalogue, privacy
from adminduk import commands as c
from adminduk.authority import (
    DISCLOSERS,
    FINDERS,
    IN_PERSON,
    INFORMERS,
    NAMES_ONLY,
    REPORTERS,
    SEES_READINGS,
    TABLE,
    Permission,
)
from adminduk.catalogue import Citation
from adminduk.forms import CHOICES, FormCode
from adminduk.language import LANGUAGES
from adminduk.lifecycle.drawing import markdown, mermaid
from adminduk.lifecycle.table import CHARTS
from adminduk.records import OFFICE_ROLES

FOLDER: Final = Path(__file__).parent.parent / "docs" / "reference"
SERVICES: Final = FOLDER.parent / "services"

_MADE: Final = (
    "<!-- Made of the code by `python -m tests.reference`; a test holds them equal. -->\n"
)


def lifecycles() -> str:
    """Give the page of the lifecycles: of each a diagram and a table."""
    pages = [
        f"{markdown(kind).rstrip()}\n\n```mermaid\n{mermaid(kind).strip()}\n```\n"
        for kind in CHARTS
    ]
    intro = (
        "What may happen to each kind of record, in which state. What is not listed for a state is"
        " refused; where there are\nguards, all of them must hold. Some happen by a command about"
        " another record: copies are ordered by `verify` and\n`replace`, originals expected by"
        " `submit`, papers sealed, unsealed, ticked (`arrive`, `extra`) and missed (`finish`)"
        " with\ntheir bag; a case settles by itself with the end of its last product.\n"
    )
    return "\n".join([_MADE, "# Lifecycles\n", intro, *pages])


def authority() -> str:
    """Give the page of who may do what."""
    rows = [
        f"| {kind.NAME} | {'<br>'.join(_said(kind, one) for one in permissions)} |"
        for kind, permissions in TABLE.items()
    ]
    intro = (
        "What is not listed nobody may do. *area*: the record belongs to a region in the area of"
        " the post; *holder*: the post\nholds it; *above_holder*: the area contains that of the"
        " holder; *own*: the actor made it; *sender*, *receiver*: of\nthe bag; *office*: anywhere"
        " in the regency. Who approves is always another person, in the role that stands"
        " here if\nthe head of office has set no other, or nobody. Any other command that a role of"
        " the office gives may be set to need\nan approval (`approvals` of `change_settings`), but"
        " `change_settings` itself, `erase` and `seal_journal`.\n\n"
        "A role of the office may also be filled by delegation, for some days; what is given *in"
        " person* is not, nor is the\nsetting of approvals. Roles of the office are"
        f" {', '.join(sorted(OFFICE_ROLES))}.\n"
    )
    finders = ", ".join(f"{role.value} (area)" for role in FINDERS)
    seers = ", ".join(role.value for role in SEES_READINGS)
    looking = (
        f"To look a case up for a person without a code is no command; it may: {finders}.\n\n"
        f"Who reads a case gives `read`; of it {', '.join(sorted(NAMES_ONLY))} sees names alone."
        f" Who read what is seen by {seers},\nand of their own case by who applied.\n"
    )
    disclosers, reporters, informers = map(", ".join, (DISCLOSERS, REPORTERS, INFORMERS))
    looking += f"\nTo give people their own data is none either; it may: {disclosers}. To say whose"
    looking += f" data was laid open: {reporters}; whom to tell, in full: {informers}.\n"
    return "\n".join(
        [_MADE, "# Who may do what\n", intro, "| command | who |", "|---|---|", *rows, "", looking]
    )


def _said(kind: type[c.Command], row: Permission) -> str:
    only_if = f", if {row.only_if}" if row.only_if else ""
    approval = f", approved by {row.approval.value}" if row.approval else ""
    in_person = ", in person" if kind in IN_PERSON and row.role in OFFICE_ROLES else ""
    return f"{row.role.value} ({row.where.value}{only_if}{approval}{in_person})"


def forms() -> str:
    """Give the page of what the forms let one choose from."""
    intro = (
        "What the forms of Permendagri 109/2019 let one choose from (`adminduk.forms`): the code"
        " that is written down, the name\nin a program, and the names in both languages; `parse`"
        " takes the code and either name. Codes and terms were read from\nforms as they are in use"
        " and not from the annex of the regulation: *reported*. An occupation that is not listed"
        " is kept as\nit was told, with the code of `OTHER` (`Occupation`).\n"
    )
    return "\n".join([_MADE, "# Choices of the forms\n", intro, *map(_choices, CHOICES)])


def _choices(kind: type[FormCode]) -> str:
    title = kind.title()
    where = kind.form() or "before Permendagri 109/2019"
    rows = [f"| {one.code} | `{one.name}` | {one.label.id} | {one.label.en} |" for one in kind]
    head = f"## {kind.__name__}\n\n{where}: {title.id} – {title.en}\n"
    return "\n".join([head, "| code | name | id | en |", "|---|---|---|---|", *rows, ""])


def personal_data() -> str:
    """Give the page of what is held of people, and where what may stand in full."""
    table = privacy.load()
    intro = (
        "Every field of a record, command, message and row, and every answer to a question, is of"
        " one of these kinds; a test\nholds the table to the code. *general* and *specific* are"
        " those of UU 27/2022 ps 4; *protected* is what UU 24/2013 ps 84\nprotects, or that article"
        " as it was first worded. Whatever is said of a child is specific besides. Another test"
        " looks for\npeople in all that an office writes, place by place.\n"
    )
    kinds = [_kind(one, table) for one in table.kinds.values()]
    places = [
        f"| {one.name} | {', '.join(one.may) or 'nothing'} | {one.why} |"
        for one in table.places.values()
    ]
    duties = [
        f"| {one.says.en}<br>{one.says.id} | {_cited(one.law, table)} |"
        for one in table.duties.values()
    ]
    return "\n".join(
        [
            *(_MADE, "# Personal data\n", intro),
            *("## What the law asks\n", "| what | where it stands |", "|---|---|", *duties, ""),
            *("## Where what may stand in full\n", "| place | may stand there | why |"),
            *("|---|---|---|", *places, ""),
            *("## Kinds of data\n", *kinds),
        ]
    )


def _kind(kind: privacy.Kind, table: privacy.Privacy) -> str:
    law = "; ".join(_cited(one, table) for one in kind.law)
    fields = ", ".join(f"`{one}`" for one in sorted(kind.fields)) if law else "all others"
    return "\n".join(
        [
            f"### {kind.name.en} (`{kind.id}`)\n",
            f"{kind.name.id}: *{kind.data_class.value}*{f', {law}' if law else ''}.\n",
            f"* for: {kind.purpose}",
            f"* seen in full by: {kind.sees}",
            f"* kept: {kind.kept}",
            f"* fields: {fields}",
            "",
        ]
    )


def _cited(law: Citation, table: privacy.Privacy) -> str:
    return f"{table.instruments[law.instrument].title} ps {law.article} ({law.certainty})"


def rules() -> str:
    """Give the page of where each rule stands."""
    return f"{_MADE}\n{all_rules(catalogue.load())}"


def said() -> str:
    """Give all that the rules say, a line each."""
    return snapshot(catalogue.load())


def services() -> dict[str, str]:
    """Give the pages for people, of each service in each language, by their names."""
    law = catalogue.load()
    pages = {}
    for language in LANGUAGES:
        pages[f"{language}/README.md"] = index(law, language)
        for name in law.periods:
            pages[f"{language}/{name}.md"] = service_page(law, name, language)
    return {name: f"{_MADE}\n{page}" for name, page in pages.items()}


def written() -> dict[str, str]:
    """Give the pages for people as they are written down."""
    found = sorted(SERVICES.glob("*/*.md"))
    return {one.relative_to(SERVICES).as_posix(): one.read_text(encoding="utf-8") for one in found}


PAGES: Final = {
    "lifecycles.md": lifecycles,
    "authority.md": authority,
    "forms.md": forms,
    "personal-data.md": personal_data,
    "rules.md": rules,
    "catalogue.txt": said,
}


def main() -> None:
    """Write every page; remove those of services that there are no more."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    pages = services()
    for name in written().keys() - pages.keys():
        (SERVICES / name).unlink()
    for name, text in pages.items():
        place = SERVICES / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
