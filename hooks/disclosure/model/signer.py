"""Who may sign what this site publishes."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

from disclosure.model.entity import Entity
from gate.signature import SIGNER


class Signer(Entity):
    """A public key of OpenSSH, by which releases are signed: a line of data/allowed_signers.

    `options` are as the line has them; the key is good since and until the days they name.
    """

    kind: str
    key: str
    options: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, as ssh-keygen says it."""
        known = hashlib.sha256(base64.b64decode(self.key)).digest()
        return f"SHA256:{base64.b64encode(known).decode().rstrip('=')}"

    @property
    def line(self) -> str:
        """The line that ssh-keygen takes a signature's key from, without the signer's name."""
        return " ".join(filter(None, (SIGNER, self.options, self.kind, self.key)))
