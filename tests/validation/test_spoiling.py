"""The benchmark that spoils clean forms works: what is spoilt is found, and clean twins give nothing."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "findings.py"


def test_spoilt_forms_are_found_and_clean_twins_are_not() -> None:
    spec = spec_from_file_location("spoiling", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    spoiling = module_from_spec(spec)
    sys.modules["spoiling"] = spoiling
    spec.loader.exec_module(spoiling)
    chosen = [family for family in spoiling.FAMILIES if family.rule in {"BUD-09", "X-01"}][:2]
    told = [(one.spoilt, one.found, one.clean) for one in spoiling.measure(chosen, seed=2, times=4, count=3)]
    assert told == [(4, 4, 0)] * 2
