"""The prefixes that every file of the project uses, and the one base IRI."""

from __future__ import annotations

from functools import cache

BASE = "https://w3id.org/hyoka/"

PREFIXES: dict[str, str] = {
    "hyoka": f"{BASE}def#",
    "hys": f"{BASE}scheme/",
    "hyk": f"{BASE}id/",
    "hyg": f"{BASE}graph/",
    "hysh": f"{BASE}shapes#",
    "hyq": f"{BASE}query/",
    "adms": "http://www.w3.org/ns/adms#",
    "cpov": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "obeu-attribute": "http://data.openbudgets.eu/ontology/dsd/attribute/",
    "obeu-dimension": "http://data.openbudgets.eu/ontology/dsd/dimension/",
    "obeu-measure": "http://data.openbudgets.eu/ontology/dsd/measure/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def expand(name: str) -> str:
    """Return the IRI of a prefixed name.

    >>> expand("hyoka:statedIn")
    'https://w3id.org/hyoka/def#statedIn'

    Raises:
        KeyError: The prefix is not one of `PREFIXES`.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Return the prefixed name of an IRI for people to read, or the IRI itself.

    >>> compact("https://w3id.org/hyoka/id/fy/2017")
    'hyk:fy/2017'
    """
    fits = [prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fits:
        return iri
    best = max(fits, key=lambda prefix: len(PREFIXES[prefix]))
    return f"{best}:{iri[len(PREFIXES[best]) :]}"
