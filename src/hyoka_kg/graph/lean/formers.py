"""State what a replaced source file told of a sheet, under a document of its own, so that both tellings stand."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.graph.iris import mint
from hyoka_kg.graph.lean.sheets import GRAPH_END, GRAPH_START, head_of_sheet
from hyoka_kg.graph.terms import term
from hyoka_kg.vocabulary import BASE

_MARK_DIGITS = 8
# A line whose only news is the row of the same words in another file tells nothing else.
_RECEIPT = f" {term('prov:wasDerivedFrom')} <{BASE}id/source/"


def sheet_path_of(line: str) -> str:
    """Return the path of the sheet whose graph a line of a shard is in."""
    return line[line.rindex(GRAPH_START) + len(GRAPH_START) : -len(GRAPH_END)]


def tells(line: str) -> bool:
    """Return whether a line says more than where something was read."""
    return _RECEIPT not in line


class FormerSheets:
    """Renames the lines of one replaced file.

    Args:
        sha256: SHA-256 of the replaced file, in hexadecimal; the documents bear its beginning.
    """

    def __init__(self, sha256: str) -> None:
        self._mark = f"-v-{sha256[:_MARK_DIGITS]}"
        self._head = {term("rdf:type"), *(predicate for predicate, _ in head_of_sheet("a/b/fy2000/c", ""))}

    def head(self, path: str, is_told_anew: bool) -> Iterator[str]:
        """Yield the lines that make a document of what was told of a sheet.

        Args:
            path: Path of the sheet.
            is_told_anew: Whether the file that replaced the former one tells of the sheet too.
        """
        former, tail = mint("doc", f"{path}{self._mark}"), self._tail(path)
        for kind in ("EvaluationDocument", "ReplacedSheet"):
            yield f"{former} {term('rdf:type')} {term(f'hyoka:{kind}')}{tail}"
        for predicate, value in head_of_sheet(path, self._mark):
            yield f"{former} {predicate} {value}{tail}"
        if is_told_anew:
            yield f"{mint('doc', path)} {term('prov:wasRevisionOf')} {former}{tail}"

    def restate(self, line: str) -> str:
        """Return a line as said by the former document, or "" where the head says it."""
        path = sheet_path_of(line)
        subject, predicate, rest = line.split(" ", 2)
        if subject == mint("doc", path) and predicate in self._head:
            return ""
        value = rest[: rest.rindex(GRAPH_START)]
        return f"{self._rename(subject, path)} {predicate} {self._rename(value, path)}{self._tail(path)}"

    def _rename(self, node: str, path: str) -> str:
        """Return a term with the mark, where it is the document of the sheet or a part of it."""
        sheet = f"<{BASE}id/doc/{path}"
        is_of_sheet = node.startswith((f"{sheet}/", f"{sheet}>"))
        return f"{sheet}{self._mark}{node.removeprefix(sheet)}" if is_of_sheet else node

    def _tail(self, path: str) -> str:
        return f"{GRAPH_START}{path}{self._mark}{GRAPH_END}"
