"""Build the national store aside, over the same steps as the sample, and let it serve when it is whole."""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hyoka_kg import __version__
from hyoka_kg.config import ontology_dir, queries_dir
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.lean import SheetClaim, state_claims, state_ministries, state_source
from hyoka_kg.graph.registry import state_fiscal_year
from hyoka_kg.graph.terms import Triple
from hyoka_kg.pipeline.inputs import Inputs
from hyoka_kg.pipeline.national.planning import CorpusPlan, plan_corpus
from hyoka_kg.pipeline.national.progress import Rate
from hyoka_kg.pipeline.national.shards import ShardSummary, shard_path
from hyoka_kg.pipeline.national.workers import make_shards
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.sources.ministries import read_ministries
from hyoka_kg.store.writing import StoreWriter

Progress = Callable[[str], None]
_SHARDS = "shards"


@dataclass(slots=True)
class NationalLoad:
    """What was loaded of the corpora.

    Attributes:
        quads: Lines loaded.
        sheets: Sheets and parts of sheets by source file.
        claims: Which sheet speaks of which project.
        years: Fiscal years spoken of.
        summaries: What each shard left, by name.
    """

    quads: int = 0
    claims: list[SheetClaim] = field(default_factory=list)
    years: set[str] = field(default_factory=set)
    summaries: dict[str, ShardSummary] = field(default_factory=dict)
