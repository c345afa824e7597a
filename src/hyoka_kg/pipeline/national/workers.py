"""Run the tasks on all cores, in processes, and hand out each shard as it is done."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path

from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.national.planning import Task
from hyoka_kg.pipeline.national.shards import ShardMaker, ShardSummary, read_summary


def make_shards(
    tasks: Sequence[Task], data: Path, folder: Path, projects: Path, workers: int = 0
) -> Iterator[ShardSummary]:
    """Yield the summaries of all tasks as their shards are there, finished ones first.

    Args:
        tasks: What to state.
        data: The data folder.
        folder: Where the shards are.
        projects: File with the project of each sheet.
        workers: How many processes; 0 means one a core.

    Raises:
        LayoutError: A source is damaged or not as its contract says; finished shards are kept.
        StoreError: A worker process ended, as one does that the system kills for its memory.
    """
    waiting = []
    for task in tasks:
        known = read_summary(folder, task.name)
        if known is None:
            waiting.append(task)
        else:
            yield known
    if not waiting:
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max_workers=workers or os.cpu_count() or 1, mp_context=context)
    try:
        for done in as_completed([pool.submit(_make, task, data, folder, projects) for task in waiting]):
            yield done.result()
    except BrokenExecutor as error:
        raise StoreError(
            "A worker process ended before its part was done; the system may have killed it for its memory. "
            "Finished parts are kept: build again with --resume --workers 1."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _make(task: Task, data: Path, folder: Path, projects: Path) -> ShardSummary:
    return _maker(data, folder, projects).make(task)


@cache
def _maker(data: Path, folder: Path, projects: Path) -> ShardMaker:
    return ShardMaker(data, folder, projects)
