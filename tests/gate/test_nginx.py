from __future__ import annotations

import gzip
import http.client
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest

from gate.headers import ASK_FIRST, FOR_GOOD, HASHED, HEADERS, POLICY
from gate.nginx import Tls, nginx_config
from tests.publishing.servers import demand_servers, free_port, open_folder, running_nginx

NAME = "www.example.ru"
HTML = "<!doctype html><title>Программа</title>" + "<p>мероприятие" * 200
NEW = {
    "index.html": HTML,
    "404.html": "<!doctype html><title>Нет такой страницы</title>" + "<p>ищите" * 200,
    "about/index.html": HTML,
    "assets/disclosure.1a2b3c4d.css": "p { margin: 0 }" * 50,
    "assets/stylesheets/main.57a0d79d.min.css": "b { margin: 0 }" * 50,
    "assets/plain.css": "i { margin: 0 }" * 50,
    "catalog.jsonld": "{}" * 50,
    "editions.json": "[]" * 50,
    "feed.xml": "<feed/>" * 50,
    "data.csv": "срок;год\n" * 50,
    "dates.ics": "BEGIN:VCALENDAR" * 50,
    "logo.svg": "<svg/>" * 50,
    "menu.js": "let x\n" * 50,
    "robots.txt": "User-agent: *" * 50,
    "search.wasm": "wasm" * 50,
    "pagefind/pagefind.ru_d969f6f73b.pf_meta": "meta",
    "pagefind/fragment/ru_38ace68.pf_fragment": "fragment",
    "pagefind/wasm.ru.pagefind": "packed",
    "document.pdf": "%PDF-1.7",
    "document.xlsx": "PK",
    "SHA256SUMS": "# суммы\n",
    "SHA256SUMS.sig": "-----BEGIN SSH SIGNATURE-----",
    ".well-known/security.txt": "Contact: mailto:info@example.ru",
    ".secret": "nobody's business",
}
OLD = {
    "assets/disclosure.00000000.css": "p { margin: 1px }" * 50,
    "old.html": "before",
    "assets/plain-old.css": "before",
}
EARLIER = {"assets/disclosure.11111111.css": "p { margin: 2px }" * 50}
PACKED = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".txt", ".csv", ".ics")
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Client:
    port: int
    trust: ssl.SSLContext | None = None

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Headers have `_` for `-`."""
        asked = {"Host": NAME} | {name.replace("_", "-"): said for name, said in headers.items()}
        if self.trust is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        else:
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=10, context=self.trust
            )
        try:
            connection.request(method, path, headers=asked)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A server's folder with two releases."""
    demand_servers()
    with open_folder() as folder:
        for release, files in {"new": NEW, "old": OLD, "older": EARLIER}.items():
            for path, text in files.items():
                file = folder / "releases" / release / path
                file.parent.mkdir(parents=True, exist_ok=True)
                write(file, text.encode())
        (folder / "current").symlink_to("releases/new")
        (folder / "previous").symlink_to("releases/old")
        (folder / "earlier").symlink_to("releases/older")
        yield folder


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    if file.suffix in PACKED:
        Path(f"{file}.gz").write_bytes(gzip.compress(content, mtime=0))
        Path(f"{file}.br").write_bytes(brotli.compress(content))


@pytest.fixture(scope="module")
def client(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    def site(port: int) -> str:
        return nginx_config(NAME, str(folder), listen=[f"127.0.0.1:{port}"])

    with running_nginx(tmp_path_factory.mktemp("nginx"), site) as port:
        yield Client(port)


@pytest.mark.parametrize("path", [path for path in NEW if path != ".secret"])
@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, br", None])
def test_every_encoding_says_the_same(client: Client, path: str, encoding: str | None) -> None:
    asked = {"Accept_Encoding": encoding} if encoding else {}
    answer = client.ask(f"/{path}", **asked)
    assert answer.status == 200
    packed = path.endswith(PACKED)
    said = answer.headers["Content-Encoding"]
    assert said in (encoding.split(", ") if encoding and packed else [None])
    assert UNPACK[said](answer.body) == NEW[path].encode()
    assert answer.headers["Vary"] == ("Accept-Encoding" if packed else None)
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_readers_behind_a_proxy_get_packed_files_too(client: Client) -> None:
    answer = client.ask("/", Via="1.1 proxy", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"


def test_nginx_packs_nothing_itself(client: Client, folder: Path) -> None:
    """What is read back is what was built, and its validator is the file's."""
    (folder / "current" / "unpacked.html").write_text(HTML, encoding="utf-8")
    answer = client.ask("/unpacked.html", Accept_Encoding="gzip")
    assert answer.body == HTML.encode()
    assert answer.headers["ETag"].startswith('"')


def test_packed_files_are_files_too(client: Client, folder: Path) -> None:
    """Who checks a published site reads each file that its manifest lists."""
    for path in ("index.html.gz", "index.html.br", "assets/disclosure.1a2b3c4d.css.gz"):
        answer = client.ask(f"/{path}", Accept_Encoding="gzip, br")
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] is None
        assert answer.headers["Content-Type"] in {"application/gzip", "application/octet-stream"}
        assert answer.body == (folder / "current" / path).read_bytes()


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("", "text/html; charset=utf-8"),
        ("404.html", "text/html; charset=utf-8"),
        ("assets/plain.css", "text/css; charset=utf-8"),
        ("menu.js", "text/javascript; charset=utf-8"),
        ("data.csv", "text/csv; charset=utf-8"),
        ("dates.ics", "text/calendar; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("SHA256SUMS.sig", "text/plain; charset=utf-8"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("editions.json", "application/json"),
        ("catalog.jsonld", "application/ld+json"),
        ("logo.svg", "image/svg+xml"),
        ("search.wasm", "application/wasm"),
        ("document.pdf", "application/pdf"),
        (
            "document.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("pagefind/wasm.ru.pagefind", "application/octet-stream"),
        ("pagefind/pagefind.ru_d969f6f73b.pf_meta", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_every_file_says_what_it_is(client: Client, path: str, media: str, encoding: str) -> None:
    answer = client.ask(f"/{path}", Accept_Encoding=encoding)
    assert answer.headers["Content-Type"] == media


ANSWERS = {
    "page": (200, "/", {}),
    "page-gzip": (200, "/", {"Accept_Encoding": "gzip"}),
    "hashed": (200, "/assets/disclosure.1a2b3c4d.css", {}),
    "hashed-part": (206, "/assets/disclosure.1a2b3c4d.css", {"Range": "bytes=0-3"}),
    "hashed-before": (200, "/assets/disclosure.00000000.css", {"Accept_Encoding": "br"}),
    "hashed-nowhere": (404, "/assets/disclosure.ffffffff.css", {}),
    "sums": (200, "/SHA256SUMS", {}),
    "nowhere": (404, "/nowhere", {}),
    "nowhere-gzip": (404, "/nowhere", {"Accept_Encoding": "gzip"}),
    "folder": (301, "/about", {}),
    "folder-without-page": (404, "/assets/", {}),
    "hidden": (404, "/.secret", {}),
    "part": (206, "/document.pdf", {"Range": "bytes=1-3"}),
    "no-such-part": (416, "/document.pdf", {"Range": "bytes=100-"}),
    "changed-since": (412, "/", {"If_Match": '"x"'}),
    "challenge": (404, "/.well-known/acme-challenge/x", {}),
    "no-request": (400, "/", {"Content_Length": "x"}),
}


@pytest.mark.parametrize(("status", "path", "asked"), ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_headers_on_every_kind_of_answer(
    client: Client, status: int, path: str, asked: dict[str, str], method: str
) -> None:
    answer = client.ask(path, method, **asked)
    assert answer.status == status
    secure(answer)
    kept = FOR_GOOD if re.fullmatch(HASHED, path[1:]) and status in {200, 206} else ASK_FIRST
    assert answer.headers["Cache-Control"] == kept
    assert (answer.body == b"") == (method == "HEAD")


def secure(answer: Answer) -> None:
    for name, value in HEADERS.items():
        said = answer.headers.get_all(name, [])
        # nginx sends an answer 416 through its filters twice
        assert said == [value] * (2 if answer.status == 416 else 1), name
    assert answer.headers["Server"] == "nginx"
    assert answer.headers["Strict-Transport-Security"] is None


@pytest.mark.parametrize("path", ["/", "/about/", "/assets/disclosure.1a2b3c4d.css", "/logo.svg"])
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_what_did_not_change_is_not_sent_again(client: Client, path: str, encoding: str) -> None:
    first = client.ask(path, Accept_Encoding=encoding)
    for validator in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again = client.ask(path, Accept_Encoding=encoding, **validator)
        assert (again.status, again.body) == (304, b"")
        for name in (*HEADERS, "Cache-Control", "ETag", "Vary"):
            assert again.headers.get_all(name) == first.headers.get_all(name), name


def test_each_encoding_has_its_validator(client: Client) -> None:
    tags = {client.ask("/", Accept_Encoding=how).headers["ETag"] for how in ("x", "gzip", "br")}
    assert len(tags) == 3


def test_what_changed_is_sent_although_its_size_did_not(client: Client, folder: Path) -> None:
    file = folder / "current" / "changing.txt"
    write(file, b"3 days")
    first = client.ask("/changing.txt")
    write(file, b"5 days")
    os.utime(file, (file.stat().st_mtime + 1,) * 2)
    again = client.ask("/changing.txt", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (200, b"5 days")


def test_the_page_of_what_is_missing(client: Client) -> None:
    for path in ("/nowhere", "/about/nowhere/", "/assets/disclosure.ffffffff.css", "/assets/"):
        answer = client.ask(path)
        assert (answer.status, answer.body) == (404, NEW["404.html"].encode())


@pytest.mark.parametrize(("path", "text"), [*list(OLD.items())[:1], *EARLIER.items()])
def test_files_of_the_pages_before(path: str, text: str, client: Client) -> None:
    assert client.ask(f"/{path}").body == text.encode()
    packed = client.ask(f"/{path}", Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == text.encode()


@pytest.mark.parametrize("path", ["/old.html", "/assets/plain-old.css"])
def test_nothing_else_of_the_release_before(client: Client, path: str) -> None:
    assert client.ask(path).status == 404


def test_a_folder_leads_to_its_page(client: Client) -> None:
    assert client.ask("/about?year=2026").headers["Location"] == "/about/?year=2026"


@pytest.mark.parametrize(
    "path",
    ["//example.com/..", "//about", "/%2e%2e/%2e%2e/etc/passwd", "/about/%2e%2e/.secret", "/\\x"],
)
def test_no_address_leads_out(client: Client, path: str) -> None:
    answer = client.ask(path)
    assert answer.status in {301, 400, 404} or answer.body == HTML.encode()
    assert not answer.headers.get("Location", "/").startswith(("//", "http"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/assets/disclosure.1a2b3c4d.css"])
def test_nobody_may_do_more_than_read(client: Client, method: str, path: str) -> None:
    answer = client.ask(path, method)
    assert answer.status == 405
    secure(answer)
    assert answer.headers["Cache-Control"] == ASK_FIRST
    if method != "TRACE":  # which nginx refuses before it knows the site's methods
        assert answer.headers["Allow"] == "GET, HEAD"


def test_a_drawing_runs_nothing(client: Client) -> None:
    assert client.ask("/logo.svg").headers.get_all("Content-Security-Policy") == [
        f"{POLICY}; sandbox"
    ]


def test_before_the_first_release(tmp_path: Path) -> None:
    demand_servers()

    def site(port: int) -> str:
        return nginx_config(NAME, str(empty), listen=[f"127.0.0.1:{port}"])

    with open_folder() as empty, running_nginx(tmp_path, site) as port:
        for path in ("/", "/assets/disclosure.1a2b3c4d.css"):
            answer = Client(port).ask(path)
            assert answer.status == 404
            secure(answer)


@pytest.mark.parametrize("name", ["24energo.example", "127.0.0.1"])
def test_a_name_that_begins_with_a_figure(name: str, folder: Path, tmp_path: Path) -> None:
    def site(port: int) -> str:
        return nginx_config(name, str(folder), listen=[f"127.0.0.1:{port}"])

    with running_nginx(tmp_path, site) as port:
        secure(Client(port).ask("/"))


def test_a_demonstration_is_not_found_by_search(folder: Path, tmp_path: Path) -> None:
    def site(port: int) -> str:
        return nginx_config(
            NAME, str(folder), listen=[f"127.0.0.1:{port}"], brotli=False, noindex=True
        )

    with running_nginx(tmp_path, site) as port:
        answer = Client(port).ask("/", Accept_Encoding="br, gzip")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_https_only(folder: Path, tmp_path: Path) -> None:
    certificate, key, secret = tmp_path / "cert.pem", tmp_path / "key.pem", free_port()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-subj", f"/CN={NAME}", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-nodes", "-days", "2", "-out", certificate, "-keyout", key),
        ],
        check=True,
        capture_output=True,
    )

    def site(port: int) -> str:
        tls = Tls(str(certificate), str(key), listen=[f"127.0.0.1:{secret} ssl http2"])
        return nginx_config(NAME, str(folder), listen=[f"127.0.0.1:{port}"], tls=tls)

    with running_nginx(tmp_path, site) as port:
        onward = Client(port).ask("/about/?year=2026")
        proof = Client(port).ask("/.well-known/acme-challenge/none")
        trust = ssl.create_default_context(cafile=str(certificate))
        served = [Client(secret, trust).ask(path) for path in ("/", "/nowhere", "/about")]
    assert proof.status == 404, "who renews certificates is not sent on"
    assert onward.status == 301
    assert onward.headers["Location"] == f"https://{NAME}/about/?year=2026"
    secure(onward)
    assert [answer.status for answer in served] == [200, 404, 301]
    for answer in served:
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Content-Security-Policy"] == POLICY
