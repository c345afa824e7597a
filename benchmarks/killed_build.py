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
from hyoka_kg.pipeline.reports import BuildReport, read_report
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
    assert sort.stdout is not None  # noqa: S101 - a pipe, too
    digest, count = hashlib.sha256(), 0
    for quad in EmbeddedStore.open(store).quads():
        count += 1
        sort.stdin.write(f"{quad} .\n".encode())
    sort.stdin.close()
    for block in iter(lambda: sort.stdout.read(1 << 20), b""):
        digest.update(block)
    return count, digest.hexdigest()


def answers(store: Path) -> list[dict[str, str]]:
    """Return the rows of one question, to show that a store serves."""
    return run_canned(EmbeddedStore.open(store), load_catalogue()[QUESTION], {}).as_text()


def serves_as_before(store: Path, before: BuildReport, rows: list[dict[str, str]]) -> None:
    """Stop where the old store no longer gives what it gave."""
    if read_report(store) != before or answers(store) != rows:
        sys.exit("The old store does not serve any more.")


def kill_and_resume(store: Path, corpus: Path, moments: list[float]) -> None:
    """Kill a build after so many seconds, then each that takes it up; let the last one end."""
    before, rows = read_report(store), answers(store)
    for number, moment in enumerate(moments):
        process = start(store, corpus, resume=number > 0)
        time.sleep(moment)
        if process.poll() is not None:
            sys.exit(f"The build ended before it was to be killed, after {moment:.0f} s: draw with another seed.")
        os.killpg(process.pid, signal.SIGKILL)
        steps = process.communicate()[1].splitlines() or ["the start"]
        serves_as_before(store, before, rows)
        print(f"killed after {moment:.0f} s at '{steps[-1]}': the old store serves", flush=True)
    finish(start(store, corpus, resume=True))


def main() -> None:
    """Build once whole, then kill and resume; end with 1 where any byte differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path, help="where to build; a whole build that is there already is not repeated")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    whole, killed = options.folder / "whole", options.folder / "killed"
    finish(start(whole, options.corpus))
    national = read_report(whole).national
    taken = sum(national.seconds.values()) if national else 0.0
    expected = content(whole)
    print(f"uninterrupted, {taken:.0f} s: {expected[0]:,} quads, {expected[1]}", flush=True)
    shutil.rmtree(killed, ignore_errors=True)
    build(killed)
    chance = random.Random(options.seed)  # noqa: S311 - moments that can be drawn again, no secret
    kill_and_resume(killed, options.corpus, [chance.uniform(0.1, 0.6) * taken for _ in range(options.kills)])
    found = content(killed)
    print(f"killed {options.kills} times and resumed: {found[0]:,} quads, {found[1]}")
    print("every byte is the same" if found == expected else "DIFFERENT")
    sys.exit(found != expected)


if __name__ == "__main__":
    main()
