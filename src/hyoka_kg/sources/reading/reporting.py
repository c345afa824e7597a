"""How a broken rule is reported: its name, its place, the values compared; and what that says to people."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from hyoka_kg.model import Claim, ReadingIssue


def issue_at(code: str, claim: Claim, detail: str) -> ReadingIssue:
    """Return the issue that a claim breaks a rule."""
    year = f" {claim.fiscal_year}" if claim.fiscal_year else ""
    return ReadingIssue(code, f"{claim.subject} {claim.field}{year} ({claim.place})", detail)


def issue_words() -> dict[str, dict[str, str]]:
    """Return what each code says: what is the matter (`ja`, `en`), and the way out (`way_ja`, `way_en`)."""
    return _words()["issues"]


def tell_issue(issue: ReadingIssue, language: str) -> str:
    """Return an issue as a line in `ja` or `en`: what is the matter, the values compared, and the way out.

    >>> tell_issue(ReadingIssue("number_repeats", "entry/2 review_number (p.3)", "0036 = 57"), "en")
    'a number twice (0036 = 57): mend one of the two'
    """
    words = issue_words()[issue.code]
    line: str = _words()["line"][language]
    return line.format(matter=words[language], detail=issue.detail, way=words[f"way_{language}"])


def told_issue(issue: ReadingIssue) -> str:
    """Return an issue with its code and place, in Japanese and in English, a line each."""
    return f"{issue.code} ({issue.place})\n  {tell_issue(issue, 'ja')}\n  {tell_issue(issue, 'en')}"


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("issues.yml").read_text(encoding="utf-8")
    words: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return words
