"""The settings of one run: a frozen object built from the environment at a door and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.errors import HyokaError

_STORE_DIR = Path("data/build/store")
_HOST = "127.0.0.1"
_PORT = 8890
_TIMEOUT_SECONDS = 10.0
_MAX_QUERY_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told from outside.

    Attributes:
        store_dir: Folder of the embedded store (`HYOKA_STORE`).
        sparql_url: Query URL of a remote store to use instead (`HYOKA_SPARQL_URL`), or None.
        host: Address to serve on (`HYOKA_HOST`).
        port: Port to serve on (`HYOKA_PORT`).
        query_timeout_seconds: Longest time one query may take (`HYOKA_QUERY_TIMEOUT`), in seconds.
        max_query_bytes: Longest query text that the endpoint reads (`HYOKA_MAX_QUERY_BYTES`), in bytes.
    """

    store_dir: Path = _STORE_DIR
    sparql_url: str | None = None
    host: str = _HOST
    port: int = _PORT
    query_timeout_seconds: float = _TIMEOUT_SECONDS
    max_query_bytes: int = _MAX_QUERY_BYTES

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; unset variables keep their defaults.

        Raises:
            HyokaError: A number cannot be read.
        """
        env = os.environ if environment is None else environment
        return cls(
            store_dir=Path(env.get("HYOKA_STORE") or _STORE_DIR),
            sparql_url=env.get("HYOKA_SPARQL_URL") or None,
            host=env.get("HYOKA_HOST") or _HOST,
            port=int(_number(env, "HYOKA_PORT", _PORT)),
            query_timeout_seconds=_number(env, "HYOKA_QUERY_TIMEOUT", _TIMEOUT_SECONDS),
            max_query_bytes=int(_number(env, "HYOKA_MAX_QUERY_BYTES", _MAX_QUERY_BYTES)),
        )


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    try:
        return float(text)
    except ValueError as error:
        raise HyokaError(f"The environment variable {name} is '{text}', which is not a number.") from error
