"""What an ex-ante sheet prints once: title, number, evaluation, policy, outcomes, notes."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.model import Block, Line, Stretch
from hyoka_kg.normalization import COLONS, fold, key_form, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger


def read_head(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    """Claim what the sheet prints once.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        ledger: Where claims go.
    """
    modes = profile.vocabulary("evaluation_mode")
    for block in blocks:
        for line in block.lines:
            read_line(line, profile, modes, ledger)
    _read_evaluation(blocks, profile, ledger)
    _read_boxes(blocks, profile, ledger)


def read_line(line: Line, profile: Profile, modes: dict[str, str], ledger: Ledger) -> None:
    """Claim a line that is the title, the number, the mode of evaluation, a note or an outcome."""
    whole = Stretch.of_lines((line,)).strip()
    folded = fold(whole.text)
    if profile.pattern("title").search(folded):
        ledger.claim("document", "title", whole)
    elif profile.pattern("form_number").fullmatch(folded):
        ledger.claim("document", "form_number", whole)
    elif key_form(folded) in modes:
        ledger.claim("document", "evaluation_mode", whole, value=modes[key_form(folded)])
    _read_note(line, whole, folded, profile, ledger)
    _read_outcome(whole, folded, profile, ledger)


def _read_note(line: Line, whole: Stretch, folded: str, profile: Profile, ledger: Ledger) -> None:
    match = profile.pattern("note").match(folded)
    if match and len(folded) > len(match[0]) + 1:
        ledger.claim(f"document/note/{int(match['number'])}", "note", whole, is_passage=True)


def _read_outcome(whole: Stretch, folded: str, profile: Profile, ledger: Ledger) -> None:
    match = profile.pattern("outcome_text").match(folded)
    if match is None:
        return
    subject = f"policy/outcome/{profile.vocabulary('outcome_label')[key_form(match['label'])]}"
    ledger.claim(subject, "label", whole.cut(0, match.end()).strip(COLONS).strip())
    ledger.claim(subject, "outcome", whole.cut(match.end()), is_passage=True)


def _read_evaluation(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    first = [block for block in blocks if block.page == blocks[0].page]
    months = [block for block in first if parse_value("date", block.stretch.printed).get("precision") == "month"]
    if len(months) == 1:
        ledger.claim("document", "evaluation_scheduled", months[0].stretch.strip())


def _read_boxes(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    """Claim the boxes that follow their label, in its block or in the next."""
    name = ""
    for place, block in enumerate(blocks):
        stretch = block.stretch
        policy = profile.pattern("policy").search(fold(stretch.text))
        if policy and len(block.lines) == 1:
            # What stands behind a space on the line is of another box.
            text = stretch.text[policy.start() :].split()[0]
            ledger.claim("policy", "name", stretch.cut(policy.start(), policy.start() + len(text)))
            name = text
            digits = stretch.cut(policy.start("number"), policy.end("number"))
            ledger.claim("policy", "number", digits, value=fold(digits.text))
        if profile.label(block.lines[0].text) == "summary" and len(block.lines) > 1:
            ledger.claim("policy", "policy-summary", Stretch.of_lines(block.lines[1:]), is_passage=True)
        following = blocks[place + 1].stretch.strip() if place + 1 < len(blocks) else stretch
        if profile.label(stretch.text) == "policy_field" and key_form(following.text) in key_form(name):
            ledger.claim("policy", "field", following, "name_echo")
