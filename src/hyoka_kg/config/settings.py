"""The settings of one run: a frozen object built from the environment at a door and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from hyoka_kg.errors import HyokaError

_STORE_DIR = Path("data/build/store")
_ARCHIVE_DIR = Path("data/archive")
_HOST = "127.0.0.1"
_PORT = 8890
_TIMEOUT_SECONDS = 10.0
_MAX_QUERY_BYTES = 100_000
_WORKERS = max(3, (os.cpu_count() or 1) + 1)
_WORKER_MEMORY_MB = 1024
_MAX_ANSWER_MB = 64
_CACHE_MB = 64
_CLIENT_QUERIES = 2
_CLIENT_SECONDS = 60.0
_DRAFT_PORT = 8892
_UPDATE_SECONDS = 300.0
_MAX_UPDATE_MB = 64
_CLIENT_CONNECTIONS = 100


def _samples_dir() -> Path:
    return user_cache_path("hyoka-kg")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told from outside.

    Attributes:
        store_dir: Folder of the embedded store (`HYOKA_STORE`).
        archive_dir: Folder of fetched files (`HYOKA_ARCHIVE`).
        samples_dir: Folder of the sample graphs that `hyoka_kg.sample()` builds (`HYOKA_SAMPLES`); the default is in
            the user's cache.
        sparql_url: Query URL of a remote store to use instead (`HYOKA_SPARQL_URL`), or None.
        host: Address to serve on (`HYOKA_HOST`).
        port: Port to serve on (`HYOKA_PORT`).
        query_timeout_seconds: Longest time one query may take (`HYOKA_QUERY_TIMEOUT`), in seconds.
        max_query_bytes: Longest query text that the endpoint reads (`HYOKA_MAX_QUERY_BYTES`), in bytes.
        workers: Processes that answer any query (`HYOKA_WORKERS`); one more is kept for light ones.
        worker_memory_mb: Memory that one query may take (`HYOKA_WORKER_MEMORY_MB`), in MiB; 0 means no bound.
        max_answer_mb: Largest answer (`HYOKA_MAX_ANSWER_MB`), in millions of bytes; larger ones are refused whole.
        cache_mb: Size of all answers that are kept to be given again (`HYOKA_CACHE_MB`), in millions of bytes.
        client_queries: Long queries that one client may have under way (`HYOKA_CLIENT_QUERIES`); more of them wait.
        client_seconds: Seconds of evaluation that one client may take in a minute (`HYOKA_CLIENT_SECONDS`); 0: any.
        client_connections: Connections that one client may have open (`HYOKA_CLIENT_CONNECTIONS`); 0 means any number.
        union_default_graph: Whether the default graph is the union of all graphs (`HYOKA_DEFAULT_GRAPH=union`, the
            default) or the unnamed graph alone (`own`).
        draft_port: Port of the private service over a draft (`HYOKA_DRAFT_PORT`).
        draft_token: What its clients must send (`HYOKA_DRAFT_TOKEN`); None means a new one at each start.
        publish_password: Password of the server that a graph is published to (`HYOKA_PUBLISH_PASSWORD`).
        update_timeout_seconds: Longest time one change of a draft may take (`HYOKA_UPDATE_TIMEOUT`), in seconds.
        max_update_mb: Largest change that is read (`HYOKA_MAX_UPDATE_MB`), in millions of bytes.
    """

    store_dir: Path = _STORE_DIR
    archive_dir: Path = _ARCHIVE_DIR
    samples_dir: Path = field(default_factory=_samples_dir)
    sparql_url: str | None = None
    host: str = _HOST
    port: int = _PORT
    query_timeout_seconds: float = _TIMEOUT_SECONDS
    max_query_bytes: int = _MAX_QUERY_BYTES
    workers: int = _WORKERS
    worker_memory_mb: int = _WORKER_MEMORY_MB
    max_answer_mb: int = _MAX_ANSWER_MB
    cache_mb: int = _CACHE_MB
    client_queries: int = _CLIENT_QUERIES
    client_seconds: float = _CLIENT_SECONDS
    client_connections: int = _CLIENT_CONNECTIONS
    union_default_graph: bool = True
    draft_port: int = _DRAFT_PORT
    draft_token: str | None = None
    publish_password: str = ""
    update_timeout_seconds: float = _UPDATE_SECONDS
    max_update_mb: int = _MAX_UPDATE_MB

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; unset variables keep their defaults.

        Raises:
            HyokaError: A number cannot be read.
        """
        env = os.environ if environment is None else environment
        return cls(
            store_dir=Path(env.get("HYOKA_STORE") or _STORE_DIR),
            archive_dir=Path(env.get("HYOKA_ARCHIVE") or _ARCHIVE_DIR),
            samples_dir=Path(env.get("HYOKA_SAMPLES") or _samples_dir()),
            sparql_url=env.get("HYOKA_SPARQL_URL") or None,
            host=env.get("HYOKA_HOST") or _HOST,
            port=int(_number(env, "HYOKA_PORT", _PORT)),
            query_timeout_seconds=_number(env, "HYOKA_QUERY_TIMEOUT", _TIMEOUT_SECONDS),
            max_query_bytes=int(_number(env, "HYOKA_MAX_QUERY_BYTES", _MAX_QUERY_BYTES)),
            workers=int(_number(env, "HYOKA_WORKERS", _WORKERS)),
            worker_memory_mb=int(_number(env, "HYOKA_WORKER_MEMORY_MB", _WORKER_MEMORY_MB)),
            max_answer_mb=int(_number(env, "HYOKA_MAX_ANSWER_MB", _MAX_ANSWER_MB)),
            cache_mb=int(_number(env, "HYOKA_CACHE_MB", _CACHE_MB)),
            client_queries=int(_number(env, "HYOKA_CLIENT_QUERIES", _CLIENT_QUERIES)),
            client_seconds=_number(env, "HYOKA_CLIENT_SECONDS", _CLIENT_SECONDS),
            client_connections=int(_number(env, "HYOKA_CLIENT_CONNECTIONS", _CLIENT_CONNECTIONS)),
            union_default_graph=env.get("HYOKA_DEFAULT_GRAPH", "union") != "own",
            draft_port=int(_number(env, "HYOKA_DRAFT_PORT", _DRAFT_PORT)),
            draft_token=env.get("HYOKA_DRAFT_TOKEN") or None,
            publish_password=env.get("HYOKA_PUBLISH_PASSWORD") or "",
            update_timeout_seconds=_number(env, "HYOKA_UPDATE_TIMEOUT", _UPDATE_SECONDS),
            max_update_mb=int(_number(env, "HYOKA_MAX_UPDATE_MB", _MAX_UPDATE_MB)),
        )


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    try:
        return float(text)
    except ValueError as error:
        raise HyokaError(f"The environment variable {name} is '{text}', which is not a number.") from error
