"""Files of a small site that tell of which release they are, and whether they are whole."""

from __future__ import annotations

import gzip
import hashlib
import random
import re
from typing import Final

import brotli

PAGES: Final = {"/": 2_000, "/about/": 20_000, "/long.html": 300_000}
"""Each page by its address, and about how many bytes it has; the last is more than one write."""
ASSET: Final = re.compile(rb"^/assets/[a-z]+\.[0-9a-f]{8}\.(?:css|js)$", re.MULTILINE)
"""What a page names as its own asset: a line of it."""
SAME: Final = "same.txt"
"""A file that is the same in each release."""
SIZED: Final = "sized.txt"
"""A file that is as long in each release, and never the same."""


def site_files(release: int, **more: bytes) -> dict[str, bytes]:
    """Return the files of a release by their paths, texts with their packed companions.

    `more` are other files of it, by names without dots, which become paths in `more/`.
    """
    mark = f"{release:08x}"
    assets = [f"/assets/site.{mark}.css", f"/assets/menu.{mark}.js"]
    files = {path[1:]: told(release, path, 4_000) for path in assets}
    for page, size in PAGES.items():
        path = f"{page}index.html" if page.endswith("/") else page
        files[path[1:]] = told(release, page, size, *assets)
    files |= {"404.html": told(release, "404", 2_000), SAME: b"same " * 100}
    files |= {SIZED: f"{release:08d}".encode() * 50}
    files |= {f"more/{name}": content for name, content in more.items()}
    return dict(sorted(with_packed(files).items()))


def with_packed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files with the packed companions of those that are texts."""
    texts = {path: content for path, content in files.items() if not path.startswith("more/")}
    return {
        **files,
        **{f"{path}.gz": gzip.compress(content, 1, mtime=0) for path, content in texts.items()},
        **{f"{path}.br": brotli.compress(content, quality=1) for path, content in texts.items()},
    }


def told(release: int, path: str, size: int, *lines: str) -> bytes:
    """Return a body of about `size` bytes that says of which release it is, and its own sum."""
    seed = random.Random(f"{release} {path}")  # noqa: S311 - nothing here is secret
    filling = seed.randbytes(size // 2).hex()
    said = "\n".join([str(release), path, *lines, filling, ""]).encode()
    return said + hashlib.sha256(said).hexdigest().encode()


def teller(body: bytes, path: str) -> int:
    """Return the release that tells a body; raise ValueError if it is torn or another file's."""
    said, total = body[:-64], body[-64:]
    if hashlib.sha256(said).hexdigest().encode() != total:
        raise ValueError(f"{len(body)} bytes, torn, mixed or empty")
    release, of, _ = said.decode().split("\n", 2)
    if of != path:
        raise ValueError(f"the content of {of}")
    return int(release)
