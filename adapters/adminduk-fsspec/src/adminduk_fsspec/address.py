"""Where a store is: a URL as fsspec reads it, what we add to it, and how it may be shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen
from fsspec.asyn import AsyncFileSystem

from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.ports import can_be_written

__all__ = ["Address"]

_SECONDS: Final = 60.0
"""How long one request may take at all, with all that is tried again inside it."""

_DRIVERS: Final = {
    "az": ("adlfs", "AzureBlobFileSystem", "azure"),
    "gs": ("gcsfs", "GCSFileSystem", "gcs"),
    "s3": ("s3fs", "S3FileSystem", "s3"),
    "sftp": ("sshfs", "SSHFileSystem", "sftp"),
}
"""By scheme: the module, its class, and the extra that installs it."""


@frozen
class Address:
    """A place in a store.

    Attributes:
        shown: The URL as it may be shown: without a password and without options.
        seconds: How long one request may take.
    """

    shown: str
    seconds: float
    _url: str = field(repr=False)
    _options: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, url: str) -> Address:
        """Read a URL; what follows its `?` are options of fsspec, and `seconds`.

        Raises:
            InvalidInput: It names no bucket or server, or is no URL.
        """
        plain, _, query = url.partition("?")
        options: dict[str, Any] = dict(parse_qsl(query))
        try:
            parts = urlsplit(plain)
            seconds = float(options.pop("seconds", _SECONDS))
        except ValueError:
            raise _invalid() from None  # its text may quote the password
        if not parts.netloc or parts.fragment or not 0 < seconds < float("inf"):
            raise _invalid()
        if "\0" in url or not can_be_written(url) or (parts.scheme == "s3" and parts.username):
            raise _invalid()
        who, at, where = parts.netloc.rpartition("@")
        shown = f"{parts.scheme}://{who.partition(':')[0]}{at}{where}{parts.path.rstrip('/')}"
        return cls(shown, seconds, plain.rstrip("/"), options)

    def connected(self) -> tuple[AsyncFileSystem, str]:
        """Give what speaks to the store, and the path of the place in it.

        Raises:
            Refused: What speaks to stores of this scheme is not installed.
        """
        scheme = self._url.partition(":")[0]
        module, name, extra = _DRIVERS[scheme]
        try:
            driver = getattr(import_module(module), name)
        except ModuleNotFoundError:
            raise Refused(
                "no_scan_store",
                N_("To keep scans there something must be installed: {instead}."),
                command="scan",
                instead=[f"pip install 'adminduk-fsspec[{extra}]'"],
            ) from None
        usual: dict[str, Any] = {"use_listings_cache": False}
        if scheme == "sftp":  # else it takes whatever server answers, and is never connected again
            usual = {"known_hosts": (), "timeout": self.seconds, "skip_instance_cache": True}
        named = driver._get_kwargs_from_urls(self._url)  # noqa: SLF001 - what fsspec itself asks
        options = usual | named | self._options
        return driver(**options), driver._strip_protocol(self._url)  # noqa: SLF001 - likewise


def _invalid() -> InvalidInput:
    return InvalidInput.at(
        "url",
        "scans_url",
        N_("That names no place for scans in a store."),
        N_("a URL as s3://bucket/folder or sftp://user@host/folder"),
    )
