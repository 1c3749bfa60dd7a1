"""Who acts in a modelled office: invented people at real posts of Tuban (35.23)."""

from __future__ import annotations

from typing import Final

from adminduk.records import Actor, Post, Role

__all__ = ["CAST", "HEADS", "OFFICE", "REGISTRARS", "VILLAGES"]

OFFICE: Final = "35.23"
_DISTRICTS: Final = ("35.23.08", "35.23.16")
VILLAGES: Final = ("35.23.08.2001", "35.23.08.2002", "35.23.16.1003")
"""Two villages of one district, and one of another."""

REGISTRARS: Final = (
    Actor("rini", Role.REGISTRY_OPERATOR, OFFICE),
    Actor("rudi", Role.REGISTRY_OPERATOR, OFFICE),
)
HEADS: Final = (
    Actor("kepala", Role.HEAD_OF_OFFICE, OFFICE),
    Actor("wakil", Role.HEAD_OF_OFFICE, OFFICE),
)
CAST: Final = (
    *(Actor(f"warga-{place[-4:]}", Role.APPLICANT, place) for place in VILLAGES),
    *(Actor(f"desa-{place[-4:]}", Role.VILLAGE_OPERATOR, place) for place in VILLAGES),
    *(Actor(f"camat-{place[-2:]}", Role.DISTRICT_OPERATOR, place) for place in _DISTRICTS),
    *REGISTRARS,
    *HEADS,
    Actor("cetak", Role.PRINT_OPERATOR, OFFICE),
    Actor("kurir", Role.COURIER, OFFICE),
    Actor("loket", Role.FRONT_DESK, OFFICE),
    Actor("periksa", Role.AUDITOR, OFFICE),
    Actor("sistem", Role.SYSTEM, OFFICE),
    # One person with two posts: who submits at the counter may not verify it as registrar.
    Actor("ratna", Role.FRONT_DESK, OFFICE, (Post(Role.REGISTRY_OPERATOR, OFFICE),)),
)
"""Everybody; none of these people exists."""
