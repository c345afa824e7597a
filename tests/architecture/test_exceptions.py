"""Where a check is told to look away, or a test to pass itself over, the reason stands beside it."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "benchmarks", "docs", "notebooks")
FILES = [
    path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in path.parts
]
# What a linter or the type checker is not to say; behind it a reason of a word or more.
_LOOK_AWAY = re.compile(r"(?:noqa|type: ignore)(?P<codes>: ?[A-Z0-9, ]+|\[[a-z, -]+\])?(?P<reason>.*)")
_SKIPPED = re.compile(r"importorskip\((?P<what>[^()]*)\)|skipif\((?P<when>.*)\)|skip\((?P<why>.*)\)|xfail")


def exceptions(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the place of each comment that tells a check to look away, and whether it says which check and why."""
    with tokenize.open(path) as file:
        lines = file.read().splitlines()
    with path.open("rb") as file:
        comments = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
    for comment in comments:
        found = _LOOK_AWAY.match(comment.string.lstrip("# "))
        if found:
            number = comment.start[0]
            is_above = lines[number - 2].lstrip().startswith("# ")
            says_why = re.search(r"\w{2}", found["reason"]) is not None or is_above
            yield f"{path.name}:{number}", found["codes"] is not None and says_why


def test_a_comment_without_a_code_or_a_reason_is_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "a = 1  # noqa: S101 - a pipe was asked for\nb = 1  # noqa: S101\nc = 1  # noqa\n"
        "d = 1  # type: ignore[index]  # it is one\ne = 1  # type: ignore[index]\n"
        "# a pipe was asked for\nf = 1  # noqa: S101\ng = '# noqa'\n"
    )
    assert [says for _, says in exceptions(path)] == [True, False, False, True, False, True]


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_exception_says_which_check_and_why(folder: str) -> None:
    found = [place for path in FILES if path.is_relative_to(ROOT / folder) for place in exceptions(path)]
    assert [place for place, says in found if not says] == []


def test_types_are_let_pass_only_where_they_are_checked() -> None:
    """The type checker reads the package alone: elsewhere such a comment would tell nobody anything."""
    text = {path: path.read_text(encoding="utf-8") for path in FILES if not path.is_relative_to(ROOT / "src")}
    comment = "# type: " + "ignore"
    assert [
        path.name for path, content in text.items() if comment in content and path.name != Path(__file__).name
    ] == []


def test_a_test_that_passes_itself_over_says_why() -> None:
    told = [
        (path.name, match)
        for path in FILES
        if path != Path(__file__)
        for match in _SKIPPED.finditer(path.read_text(encoding="utf-8"))
    ]
    silent = [
        (name, match[0])
        for name, match in told
        if "reason=" not in (match["what"] or match["when"] or "") and not (match["why"] or "").strip("() ")
    ]
    assert silent == []
    assert len(told) > 15
