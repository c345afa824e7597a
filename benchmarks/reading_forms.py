"""Read a PDF of many pages of forms: pages read per second, and the peak memory of the whole process."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import pypdfium2

from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.sources.raw.pdf import read_pdf
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

_KILOBYTES_A_MEGABYTE = 1024


def write_pages(folder: Path, count: int) -> tuple[Path, Path]:
    """Write one synthetic review sheet as PDF, and its pages over and over as one PDF; return both."""
    synthesize(Request(11, 1, 2018, 2018, Kind.REVIEW_SHEET, Route.PDF), folder / "out")
    sheet = next((folder / "out" / "documents").glob("*.pdf"))
    source, book = pypdfium2.PdfDocument(sheet), pypdfium2.PdfDocument.new()
    for place in range(count):
        book.import_pages(source, [place % len(source)])
    path = folder / "book.pdf"
    book.save(path)
    return sheet, path


def main() -> None:
    """Print pages a second for the cells of many pages and for one whole sheet, and the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        sheet, book = write_pages(Path(folder), pages)
        before = _peak()
        print(f"peak memory before reading: {before:,.0f} MB")
        begun, cpu = time.perf_counter(), time.process_time()
        cells = sum(len(page) for page in read_pdf(book).pages)
        seconds, busy = time.perf_counter() - begun, time.process_time() - cpu
        print(
            f"cells: {pages} pages, {cells:,} cells in {seconds:.1f} s ({busy:.1f} s of processor): "
            f"{pages / seconds:.1f} pages/s, {pages / busy:.1f} a second of processor"
        )
        print(f"peak memory: {_peak():,.0f} MB")
        cpu = time.process_time()
        reading = read_form(sheet)
        busy = time.process_time() - cpu
        print(f"whole sheet: {reading.pages} pages, {len(reading.claims)} claims, {reading.pages / busy:.1f} pages/s")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES_A_MEGABYTE


if __name__ == "__main__":
    main()
