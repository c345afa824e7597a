"""What each form of each year prints: labels, columns and words, one YAML a form and year, with inheritance."""

from hyoka_kg.sources.profiles.loading import Profile, find_year, label_key, load_profile, load_profiles

__all__ = ["Profile", "find_year", "label_key", "load_profile", "load_profiles"]
