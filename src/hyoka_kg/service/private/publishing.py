"""Publish a draft: judged as a build is, it becomes the build that serves."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from hyoka_kg.pipeline import BuildReport, read_report
from hyoka_kg.pipeline.revising import account_for, judge_draft
from hyoka_kg.pipeline.texts import index_texts
from hyoka_kg.service.private.desk import Desk
from hyoka_kg.store.builds import ENGINE
from hyoka_kg.store.drafts import DraftStore


async def publish_draft(desk: Desk, *, check: bool) -> BuildReport:
    """Let the draft serve as it stands, and return what it holds.

    Args:
        desk: Who works on the draft.
        check: Whether shapes and integrity queries judge it first.

    Raises:
        ShapeViolation: The draft breaks a structural rule.
        StoreError: Another build serves since the draft began.
    """
    desk.draft.refuse_other_base()
    saved = desk.draft.directory.with_name("saved")
    former = read_report(desk.draft.store)
    shutil.rmtree(saved, ignore_errors=True)
    try:
        report = await desk.ask(partial(save, former=former, check=check, directory=saved))
        desk.draft.publish(saved, report.build, report.as_json())
    finally:
        shutil.rmtree(saved, ignore_errors=True)
    return report


def save(store: DraftStore, *, former: BuildReport, check: bool, directory: Path) -> BuildReport:
    """Judge a draft and write it and its text index to a new directory, as a build has them; return what it holds."""
    findings = judge_draft(store) if check else {}
    report = account_for(store, former, findings)
    directory.mkdir()
    store.save_to(directory / ENGINE)
    index_texts(store, directory)
    return report
