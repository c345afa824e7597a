"""What is no form, locked, cut off or hostile: a clear error or nothing read, and nothing written."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import zipfile
import zlib
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


def drawn_pdf(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """Return a PDF of one page that draws what a packed stream says."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def lines_pdf(count: int) -> bytes:
    strokes = b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 790, n % 590, n % 790 + 5) for n in range(count))
    return drawn_pdf(zlib.compress(strokes))


def letters_pdf(lines: int) -> bytes:
    """Return a page of lines of a thousand characters each."""
    return drawn_pdf(zlib.compress(b"BT/F 8 Tf 10 790 Td" + b"(%s)Tj 0 -10 Td " % (b"a" * 1_000) * lines + b"ET"))


def bomb_pdf() -> bytes:
    packer = zlib.compressobj(9)
    return drawn_pdf(b"".join(packer.compress(b" " * 1_000_000) for _ in range(30)) + packer.flush())


def rewritten(change: Callable[[bytes], bytes], name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a workbook of one cell with one of its parts changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return buffer.getvalue()


def torn_workbook() -> bytes:
    """Return a workbook whose packed sheet has one block of an unknown type."""
    packed = bytearray(workbook())
    with zipfile.ZipFile(BytesIO(packed)) as package:
        sheet = package.getinfo("xl/worksheets/sheet1.xml")
    name, extra = int.from_bytes(packed[sheet.header_offset + 26 : sheet.header_offset + 28], "little"), 30
    packed[sheet.header_offset + extra + name] = 0xFF
    return bytes(packed)


def far_workbook() -> bytes:
    book, buffer = openpyxl.Workbook(), BytesIO()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    book.save(buffer)
    return buffer.getvalue()


def laughing_workbook() -> bytes:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8))
    document_type = f'<!DOCTYPE x [<!ENTITY a "haha">{entities}]><worksheet'.encode()
    return rewritten(lambda part: part.replace(b"<worksheet", document_type, 1))


BOMB = "0" * 40_000_000
JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}")
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
    "torn.xlsx": (torn_workbook, "no sound workbook"),
    "cut.xlsx": (lambda: workbook()[:900], "cut off or damaged"),
    "plain.zip": (lambda: _plain_zip(), "no .xlsx workbook"),
    "bomb.pdf": (bomb_pdf, "looks like a bomb"),
    "twice.pdf": (lambda: drawn_pdf(b"x", b"[/FlateDecode/FlateDecode]"), "looks like a bomb"),
    "lines.pdf": (lambda: lines_pdf(10_001), "holds 10,001 objects"),
    "letters.pdf": (lambda: letters_pdf(50), "holds 50,0[0-9]{2} characters"),
    "far.xlsx": (far_workbook, "reaches to row 1,048,576, column 16,384"),
    "laughs.xlsx": (laughing_workbook, "no sound workbook"),
    "parts.xlsx": (lambda: workbook(**{f"xl/{n}.bin": "" for n in range(5_001)}), "zip bomb"),
    "photo.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is a picture"),
    "latin.txt": (lambda: "d\u00e9j\u00e0 vu \u00df\u00fc".encode("latin-1"), "Save the text as UTF-8"),
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
    with pytest.raises(AcquisitionError, match=words) as refusal:
        read_form(path)
    assert JAPANESE.search(str(refusal.value))
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


def test_what_a_sheet_says_of_its_own_size_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(rewritten(lambda part: re.sub(b'ref="A1[^"]*"', b'ref="A1:XFD1048576"', part, count=1)))
    assert [cell.text for cell in read_workbook(path).pages[0]] == ["x"]


@pytest.mark.parametrize(
    ("name", "make", "route"),
    [("text.pdf", lambda: b"hello\n", "text"), ("pdf.xlsx", lambda: pdf(1), "pdf"), ("book.txt", workbook, "workbook")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_suffix_changes_nothing(name: str, make: Callable[[], bytes], route: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert read_form(path).route == route


def test_a_link_is_followed_to_its_file_and_to_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("hello\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "paper.txt")
    (tmp_path / "astray").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert read_form(tmp_path / "link").route == "text"
    for name, words in (
        ("astray", "Cannot read"), ("round", "Cannot read"), ("folder", "is a folder"), ("pipe", "is a pipe"),
        ("nowhere", "No such file"), ("a\0b", "Cannot read"), ("x" * 300, "Cannot read"),
    ):  # fmt: skip
        with pytest.raises(AcquisitionError, match=words):
            read_form(tmp_path / name)
    with pytest.raises(AcquisitionError, match="is a device"):
        read_form(Path("/dev/zero"))


MEMORY = 3_000_000_000
READ_ALL = """
import sys
from pathlib import Path
from hyoka_kg.errors import HyokaError
from hyoka_kg.pipeline.reading import read_form
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        reading = read_form(path)
        print(path.name, "read", reading.form or "nothing")
    except HyokaError:
        print(path.name, "refused")
"""


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def test_everything_hostile_is_refused_by_one_process_of_bounded_memory(tmp_path: Path) -> None:
    """The limit only ends a run that would never end: nothing is said of how long a refusal takes."""
    for name, (make, _) in REFUSED.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", READ_ALL, str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, preexec_fn=_limit_memory
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"{name} refused" for name in sorted(REFUSED)], done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(REFUSED)
