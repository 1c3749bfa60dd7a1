"""Brings the translations up to date: `python -m tests.messages`.

Texts marked in the source are extracted, merged into the translations that there are, and
compiled to what the library reads.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE: Final = Path(__file__).parent.parent / "src" / "adminduk"
FOLDER: Final = SOURCE / "locale" / "id" / "LC_MESSAGES"


def extracted() -> set[str]:
    """Give every text that is marked in the source."""
    keywords = {"N_": None, "translate": None}
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=keywords)
    return {text for _, _, text, _, _ in found if isinstance(text, str)}


_MADE: Final = datetime(2021, 7, 12, tzinfo=UTC)


def translated() -> dict[str, str]:
    """Give every text that has a translation, with it."""
    with (FOLDER / "adminduk.po").open("rb") as file:
        catalog = read_po(file, locale="id")
    return {one.id: one.string for one in catalog if one.id and one.string}


def updated() -> Catalog:
    """Give the catalog of all texts in order, each with its translation where there is one."""
    known = translated()
    # Indonesian has one form for every number; Babel would say two.
    catalog = Catalog(locale="id", fuzzy=False)
    for text in sorted(extracted()):
        catalog.add(text, known.get(text, ""))
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Write the catalog as it is kept."""
    written = BytesIO()
    write_po(written, catalog, width=96, omit_header=True)
    head = (
        b'msgid ""\nmsgstr ""\n"Language: id\\n"\n'
        b'"Content-Type: text/plain; charset=utf-8\\n"\n'
        b'"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return head + written.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """Compile a written catalog."""
    compiled = BytesIO()
    catalog = read_po(BytesIO(po), locale="id")
    catalog.creation_date = _MADE  # else the same texts would be other bytes each minute
    write_mo(compiled, catalog)
    return compiled.getvalue()


def main() -> int:
    """Write both files, and say what has no translation."""
    catalog = updated()
    po = po_bytes(catalog)
    (FOLDER / "adminduk.po").write_bytes(po)
    (FOLDER / "adminduk.mo").write_bytes(mo_bytes(po))
    missing = [one.id for one in catalog if one.id and not one.string]
    for text in missing:
        print(f"not translated: {text}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
