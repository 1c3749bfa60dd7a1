"""Writes the pages of the docs that are made of the code: `python -m tests.reference`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from adminduk.authority import FINDERS, TABLE, Permission
from adminduk.forms import CHOICES, FormCode
from adminduk.lifecycle.drawing import markdown, mermaid
from adminduk.lifecycle.table import CHARTS

FOLDER: Final = Path(__file__).parent.parent / "docs" / "reference"

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
        f"| {kind.NAME} | {'<br>'.join(map(_said, permissions))} |"
        for kind, permissions in TABLE.items()
    ]
    intro = (
        "What is not listed nobody may do. *area*: the record belongs to a region in the area of"
        " the post; *holder*: the post\nholds it; *above_holder*: the area contains that of the"
        " holder; *own*: the actor made it; *sender*, *receiver*: of\nthe bag; *office*: anywhere"
        " in the regency. Who approves is always another person.\n"
    )
    finders = ", ".join(f"{role.value} (area)" for role in FINDERS)
    looking = f"To look a case up for a person without a code is no command; it may: {finders}.\n"
    return "\n".join(
        [_MADE, "# Who may do what\n", intro, "| command | who |", "|---|---|", *rows, "", looking]
    )


def _said(row: Permission) -> str:
    only_if = f", if {row.only_if}" if row.only_if else ""
    approval = f", approved by {row.approval.value}" if row.approval else ""
    return f"{row.role.value} ({row.where.value}{only_if}{approval})"


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


PAGES: Final = {"lifecycles.md": lifecycles, "authority.md": authority, "forms.md": forms}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
