"""The open data of sites: their suppliers' data, and every file of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from disclosure.opendata import described
from disclosure.render import DATA_FORMATS
from disclosure.site import Site
from disclosure.views.datasets import SupplierData
from tests import samples
from tests.building import DEMONSTRATION

BUILT = date(2026, 3, 1)


@dataclass(frozen=True)
class OpenData:
    """The data of suppliers and their files by path; downloads of documents are stood in for."""

    suppliers: tuple[SupplierData, ...]
    files: dict[str, bytes]

    def write(self, folder: Path) -> Path:
        for path, content in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return folder


@cache
def example() -> OpenData:
    """The open data of the example, whatever git knows of it."""
    return open_data(samples.example())


@cache
def repository() -> OpenData:
    """The open data of the repository's suppliers."""
    return open_data(samples.read(DEMONSTRATION))


def open_data(site: Site, address: str | None = None) -> OpenData:
    suppliers = tuple(replace(data, site=address) for data in site.data)
    files = {
        f"{data.place.path}{form.ending}": form.render(data)
        for data in suppliers
        for form in DATA_FORMATS
        if data.has(form.ending)
    }
    documents = {job.path: job.path.encode() for job in site.jobs() if job.path not in files}
    everything = files | documents
    return OpenData(suppliers, everything | dict(described(suppliers, everything, BUILT)))
