"""Contracts of the national corpora: which printed labels a file must have, and what becomes of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import zip_longest
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError
from hyoka_kg.sources.messages import told

_FILE = "columns.csv"
_OPTIONAL = "?"
_FIXED = ("group", "field", "type", "treatment")


@dataclass(frozen=True, slots=True)
class Column:
    """One printed label of one group of fields.

    Attributes:
        label: The label, glyph by glyph.
        field: Our name of it.
        type: `text`, `integer`, `number`, `value`, `texts` or `list`.
        optional: Whether a record may lack it.
        treatment: `stated`, `key`, or `ignored:` with the reason.
    """

    label: str
    field: str
    type: str
    optional: bool
    treatment: str


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one kind of record, by label, in the order of the file.

    Attributes:
        name: Name of the group, such as the number of a table.
        columns: Its columns by printed label.
        contract: The file that they stand in.
        shape: The column of that file, such as a year.
    """

    name: str
    columns: Mapping[str, Column]
    contract: str
    shape: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels in order."""
        return tuple(self.columns)

    def check(self, found: Iterable[str], where: str, *, ordered: bool) -> None:
        """Hold the labels that a file has against the contract.

        Raises:
            LayoutError: A label is missing, unknown or out of place; the difference is told glyph by glyph.
        """
        labels = list(found)
        missing = [label for label, column in self.columns.items() if label not in labels and not column.optional]
        unknown = [f"{label} ({_glyphs(label)})" for label in labels if label not in self.columns]
        what = [f"missing: {', '.join(missing)}"] if missing else []
        what += [f"unknown: {', '.join(unknown)}"] if unknown else []
        if not what and ordered:
            what = list(_displaced(labels, self.labels))
        if what:
            raise LayoutError(
                told(
                    "other_columns",
                    where=where,
                    group=self.name,
                    contract=self.contract,
                    shape=self.shape,
                    what="; ".join(what),
                )
            )


def _displaced(found: Sequence[str], expected: Sequence[str]) -> Iterator[str]:
    """Yield the first place where the order differs, counted from 1."""
    for place, (here, there) in enumerate(zip_longest(found, expected, fillvalue=""), 1):
        if here != there:
            yield f"order: column {place} is '{here}' where '{there}' is expected"
            return


def _glyphs(label: str) -> str:
    """Return the code points beyond ASCII letters, since － and ー look alike."""
    return " ".join(f"U+{ord(glyph):04X}" for glyph in label if not glyph.isalnum())[:60] or "no punctuation"


def load_groups(package: str, shape: str) -> dict[str, Group]:
    """Return the groups of fields of a source in one of its shapes, from its `columns.csv`.

    Raises:
        LayoutError: The contract has no such shape.
    """
    contract = f"{package.replace('.', '/')}/{_FILE}"
    text = files(package).joinpath(_FILE).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    shapes = [name for name in rows[0] if name not in _FIXED]
    if shape not in shapes:
        raise LayoutError(told("no_column_of_year", contract=contract, shape=shape, known=", ".join(shapes)))
    groups: dict[str, dict[str, Column]] = {}
    for row in rows:
        if row[shape]:
            kind = row["type"].removesuffix(_OPTIONAL)
            optional = row["type"].endswith(_OPTIONAL)
            column = Column(row[shape], row["field"], kind, optional, row["treatment"])
            groups.setdefault(row["group"], {})[row[shape]] = column
    return {name: Group(name, columns, contract, shape) for name, columns in groups.items()}


def load_categories() -> dict[str, dict[str, str]]:
    """Return the codes of printed categories by list."""
    text = files(__package__).joinpath("categories.yml").read_text(encoding="utf-8")
    categories: dict[str, Any] = yaml.safe_load(text)
    return {name: {str(key): str(value) for key, value in codes.items()} for name, codes in categories.items()}
