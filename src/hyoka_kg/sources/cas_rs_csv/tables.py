"""What each table states: a function a table, from the rows of one sheet to nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hyoka_kg.model import Node
from hyoka_kg.sources.cas_rs_csv.effects import state_chain, state_effects
from hyoka_kg.sources.cas_rs_csv.flows import state_blocks, state_contracts, state_expenses, state_payments
from hyoka_kg.sources.cas_rs_csv.money import state_budget_items, state_budgets
from hyoka_kg.sources.cas_rs_csv.rows import ENTRY, SheetRows

_OVERVIEW = {
    "purpose": "purpose",
    "current_issues": "current-issues",
    "overview": "overview",
    "remarks": "remarks",
    "former_number": "former-number",
    "main_expense_category": "main-expense-category",
}
_METHODS = ("direct", "subsidy", "burden", "grant", "contribution", "other")
# The scheme of methods has no 分担金・拠出金 of its own: the text cell of the box keeps it apart.
_METHOD_CODES = {"contribution": "other"}
_REVIEW = {
    "inspection": "inspection-result",
    "improvement": "improvement",
    "effect": "effect",
    "open_process": "open-process",
}
_TRUE = "TRUE"
# e-Gov law ids: era and year, kind of law, number (342AC0000000081); an edition adds its date and the amending law.
_LAW_ID = re.compile(r"(?P<law>[0-9]{3}[A-Z0-9]{12})(?:_[0-9]{8}_[0-9]{3}[A-Z0-9]{12})?")


def state_units(sheet: SheetRows) -> Iterator[Node]:
    """State the units in charge, of the first row: the others repeat them beside other offices (1-1)."""
    yield from sheet.texts(sheet.rows[0], {"bureau": "bureau", "division": "division"})


def state_overview(sheet: SheetRows) -> Iterator[Node]:
    """State the sheet, its entry and its texts (1-2); rows after the first differ in the expense category only."""
    row = sheet.rows[0]
    yield Node("document", "", "", row.place, (("source_url", row["url"]),) if row["url"] else ())
    values = [("name", row["name"])]
    if row["start_year"]:
        values.append(("start_year", row["start_year"]))
    if row["end_year"]:
        values += [("end_year", row["end_year"]), ("end_status", "planned")]
    elif row["no_end"] == _TRUE:
        values.append(("end_status", "none-planned"))
    methods = [_METHOD_CODES.get(name, name) for name in _METHODS if row[name]]
    values += [("implementation_method", method) for method in dict.fromkeys(methods)]
    categories = [code for each in sheet for code in sheet.code(each, "main_expense_category")]
    yield Node("entry", ENTRY, "", row.place, (*values, *dict.fromkeys(categories)))
    yield from sheet.texts(row, _OVERVIEW)
    for number, other in enumerate(sheet.rows[1:], 2):
        yield from sheet.texts(other, {"main_expense_category": "main-expense-category"}, f"-{number}")


def state_bases(sheet: SheetRows) -> Iterator[Node]:
    """State three independent lists that only share their rows: policies, laws and plans (1-3)."""
    for row in sheet:
        if row["policy_number"]:
            yield from sheet.texts(row, {"policy": "policy", "measure": "measure"}, f"-{row['policy_number']}")
        if row["law_number_in_list"]:
            yield from sheet.texts(row, {"law_name": "legal-basis"}, f"-{row['law_number_in_list']}")
        law = _LAW_ID.fullmatch(row["law_id"])
        if law:
            yield Node("same", ENTRY, "", "", (("law", f"egov/{law['law']}"),))
        elif row["law_id"]:
            sheet.report("law-id-unreadable", row, row["law_id"])
        if row["plan_number"]:
            path = f"{ENTRY}/citation/{row['plan_number']}"
            values = (("sequence", row["plan_number"]), ("as_printed", row["plan_name"]))
            kind = ("citation_kind", "cited-by-project")
            url = (("source_url", row["plan_url"]),) if row["plan_url"] else ()
            yield Node("citation", path, ENTRY, row.place, (*values, kind, *url))


def state_rates(sheet: SheetRows) -> Iterator[Node]:
    """State the rates of subsidy as texts (1-4)."""
    boxes = {"recipient": "subsidy-recipient", "rate": "subsidy-rate", "ceiling": "subsidy-ceiling"}
    for row in sheet:
        if row["number"]:
            yield from sheet.texts(row, boxes, f"-{row['number']}")


def state_relations(sheet: SheetRows) -> Iterator[Node]:
    """State the related projects by their 予算事業ID, with the relation as printed (1-5)."""
    for row in sheet:
        if row["number"]:
            identifier = row["related_id"].lstrip("0")
            values = (("box", "related-project"), ("as_printed", row["relation"]), ("related_id", identifier))
            path = f"{ENTRY}/cell/related-project-{row['number']}"
            yield Node("text", path, ENTRY, row.place, values)


def state_review(sheet: SheetRows) -> Iterator[Node]:
    """State the review of the ministry, the external experts and the team (4-1), of the first row."""
    row = sheet.rows[0]
    yield from sheet.texts(row, _REVIEW)
    for name, category, text in (
        ("opinion/external", "external_category", "external_opinion"),
        ("opinion/team", "team_category", "team_opinion"),
    ):
        codes = sheet.opinion(row, category)
        if codes or row[text]:
            words = (("as_printed", row[text]),) if row[text] else ()
            yield Node("opinion", name, "", row.place, (*codes, *words))
    follow = sheet.code(row, "follow_up_category")
    if follow or row["follow_up"]:
        words = (("as_printed", row["follow_up"]),) if row["follow_up"] else ()
        yield Node("opinion", "follow-up", "", row.place, (*follow, *words))


def state_remarks(sheet: SheetRows) -> Iterator[Node]:
    """State the remarks at the end of the sheet (6-1)."""
    yield from sheet.texts(sheet.rows[0], {"remarks": "remarks"}, "-final")


TABLES: dict[str, Callable[[SheetRows], Iterator[Node]]] = {
    "1-1": state_units,
    "1-2": state_overview,
    "1-3": state_bases,
    "1-4": state_rates,
    "1-5": state_relations,
    "2-1": state_budgets,
    "2-2": state_budget_items,
    "3-1": state_effects,
    "3-2": state_chain,
    "4-1": state_review,
    "5-1": state_payments,
    "5-2": state_blocks,
    "5-3": state_expenses,
    "5-4": state_contracts,
    "6-1": state_remarks,
}
