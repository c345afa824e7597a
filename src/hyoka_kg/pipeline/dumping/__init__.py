"""A dump: one folder with the whole graph, tables of it, a description and checksums."""

from hyoka_kg.pipeline.dumping.writing import PARTS, DumpReport, Part, dump

__all__ = ["PARTS", "DumpReport", "Part", "dump"]
