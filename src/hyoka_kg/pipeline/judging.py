"""Ask every rule of a store, each in a process of its own with a bound of time and memory, and keep what they find."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from hyoka_kg.pipeline.explaining import explain
from hyoka_kg.pipeline.findings import place, wanted_rules
from hyoka_kg.store import EmbeddedStore, current_build
from hyoka_kg.store.builds import FINDINGS
from hyoka_kg.store.judgements import Asked, Wanted, keep_findings, note_asked
from hyoka_kg.validation import IntegrityRule, findings_of

_KIBIBYTE, _MEBIBYTE = 1 << 10, 1 << 20
_TIME, _MEMORY, _FAILURE = "time", "memory", "failure"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one rule may take.

    Attributes:
        seconds: Wall clock, after which its process is ended.
        mebibytes: Memory of its process, where the system can bound it.
    """

    seconds: int
    mebibytes: int


def judge_store(store: Path, wanted: Wanted, bounds: Bounds, progress: Callable[[str], None]) -> Iterator[Asked]:
    """Ask the wanted rules of a store one after the other; yield how each ended.

    What a rule finds takes the place of its former findings when it has ended. A rule that was cut keeps none.

    Args:
        store: The store folder.
        wanted: Which rules, by id or severity.
        bounds: What each may take.
        progress: Told of each rule before it is asked.

    Raises:
        QueryError: A wanted rule does not exist.
        StoreError: There is no store there, or its folder cannot be written.
    """
    file = current_build(store).parent / FINDINGS
    # One process imports what the rules need; those that ask them are its copies.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    rules = wanted_rules(wanted)
    for number, (rule, text) in enumerate(rules, 1):
        progress(f"{number} of {len(rules)}: asking {rule.rule}")
        start = time.monotonic()
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_ask, args=(store, file, rule, text, bounds.mebibytes, sending))
        process.start()
        sending.close()
        cut = _wait(process, bounds.seconds)
        found, peak = receiving.recv() if not cut and receiving.poll() else (0, 0)
        asked = Asked(rule.rule, found, round(time.monotonic() - start, 1), peak, cut)
        note_asked(file, asked)
        yield asked


def _wait(process: BaseProcess, seconds: int) -> str:
    """Wait for a process and return why it was cut, or nothing where it ended."""
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
        return _TIME
    # An engine that gets no memory ends its process by a signal.
    return (_MEMORY if (process.exitcode or 0) < 0 else _FAILURE) if process.exitcode else ""


def _ask(store: Path, file: Path, rule: IntegrityRule, text: str, mebibytes: int, sending: Connection) -> None:
    """Ask one rule, in its own process; send how many findings it keeps and the most memory that it held."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * _MEBIBYTE, hard))
    opened = EmbeddedStore.open(store)
    found = (explain(opened, rule, finding) for finding in findings_of(rule, opened.rows_as_text(text)))
    count = keep_findings(file, rule.rule, place(opened, found))
    sending.send((count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE // _MEBIBYTE))
