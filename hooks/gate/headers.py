"""What a server says beside every answer, so that a browser runs nothing but the site's own files.

Source: Content Security Policy Level 3 (W3C), OWASP Secure Headers Project.
"""

from __future__ import annotations

from typing import Final

_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)

PAGE_POLICY: Final = _POLICY
"""The policy as a page may carry it itself: in a `meta` element a browser ignores the rest."""

POLICY: Final = f"{_POLICY}; frame-ancestors 'none'"
"""The policy as a header."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Every header of security by its name; a server adds Strict-Transport-Security over HTTPS."""
