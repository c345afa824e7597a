"""Every Turtle file of the ontology can be read, by two parsers, and says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, URIRef

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "ontology").rglob("*.ttl"))
OWN = "https://w3id.org/hyoka/def#"
USERS = ("src/**/*.py", "src/**/*.csv", "queries/**/*.rq", "ontology/**/*.ttl")
_QUOTED = re.compile(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>')


def test_no_file_is_overlooked(ontology_dir: Path) -> None:
    names = {path.relative_to(ontology_dir).as_posix() for path in FILES}
    assert {"hyoka.ttl", "dsd.ttl", "quality.shapes.ttl"} <= names
    assert sum(name.startswith("schemes/") for name in names) == 31
    assert sum(name.startswith("alignments/") for name in names) == 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_two_parsers_read_the_same_number_of_triples(path: Path, parse: Callable[..., Graph]) -> None:
    quads = set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(parse(path)) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_declared_prefix_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = re.findall(r"^@prefix ([\w-]+): ", text, flags=re.MULTILINE)
    body = _QUOTED.sub("", re.sub(r"^@prefix .*$", "", text, flags=re.MULTILINE))
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w-]){prefix}:", body)] == []


def test_each_scheme_has_its_own_file(ontology_dir: Path, parse: Callable[..., Graph]) -> None:
    for path in ontology_dir.glob("schemes/*.ttl"):
        iri = URIRef(f"https://w3id.org/hyoka/scheme/{path.stem}")
        assert set(parse(path).subjects(RDF.type)) - {iri} != set()
        assert all(str(thing).startswith(str(iri)) for thing in parse(path).subjects(unique=True))


def test_alignments_are_never_imported_and_speak_of_known_terms(
    ontology_dir: Path, vocabulary: Graph, schemes: Graph, parse: Callable[..., Graph]
) -> None:
    everything = parse(*FILES)
    assert list(everything.triples((None, OWL.imports, None))) == []
    known = set(vocabulary.subjects()) | set(schemes.subjects())
    for path in ontology_dir.glob("alignments/*.ttl"):
        own = {thing for thing in parse(path).subjects() if str(thing).startswith((OWN, f"{OWN[:-4]}scheme/"))}
        assert own <= known, path.name


def test_terms_that_code_queries_and_shapes_name_are_declared(vocabulary: Graph) -> None:
    files = [path for pattern in USERS for path in ROOT.glob(pattern)]
    used = {name for path in files for name in re.findall(r"\bhyoka:(\w+)", path.read_text(encoding="utf-8"))}
    assert {name for name in used if (URIRef(OWN + name), RDF.type, None) not in vocabulary} == set()
