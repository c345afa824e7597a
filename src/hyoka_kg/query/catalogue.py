"""The catalogue of canned queries: one `.rq` file each, described by its `#+` header."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError

ParameterType = Literal["iri", "string", "integer", "decimal", "date"]
_HEADER = "#+"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter of a canned query.

    Attributes:
        name: Its name, the same as of the variable in its VALUES block.
        type: What values it takes.
        of: For an IRI, the kind of thing it names, such as `project`.
        default: The value that the file itself carries, or None.
        optional: Whether the query may run without a value.
        description_ja: What it means, in Japanese.
        description_en: What it means, in English.
    """

    name: str
    type: ParameterType
    of: str
    default: str | None
    optional: bool
    description_ja: str
    description_en: str


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A named question: its text runs as it stands in any SPARQL client.

    Attributes:
        id: The short name, such as `cq12`.
        name: The file's stem.
        summary: The question in Japanese.
        summary_en: The question in English.
        description: What to know about the answer.
        tags: Keywords.
        params: Its parameters.
        one_of: Parameters of which one takes the place of the others.
        columns: The columns of its answer, in order.
        text: The SPARQL text.
        header: Everything that its header says.
    """

    id: str
    name: str
    summary: str
    summary_en: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Parameter, ...]
    one_of: tuple[str, ...]
    columns: tuple[str, ...]
    text: str
    header: Mapping[str, Any]

    @property
    def body(self) -> str:
        """Return the text without its header, which is for programs."""
        return "".join(line for line in self.text.splitlines(keepends=True) if not line.startswith(_HEADER))

    def summary_in(self, language: str) -> str:
        """Return the question in `ja` or `en`."""
        return self.summary_en if language == "en" else self.summary


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The canned queries by id."""

    queries: Mapping[str, CannedQuery]

    def __iter__(self) -> Iterator[CannedQuery]:
        return iter(self.queries.values())

    def __len__(self) -> int:
        return len(self.queries)

    def __getitem__(self, name: str) -> CannedQuery:
        """Return a query by id or file name.

        Raises:
            QueryError: No query has that name; near names are told.
        """
        for query in self:
            if name in {query.id, query.name}:
                return query
        near = difflib.get_close_matches(name, [n for q in self for n in (q.id, q.name)], n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise QueryError(f"There is no canned query '{name}'.{hint} List them: hyoka queries")


@cache
def load_catalogue(folder: str = "competency") -> Catalogue:
    """Return the queries of a folder of `queries/`, in the order of their names."""
    queries = (load_query(path) for path in sorted((queries_dir() / folder).glob("*.rq")))
    return Catalogue({query.id: query for query in queries})


def load_query(path: Path) -> CannedQuery:
    """Return the query of a file.

    Raises:
        QueryError: The file cannot be read, or its header is not YAML or names an unknown type.
    """
    try:
        text = path.read_text(encoding="utf-8")
        header = _read_header(text)
        return _describe(path, text, header)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise QueryError(f"{path}: cannot read the query or its '#+' header: {error}") from error


def _read_header(text: str) -> dict[str, Any]:
    lines = [line[len(_HEADER) :] for line in text.splitlines() if line.startswith(_HEADER)]
    header = yaml.safe_load("\n".join(line[1:] if line.startswith(" ") else line for line in lines))
    return header or {}


def _describe(path: Path, text: str, header: dict[str, Any]) -> CannedQuery:
    columns = header.get("columns") or []
    return CannedQuery(
        id=str(header.get("id") or path.stem.partition("_")[0]),
        name=path.stem,
        summary=str(header.get("summary", path.stem)),
        summary_en=str(header.get("summary_en", path.stem)),
        description=str(header.get("description", "")),
        tags=tuple(header.get("tags") or ()),
        params=tuple(_parameter(record) for record in header.get("params") or ()),
        one_of=tuple(header.get("one_of") or ()),
        columns=tuple(columns if isinstance(columns, list) else str(columns).replace(",", " ").split()),
        text=text,
        header=header,
    )


def _parameter(record: dict[str, Any]) -> Parameter:
    default = record.get("default")
    return Parameter(
        name=record["name"],
        type=record["type"],
        of=str(record.get("of", "")),
        default=None if default is None else str(default),
        optional=bool(record.get("optional", False)),
        description_ja=str(record.get("description_ja", "")),
        description_en=str(record.get("description_en", "")),
    )
