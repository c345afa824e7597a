"""Draw the pictures of random projects of a store in a browser and count texts that cover each other or cannot be seen.

Run with: python benchmarks/overlaps.py STORE [--projects 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from hyoka_kg.figures import PICTURES, NothingToDraw, draw_picture
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import EmbeddedStore

# What the tests of the pages look for.
_LOOKS = Path(__file__).parents[1] / "tests" / "browser"
COVERED, HIDDEN = ((_LOOKS / name).read_text(encoding="utf-8") for name in ("covered.js", "hidden.js"))
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Draw, count, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--projects", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    store = EmbeddedStore.open(asked.store)
    projects = [row["value"] for row in store.select(load_catalogue("samples")["project"].text).as_text()]
    chosen = random.Random(asked.seed).sample(projects, min(asked.projects, len(projects)))  # noqa: S311 a sample
    told = _look(store, chosen)
    print(f"{len(chosen)} of {len(projects)} projects: " + ", ".join(f"{name} {n}" for name, n in sorted(told.items())))


def _look(store: EmbeddedStore, projects: list[str]) -> Counter[str]:
    from playwright.sync_api import sync_playwright

    told: Counter[str] = Counter()
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as runner:
        page = runner.chromium.launch(executable_path=path, args=["--no-sandbox"]).new_page()
        for project in projects:
            for name in (name for name, picture in PICTURES.items() if picture.of == "project"):
                told.update(_look_at(page, store, name, project))
    return told


def _look_at(page: Any, store: EmbeddedStore, name: str, project: str) -> Counter[str]:
    try:
        page.set_content(f"<figure>{draw_picture(store, name, project).svg}</figure>")
    except NothingToDraw:
        return Counter({f"{name} not drawn": 1})
    covered, hidden = page.evaluate(COVERED), page.evaluate(HIDDEN)
    for pair in covered:
        print(f"{name} of {project}: {pair}", flush=True)
    return Counter({f"{name} drawn": 1, "texts covered": len(covered), "hidden": hidden})


if __name__ == "__main__":
    main()
