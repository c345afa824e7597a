"""Spoil clean forms of a family, many times by one seed, and count what its rule finds in them and in clean twins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hyoka_kg.model import Cell, Document
from hyoka_kg.pipeline.linting import form_document, judge_forms
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

Papers = tuple[Document, ...]
Dress = Callable[[Document], Papers | None]
Spoil = Callable[[Papers, Random], Papers | None]
LEAST_SHARE = 0.95
_TRIES = 20
_FORMS = 12
_NAME = re.compile(r"(?:spoilt|twin)-[0-9]+")
_YEARS = {Kind.REVIEW_SHEET: 2018, Kind.EX_ANTE: 2017}


def alone(form: Document) -> Papers:
    """Return a form as it is."""
    return (form,)


@dataclass(frozen=True, slots=True)
class Family:
    """One way to spoil papers.

    Attributes:
        name: What is spoilt.
        rule: The rule that must find it.
        spoil: Spoils papers, or gives None where these cannot be spoilt so.
        dress: Makes the clean papers of a form: the form itself, with boxes that it needs and without what the
            synthetic ministry plants for the rule, or several documents.
        kind: The form.
    """

    name: str
    rule: str
    spoil: Spoil
    dress: Dress = alone
    kind: Kind = Kind.REVIEW_SHEET


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of a family.

    Attributes:
        family: The family.
        spoilt: Papers that were spoilt.
        found: How many of them its rule found.
        twins: Clean twins that were judged.
        aside: How many of them the rule accused. They are set aside, and what was made of them does not count.
    """

    family: Family
    spoilt: int
    found: int
    twins: int
    aside: int

    @property
    def is_caught(self) -> bool:
        """Return whether the rule finds enough of what is spoilt, and accuses no clean twin."""
        return self.aside == 0 and self.spoilt > 0 and self.found >= LEAST_SHARE * self.spoilt


def clean_forms(kind: Kind, seed: int, count: int = _FORMS) -> list[Document]:
    """Return synthetic forms of one year, read back from their text."""
    year = _YEARS[kind]
    seeds = (seed,) if kind is Kind.REVIEW_SHEET else range(seed, seed + count)
    return [form for each in seeds for form in _read(Request(each, count, year, year, kind, Route.TEXT, 0))][:count]


def _read(request: Request) -> list[Document]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        synthesize(request, out)
        paths = sorted(out.glob("documents/*.txt"))
        return [form_document(read_form(path)) for path in paths[: request.projects]]


def measure(families: Sequence[Family], seed: int, times: int, count: int = _FORMS) -> Iterator[Caught]:
    """Yield what became of each family."""
    forms = {kind: clean_forms(kind, seed, count) for kind in {family.kind for family in families}}
    for family in families:
        yield _measure(family, forms[family.kind], Random(f"{seed} {family.name}"), times)  # noqa: S311 no secret


def _measure(family: Family, forms: Sequence[Document], chance: Random, times: int) -> Caught:
    """Judge twins and spoilt papers in one store; what was made of a form that is set aside is made anew."""
    clean = [papers for form in forms if (papers := family.dress(form)) is not None]
    twins, kept, aside = len(clean), 0, 0
    hits = 0
    while kept < times and clean:
        pairs = list(_spoil(clean, family, chance, times - kept))
        cases = [(f"twin-{n}", twin) for n, twin in enumerate(clean)]
        found = _found(family.rule, cases + [(f"spoilt-{n}", spoilt) for n, (_, spoilt) in enumerate(pairs)])
        accused = {id(twin) for n, twin in enumerate(clean) if f"twin-{n}" in found}
        counted = [f"spoilt-{n}" in found for n, (twin, _) in enumerate(pairs) if id(twin) not in accused]
        clean = [twin for twin in clean if id(twin) not in accused]
        kept, hits, aside = kept + len(counted), hits + sum(counted), aside + len(accused)
        if not pairs:
            break
    return Caught(family, kept, hits, twins, aside)


def _spoil(clean: Sequence[Papers], family: Family, chance: Random, times: int) -> Iterator[tuple[Papers, Papers]]:
    made = 0
    for _ in range(times * _TRIES if clean else 0):
        if made == times:
            return
        twin = chance.choice(clean)
        spoilt = family.spoil(twin, chance)
        if spoilt is not None and spoilt != twin:
            made += 1
            yield twin, spoilt


def _found(rule: str, cases: Sequence[tuple[str, Papers]]) -> set[str]:
    """Return the names of the cases that a finding is about: its focus is theirs, or it names a document of theirs."""
    named = [_named(papers, name) for name, papers in cases]
    found = judge_forms([document for papers in named for document in papers], [rule])
    return {match[0] for one in found if (match := _NAME.search(f"{one.finding.focus} {one.finding.values}"))}


def _named(papers: Papers, name: str) -> Papers:
    """Return the papers as those of a ministry of their own."""
    return tuple(_of_ministry(document, name, n) for n, document in enumerate(papers, 1))


def _of_ministry(document: Document, name: str, place: int) -> Document:
    head = document.head
    path = f"{name}/{head.kind}/fy{head.sheet_fiscal_year}/{place:04d}"
    told = f"{name}-{head.kind}-fy{head.sheet_fiscal_year}-{place:04d}"
    return replace(document, head=replace(head, id=told, ministry=name, iri_path=path))


def later(document: Document, years: int = 1, *, shifted: bool = False) -> Document:
    """Return the document as one of a later sheet year; `shifted` moves the years of its values too."""
    head = replace(document.head, sheet_fiscal_year=document.head.sheet_fiscal_year + years)
    cells = tuple(_shifted(cell, years) for cell in document.cells) if shifted else document.cells
    return replace(document, head=head, cells=cells)


def _shifted(cell: Cell, years: int) -> Cell:
    return replace(cell, fiscal_year=cell.fiscal_year + years) if cell.fiscal_year else cell
