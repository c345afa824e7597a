"""Read a review sheet from text: records with receipts, and what was left."""

from __future__ import annotations

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import FormReading, TextLayer
from hyoka_kg.sources.profiles import Profile, find_year
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.told import reading_of_text
from hyoka_kg.sources.review_sheet.head import read_head
from hyoka_kg.sources.review_sheet.indicators import read_indicators
from hyoka_kg.sources.review_sheet.money import read_money
from hyoka_kg.sources.review_sheet.rest import read_rest


def read_review_sheet(layer: TextLayer, profile: Profile) -> FormReading:
    """Return what the text of a sheet tells.

    Args:
        layer: The text.
        profile: What the form prints.

    Raises:
        LayoutError: The sheet does not name its fiscal year, on which all of its columns depend.
    """
    year = find_year(layer.texts, profile)
    if year is None:
        raise LayoutError(
            "The title of the sheet, with its fiscal year, was not found, nor headings of a budget and of the request "
            "behind it. Without them no column has a year."
        )
    ledger = Ledger()
    unit = profile.content["words"]["money_unit"]
    first = [block for block in layer.blocks if block.page == 1]
    read_head(layer.blocks, profile, ledger)
    read_money(first, profile, year, unit, ledger)
    read_indicators(layer.blocks, profile, year, ledger)
    read_rest(layer.blocks, profile, year, unit, ledger)
    for block in layer.blocks:
        if profile.label(block.stretch.text):
            ledger.use(block.stretch)
    return reading_of_text(layer, profile, year, ledger)
