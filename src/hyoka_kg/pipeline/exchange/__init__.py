"""Targets and actuals in the formats of other communities: IATI results and the RDF Data Cube."""

from hyoka_kg.pipeline.exchange.cube import write_cube
from hyoka_kg.pipeline.exchange.iati import write_iati
from hyoka_kg.pipeline.exchange.values import LeftOut, StatedValue, cells_of, read_values

__all__ = ["LeftOut", "StatedValue", "cells_of", "read_values", "write_cube", "write_iati"]
