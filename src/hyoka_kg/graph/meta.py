"""State what the data set is and how each graph came to be: VoID, DCAT and PROV, without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hyoka_kg.graph.iris import mint, mint_source
from hyoka_kg.graph.terms import Triple, integer, iri, string, term, text, typed
from hyoka_kg.vocabulary import BASE

_LICENCE = iri("https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True, slots=True)
class GraphAccount:
    """What one named graph holds and was made of.

    Attributes:
        name: IRI of the graph.
        triples: How many distinct triples it holds.
        step: The step of the pipeline that made it, such as `transcription`.
        inputs: SHA-256 by name of the files it was made of.
    """

    name: str
    triples: int
    step: str
    inputs: Mapping[str, str]


def state_meta(accounts: Iterable[GraphAccount], code_version: str, stated_elsewhere: int = 0) -> Iterator[Triple]:
    """Yield the description of the data set and of every graph in it.

    Args:
        accounts: What each graph holds.
        code_version: Version of the code that made them.
        stated_elsewhere: Triples of the data set in graphs that another account tells of.
    """
    dataset, agent = mint("dataset", "hyoka-kg"), _agent(code_version)
    yield dataset, term("rdf:type"), term("void:Dataset")
    yield dataset, term("rdf:type"), term("dcat:Dataset")
    yield (
        dataset,
        term("dcterms:title"),
        text("hyoka-kg: Japanese policy evaluation as a knowledge graph", "en"),
    )
    yield dataset, term("dcterms:license"), _LICENCE
    yield dataset, term("dcat:version"), string(code_version)
    yield dataset, term("void:uriSpace"), string(f"{BASE}id/")
    yield agent, term("rdf:type"), term("prov:SoftwareAgent")
    yield agent, term("dcat:version"), string(code_version)
    total = stated_elsewhere
    for account in accounts:
        total += account.triples
        yield dataset, term("void:subset"), iri(account.name)
        yield from _state_account(account, agent)
    yield dataset, term("void:triples"), integer(total)


def state_reading(graphs: Iterable[str], sources: Iterable[str], code_version: str) -> Iterator[Triple]:
    """Yield the one activity that read source files into many graphs, and that it made each of them.

    Args:
        graphs: IRIs of the graphs.
        sources: SHA-256 of the files that were read.
        code_version: Version of the code that read them.
    """
    activity = mint("activity", "corpora")
    yield activity, term("rdf:type"), term("prov:Activity")
    yield activity, term("dcterms:type"), string("reading of corpora")
    yield activity, term("prov:wasAssociatedWith"), _agent(code_version)
    for sha256 in sources:
        yield activity, term("prov:used"), mint_source(sha256)
    for graph in graphs:
        yield iri(graph), term("rdf:type"), term("prov:Bundle")
        yield iri(graph), term("prov:wasGeneratedBy"), activity


def _agent(code_version: str) -> str:
    return mint("agent", f"hyoka-kg-{code_version}")


def _state_account(account: GraphAccount, agent: str) -> Iterator[Triple]:
    graph = iri(account.name)
    activity = mint("activity", account.name.removeprefix(f"{BASE}graph/"))
    yield (
        graph,
        term("rdf:type"),
        term("hyoka:SheetSnapshot" if account.step == "transcription" else "prov:Bundle"),
    )
    yield graph, term("void:triples"), integer(account.triples)
    yield graph, term("prov:wasGeneratedBy"), activity
    yield activity, term("rdf:type"), term("prov:Activity")
    yield activity, term("dcterms:type"), string(account.step)
    yield activity, term("prov:wasAssociatedWith"), agent
    for name, sha256 in sorted(account.inputs.items()):
        entity = mint("input", sha256[:16])
        yield activity, term("prov:used"), entity
        yield entity, term("rdf:type"), term("prov:Entity")
        yield entity, term("dcterms:title"), string(name)
        yield entity, term("hyoka:textSha256"), typed(sha256, "xsd:hexBinary")
