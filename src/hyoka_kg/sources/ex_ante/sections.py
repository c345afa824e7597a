"""A section of a project (成果指標, 活動指標, 寄与の内容): bullets to indicators, each with label, value and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_kg.model import Stretch
from hyoka_kg.normalization import BULLETS, PARENTHESES, fold, parse_value
from hyoka_kg.sources.ex_ante.items import HEADINGS
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger

_CLOSING = PARENTHESES + " "
_SPACED = re.compile(r"\s{2,}")
_BRACKETED = re.compile(r"\(.*\)")
_QUANTITY_FIRST = re.compile(r"[0-9][0-9,.]*[^0-9\s(]{1,4}\(")


@dataclass(frozen=True, slots=True)
class Section:
    """The parts of a section by its headings; absent ones are None."""

    outcome: Stretch | None
    output: Stretch | None
    contribution: Stretch | None


def split_section(stretch: Stretch, profile: Profile, ledger: Ledger) -> Section:
    """Return the parts of a section; the headings are used up."""
    folded = fold(stretch.text)
    found = {}
    for name in HEADINGS:
        match = profile.pattern(f"{name}_heading").search(folded)
        if match:
            found[name] = match
            ledger.use(stretch.cut(match.start(), match.end()))
    starts = sorted(match.start() for match in found.values())
    parts = {}
    for name, match in found.items():
        end = next((start for start in starts if start > match.start()), len(folded))
        part = _trimmed(stretch.cut(match.end(), end))
        parts[name] = part if part.text.strip() else None
    return Section(parts.get("outcome"), parts.get("output"), parts.get("contribution"))


def _trimmed(stretch: Stretch) -> Stretch:
    return Stretch(tuple(part for part in stretch.parts if part.text.strip()))


def claim_indicators(part: Stretch, subject: str, profile: Profile, ledger: Ledger, year: int, rule: str) -> None:
    """Claim the indicators that a part lists: statement, name, value and year of each bullet."""
    for place, bullet in enumerate(split_bullets(part, profile), 1):
        _claim_bullet(bullet, f"{subject}-{place}", profile, ledger, year, rule)


def split_bullets(part: Stretch, profile: Profile) -> Iterator[Stretch]:
    """Yield the bullets of a part; without bullets the part is one, and so is each line that begins with one."""
    starts = [0]
    offset = 0
    bullet, listed = profile.pattern("bullet"), profile.pattern("listed_bullet")
    for piece in part.parts:
        if offset and bullet.match(piece.text):
            starts.append(offset)
        starts += [offset + match.end() for match in listed.finditer(piece.text)]
        offset += len(piece.text)
    ends = [*starts[1:], offset]
    for start, end in zip(starts, ends, strict=True):
        if part.text[start:end].strip():
            yield _trimmed(part.cut(start, end)).strip()


def _claim_bullet(bullet: Stretch, subject: str, profile: Profile, ledger: Ledger, year: int, rule: str) -> None:
    statement = bullet
    proxy = profile.pattern("proxy").search(fold(bullet.text))
    if proxy:
        before = bullet.cut(0, proxy.start()).strip(BULLETS + " \u3000")
        if before:
            ledger.claim(subject, "outcome-goal", before, rule, is_passage=True)
            statement = bullet.cut(proxy.start())
        ledger.claim(subject, "is_proxy", bullet.cut(proxy.start(), proxy.end() - 1), rule, value="true")
        bullet = bullet.cut(proxy.end())
    statement, remark = _split_remark(statement)
    if remark:
        ledger.claim(subject, "remarks", remark, rule, is_passage=True)
        bullet = Stretch(bullet.parts[: -len(remark.parts)])
    ledger.claim(subject, "statement", statement, rule)
    _claim_value(bullet.strip(BULLETS).strip(), subject, profile, ledger, year, rule)


def _split_remark(statement: Stretch) -> tuple[Stretch, Stretch | None]:
    """Return a statement without the bracketed line below it, and that line; a wrapped line before it is full."""
    *before, last = statement.parts
    if not before or not _BRACKETED.fullmatch(fold(last.text.strip())):
        return statement, None
    is_wrapped = len(before[-1].text) >= len(last.text)
    return (statement, None) if is_wrapped else (Stretch(tuple(before)), Stretch((last,)))


def _claim_value(body: Stretch, subject: str, profile: Profile, ledger: Ledger, year: int, rule: str) -> None:
    if _QUANTITY_FIRST.match(fold(body.text)) and fold(body.text).endswith(")"):
        ledger.absent(subject, "name", body.page)
        ledger.claim(subject, "goal", body, rule or "quantity_first")
        return
    split = _split_value(body, year)
    if split is None:
        ledger.claim(subject, "name", body, rule)
        return
    name, value, stated = split
    ledger.claim(subject, "name", name, rule)
    told = stated if stated is not None else _year_of_name(name.text, profile, year)
    inferred = rule or ("year_in_name" if stated is None and told is not None else "")
    ledger.claim(subject, "goal", value, inferred, fiscal_year=told)


def _split_value(body: Stretch, year: int) -> tuple[Stretch, Stretch, int | None] | None:
    facts = parse_value("indicator_value", body.printed, {"fiscal_year": year})
    label = facts.get("label")
    if "value" in facts and label:
        return _cut_value(body, str(label), facts)
    return _cut_spaced(body, year)


def _cut_value(body: Stretch, label: str, facts: dict[str, object]) -> tuple[Stretch, Stretch, int | None] | None:
    text = body.text
    start = text.find(label)
    if start < 0:
        return None
    end = start + len(label)
    value_start = end + len(fold(text[end:])) - len(fold(text[end:]).lstrip(": "))
    stop = fold(text).rfind("(") if "fiscal_year" in facts else len(text.rstrip(_CLOSING))
    year = facts.get("fiscal_year")
    value = body.cut(value_start, stop).strip()
    return body.cut(start, end), value, year if isinstance(year, int) else None


def _cut_spaced(body: Stretch, year: int) -> tuple[Stretch, Stretch, int | None] | None:
    """Return name and value that two spaces part, as in `地方公営企業決算状況調査  8,614事業`."""
    gaps = list(_SPACED.finditer(body.text))
    for gap in gaps:
        rest = body.text[gap.end() :]
        stop = _SPACED.search(rest)
        value = rest[: stop.start()] if stop else rest
        facts = parse_value("indicator_value", value, {"fiscal_year": year})
        if "value" in facts and not facts.get("label") and facts.get("unit"):
            return body.cut(0, gap.start()), body.cut(gap.end(), gap.end() + len(value)), None
    return None


def _year_of_name(name: str, profile: Profile, year: int) -> int | None:
    match = profile.pattern("year_in_name").search(fold(name))
    found = parse_value("fiscal_year", match["year"], {"fiscal_year": year}).get("fiscal_year") if match else None
    return found if isinstance(found, int) else None
