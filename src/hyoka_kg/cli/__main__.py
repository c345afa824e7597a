"""Run the command line as `python -m hyoka_kg.cli`."""

from hyoka_kg.cli.app import main

main()
