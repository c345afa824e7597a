"""Spoil clean synthetic forms on purpose, fifty times a family of rules, and count how many the rules find.

Each family has one way to spoil a form, or papers of several years. The clean twins of all that is spoilt are judged by
the same rules and must give nothing. Which rules cannot be provoked so, and why, stands in `spoiling/unprovoked.yml`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml
from spoiling import indicators, money, notation, several
from spoiling.measuring import Family, measure

FAMILIES: tuple[Family, ...] = (
    *money.FAMILIES,
    *indicators.FAMILIES,
    *notation.FAMILIES,
    *several.FAMILIES,
)
_HEAD = """# Spoilt forms

What the rules find in forms that are spoilt on purpose, and in the clean forms that they were made of.
`make bench-findings` writes this page. Each family spoils synthetic forms in one way, left to chance by a seed; at
least 95 of 100 must be found, and no clean twin may be accused. The forms are invented, so that this tells that a rule
works, not how often it is right: for that see the findings judged by hand on the page of the rules.

| rule | what is spoilt | spoilt | found | clean twins | of them accused |
| --- | --- | ---: | ---: | ---: | ---: |
"""


def unprovoked() -> dict[str, str]:
    """Return why no spoilt form can provoke a rule, by rule."""
    path = Path(__file__).with_name("spoiling") / "unprovoked.yml"
    reasons: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return reasons


def main() -> None:
    """Print the page, a row a family as it is measured; end with 1 where one is caught too seldom or a twin accused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--rule", action="append", help="only this rule; may be repeated")
    options = parser.parse_args()
    chosen = sorted((one for one in FAMILIES if not options.rule or one.rule in options.rule), key=lambda one: one.rule)
    print(_HEAD, end="", flush=True)
    failed = False
    for told in measure(chosen, options.seed, options.times):
        numbers = f"{told.spoilt} | {told.found} | {told.twins} | {told.aside}"
        print(f"| {told.family.rule} | {told.family.name} | {numbers} |", flush=True)
        print(f"{told.family.rule} {told.found}/{told.spoilt} accused {told.aside}", file=sys.stderr, flush=True)
        failed |= not told.is_caught
    print("\n| rule | why no form can be spoilt for it |\n| --- | --- |")
    for rule, reason in unprovoked().items():
        print(f"| {rule} | {reason} |")
    sys.exit(failed)


if __name__ == "__main__":
    main()
