"""Show a sample of the changes of a room to its tests: `python -m benchmarks.mutation.run normalization`.

Works on a copy of the project, so that nothing here is changed. Each change is judged by a process of its own, forked
from one that has imported the libraries but no module of the project; it runs the tests that reach the changed
statement, quickest first, to the first failure. A survivor is either judged to be the same program, in
`tests/mutation/equivalent.csv` with the reason, or open: a test is missing. Returns 1 where one is open.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from benchmarks.mutation.mutants import Mutant, sampled
from benchmarks.mutation.reach import Reach, reach_of, recorded
from benchmarks.room_coverage import ROOT, rooms_of_table

EQUIVALENT = ROOT / "tests" / "mutation" / "equivalent.csv"
_COPIED = ("src", "tests", "benchmarks", "docs", "ontology", "queries", "data", "pyproject.toml")
_LEFT_OUT = ("__pycache__", "build", "archive", "node_modules")
_EXAMPLES = 15
_SECONDS = 60.0
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a change: `killed`, `slow` (killed by time), `unreached` or `survived`; and the two texts."""

    mutant: Mutant
    verdict: str
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names the change as long as the source of its place stays."""
        return (self.mutant.path, self.mutant.definition, self.before, self.after)


class Chosen:
    """A plugin of pytest that runs some tests by their names, in the order given."""

    def __init__(self, names: list[str]) -> None:
        self.order = {name: place for place, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid]
        )


@contextmanager
def copied() -> Iterator[Path]:
    """Copy what the tests read into a folder that goes away, and stand in it."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        root = Path(name).resolve()
        for part in _COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, root / part, ignore=shutil.ignore_patterns(*_LEFT_OUT))
            else:
                shutil.copy(source, root / part)
        os.chdir(root)
        os.environ["PYTHONPATH"] = str(root / "src")
        sys.path[:] = [str(root / "src"), str(root), *(path for path in sys.path if path not in ("", str(ROOT)))]
        sys.dont_write_bytecode = True
        yield root


def _asked(tests: list[str], plugin: object) -> int:
    """Run tests in this process, silently; what they leave behind goes with it."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    options = ["-x", "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-profile=few"]
    return int(pytest.main([*options, *tests], plugins=[plugin]))


def _forked(work: Callable[..., None], *arguments: Any, seconds: float | None = None) -> Any:
    """Return what a forked process sends, or None where it dies or takes too long."""
    receiver, sender = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=work, args=(sender, *arguments))
    process.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(seconds) else None
    except EOFError:
        return "died"
    finally:
        process.kill()
        process.join()


def _measure(sender: Any, root: Path, folder: Path, tests: list[str]) -> None:
    with recorded(folder) as recorder:
        code = _asked(tests, recorder)
    libraries = [
        name for name in sys.modules if name.split(".")[0] not in ("hyoka_kg", "tests", "conftest", "__mp_main__")
    ]
    sender.send((reach_of(root, recorder, code), libraries))


def _judge(sender: Any, tests: list[str]) -> None:
    files = sorted({name.partition("::")[0] for name in tests})
    sender.send(_asked(files, Chosen(tests)))


def judged(root: Path, reach: Reach, mutant: Mutant) -> Judged:
    """Change the copy, ask its tests, and change it back."""
    module = root / mutant.path
    code = module.read_text(encoding="utf-8")
    before, after = mutant.lines_of(code)
    tests = reach.tests_of(mutant.path, mutant.line, code)
    if not tests:
        return Judged(mutant, "unreached", before, after)
    module.write_text(mutant.applied_to(code), encoding="utf-8")
    try:
        code_of_exit = _forked(_judge, tests, seconds=_SECONDS + 5 * sum(reach.seconds[name] for name in tests))
    finally:
        module.write_text(code, encoding="utf-8")
    verdict = {None: "slow", int(pytest.ExitCode.OK): "survived"}.get(code_of_exit, "killed")
    if code_of_exit == pytest.ExitCode.NO_TESTS_COLLECTED:
        sys.exit(f"{mutant.path}:{mutant.line}: none of its {len(tests)} tests was found again")
    return Judged(mutant, verdict, before, after)


def equivalents(table: Path = EQUIVALENT) -> dict[tuple[str, str, str, str], str]:
    """Return the reasons why changes that survive are the same program."""
    with table.open(encoding="utf-8", newline="") as rows:
        return {
            (row["path"], row["definition"], row["before"], row["after"]): row["reason"] for row in csv.DictReader(rows)
        }


def _said(one: Judged) -> str:
    place = f"{one.mutant.path}:{one.mutant.line} {one.mutant.definition} [{one.mutant.operator}]"
    return f"{one.verdict} {place}\n  - {one.before}\n  + {one.after}"


def report(results: list[Judged], population: int) -> Iterator[str]:
    """Tell the score: killed of all that are not judged the same program."""
    known = equivalents()
    alive = [one for one in results if one.verdict in ("survived", "unreached")]
    same = sum(one.key in known for one in alive)
    counted = Counter(one.verdict for one in results)
    killed = counted["killed"] + counted["slow"]
    yield (
        f"{len(results)} of {population} changes: {killed} killed ({counted['slow']} by time), {len(alive)} survived "
        f"({counted['unreached']} unreached), of them {same} the same program; "
        f"score {100 * killed / max(1, len(results) - same):.1f} %"
    )
    yield from (_said(one) for one in alive if one.key not in known)


def main() -> int:
    """Judge a sample and tell the survivors; return 1 where one is neither killed nor judged the same program."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("room")
    parser.add_argument("--count", type=int, default=300, help="how many changes")
    parser.add_argument("--seed", type=int, default=20261128, help="which sample")
    parser.add_argument("--module", default="", help="one module of the room alone, such as identity/sums.py")
    parser.add_argument("--tests", nargs="+", help="other tests than those that the table of floors names for the room")
    told = parser.parse_args()
    rooms = {room.name: room for room in rooms_of_table()}
    if told.room not in rooms:
        sys.exit(f"No such room: {told.room}. Rooms: {', '.join(rooms)}")
    hypothesis.settings.register_profile("few", deadline=None, database=None, derandomize=True, max_examples=_EXAMPLES)
    with copied() as root:
        place = root / "src" / "hyoka_kg" / told.room / told.module
        results, population = _all_judged(root, place, told.tests or rooms[told.room].tests, told.count, told.seed)
    open_ = list(report(results, population))
    print("\n".join(open_))
    return 1 if len(open_) > 1 else 0


def _all_judged(root: Path, place: Path, tests: Iterable[str], count: int, seed: int) -> tuple[list[Judged], int]:
    reach, libraries = _forked(_measure, root, place if place.is_dir() else place.parent, list(tests))
    if reach.code:
        sys.exit(f"The tests do not pass on the unchanged source ({reach.code}): {', '.join(reach.failed)}")
    for name in libraries:
        with suppress(ImportError):
            importlib.import_module(name)
    mutants, population = sampled(root, place, count, seed)
    results = []
    for number, mutant in enumerate(mutants, start=1):
        results.append(judged(root, reach, mutant))
        print(f"{number}/{len(mutants)} {_said(results[-1])}", file=sys.stderr, flush=True)
    return results, population


if __name__ == "__main__":
    sys.exit(main())
