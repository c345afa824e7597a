"""Every issue that a reader can report is told in Japanese and English, with its way out."""

from __future__ import annotations

import re
from pathlib import Path

from hyoka_kg import sources
from hyoka_kg.model import ReadingIssue
from hyoka_kg.pipeline import reading
from hyoka_kg.sources.reading.reporting import issue_words, tell_issue

_FOLDERS = ("ex_ante", "grid", "raw", "reading", "review_sheet")
_CALL = re.compile(
    r"""(?: \bissue(?:_at)? | ReadingIssue | issues\.append )\( \s* \(? \s* "([a-z_]+)" | yield\ "([a-z_]+)",\ ["n]
    | issues\ \+=\ \[\("([a-z_]+)" | ^_SPANS\ =\ "([a-z_]+)" """,
    re.VERBOSE | re.MULTILINE,
)


def _reported() -> set[str]:
    root = Path(sources.__file__).parent
    modules = [path for folder in _FOLDERS for path in (root / folder).glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*modules, Path(reading.__file__)])
    return {next(filter(None, found)) for found in _CALL.findall(text)}


def test_the_issues_that_are_reported_and_those_that_are_told_are_the_same() -> None:
    assert _reported() - set(issue_words()) == set()
    assert set(issue_words()) - _reported() == set()
    assert len(issue_words()) == 42


def test_each_says_what_is_the_matter_and_the_way_out_in_both_languages() -> None:
    for code, words in issue_words().items():
        assert set(words) == {"ja", "en", "way_ja", "way_en"}, code
        for name, text in words.items():
            assert text, (code, name)
            assert text.replace("○", "").replace("△", "").replace("×", "").replace("‐", "").isascii() == (
                name.endswith("en")
            ), (code, name)


def test_an_issue_is_told_with_the_values_compared() -> None:
    issue = ReadingIssue("rate_differs", "entry/1 rate 2016 (p.2)", "3 / 5 ≠ 62%")
    assert tell_issue(issue, "ja") == "率が額と合わない（3 / 5 ≠ 62%）：執行額÷予算額で率を計算し直す"
    assert (
        tell_issue(issue, "en")
        == "a rate does not fit its amounts (3 / 5 ≠ 62%): compute the rate anew, execution by budget"
    )
