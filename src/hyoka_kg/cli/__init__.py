"""The command line `hyoka`: arguments in, answers and exit codes out."""

from hyoka_kg.cli.app import main

__all__ = ["main"]
