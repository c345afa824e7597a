"""A door: the library for Python programs and notebooks; questions in, rows, tables and RDF out."""

from hyoka_kg.api.answers import Answer, SearchAnswer
from hyoka_kg.api.knowledge_graph import KnowledgeGraph
from hyoka_kg.api.opening import open, sample
from hyoka_kg.api.project import Project

__all__ = ["Answer", "KnowledgeGraph", "Project", "SearchAnswer", "open", "sample"]
