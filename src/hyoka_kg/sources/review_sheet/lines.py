"""Lines of a review sheet as its text prints them: a label with its values, a value behind its label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hyoka_kg.model import Block, Line, Part, Stretch
from hyoka_kg.sources.profiles import Profile, label_key
from hyoka_kg.sources.reading.tokens import tokens_of_line

_LONGEST_VERTICAL = 6


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line that begins with a label: the label, its key, and what follows on the line."""

    key: str
    label: Stretch
    rest: Stretch


def labelled_line(line: Line, profile: Profile) -> LabelledLine | None:
    """Return a line as label and rest, where a label ends at a space; the longest label wins."""
    whole = Stretch.of_lines((line,))
    text = whole.text
    ends = [at for at in range(1, len(text)) if text[at].isspace() and not text[at - 1].isspace()]
    for end in reversed(ends):
        key = profile.labels.get(label_key(text[:end]))
        if key:
            return LabelledLine(key, whole.cut(0, end), whole.cut(end).strip())
    return None


def split_labels(line: Line, profile: Profile) -> list[tuple[str | None, Stretch]]:
    """Return a line as runs between spaces, each with the key of the label that it is, or None."""
    whole = Part(line, 0, len(line.text))
    runs: list[tuple[str | None, Stretch]] = []
    for token in tokens_of_line(line):
        key = profile.label(token.text)
        if key is None and runs and runs[-1][0] is None:
            first = runs[-1][1].parts[0]
            runs[-1] = (None, Stretch((Part(line, first.start, token.stretch.parts[0].end),)))
        else:
            runs.append((key, token.stretch))
    return runs if whole.text.strip() else []


def vertical_texts(blocks: Sequence[Block]) -> Iterator[Stretch]:
    """Yield what may be written downwards: every run of neighbouring blocks whose lines have one character each."""
    run: list[Stretch] = []
    for block in blocks:
        stretch = Stretch(tuple(part for part in block.stretch.parts if part.text.strip()))
        if all(len(part.text.strip()) == 1 for part in stretch.parts):
            run.append(stretch)
            continue
        yield from _sub_runs(run)
        run = []
    yield from _sub_runs(run)


def _sub_runs(run: list[Stretch]) -> Iterator[Stretch]:
    for first in range(len(run)):
        for last in range(first + 1, min(first + _LONGEST_VERTICAL, len(run)) + 1):
            yield Stretch(tuple(part for stretch in run[first:last] for part in stretch.parts))
