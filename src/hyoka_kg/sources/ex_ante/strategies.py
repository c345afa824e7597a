"""The table of cabinet policies (政策に関係する内閣の重要政策) of an ex-ante sheet, from text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hyoka_kg.model import Block, Part, Stretch
from hyoka_kg.normalization import key_form, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger

REGISTRY = "known_edition"
ONLY_GAP = "only_gap"
BY_DATE = "rows_by_date"
_TITLE_WIDTH = 14
_WRAPPED = 3


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a cabinet plan that the registry knows."""

    version_id: str
    title: str
    dated: str


@dataclass
class PlanRow:
    """A row of the table: its dates, its title and its clauses, each with the rule that put it there."""

    dates: Stretch
    facts: dict[str, object]
    page: int
    title: Stretch | None = None
    title_rule: str = ""
    clauses: Stretch | None = None
    clauses_rule: str = ""

    @property
    def order(self) -> tuple[str, str]:
        """Return what orders the rows: the date of the edition, then that of the first decision."""
        return self.last_date, str(self.facts["date"])

    @property
    def last_date(self) -> str:
        """Return the date of the edition: the last revision, or the first date."""
        revisions = self.facts.get("revisions") or []
        return str(list(revisions)[-1] if isinstance(revisions, list) and revisions else self.facts["date"])


def read_strategies(blocks: Sequence[Block], profile: Profile, editions: Sequence[Edition], ledger: Ledger) -> None:
    """Claim the rows of the table in the order of their dates.

    Args:
        blocks: The blocks of the pages that hold the table.
        profile: What the form prints.
        editions: Editions that the registry knows; a title is never put beside a date that it never had.
        ledger: Where claims go.
    """
    rows, titles, clauses = _gather(blocks, profile)
    for row in rows:
        if row.title and _contradicts(row.title, row, editions):
            titles.append(row.title)
            row.title = None
    _place_titles(rows, titles, editions)
    bare = [row for row in rows if row.clauses is None]
    if len(bare) == 1 and len(clauses) == 1:
        bare[0].clauses, bare[0].clauses_rule = clauses.pop(), ONLY_GAP
    if not all(row.title and _edition(row.title, row, editions) for row in rows):
        if rows:
            ledger.issue("rows_not_ordered", "strategies", str(len(rows)))
        return
    if len({row.order for row in rows}) != len(rows):
        ledger.issue("rows_not_ordered", "strategies", str(len(rows)))
        return
    for place, row in enumerate(sorted(rows, key=lambda one: one.order), 1):
        claim_plan(row, f"citation/{place}", editions, ledger, BY_DATE)


def _gather(blocks: Sequence[Block], profile: Profile) -> tuple[list[PlanRow], list[Stretch], list[Stretch]]:
    rows: list[PlanRow] = []
    titles: list[Stretch] = []
    clauses: list[Stretch] = []
    before: Stretch | None = None
    is_behind_date = False
    for block in blocks:
        facts = parse_value("date_revisions", block.stretch.printed)
        if "date" in facts:
            rows.append(PlanRow(block.stretch, facts, block.page, before))
            before, is_behind_date = None, True
            continue
        if _is_clauses(block):
            if is_behind_date:
                rows[-1].clauses = block.stretch
            else:
                clauses.append(block.stretch)
        if before:
            titles.append(before)
        before = block.stretch if _is_title(block, profile) else None
        is_behind_date = False
    return rows, titles + ([before] if before else []), clauses


def _is_clauses(block: Block) -> bool:
    facts = parse_value("clause", block.lines[0].text.strip())
    return "style" in facts and bool(facts.get("text"))


def _is_title(block: Block, profile: Profile) -> bool:
    width = max(len(line.text.strip()) for line in block.lines)
    text = block.stretch.text
    has_words = "unparsed" in parse_value("amount", text) and "unparsed" in parse_value("project_number", text)
    return width <= _TITLE_WIDTH and has_words and profile.label(text) is None and not _is_clauses(block)


def _known(title: Stretch, editions: Sequence[Edition]) -> list[Edition]:
    return [edition for edition in editions if key_form(edition.title) == key_form(title.text)]


def _edition(title: Stretch, row: PlanRow, editions: Sequence[Edition]) -> Edition | None:
    return next((edition for edition in _known(title, editions) if edition.dated == row.last_date), None)


def _contradicts(title: Stretch, row: PlanRow, editions: Sequence[Edition]) -> bool:
    return bool(_known(title, editions)) and _edition(title, row, editions) is None


def _place_titles(rows: list[PlanRow], titles: list[Stretch], editions: Sequence[Edition]) -> None:
    """Give rows without a title the one on the page that the registry knows with their date."""
    for row in rows:
        if row.title is None:
            fits = [title for title in titles if _edition(title, row, editions)]
            if len({key_form(title.text) for title in fits}) == 1:
                row.title, row.title_rule = fits[0], REGISTRY
                titles.remove(fits[0])


def claim_plan(row: PlanRow, subject: str, editions: Sequence[Edition], ledger: Ledger, rule: str = "") -> None:
    """Claim one row of the table: dates, title, the edition that the registry knows, headings and texts of clauses."""
    ledger.claim(subject, "dates", row.dates, rule)
    if row.title is None:
        ledger.open(subject, "title", row.page)
    else:
        ledger.claim(subject, "title", row.title, row.title_rule or rule)
        edition = _edition(row.title, row, editions)
        if edition:
            ledger.structure(subject, "version", edition.version_id, REGISTRY)
        elif _contradicts(row.title, row, editions):
            ledger.issue("title_date_unknown", subject, f"{row.title.text} {row.last_date}")
    if row.clauses is None:
        ledger.open(subject, "clauses", row.page)
        return
    basis = row.clauses_rule or rule
    for place, (heading, text) in enumerate(split_clauses(row.clauses), 1):
        ledger.claim(f"{subject}/clause/{place}", "heading", heading, basis)
        if text:
            ledger.claim(f"{subject}/clause/{place}", "clause-text", text, basis, is_passage=True)


def split_clauses(stretch: Stretch) -> Iterator[tuple[Stretch, Stretch | None]]:
    """Yield each heading of an excerpt with the text below it; a heading that fills its line runs on."""
    width = max(len(part.text.strip()) for part in stretch.parts)
    groups: list[list[Part]] = []
    for part in stretch.parts:
        if "style" in parse_value("clause", part.text.strip()) or not groups:
            groups.append([part])
        else:
            groups[-1].append(part)
    for group in groups:
        end = _heading_end(group, width)
        yield Stretch(tuple(group[:end])), Stretch(tuple(group[end:])) if group[end:] else None


def _heading_end(group: Sequence[Part], width: int) -> int:
    is_full = len(group[0].text.strip()) >= width - _WRAPPED and len(group) > 1
    return 2 if is_full and not _is_omission(group[1].text) else 1


def _is_omission(text: str) -> bool:
    return "omission" in parse_value("clause", text.strip())


def editions_of(rows: Iterable[dict[str, str]]) -> tuple[Edition, ...]:
    """Return the editions of the registry table `strategy_versions`."""
    return tuple(Edition(row["version_id"], row["title_ja"], row["version_date"]) for row in rows)
