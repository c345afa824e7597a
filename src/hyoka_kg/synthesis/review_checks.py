"""Fill the boxes of a review sheet that judge: the checklist, its results, opinions and what follows from them."""

from __future__ import annotations

from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.words import words


def fill_checks(cells: Cells) -> None:
    """Add the checklist of eighteen items, the results and the opinions."""
    w, number, groups = words(), 0, []
    for group, code in zip(w["checks"], w["check_items"], strict=True):
        scope = f"check-group/{code}"
        groups.append(scope)
        cells.sheet.place(scope, "title", group["title"])
        subjects = []
        for i, question in enumerate(group["questions"], 1):
            number += 1
            subjects.append(f"check/{number}")
            _fill_check(cells, subjects[-1], f"{code}-{i}", question)
        cells.sheet.lists[scope, "checks"] = subjects
    cells.sheet.lists["", "check_groups"] = groups
    _fill_opinions(cells)


def _fill_check(cells: Cells, subject: str, code: str, question: str) -> None:
    w = words()
    item = cells.text(subject, "item", question, value=code)
    cells.sheet.place(subject, "question", item)
    marks = w["yes_no"] if code in {"efficiency-2", "efficiency-3"} else w["marks"]
    mark = cells.chance.choices(marks, weights=[6, 1, 1, 2][: len(marks)])[0]
    cells.text(subject, "mark", mark, value=w["check_codes"][mark])
    if mark != w["marks"][-1]:
        cells.prose(subject, "check-explanation", 1)


def _fill_opinions(cells: Cells) -> None:
    w, chance = words(), cells.chance
    cells.prose("result", "inspection-result", 2)
    cells.prose("result", "improvement", 1)
    cells.text("opinion/external", "category", chance.choice(w["external"]))
    cells.text("opinion/team", "category", chance.choice(w["opinions"]))
    cells.prose("opinion/team", "opinion", 1)
    cells.text("follow-up", "category", chance.choice(w["follow_ups"]))
    cells.prose("follow-up", "follow-up", 1)
