"""State one JUDGIT! object as nodes: entry, money, indicators, payees, texts and predecessors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hyoka_kg.model import Issue, Node, SheetKey, SheetPart
from hyoka_kg.normalization.corporate_numbers import PLACEHOLDER, is_corporate_number
from hyoka_kg.sources.judgit_json.predecessors import PredecessorReader
from hyoka_kg.sources.judgit_json.quantities import Rows, indicator_nodes, unit_cost_nodes
from hyoka_kg.sources.lookups import PLAUSIBLE_YEARS, Lookups

ENTRY = "entry/1"
_MILLION = 1_000_000
_PHASES = ("initial", "supplementary", "carried-in", "carried-out", "reserve", "current", "executed", "requested")
_TEXTS = {
    "purpose": "purpose",
    "overview": "overview",
    "no_quantity_reason": "no-quantity-reason",
    "bureau": "bureau",
    "division": "division",
    "legal_basis": "legal-basis",
    "related_plans": "related-plans",
}
_LISTS = {
    "accounting_category": "accounting-category",
    "implementation_method": "implementation-method",
    "major_policy_tag": "major-policy-tag",
    "main_expense_category": "main-expense-category",
}
_SUPPLEMENTED = ("legal_basis", "related_plans", "main_expense_category")


class SheetReader:
    """The nodes of one sheet."""

    def __init__(self, key: SheetKey, place: str, lookups: Lookups, issues: list[Issue]) -> None:
        self._key, self._place, self._lookups, self._issues = key, place, lookups, issues

    def part(self, record: Mapping[str, Any], *, supplement: bool) -> SheetPart:
        """Return what the object says; a supplement adds only the fields that the newer set lacks."""
        nodes = list(self._supplement(record) if supplement else self._all(record))
        number = "" if supplement else str(record["number_printed"])
        return SheetPart(self._key, "", number, "" if supplement else str(record["name"]), nodes)

    def _all(self, record: Mapping[str, Any]) -> Iterator[Node]:
        yield self._document(record)
        yield self._entry(record)
        yield from self._texts(record, _TEXTS, _LISTS)
        yield from self._plans(record)
        yield from self._budget(record["budget"])
        yield from self._payments(record["payment"])
        for kind in ("outcome", "output", "alternative"):
            self._check_goal_years(kind, record[kind])
            yield from indicator_nodes(kind, record[kind], self._at, self._lookups.units)
        yield from unit_cost_nodes(record["unit_cost"], self._at)
        yield from PredecessorReader(self._key, self._at, self._lookups, self._report).nodes(record["predecessor"])

    def _supplement(self, record: Mapping[str, Any]) -> Iterator[Node]:
        texts = {name: box for name, box in _TEXTS.items() if name in _SUPPLEMENTED}
        lists = {name: box for name, box in _LISTS.items() if name in _SUPPLEMENTED}
        yield from self._texts(record, texts, lists)
        yield from self._plans(record)
        yield from self._categories(record, _SUPPLEMENTED)
        for kind in ("output", "alternative"):
            yield from indicator_nodes(kind, record[kind], self._at, self._lookups.units)
        yield from unit_cost_nodes(record["unit_cost"], self._at)

    def _check_goal_years(self, kind: str, rows: Rows) -> None:
        for row, record in enumerate(rows):
            year = record.get("goal_year") if record else None
            if year is not None and year not in PLAUSIBLE_YEARS:
                self._report("year-unreadable", f"{kind}/{row}/goal_year", str(year))

    def _at(self, pointer: str) -> str:
        return f"{self._place}#/{pointer}"

    def _report(self, rule: str, pointer: str, text: str) -> None:
        self._issues.append(Issue(rule, self._key.ministry, self._key.fiscal_year, self._at(pointer), text))

    def _document(self, record: Mapping[str, Any]) -> Node:
        url = record.get("url")
        return Node("document", "", "", self._place, (("source_url", str(url)),) if url else ())

    def _entry(self, record: Mapping[str, Any]) -> Node:
        values = [("name", str(record["name"]))]
        if self._is_year(record, "start_year"):
            values.append(("start_year", str(record["start_year"])))
        if self._is_year(record, "end_year"):
            values += [("end_year", str(record["end_year"])), ("end_status", "planned")]
        for node in self._categories(record, tuple(_LISTS)):
            values += node.values
        return Node("entry", ENTRY, "", self._at("name"), tuple(values))

    def _is_year(self, record: Mapping[str, Any], field: str) -> bool:
        year = record[field]
        if year is not None and year not in PLAUSIBLE_YEARS:
            self._report("year-unreadable", field, str(year))
            return False
        return year is not None

    def _categories(self, record: Mapping[str, Any], fields: Iterable[str]) -> Iterator[Node]:
        """Yield the codes of the printed categories; one that is not listed is reported."""
        codes = [(field, code) for field in fields for code in self._codes(field, record.get(field))]
        if codes:
            yield Node("same", ENTRY, "", "", tuple(dict.fromkeys(codes)))

    def _codes(self, field: str, printed: object) -> Iterator[str]:
        known, parts = self._lookups.categories.get(field), self._lookups.categories.get(f"{field}_part", {})
        if known is None or not isinstance(printed, list):
            return
        for text in printed:
            code = known.get(text) or next((code for word, code in parts.items() if word in text), None)
            if code:
                yield code
            else:
                self._report(f"unknown-{field.replace('_', '-')}", field, str(text))

    def _plans(self, record: Mapping[str, Any]) -> Iterator[Node]:
        """Yield the cited plans as one citation: telling them apart belongs to linking."""
        if record.get("related_plans"):
            values = (("as_printed", str(record["related_plans"])), ("citation_kind", "cited-by-project"))
            yield Node("citation", f"{ENTRY}/citation/1", ENTRY, self._at("related_plans"), values)

    def _texts(self, record: Mapping[str, Any], texts: Mapping[str, str], lists: Mapping[str, str]) -> Iterator[Node]:
        for field, box in texts.items():
            if record.get(field):
                yield self._text(box, box, field, str(record[field]))
        for field, box in lists.items():
            for number, text in enumerate(record.get(field) or ()):
                yield self._text(box, f"{box}-{number + 1}", f"{field}/{number}", str(text))

    def _text(self, box: str, name: str, pointer: str, text: str) -> Node:
        values = (("box", box), ("as_printed", text))
        return Node("text", f"{ENTRY}/cell/{name}", ENTRY, self._at(pointer), values)

    def _budget(self, rows: list[dict[str, Any]]) -> Iterator[Node]:
        for row, record in enumerate(rows):
            year = str(record["year"])
            for phase in _PHASES:
                amount = record.get(phase)
                if amount is None:
                    continue
                values = (("phase", phase), ("fiscal_year", year), _amount(amount))
                yield Node("budget", f"{ENTRY}/budget/{phase}/{year}", ENTRY, self._at(f"budget/{row}/{phase}"), values)
            if (record.get("carried-out") or 0) > 0:
                self._report("carried-out-positive", f"budget/{row}/carried-out", str(record["carried-out"]))

    def _payments(self, rows: list[dict[str, Any]]) -> Iterator[Node]:
        blocks: dict[str, str] = {}
        for row, record in enumerate(rows):
            label = str(record["block"] or "")
            if label not in blocks:
                blocks[label] = self._block_path(label, len(blocks) + 1)
                yield Node("block", blocks[label], "", self._at(f"payment/{row}/block"), (("label", label),))
            yield self._payment(row, record, blocks[label])

    def _block_path(self, label: str, ordinal: int) -> str:
        """Return the path of a block: its letter, or its ordinal where a full-width letter could stand for two."""
        name = self._lookups.categories["block"].get(label, label)
        return f"block/{name}" if name.isascii() and name.isalnum() else f"block/{ordinal}"

    def _payment(self, row: int, record: Mapping[str, Any], block: str) -> Node:
        values = [("sequence", str(row + 1))]
        values += [("fiscal_year", str(record["year"])), ("payee", str(record["payee"]))]
        number = record["corporate_number"]
        if number and is_corporate_number(number):
            values.append(("corporate_number", number))
        elif number and number != PLACEHOLDER:
            self._report("corporate-number-invalid", f"payment/{row}/corporate_number", f"{number} {record['payee']}")
        if record["use"]:
            values.append(("use", str(record["use"])))
        if record["amount"] is not None:
            values.append(_amount(record["amount"]))
        return Node("payment", f"payment/{row + 1}", block, self._at(f"payment/{row}"), tuple(values))


def _amount(million_yen: float) -> tuple[str, str]:
    """Return an amount in yen; 0.0 stands for a zero or a blank, the publisher lost which.

    Sums in the source carry the residue of binary fractions far below one yen: it is rounded away.
    """
    if million_yen == 0:
        return "status", "ambiguous-zero"
    return "amount", str(round(million_yen * _MILLION))
