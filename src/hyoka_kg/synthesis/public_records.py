"""Print the projects of the fictitious government as the public JSON objects are: one object a sheet.

What is wrong with the real objects is wrong here too: a blank amount is 0.0, former sheets are listed in two years
only, and those of FY2018 carry years that are not the year of their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hyoka_kg.synthesis.ancestry import Ancestry, Ministry
from hyoka_kg.synthesis.cells import invent_prose
from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.ministry import MinistryYear, Project
from hyoka_kg.synthesis.words import layout, rates, words

_LISTING_YEARS = (2018, 2019)
_WRONG_YEARS = (2010, 2010, 2010, 2012, 2015, 2017)
_LAST_HEISEI, _FULL_FORM_SINCE = 2019, 2021
_PHASES = ("initial", "supplementary", "carried_in", "carried_out", "reserve", "current")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a sheet prints: its parts as the objects hold them, and its form in ASCII."""

    parts: tuple[str | None, ...]
    slug: str

    @property
    def printed(self) -> str:
        """Return the number as a person reads it."""
        return "-".join(part for part in self.parts if part)

    @property
    def fields(self) -> Record:
        """Return the parts by name, five of them."""
        return {f"number_{i}": part for i, part in enumerate((*self.parts, *(None,) * (5 - len(self.parts))), 1)}


@dataclass(frozen=True, slots=True)
class Former:
    """A sheet that is listed as a former one; `related` and `wrong` ones are not continued."""

    project: int
    kind: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Prints the sheets of one year."""

    seed: int
    year: MinistryYear
    ancestry: Ancestry

    def key(self, project: Project, fiscal_year: int) -> str:
        """Return the key of a sheet: ministry, publication year and number."""
        home = self.ancestry.home(project.id, fiscal_year)
        return f"{home.slug}/{fiscal_year}/{print_number(project, fiscal_year, home).slug}"

    def record(self, project: Project, listed: tuple[Former, ...]) -> Record:
        """Return the object of a sheet, keyed as the public ones are."""
        fiscal_year = self.year.fiscal_year
        home = self.ancestry.home(project.id, fiscal_year)
        number = print_number(project, fiscal_year, home)
        record = {
            "path": f"data/{fiscal_year}/{home.name}/{number.printed}.json", "id": project.number, "project_id": None,
            "year": fiscal_year, "name": project.name, "start_year": self.ancestry.births[project.id].start,
            "end_year": None, "ministry": home.name, **number.fields, "number": number.printed,
            **self._texts(project.id), "budget": list(self._budget(project.id)),
            "payment": list(self._payments(project.id)), "outcome": [], "no_quantity_reason": None, "output": [],
            "url": None, "predecessor": [self._former(one) for one in listed],
        }  # fmt: skip
        last = layout("judgit")["until"]
        return _labelled("sheet", {name: v for name, v in record.items() if fiscal_year <= last.get(name, fiscal_year)})

    def listed(self, project: Project) -> tuple[Former, ...]:
        """Return the former sheets that a sheet lists: seldom a wrong one, a related one, or none."""
        if self.year.fiscal_year not in _LISTING_YEARS or not project.predecessors:
            return ()
        chance, share = stream(self.seed, "lists", project.id, self.year.fiscal_year), rates("identity")
        others = sorted(self.year.before)
        if happens(chance, share["predecessor_missing"]):
            return ()
        if happens(chance, share["wrong_predecessor"]):
            other = chance.choice(others)
            return (Former(other, "stated" if other in project.predecessors else "wrong"),)
        own = tuple(Former(one, "stated") for one in project.predecessors)
        related = chance.choice(others)
        if related in project.predecessors or not happens(chance, share["related_listed"]):
            return own
        return (*own, Former(related, "related"))

    def _former(self, former: Former) -> Record:
        before = self.year.fiscal_year - 1
        home = self.ancestry.home(former.project, before)
        fields = print_number(self.year.before[former.project], before, home).fields
        told = before
        if before + 1 == _LISTING_YEARS[0]:
            told = stream(self.seed, "told-year", former.project).choice(_WRONG_YEARS)
        return _labelled("predecessor", {"year": told, "ministry": home.name} | _three(fields))

    def _texts(self, project: int) -> Record:
        w, chance = words(), stream(self.seed, "texts", project)
        bureau, divisions = stream(self.seed, "bureau", self.ancestry.root(project)).choice(w["bureaus"])
        purpose, overview = invent_prose(chance, 1), invent_prose(chance, 2)
        if happens(stream(self.seed, "reworded", project, self.year.fiscal_year), 0.3):
            overview += invent_prose(stream(self.seed, "words", project, self.year.fiscal_year), 1)
        return {
            "bureau": bureau, "division": chance.choice(divisions), "responsible": chance.choice(w["posts"]),
            "accounting_category": [chance.choice(w["accounting"])], "purpose": purpose, "overview": overview,
            "implementation_method": chance.choice(w["methods"]).split(w["comma"]), "major_policy_tag": [],
        }  # fmt: skip

    def _budget(self, project: int) -> Iterator[Record]:
        own, birth = self.year.fiscal_year, self.ancestry.births[project]
        silent = birth.fiscal_year if not self.ancestry.prints_history(project) else birth.start
        for fiscal_year in range(own - 3, own + 1):
            budget = self.ancestry.budget(project, fiscal_year) if fiscal_year >= silent else None
            row: Record = {"year": fiscal_year}
            row |= {phase: float(getattr(budget, phase) or 0) if budget else 0.0 for phase in _PHASES}
            if fiscal_year < own:
                row["executed"] = float(self.ancestry.told(project, own, fiscal_year)) if budget else 0.0
            yield _labelled("budget", row)
        asked = self.ancestry.budget(project, own + 1)
        yield _labelled("budget", {"year": own + 1, "requested": float(asked.initial if asked else 0)})

    def _payments(self, project: int) -> Iterator[Record]:
        before = self.year.fiscal_year - 1
        budget = self.ancestry.budget(project, before)
        chance = stream(self.seed, "payees", self.ancestry.root(project))
        payees = chance.sample(words()["payees"], chance.randint(1, 3))
        for number, payee in enumerate(payees if budget else (), 1):
            row = {"year": before, "block": "A", "number": number, "payee": payee, "corporate_number": None}
            amount = round((budget.executed if budget else 0) / (number + 1), 1)
            yield _labelled("payment", row | {"use": chance.choice(words()["works"]), "amount": amount})


def print_number(project: Project, fiscal_year: int, home: Ministry) -> Number:
    """Return the number: `0036`, `新29-0004`; from FY2021 `2021-架空-20-0036`, `2021-架空-新22-0004`."""
    ordinal, new = f"{project.number:04d}", words()["new"]
    if fiscal_year >= _FULL_FORM_SINCE:
        label = (fiscal_year + 1 if project.is_new else fiscal_year - 1) % 100
        middle = f"{new}{label:02d}" if project.is_new else f"{label:02d}"
        slug = f"{'new' if project.is_new else ''}{label:02d}-{ordinal}"
        return Number((str(fiscal_year), home.abbreviation, middle, ordinal), slug)
    if not project.is_new:
        return Number((None, ordinal), ordinal)
    label = fiscal_year - 1988 if fiscal_year <= _LAST_HEISEI else fiscal_year - 2018
    return Number((f"{new}{label:02d}", ordinal), f"new{label:02d}-{ordinal}")


def _three(fields: Mapping[str, str | None]) -> Record:
    return {f"number_{i}": fields[f"number_{i}"] for i in (1, 2, 3)}


def _labelled(group: str, record: Mapping[str, Any]) -> Record:
    labels = layout("judgit")[group]
    return {labels[name]: value for name, value in record.items()}
