"""Write a sheet as a workbook: narrow columns, merged cells, numbers behind formats, text boxes, a hidden sheet."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.synthesis.boxes import Box
from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.placing import Placed
from hyoka_kg.synthesis.words import words

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_COLUMN_WIDTH = 2.2
_BOX_PIXELS = (220, 60)


def write_workbook(sheet: Sheet, placed: list[Placed]) -> tuple[bytes, dict[int, str]]:
    """Return the file, and the range of each box by its identity, such as `A1:C2`.

    Raises:
        AcquisitionError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
        from xlsxwriter.utility import xl_range
    except ImportError as error:
        raise AcquisitionError("Workbooks need XlsxWriter. Install it: pip install 'hyoka-kg[synthesis]'.") from error
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": sheet.title, "created": _CREATED})
    name = words()["review_sheet_name" if sheet.kind == "review-sheet" else "ex_ante_name"]
    page = book.add_worksheet(name)
    formats: dict[tuple[str, str], Any] = {}
    page.set_column(0, max(one.box.column + one.box.columns for one in placed), _COLUMN_WIDTH)
    ranges = {}
    for one in placed:
        box = one.box
        ends = (box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1)
        ranges[id(box)] = xl_range(*ends)
        _write_box(book, page, box, ends, formats)
    _add_hidden(book)
    book.close()
    return buffer.getvalue(), ranges


def _write_box(
    book: Any, page: Any, box: Box, ends: tuple[int, int, int, int], formats: dict[tuple[str, str], Any]
) -> None:
    value, number_format = _content(box)
    style = formats.get((number_format, box.flag))
    if style is None:
        style = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": number_format})
        style.set_rotation(270 if box.flag == "v" else 0)
        formats[number_format, box.flag] = style
    if ends[:2] == ends[2:]:
        page.write(*ends[:2], value, style)
    else:
        page.merge_range(*ends, value, style)
    if box.flag == "f":
        _add_text_boxes(page, box)


def _content(box: Box) -> tuple[str | float, str]:
    """Return what is stored and how it is printed; a number that no format prints so was typed as text."""
    if box.flag == "f":
        return "", "General"
    only = box.parts[0] if len(box.parts) == 1 else None
    if isinstance(only, Fact) and only.stored is not None and not only.defects:
        return only.stored, only.number_format
    return box.text, "General" if box.text[:1] != "=" else "@"


def _add_text_boxes(page: Any, box: Box) -> None:
    """Draw the flow of money as the workbook of the form does: text boxes above an empty cell."""
    for i, text in enumerate(filter(None, box.text.split("\n\n"))):
        options = {"width": _BOX_PIXELS[0], "height": _BOX_PIXELS[1], "x_offset": 10 + i * (_BOX_PIXELS[0] + 20)}
        page.insert_textbox(box.row, box.column, text, options)


def _add_hidden(book: Any) -> None:
    rules = book.add_worksheet(words()["input_rules"])
    for column, name in enumerate(("methods", "opinions", "follow_ups", "expense_categories")):
        rules.write_column(0, column, words()[name])
    rules.hide()
