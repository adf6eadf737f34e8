"""JSON-LD as a graph, read by rdflib without asking the network."""

from __future__ import annotations

import json
import warnings
from inspect import get_annotations
from typing import Any

from rdflib import Graph
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node


def graph(content: bytes, base: str = "https://primer.example/") -> Graph:
    with warnings.catch_warnings():
        # rdflib 7.6 warns of what its own parser does
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=content, format="json-ld", publicID=base)


def schema_org(markup: dict[str, Any]) -> Graph:
    """Read what says that its terms are those of schema.org, whose own context is a page away."""
    assert markup["@context"] == "https://schema.org"
    return graph(json.dumps(markup | {"@context": {"@vocab": "https://schema.org/"}}).encode())


def is_in(vocabulary: type[DefinedNamespace], term: Node) -> bool:
    """Tell whether a vocabulary has a term."""
    name = str(term).removeprefix(str(vocabulary))
    return name in get_annotations(vocabulary)
