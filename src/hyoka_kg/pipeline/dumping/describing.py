"""Describe a dump in VoID and DCAT 3: what made its graphs, and its files with type, size, rows and SHA-256."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

from hyoka_kg.pipeline.dumping.accounts import Account
from hyoka_kg.pipeline.versions import Versions
from hyoka_kg.vocabulary import BASE, PREFIXES

_SPDX = Namespace("http://spdx.org/rdf/terms#")
_HYOKA = Namespace(PREFIXES["hyoka"])
_DATASET = URIRef(f"{BASE}id/dataset/hyoka-kg")
# Of DCAT 3; rdflib knows the terms of DCAT 2.
_DCAT_VERSION = URIRef(f"{PREFIXES['dcat']}version")
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_IANA = Namespace("https://www.iana.org/assignments/media-types/")
_TITLE = "hyoka-kg: Japanese policy evaluation as a knowledge graph"
_MEDIA_TYPES = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dump.

    Attributes:
        name: Its path within the dump.
        size: Its bytes.
        sha256: Its SHA-256, in hexadecimal.
        rows: How many rows it has, of a table.
    """

    name: str
    size: int
    sha256: str
    rows: int | None = None


def write_description(
    path: Path, files: Sequence[File], quads: int, accounts: Iterable[Account], versions: Versions
) -> Path:
    """Write the description as Turtle; addresses of files are relative to it."""
    graph = Graph()
    for prefix in ("dcat", "dcterms", "void", "xsd", "hyoka"):
        graph.bind(prefix, PREFIXES[prefix])
    graph.bind("spdx", _SPDX)
    graph.add((_DATASET, RDF.type, VOID.Dataset))
    graph.add((_DATASET, RDF.type, DCAT.Dataset))
    graph.add((_DATASET, DCTERMS.title, Literal(_TITLE, lang="en")))
    graph.add((_DATASET, DCTERMS.license, _LICENCE))
    graph.add((_DATASET, _DCAT_VERSION, Literal(versions.data)))
    graph.add((_DATASET, DCTERMS.conformsTo, URIRef(f"{BASE}def/{versions.ontology}")))
    graph.add((_DATASET, VOID.triples, Literal(quads)))
    graph.add((_DATASET, VOID.uriSpace, Literal(f"{BASE}id/")))
    graph.add((_DATASET, VOID.vocabulary, URIRef(f"{BASE}def")))
    for account in accounts:
        _tell(graph, account)
    for file in files:
        _describe(graph, file)
    graph.serialize(path, format="turtle", encoding="utf-8")
    return path


def _tell(graph: Graph, account: Account) -> None:
    part = URIRef(f"{_DATASET}#{account.step.replace(' ', '-')}")
    graph.add((_DATASET, VOID.subset, part))
    graph.add((part, RDF.type, VOID.Dataset))
    graph.add((part, DCTERMS.title, Literal(account.step, lang="en")))
    graph.add((part, VOID.documents, Literal(account.graphs)))
    graph.add((part, VOID.triples, Literal(account.triples)))


def _describe(graph: Graph, file: File) -> None:
    # A name as its own address: Turtle resolves it against where the description is read from.
    node, checksum = URIRef(file.name), URIRef(f"{file.name}#sha256")
    suffixes = Path(file.name).suffixes
    graph.add((_DATASET, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.downloadURL, node))
    graph.add((node, DCAT.mediaType, _IANA[_MEDIA_TYPES[suffixes[0]]]))
    graph.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    graph.add((node, _SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, _SPDX.Checksum))
    graph.add((checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, _SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    if suffixes[-1] == ".gz":
        graph.add((node, DCAT.compressFormat, _IANA["application/gzip"]))
        graph.add((_DATASET, VOID.dataDump, node))
    if file.rows is not None:
        graph.add((node, _HYOKA.statementCount, Literal(file.rows)))
