"""The adapter in a real build: what stops it, and what a preview does about it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.building import Checkout

PROGRAMME = "suppliers/primer/programmes/2024.yml"


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# What stops a build --------------------------------------------------------------------------


@pytest.fixture
def published(workplace: Checkout) -> Checkout:
    """A checkout whose last good site is there."""
    workplace.site.mkdir()
    (workplace.site / "index.html").write_text("the last good site")
    return workplace


def _refused(checkout: Checkout, **environment: str) -> str:
    """Return what a build that must fail says, having left the last good site alone."""
    done = checkout.build(**environment)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert checkout.files() == {"index.html": b"the last good site"}
    return done.stderr


def test_errors_in_data_are_all_told_and_nothing_is_published(published: Checkout) -> None:
    _replace(published.data / PROGRAMME, "до 31.12", "до 31.09")
    _replace(published.data / "suppliers/primer/supplier.yml", "inn:", "innn:")
    programme, supplier = _refused(published).splitlines()[-2:]
    assert supplier == (
        "data/suppliers/primer/supplier.yml:14:1: неизвестное поле «innn»."
        " Возможно, имелось в виду «inn»?"
    )
    assert programme == (
        f"data/{PROGRAMME}:28:17: срок «до 31.09»: в сентябре нет 31-го числа."
        " Исправьте дату или добавьте пояснение в поле «waiver»."
    )


def test_a_letter_that_no_font_has_is_told_and_nothing_is_published(published: Checkout) -> None:
    _replace(published.data / "suppliers/primer/programmes/2025.yml", "Нанять", "Нанять 漢")
    assert "programmes/2025.yml:140:25: знака «漢» (U+6F22) нет в шрифтах PDF." in _refused(
        published
    )


def test_an_address_of_the_site_that_is_none_is_refused(published: Checkout) -> None:
    assert "SITE_URL: «example.org» — не адрес сайта." in _refused(
        published, SITE_URL="example.org"
    )


@pytest.mark.parametrize(
    "image", ["![](way.png)", "![ ](way.png)", '<p><img alt="Путь" src="way.png"></p>']
)
def test_an_image_without_words_is_refused(image: str, workplace: Checkout) -> None:
    (workplace.root / "content" / "about.md").write_text(f"# О сайте\n\n{image}\n")
    (workplace.root / "content" / "way.png").write_bytes(b"")
    done = workplace.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/about.md: у изображения <img" in done.stderr
    assert "со словами в квадратных скобках: ![Очередь в офисе](файл.png)." in done.stderr


def test_what_no_page_uses_of_the_theme_is_left_out_and_files_of_editors_stay(
    workplace: Checkout,
) -> None:
    ours = ("assets/javascripts/ours.js", "assets/ours.map")
    for name in ours:
        file = workplace.root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("ours")
    found = {path for path in workplace.built().files() if re.search(r"javascripts/|\.map$", path)}
    assert found == set(ours)


@pytest.mark.parametrize(
    "page", ["index.md", "README.md", "programmes/2024/index.md", "programmes/2024.md"]
)
def test_a_page_at_the_address_of_a_document_is_refused(page: str, published: Checkout) -> None:
    file = published.root / "content" / page
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# Своя страница")
    message = f"content/{page}: этот адрес занимает страница из данных. Переименуйте файл."
    assert message in _refused(published)


def test_a_symlink_among_the_pages_is_refused(published: Checkout) -> None:
    (published.root / "content" / "secret.txt").symlink_to("/proc/self/environ")
    message = "content/secret.txt: символическая ссылка. Положите сюда сам файл."
    assert message in _refused(published)


# Text is no markup ---------------------------------------------------------------------------

HOSTILE = '</title></script><script>alert("имя")</script>'


def test_a_supplier_whose_name_is_html_is_shown_by_that_name(workplace: Checkout) -> None:
    supplier = workplace.data / "suppliers/primer/supplier.yml"
    _replace(supplier, "name: АО «Пример»", f"name: '{HOSTILE}'")
    (workplace.data / "suppliers/primer/programmes/2025.yml").unlink()
    (workplace.data / "suppliers/primer/reports/2024.yml").unlink()
    for path, content in workplace.built().files().items():
        if path.endswith(".html"):
            page = BeautifulSoup(content, "html.parser")
            assert HOSTILE in page.get_text(), path
            assert _running(page) == [], path


def test_html_and_scripts_in_data_are_shown_as_text(example: Checkout) -> None:
    content = (example.site / "programmes/2025/index.html").read_bytes()
    page = BeautifulSoup(content, "html.parser")
    (shown,) = page.select(".d-page")
    assert "Программа <b>АО «Пример»</b> на 2025 год" in shown.get_text()
    assert '<script>alert("мероприятие")</script>' in shown.get_text()
    assert '<script>alert("текст")</script>' in shown.get_text()
    assert "[ссылка](javascript:alert(1))" in shown.get_text()
    assert _running(page) == []


def _running(page: BeautifulSoup) -> list[str]:
    """Return the scripts of a page that come from data, and what else in it may run.

    JSON-LD is data that no browser runs, so long as it cannot end its own element.
    """
    scripts = [
        str(script)
        for script in page.select("script")
        if "alert" in script.get_text()
        and (script.get("type") != "application/ld+json" or "<" in script.get_text())
    ]
    links = [str(link) for link in page.select('[href^="javascript"], [src^="javascript"]')]
    handlers = [name for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    return scripts + links + handlers


# The preview ---------------------------------------------------------------------------------


def test_a_preview_keeps_its_own_address(workplace: Checkout) -> None:
    with _preview(workplace, SITE_URL="https://example.org/kachestvo/") as preview:
        preview.wait_for(
            lambda: f'rel="canonical" href="{preview.address}/about/"' in preview.get("about/")
        )
        assert "Content-Security-Policy" not in preview.get("about/")  # it is reloaded inline


def test_a_preview_outlives_an_error_and_shows_what_was_repaired(workplace: Checkout) -> None:
    programme = workplace.data / PROGRAMME
    with _preview(workplace) as preview:
        preview.wait_for(lambda: "Опросить клиентов" in preview.get("programmes/2024/"))

        _replace(programme, "до 31.12", "до 31.09")
        preview.wait_for(lambda: f"data/{PROGRAMME}:28:17: срок «до 31.09»" in preview.said())

        _replace(programme, "до 31.09", "до 30.09")
        preview.wait_for(lambda: "до 30.09" in preview.get("programmes/2024/"))
        preview.wait_for(lambda: "%PDF" in preview.get("programmes/2024/primer-programme-2024.pdf"))
        assert "Traceback" not in preview.said()


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve`."""

    address: str
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str) -> str:
        """Return a page, or nothing while it cannot be had."""
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=2) as answer:  # noqa: S310  # loopback
                return str(answer.read().decode("utf-8", "replace"))
        except OSError:
            return ""

    def wait_for(self, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)


@contextmanager
def _preview(checkout: Checkout, **environment: str) -> Iterator[Preview]:
    """Run a preview, on the loopback interface only."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log, temporary = checkout.root / "serve.log", checkout.root / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address]
    with log.open("w") as out:
        server = subprocess.Popen(
            command,
            cwd=checkout.root,
            env=checkout.environment(TMPDIR=str(temporary), **environment),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield Preview(f"http://{address}", log)
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # with the workers that render its downloads
        server.wait()
