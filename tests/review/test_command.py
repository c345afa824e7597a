"""`hyoka review` writes one page, or says what is missing and writes nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import HyokaError


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["review", *map(str, arguments)], catch_exceptions=False)
    return result.output


def test_an_unknown_paper_without_claims_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("何か\n", encoding="utf-8")
    with pytest.raises(HyokaError, match="none of the transcribed papers"):
        run(tmp_path / "paper.txt", "-o", tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_claims_about_another_document_are_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("何か\n", encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text('{"document": "other", "subject": "a", "field": "b"}\n', encoding="utf-8")
    with pytest.raises(HyokaError, match="no claim about 'paper'"):
        run(tmp_path / "paper.txt", "--claims", tmp_path / "claims.jsonl", "-o", tmp_path / "page.html")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("何か\n", encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text('{"subject": "a", "field": "b"}\n{"subject"\n', encoding="utf-8")
    with pytest.raises(HyokaError, match=r"claims\.jsonl, row 2"):
        run(tmp_path / "paper.txt", "--claims", tmp_path / "claims.jsonl", "-o", tmp_path / "page.html")


def test_a_broken_pdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 truncated")
    with pytest.raises(HyokaError, match="cannot be opened as a PDF"):
        run(tmp_path / "paper.pdf", "-o", tmp_path / "page.html")


def test_words_of_a_paper_cannot_become_markup(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    (tmp_path / "paper.txt").write_text(evil + "\n", encoding="utf-8")
    claims = {"subject": evil, "field": evil, "printed": evil, "note": evil, "issues": [evil], "where": {"text": "1"}}
    (tmp_path / "claims.jsonl").write_text(json.dumps(claims) + "\n", encoding="utf-8")
    run(tmp_path / "paper.txt", "--claims", tmp_path / "claims.jsonl", "-o", tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(re.findall("<script", html)) == 1
    assert "<img" not in html


@pytest.mark.source
def test_both_papers_have_a_page(source_papers: list[Path], tmp_path: Path) -> None:
    claims = []
    for paper in source_papers:
        run(paper, "-o", tmp_path / "page.html")
        html = (tmp_path / "page.html").read_text(encoding="utf-8")
        claims.append(html.count("<article id="))
        assert "その場所の文字と違う" not in html
        targets = set(re.findall(r'href="#([^"]+)"', html))
        assert targets <= set(re.findall(r'id="([^"]+)"', html))
    assert min(claims) > 250
