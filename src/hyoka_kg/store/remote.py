"""A remote store: any SPARQL 1.1 server, asked through SPARQLWrapper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store.forms import query_form
from hyoka_kg.store.interface import Output, QueryForm, Rows, Term

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_CHUNK = 64 * 1024


class RemoteStore:
    """A SPARQL 1.1 query endpoint whose default graph is the union of its named graphs."""

    def __init__(self, query_url: str, timeout_seconds: float = 60.0) -> None:
        self._url = query_url
        self._timeout = timeout_seconds

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """Return the rows of a SELECT query (SPARQL 1.1 Query Results JSON Format)."""
        client = self._client(query, timeout)
        client.setReturnFormat("json")
        answer = self._ask(client).convert()
        variables = tuple(answer["head"].get("vars", ()))
        rows = [tuple(_term(binding.get(name)) for name in variables) for binding in answer["results"]["bindings"]]
        return Rows(variables, rows)

    def write(
        self,
        query: str,
        media_type: str,
        output: Output,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> None:
        """Write the server's answer in a media type, byte by byte as it comes."""
        client = self._client(query, None)
        client.setOnlyConneg(True)
        client.addCustomHttpHeader("Accept", media_type)
        for graph in default_graphs:
            client.addParameter("default-graph-uri", graph)
        for graph in named_graphs:
            client.addParameter("named-graph-uri", graph)
        response = self._ask(client).response
        while chunk := response.read(_CHUNK):
            output.write(chunk)

    def query_form(self, query: str) -> QueryForm:
        """Return the form of a query."""
        return query_form(query)

    @property
    def texts(self) -> None:
        """Return None: a server's texts are asked by SPARQL alone."""
        return

    def count(self) -> int:
        """Return how many triples the server's default graph holds."""
        query = queries_dir() / "maintenance" / "count_triples.rq"
        rows = self.select(query.read_text(encoding="utf-8")).as_text()
        return int(rows[0]["n"])

    def _client(self, query: str, timeout: float | None) -> SPARQLWrapper:
        # Here and below, not above: only a remote store needs it, and every worker process would pay for it.
        from SPARQLWrapper import SPARQLWrapper

        client = SPARQLWrapper(self._url)
        client.setMethod("POST")
        client.setQuery(query)
        client.setTimeout(int(timeout or self._timeout) or 1)
        return client

    def _ask(self, client: SPARQLWrapper) -> Any:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            return client.query()
        except SPARQLWrapperException as error:
            raise QueryError(f"The server {self._url} refused the query: {error}") from error
        except OSError as error:
            raise StoreError(f"The server {self._url} does not answer: {error}") from error


def _term(binding: dict[str, str] | None) -> Term | None:
    if binding is None:
        return None
    value, kind = binding["value"], binding["type"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode(value)
    if "xml:lang" in binding:
        return ox.Literal(value, language=binding["xml:lang"])
    datatype = binding.get("datatype")
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)
