"""A slip as PDF or as pictures: `pip install adminduk[slips]` brings what sets it.

The same slip gives the same bytes: no clock is asked.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import orjson
from attrs import asdict

from adminduk.errors import Refused
from adminduk.language import N_, translate
from adminduk.masking import shown

if TYPE_CHECKING:
    from adminduk.slips.slip import Slip

__all__ = ["pdf", "pictures"]

_SHEETS: Final = {
    "a5": {"paper": "a5", "across": False},
    "a4": {"paper": "a4", "across": False},
    "a4-across": {"paper": "a4", "across": True},
}
_NO_TIME: Final = datetime.fromtimestamp(0, UTC)
_SHARPNESS: Final = 110.0


def pdf(slip: Slip) -> bytes:
    """Set a slip as PDF.

    Raises:
        Refused: What sets it is not installed.
    """
    made: bytes = _set(slip, format="pdf", timestamp=_NO_TIME)
    return made


def pictures(slip: Slip, *, sharpness: float = _SHARPNESS) -> list[bytes]:
    """Set a slip as PNG, a picture for each page, at so many dots an inch. Raises as `pdf`."""
    made: bytes | list[bytes] = _set(slip, format="png", ppi=sharpness)
    return [made] if isinstance(made, bytes) else made


def _set(slip: Slip, **settings: Any) -> Any:
    try:
        import typst
    except ModuleNotFoundError:
        raise Refused(
            "no_typesetter",
            N_("To set slips as PDF something must be installed: {instead}."),
            command="slip",
            instead=["pip install 'adminduk[slips]'"],
        ) from None
    told = {"slip": orjson.dumps(_told(slip)).decode()}
    return typst.compile(_layout(), sys_inputs=told, ignore_system_fonts=True, **settings)


@cache
def _layout() -> bytes:
    return files(__package__).joinpath("slip.typ").read_bytes()


def _told(slip: Slip) -> dict[str, Any]:
    """Say what the layout is told; nothing hidden is in it, and no NIK in full."""
    texts: dict[str, Any] = _shown_within(asdict(slip))
    return texts | {
        "sheet": _SHEETS[slip.paper],
        "qr": _qr(texts["scanned"]),
        "page": translate(N_("Page"), slip.language),
        "of": translate(N_("of"), slip.language),
    }


def _shown_within(data: Any) -> Any:
    if isinstance(data, str):
        return shown(data)
    if isinstance(data, dict):
        return {key: _shown_within(value) for key, value in data.items()}
    return [_shown_within(one) for one in data] if isinstance(data, (list, tuple)) else data


def _qr(text: str) -> str:
    """Draw a QR code as SVG; it is read even with a quarter of it soiled."""
    if not text:
        return ""
    import segno

    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=4)
    return drawn.getvalue().decode()
