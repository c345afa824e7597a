"""`hyoka parse` answers every line in its turn, says which ones it cannot, and is never stopped by one."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from hyoka_kg.cli.parsing import answer_lines
from hyoka_kg.cli.requests import MOST_BYTES
from hyoka_kg.normalization.parse import KINDS, MOST_CHARACTERS, parse_value

GOOD = '{"kind": "amount", "string": "4百万円"}'
FOUR_MILLION = {"value": "4", "unit": "百万円", "yen": "4000000", "paren": False}
# a line, and words of the reason that answers it
REFUSED = [
    ("not json", "no JSON object: Expecting value"),
    ("[1, 2]", "a JSON object is needed, not a list"),
    ("null", "a JSON object is needed, not a NoneType"),
    ('{"string": "1"}', '"kind" must be a text'),
    ('{"kind": "amount", "string": 4}', '"string" must be a text'),
    ('{"kind": "price", "string": "4円"}', "'price' is no kind of value; the kinds are amount, budget_cell"),
    ('{"kind": "amount", "string": "4", "context": ["円"]}', '"context" must be an object'),
    ('{"kind": "amount", "string": "4", "context": {"unit": 3}}', '"unit" must be a text'),
    ('{"kind": "ratio", "string": "4", "context": {"fiscal_year": "2017"}}', '"fiscal_year" must be a whole number'),
    ('{"kind": "ratio", "string": "4", "context": {"fiscal_year": true}}', '"fiscal_year" must be a whole number'),
    ('{"kind": "amount", "string": "4円"', "no JSON object: Expecting ',' delimiter"),
    ("[" * 200_000, "nested too deeply"),
    ('{"kind": "amount", "string": ' + "1" * 5_000 + "}", "no JSON object"),
    ('{"kind": "amount", "string": "' + "1" * (3 * MOST_BYTES) + '"}', "longer than 1,000,000 bytes"),
]


def answers(text: str | bytes) -> list[dict[str, Any]]:
    return list(answer_lines(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


@pytest.mark.parametrize(("line", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_a_wrong_line_is_named_and_the_next_one_answered(line: str, reason: str) -> None:
    before, wrong, after = answers(f"{GOOD}\n{line}\n{GOOD}")
    assert before == after == FOUR_MILLION
    assert wrong["line"] == 2
    assert reason in wrong["reason"]
    assert len(wrong["unparsed"]) <= 200


def test_a_line_in_another_encoding_is_named() -> None:
    shift_jis, good = answers(GOOD.encode("cp932") + b"\n" + GOOD.encode())
    assert (shift_jis["line"], "no UTF-8" in shift_jis["reason"]) == (1, True)
    assert good == FOUR_MILLION


@pytest.mark.parametrize("context", ["", ', "context": null', ', "context": {}', ', "context": {"unit": null}'])
def test_a_context_may_be_left_out(context: str) -> None:
    assert answers(GOOD[:-1] + context + "}") == [FOUR_MILLION]


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    assert answers(f"\ufeff{GOOD}\n\n  \r\n{GOOD}\r\n") == [FOUR_MILLION] * 2
    assert answers("") == []


def test_what_a_kind_cannot_read_is_no_wrong_line() -> None:
    assert answers('{"kind": "ratio", "string": "47"}') == [
        {"unparsed": "47", "reason": "not a number over a number"},
    ]


# Hard for a grammar that tries again from every place: the same piece over and over, closed by what fits nothing.
PIECES = [*"1 (：⏎法元", "1,", "（1）", "第1条の", "及び", "1人～", "平成30年度"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_longer_than_any_cell_is_not_tried(kind: str) -> None:
    reason = "10,001 characters are no value of a form; the most are 10,000"
    assert parse_value(kind, "1" * (MOST_CHARACTERS + 1))["reason"] == reason
    assert parse_value(kind, "1" * MOST_CHARACTERS).get("reason") != reason


def test_long_lines_of_every_kind_are_answered_by_one_process() -> None:
    """The limit only ends a run that would never end: nothing is said of how long reading takes."""
    literals = ["1" + piece * (MOST_CHARACTERS // len(piece) - 2) + "x" for piece in PIECES]
    lines = [json.dumps({"kind": kind, "string": one}) for kind in sorted(KINDS) for one in literals]
    lines += ["{}", '{"kind": "amount", "string": "\\ud800"}']
    command = [sys.executable, "-m", "hyoka_kg.cli", "parse"]
    done = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(lines) == len(KINDS) * len(PIECES) + 2
    assert found[-1]["unparsed"] == "\ud800"
    assert found[-2]["line"] == len(lines) - 1
    assert done.returncode == 3
    assert "1 line(s) could not be answered" in done.stderr
    assert "Traceback" not in done.stderr
