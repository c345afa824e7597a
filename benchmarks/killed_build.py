"""Kill builds over a corpus at random moments, take each up again, and compare the bytes with those of a whole one."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from hyoka_kg.pipeline import build
from hyoka_kg.pipeline.reports import read_report
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import EmbeddedStore

HYOKA = (sys.executable, "-m", "hyoka_kg.cli")
QUESTION = "cq12"


def start(store: Path, corpus: Path, *, resume: bool = False) -> subprocess.Popen[str]:
    """Start a build in a session of its own, so that one signal ends it and its workers."""
    command = [*HYOKA, "build", "--store", str(store), "--corpus", str(corpus), *(["--resume"] if resume else [])]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stderr=pipe, stdout=nothing, text=True, start_new_session=True)


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a build and stop where it failed."""
    _, told = process.communicate()
    if process.returncode:
        sys.exit(told)


def content(store: Path) -> tuple[int, str]:
    """Return how many quads a store holds and the SHA-256 of its sorted N-Quads, sorted outside of memory."""
    environment = {**os.environ, "LC_ALL": "C"}
    sort = subprocess.Popen(
        ["sort", "-S", "300M"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=False
    )
    assert sort.stdin is not None  # noqa: S101 - a pipe was asked for
    assert sort.stdout is not None  # noqa: S101
    digest, count = hashlib.sha256(), 0
    for quad in EmbeddedStore.open(store).quads():
        count += 1
        sort.stdin.write(f"{quad} .\n".encode())
    sort.stdin.close()
    for block in iter(lambda: sort.stdout.read(1 << 20), b""):  # type: ignore[union-attr]
        digest.update(block)
    return count, digest.hexdigest()


def answers(store: Path) -> list[dict[str, str]]:
    """Return the rows of one question, to show that a store serves."""
    return run_canned(EmbeddedStore.open(store), load_catalogue()[QUESTION], {}).as_text()


def trial(old: Path, store: Path, corpus: Path, moment: float) -> tuple[str, str]:
    """Kill a build after some seconds, look at the old store, resume; return what was under way and the hash."""
    shutil.rmtree(store, ignore_errors=True)
    shutil.copytree(old, store)
    before, rows = read_report(store), answers(store)
    process = start(store, corpus)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    steps = process.communicate()[1].splitlines()
    if read_report(store) != before or answers(store) != rows:
        sys.exit(f"The old store does not serve after a kill at {moment:.1f} s.")
    finish(start(store, corpus, resume=True))
    count, sha256 = content(store)
    print(f"killed after {moment:.1f} s at '{steps[-1] if steps else 'the start'}': old store served {len(rows)} rows;")
    print(f"  resumed: {count:,} quads, {sha256}", flush=True)
    return steps[-1] if steps else "", sha256


def main() -> None:
    """Build once whole, then kill and resume; end with 1 where any byte differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path, help="where to build; it is emptied")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    old, whole = options.folder / "old", options.folder / "whole"
    build(old)
    begun = time.monotonic()
    finish(start(whole, options.corpus))
    taken = time.monotonic() - begun
    count, sha256 = content(whole)
    print(f"uninterrupted, {taken:.0f} s: {count:,} quads, {sha256}", flush=True)
    chance = random.Random(options.seed)  # noqa: S311 - a moment that can be drawn again, no secret
    moments = [chance.uniform(0, taken) for _ in range(options.kills)]
    hashes = {trial(old, options.folder / "killed", options.corpus, moment)[1] for moment in moments}
    print("every byte is the same" if hashes == {sha256} else f"DIFFERENT: {hashes}")
    sys.exit(hashes != {sha256})


if __name__ == "__main__":
    main()
