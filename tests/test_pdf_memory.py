"""How much memory a PDF takes: one page at a time, and the text of all."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from pdf_writer import Writer, table, text
from profstd.parse import load_bytes

ROWS, COLUMNS = 12, 3
FEW, MANY = 20, 100
A_TEXT = 2_000  # bytes that a text of a cell may take, with its place


def _made(pages: int) -> bytes:
    """A table that goes on over pages, with some curves drawn on each."""
    writer = Writer()
    drawn = table(60, 60, 150, 50, ROWS, COLUMNS) + "0 0 m 9 9 20 20 30 9 c S\n" * 150
    for page in range(pages):
        cells = (
            text(f"Work {row} of {page}", x=64 + 150 * column, y=80 + 50 * row)
            for row in range(ROWS)
            for column in range(COLUMNS)
        )
        writer.page(drawn + "".join(cells))
    return writer.made()


def _peak(pages: int) -> int:
    data = _made(pages)
    tracemalloc.start()
    try:
        load_bytes(data, "a.pdf")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_with_the_text_alone() -> None:
    load_bytes(_made(1), "a.pdf")  # what is loaded once
    assert _peak(MANY) - _peak(FEW) < (MANY - FEW) * ROWS * COLUMNS * A_TEXT


def test_one_page_is_open_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    seen: list[int] = []

    def count(name: str, step: int) -> None:
        function = getattr(pdfium, name)

        def counted(*arguments: Any) -> Any:
            opened.append(step)
            seen.append(sum(opened))
            return function(*arguments)

        monkeypatch.setattr(pdfium, name, counted)

    count("FPDF_LoadPage", 1)
    count("FPDF_ClosePage", -1)
    load_bytes(_made(FEW), "a.pdf")
    assert len(seen) == 2 * FEW
    assert set(seen) == {0, 1}
