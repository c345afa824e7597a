"""Lists of a review sheet from cells: checks, opinions, predecessors, expenses, payments, contracts, flow."""

from __future__ import annotations

from hyoka_kg.model import Box, Stretch, ValueStatus
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.grid.sheet import Placed, Sheet
from hyoka_kg.sources.grid.writing import Writer
from hyoka_kg.sources.profiles import label_key

_PAYMENT_FIELDS = {
    "payee": "payee",
    "corporate_number": "corporate_number",
    "work": "work",
    "payment_amount": "amount",
    "contract_method": "method",
    "bidders": "bidders",
    "bid_rate": "bid_rate",
    "contract_reason": "reason",
}
_CONTRACT_FIELDS = {
    "contract_block": "block",
    "contractor": "payee",
    "corporate_number": "corporate_number",
    "work": "work",
    "contract_amount": "amount",
    "contract_method": "method",
    "bidders": "bidders",
    "bid_rate": "bid_rate",
    "contract_reason": "reason",
}
_LEVEL = 0.5


def read_checks(sheet: Sheet, writer: Writer) -> None:
    """Claim mark and explanation beside each item; what is no single mark is refused."""
    marks = writer.profile.vocabulary("mark")
    by_text = {label_key(cell.text): cell for cell in reversed(sheet.cells) if cell.block}
    for place, (code, text) in enumerate(writer.profile.content["items"].items(), 1):
        subject = f"check/{place}"
        item = by_text.get(label_key(text))
        if item is None:
            continue
        writer.label(item)
        writer.structure(subject, "item", code)
        cell = sheet.right_of(item)
        printed = "".join(cell.text.split()) if cell else ""
        if cell and key_form(printed) in marks:
            value = marks[key_form(printed)]
            writer.claim(subject, "mark", cell.stretch, value=value, status=ValueStatus.REPORTED)
        elif cell and printed and all(key_form(one) in marks for one in printed):
            writer.ledger.issue("two_marks", f"{subject} ({cell.cell.place})", printed)
            writer.ledger.open(subject, "mark", cell.cell.page, "two_marks")
        elif cell and printed:
            writer.ledger.issue("mark_unknown", f"{subject} ({cell.cell.place})", printed[:20])
            writer.ledger.open(subject, "mark", cell.cell.page, "mark_unknown")
        else:
            writer.ledger.open(subject, "mark", None, "no_mark")
        explanation = sheet.right_of(cell) if cell else None
        if explanation and explanation.key is None and explanation.box.shares_rows(item.box) > _LEVEL:
            writer.passage(subject, "check-explanation", [explanation])


def read_opinions(sheet: Sheet, writer: Writer) -> None:
    """Claim the category below each heading of an opinion, and the opinion beside it."""
    for key, vocabulary, subject, box in (
        ("external_opinion", "external_opinion", "opinion/external", "opinion"),
        ("team_opinion", "team_opinion", "opinion/team", "opinion"),
        ("follow_up", "follow_up", "follow-up", "follow-up"),
    ):
        label = sheet.first(key)
        cell = _first_below(sheet, label) if label else None
        if cell is None or cell.block is None or cell.key is not None:
            continue
        code = writer.profile.vocabulary(vocabulary).get(key_form(cell.text))
        if code is None:
            writer.passage(subject, box, [cell])
            continue
        writer.claim(subject, "category", cell.stretch, value=code)
        beside = sheet.right_of(cell)
        if beside and beside.key is None and beside.box.shares_rows(cell.box) > _LEVEL:
            writer.passage(subject, box, [beside])


def _first_below(sheet: Sheet, label: Placed) -> Placed | None:
    """Return the leftmost cell of the row below a heading that spans the sheet."""
    under = [cell for cell in sheet.cells if cell.box.y0 >= label.box.y1 - sheet.touch and cell.box.x1 > label.box.x0]
    return min(under, key=lambda cell: (round(cell.box.y0), cell.box.x0), default=None)


def read_predecessors(sheet: Sheet, writer: Writer) -> None:
    """Claim numbers beside their years below the heading."""
    label = sheet.first("predecessors")
    if label is None:
        return
    end = min((c.box.y0 for k in ("flow",) for c in sheet.labels.get(k, ()) if c.box.y0 > label.box.y0), default=1e12)
    for cell in sheet.within(float("-inf"), label.box.y1, float("inf"), end):
        year = parse_value("fiscal_year", cell.text, {"fiscal_year": writer.year}).get("fiscal_year")
        beside = sheet.right_of(cell) if isinstance(year, int) else None
        if not isinstance(year, int) or year >= writer.year or beside is None or beside.block is None:
            continue
        writer.label(cell)
        _claim_predecessor(year, beside, writer)


def _claim_predecessor(year: int, cell: Placed, writer: Writer) -> None:
    """Claim the number of a cell; a ministry may stand before it."""
    text = cell.stretch.text
    subject = f"predecessor/{year}"
    if "number" in parse_value("project_number", text):
        writer.claim(subject, "review_number", cell.stretch, fiscal_year=year)
        return
    words = text.split()
    if len(words) == 2 and "number" in parse_value("project_number", words[1]):
        writer.claim(subject, "ministry", cell.stretch.cut(0, len(words[0])))
        place = text.rfind(words[1])
        writer.claim(subject, "review_number", cell.stretch.cut(place), fiscal_year=year)


def read_expenses(sheet: Sheet, writer: Writer) -> None:
    """Claim the tables of expenses: item, use and amount of each row below a letter."""
    unit = writer.profile.content["words"]["money_unit"]
    for heading in sheet.labels.get("expense_item", ()):
        letter = _letter_above(sheet, heading, writer)
        use = next((c for c in _level(sheet, heading, "expense_use") if c.box.x0 >= heading.box.x1 - sheet.touch), None)
        amount = next(
            (c for c in _level(sheet, heading, "expense_amount") if use and c.box.x0 >= use.box.x1 - sheet.touch), None
        )
        if letter is None or use is None or amount is None:
            continue
        _claim_expenses(sheet, heading, use, amount, f"expense/{letter}", unit, writer)


def _letter_above(sheet: Sheet, heading: Placed, writer: Writer) -> str | None:
    above = [
        cell
        for cell in sheet.cells
        if cell.block and cell.box.y1 <= heading.box.y0 + sheet.touch and cell.box.shares_columns(heading.box) > _LEVEL
    ]
    nearest = max(above, key=lambda cell: cell.box.y1, default=None)
    if nearest is None or not writer.profile.pattern("block_letter").match(fold(nearest.text.strip())):
        return None
    writer.label(nearest)
    return key_form(nearest.text).rstrip(".").upper()


def _level(sheet: Sheet, cell: Placed, key: str) -> list[Placed]:
    return sorted(sheet.overlapping(cell, key), key=lambda one: one.box.x0)


def _claim_expenses(
    sheet: Sheet, item: Placed, use: Placed, amount: Placed, subject: str, unit: str, writer: Writer
) -> None:
    year = writer.year - 1
    for place, band in enumerate(sheet.bands([item.box, use.box, amount.box], item.box.y1, float("inf")), 1):
        name = sheet.first_in(item.box, band)
        money = sheet.at(amount.box, band)
        if name is not None and name.key == "total":
            writer.value(f"{subject}/total", "amount", money, fiscal_year=year, unit=unit)
            return
        if name is not None and name.key is not None:
            return
        writer.value(f"{subject}/{place}", "item", name)
        writer.value(f"{subject}/{place}", "use", sheet.at(use.box, band))
        writer.value(f"{subject}/{place}", "amount", money, fiscal_year=year, unit=unit)


def _rows_below(sheet: Sheet, heading: Placed) -> list[Placed]:
    return sheet.within(heading.box.x0, heading.box.y1, heading.box.x1, float("inf"))


def read_payments(sheet: Sheet, writer: Writer) -> None:
    """Claim the lists of payees by block, and the list of contracts."""
    contracts = sheet.first("contracts")
    for heading in sheet.labels.get("payee", ()):
        letter = _letter_before(sheet, heading, writer)
        if letter is not None:
            _claim_list(sheet, heading, _PAYMENT_FIELDS, f"payment/{letter}", writer.year - 1, writer)
    contractor = sheet.first("contractor")
    if contracts and contractor:
        _claim_list(sheet, contractor, _CONTRACT_FIELDS, "contract", None, writer)


def _letter_before(sheet: Sheet, heading: Placed, writer: Writer) -> str | None:
    """Return the letter of the block that a list of payees belongs to: the last letter cell above its headings."""
    above = [
        cell
        for cell in sheet.cells
        if cell.block
        and cell.box.y0 < heading.box.y0
        and writer.profile.pattern("block_letter").match(fold(cell.text.strip()))
    ]
    start = max((c.box.y0 for c in sheet.labels.get("payments", ()) if c.box.y0 < heading.box.y0), default=0.0)
    nearest = max((cell for cell in above if cell.box.y0 > start), key=lambda cell: cell.box.y0, default=None)
    if nearest is None:
        return None
    writer.label(nearest)
    return key_form(nearest.text).rstrip(".").upper()


def _claim_list(
    sheet: Sheet, heading: Placed, fields: dict[str, str], subject: str, year: int | None, writer: Writer
) -> None:
    columns = {field: cell for key, field in fields.items() for cell in _level(sheet, heading, key)[:1]}
    unit = writer.profile.content["words"]["money_unit"]
    place = 0
    for cell in _rows_below(sheet, heading):
        rank = _rank(sheet, heading, cell)
        if cell.key is not None or (rank is None and place):
            return
        if cell.block is None or rank is None:
            continue
        place += 1
        if rank != place:
            writer.ledger.issue("ranks_out_of_order", cell.cell.place, f"{rank} ≠ {place}")
            return
        for field, column in columns.items():
            _claim_field(sheet, f"{subject}/{place}", field, column.box, cell.box, year, unit, writer)


def _rank(sheet: Sheet, heading: Placed, cell: Placed) -> int | None:
    """Return the number that stands before a row, left of the list."""
    left = [
        one
        for one in sheet.cells
        if one.block and one.box.x1 <= heading.box.x0 + sheet.touch and one.box.shares_rows(cell.box) > _LEVEL
    ]
    numbers = [int(text) for one in left if (text := fold(one.text.strip())).isascii() and text.isdigit()]
    return numbers[0] if numbers else None


def _claim_field(
    sheet: Sheet, subject: str, field: str, column: Box, row: Box, year: int | None, unit: str, writer: Writer
) -> None:
    cell = sheet.at(column, row)
    if field == "amount":
        writer.value(subject, field, cell, fiscal_year=year, unit=unit)
    else:
        writer.value(subject, field, cell)


def read_flow(sheet: Sheet, writer: Writer) -> None:
    """Claim the boxes of the flow of money, drawn or typed into one cell: a letter begins a box, the payer is above."""
    label = sheet.first("flow")
    typed = sheet.right_of(label) if label else None
    cells = [cell for cell in sheet.cells if cell.block and cell.key is None and "#" in cell.cell.place]
    lines = [Stretch((part,)).strip() for cell in (cells or ([typed] if typed else [])) for part in cell.stretch.parts]
    groups: list[list[Stretch]] = [[]]
    for line in lines:
        if writer.profile.pattern("block_letter").match(fold(line.text)):
            groups.append([])
        groups[-1].append(line)
    for place, group in enumerate(groups[1:]):
        _claim_box(group, groups[0] if place == 0 else [], writer)


def _claim_box(lines: list[Stretch], payers: list[Stretch], writer: Writer) -> None:
    letter, *rest = lines
    subject = f"block/{key_form(letter.text).rstrip('.').upper()}"
    writer.claim(subject, "label", letter)
    if len(payers) == 1:
        writer.claim(subject, "payer", payers[0])
    if not rest:
        return
    name, amount = _name_and_amount(rest[0])
    if amount:
        writer.claim(subject, "amount", amount, fiscal_year=writer.year - 1)
    if name:
        writer.claim(subject, "name", name)
    if rest[1:]:
        writer.claim(subject, "uses", Stretch(tuple(part for line in rest[1:] for part in line.parts)))


def _name_and_amount(line: Stretch) -> tuple[Stretch | None, Stretch | None]:
    text = line.text
    starts = [0, *(at + 1 for at, character in enumerate(text) if character.isspace())]
    for start in starts:
        amount = parse_value("amount", text[start:])
        if amount.get("unit"):
            return (line.cut(0, start).strip() or None), line.cut(start)
    return line, None
