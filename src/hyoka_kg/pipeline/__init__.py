"""The order of the steps, nothing else: read, link, state, derive, validate, store, ask."""

from hyoka_kg.pipeline.build import build
from hyoka_kg.pipeline.checking import validate_store
from hyoka_kg.pipeline.inputs import Inputs, load_inputs
from hyoka_kg.pipeline.receipts import Receipt, find_receipts
from hyoka_kg.pipeline.reports import BuildReport, read_report
from hyoka_kg.pipeline.tracing import TraceNode, trace

__all__ = [
    "BuildReport",
    "Inputs",
    "Receipt",
    "TraceNode",
    "build",
    "find_receipts",
    "load_inputs",
    "read_report",
    "trace",
    "validate_store",
]
