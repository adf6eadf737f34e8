"""Small releases to publish: keys, signatures, archives as they should be and as they should not.

For the tests of the gate, and for those that start servers.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from gate.archive import pack
from gate.manifest import Manifest

EPOCH = datetime(2025, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """A pair of keys in files: `private`, and beside it the same with `.pub`."""

    private: Path

    @property
    def public(self) -> str:
        return self.private.with_suffix(".pub").read_text(encoding="utf-8").strip()

    @property
    def allowed(self) -> str:
        """The line of `allowed_signers` that trusts this key."""
        return f'disclosure namespaces="disclosure" {self.public}\n'

    def sign(self, text: bytes, namespace: str = "disclosure") -> bytes:
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(self.private), "-n", namespace]
        return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def make_key(folder: Path, name: str = "key") -> Key:
    private = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(private)]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return Key(private)


@dataclass(frozen=True)
class Release:
    """A release in memory: its manifest, its files, and the signature, if any."""

    manifest: Manifest
    files: Mapping[str, bytes]
    signature: bytes | None

    @property
    def id(self) -> str:
        return self.manifest.id

    @cached_property
    def tar(self) -> bytes:
        out = io.BytesIO()
        pack(out, self.manifest, self.signature, self.files.__getitem__)
        return out.getvalue()


def make_release(
    number: int, files: Mapping[str, bytes], key: Key | None, *, minutes: int = 0
) -> Release:
    """The release of `number` commits, built `minutes` after another of the same commit."""
    manifest = Manifest(
        count=number,
        commit=hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest(),
        time=EPOCH + timedelta(hours=number, minutes=minutes),
        files={path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
    )
    signature = key.sign(manifest.text().encode()) if key else None
    return Release(manifest, files, signature)


def make_root(root: Path, *keys: Key) -> Path:
    """The folder of a site on a server, where nothing is published yet, that trusts `keys`."""
    for name in ("incoming", "releases", "state"):
        (root / name).mkdir(parents=True)
    trusted = "".join(key.allowed for key in keys)
    (root / "state" / "allowed_signers").write_text(trusted, encoding="utf-8")
    return root
