"""The graph as a Python object: questions in, answers with receipts out; it keeps no state of its own."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hyoka_kg.api.answers import Answer, SearchAnswer
from hyoka_kg.api.project import Project
from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, load_catalogue, resolve, run_canned, run_maintenance, search
from hyoka_kg.store import GraphStore, Rows
from hyoka_kg.vocabulary import expand

if TYPE_CHECKING:
    import rdflib

    from hyoka_kg.figures import Figure, Language
    from hyoka_kg.pipeline.receipts import Receipt
    from hyoka_kg.pipeline.tracing import TraceNode

_PROJECT = expand("hyoka:Project")
_BOOLEAN = "application/sparql-results+json"


@dataclass(frozen=True, slots=True, repr=False)
class KnowledgeGraph:
    """A graph that was opened with `hyoka_kg.open` or `hyoka_kg.sample`.

    A thing is named by IRI, prefixed name (`hyk:project/mic/juki-net-security`), identifier (`mic/juki-net-security`),
    the last part of it, or its name as printed. A name of nothing, or of several things, is a `QueryError`.

    Attributes:
        store: What the graph is asked through.
        address: The folder or URL that it was opened from.

    >>> len(kg.project("juki-net-security").money()) > 50
    True
    """

    store: GraphStore
    address: str

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.address}>"

    def __len__(self) -> int:
        """Return how many quads the graph holds."""
        return self.store.count()

    def __bool__(self) -> bool:
        # A graph is not falsy for being empty, and a server is not to be asked for that.
        return True

    def query(self, name: str, /, **parameters: object) -> Answer:
        """Ask a canned query (定型の問い) by its id; `queries()` lists them with their parameters.

        Args:
            name: Id or file name, such as `tr01` or `tr01_trace_of_a_project`.
            parameters: Its parameters by name; what is left out, or None, keeps its default.

        Raises:
            QueryError: There is no such query or parameter, or a value names nothing.

        >>> trace = kg.query("tr01", project="juki-net-security")
        >>> row = next(row for row in trace if row["page"] and row["clause_path"])
        >>> row["strategy"], row["clause_path"], row["stated_in"], row["page"], row["line"]
        ('世界最先端IT国家創造宣言', 'Ⅲ', 'mic-ex-ante-fy2017-08', 11, 1377)
        """
        values = {name: str(value) for name, value in parameters.items() if value is not None}
        return Answer(run_canned(self.store, load_catalogue()[name], values))

    def queries(self) -> Answer:
        """Return the canned queries: id, question in Japanese and English, parameters with their defaults.

        >>> [row["id"] for row in kg.queries()][:2]
        ['cq01', 'cq02']
        """
        columns = ("id", "question_ja", "question_en", "parameters")
        rows = [tuple(map(ox.Literal, _told(query))) for query in load_catalogue()]
        return Answer(Rows(columns, [*rows]))

    def sparql(self, text: str) -> Answer:
        """Return the rows of a SELECT query; its default graph is the union of all named graphs.

        Raises:
            QueryError: The query is of another form (`ask` and `construct` are for these) or cannot be read.

        >>> kg.sparql("SELECT (COUNT(DISTINCT ?project) AS ?n) { ?project a <https://w3id.org/hyoka/def#Project> }")[0]
        {'n': 35}
        """
        if self.store.query_form(text) != "select":
            raise QueryError("This query gives no rows. Use ask() for ASK, construct() for CONSTRUCT and DESCRIBE.")
        return Answer(self.store.select(text))

    def ask(self, text: str) -> bool:
        """Return the answer to an ASK query.

        Raises:
            QueryError: The query is of another form or cannot be read.

        >>> kg.ask("ASK { ?any a <https://w3id.org/hyoka/def#ReviewSheet> }")
        True
        """
        if self.store.query_form(text) != "ask":
            raise QueryError("This query does not give a yes or no; ASK is needed here.")
        buffer = io.BytesIO()
        self.store.write(text, _BOOLEAN, buffer)
        return bool(json.loads(buffer.getvalue())["boolean"])

    def construct(self, text: str) -> rdflib.Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query.

        Raises:
            QueryError: The query is of another form or cannot be read.

        >>> len(kg.construct("DESCRIBE <https://w3id.org/hyoka/id/project/mic/juki-net-security>")) > 5
        True
        """
        from hyoka_kg.api.rdf import constructed

        if self.store.query_form(text) not in ("construct", "describe"):
            raise QueryError("This query does not give triples; CONSTRUCT or DESCRIBE is needed here.")
        return constructed(self.store, text)

    def project(self, what: str) -> Project:
        """Return a project (事業) by IRI, identifier or name.

        Raises:
            QueryError: Nothing, or more than one project, has that name.

        >>> kg.project("juki-net-security").iri
        'https://w3id.org/hyoka/id/project/mic/juki-net-security'
        """
        named = resolve(self.store, load_catalogue()["tr01"].params[0], what)
        iri = named if "://" in named else expand(named)
        classes = run_maintenance(self.store, "classes_of", thing=iri).as_text()
        if all(row["class"] != _PROJECT for row in classes):
            raise QueryError(f"{named} is no project of this graph. Find one by its name: kg.search(words, 'project')")
        return Project(self.store, iri)

    def trace(self, what: str, *, as_of: date | None = None) -> TraceNode:
        """Return what leads from a project or indicator to clauses of strategies, or from a clause back, as a tree.

        Args:
            what: A project, a clause of a strategy version, or an indicator.
            as_of: Only what documents issued up to this day state.

        Raises:
            QueryError: Nothing of these kinds has that name.

        >>> tree = kg.trace("juki-net-security")
        >>> tree.kind, [child.kind for child in tree.children][:1]
        ('project', ['policy'])
        """
        from hyoka_kg.pipeline.tracing import trace

        return trace(self.store, what, as_of)

    def receipt(self, what: str) -> list[Receipt]:
        """Return where a value is printed: paper, page, line, words.

        Args:
            what: IRI of a statement, or a text as it is printed.

        Raises:
            QueryError: Nothing has that IRI or text.

        >>> receipt = kg.receipt("56.9時間")[0]
        >>> receipt.document, receipt.page, receipt.line_from, receipt.quote
        ('mic-ex-ante-fy2017-08', 1, 57, '56.9時間')
        """
        from hyoka_kg.pipeline.receipts import find_receipts

        return find_receipts(self.store, what)

    def search(
        self, words: str, kind: str = "", *, ministry: str = "", year: int | str = "", start: int = 0, count: int = 20
    ) -> SearchAnswer:
        """Find things by words in their names and printed texts; width, case, kana and calendar do not count.

        Args:
            words: Words with spaces between; each may be a part of a word.
            kind: What kind of thing, such as `project`; empty means any.
            ministry: Only what this ministry issued, by its code, such as `mic`.
            year: Only what is of this publication year.
            start: How many things to leave out.
            count: How many things to return at most; `total` tells how many there are.

        Raises:
            QueryError: There is nothing to look for, no such kind, or no text index: a SPARQL server has none.

        >>> found = kg.search("住民基本台帳", "project")
        >>> found.total, found[0]["thing"]
        (1, 'https://w3id.org/hyoka/id/project/mic/juki-net-security')
        """
        result = search(self.store, words, kind, ministry=ministry, year=str(year), start=start, count=count)
        return SearchAnswer(result.as_rows(), result.total)

    def describe(self, what: str) -> Answer:
        """Return everything that is said of a thing, by IRI or prefixed name, and which graph says it.

        >>> said = kg.describe("hyk:project/mic/juki-net-security")[0]
        >>> said["graph"], said["value"]
        ('https://w3id.org/hyoka/graph/registry', 'mic/juki-net-security')
        """
        return Answer(run_maintenance(self.store, "describe", thing=what))

    def picture(self, name: str, thing: str = "", *, language: Language = "ja") -> Figure:
        """Draw a picture that a notebook shows: trace, numbers, budget, policy, targets, flow, findings and others.

        Args:
            name: Name of the picture; `hyoka picture --help` lists them with what each is drawn of.
            thing: What it is drawn of; nothing for a picture of the whole graph.
            language: Language of the words, `ja` or `en`.

        Raises:
            NothingToDraw: The data cannot carry the picture; the text says why.
            QueryError: There is no such picture, or the thing is not known.

        >>> kg.picture("budget", "juki-net-security", language="en").svg[:4]
        '<svg'
        """
        from hyoka_kg.figures import draw_picture

        return draw_picture(self.store, name, thing, language)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return a copy of the graph as an `rdflib.Dataset`: named graphs kept, the default graph their union.

        Meant for the sample and for graphs like it (about 1 kB a quad); of a national store take a part with
        `construct`, or `to_oxrdflib`, which copies nothing.

        Raises:
            QueryError: The graph is a server's; its message names the ways.

        >>> dataset = kg.to_rdflib()
        >>> sum(1 for _ in dataset.quads()) == len(kg)
        True
        """
        from hyoka_kg.api.rdf import as_dataset

        return as_dataset(self.store)

    def to_oxrdflib(self) -> rdflib.Dataset:
        """Return the graph behind rdflib's interface, answered by Oxigraph: nothing is copied, nothing can be changed.

        Raises:
            MissingPackageError: oxrdflib is not installed (`pip install "hyoka-kg[oxrdflib]"`).
            QueryError: The graph is a server's.

        >>> rows = kg.to_oxrdflib().query("SELECT ?s { ?s a <https://w3id.org/hyoka/def#Strategy> } LIMIT 2")
        >>> len(list(rows))
        2
        """
        from hyoka_kg.api.rdf import as_oxigraph_dataset

        return as_oxigraph_dataset(self.store)


def _told(query: CannedQuery) -> tuple[str, str, str, str]:
    parameters = " ".join(f"{parameter.name}={parameter.default or ''}" for parameter in query.params)
    return query.id, query.summary, query.summary_en, parameters
