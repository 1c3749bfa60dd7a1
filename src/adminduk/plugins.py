"""Plugins: hooks by which storages, notifiers and listeners reach the library.

What the library itself offers is registered by the same hooks, through its own entry points.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final

import pluggy
from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Notifier, Storage

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "GROUP",
    "Hooks",
    "Plugin",
    "committed",
    "failures",
    "hookimpl",
    "listing",
    "manager",
    "open_notifier",
    "open_storage",
]

_log = logging.getLogger(__name__)

GROUP: Final = "adminduk"
"""The name of the plugin system and of its entry-point group."""

_hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Hooks:
    """Every hook there is."""

    @_hookspec(firstresult=True)
    def adminduk_storage(self, url: str) -> Storage | None:
        """Give the storage of a URL, or None if the URL is not of your scheme."""

    @_hookspec(firstresult=True)
    def adminduk_notifier(self, url: str) -> Notifier | None:
        """Give the notifier of a URL, or None if the URL is not of your scheme."""

    @_hookspec
    def adminduk_committed(self, receipt: Any) -> None:
        """Hear of a command that took effect, after its commit; failing stops nobody."""


@frozen
class Plugin:
    """A plugin as it is listed."""

    name: str
    version: str
    hooks: tuple[str, ...]


@lru_cache(maxsize=1)
def _loaded() -> tuple[pluggy.PluginManager, dict[str, str]]:
    plugins = pluggy.PluginManager(GROUP)
    plugins.add_hookspecs(Hooks)
    failed: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            plugins.register(point.load(), point.name)
        except Exception as error:  # noqa: BLE001 - a plugin may break in any way; the office runs on
            failed[point.name] = f"{type(error).__name__}: {error}"
            _log.error("plugin %s could not be loaded: %s", point.name, failed[point.name])  # noqa: TRY400
    plugins.check_pending()
    return plugins, failed


def manager() -> pluggy.PluginManager:
    """Give the plugin manager; plugins are loaded when it is first asked for."""
    return _loaded()[0]


def failures() -> Mapping[str, str]:
    """Give the plugins that could not be loaded, and why."""
    return _loaded()[1]


def listing() -> tuple[Plugin, ...]:
    """List the plugins with what they hook."""
    versions = {point.name: point.dist.version for point in entry_points(group=GROUP) if point.dist}
    plugins = manager()
    found = []
    for name, plugin in sorted(plugins.list_name_plugin()):
        callers = plugins.get_hookcallers(plugin) or []
        hooks = tuple(sorted(caller.name for caller in callers))
        found.append(Plugin(name, versions.get(name, "–"), hooks))
    return tuple(found)


def open_storage(url: str) -> Storage:
    """Open the storage of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
        StorageFailure: The plugin cannot open it.
    """
    storage: Storage | None = manager().hook.adminduk_storage(url=url)
    if storage is None:
        raise _unknown(url, N_("a URL as sqlite:///tuban.db; `adminduk plugins` lists more"))
    return storage


def open_notifier(url: str) -> Notifier:
    """Open the notifier of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
    """
    notifier: Notifier | None = manager().hook.adminduk_notifier(url=url)
    if notifier is None:
        raise _unknown(url, N_("a URL as console:; `adminduk plugins` lists more"))
    return notifier


def _unknown(url: str, accepted: str) -> InvalidInput:
    scheme = url.partition(":")[0][:40]
    return InvalidInput.at(
        "url", "unknown_scheme", N_("No plugin knows {scheme}."), accepted, scheme=scheme
    )


def committed(receipt: object) -> None:
    """Tell all listeners of a commit; one that fails is logged and stops nobody."""
    plugins = manager()
    for implementation in plugins.hook.adminduk_committed.get_hookimpls():
        try:
            implementation.function(receipt)
        except Exception:
            _log.exception("listener %s failed", implementation.plugin_name)
