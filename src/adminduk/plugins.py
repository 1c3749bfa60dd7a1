"""Plugins: hooks by which storages, scans, notifiers and listeners reach the library.

A plugin is a module with functions marked `@hookimpl`, named in the entry-point group `adminduk` of
its distribution. What the library itself offers is registered in the same way. Plugins are loaded
when one is first needed; one that cannot be loaded is logged and listed, and the office runs on.

A plugin may have `SCHEMES`, a mapping of hook to the URL schemes it answers, as
`{"adminduk_storage": ("sqlite",)}`: they are named to whoever writes a scheme that nobody knows.
It may have `LACKS`, a mapping of scheme to what a storage of it cannot have, as
`{"memory": ("durable",)}`; the kit of storages (`adminduk.testing.kits`) says what there is.
It may have `BACKED_UP_BY`, a mapping of scheme to what its stores are backed up by where that is
not `adminduk backup`, as `{"postgresql": "pg_dump, pg_restore"}`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from itertools import chain
from threading import RLock
from typing import Any, Final

import pluggy
from attrs import field, frozen

from adminduk.errors import InvalidInput, Refused
from adminduk.language import LANGUAGES, N_, translate
from adminduk.ports import Backups, Courier, Master, Notifier, ScanStore, Storage

__all__ = [
    "GROUP",
    "Hooks",
    "Plugin",
    "committed",
    "failures",
    "holidays",
    "hookimpl",
    "lacking",
    "listing",
    "manager",
    "open_backups",
    "open_courier",
    "open_master",
    "open_notifier",
    "open_scans",
    "open_storage",
    "overlays",
]

_log = logging.getLogger(__name__)

GROUP: Final = "adminduk"
"""The name of the plugin system and of its entry-point group."""

_hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as what answers the hook of its name."""


class Hooks:
    """Every hook there is."""

    @_hookspec(firstresult=True)
    def adminduk_storage(self, url: str) -> Storage | None:
        """Give the storage of a URL, or None if the URL is not of your scheme."""

    @_hookspec(firstresult=True)
    def adminduk_backups(self, url: str) -> Backups | None:
        """Give what backs the store of a URL up, or None if you do not; nothing is opened yet."""

    @_hookspec(firstresult=True)
    def adminduk_scans(self, url: str) -> ScanStore | None:
        """Give the store of scans of a URL, or None if the URL is not of your scheme."""

    @_hookspec(firstresult=True)
    def adminduk_notifier(self, url: str) -> Notifier | None:
        """Give the notifier of a URL, or None if the URL is not of your scheme."""

    @_hookspec(firstresult=True)
    def adminduk_courier(self, url: str) -> Courier | None:
        """Give the courier of a URL, or None if the URL is not of your scheme."""

    @_hookspec(firstresult=True)
    def adminduk_master(self, url: str) -> Master | None:
        """Give what wraps keys under the master of a URL, or None if it is not of your scheme."""

    @_hookspec
    def adminduk_catalogue(self, office: str) -> Traversable | None:
        """Give the folder of TOML files with the overlays of a regency, or None if you have none.

        A folder may hold overlays of many regencies; only those of `office` (as `35.23`) count.
        """

    @_hookspec
    def adminduk_holidays(self, year: int) -> Iterable[date]:  # type: ignore[empty-body] # a hook
        """Give days of a year on which the office does not work besides those of the country."""

    @_hookspec
    def adminduk_committed(self, receipt: Any) -> None:
        """Hear of a command that took effect, after its commit; failing stops nobody."""


@frozen
class Plugin:
    """A plugin as it is listed.

    Attributes:
        name: Its name in the entry-point group.
        version: That of its distribution; empty for one that the host registered itself.
        hooks: The hooks it answers, sorted.
        distribution: The distribution it came with; empty likewise.
    """

    name: str
    version: str
    hooks: tuple[str, ...]
    distribution: str = ""


@frozen
class _Loaded:
    manager: pluggy.PluginManager
    points: dict[str, EntryPoint] = field(factory=dict)
    failures: dict[str, str] = field(factory=dict)


_loading: Final = RLock()


def _load() -> _Loaded:
    with _loading:  # two threads that are first at once get the same plugins
        return _load_all()


@cache
def _load_all() -> _Loaded:
    loaded = _Loaded(pluggy.PluginManager(GROUP))
    loaded.manager.add_hookspecs(Hooks)
    for point in entry_points(group=GROUP):
        try:
            _register(loaded.manager, point)
        except Exception as error:  # noqa: BLE001 - a plugin may break in any way; the office runs on
            why = f"{type(error).__name__}: {error}"
            loaded.failures[point.name] = why
            _log.error("plugin %s cannot be loaded: %s", point.name, why)
        else:
            loaded.points[point.name] = point
    return loaded


def _register(plugins: pluggy.PluginManager, point: EntryPoint) -> None:
    """Register a plugin that answers nothing but hooks there are; undo it if it does otherwise."""
    plugin = point.load()
    if plugins.is_registered(plugin):  # the same distribution, found twice
        return
    if plugins.has_plugin(point.name):
        taken = f"another plugin is called {point.name}"
        raise pluggy.PluginValidationError(plugin, taken)
    try:
        plugins.register(plugin, point.name)
        plugins.check_pending()
    except pluggy.PluginValidationError:
        if plugins.has_plugin(point.name):  # some releases of pluggy check while they register
            plugins.unregister(name=point.name)
        raise


def manager() -> pluggy.PluginManager:
    """Give the plugin manager; plugins are loaded when it is first asked for."""
    return _load().manager


def failures() -> Mapping[str, str]:
    """Give the plugins that could not be loaded, and why."""
    return dict(_load().failures)


def listing() -> tuple[Plugin, ...]:
    """List the plugins with where they came from and what they hook."""
    loaded = _load()
    return tuple(
        _listed(loaded, name, plugin)
        for name, plugin in sorted(loaded.manager.list_name_plugin(), key=lambda pair: pair[0])
        if plugin is not None
    )


def _listed(loaded: _Loaded, name: str, plugin: object) -> Plugin:
    callers = loaded.manager.get_hookcallers(plugin) or []
    point = loaded.points.get(name)
    source = point.dist if point else None
    return Plugin(
        name,
        source.version if source else "",
        tuple(sorted(caller.name for caller in callers)),
        source.name if source else "",
    )


def open_storage(url: str) -> Storage:
    """Open the storage of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
        StorageFailure: The plugin cannot open it.
    """
    storage: Storage = _answer("adminduk_storage", url)
    return storage


def lacking(url: str) -> frozenset[str]:
    """Give the capabilities that storages of the scheme of a URL are declared to lack."""
    scheme = url.partition(":")[0]
    return frozenset(
        one
        for plugin in manager().get_plugins()
        for one in getattr(plugin, "LACKS", {}).get(scheme, ())
    )


def open_backups(url: str) -> Backups:
    """Give what backs the store of a URL up; the store itself is not opened.

    Raises:
        InvalidInput: No plugin knows the scheme.
        Refused: Stores of the scheme are backed up by something else, which the error names.
    """
    backups: Backups | None = manager().hook.adminduk_backups(url=url)
    if backups is not None:
        return backups
    scheme = url.partition(":")[0]
    every = manager().get_plugins()
    schemes = [getattr(one, "SCHEMES", {}).get("adminduk_storage", ()) for one in every]
    if scheme not in chain.from_iterable(schemes):
        raise _unknown_scheme(url, "adminduk_storage")
    usual = N_("what its database brings for it")
    ways = [getattr(one, "BACKED_UP_BY", {}).get(scheme, "") for one in every]
    way = next(filter(None, ways), usual)
    raise Refused(
        "no_backup",
        N_("A store of {scheme}: is not backed up by this program. Use instead: {way}."),
        scheme=scheme,
        way={language: translate(way, language) for language in LANGUAGES},
    )


def open_scans(url: str) -> ScanStore:
    """Open the store of scans of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
        StorageFailure: The plugin cannot open it.
    """
    scans: ScanStore = _answer("adminduk_scans", url)
    return scans


def open_notifier(url: str) -> Notifier:
    """Open the notifier of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
    """
    notifier: Notifier = _answer("adminduk_notifier", url)
    return notifier


def open_courier(url: str) -> Courier:
    """Open the courier of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme.
    """
    courier: Courier = _answer("adminduk_courier", url)
    return courier


def open_master(url: str) -> Master:
    """Give what wraps keys under the master of a URL.

    Raises:
        InvalidInput: No plugin knows the scheme, or what is there is no master.
        Refused: There is none, others may read it, or something must be installed.
        StorageFailure: It cannot be reached.
    """
    master: Master = _answer("adminduk_master", url)
    return master


def _answer(hook: str, url: str) -> Any:
    answer = getattr(manager().hook, hook)(url=url)
    if answer is None:
        raise _unknown_scheme(url, hook)
    return answer


def _unknown_scheme(url: str, hook: str) -> InvalidInput:
    """Name the scheme alone: the rest of a URL may hold a password."""
    scheme, colon, _ = url.partition(":")
    known = sorted(
        f"{one}:"
        for plugin in manager().get_plugins()
        for one in getattr(plugin, "SCHEMES", {}).get(hook, ())
    )
    return InvalidInput.at(
        "url",
        "unknown_scheme",
        N_("No plugin knows the scheme of that URL: {scheme}"),
        N_("a URL that begins with one of {known}"),
        scheme=scheme[:40] + colon if colon else "",
        known=known,
    )


def holidays(year: int) -> frozenset[date]:
    """Give the days that plugins say nobody works on, besides those of the country."""
    return frozenset(chain.from_iterable(manager().hook.adminduk_holidays(year=year)))


def overlays(office: str) -> tuple[Traversable, ...]:
    """Give the folders of overlays that plugins have for a regency, in the order they answer."""
    return tuple(manager().hook.adminduk_catalogue(office=office))


def committed(receipt: object) -> None:
    """Tell all listeners of a commit; one that fails is logged and stops nobody."""
    plugins = manager()
    hook = plugins.hook.adminduk_committed
    for listener in reversed(hook.get_hookimpls()):  # in the order in which pluggy calls them
        others = [one for one in plugins.get_plugins() if one is not listener.plugin]
        try:
            plugins.subset_hook_caller(hook.name, others)(receipt=receipt)
        except Exception as error:  # noqa: BLE001 - a plugin may break in any way; the office runs on
            _log.error("listener %s failed: %s", listener.plugin_name, type(error).__name__)
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.debug("listener %s failed:\n%s", listener.plugin_name, where)
