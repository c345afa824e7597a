"""Chance by name: one stream of random numbers for each thing, so that no thing's fate depends on another's."""

from __future__ import annotations

import random


def stream(seed: int, *names: object) -> random.Random:
    """Return the stream of one thing; the same seed and names give the same numbers on every machine."""
    return random.Random("/".join(map(str, (seed, *names))))  # noqa: S311 - invented data, not secrets


def happens(chance: random.Random, share: float) -> bool:
    """Tell whether something of the given share happens this time."""
    return chance.random() < share
