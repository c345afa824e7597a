"""What is no form, locked, cut off or hostile: a clear error or nothing read, and nothing written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import AcquisitionError
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.sources.raw.workbook import read_workbook


def pdf(pages: int, text: str = "x", password: str | None = None) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    for _ in range(pages):
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def blank_pdf() -> bytes:
    document, buffer = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(200, 200)
    document.save(buffer)
    return buffer.getvalue()


def workbook(**more: str) -> bytes:
    book, buffer = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = "x"
    book.save(buffer)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in more.items():
            package.writestr(name, content)
    return buffer.getvalue()


BOMB = "0" * 40_000_000
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b"\n\n \n", "holds no text"),
    "sjis.txt": (lambda: "事業番号 0036".encode("cp932"), "iconv -f CP932"),
    "nul.txt": (lambda: b"abc\0def", "NUL"),
    "locked.pdf": (lambda: pdf(1, "x", "secret"), "locked with a password"),
    "scan.pdf": (blank_pdf, "no text layer"),
    "long.pdf": (lambda: pdf(500), "500 pages"),
    "cut.pdf": (lambda: pdf(3)[:400], "cut off or damaged"),
    "bomb.xlsx": (lambda: workbook(**{"xl/media/bomb.bin": BOMB}), "zip bomb"),
    "cut.xlsx": (lambda: workbook()[:900], "cut off or damaged"),
    "plain.zip": (lambda: _plain_zip(), "no .xlsx workbook"),
    "old.xls": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "compound file"),
}


def _plain_zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "a")
    return buffer.getvalue()


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_bad_input_is_refused_with_the_way_out(name: str, tmp_path: Path) -> None:
    make, words = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(AcquisitionError, match=words):
        read_form(path)
    result = CliRunner().invoke(app, ["transcribe", str(path), "-o", str(tmp_path / "draft")])
    assert result.exit_code != 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("make", [lambda: b"hello\n", lambda: pdf(1), workbook], ids=["text", "pdf", "workbook"])
def test_another_kind_of_paper_reads_as_nothing(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(make())
    reading = read_form(path)
    assert (reading.form, reading.claims) == ("", ())
    assert [issue.code for issue in reading.issues] == ["unknown_form"]


def test_links_macros_and_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 36
    book.active["A1"].number_format = "0000"
    book.active["B1"] = "=A1+1"
    hidden = book.create_sheet("hidden")
    hidden["A1"], hidden.sheet_state = "secret", "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", "macro")
        package.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    grid = read_workbook(path)
    assert {code for code, _ in grid.issues} == {"macros", "external_links", "hidden_sheet", "formula_without_value"}
    assert [(cell.text, cell.stored) for page in grid.pages for cell in page] == [("0036", "36")]
