"""Plugins: hooks by which storages, scans, notifiers and listeners reach the library.

A plugin is a module with functions marked `@hookimpl`, named in the entry-point group `adminduk` of
its distribution. What the library itself offers is registered in the same way. Plugins are loaded
when one is first needed; one that cannot be loaded is logged and listed, and the office runs on.

Where the environment has `ADMINDUK_PLUGINS`, only plugins of the distributions that it names are
loaded beside the library's own, as in `adminduk-postgresql, adminduk-fsspec`; of any other not a
line is run. It names distributions, for a plugin may call itself whatever it likes.

No plugin takes another's place: of several that name the same scheme none is loaded but the
library's own, and where several answer a URL it is refused.

A plugin may have `SCHEMES`, a mapping of hook to the URL schemes it answers, as
`{"adminduk_storage": ("sqlite",)}`: they are named to whoever writes a scheme that nobody knows.
It may have `LACKS`, a mapping of scheme to what a storage of it cannot have, as
`{"memory": ("durable",)}`; the kit of storages (`adminduk.testing.kits`) says what there is.
It may have `BACKED_UP_BY`, a mapping of scheme to what its stores are backed up by where that is
not `adminduk backup`, as `{"postgresql": "pg_dump, pg_restore"}`.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
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
from adminduk.logs import logger
from adminduk.ports import Backups, Courier, Master, Notifier, ScanStore, Storage

__all__ = [
    "ALLOWED",
    "GROUP",
    "Hooks",
    "Plugin",
    "absent",
    "committed",
    "failures",
    "holidays",
    "hookimpl",
    "lacking",
    "left_out",
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

_log = logger(__name__)

GROUP: Final = "adminduk"
"""The name of the plugin system and of its entry-point group."""

ALLOWED: Final = "ADMINDUK_PLUGINS"
"""The variable of the environment with the names of distributions whose plugins may be loaded."""

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
        hooks: The hooks it answers, sorted; of one that was not loaded nobody knows them.
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
    left_out: list[EntryPoint] = field(factory=list)
    absent: list[str] = field(factory=list)


_loading: Final = RLock()


def _load() -> _Loaded:
    with _loading:  # two threads that are first at once get the same plugins
        return _load_all()


@cache
def _load_all() -> _Loaded:
    loaded = _Loaded(pluggy.PluginManager(GROUP))
    loaded.manager.add_hookspecs(Hooks)
    found = sorted(entry_points(group=GROUP), key=_place)
    allowed = _allowed()
    loaded.absent.extend(sorted((allowed or set()) - set(map(_distribution, found))))
    for point in found:
        if allowed is None or _is_own(point) or _distribution(point) in allowed:
            _load_one(loaded, point)
        else:
            loaded.left_out.append(point)
    _part_rivals(loaded)
    return loaded


def _allowed() -> set[str] | None:
    """Give the distributions whose plugins may be loaded; None: all."""
    said = os.environ.get(ALLOWED)
    return None if said is None else set(map(_one_spelling, said.replace(",", " ").split()))


def _one_spelling(name: str) -> str:
    """Write the name of a distribution as one that is installed may be compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _distribution(point: EntryPoint) -> str:
    return _one_spelling(point.dist.name) if point.dist else ""


def _is_own(point: EntryPoint) -> bool:
    """Whether it is a module of this library that it names itself."""
    return _distribution(point) == GROUP and point.module.partition(".")[0] == GROUP


def _place(point: EntryPoint) -> tuple[bool, str, str]:
    """Have the library's own first: nobody takes their names; the others in one order always."""
    return not _is_own(point), _distribution(point), point.name


def _load_one(loaded: _Loaded, point: EntryPoint) -> None:
    try:
        _register(loaded.manager, point)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it may break in any way, or end us
        _note_failure(loaded, point.name, error)
    else:
        loaded.points[point.name] = point


def _note_failure(loaded: _Loaded, name: str, error: BaseException) -> None:
    why = f"{type(error).__name__}: {error}"
    loaded.failures[name] = why
    _log.error("plugin %s cannot be loaded: %s", name, why)


def _part_rivals(loaded: _Loaded) -> None:
    """Take out what names the same scheme as another: nobody would know whose a store is."""
    naming: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, plugin in loaded.manager.list_name_plugin():
        for one in _named_schemes(plugin):
            naming[one].append(name)
    for (hook, scheme), names in naming.items():
        foreign = [name for name in names if not _is_own(loaded.points[name])]
        for name in foreign if len(names) > 1 else ():
            others = ", ".join(other for other in names if other != name)
            text = f"{hook} of {scheme}: is answered by {others} as well"
            rival = loaded.manager.unregister(name=name)
            _note_failure(loaded, name, pluggy.PluginValidationError(rival, text))


def _named_schemes(plugin: object) -> set[tuple[str, str]]:
    """Give the hooks with the schemes that a plugin says it answers."""
    said = getattr(plugin, "SCHEMES", {})
    return {(hook, scheme) for hook, schemes in said.items() for scheme in schemes}


def _register(plugins: pluggy.PluginManager, point: EntryPoint) -> None:
    """Register a plugin that answers nothing but hooks there are; undo it if it does otherwise."""
    plugin = point.load()
    _named_schemes(plugin)  # or it fails now, and not when somebody opens a store
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


def left_out() -> tuple[Plugin, ...]:
    """List the plugins that are installed and were not loaded, as they are not allowed."""
    return tuple(_told(point.name, point) for point in _load().left_out)


def absent() -> tuple[str, ...]:
    """Name the distributions that are allowed and have no plugin here."""
    return tuple(_load().absent)


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
    return _told(name, loaded.points.get(name), tuple(sorted(caller.name for caller in callers)))


def _told(name: str, point: EntryPoint | None, hooks: tuple[str, ...] = ()) -> Plugin:
    source = point.dist if point else None
    return Plugin(name, source.version if source else "", hooks, source.name if source else "")


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
    backups: Backups | None = _asked("adminduk_backups", url)
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
    answer = _asked(hook, url)
    if answer is None:
        raise _unknown_scheme(url, hook)
    return answer


def _asked(hook: str, url: str) -> Any:
    """Ask those plugins that name the scheme of a URL; where none does, each of them.

    Raises:
        Refused: Several have answered.
    """
    scheme = url.partition(":")[0]
    every = [(name, one) for name, one in manager().list_name_plugin() if one is not None]
    asked = [pair for pair in every if (hook, scheme) in _named_schemes(pair[1])] or every
    answers = {name: _alone(hook, plugin)(url=url) for name, plugin in asked}
    given = {name: one for name, one in answers.items() if one is not None}
    if len(given) <= 1:
        return next(iter(given.values()), None)
    for one in given.values():
        getattr(one, "close", lambda: None)()
    raise Refused(
        "several_plugins",
        N_(
            "Several plugins answer {scheme}: {plugins}. Remove all but one, or name in"
            " ADMINDUK_PLUGINS the distributions whose plugins may be loaded."
        ),
        scheme=scheme[:40],
        plugins=list(given),
    )


def _alone(hook: str, plugin: object) -> pluggy.HookCaller:
    """Give what calls a hook of one plugin, and of no other."""
    others = [one for one in manager().get_plugins() if one is not plugin]
    return manager().subset_hook_caller(hook, others)


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
    hook = manager().hook.adminduk_committed
    for listener in reversed(hook.get_hookimpls()):  # in the order in which pluggy calls them
        try:
            _alone(hook.name, listener.plugin)(receipt=receipt)
        except Exception as error:  # noqa: BLE001 - a plugin may break in any way; the office runs on
            _log.error("listener %s failed: %s", listener.plugin_name, type(error).__name__)
            _log.debug("listener %s failed", listener.plugin_name, exc_info=error)
