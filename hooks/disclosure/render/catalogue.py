"""The catalogue of all data of a site: DCAT 3 as JSON-LD (w3.org/TR/vocab-dcat-3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from disclosure.render import DATA_FORMATS, FORMATS, Format
from disclosure.render.tables import write_json
from disclosure.views.datasets import DocumentData, SupplierData

CATALOGUE: Final = "catalog.jsonld"
"""Where it lies; without the address of the site its addresses are relative to this."""

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RUSSIAN: Final = "http://publications.europa.eu/resource/authority/language/RUS"
_SHA256: Final = {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"}
_MEDIA: Final = "https://www.iana.org/assignments/media-types"

Node = dict[str, Any]


def catalogue(suppliers: Sequence[SupplierData], files: Mapping[str, bytes]) -> bytes:
    """Return the catalogue; `files` are the downloads at hand, by paths below the site's root.

    A series for each supplier holds a data set for each document and one of the tables of all. Who
    publishes a site of several suppliers is not known, and is not said.
    """
    datasets = [node for data in suppliers for node in _datasets(data, files)]
    series = [_series(data) for data in suppliers]
    publisher = {"dct:publisher": _publisher(suppliers[0])} if len(suppliers) == 1 else {}
    site = suppliers[0].site if suppliers else None
    whole = {
        "@id": f"{site or ''}{CATALOGUE}#catalog",
        "@type": "dcat:Catalog",
        "dct:title": _russian("Программы и отчёты о качестве обслуживания потребителей"),
        "dct:description": _russian("Открытые данные поставщиков электроэнергии."),
        "dct:language": _language(),
        **publisher,
        "dcat:dataset": [_link(node) for node in series + datasets],
    }
    return write_json({"@context": _CONTEXT, "@graph": [whole, *series, *datasets]})


def _series(data: SupplierData) -> Node:
    return {
        "@id": _series_id(data),
        "@type": "dcat:DatasetSeries",
        "dct:title": _russian(data.title),
        "dct:description": _russian(data.description),
        "dct:publisher": _publisher(data),
        "dct:temporal": _temporal(data.period),
        **_days(data.published, data.modified),
        **_about(data),
    }


def _datasets(data: SupplierData, files: Mapping[str, bytes]) -> Iterator[Node]:
    forms = [form for form in DATA_FORMATS if data.has(form.ending)]
    tables = f"Таблицы всех документов: {data.supplier.name}"
    yield {
        **_dataset(data, data.place.path, tables, data.description, data.period),
        **_days(data.published, data.modified),
        "dcat:distribution": [_distribution(data, data.place.path, f, files) for f in forms],
    }
    for document in data.documents:
        yield _document(data, document, files)


def _document(data: SupplierData, document: DocumentData, files: Mapping[str, bytes]) -> Node:
    view, stem = document.view, f"{document.path}{document.view.file_stem}"
    description = data.description_of(document)
    return {
        **_dataset(data, document.path, view.title, description, document.years),
        "dct:identifier": f"{data.supplier.slug}-{document.id}",
        **_days(document.published, document.modified),
        "dcat:distribution": [_distribution(data, stem, form, files) for form in FORMATS],
    }


def _dataset(
    data: SupplierData, path: str, title: str, description: str, years: tuple[int, int]
) -> Node:
    return {
        "@id": f"{data.at(path)}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _russian(title),
        "dct:description": _russian(description),
        "dct:publisher": _publisher(data),
        "dct:language": _language(),
        "dct:temporal": _temporal(years),
        "dcat:inSeries": {"@id": _series_id(data)},
        "dcat:keyword": [_russian(word) for word in data.keywords],
        "dcat:landingPage": {"@id": data.at(path), "@type": "foaf:Document"},
        **_about(data),
    }


def _distribution(data: SupplierData, stem: str, form: Format, files: Mapping[str, bytes]) -> Node:
    path = f"{stem}{form.ending}"
    address, content = data.at(path), files.get(path)
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _russian(form.name),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA}/{form.media_type}", "@type": "dct:MediaType"},
        **({} if content is None else _measured(content)),
    }


def _measured(content: bytes) -> Node:
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": _SHA256,
        "spdx:checksumValue": _typed(hashlib.sha256(content).hexdigest(), "xsd:hexBinary"),
    }
    size = _typed(str(len(content)), "xsd:nonNegativeInteger")
    return {"dcat:byteSize": size, "spdx:checksum": checksum}


def _publisher(data: SupplierData) -> Node:
    return {
        "@id": f"{data.at(data.place.home)}#supplier",
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": _russian(data.supplier.full_name),
    }


def _about(data: SupplierData) -> Node:
    """Return where the data are about, and the mailbox of whom to ask, if these are known."""
    found: Node = {}
    if data.regions:
        found["dct:spatial"] = [
            {"@type": "dct:Location", "skos:prefLabel": _russian(region)} for region in data.regions
        ]
    if data.contact.email:
        found["dcat:contactPoint"] = {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": _russian(data.contact.name),
            "vcard:hasEmail": {"@id": f"mailto:{data.contact.email}"},
        }
    return found


def _days(published: date | None, modified: date | None) -> Node:
    days = {"dct:issued": published, "dct:modified": modified}
    return {name: _typed(day.isoformat(), "xsd:date") for name, day in days.items() if day}


def _temporal(years: tuple[int, int]) -> Node:
    first, last = years
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed(f"{first}-01-01", "xsd:date"),
        "dcat:endDate": _typed(f"{last}-12-31", "xsd:date"),
    }


def _series_id(data: SupplierData) -> str:
    return f"{data.at(data.place.path)}#series"


def _language() -> Node:
    return {"@id": _RUSSIAN, "@type": "dct:LinguisticSystem"}


def _link(node: Node) -> Node:
    return {"@id": node["@id"]}


def _russian(text: str) -> Node:
    return {"@value": text, "@language": "ru"}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": kind}
