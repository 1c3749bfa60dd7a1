"""Scans in a real server of SFTP on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import asyncssh
import pytest
from hypothesis import settings

from adminduk.errors import StorageFailure
from adminduk.plugins import open_scans
from adminduk.testing.kits import ScanKit
from fsspec_servers import SECRET, sftp_server

SERVER_KEY = asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder below which the server shows everything."""
    return tmp_path_factory.getbasetemp()


@pytest.fixture(scope="module")
def port(root: Path) -> Iterator[int]:
    """Run a server."""
    with sftp_server(root, SERVER_KEY) as port:
        yield port


def known(tmp_path: Path, port: int, key: asyncssh.SSHKey = SERVER_KEY) -> Path:
    """Write down which key a server has."""
    file = tmp_path / "known_hosts"
    file.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
    return file


@pytest.fixture
def url(port: int, tmp_path: Path) -> str:
    """Give the URL of an empty store, in the folder of the test."""
    file = known(tmp_path, port)
    return f"sftp://desa:{SECRET}@127.0.0.1:{port}/{tmp_path.name}/pindaian?known_hosts={file}"


@pytest.mark.skipif(
    settings.get_current_profile_name() != "full",
    reason="takes ten seconds; the same code is held by the kit on S3",
)
class TestSFTP(ScanKit):
    """What every store of scans promises."""

    @pytest.fixture
    def scans_url(self, url: str) -> str:
        """Give the URL of it."""
        return url

    @pytest.fixture
    def damage(self, tmp_path: Path) -> Callable[[str], None]:
        """Change a byte of what is kept."""

        def change(digest: str) -> None:
            (file,) = tmp_path.rglob(f"{digest}*")
            file.write_bytes(file.read_bytes()[:-1] + b"x")

        return change


def test_another_server_is_not_trusted(url: str, port: int, tmp_path: Path):
    """It is known by its key."""
    known(tmp_path, port, asyncssh.generate_private_key("ssh-ed25519"))
    with pytest.raises(StorageFailure, match="HostKeyNotVerifiable") as caught:
        open_scans(url)
    assert SECRET not in str(caught.value)


def test_a_server_that_nobody_knows_is_not_trusted(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nor because nothing was said of keys."""
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StorageFailure, match="HostKeyNotVerifiable"):
        open_scans(url.partition("?")[0])


def test_a_wrong_password(url: str):
    """Is not told on."""
    with pytest.raises(StorageFailure) as caught:
        open_scans(url.replace(SECRET, "SALAH"))
    assert "SALAH" not in f"{caught.value} {caught.value!r}"
    assert caught.value.facts["reason"] == "not_allowed"


def test_a_server_that_was_away_is_used_again(tmp_path: Path):
    """The store that is open need not be opened anew."""
    with sftp_server(tmp_path, SERVER_KEY) as port:
        store = open_scans(
            f"sftp://desa:{SECRET}@127.0.0.1:{port}/p?known_hosts={known(tmp_path, port)}&seconds=5"
        )
        digest = store.put(b"berkas")
    with pytest.raises(StorageFailure):
        store.size(digest)
    with sftp_server(tmp_path, SERVER_KEY, port):
        assert b"".join(store.read(digest)) == b"berkas"


def test_what_is_half_written_is_no_scan(url: str, tmp_path: Path):
    """Such a server shows it while it is written, and when the writer was killed."""
    store = open_scans(url)
    digest = store.put(b"berkas")
    (file,) = tmp_path.rglob(f"{digest}*")
    file.write_bytes(b"berk")
    assert (store.size(digest), store.kept()) == (None, [])
    assert store.put(b"berkas") == digest
    assert store.size(digest) == 6
