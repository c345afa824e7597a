"""State indicators with their values by year, and how they lead to each other (tables 3-1 and 3-2)."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.model import Node
from hyoka_kg.sources.cas_rs_csv.rows import ENTRY, RsRow, SheetRows
from hyoka_kg.sources.lookups import IndicatorUnit, plain_number

_YEARS = tuple(str(year) for year in range(2007, 2061))


def state_chain(sheet: SheetRows) -> Iterator[Node]:
    """State the goals of activities, outputs and outcomes, each once, and the links between them."""
    seen: set[str] = set()
    for row in sheet:
        if not row["to_number"]:
            continue
        before, after = _path(sheet, row, "from"), _path(sheet, row, "to")
        for path, text in ((before, row["from_text"]), (after, row["to_text"])):
            if path and path not in seen:
                seen.add(path)
                yield _goal(path, text, row)
        if before and after:
            yield Node("chain", after, before, "", ())
        if row["connection"] and after and f"{after}/cell/connection" not in seen:
            seen.add(f"{after}/cell/connection")
            values = (("box", "connection"), ("as_printed", row["connection"]))
            yield Node("text", f"{after}/cell/connection", after, row.place, values)
    yield from sheet.texts(sheet.rows[0], {"no_stages_reason": "no-stages-reason"})


def _path(sheet: SheetRows, row: RsRow, side: str) -> str:
    kind = sheet.lookups.categories["effect_kind"].get(row[f"{side}_kind"])
    number = row[f"{side}_number"]
    if kind is None or not number.isdecimal():
        sheet.report("effect-unreadable", row, f"{row[f'{side}_kind']} {number}")
        return ""
    return f"{ENTRY}/{'activity' if kind == 'activity' else 'indicator'}/{kind}-{number}"


def _goal(path: str, text: str, row: RsRow) -> Node:
    if "/activity/" in path:
        return Node("activity", path, ENTRY, row.place, (("statement", text),))
    kind = path.rsplit("/", 1)[1].partition("-")[0]
    return Node("indicator", path, ENTRY, row.place, (("indicator_kind", kind), ("statement", text)))


def state_effects(sheet: SheetRows) -> Iterator[Node]:
    """State indicators with their units and, a row a kind of value, what each year shows."""
    seen: set[str] = set()
    for row in sheet:
        if not row["number"]:
            continue
        kind = sheet.lookups.categories["effect_kind"].get(row["kind"])
        if kind is None:
            sheet.report("effect-unreadable", row, f"{row['kind']} {row['number']}")
            continue
        path = f"{ENTRY}/{'activity' if kind == 'activity' else 'indicator'}/{kind}-{row['number']}"
        if path not in seen:
            seen.add(path)
            yield from _indicator(sheet, row, path, kind)
        if kind != "activity":
            yield from _values(sheet, row, path)


def _indicator(sheet: SheetRows, row: RsRow, path: str, kind: str) -> Iterator[Node]:
    if kind == "activity":
        yield Node("activity", path, ENTRY, row.place, (("statement", row["goal_statement"]),))
        return
    fields = {"indicator": "title", "goal_statement": "statement", "unit": "unit_printed", "basis": "basis"}
    values = [(name, row[field]) for field, name in fields.items() if row[field]]
    direction = sheet.lookups.categories["direction"].get(row["direction"])
    if direction:
        values.append(("direction", direction))
    yield Node("indicator", path, ENTRY, row.place, (("indicator_kind", kind), *values))
    for field, box in (("quality_reason", "no-quantity-reason"), ("quality_actual", "actual")):
        if row[field]:
            text = (("box", box), ("as_printed", row[field]))
            yield Node("text", f"{path}/cell/{box}", path, row.place, text)
    if row["plan_name"]:
        place = (("source_url", row["plan_place"]),) if row["plan_place"] else ()
        cited = (("as_printed", row["plan_name"]), ("citation_kind", "kpi-defined-in"), *place)
        yield Node("citation", f"{path}/citation/1", path, row.place, cited)


def _values(sheet: SheetRows, row: RsRow, path: str) -> Iterator[Node]:
    role = sheet.lookups.categories["value_role"].get(row["value_kind"])
    if role is None:
        if row["value_kind"]:
            sheet.report("value-kind-unknown", row, row["value_kind"])
        return
    if role == "goal-year":
        return
    unit = IndicatorUnit.of(row["unit"], sheet.lookups.units)
    for year in _YEARS:
        printed = row[year]
        if printed:
            number = plain_number(printed)
            stated = unit.state(printed if number is None else float(number))
            values = (("role", role), ("fiscal_year", year), *stated)
            yield Node("observation", f"{path}/obs/{role}/{year}", path, row.place, values)
