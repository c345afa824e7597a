"""Which tests of a room run which of its lines: a change is shown to the tests that can notice it and no others."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest


@dataclass(slots=True, eq=False)
class Recorder:
    """A plugin of pytest: it tells coverage which test is running, and notes how long each takes, in seconds."""

    cover: coverage.Coverage
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Run a test under its own name."""
        started = time.monotonic()
        self.cover.switch_context(item.nodeid)
        result = yield
        self.cover.switch_context("")
        self.seconds[item.nodeid] = time.monotonic() - started
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails before anything is changed."""
        if report.failed:
            self.failed.append(report.nodeid)


@dataclass(frozen=True, slots=True)
class Reach:
    """What each line of each module is run by.

    Attributes:
        by_line: Tests by module (below the folder of the project) and line.
        seconds: How long each test takes.
        failed: Tests that fail on the unchanged source.
        code: How pytest ended.
    """

    by_line: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    failed: list[str]
    code: int

    def tests_of(self, path: str, line: int, code: str) -> list[str]:
        """Return the tests that run the statement of a line, quickest first.

        What runs when a module is imported is run for each test of the module.
        """
        lines = self.by_line.get(path, {})
        names = {name for number in _statement(code, line) for name in lines.get(number, ())}
        if "" in names:
            names = {name for some in lines.values() for name in some}
        return sorted(names - {""}, key=lambda name: (self.seconds[name], name))


def _statement(code: str, line: int) -> range:
    """Return the lines of the innermost statement of a line; of a compound one, its head alone."""
    best = range(line, line + 1)
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
            if line <= max(last, node.lineno):
                best = range(node.lineno, max(last, node.lineno) + 1)
    return best


@contextmanager
def recorded(folder: Path) -> Iterator[Recorder]:
    """Measure while the tests run."""
    cover = coverage.Coverage(data_file=None, source=[str(folder)], config_file=False)
    cover.start()
    try:
        yield Recorder(cover)
    finally:
        cover.stop()


def reach_of(root: Path, recorder: Recorder, code: int) -> Reach:
    """Return what was measured."""
    data = recorder.cover.get_data()
    by_line = {str(Path(file).relative_to(root)): data.contexts_by_lineno(file) for file in data.measured_files()}
    return Reach(by_line, recorder.seconds, recorder.failed, code)
