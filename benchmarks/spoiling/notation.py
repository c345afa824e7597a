"""Families about notation, texts, laws, notes and citations of one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from hyoka_kg.model import Cell, Document, SpanPiece
from hyoka_kg.synthesis import Kind
from spoiling.cells import cell_like, cells_of, changed, dashed, mapped, number, one, words
from spoiling.measuring import Family, Papers, Spoil

_FAR = 7
_OUTCOMES = "entry"
Reword = Callable[[Cell, Random], str]


def reworded(field: str, reword: Reword, subject: str = "") -> Spoil:
    """Return what prints one cell of a field in another way; a cell that stays as it is is no spoilt one."""

    def spoil(papers: Papers, chance: Random) -> Papers | None:
        cell = one(cells_of(papers[0], field, subject), chance)
        printed = cell and reword(cell, chance)
        if cell is None or not printed or printed == cell.printed:
            return None
        return (changed(papers[0], replace(cell, printed=printed)),)

    return spoil


def _half_bracket(cell: Cell, _chance: Random) -> str:
    return cell.printed.replace(words()["full_bracket"], words()["half_bracket"], 1)


def _unit_gone(cell: Cell, _chance: Random) -> str:
    return f"{number(cell):,.0f}{words()['at_least']}"


def _unit_unknown(cell: Cell, _chance: Random) -> str:
    return f"{number(cell):,.0f}{words()['unknown_unit']}"


def _said(key: str) -> Reword:
    return lambda _cell, _chance: str(words()[key])


def same_brackets(form: Document) -> Papers:
    """Return an ex-ante sheet whose executed amounts stand in full-width brackets."""
    pairs = str.maketrans("()", "".join(words()["brackets"]))
    cells = [replace(cell, printed=cell.printed.translate(pairs)) for cell in cells_of(form, "executed")]
    return (changed(form, *cells),)


def with_units(form: Document) -> Papers:
    """Return a form whose project indicators all have goals with units."""
    goals = [cell for cell in cells_of(form, "goal") if number(cell)]
    cells = [replace(cell, printed=f"{number(cell):,.0f}{words()['people']}{words()['at_least']}") for cell in goals]
    others = [cell for field in ("baseline", "target", "actual") for cell in cells_of(form, field) if number(cell)]
    cells += [replace(cell, printed=f"{number(cell):,.0f}{words()['people']}") for cell in others]
    return (changed(form, *cells),)


def with_law(form: Document) -> Papers:
    """Return a form with a legal basis of one article."""
    return (changed(form, cell_like(form.cells[0], "entry/1/law/1", "name", None, words()["law"])),)


def noted(form: Document) -> Papers | None:
    """Return an ex-ante sheet in which both notes about a notation have their instance."""
    done = cells_of(form, "actual", "indicator")
    related = [cell for cell in form.cells if cell.field == "related_indicators"]
    if not done or not related or not any(passage.subject == "document/note/4" for passage in form.passages):
        return None
    told = replace(done[0], printed=done[0].printed + words()["heading_year"])
    return (changed(form, told, dashed(related[0])),)


def _nothing_noted(papers: Papers, chance: Random) -> Papers | None:
    """Take away what a note speaks of: the years in brackets, or the dashes."""
    kept = chance.choice([2, 4])

    def change(cell: Cell) -> Cell:
        if kept == 2 and cell.field == "related_indicators":
            return cell_like(cell, cell.subject, cell.field, None, "1")
        if kept == 4 and cell.field == "actual":
            return replace(cell, printed=cell.printed.replace(words()["heading_year"], ""))
        return cell

    return (mapped(papers[0], change),)


def in_one_place(form: Document) -> Papers:
    """Return a form whose cells each stand in one place."""
    return (mapped(form, lambda cell: replace(cell, pieces=cell.pieces[:1])),)


def _torn(papers: Papers, chance: Random) -> Papers | None:
    cell = one([cell for cell in cells_of(papers[0], "name") if cell.pieces], chance)
    if cell is None:
        return None
    first = cell.pieces[0]
    line = first.end_line + chance.randint(2, _FAR)
    whole = SpanPiece(first.start_line, first.start_line)
    last = papers[0].head.line_count - 1
    far = SpanPiece(line, line) if line <= last else None
    return far and (changed(papers[0], replace(cell, pieces=(whole, far), printed=_in_two(cell.printed))),)


def _in_two(printed: str) -> str:
    half = max(1, len(printed) // 2)
    return printed[:half] + words()["soft_break"] + printed[half:]


def possible_years(form: Document) -> Papers:
    """Return a form that names no year after the end of its era."""
    era = words()["impossible_year"][:2]
    return (mapped(form, lambda cell: replace(cell, printed=cell.printed.replace(era, ""))),)


def different_texts(form: Document) -> Papers | None:
    """Return a form whose long texts all differ and are long enough to tell."""
    passages = tuple(
        replace(passage, sha256=f"{n:064x}", length=max(passage.length, 20)) for n, passage in enumerate(form.passages)
    )
    return (replace(form, passages=passages),) if len(passages) > 1 else None


def _copied_text(papers: Papers, chance: Random) -> Papers | None:
    form = papers[0]
    source, copy = chance.sample(range(len(form.passages)), 2)
    told = replace(form.passages[copy], sha256=form.passages[source].sha256, length=form.passages[source].length)
    passages = tuple(told if n == copy else passage for n, passage in enumerate(form.passages))
    return (replace(form, passages=passages),)


def _cited(form: Document, subject: str, key: str, clause: str = "", dates: str = "") -> list[Cell]:
    """Return the cells of a citation: title, version, and a clause or dates where they are told."""
    model = form.cells[0]
    cells = [
        cell_like(model, subject, "title", None, words()[key]),
        cell_like(model, subject, "version", None, "", words()[f"{key}_version"]),
    ]
    if dates:
        cells.append(cell_like(model, subject, "dates", None, dates))
    if clause:
        heading = words()["clause_heading"]
        cells.append(cell_like(model, f"{subject}/clause/1", "heading", None, heading, words()[clause]))
    return cells


def citing(form: Document) -> Papers:
    """Return an ex-ante sheet whose table of strategies and whose first entry cite one plan."""
    table = _cited(form, "citation/1", "plan", dates=words()["plan_dates"])
    return (changed(form, *table, *_cited(form, "entry/1/citation/1", "plan")),)


def _wrong_dates(papers: Papers, chance: Random) -> Papers | None:
    dates = cells_of(papers[0], "dates", "citation/1")[0]
    return (changed(papers[0], replace(dates, printed=words()["wrong_dates"].format(day=chance.randint(1, 30)))),)


def _cited_outside_the_table(papers: Papers, chance: Random) -> Papers | None:
    entry = chance.randint(1, 3)
    return (changed(papers[0], *_cited(papers[0], f"entry/{entry}/citation/9", "other_plan")),)


def citing_clause(form: Document) -> Papers:
    """Return an ex-ante sheet whose table cites a clause; no entry cites a plan."""
    return (changed(form, *_cited(form, "citation/1", "declaration", clause="clause")),)


def _clause_nobody_cites(papers: Papers, chance: Random) -> Papers | None:
    entry = chance.randint(1, 3)
    return (changed(papers[0], *_cited(papers[0], f"entry/{entry}/citation/1", "other_plan")),)


FAMILIES = (
    Family("a range of articles", "LAW-01", reworded("name", _said("law_range"), "entry/1/law"), with_law),
    Family("brackets of two widths", "NORM-02", reworded("executed", _half_bracket), same_brackets, Kind.EX_ANTE),
    Family("a unit left out", "NORM-03", reworded("goal", _unit_gone, _OUTCOMES), with_units, Kind.EX_ANTE),
    Family("an unknown unit", "NORM-04", reworded("goal", _unit_unknown, _OUTCOMES), with_units, Kind.EX_ANTE),
    Family("a character that looks alike", "NORM-05", reworded("name", _said("look_alike"), "entry")),
    Family("a note about nothing", "NOTE-01", _nothing_noted, noted, Kind.EX_ANTE),
    Family("a cell torn over lines", "PROV-03", _torn, in_one_place),
    Family("dates of another version", "STG-02", _wrong_dates, citing, Kind.EX_ANTE),
    Family("a plan that the table lacks", "STG-03", _cited_outside_the_table, citing, Kind.EX_ANTE),
    Family("a clause that no entry cites", "STG-04", _clause_nobody_cites, citing_clause, Kind.EX_ANTE),
    Family("a year after its era", "TIME-02", reworded("name", _said("impossible_year"), "entry"), possible_years),
    Family("a typo", "TXT-01", reworded("name", _said("typo"), "entry")),
    Family("a text copied from another box", "TXT-02", _copied_text, different_texts, Kind.EX_ANTE),
)
