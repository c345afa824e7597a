"""A remote store: any SPARQL 1.1 server, asked through SPARQLWrapper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from hyoka_kg.store.forms import query_form
from hyoka_kg.store.interface import Output, QueryForm
from hyoka_kg.store.rows import Rows, Term
from hyoka_kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_GRAPH_FORMS = ("construct", "describe")
# XML Schema 1.1, part 2, section 3.3.2: two spellings of each; the canonical one is the word.
_BOOLEAN = f"{PREFIXES['xsd']}boolean"
_BOOLEANS = {"0": "false", "1": "true"}


class RemoteStore:
    """A SPARQL 1.1 query endpoint whose default graph is the union of its named graphs."""

    def __init__(self, query_url: str, timeout_seconds: float = 60.0) -> None:
        self._url = query_url
        self._timeout = timeout_seconds

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """Return the rows of a SELECT query (SPARQL 1.1 Query Results JSON Format)."""
        client = self._client(query, timeout)
        # SPARQLWrapper guesses a query's form, and takes a word of a comment for it: the header is ours.
        client.setOnlyConneg(True)
        client.addCustomHttpHeader("Accept", _ROWS)
        answer = json.loads(self._ask(client).response.read())
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
        """Write the server's answer in a media type, by our own serializers: every server's answers look the same.

        Raises:
            QueryError: The server refuses the query, or the media type does not fit its form.
            StoreError: The server does not answer, or its answer is cut short.
        """
        form = query_form(query)
        formats = GRAPH_FORMATS if form in _GRAPH_FORMS else RESULT_FORMATS
        if media_type not in formats:
            raise QueryError(f"A query of this form has no answer in {media_type}. Use one of: {', '.join(formats)}.")
        client = self._client(query, None)
        client.setOnlyConneg(True)
        client.addCustomHttpHeader("Accept", _TRIPLES if formats is GRAPH_FORMATS else _ROWS)
        for graph in default_graphs:
            client.addParameter("default-graph-uri", graph)
        for graph in named_graphs:
            client.addParameter("named-graph-uri", graph)
        response = self._ask(client).response
        try:
            _copy(response, form, media_type, output)
        except (SyntaxError, ValueError, KeyError) as error:
            raise StoreError(f"The answer of the server {self._url} cannot be read: {error}") from error

    def query_form(self, query: str) -> QueryForm:
        """Return the form of a query."""
        return query_form(query)

    @property
    def texts(self) -> None:
        """Return None: a server's texts are asked by SPARQL alone."""
        return

    @property
    def judgements(self) -> None:
        """Return None: a server's findings are those in its graph."""
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


def _canonical(answer: bytes, form: QueryForm) -> bytes:
    """Return SPARQL results in JSON with each boolean in its canonical spelling."""
    record = json.loads(answer)
    if form == "ask" and "boolean" not in record:
        # Virtuoso answers with one row of one number, or with none.
        values = [binding["value"] for row in record["results"]["bindings"] for binding in row.values()]
        return json.dumps({"head": {}, "boolean": values in (["1"], ["true"])}).encode()
    for row in record.get("results", {}).get("bindings", ()):
        for binding in row.values():
            if binding.get("datatype") == _BOOLEAN:
                binding["value"] = _BOOLEANS.get(binding["value"], binding["value"])
    return json.dumps(record, ensure_ascii=False).encode()


def _copy(response: Any, form: QueryForm, media_type: str, output: Output) -> None:
    """Write a server's answer, N-Triples or JSON, in a media type that fits the form of the query."""
    if media_type in GRAPH_FORMATS and form in _GRAPH_FORMS:
        triples = (quad.triple for quad in ox.parse(response, format=ox.RdfFormat.N_TRIPLES))
        # The engine only writes to the output; its stub wants a whole file, here and below.
        ox.serialize(triples, output, format=GRAPH_FORMATS[media_type])  # type: ignore[arg-type]
        return
    answer = ox.parse_query_results(_canonical(response.read(), form), format=ox.QueryResultsFormat.JSON)
    answer.serialize(output, format=RESULT_FORMATS[media_type])  # type: ignore[arg-type]  # as above


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
    if datatype == _BOOLEAN:
        value = _BOOLEANS.get(value, value)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)
