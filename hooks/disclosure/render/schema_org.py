"""What pages say of their data to search engines: schema.org as JSON-LD."""

from __future__ import annotations

from typing import Any

from disclosure.render import FORMATS
from disclosure.views.datasets import DocumentData, SupplierData

Node = dict[str, Any]


def document_markup(data: SupplierData, document: DocumentData) -> Node:
    """Return a document as a data set that can be downloaded; what is not known is left out."""
    view, (first, last) = document.view, document.years
    here = view.address or ""
    known = {
        "url": view.address,
        "identifier": view.code,
        "datePublished": document.published and document.published.isoformat(),
        "dateModified": document.modified and document.modified.isoformat(),
        "version": view.checksum,
    }
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": view.title,
        "description": data.description_of(document),
        "inLanguage": "ru",
        "keywords": list(data.keywords),
        "temporalCoverage": f"{first}-01-01/{last}-12-31",
        **({"spatialCoverage": list(data.regions)} if data.regions else {}),
        "publisher": _publisher(data),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": data.title},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": form.name,
                "encodingFormat": form.media_type,
                "contentUrl": f"{here}{view.file_stem}{form.ending}",
            }
            for form in FORMATS
        ],
        **{name: value for name, value in known.items() if value},
    }


def catalogue_markup(data: SupplierData) -> Node:
    """Return the data of a supplier as a catalogue of its documents."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": data.title,
        "description": data.description,
        "inLanguage": "ru",
        "publisher": _publisher(data),
        "dataset": [
            {
                "@type": "Dataset",
                "name": document.view.title,
                "description": data.description_of(document),
                **({"url": document.view.address} if document.view.address else {}),
            }
            for document in data.documents
        ],
    }


def _publisher(data: SupplierData) -> Node:
    taxed = {"taxID": data.inn} if data.inn else {}
    return {"@type": "Organization", "name": data.supplier.full_name, **taxed}
