"""How often each method of linking was right, counted on pairs that people judged: the confidence of its links."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FILE = "precision.csv"
_CERTAIN, _LIKELY = 0.99, 0.95
_FEW = 10


class Precision(NamedTuple):
    """What judging the links of one method gave: how many were right, of how many."""

    right: int
    judged: int

    @property
    def share(self) -> float:
        """Return the share that was right, 0 to 1."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def confidence(self) -> str:
        """Return A from 99 %, B from 95 %, else C; with less than ten judged pairs, C."""
        if self.judged < _FEW or self.share < _LIKELY:
            return "C"
        return "A" if self.share >= _CERTAIN else "B"


@cache
def precisions() -> Mapping[str, Precision]:
    """Return the precision by method; a method that no judged pair rests on has none."""
    content = files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(content))
    return {row["method"]: Precision(int(row["right"]), int(row["judged"])) for row in rows}


def precision_of(method: str) -> Precision:
    """Return the precision of a method; nothing judged gives none right of none."""
    return precisions().get(method, Precision(0, 0))
