"""An answer: rows of Python values, with doors to pandas, Polars and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from hyoka_kg.api.frames import as_pandas, as_polars
from hyoka_kg.api.values import Value, python_value
from hyoka_kg.store import Rows
from hyoka_kg.store.formats import table_as_csv

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The rows that answer a question.

    An answer is a sequence of its rows: `len(answer)`, `answer[0]`, `for row in answer`. A notebook shows a table.

    Attributes:
        terms: The answer as RDF terms, for what Python values do not tell (language, datatype).

    >>> answer = kg.query("cq10", ministry="mic", number="0036")
    >>> answer.columns
    ('fy', 'project', 'document')
    >>> len(answer), answer[0]["fy"], answer[0]["document"]
    (11, 2012, 'mic-review-sheet-fy2018-0036')
    """

    terms: Rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the question.

        >>> kg.query("cq10", ministry="mic", number="0036").columns
        ('fy', 'project', 'document')
        """
        return self.terms.variables

    @property
    def rows(self) -> list[dict[str, Value]]:
        """The rows as dictionaries by column; what a row does not tell is None.

        Integers are `int`, decimals `Decimal`, booleans `bool`, dates `datetime.date`; IRIs and texts are `str`.

        >>> [row["amount_mjpy"] for row in kg.query("cq12", project="juki-net-security").rows][:2]
        [Decimal('4'), Decimal('4')]
        """
        return list(self)

    def __len__(self) -> int:
        return len(self.terms.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, map(python_value, row), strict=True)) for row in self.terms.rows)

    def __getitem__(self, place: int) -> dict[str, Value]:
        return dict(zip(self.columns, map(python_value, self.terms.rows[place]), strict=True))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} rows of {', '.join(self.columns)}>"

    def column(self, name: str) -> list[Value]:
        """Return the values of one column, in the order of the rows.

        Raises:
            ValueError: There is no such column.

        >>> kg.query("cq10", ministry="mic", number="0036").column("fy")[:3]
        [2012, 2015, 2016]
        """
        place = self.columns.index(name)
        return [python_value(row[place]) for row in self.terms.rows]

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a `pandas.DataFrame` with nullable columns; decimals become floats.

        Raises:
            MissingPackageError: pandas is not installed (`pip install "hyoka-kg[pandas]"`).

        >>> kg.query("cq12", project="juki-net-security").to_pandas().dtypes["fy"]
        Int64Dtype()
        """
        return as_pandas(self._by_column())

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a `polars.DataFrame`; decimals become floats.

        Raises:
            MissingPackageError: Polars is not installed (`pip install "hyoka-kg[polars]"`).

        >>> kg.query("cq12", project="juki-net-security").to_polars().schema["fy"]
        Int64
        """
        return as_polars(self._by_column())

    def to_csv(self, path: Path | str | None = None) -> str:
        """Return the rows as CSV (UTF-8, the bytes that `hyoka query --format csv` prints), and write them to a file.

        Args:
            path: File to write; None writes none.

        >>> print(kg.query("cq10", ministry="mic", number="0036").to_csv().splitlines()[0])
        fy,project,document
        """
        text = table_as_csv(self.columns, ([row[name] for name in self.columns] for row in self.terms.as_text()))
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="")
        return text

    def _by_column(self) -> dict[str, list[Value]]:
        return {name: self.column(name) for name in self.columns}

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        lines = [
            "".join(f"<td>{escape(row[name])}</td>" for name in self.columns) for row in self.terms.as_text()[:_SHOWN]
        ]
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self)} rows</p>"


@dataclass(frozen=True, slots=True, repr=False)
class SearchAnswer(Answer):
    """A part of what a search found.

    Attributes:
        terms: The answer as RDF terms.
        total: How many things were found in all.

    >>> found = kg.search("住基ネット")
    >>> found.total >= len(found) > 0
    True
    """

    total: int
