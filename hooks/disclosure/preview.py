"""Downloads for a preview: rendered in the background and put where the preview is shown."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from disclosure.output import downloads
from disclosure.render import RenderError
from disclosure.site import Site
from disclosure.workshop import Workshop

log = logging.getLogger("mkdocs.hooks.disclosure")


class Preview:
    """Delivers downloads to the newest preview; what an older one still waits for is dropped."""

    def __init__(self) -> None:
        self._newest = 0
        self._rendering = threading.Lock()

    def deliver(self, site: Site, workshop: Workshop, folder: Path) -> None:
        """Render the downloads of a site meanwhile, and write each below `folder` once made."""
        self._newest += 1
        arguments = (site, workshop, folder, self._newest)
        threading.Thread(target=self._deliver, args=arguments, daemon=True).start()

    def _deliver(self, site: Site, workshop: Workshop, folder: Path, number: int) -> None:
        with self._rendering:
            try:
                for path, content in downloads(site, workshop):
                    if number != self._newest:
                        return
                    (folder / path).write_bytes(content)
            except (RenderError, OSError) as error:
                log.error(str(error))
