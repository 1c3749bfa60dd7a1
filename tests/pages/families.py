"""The services by family, as the files of the rules have them, and the page that lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from tests.pages.wording import joined, started

from adminduk.catalogue import Catalogue, Text

__all__ = ["index"]

_FAMILIES: Final = {
    "kk": Text("Kartu Keluarga", "Family cards (KK)"),
    "ktp": Text("KTP-el", "Identity cards (KTP-el)"),
    "kia": Text("Kartu Identitas Anak", "Child identity cards (KIA)"),
    "birth": Text("Kelahiran", "Births"),
    "death": Text("Kematian", "Deaths"),
    "marriage": Text("Perkawinan dan perceraian", "Marriages and divorces"),
    "child": Text(
        "Pengakuan, pengesahan dan pengangkatan anak",
        "Recognition, legitimation and adoption of children",
    ),
    "change": Text(
        "Perubahan nama dan kewarganegaraan, pembetulan dan pembatalan akta",
        "Changes of name and citizenship, correction and annulment of certificates",
    ),
    "move": Text("Pindah dan datang", "Moves and arrivals"),
    "biodata": Text("Biodata dan NIK", "Personal data and the NIK"),
    "nonpermanen-rentan": Text(
        "Penduduk nonpermanen dan penduduk rentan",
        "Temporary residents and residents without documents",
    ),
    "ikd": Text("Identitas digital", "Digital identity"),
    "legalisir": Text("Legalisir", "Legalisation"),
}
_OTHERS: Final = Text("Layanan lain", "Other services")
_TITLE: Final = Text("Layanan kependudukan", "Services of the civil registration office")
_INTRO: Final = Text(
    "Untuk setiap layanan: siapa yang dapat mengajukan, apa yang dibawa, dan menurut aturan mana."
    " Semuanya gratis.\nYang tertulis di sini adalah aturan nasional; dinas kabupaten/kota dapat"
    " mempunyai aturan tambahan.",
    "For each service: who may apply, what to bring, and by which rule. Everything is free.\nThese"
    " are the national rules; a regency or city may have rules of its own.",
)
_OTHER_PAGE: Final = Text("[English](../en/README.md)", "[Bahasa Indonesia](../id/README.md)")
_HEAD: Final = Text("| layanan | dokumen yang dibuat |", "| service | documents made |")


def _families(catalogue: Catalogue) -> dict[Text, list[str]]:
    """Give the services of each family; those of a file that has no name are others."""
    found: dict[Text, list[str]] = {name: [] for name in (*_FAMILIES.values(), _OTHERS)}
    folder = files("adminduk.catalogue").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            family = _FAMILIES.get(file.name.removesuffix(".toml"), _OTHERS)
            tables = tomllib.loads(file.read_text(encoding="utf-8")).get("service", [])
            found[family] += dict.fromkeys(one["id"] for one in tables)
    listed = [name for services in found.values() for name in services]
    assert sorted(listed) == sorted(catalogue.periods), "a service stands in one file"
    return {family: services for family, services in found.items() if services}


def index(catalogue: Catalogue, language: str) -> str:
    """Give the page that lists every service."""
    return "\n".join(_lines(catalogue, language))


def _lines(catalogue: Catalogue, language: str) -> Iterator[str]:
    yield f"# {_TITLE.in_language(language)}\n"
    yield f"{_INTRO.in_language(language)}\n"
    yield f"{_OTHER_PAGE.in_language(language)}\n"
    for family, services in _families(catalogue).items():
        yield f"## {family.in_language(language)}\n"
        yield _HEAD.in_language(language)
        yield "|---|---|"
        yield from (_row(catalogue, name, language) for name in services)
        yield ""


def _row(catalogue: Catalogue, name: str, language: str) -> str:
    service = catalogue.periods[name][-1]
    title = started(service.name.in_language(language))
    made = [catalogue.products[one].name.in_language(language) for one in service.products]
    return f"| [{title}]({name}.md) | {joined(made, language) if made else '–'} |"
