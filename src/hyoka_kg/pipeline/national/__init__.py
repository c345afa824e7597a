"""Build the national graph: plan the files, state them in shards on all cores, load, derive, judge, publish."""

from hyoka_kg.pipeline.national.build import build_national
from hyoka_kg.pipeline.national.planning import CorpusPlan, plan_corpus

__all__ = ["CorpusPlan", "build_national", "plan_corpus"]
