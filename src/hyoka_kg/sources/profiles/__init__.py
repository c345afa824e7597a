"""What each form of each year prints: labels, columns and words, one YAML a form and year, with inheritance."""

from hyoka_kg.sources.profiles.loading import Profile, label_key, load_profile, load_profiles
from hyoka_kg.sources.profiles.titles import find_year, titled_year

__all__ = ["Profile", "find_year", "label_key", "load_profile", "load_profiles", "titled_year"]
