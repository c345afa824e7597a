"""Tell of every graph of a national store how it came to be: those made one by one, and those read from corpora."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hyoka_kg import __version__
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.meta import GraphAccount, state_meta, state_reading
from hyoka_kg.pipeline.national.planning import CorpusPlan
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.store.writing import StoreWriter

META = graph_named("meta")
# The meta graph tells of the others; the findings are made of this very run.
_UNTOLD = frozenset({META, graph_named("qa", __version__)})


def state_accounts(writer: StoreWriter, graphs: Iterable[NamedGraph], plan: CorpusPlan) -> NamedGraph:
    """Return the meta graph of a store that holds all but it."""
    accounts = _accounts(graphs)
    read = sorted(name for name in writer.graphs() if name not in accounts and name not in _UNTOLD)
    stated = writer.count() - sum(account.triples for account in accounts.values())
    sources = [*plan.files.values(), *(former.sha256 for former in plan.formers)]
    triples = [*state_meta(accounts.values(), __version__, stated), *state_reading(read, sources, __version__)]
    return NamedGraph.of(META, "description", triples, {})


def _accounts(graphs: Iterable[NamedGraph]) -> dict[str, GraphAccount]:
    """Return an account by name; a graph that the sample and the corpora both state is one."""
    accounts: dict[str, GraphAccount] = {}
    for graph in graphs:
        if graph.name in _UNTOLD:
            continue
        account, former = graph.account, accounts.get(graph.name)
        if former:
            triples, inputs = former.triples + account.triples, {**former.inputs, **account.inputs}
            account = replace(account, triples=triples, inputs=inputs)
        accounts[graph.name] = account
    return accounts
