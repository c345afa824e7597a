"""The worker process: opens the graph, answers one question after the other, and is killed when it takes too long.

Run as `python -m hyoka_kg.service.workers.process FD MEMORY NETWORK`; it ends when the channel closes.
"""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hyoka_kg.errors import HyokaError, QueryError, StoreError
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.workers.wire import pack, receive
from hyoka_kg.store import GraphStore, Place

# The engine recurses with the nesting of a query: its main thread's eight megabytes are too few.
_STACK_BYTES = 256 * 1024 * 1024
# linux/sched.h
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000

_STATM = Path("/proc/self/statm")

Ask = Callable[[GraphStore], Any]


class Fault(HyokaError):  # noqa: N818 - it names what went wrong inside, for the log
    """Something unforeseen inside a worker; its text is for the operator."""


class Opened:
    """The store that was opened last; another place closes it. Each question has its bytes of memory (0: any)."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._place: Place | None = None
        self._store: GraphStore | None = None

    def at(self, place: Place) -> GraphStore:
        """Return the store at a place, opened once.

        Raises:
            StoreError: It cannot be opened.
        """
        if self._store is None or (place is not self._place and place != self._place):
            self._store, self._place = None, None
            _cap_memory(0)
            self._store = place.open()
            _cap_memory(self._memory)
        self._place = place
        return self._store


def serve(channel: socket.socket, memory: int) -> None:
    """Answer questions until the other end is gone; each may take some memory, in bytes (0: any)."""
    opened, stood_back = Opened(memory), 0
    while True:
        try:
            niceness, place, ask = receive(channel)
            if niceness > stood_back:
                stood_back = niceness
                _stand_back(niceness)
            channel.sendall(pack(_outcome(opened, place, ask)))
        except (EOFError, OSError):
            return


def _outcome(opened: Opened, place: Place, ask: Ask) -> tuple[bool, Any]:
    try:
        return True, ask(opened.at(place))
    except HyokaError as error:
        return False, error
    except RuntimeError as error:
        # The engine's word for what it finds only while evaluating, such as an unknown function.
        return False, QueryError(f"The query cannot be evaluated: {error}")
    except MemoryError:
        return False, Refusal(503, "The query needs more memory than one query may use. Ask for less, or add LIMIT.")
    except OSError as error:
        return False, StoreError(f"The store cannot be read: {error}")
    except Exception as error:  # noqa: BLE001 - a fault of ours must reach the log, and the worker must live on
        return False, Fault(f"{type(error).__name__}: {error}")


def _stand_back(niceness: int) -> None:
    # Linux keeps the niceness of each thread; this is the thread that evaluates.
    if niceness > os.getpriority(os.PRIO_PROCESS, 0):
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def leave_network() -> bool:
    """Give up every network of the machine, where the system allows it; return whether it did."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):
        return False
    return any(unshare(spaces) == 0 for spaces in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def _cap_memory(memory: int) -> None:
    # Address space is what the system can bound; the engine reserves much more of it than it uses, so count from there.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = hard
    if memory and _STATM.exists():
        limit = int(_STATM.read_text().split()[0]) * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def run_with_room(work: Callable[..., None], *arguments: object) -> None:
    """Do some work with a stack that the engine can recurse in, and without leaving the memory's content at a crash."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.stack_size(_STACK_BYTES)
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    thread.join()


def _main(fd: str, memory: str, network: str) -> None:
    isolated = network == "none" and leave_network()
    channel = socket.socket(fileno=int(fd))
    channel.sendall(pack(isolated))
    run_with_room(serve, channel, int(memory))


if __name__ == "__main__":
    _main(*sys.argv[1:])
