"""What a server says beside every answer, so that a browser runs nothing but the site's own files.

Source: Content Security Policy Level 3 (W3C), OWASP Secure Headers Project.
"""

from __future__ import annotations

from typing import Final

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The policy as a page may carry it itself: in a `meta` element a browser ignores the rest."""

POLICY: Final = f"{PAGE_POLICY}; frame-ancestors 'none'"
"""The policy as a header."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Every header of security by its name; a server adds Strict-Transport-Security over HTTPS."""

HASHED: Final = (
    r"assets/(?:[^/]+/)*[^/]+\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)(?:\.gz|\.br)?"
    r"|pagefind/(?:[^/]+/)*[^/]+_[0-9a-f]{7,}\.pf_[a-z]+(?:\.gz|\.br)?"
)
"""Paths of files whose names tell what is in them, as a regular expression of a whole path."""

FOR_GOOD: Final = "public, max-age=31536000, immutable"
"""Cache-Control of a file whose name tells what is in it."""

ASK_FIRST: Final = "no-cache"
"""Cache-Control of every other file: kept, and asked for anew by its validator."""

TYPES: Final = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/calendar": "ics",
    "application/xml": "xml",
    "application/json": "json map",
    "application/ld+json": "jsonld",
    "application/manifest+json": "webmanifest",
    "application/pdf": "pdf",
    "application/gzip": "gz",
    "application/wasm": "wasm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/jpeg": "jpg jpeg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
}
"""Content-Type by the endings of names; any other file is application/octet-stream."""

WITH_CHARSET: Final = frozenset(
    ("text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/calendar")
)
"""Those types that must say `charset=utf-8`: the text itself does not."""
