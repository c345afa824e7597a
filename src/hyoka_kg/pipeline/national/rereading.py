"""Hold a stated fact against what its receipt leads to in the source, by the table `receipts.csv`.

The readers are not asked: a fact is found by its place alone, and each kind of value is compared by a rule of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from hyoka_kg.errors import LayoutError
from hyoka_kg.sources.lookups import IndicatorUnit, plain_number
from hyoka_kg.vocabulary import expand

_JUDGIT = "judgit"
_MILLION = Decimal(1_000_000)
# What an IRI below a sheet, or a pointer, says beside the kind of the thing: ordinals, years, letters of blocks.
_ORDINALS = re.compile(r"(?<=block)/[^/]+|/[0-9]+(?=/|$)|-[0-9]+(?=/|$)")
_WITHOUT_VALUE = frozenset({"zero", "ambiguous-zero", "not-yet"})
_YEAR = "@year"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the store that has a receipt.

    Attributes:
        thing: IRI of what is spoken of.
        path: Its path below the sheet, empty for the sheet itself.
        predicate: IRI of the property.
        value: The literal's text, or the IRI, that is stated.
        source: Number of the table, or `judgit`.
        file: Start of the SHA-256 of the source file.
        row: Row of the table (header is 1), or ordinal of the object (from 1).
        pointer: Pointer into the object in our field names; empty for a row.
    """

    thing: str
    path: str
    predicate: str
    value: str
    source: str
    file: str
    row: int
    pointer: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return what kind of place or thing it is, as `receipts.csv` names it."""
        path = "/".join(self.pointer) if self.source == _JUDGIT else self.path
        return _ORDINALS.sub("", path)

    @property
    def rule(self) -> Rule | None:
        """Return how to compare it, or None where the table does not know this kind of fact."""
        return _rules().get((self.source, self.kind, self.predicate))


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the raw value of a kind of fact stands, relative to its receipt, and how the two are compared."""

    field: str
    check: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact held against its source.

    Attributes:
        fact: The fact.
        found: What stands in the source, as text; several candidates are joined by ` | `.
        agrees: Whether the source says what the store states.
    """

    fact: Fact
    found: str
    agrees: bool


def compare_fact(fact: Fact, record: Mapping[str, Any] | None, units: Mapping[str, str]) -> Outcome:
    """Return whether a record of the source says what a fact states; a record that is not there says nothing.

    Args:
        fact: The fact.
        record: The object or row that its receipt names, by our field names.
        units: Unit ids by symbol: a registered unit may carry a scale word (千人).
    """
    rule = fact.rule
    if rule is None or record is None:
        return Outcome(fact, "", agrees=False)
    candidates, nearby = _candidates(fact, rule, record)
    name, _, argument = rule.check.partition(" ")
    factor = IndicatorUnit.of(nearby(argument), units).factor if argument else Decimal(1)
    agrees = any(_CHECKS[name](fact.value, raw, factor) for raw in candidates)
    return Outcome(fact, " | ".join(str(raw) for raw in candidates), agrees)


@cache
def _rules() -> dict[tuple[str, str, str], Rule]:
    return read_rules(files(__package__).joinpath("receipts.csv").read_text(encoding="utf-8"))


def read_rules(text: str) -> dict[tuple[str, str, str], Rule]:
    """Return the rules of `receipts.csv` by source, kind of thing and property.

    Raises:
        LayoutError: A line names a check that there is not.
    """
    rows = list(csv.DictReader(io.StringIO(text)))
    unknown = sorted({row["check"].partition(" ")[0] for row in rows} - set(_CHECKS))
    if unknown:
        raise LayoutError(
            f"receipts.csv: there is no check {', '.join(map(repr, unknown))}. There are: {', '.join(sorted(_CHECKS))}."
        )
    return {(r["source"], r["thing"], expand(r["property"])): Rule(r["field"], r["check"]) for r in rows}


def _candidates(fact: Fact, rule: Rule, record: Mapping[str, Any]) -> tuple[list[Any], Callable[[str], Any]]:
    if fact.source == _JUDGIT:
        return _of_object(fact, rule, record)
    year = fact.path.rpartition("/")[2]
    fields = [year if name == _YEAR else name for name in rule.field.split(",")]
    return [_joined(record, name) for name in fields], lambda name: record.get(name)


def _joined(record: Mapping[str, Any], fields: str) -> str:
    """Return the first filled choice of `one|other`, where `one+two` are two cells with a space between."""
    choices = (" ".join(filter(None, (record[name] for name in choice.split("+")))) for choice in fields.split("|"))
    return next(filter(None, choices), "")


def _of_object(fact: Fact, rule: Rule, record: Mapping[str, Any]) -> tuple[list[Any], Callable[[str], Any]]:
    try:
        target, around = _follow(record, fact.pointer)
    except (KeyError, IndexError, ValueError, TypeError):
        return [], lambda _name: None

    def nearby(name: str) -> Any:
        if name == ".":
            return target
        levels = name.count("../")
        holder = around[-levels] if levels else target
        return holder.get(name.rpartition("/")[2])

    return [nearby(rule.field)], nearby


def _follow(record: Mapping[str, Any], pointer: Sequence[str]) -> tuple[Any, list[Mapping[str, Any]]]:
    """Return what a pointer leads to, and the objects on the way there."""
    target: Any = record
    around: list[Mapping[str, Any]] = []
    for step in pointer:
        if isinstance(target, Mapping):
            around.append(target)
            target = target[step]
        else:
            target = target[int(step)]
    return target, around


def _number(raw: Any) -> Decimal | None:
    return plain_number(raw if isinstance(raw, str) else repr(raw)) if raw not in (None, "") else None


def _is_number(stated: str, raw: Any, factor: Decimal) -> bool:
    number = _number(raw)
    return number is not None and Decimal(stated) == number * factor


def _is_million_yen(stated: str, raw: Any, _factor: Decimal) -> bool:
    number = _number(raw)
    return number is not None and Decimal(stated) == (number * _MILLION).quantize(Decimal(1))


def _is_status(stated: str, raw: Any, _factor: Decimal) -> bool:
    number = _number(raw)
    if stated.rpartition("/")[2] in _WITHOUT_VALUE:
        return number == 0
    return number is None or number != 0


def _is_next_year(stated: str, raw: Any, _factor: Decimal) -> bool:
    return str(raw).isdecimal() and stated.rpartition("/fy/")[2] == str(int(raw) + 1)


_CHECKS: dict[str, Callable[[str, Any, Decimal], bool]] = {
    "text": lambda stated, raw, _: stated == str(raw),
    "stripped": lambda stated, raw, _: stated == str(raw).strip(),
    "year": lambda stated, raw, _: stated.rpartition("/fy/")[2] == str(raw),
    "next-year": _is_next_year,
    "tail": lambda stated, raw, _: stated.rpartition("/")[2] == str(raw).lstrip("0"),
    "number": _is_number,
    "million-yen": _is_million_yen,
    "status": _is_status,
}
