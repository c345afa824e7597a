"""A review sheet from cells: boxes beside their labels, crossings inside their blocks, lists below their headings."""

from __future__ import annotations

from hyoka_kg.model import Box, Stretch
from hyoka_kg.normalization import IDEOGRAPHIC_SPACE, PARENTHESES, fold, key_form, parse_value
from hyoka_kg.sources.grid import review_lists
from hyoka_kg.sources.grid.crossing import claim_crossing, columns_of, row_labels
from hyoka_kg.sources.grid.review_indicators import read_indicators
from hyoka_kg.sources.grid.sheet import Placed, Sheet
from hyoka_kg.sources.grid.writing import Writer

ENTRY = "entry/1"
_BOXES = (
    ("project_name", ENTRY, "name"),
    ("bureau", "document/unit/1", "name"),
    ("division", "document/unit/2", "name"),
    ("start", ENTRY, "start_fiscal_year"),
    ("plans", ENTRY, "related_plans"),
    ("major_policy", ENTRY, "major_policy_tag"),
)
_CODED = (
    ("end", "end", "end"),
    ("accounting", "accounting", "accounting_category"),
    ("main_expense", "main_expense", "main_expense_category"),
    ("method", "method", "implementation_method"),
)
_PROSE = (
    ("purpose", ENTRY, "purpose"),
    ("overview", ENTRY, "overview"),
    ("result", "result", "inspection-result"),
    ("improvement", "result", "improvement"),
)
_ROWS = {
    "initial": "initial",
    "supplementary": "supplementary",
    "carried_in": "carried-in",
    "carried_out": "carried-out",
    "reserve": "reserve",
    "total": "current",
    "executed": "executed",
    "execution_rate": "execution_rate",
    "execution_rate_of_initial": "execution_rate_of_initial",
}
_RATES = {"execution_rate", "execution_rate_of_initial"}
_REQUEST_ROWS = {"initial", "current"}


def read_sheet(sheet: Sheet, writer: Writer) -> None:
    """Claim the whole of a sheet."""
    _read_head(sheet, writer)
    _read_money(sheet, writer)
    _read_budget_items(sheet, writer)
    read_indicators(sheet, writer)
    review_lists.read_checks(sheet, writer)
    review_lists.read_opinions(sheet, writer)
    review_lists.read_predecessors(sheet, writer)
    review_lists.read_expenses(sheet, writer)
    review_lists.read_payments(sheet, writer)
    review_lists.read_flow(sheet, writer)


def _read_head(sheet: Sheet, writer: Writer) -> None:
    for cell in sheet.cells:
        _read_title(cell, writer)
    _read_number(sheet, writer)
    for key, subject, field in _BOXES:
        if key in sheet.labels:
            writer.value(subject, field, writer.beside(key))
    for key, vocabulary, field in _CODED:
        coded = writer.beside(key)
        if coded is not None and coded.block:
            code = writer.profile.vocabulary(vocabulary).get(key_form(coded.text), "")
            writer.value(ENTRY, field, coded, value=code)
    for key, subject, field in _PROSE:
        prose = writer.beside(key)
        writer.passage(subject, field, [prose] if prose else [])
    _read_post(sheet, writer)
    _read_laws(writer)
    _read_policy(sheet, writer)


def _read_title(cell: Placed, writer: Writer) -> None:
    match = writer.profile.pattern("title").search(fold(cell.text)) if cell.block else None
    if match is None:
        return
    stretch = cell.stretch
    writer.claim("document", "title", stretch.cut(match.start(), match.end()))
    rest = stretch.cut(match.end()).strip(" " + IDEOGRAPHIC_SPACE + PARENTHESES)
    beside = writer.sheet.right_of(cell)
    for one in (rest, beside.stretch if beside and beside.key is None else Stretch(())):
        if one and writer.profile.pattern("ministry").match(one.text):
            writer.claim(ENTRY, "ministry", one)
            return


def _read_number(sheet: Sheet, writer: Writer) -> None:
    """Claim the number of the project: beside its label, or behind it in one cell."""
    label = sheet.first("project_number")
    cell = sheet.right_of(label) if label else None
    if cell and cell.block and "number" in parse_value("project_number", cell.text):
        writer.claim(ENTRY, "review_number", cell.stretch)
        return
    for one in sheet.cells:
        words = one.text.split()
        if len(words) == 2 and writer.profile.label(words[0]) == "project_number":
            writer.claim(ENTRY, "review_number", one.stretch.cut(one.text.find(words[1])).strip())


def _read_post(sheet: Sheet, writer: Writer) -> None:
    """Claim the post below 作成責任者; a name behind a space is a person's and goes with the prose."""
    label = sheet.first("head")
    cell = sheet.below(label) if label else None
    if cell is None or cell.block is None or cell.key is not None:
        return
    text = cell.stretch.text
    place = next((at for at, character in enumerate(text) if character.isspace()), len(text))
    writer.claim("document/post/1", "title", cell.stretch.cut(0, place))
    name = cell.stretch.cut(place).strip()
    if name:
        writer.claim("document/post/1", "official-name", name, is_passage=True)


def _read_laws(writer: Writer) -> None:
    cell = writer.beside("law")
    if cell is None or cell.block is None:
        return
    laws: list[Stretch] = []
    for part in cell.stretch.parts:
        line = Stretch((part,))
        is_more = writer.profile.pattern("article").match(fold(line.text.strip()))
        is_whole = not laws or "law" in parse_value("law", laws[-1].printed)
        if laws and (is_more or not is_whole):
            laws[-1] = laws[-1] + line
        else:
            laws.append(line)
    for place, law in enumerate(laws, 1):
        writer.claim(f"{ENTRY}/law/{place}", "name", law.strip())


def _read_policy(sheet: Sheet, writer: Writer) -> None:
    for key, field in (("policy_field", "field"), ("policy", "name")):
        cells = [cell for label in sheet.labels.get(key, ()) if (cell := sheet.right_of(label)) and cell.key is None]
        if len(cells) == 1:
            writer.value("policy", field, cells[0])
    for key, subject, field, is_passage in (
        ("relation", "policy", "relation", True),
        ("reform_relation", "reform", "relation_to_reform", False),
    ):
        label = sheet.first(key)
        cell = sheet.below(label) if label else None
        if cell and cell.block and cell.key is None:
            is_dash = "missing" in parse_value("amount", cell.text)
            writer.claim(subject, field, cell.stretch, is_passage=is_passage and not is_dash)


def _read_money(sheet: Sheet, writer: Writer) -> None:
    """Claim the table of money: years across, phases down; the last year is the request."""
    block = sheet.first("money")
    if block is None:
        return
    reach = block.box
    unit = writer.profile.content["words"]["money_unit"]
    columns = columns_of(writer, reach, block.box.x1)
    word = writer.profile.content["words"]["request"]
    request = next((column.year for column in columns if column.aspect == word), None)
    for field, row in row_labels(writer, reach, _ROWS):
        for column in columns:
            name = "requested" if field == "initial" and column.year == request else field
            if column.year == request and field not in _REQUEST_ROWS:
                continue
            claim_crossing(writer, ENTRY, name, row, column, "" if field in _RATES else unit)


def _read_budget_items(sheet: Sheet, writer: Writer) -> None:
    heading = sheet.first("budget_item")
    if heading is None:
        return
    end = min((cell.box.y0 for cell in sheet.labels.get("outcome", ()) if cell.box.y0 > heading.box.y0), default=1e12)
    columns = columns_of(writer, Box(heading.box.x0, heading.box.y0, heading.box.x1, heading.box.y1), heading.box.x1)
    unit = writer.profile.content["words"]["money_unit"]
    rows = sheet.within(heading.box.x0, heading.box.y1, heading.box.x1, end)
    place = 0
    for row in (cell for cell in rows if cell.block):
        is_total = row.key == "total"
        place += not is_total
        subject = "budget-item/total" if is_total else f"budget-item/{place}"
        writer.claim(subject, "name", row.stretch)
        for column in columns:
            claim_crossing(writer, subject, "amount", row, column, unit)
        if is_total:
            return
