"""Settings, read from the environment once at a door, and the folders that ship with the package."""

from hyoka_kg.config.resources import data_dir, notebooks_dir, ontology_dir, queries_dir
from hyoka_kg.config.settings import Settings

__all__ = ["Settings", "data_dir", "notebooks_dir", "ontology_dir", "queries_dir"]
