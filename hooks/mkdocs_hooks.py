"""Delivers the artifacts of the core into a MkDocs build. The only module that knows MkDocs."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from disclosure import Artifact, DataError
from disclosure.assets import fingerprinted
from disclosure.output import artifacts, downloads
from disclosure.preview import Preview
from disclosure.render import RenderError
from disclosure.settings import (
    cache_folder,
    data_folder,
    date_by_commit,
    only_supplier,
    site_address,
)
from disclosure.site import Site, read_site
from disclosure.views.document import DEMO_NOTICE
from disclosure.workshop import Workshop
from gate.headers import PAGE_POLICY

log = logging.getLogger("mkdocs.hooks.disclosure")

_SILENT = re.compile(r'(?<!<span class="d-image">)<img[^>]*>|<img(?![^>]*\salt="\s*[^"\s])[^>]*>')

_UNUSED = ("assets/javascripts/", "assets/stylesheets/palette.")

_ASSET = re.compile(r"assets/[^/]+\.(?:css|js)")

_serving = False
_artifacts: list[Artifact] = []
_assets: dict[str, str] = {}
_pending: list[tuple[Site, Workshop]] = []
_preview = Preview()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is a preview."""
    global _serving  # noqa: PLW0603  # MkDocs tells it once, before any configuration
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Date the build by its commit, where nothing else dates it."""
    date_by_commit(_root(config))
    return config


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Make all artifacts before MkDocs empties the folder of the last good site."""
    _refuse_symlinks(Path(config.docs_dir))
    try:
        site = read_site(_root(config) / data_folder(), only=only_supplier())
        _artifacts[:] = artifacts(site, _downloads(site, config))
    except (DataError, RenderError) as error:
        raise PluginError(f"Данные не опубликованы.\n{error}") from None
    _refuse_clashes(config)
    for warning in site.warnings:
        log.info(str(warning))
    _adorn(config, site)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the artifacts to the files of the site, leave out what no page uses of the theme."""
    for file in list(files):
        unused = file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map")
        if unused and file.src_dir != config.docs_dir:
            files.remove(file)
    for artifact in _artifacts:
        level = InclusionLevel.INCLUDED if artifact.menu else InclusionLevel.NOT_IN_NAV
        content = artifact.content
        files.append(File.generated(config, artifact.path, content=content, inclusion=level))
    _fingerprint(files, config)
    return files


def on_env(env: Environment, *, config: MkDocsConfig, **_: object) -> Environment:
    """Let templates ask for the present name of an asset."""
    env.filters["asset"] = lambda path: _assets.get(path, path)
    for script in config.extra_javascript:
        if not isinstance(script, str):
            script.path = _assets.get(script.path, script.path)
    return env


def on_page_content(html: str, *, page: Page, **_: object) -> str:
    """Refuse an image of a page written by hand that could not be replaced by its words."""
    if image := _SILENT.search(html):
        raise PluginError(
            f"{page.file.abs_src_path}: у изображения {image[0]} нет слов, которые его заменят."
            " Запишите его со словами в квадратных скобках: ![Очередь в офисе](файл.png)."
        )
    return html


def on_post_build(*, config: MkDocsConfig) -> None:
    """Let a preview have the downloads that were not at hand."""
    while _pending:
        _preview.deliver(*_pending.pop(), Path(config.site_dir))


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    """Watch the data, wherever they are."""
    server.watch(str((_root(config) / data_folder()).resolve()))
    return server


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _adorn(config: MkDocsConfig, site: Site) -> None:
    """Name the site after its only supplier, put suppliers into the menu, mark a demonstration.

    Names are escaped, since the theme takes them for HTML. A preview keeps its own address, and
    its pages carry no policy: what reloads them is an inline script.
    """
    if not _serving:
        config.site_url = site_address() or config.site_url
        config.extra["policy"] = PAGE_POLICY
    if site.demo:
        config.extra["demo"] = DEMO_NOTICE
    if not site.portal:
        config.site_name = escape(site.suppliers[0].supplier.name) + ": качество обслуживания"
    menu = [{escape(artifact.menu): artifact.path} for artifact in _artifacts if artifact.menu]
    config.nav = [*menu, *(config.nav or [])]


def _downloads(site: Site, config: MkDocsConfig) -> dict[str, bytes]:
    """Return the downloads; a preview takes those at hand and makes the others meanwhile."""
    workshop = Workshop(_root(config) / cache_folder())
    if not _serving:
        return dict(downloads(site, workshop))
    ready = {job.path: content for job in site.jobs() if (content := workshop.ready(job))}
    _pending[:] = [(site, workshop)] if len(ready) < len(site.jobs()) else []
    return ready


def _fingerprint(files: Files, config: MkDocsConfig) -> None:
    """Give the styles and scripts of the theme names that tell what is in them."""
    assets = {
        file.src_uri: file
        for file in files
        if _ASSET.fullmatch(file.src_uri) and file.src_dir != config.docs_dir
    }
    renamed = fingerprinted({path: file.content_bytes for path, file in assets.items()})
    _assets.clear()
    for path, (new, content) in renamed.items():
        files.remove(assets[path])
        files.append(File.generated(config, new, content=content))
        _assets[path] = new


def _refuse_symlinks(content: Path) -> None:
    for file in content.rglob("*"):
        if file.is_symlink():
            raise PluginError(f"{file}: символическая ссылка. Положите сюда сам файл.")


def _refuse_clashes(config: MkDocsConfig) -> None:
    """Refuse a file in content/ whose address a page of the data has, whatever its own name."""

    def address(path: str) -> str:
        return File(path, config.docs_dir, config.site_dir, config.use_directory_urls).dest_uri

    taken = {address(artifact.path) for artifact in _artifacts}
    content = Path(config.docs_dir)
    for file in content.rglob("*"):
        if file.is_file() and address(file.relative_to(content).as_posix()) in taken:
            message = "этот адрес занимает страница из данных. Переименуйте файл."
            raise PluginError(f"{file}: {message}")
