"""Runs the kits on a URL: storages and scans, each check at a place of its own; the others."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from attrs import define, frozen

from adminduk.errors import AdmindukError, InvalidInput, Refused
from adminduk.language import N_
from adminduk.plugins import (
    lacking,
    open_courier,
    open_master,
    open_notifier,
    open_scans,
    open_storage,
)

__all__ = [
    "FAILED",
    "PASSED",
    "SKIPPED",
    "Finding",
    "Gateway",
    "Place",
    "conform",
    "conform_courier",
    "conform_master",
    "conform_notifier",
    "conform_scans",
]

PASSED: Final = "passed"
FAILED: Final = "failed"
SKIPPED: Final = "skipped"

_NEW: Final = ("{tmp}", "{n}")
"""What is new in a URL each time."""

_MODULE: Final = Path(__file__).parent / "kits" / "conforming.py"
_OWN_WAYS: Final = (
    "--noconftest",
    f"--confcutdir={_MODULE.parent}",
    "--capture=no",
    *(f"-pno:{name}" for name in ("terminal", "cacheprovider", "faulthandler")),
)
"""Nothing of the folder it is started in, of other plugins, or of pytest's own report."""


@frozen
class Finding:
    """What one check found.

    Attributes:
        name: Its stable name.
        module: The module of the kit that it is in.
        promise: What it holds the storage to.
        outcome: passed, failed or skipped.
        why: The first line of what failed, or the capabilities that are missing.
        seconds: How long it took.
    """

    name: str
    module: str
    promise: str
    outcome: str
    why: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "name": f"{self.module}::{self.name}",
            "promise": self.promise,
            "outcome": self.outcome,
            "why": self.why,
            "seconds": round(self.seconds, 3),
        }


@define
class Place:
    """Where the checks are made: a new and empty place for each.

    Attributes:
        template: The URL, in which `{tmp}` becomes a new folder, and `{n}` a new name.
        lacks: The capabilities that its scheme is declared to lack.
        root: The folder that new ones are made in.
    """

    template: str
    lacks: frozenset[str]
    root: Path

    def url(self) -> str:
        """Give the URL of a place that holds no office.

        Raises:
            Refused: It holds one; nothing there was touched.
            InvalidInput: No plugin knows the scheme, or it is no URL of it.
            StorageFailure: It cannot be opened.
        """
        url = self._new()
        storage = open_storage(url)
        offices = list(storage.offices())
        storage.close()
        if offices:
            raise Refused(
                "place_taken",
                N_(
                    "That store holds offices: {offices}. Name an empty place; nothing was changed."
                ),
                offices=offices,
            )
        return url

    def scans_url(self) -> str:
        """Give the URL of an empty store of scans.

        Raises:
            Refused: It keeps some; nothing there was touched.
            InvalidInput: No plugin knows the scheme, or it is no URL of it.
            StorageFailure: It cannot be opened.
        """
        url = self._new()
        store = open_scans(url)
        kept = store.kept(limit=1)
        store.close()
        if kept:
            raise Refused(
                "place_taken",
                N_("That store keeps scans. Name an empty place; nothing was changed."),
            )
        return url

    def _new(self) -> str:
        name = "n" + uuid4().hex[:12]
        url = self.template.replace("{n}", name)
        if "{tmp}" in url:
            folder = self.root / name
            folder.mkdir()
            url = url.replace("{tmp}", folder.as_posix())
        return url


@frozen
class Gateway:
    """A notifier, and to whom it sends what the checks send."""

    url: str
    recipient: str


def conform(
    template: str,
    *,
    tell: Callable[[Finding], None] | None = None,
    names: Collection[str] | None = None,
) -> list[Finding]:
    """Hold a storage to what storages promise, and give what each check found.

    Args:
        template: The URL of the storage, as `Place` takes it.
        tell: Is told of each check as soon as it is over.
        names: Run these checks only.

    Raises:
        InvalidInput: All checks would be made at one place that keeps what is there.
        Refused: A place holds an office.
        StorageFailure: A place cannot be opened.
    """
    return run(f"{_MODULE}::TestStorage", _places("storage", template), tell or _nobody, names)


def conform_scans(
    template: str,
    *,
    tell: Callable[[Finding], None] | None = None,
    names: Collection[str] | None = None,
) -> list[Finding]:
    """Hold a store of scans to what every one promises. Takes and raises as `conform`.

    Raises:
        Refused: A place keeps scans.
    """
    return run(f"{_MODULE}::TestScans", _places("scans", template), tell or _nobody, names)


def _places(what: str, template: str) -> object:
    """Give what gives each check a place of its own."""
    lacks = lacking(template)
    if not any(one in template for one in _NEW) and "reopens" not in lacks:
        raise InvalidInput.at(
            what,
            "fixed_place",
            N_("Each check needs an empty place of its own, and that is always the same one."),
            N_("a URL with {{tmp}} for a new folder or {{n}} for a new name in it"),
        )

    class Given:
        @pytest.fixture
        def place(self, tmp_path_factory: pytest.TempPathFactory) -> Place:
            return Place(template, lacks, tmp_path_factory.getbasetemp().parent)

    return Given()


def conform_notifier(
    url: str,
    recipient: str,
    *,
    tell: Callable[[Finding], None] | None = None,
    names: Collection[str] | None = None,
) -> list[Finding]:
    """Hold a notifier to what notifiers promise; some fifty messages are really sent.

    Args:
        url: The URL of the notifier.
        recipient: The phone number to which the messages go.
        tell: Is told of each check as soon as it is over.
        names: Run these checks only.

    Raises:
        InvalidInput: No plugin knows the scheme.
    """
    open_notifier(url)

    class Given:
        @pytest.fixture
        def gateway(self) -> Gateway:
            return Gateway(url, recipient)

    return run(f"{_MODULE}::TestNotifier", Given(), tell or _nobody, names)


def conform_courier(
    url: str,
    *,
    tell: Callable[[Finding], None] | None = None,
    names: Collection[str] | None = None,
) -> list[Finding]:
    """Hold a courier to what couriers promise; some sixty bags are really booked, then cancelled.

    Args:
        url: The URL of the courier.
        tell: Is told of each check as soon as it is over.
        names: Run these checks only.

    Raises:
        InvalidInput: No plugin knows the scheme.
    """
    open_courier(url)

    class Given:
        @pytest.fixture
        def carrier(self) -> str:
            return url

    return run(f"{_MODULE}::TestCourier", Given(), tell or _nobody, names)


def conform_master(
    url: str,
    *,
    tell: Callable[[Finding], None] | None = None,
    names: Collection[str] | None = None,
) -> list[Finding]:
    """Hold a master to what masters promise; some keys are wrapped that nobody needs.

    Args:
        url: The URL of the master.
        tell: Is told of each check as soon as it is over.
        names: Run these checks only.

    Raises:
        InvalidInput: No plugin knows the scheme, or what is there is no master.
        Refused: There is none, others may read it, or something must be installed.
        StorageFailure: It cannot be reached.
    """
    open_master(url)

    class Given:
        @pytest.fixture
        def keeper(self) -> str:
            return url

    return run(f"{_MODULE}::TestMaster", Given(), tell or _nobody, names)


def run(
    kit: str,
    given: object,
    tell: Callable[[Finding], None],
    names: Collection[str] | None,
) -> list[Finding]:
    """Run the checks of one kit.

    Args:
        kit: File and class, as pytest names them.
        given: An object with the fixtures that the class asks for.
        tell: Is told of each check as soon as it is over.
        names: Run these checks only; None: all.
    """
    with tempfile.TemporaryDirectory(prefix="adminduk-") as folder, _undisturbed():
        root = Path(folder).resolve()
        listener = _Listener(tell)
        chosen = [kit] if names is None else [f"{kit}::{name}" for name in names]
        arguments = [f"-c{os.devnull}", f"--rootdir={root}", f"--basetemp={root / 'pytest'}"]
        code = pytest.main([*arguments, *_OWN_WAYS, *chosen], plugins=[listener, given])
    if listener.stopped is not None:
        raise listener.stopped
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError("\n".join(listener.not_read) or f"pytest ended with {code}")
    return listener.findings


def _nobody(_: Finding) -> None:
    """Nobody asked to be told."""


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep what people have set up for their own tests away, and leave this process as it was."""
    environment, path = dict(os.environ), list(sys.path)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:] = path


class _Listener:
    """Hears what pytest reports."""

    def __init__(self, tell: Callable[[Finding], None]) -> None:
        self._tell = tell
        self._checks: dict[str, pytest.Function] = {}
        self._reports: list[pytest.TestReport] = []
        self.findings: list[Finding] = []
        self.stopped: AdmindukError | None = None
        self.not_read: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Know the functions of the checks."""
        self._checks = {one.nodeid: one for one in items if isinstance(one, pytest.Function)}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Hear of a kit that cannot be read."""
        if report.failed:
            self.not_read.append(report.longreprtext)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[None]:
        """Stop where there is no place for a check."""
        try:
            return (yield)
        except AdmindukError as error:
            if fixturedef.argname in {"storage_url", "scans_url"}:
                self.stopped = error
                request.session.shouldstop = error.code
            raise

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear of one phase of a check."""
        self._reports.append(report)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Tell what a check found, when all its phases are over."""
        reports, self._reports = self._reports, []
        if self.stopped is not None:
            return
        check = self._checks[nodeid].function
        outcome, why = _judged(reports)
        found = Finding(
            name=check.__name__,
            module=check.__module__.rpartition(".")[2],
            promise=(check.__doc__ or "").strip(),
            outcome=outcome,
            why=why,
            seconds=sum(one.duration for one in reports),
        )
        self.findings.append(found)
        self._tell(found)


def _judged(reports: list[pytest.TestReport]) -> tuple[str, str]:
    """Give how the phases of a check ended together, and why."""
    for report in reports:
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            text = crash.message if crash is not None else report.longreprtext
            return FAILED, text.strip().partition("\n")[0]
    for report in reports:
        if report.skipped:
            assert isinstance(report.longrepr, tuple), "where it was skipped, and why"
            return SKIPPED, report.longrepr[2].removeprefix("Skipped: needs ")
    return PASSED, ""
