"""What a release holds: SHA-256 of every file, in the format of sha256sum (GNU coreutils)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final

MANIFEST: Final = "SHA256SUMS"
"""Where a release has its manifest."""
SIGNATURE: Final = "SHA256SUMS.sig"
"""Where a release has the signature of its manifest, made by `ssh-keygen -Y sign`."""

ID: Final = r"[0-9]{8}-[0-9]{8}T[0-9]{6}Z"
"""What the name of a release looks like, as a regular expression."""

_TITLE: Final = "# A release of a disclosure site; check it by: sha256sum -c SHA256SUMS\n"
_HEAD: Final = re.compile(
    re.escape(_TITLE)
    + r"# id: (?P<count>[0-9]{8})-(?P<time>[0-9]{8}T[0-9]{6}Z)\n"
    + r"# commit: (?P<commit>[0-9a-f]{40}|[0-9a-f]{64})\n"
)
_LINE: Final = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<path>[^\n]+)\n")
_ODD: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029\ud800-\udfff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # they turn the order of what is read
)
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


class ManifestError(ValueError):
    """A text that is no manifest; the message says why, in Russian."""


@dataclass(frozen=True)
class Manifest:
    """A release: how many commits it is made of, the newest of them, its time, its files' sums.

    `files` has SHA-256 in hexadecimal by path below the root of the site, manifest and signature
    left out. `time` is in UTC, to a second.
    """

    count: int
    commit: str
    time: datetime
    files: Mapping[str, str]

    @property
    def id(self) -> str:
        """The name of the release: a later one sorts after it as text."""
        return f"{self.count:08d}-{self.time.strftime(_MOMENT)}"

    def text(self) -> str:
        """Return the manifest as it is published: one text for one release."""
        head = f"{_TITLE}# id: {self.id}\n# commit: {self.commit}\n"
        return head + "".join(f"{self.files[path]}  {path}\n" for path in sorted(self.files))


def parse_manifest(content: bytes) -> Manifest:
    """Return what a manifest says; raise ManifestError where it is not as `text` writes it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise ManifestError(f"{MANIFEST}: это не текст UTF-8.") from None
    head = _HEAD.match(text)
    if not head:
        raise ManifestError(f"{MANIFEST}: первые строки не те, что у манифеста выпуска.")
    files: dict[str, str] = {}
    place = head.end()
    while place < len(text):
        line = _LINE.match(text, place)
        if not line:
            number = text.count("\n", 0, place) + 1
            raise ManifestError(f"{MANIFEST}, строка {number}: здесь не сумма и не путь.")
        check_path(line["path"])
        files[line["path"]] = line["sum"]
        place = line.end()
    manifest = Manifest(int(head["count"]), head["commit"], _time(head["time"]), files)
    if manifest.text() != text:
        raise ManifestError(f"{MANIFEST}: пути повторяются или идут не по порядку.")
    return manifest


def _time(said: str) -> datetime:
    try:
        return datetime.strptime(said, _MOMENT).replace(tzinfo=timezone.utc)
    except ValueError:
        raise ManifestError(f"{MANIFEST}: времени «{said}» не бывает.") from None


def check_path(path: str) -> None:
    """Raise ManifestError where a path may not be published: it escapes or cannot be told."""
    parts = path.split("/")
    if _ODD.search(path) or any(part in {"", ".", ".."} for part in parts):
        raise ManifestError(f"{MANIFEST}: путь {path!r} недопустим.")
    if re.sub(r"\.(?:gz|br)$", "", parts[0]) in {MANIFEST, SIGNATURE}:
        raise ManifestError(f"{MANIFEST}: {path} не может быть среди файлов сайта.")
