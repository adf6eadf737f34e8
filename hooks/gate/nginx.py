"""The configuration of nginx for one site: what it serves, as what, and what it says beside.

Headers are in one list and their values in maps: nginx drops the list of a server wherever a
location has a header of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gate.headers import ASK_FIRST, FOR_GOOD, HASHED, HEADERS, TYPES, WITH_CHARSET
from gate.manifest import MANIFEST
from gate.store import CURRENT, EARLIER, PREVIOUS

ACME: Final = "/var/www/acme"
"""Where a program that renews certificates leaves its proofs."""

_POLICY: Final = "Content-Security-Policy"
_YEAR: Final = "max-age=31536000"


@dataclass(frozen=True)
class Tls:
    """Where a certificate with its chain and its key are, and what listens with them."""

    certificate: str
    key: str
    listen: Sequence[str] = ("443 ssl http2",)


def nginx_config(
    name: str,
    root: str,
    *,
    listen: Sequence[str] = ("80",),
    tls: Tls | None = None,
    brotli: bool = True,
    noindex: bool = False,
) -> str:
    """Return what goes into the `http` block for the site `name`, released in the folder `root`.

    With `tls` what `listen` hears is sent on to HTTPS. `brotli` needs the module brotli_static.
    `noindex` asks search engines to pass by. Words go into the file as they are: none may hold a
    space, a quote or a sign that nginx reads.
    """
    site = re.sub(r"[^a-z0-9]", "_", f"site_{name.lower()}")  # $1 begins another variable
    body = _files(site, root, brotli=brotli)
    headers = _headers(site, noindex=noindex)
    if tls is None:
        servers = [_server(name, listen, [*headers, "", *_acme(), "", *body])]
    else:
        strict = [*headers, f'add_header Strict-Transport-Security "{_YEAR}" always;']
        onward = ["location / {", f"    return 301 https://{name}$request_uri;", "}"]
        servers = [
            _server(name, listen, [*headers, "", *_acme(), "", *onward]),
            _server(name, tls.listen, [*_tls(tls), "", *strict, "", *_acme(), "", *body]),
        ]
    return "\n".join([_maps(site), *servers])


def _maps(site: str) -> str:
    """Return the values of the headers that are not the same for every answer."""
    policy = HEADERS[_POLICY]
    return f"""\
map $status$uri ${site}_cache {{
    default "{ASK_FIRST}";
    "~^(?:200|206|304)/(?:{HASHED})$" "{FOR_GOOD}";
}}
map $uri ${site}_policy {{
    default "{policy}";
    "~*\\.svg$" "{policy}; sandbox";
}}
map $status ${site}_allow {{
    default "";
    405 "GET, HEAD";
}}
"""


def _headers(site: str, *, noindex: bool) -> list[str]:
    same = {**HEADERS, _POLICY: f"${site}_policy"}
    own = {"Cache-Control": f"${site}_cache", "Allow": f"${site}_allow"}
    robots = {"X-Robots-Tag": "noindex"} if noindex else {}
    listed = {**same, **own, **robots}
    return [f'add_header {name} "{value}" always;' for name, value in listed.items()]


def _tls(tls: Tls) -> list[str]:
    return [
        f"ssl_certificate {tls.certificate};",
        f"ssl_certificate_key {tls.key};",
        "ssl_protocols TLSv1.2 TLSv1.3;",
    ]


def _acme() -> list[str]:
    return ["location ^~ /.well-known/acme-challenge/ {", f"    root {ACME};", "}"]


def _files(site: str, root: str, *, brotli: bool) -> list[str]:
    types = [f"    {media} {endings};" for media, endings in TYPES.items()]
    packed = ["gzip off;", "gzip_static on;", "gzip_vary on;", "gzip_proxied any;"]
    return [
        f"root {root}/{CURRENT};",
        "index index.html;",
        *_MISSING,
        "if ($request_method !~ ^(?:GET|HEAD)$) {",
        "    return 405;",
        "}",
        "",
        "types {",
        *types,
        "}",
        "default_type application/octet-stream;",
        "charset utf-8;",
        # text/html is always among them, and nginx warns of what is said twice
        f"charset_types {' '.join(sorted(WITH_CHARSET - {'text/html'}))};",
        *packed,
        *(["brotli_static on;"] if brotli else []),
        "open_file_cache off;",
        "",
        *_hashed(root),
        f"location ~ ^/{MANIFEST}(?:\\.sig)?$ {{",
        "    types {",
        "    }",
        "    default_type text/plain;",
        "}",
        "location ~ /\\.(?!well-known/) {",
        "    return 404;",
        "}",
    ]


_MISSING: Final = ("error_page 403 =404 /404.html;", "error_page 404 /404.html;")


def _hashed(root: str) -> list[str]:
    """Return where hashed files are looked for: a page just left asks for those it came with."""
    return [
        f'location ~ "^/(?:{HASHED})$" {{',
        "    log_not_found off;",
        "    recursive_error_pages on;",
        "    error_page 403 404 = @previous;",
        "}",
        "location @previous {",
        f"    root {root}/{PREVIOUS};",
        "    log_not_found off;",
        "    recursive_error_pages on;",
        "    error_page 403 404 = @earlier;",
        "}",
        "location @earlier {",
        f"    root {root}/{EARLIER};",
        "    recursive_error_pages on;",
        *(f"    {line}" for line in _MISSING),
        "}",
    ]


def _server(name: str, listen: Iterable[str], lines: Iterable[str]) -> str:
    head = [
        *(f"listen {each};" for each in listen),
        f"server_name {name};",
        "server_tokens off;",
        "absolute_redirect off;",
    ]
    body = "\n".join(f"    {line}" if line else "" for line in [*head, "", *lines])
    return f"server {{\n{body}\n}}\n"
