"""Make the cells of a sheet: printed by chance, valued by truth, now and then left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from hyoka_kg.model import ValueStatus
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.printing import print_number
from hyoka_kg.synthesis.words import rates, words

_MILLION = 1_000_000
_FORMATS = {0: "#,##0", 1: "#,##0.0"}


@dataclass(slots=True)
class Cells:
    """The pen that fills a sheet: it adds facts and plants what the rates say."""

    sheet: Sheet
    chance: Random
    dash: str

    def text(self, subject: str, field: str, printed: str, *, value: str = "", year: int | None = None) -> Fact:
        """Add a text; its value is a code, or the text itself."""
        return self._add(Fact(subject, field, year, printed, value=value or printed))

    def prose(self, subject: str, box: str, sentences: int) -> Fact:
        """Add a long text of invented sentences."""
        return self.sheet.add(Fact(subject, box, None, text := invent_prose(self.chance, sentences), "prose", text))

    def fiscal_year(self, subject: str, field: str, fiscal_year: int, printed: str) -> Fact:
        """Add a fiscal year."""
        return self._add(Fact(subject, field, None, printed, "fiscal_year", str(fiscal_year)))

    def missing(self, subject: str, field: str, *, year: int | None = None, kind: str = "text", unit: str = "") -> Fact:
        """Add a dash."""
        return self.sheet.add(Fact(subject, field, year, self.dash, kind, unit=unit, status=ValueStatus.DASH))

    def blank(self, subject: str, field: str, *, year: int | None = None) -> Fact:
        """Add a box in which nothing is printed."""
        return self.sheet.add(Fact(subject, field, year, "", status=ValueStatus.NOT_PRINTED))

    def money(self, subject: str, field: str, year: int | None, million: float | None, *, decimals: int = 0) -> Fact:
        """Add an amount under a heading that says millions of yen; None is a dash."""
        unit = words()["million"]
        if million is None:
            return self.missing(subject, field, year=year, kind="money", unit=unit)
        number = print_number(abs(million), self.chance, decimals=decimals)
        minus = words()["minus"] if million < 0 else ""
        status = ValueStatus.ZERO if not million else ValueStatus.REPORTED
        fact = Fact(
            subject, field, year, minus + number.text, "money", str(round(million * _MILLION)), unit, "", status,
            self._stored(million, decimals), f'{_FORMATS[decimals]};"{words()["minus"]}"{_FORMATS[decimals]}',
            number.defects,
        )  # fmt: skip
        return self._add(fact)

    def number(
        self, subject: str, field: str, year: int | None, number: float, *, unit: str, decimals: int = 0,
        kind: str = "indicator_value", scale: int = 1,
    ) -> Fact:  # fmt: skip
        """Add a number under a heading that gives its unit."""
        number = round(number, decimals)
        printed = print_number(number, self.chance, decimals=decimals)
        value = f"{number * scale:.{0 if scale > 1 else decimals}f}"
        return self._add(
            Fact(
                subject,
                field,
                year,
                printed.text,
                kind,
                value,
                unit,
                "eq",
                ValueStatus.REPORTED,
                self._stored(number, decimals),
                _FORMATS[decimals],
                printed.defects,
            )
        )

    def percent(self, subject: str, field: str, year: int | None, ratio: float) -> Fact:
        """Add a percentage of whole points with its sign; the workbook stores the ratio."""
        ratio = round(ratio, 6)
        points = int(ratio * 100 + 0.5)
        return self._add(
            Fact(subject, field, year, f"{points}%", "percent", str(points), stored=ratio, number_format="0%")
        )

    def _stored(self, number: float, decimals: int) -> float:
        """Return what a workbook stores: a number that prints the same, seldom the same number."""
        if not number or happens(self.chance, 0.6):
            return number
        return round(number + self.chance.uniform(-0.45, 0.45) * (0.1 if decimals else 1.0), 4)

    def _add(self, fact: Fact) -> Fact:
        if happens(self.chance, rates("printing")["missing_cell"]):
            self.sheet.plant("missing_cell", fact, fact.printed)
            gone = replace(fact, printed="", value="", comparator="", status=ValueStatus.NOT_PRINTED, stored=None)
            return self.sheet.add(replace(gone, defects=("missing_cell",)))
        for kind in fact.defects:
            self.sheet.plant(kind, fact)
        return self.sheet.add(fact)


def invent_prose(chance: Random, sentences: int) -> str:
    """Return sentences that no paper contains."""
    lists = words()["prose_words"]
    return "".join(
        chance.choice(words()["prose"]).format(**{name: chance.choice(pool) for name, pool in lists.items()})
        for _ in range(sentences)
    )


def corporate_number(chance: Random) -> str:
    """Return a corporate number (法人番号) whose check digit is right, by the ordinance of the tax agency."""
    digits = [chance.randint(0, 9) for _ in range(12)]
    total = sum(digit * (1 if i % 2 == 0 else 2) for i, digit in enumerate(reversed(digits)))
    return str(9 - total % 9) + "".join(map(str, digits))
