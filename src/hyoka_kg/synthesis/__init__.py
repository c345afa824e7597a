"""A synthetic ministry: invented papers of both forms over the years, with the truth about every cell."""

from hyoka_kg.synthesis.request import Kind, Request, RequestError, Route, parse_years
from hyoka_kg.synthesis.writing import Counts, synthesize

__all__ = ["Counts", "Kind", "Request", "RequestError", "Route", "parse_years", "synthesize"]
