from __future__ import annotations

import re

import pytest

from gate.headers import HASHED, HEADERS, PAGE_POLICY, POLICY, TYPES, WITH_CHARSET


def test_a_browser_runs_and_loads_only_what_is_the_sites_own() -> None:
    """A policy that is loosened must be loosened here too."""
    policy = dict(line.split(" ", 1) for line in PAGE_POLICY.split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert f"{PAGE_POLICY}; frame-ancestors 'none'" == POLICY == HEADERS["Content-Security-Policy"]


def test_the_other_headers() -> None:
    assert {name: said for name, said in HEADERS.items() if said != POLICY} == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("assets/site.1a2b3c4d.css", True),
        ("assets/a/b/site.1a2b3c4d.min.js", True),
        ("assets/site.1a2b3c4d.css.br", True),
        ("pagefind/index/ru_1a2b3c4.pf_index", True),
        ("pagefind/fragment/ru_1a2b3c4d.pf_fragment.gz", True),
        ("assets/site.css", False),
        ("assets/plan.20251122.pdf", False),
        ("assets/site.sitename.css", False),
        ("assets/site.1a2b3c4.css", False),
        ("assets/1a2b3c4d.css", False),
        ("other/site.1a2b3c4d.css", False),
        ("pagefind/pagefind.js", False),
        ("pagefind/index/ru.pf_index", False),
    ],
)
def test_only_a_name_that_tells_what_is_in_a_file_is_kept_for_good(path: str, kept: bool) -> None:
    assert (re.fullmatch(HASHED, path) is not None) is kept


def test_endings_are_named_once_and_texts_say_their_charset() -> None:
    endings = [ending for listed in TYPES.values() for ending in listed.split()]
    assert len(endings) == len(set(endings))
    assert {"html", "css", "js", "json", "map", "svg", "pdf", "xlsx", "wasm", "avif"} <= set(
        endings
    )
    assert {media for media in TYPES if media.startswith("text/")} == WITH_CHARSET
