"""What a review sheet prints once, from text: title, number, name, unit, start, categories, laws, policy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hyoka_kg.model import Block, Line, Part, Stretch
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, tokens_of_line
from hyoka_kg.sources.review_sheet.lines import labelled_line, split_labels

ENTRY = "entry/1"
FORM_LINE = "form_line"
VOCABULARY = "vocabulary"
_CATEGORIES = {
    "accounting": "accounting_category",
    "method": "implementation_method",
    "main_expense": "main_expense_category",
    "end": "end",
}


def read_head(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    """Claim the boxes above the money."""
    first = [block for block in blocks if block.page == blocks[0].page]
    lines = [line for block in first for line in block.lines]
    for place, line in enumerate(lines):
        _read_title(line, profile, ledger)
        _read_form_line(line, profile, ledger)
        following = lines[place + 1] if place + 1 < len(lines) else None
        _read_start(line, following, profile, ledger)
    for line in (line for block in blocks for line in block.lines):
        _read_policy(line, profile, ledger)
    _read_categories(lines, profile, ledger)
    _read_laws(first, profile, ledger)


def _read_title(line: Line, profile: Profile, ledger: Ledger) -> None:
    whole = Stretch.of_lines((line,))
    match = profile.pattern("title").search(fold(whole.text))
    if match is None:
        return
    ledger.claim("document", "title", whole.cut(match.start(), match.end()))
    rest = whole.cut(match.end()).strip()
    if rest and profile.pattern("ministry").match(rest.text):
        ledger.claim(ENTRY, "ministry", rest, FORM_LINE)


def _read_form_line(line: Line, profile: Profile, ledger: Ledger) -> None:
    labelled = labelled_line(line, profile)
    if labelled and labelled.key == "project_number" and "number" in parse_value("project_number", labelled.rest.text):
        ledger.use(labelled.label)
        ledger.claim(ENTRY, "review_number", labelled.rest)
    runs = split_labels(line, profile)
    keys = [key for key, _ in runs]
    if "bureau" in keys:
        place = keys.index("bureau")
        if place and keys[place - 1] is None:
            ledger.claim(ENTRY, "name", runs[place - 1][1], FORM_LINE)
        ledger.use(runs[place][1])
    if keys and keys[-1] == "head":
        ledger.use(runs[-1][1])


def _read_start(line: Line, following: Line | None, profile: Profile, ledger: Ledger) -> None:
    facts = parse_value("fiscal_year", line.text)
    is_year = "fiscal_year" in facts and facts.get("issues") is None
    if is_year and following is not None and profile.label(following.text) == "end":
        ledger.claim(ENTRY, "start_fiscal_year", Stretch.of_lines((line,)).strip(), "next_label")
        ledger.use(Stretch.of_lines((following,)))


def _read_policy(line: Line, profile: Profile, ledger: Ledger) -> None:
    labelled = labelled_line(line, profile)
    if labelled is None or not labelled.rest:
        return
    tokens = tokens_of_line(line)
    if labelled.key in ("policy_field", "policy") and len(tokens) <= 3 and tokens[-1].kind is Kind.WORDS:
        ledger.use(labelled.label)
        ledger.claim("policy", "field" if labelled.key == "policy_field" else "name", labelled.rest)


def _read_categories(lines: Sequence[Line], profile: Profile, ledger: Ledger) -> None:
    """Claim each category whose word stands alone on one line of the page, and no other word of its list."""
    for name, field in _CATEGORIES.items():
        words = profile.vocabulary(name)
        found = [line for line in lines if key_form(line.text) in words]
        if len(found) == 1:
            code = words[key_form(found[0].text)]
            ledger.claim(ENTRY, field, Stretch.of_lines(tuple(found)).strip(), VOCABULARY, value=code)


def _read_laws(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    """Claim the laws of the block behind the label: a line that goes on with articles belongs to the one above."""
    for label, block in pairwise(blocks):
        if profile.label(label.stretch.text) != "law":
            continue
        ledger.use(label.stretch)
        laws: list[list[Line]] = []
        for line in block.lines:
            is_more = profile.pattern("article").match(fold(line.text.strip())) or _goes_on(laws)
            if not laws or not is_more:
                laws.append([line])
            else:
                laws[-1].append(line)
        for place, group in enumerate(laws, 1):
            stretch = Stretch(tuple(Part(line, 0, len(line.text.rstrip())) for line in group))
            if "law" in parse_value("law", stretch.printed):
                ledger.claim(f"{ENTRY}/law/{place}", "name", stretch)


def _goes_on(laws: list[list[Line]]) -> bool:
    """Return whether the law above is not yet whole, such as one that ends in 及び."""
    return bool(laws) and "law" not in parse_value("law", "".join(line.text.strip() for line in laws[-1]))
