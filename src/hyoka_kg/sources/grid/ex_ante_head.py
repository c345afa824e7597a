"""What an ex-ante sheet prints once, from cells: title, number, policy, outcomes, units, strategies, notes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from hyoka_kg.model import Stretch
from hyoka_kg.normalization import COMMAS, fold, key_form, parse_value
from hyoka_kg.sources.ex_ante.head import read_line
from hyoka_kg.sources.ex_ante.strategies import Edition, PlanRow, claim_plan
from hyoka_kg.sources.grid.sheet import Placed, Sheet
from hyoka_kg.sources.grid.writing import Writer

_OPEN, _CLOSE = "(", ")"
_COMMA = re.compile(f"[{COMMAS}]")


def read_head(sheet: Sheet, writer: Writer, editions: Sequence[Edition]) -> None:
    """Claim the boxes above the tables, the table of strategies, and the notes.

    Args:
        sheet: The cells.
        writer: Where claims go.
        editions: Editions of cabinet plans that the registry knows.
    """
    modes = writer.profile.vocabulary("evaluation_mode")
    for cell in sheet.cells:
        for line in cell.block.lines if cell.block and cell.key is None else ():
            read_line(line, writer.profile, modes, writer.ledger)
    _read_policy(writer)
    for key, subject, field in (
        ("evaluation", "document", "evaluation_scheduled"),
        ("policy_field", "policy", "field"),
    ):
        beside = writer.beside(key)
        if beside is not None and key_form(beside.text) not in modes:
            writer.value(subject, field, beside)
    summary = writer.beside("summary")
    if summary:
        writer.passage("policy", "policy-summary", [summary])
    _read_units(writer.beside("units"), writer)
    _read_posts(writer.beside("posts"), writer)
    _read_plans(sheet, writer, editions)


def _read_policy(writer: Writer) -> None:
    for label in writer.sheet.labels.get("policy", ()):
        cell = writer.sheet.right_of(label)
        match = writer.profile.pattern("policy").search(fold(cell.text)) if cell and cell.key is None else None
        if cell and match:
            stretch = cell.stretch
            writer.claim("policy", "name", stretch)
            digits = stretch.cut(match.start("number"), match.end("number"))
            writer.claim("policy", "number", digits, value=fold(digits.text))


def _read_units(cell: Placed | None, writer: Writer) -> None:
    """Claim the responsible units: commas part them, those in a bracket repeat the unit before it."""
    if cell is None:
        return
    stretch = cell.stretch
    for place, unit in enumerate(split_units(stretch), 1):
        writer.claim(f"document/unit/{place}", "name", unit)
    writer.ledger.use(stretch)


def split_units(stretch: Stretch) -> list[Stretch]:
    """Return each unit of a list; `A局（B課、C課）` is A局⏎B課 and A局⏎C課, `A房（B室）` stays as it is."""
    units: list[Stretch] = []
    for start, end in _outer_parts(fold(stretch.text)):
        part = stretch.cut(start, end).strip()
        folded = fold(part.text)
        place = folded.find(_OPEN)
        inner = list(_COMMA.finditer(folded, max(place, 0)))
        if place < 0 or not inner or not folded.endswith(_CLOSE):
            units.append(part)
            continue
        cuts = [place, *(one.start() for one in inner), len(folded) - 1]
        units += [part.cut(0, place) + part.cut(a + 1, b) for a, b in itertools.pairwise(cuts)]
    return units


def _outer_parts(folded: str) -> list[tuple[int, int]]:
    depth, start, parts = 0, 0, []
    for at, character in enumerate(folded):
        depth += (character == _OPEN) - (character == _CLOSE)
        if depth == 0 and _COMMA.match(character):
            parts.append((start, at))
            start = at + 1
    return [*parts, (start, len(folded))]


def _read_posts(cell: Placed | None, writer: Writer) -> None:
    """Claim posts and the names of their holders, which a wide space or a line parts."""
    if cell is None:
        return
    endings = writer.profile.words("post_endings")
    for place, (post, name) in enumerate(_posts(cell.stretch, endings), 1):
        writer.claim(f"document/post/{place}", "title", post)
        if name:
            writer.claim(f"document/post/{place}", "official-name", name, is_passage=True)


_NAME = re.compile("(?P<family>[^\\s\u3000]{1,4})[\\s\u3000]+(?P<given>[^\\s\u3000]{1,4})$")


def _posts(stretch: Stretch, endings: tuple[str, ...]) -> list[tuple[Stretch, Stretch | None]]:
    """Return posts with names: a name is two short words that end a line, alone or behind a space."""
    found: list[tuple[Stretch, Stretch | None]] = []
    has_names = any(_NAME.search(part.text.strip()) for part in stretch.parts)
    post = Stretch(())
    for part in stretch.parts:
        line = Stretch((part,)).strip()
        match = _NAME.search(line.text)
        if match is None:
            post = post + line
            if not has_names and line.text.endswith(endings):
                found.append((post, None))
                post = Stretch(())
            continue
        before = line.cut(0, match.start()).strip() if match.start() else Stretch(())
        if before or post:
            found.append((post + before, line.cut(match.start())))
            post = Stretch(())
    return [*found, (post, None)] if post else found


def _read_plans(sheet: Sheet, writer: Writer, editions: Sequence[Edition]) -> None:
    """Claim the rows of the table of strategies: each has a date; title and clauses stand beside it."""
    headings = [sheet.first(key) for key in ("strategy_title", "strategy_date", "strategy_clauses")]
    title, dated, clauses = headings
    if title is None or dated is None or clauses is None:
        return
    place = 0
    for cell in sheet.within(dated.box.x0, dated.box.y1, dated.box.x1, float("inf")):
        facts = parse_value("date_revisions", cell.stretch.printed) if cell.block else {}
        if "date" not in facts:
            continue
        place += 1
        row = PlanRow(cell.stretch, facts, cell.cell.page)
        beside = sheet.at(title.box, cell.box), sheet.at(clauses.box, cell.box)
        row.title, row.clauses = (one.stretch if one and one.block else None for one in beside)
        claim_plan(row, f"citation/{place}", editions, writer.ledger)
