"""Plugins: found by entry points, named when they fail, never able to take the office down."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, version
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from adminduk import plugins
from adminduk.courier.weekly import WeeklyCourier
from adminduk.errors import InvalidInput, Refused
from adminduk.notify.console import ConsoleNotifier
from adminduk.ports import Courier, Notifier, ScanStore, Storage
from adminduk.scans.memory import MemoryScans
from adminduk.storage.backups import SQLiteBackups
from adminduk.storage.memory import MemoryStorage

Install = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_adapters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave out what other distributions offer that happen to be installed."""
    every = plugins.entry_points(group="adminduk")
    own = [one for one in every if one.dist is not None and one.dist.name == "adminduk"]
    monkeypatch.setattr(plugins, "entry_points", lambda group: own)  # noqa: ARG005
    plugins._load_all.cache_clear()
    yield
    plugins._load_all.cache_clear()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install modules as plugins beside those of the library, for one test."""
    own = list(plugins.entry_points(group="adminduk"))

    def install(**modules: ModuleType | str) -> None:
        points = list(own)
        for name, module in modules.items():
            where = module if isinstance(module, str) else module.__name__
            if not isinstance(module, str):
                monkeypatch.setitem(sys.modules, where, module)
            points.append(EntryPoint(name.rstrip("_"), where, "adminduk"))
        monkeypatch.setattr(plugins, "entry_points", lambda group: points)  # noqa: ARG005
        plugins._load_all.cache_clear()

    plugins._load_all.cache_clear()
    yield install
    plugins._load_all.cache_clear()


def module(name: str, **content: Any) -> ModuleType:
    """Make a plugin module; its functions become hook implementations."""
    made = ModuleType(f"plugin_{name}")
    for key, value in content.items():
        setattr(made, key, plugins.hookimpl(value) if callable(value) else value)
    return made


def test_what_the_library_offers_is_registered_by_the_same_hooks():
    """There is no back door: its own plugins are listed like any other."""
    plugins._load_all.cache_clear()
    here = version("adminduk")
    assert plugins.listing() == (
        plugins.Plugin("courier", here, ("adminduk_courier",), "adminduk"),
        plugins.Plugin("masters", here, ("adminduk_master",), "adminduk"),
        plugins.Plugin("notify", here, ("adminduk_notifier",), "adminduk"),
        plugins.Plugin("scans", here, ("adminduk_scans",), "adminduk"),
        plugins.Plugin("storage", here, ("adminduk_backups", "adminduk_storage"), "adminduk"),
    )
    assert dict(plugins.failures()) == {}


def test_a_url_opens_what_its_scheme_names():
    """Each `memory:` is a store of its own."""
    storage = plugins.open_storage("memory:")
    assert isinstance(storage, MemoryStorage)
    assert isinstance(storage, Storage)
    assert plugins.open_storage("memory:") is not storage
    notifier = plugins.open_notifier("console:")
    assert isinstance(notifier, ConsoleNotifier)
    assert isinstance(notifier, Notifier)
    courier = plugins.open_courier("weekly:")
    assert isinstance(courier, WeeklyCourier)
    assert isinstance(courier, Courier)
    scans = plugins.open_scans("memory:")
    assert isinstance(scans, MemoryScans)
    assert isinstance(scans, ScanStore)


@pytest.mark.parametrize(
    ("open_", "url", "scheme", "known"),
    [
        (plugins.open_storage, "oracle://siti:rahasia@db/x", "oracle:", ["memory:", "sqlite:"]),
        (plugins.open_storage, "tuban.db", "", ["memory:", "sqlite:"]),
        (plugins.open_storage, "", "", ["memory:", "sqlite:"]),
        (plugins.open_notifier, "pigeon://", "pigeon:", ["console:", "smtp:", "smtps:"]),
        (plugins.open_courier, "raven://", "raven:", ["weekly:"]),
        (plugins.open_scans, "shelf://", "shelf:", ["file:", "memory:"]),
    ],
)
def test_an_unknown_scheme_is_answered_with_those_that_are_known(
    open_: Callable[[str], object], url: str, scheme: str, known: list[str]
):
    """The rest of the URL, in which a password may be, is not repeated."""
    with pytest.raises(InvalidInput) as caught:
        open_(url)
    (fault,) = caught.value.faults
    assert (fault.path, fault.code) == ("url", "unknown_scheme")
    assert fault.facts == {"scheme": scheme, "known": known}
    assert ", ".join(known) in caught.value.message("en")
    assert "rahasia" not in caught.value.message("en")


def test_a_plugin_answers_its_own_scheme(install: Install):
    """Others keep theirs, and its scheme is named with them."""
    storage = MemoryStorage()
    install(
        paper=module(
            "paper",
            adminduk_storage=lambda url: storage if url.startswith("paper:") else None,
            SCHEMES={"adminduk_storage": ("paper",)},
        )
    )
    assert plugins.open_storage("paper:shelf") is storage
    assert plugins.open_storage("memory:") is not storage
    with pytest.raises(InvalidInput) as caught:
        plugins.open_storage("stone:")
    assert caught.value.faults[0].facts["known"] == ["memory:", "paper:", "sqlite:"]


@pytest.mark.parametrize(
    ("declared", "way"),
    [
        ({"BACKED_UP_BY": {"paper": "paper_dump"}}, "paper_dump"),
        ({"BACKED_UP_BY": {"stone": "stone_dump"}}, "what its database brings for it"),
        ({}, "what its database brings for it"),
    ],
)
def test_a_plugin_names_what_backs_its_stores_up(
    install: Install, declared: dict[str, object], way: str
):
    """Where it has no backups itself; the store is not opened."""
    install(
        paper=module(
            "paper",
            adminduk_storage=lambda url: 1 / 0 if url.startswith("paper:") else None,
            SCHEMES={"adminduk_storage": ("paper",)},
            **declared,
        )
    )
    with pytest.raises(Refused) as caught:
        plugins.open_backups("paper://siti:rahasia@shelf")
    assert caught.value.code == "no_backup"
    assert caught.value.facts["scheme"] == "paper"
    assert caught.value.message("en") == (
        f"A store of paper: is not backed up by this program. Use instead: {way}."
    )
    assert "rahasia" not in str(caught.value.facts)


def test_a_plugin_backs_its_stores_up(install: Install):
    """What it gives is used, whatever else it names."""
    own = SQLiteBackups("sqlite:///x.db")
    install(
        paper=module(
            "paper",
            adminduk_backups=lambda url: own if url.startswith("paper:") else None,
            BACKED_UP_BY={"paper": "paper_dump"},
        )
    )
    assert plugins.open_backups("paper:shelf") is own
    assert plugins.open_backups("sqlite:///x.db") is not own


def test_stores_of_an_unknown_scheme_have_no_backups():
    """The schemes of storages are named, as where one is opened."""
    with pytest.raises(InvalidInput) as caught:
        plugins.open_backups("stone:")
    assert caught.value.faults[0].facts["known"] == ["memory:", "sqlite:"]


def _unloadable(install: Install) -> None:
    install(broken="plugin_that_is_not_there")


def _of_another_time(install: Install) -> None:
    install(broken=module("broken", adminduk_gone=lambda url: None))  # noqa: ARG005


def _with_other_arguments(install: Install) -> None:
    install(broken=module("broken", adminduk_storage=lambda address: None))  # noqa: ARG005


def _of_a_taken_name(install: Install) -> None:
    install(storage_=module("broken", adminduk_storage=lambda url: 1 / 0))  # noqa: ARG005


@pytest.mark.parametrize(
    ("break_", "name", "why"),
    [
        (_unloadable, "broken", "ModuleNotFoundError: No module named 'plugin_that_is_not_there'"),
        (_of_another_time, "broken", "PluginValidationError: unknown hook 'adminduk_gone'"),
        (_with_other_arguments, "broken", "PluginValidationError: Plugin 'broken' for hook"),
        (_of_a_taken_name, "storage", "PluginValidationError: another plugin is called storage"),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_named_and_left_out(
    install: Install,
    caplog: pytest.LogCaptureFixture,
    break_: Callable[[Install], None],
    name: str,
    why: str,
):
    """It is logged once and listed as failed; everything else works."""
    break_(install)
    with caplog.at_level(logging.ERROR, "adminduk.plugins"):
        assert isinstance(plugins.open_storage("memory:"), MemoryStorage)
        plugins.open_notifier("console:")
    assert list(plugins.failures()) == [name]
    assert plugins.failures()[name].startswith(why)
    names = ["courier", "masters", "notify", "scans", "storage"]
    assert [one.name for one in plugins.listing()] == names
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_plugin_that_is_found_twice_is_registered_once(install: Install):
    """As when a distribution is on the path twice."""
    same = module("paper", adminduk_committed=lambda receipt: None)  # noqa: ARG005
    install(paper=same, paper_too=same)
    assert [one.name for one in plugins.listing()] == [
        "courier",
        "masters",
        "notify",
        "paper",
        "scans",
        "storage",
    ]
    assert dict(plugins.failures()) == {}


def test_a_plugin_of_the_host_is_listed_without_a_distribution(install: Install):
    """A host application may register its own, without entry points."""
    install()
    host = module("host", adminduk_committed=lambda receipt: None)  # noqa: ARG005
    plugins.manager().register(host, "host")
    assert plugins.Plugin("host", "", ("adminduk_committed",)) in plugins.listing()


def test_every_listener_hears_of_a_commit(install: Install, caplog: pytest.LogCaptureFixture):
    """One that fails is logged, without what it says, and stops nobody."""
    heard: list[tuple[str, object]] = []
    nik = "3523110101010001"

    def fails(receipt: object) -> None:
        heard.append(("b", receipt))
        raise RuntimeError(f"NIK {nik}")

    install(
        a=module("a", adminduk_committed=lambda receipt: heard.append(("a", receipt))),
        b=module("b", adminduk_committed=fails),
        c=module("c", adminduk_committed=lambda: heard.append(("c", None))),
    )
    with caplog.at_level(logging.DEBUG, "adminduk.plugins"):
        plugins.committed("receipt")
    assert sorted(heard) == [("a", "receipt"), ("b", "receipt"), ("c", None)]
    first, second = caplog.records
    assert first.getMessage() == "listener b failed: RuntimeError"
    assert "in fails" in (second.exc_text or "")
    assert nik not in caplog.text


def test_what_a_listener_says_when_it_fails_forges_no_entry(install: Install):
    """Where everything is logged, it stands below its entry, and betrays nobody."""

    def fails(receipt: object) -> None:
        raise RuntimeError(f"{receipt}\nERROR forged \x1b[2J 3523110101010001")

    install(a=module("a", adminduk_committed=fails))
    written = StringIO()
    handler = logging.StreamHandler(written)
    log = logging.getLogger("adminduk.plugins")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        plugins.committed("receipt")
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
    entries = [line for line in written.getvalue().splitlines() if not line.startswith("  ")]
    assert entries == ["listener a failed: RuntimeError", "listener a failed"]
    assert "in fails\n" in written.getvalue()
    assert written.getvalue().endswith("  RuntimeError\n")


def test_plugins_load_their_implementation_only_when_asked():
    """Listing plugins reads no database driver."""
    code = (
        "import sys; from adminduk import plugins; plugins.listing();"
        "print(*{'apsw', 'psycopg', 'adminduk.storage.memory', 'adminduk.notify.console'}"
        " & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == ""


def test_every_plugin_may_have_overlays_of_a_regency(install: Install, tmp_path: Path):
    """All that answer are heard, each asked for the regency; most have none."""
    assert plugins.overlays("35.23") == ()
    asked = []

    def one(office: str) -> Path | None:
        asked.append(office)
        return tmp_path / "one" if office == "35.23" else None

    install(
        one=module("one", adminduk_catalogue=one),
        other=module("other", adminduk_catalogue=lambda office: tmp_path / office),
    )
    assert set(plugins.overlays("35.23")) == {tmp_path / "one", tmp_path / "35.23"}
    assert plugins.overlays("35.22") == (tmp_path / "35.22",)
    assert asked == ["35.23", "35.22"]
