"""Keys to sign with."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from adminduk.bundles import SigningKey
from adminduk.errors import InvalidInput
from adminduk.signing import is_key, is_signed


def test_a_key_is_kept_to_its_owner(tmp_path: Path):
    """It is written once, and read again; another file is none."""
    key, file = SigningKey.make(), tmp_path / "siti.pem"
    key.write(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert SigningKey.read(file).public == key.public
    with pytest.raises(FileExistsError):
        key.write(file)
    form = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    for other in (
        b"-----BEGIN PRIVATE KEY-----\n",
        X25519PrivateKey.generate().private_bytes(*form),
    ):
        file.write_bytes(other)
        with pytest.raises(InvalidInput):
            SigningKey.read(file)


def test_a_key_that_is_locked(tmp_path: Path):
    """It is said, and how to unlock it: nobody is asked for a passphrase."""
    file, lock = tmp_path / "siti.pem", BestAvailableEncryption(b"rahasia")
    locked = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    file.write_bytes(locked)
    with pytest.raises(InvalidInput) as refused:
        SigningKey.read(file)
    assert [one.code for one in refused.value.faults] == ["signing_key_locked"]


def test_a_key_without_end():
    """No more of it is read than a key may have."""
    with pytest.raises(InvalidInput):
        SigningKey.read(Path("/dev/zero"))


def test_no_half_key_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where the disk is full, as this one always is."""
    file = tmp_path / "siti.pem"
    file.touch()
    full = os.open("/dev/full", os.O_RDWR)
    monkeypatch.setattr("adminduk.signing.os.open", lambda *_: full)
    with pytest.raises(OSError, match="No space"):
        SigningKey.make().write(file)
    assert not file.exists()


def test_under_a_weak_key_nobody_signs():
    """There are some under which one signature is good for much that anybody writes."""
    signature, p = (1).to_bytes(32, "little") + bytes(32), 2**255 - 19
    own = SigningKey.make()
    assert is_key(own.public)
    for point in (
        0,
        1,
        p - 1,
        p,
        p + 1,
        *(int.from_bytes(bytes.fromhex(one), "little") for one in EIGHTH),
    ):
        for sign in (0, 1 << 255):
            key = (point | sign).to_bytes(32, "little")
            weak = Ed25519PublicKey.from_public_bytes(key)
            public = f"ed25519:{b64encode(key).decode()}"
            assert any(verifies(weak, signature, bytes([one])) for one in range(200))
            assert not is_key(public)
            with pytest.raises(ValueError, match="ed25519"):
                is_signed(public, signature, b"")


EIGHTH = (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
"""Points of order eight, as they are written."""


def verifies(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether a signature is good."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def test_without_what_signs():
    """It is said what to install."""
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_SIGNING], check=True, capture_output=True, text=True
    )
    assert said.stdout == "no_signing [\"pip install 'adminduk[signing]'\"]\n"


WITHOUT_SIGNING = """
import sys
sys.modules["cryptography"] = None
from adminduk.errors import Refused
try:
    import adminduk.bundles
except Refused as refused:
    print(refused.code, refused.facts["instead"])
"""
