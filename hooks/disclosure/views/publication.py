"""What the page «О публикации» tells: of what the site was made, and how to make sure of it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from disclosure.model import Signer
from disclosure.views.document import DocumentView
from gate.manifest import MANIFEST, SIGNATURE
from gate.signature import SIGNER

PATH: Final = "publication/"
"""Where a site has the page."""


@dataclass(frozen=True)
class Revision:
    """The commit that a site was made of; `clean` says that nothing was changed since."""

    name: str
    time: datetime
    clean: bool


@dataclass(frozen=True)
class PublicationView:
    """How a site can be told from another: its commit, its time, its checksums and its keys.

    `revision` is None where the commit is not known, `address` where that of the site is not.
    `register` is the SHA-256 of the file that has the checksum of every document. `documents` are
    those of each supplier, by its name.
    """

    revision: Revision | None
    built: datetime
    register: str
    documents: tuple[tuple[str, tuple[DocumentView, ...]], ...]
    signers: tuple[Signer, ...]
    address: str | None
    demo: bool

    @property
    def released(self) -> bool:
        """Whether the site is that of a commit, so that it may have been released."""
        return self.revision is not None and self.revision.clean

    @property
    def place(self) -> str:
        """The address of the site, or one to put it in the place of."""
        return self.address or "https://example.org/"

    @property
    def download(self) -> tuple[str, ...]:
        """The commands that get the list of all files, and its signature where there are keys."""
        files = (MANIFEST, SIGNATURE) if self.signers else (MANIFEST,)
        asked = " ".join(f'-O "${{site}}{file}"' for file in files)
        return f"site={shlex.quote(self.place)}", f"curl -fsS {asked}"

    @property
    def verify_signature(self) -> tuple[str, ...]:
        """The commands that compare the signature with the keys."""
        keys = (signer.line for signer in self.signers)
        check = f"ssh-keygen -Y verify -f allowed_signers -I {SIGNER} -n {SIGNER}"
        return (
            "cat > allowed_signers <<'END'",
            *keys,
            "END",
            f"{check} -s {SIGNATURE} < {MANIFEST}",
        )

    @property
    def compare(self) -> tuple[str, ...]:
        """The commands that get every file of the site, and compare it with the list."""
        return (
            'awk -v site="$site" \'!/^#/ { file = url = substr($0, 67); gsub(/ /, "%20", url);'
            f' printf "url=\\"%s%s\\"\\noutput=\\"%s\\"\\n", site, url, file }}\' {MANIFEST}'
            " | curl -fsS --create-dirs -K -",
            f"sha256sum -c --quiet {MANIFEST} && echo Совпало",
        )

    @property
    def compare_with_ours(self) -> str:
        """The command of ours that does the same."""
        keys = " --signers allowed_signers" if self.signers else ""
        return f'disclosure verify-live "$site"{keys}'

    @property
    def compare_documents(self) -> str:
        """The command that says the checksum of the register."""
        return f"curl -fsS {shlex.quote(f'{self.place}editions.json')} | sha256sum"
