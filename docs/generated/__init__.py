"""Pages of the documentation that are written at build time from what they describe, so that they cannot rot."""
