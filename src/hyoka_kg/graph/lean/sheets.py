"""Write the parts of review sheets as N-Quads lines, one named graph a sheet."""

from __future__ import annotations

from hyoka_kg.graph.iris import mint
from hyoka_kg.graph.lean.meanings import NodeMeaning, field_meanings, node_meanings
from hyoka_kg.graph.terms import iri, string, term, typed
from hyoka_kg.linking import ProjectResolver
from hyoka_kg.model import Node, SheetKey, SheetPart
from hyoka_kg.vocabulary import BASE

_SOURCE = f"{BASE}id/source/"
_KIND = "review-sheet"
_REVISION = "r1"
_YEARS = frozenset({"fiscal_year", "start_year", "end_year"})
# No sheet of the corpora prints its date; it comes with the budget requests, due at the end of August (ADR 3).
_ISSUED = "08-31"
# Around the path of a sheet, these end each line of a shard.
GRAPH_START, GRAPH_END = f" <{BASE}graph/doc/", f"/{_REVISION}> .\n"


def graph_of_sheet(key: SheetKey) -> str:
    """Return the IRI of the graph with what the corpora say of a sheet."""
    return f"{BASE}graph/doc/{key.path}/{_REVISION}"


def head_of_sheet(path: str, mark: str = "") -> list[tuple[str, str]]:
    """Return what identifies the document of a sheet: predicates and values.

    Args:
        path: Path of the sheet: ministry, form, fiscal year, number.
        mark: What tells the document of a replaced telling from the current one.
    """
    ministry, _, year, _ = path.split("/")
    year = year.removeprefix("fy")
    return [
        (term("dcterms:identifier"), string(f"{path}{mark}".replace("/", "-"))),
        (term("dcterms:issued"), typed(f"{year}-{_ISSUED}", "xsd:date")),
        (term("hyoka:sheetYear"), mint("fy", year)),
        (term("hyoka:ministry"), mint("org", ministry)),
        (term("dcat:inSeries"), mint("series", f"{ministry}/{_KIND}")),
    ]


class SheetWriter:
    """Turns sheet parts into lines; it knows the tables and the projects.

    Attributes:
        years: The fiscal years that were spoken of so far.
    """

    def __init__(self, projects: ProjectResolver) -> None:
        self.years: set[str] = set()
        self._projects = projects
        self._nodes, self._fields = node_meanings(), field_meanings()
        self._stated_in = term("hyoka:statedIn")
        self._derived = term("prov:wasDerivedFrom")

    def lines(self, part: SheetPart) -> list[str]:
        """Return the N-Quads lines of a part."""
        document = mint("doc", part.key.path)
        base, project = document[1:-1], mint("project", self._projects.project_of(part.key, part.rs_id))
        lines: list[str] = []
        tail = f" {iri(graph_of_sheet(part.key))} .\n"
        if part.number_printed:
            lines += self._number(part, project)
        for node in part.nodes:
            if node.kind == "document":
                lines += self._head(part.key, document)
            self._node(node, base, project, lines)
        return [line + tail for line in lines]

    def _head(self, key: SheetKey, document: str) -> list[str]:
        self.years.add(str(key.fiscal_year))
        return [f"{document} {predicate} {value}" for predicate, value in head_of_sheet(key.path)]

    def _node(self, node: Node, base: str, project: str, lines: list[str]) -> None:
        meaning = self._nodes[node.kind]
        subject = f"<{base}/{node.path}>" if node.path else f"<{base}>"
        lines += [f"{subject} {types}" for types in meaning.types]
        if meaning.stated_in:
            lines.append(f"{subject} {self._stated_in} <{base}>")
        if meaning.owner:
            lines.append(_owner(meaning, subject, f"<{base}/{node.owner}>" if node.owner else f"<{base}>"))
        if meaning.project:
            lines.append(f"{subject} {meaning.project} {project}")
        for name, value in node.values:
            field = self._fields[name]
            lines.append(f"{subject} {field.property} {field.make(value)}")
            if name in _YEARS:
                self.years.add(value)
        if node.place:
            lines.append(f"{subject} {self._derived} <{_SOURCE}{node.place}>")

    def _number(self, part: SheetPart, project: str) -> list[str]:
        """Return the review number; one that the registry holds is stated there."""
        key = part.key
        path = f"{key.ministry}/fy{key.fiscal_year}/{key.number}"
        number = mint("review-number", path)
        printed = f"{mint('doc', f'{key.path}/entry/1')} {term('adms:identifier')} {number}"
        if self._projects.is_registered(key):
            return [printed]
        return [
            printed,
            f"{number} {term('rdf:type')} {term('hyoka:ReviewNumber')}",
            f"{number} {term('hyoka:numberAsPrinted')} {string(part.number_printed)}",
            f"{number} {term('hyoka:numberKind')} {term(f'hys:number-kind/{_number_kind(key.number)}')}",
            f"{number} {term('hyoka:fiscalYear')} {mint('fy', str(key.fiscal_year))}",
            f"{number} {term('hyoka:ministry')} {mint('org', key.ministry)}",
            f"{number} {term('hyoka:identifies')} {project}",
            f"{number} {term('dcterms:identifier')} {string(path)}",
        ]


def _owner(meaning: NodeMeaning, subject: str, owner: str) -> str:
    if meaning.is_inverse:
        return f"{owner} {meaning.owner} {subject}"
    return f"{subject} {meaning.owner} {owner}"


def _number_kind(number: str) -> str:
    """Return the kind of a number in ASCII: `new29-0004`, `0032-2` (a branch), `20-0157` (a year and a number)."""
    if "new" in number:
        return "new"
    last = number.rpartition("-")[2]
    return "branch" if "-" in number and len(last) < _LEAST_DIGITS else "ordinary"


_LEAST_DIGITS = 3
