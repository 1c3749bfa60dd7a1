"""A small set of sound rules for tests to spoil, and writing such rules as a TOML file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from adminduk.catalogue import Catalogue, load_directory
from adminduk.errors import Fault, InvalidInput

__all__ = ["FILE", "GONE", "changed", "faults_of", "loaded", "rules", "spoilt", "toml", "write"]

FILE = "rules.toml"
GONE = object()
"""In place of a value: the key is left out."""

Rules = dict[str, Any]

_TEXT = {"id": "teks", "en": "text"}
_CITE = [{"instrument": "law", "article": "1", "certainty": "confirmed"}]
_SURE = {"content": "confirmed", "cite": _CITE}
_SCANNED = {"village": ["scan"], "district": ["scan"], "counter": ["seen"], "online": ["scan"]}


def _yes_no(name: str) -> Rules:
    return {"id": name, "kind": "yes_no", "ask": _TEXT}


def _choice(name: str, *values: str) -> Rules:
    return {"id": name, "kind": "choice", "ask": _TEXT, "values": dict.fromkeys(values, _TEXT)}


_RULES: Rules = {
    "instrument": [
        {"id": "law", "title": "UU 1/2000", "about": "Uji", "number": "1", "year": 2000}
    ],
    "fact": [
        _choice("applicant_relation", "self", "other"),
        _yes_no("lost"),
        _yes_no("married"),
        {
            "id": "age",
            "kind": "number",
            "ask": _TEXT,
            "cuts": [5, 17],
            "derived": {"from": "holder.birth_date", "measure": "years"},
        },
    ],
    "constraint": [{"never": [{"age": {"below": 5}, "married": True}]}],
    "paper": [
        {"id": "form", "name": _TEXT, "form": "F-1.02"},
        {"id": "card", "name": _TEXT},
        {"id": "letter", "name": _TEXT},
        {"id": "oath", "name": _TEXT},
    ],
    "showing": [{"id": "copy", "name": _TEXT, **_SCANNED, **_SURE}],
    "product": [
        {
            "id": "ktp",
            "name": _TEXT,
            "form": "blank",
            "digital": False,
            "subject": [["holder.nik"], ["holder.name", "holder.birth_date"]],
            **_SURE,
        }
    ],
    "service": [
        {
            "id": "ktp-baru",
            "name": _TEXT,
            "from": date(2020, 7, 1),
            "applicants": ["self"],
            "products": ["ktp"],
            "attend": [{"id": "biometrics", "text": _TEXT, **_SURE}],
            "standard": {"hours": 24, **_SURE},
            "deadline": {"days": 30, "event": _TEXT, **_SURE},
            "party": [{"id": "holder", "needs": ["nik", "name"]}],
            "objection": [
                {
                    "id": "young",
                    "when": [{"age": {"below": 17}, "married": False}],
                    "text": _TEXT,
                    **_SURE,
                }
            ],
            "warning": [{"id": "child", "when": [{"age": {"below": 5}}], "text": _TEXT, **_SURE}],
            "item": [
                {"paper": "form", "why": _TEXT, "show": "copy", **_SURE},
                {
                    "paper": "card",
                    "why": _TEXT,
                    "show": _SCANNED,
                    "when": [{"age": {"from": 5}}, {"lost": True}],
                    "surrender": {"due": "handover", "fate": "kept"},
                    "substitute": [
                        {
                            "paper": "letter",
                            "why": _TEXT,
                            "show": "copy",
                            "when": [{"lost": True, "married": True}],
                            **_SURE,
                        },
                        {
                            "paper": "oath",
                            "why": _TEXT,
                            "show": "copy",
                            "when": [{"lost": True}],
                            **_SURE,
                        },
                    ],
                    **_SURE,
                },
            ],
            **_SURE,
        },
        {
            "id": "other",
            "name": _TEXT,
            "from": date(2020, 7, 1),
            "standard": {"hours": 24, **_SURE},
            "party": [{"id": "holder", "needs": ["name"]}],
            "item": [
                {
                    "paper": "card",
                    "why": _TEXT,
                    "show": "copy",
                    "provided_by": ["ktp-baru"],
                    **_SURE,
                }
            ],
            **_SURE,
        },
    ],
}


def rules() -> Rules:
    """Give a fresh copy of sound rules: tables by their kind."""
    fresh: Rules = _copy(_RULES)
    return fresh


def _copy(value: Any) -> Any:
    """Copy a value so that none of its parts is one with another."""
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def spoilt(changes: dict[str, Any]) -> Rules:
    """Give the sound rules with other values at these paths (`service[0].item[1].paper`)."""
    return changed(_RULES, changes)


def changed(content: Rules, changes: dict[str, Any]) -> Rules:
    """Give a copy of rules with other values at some paths."""
    copied: Rules = _copy(content)
    for path, value in changes.items():
        *steps, last = [
            int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)
        ]
        place: Any = copied
        for step in steps:
            place = place[step]
        if value is GONE:
            del place[last]
        elif last == len(place):
            place.append(value)
        else:
            place[last] = value
    return copied


def toml(value: object) -> str:
    """Write a value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def write(folder: Path, content: Rules, name: str = FILE) -> None:
    """Write a file of rules."""
    lines = (f"{toml(key)} = {toml(value)}\n" for key, value in content.items())
    (folder / name).write_text("".join(lines), encoding="utf-8")


def loaded(folder: Path, content: Rules) -> Catalogue:
    """Load rules from a file that is written for it."""
    write(folder, content)
    return load_directory(folder)


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Give everything that is found wrong with a folder."""
    try:
        load_directory(folder)
    except InvalidInput as error:
        return error.faults
    return ()
