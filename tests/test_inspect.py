"""``profstd inspect``: what the reader saw of a page, as a picture and in words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from profstd.document import UnreadableError
from profstd.parse import ReadSettings
from profstd.parse.inspection import inspect
from profstd.parse.settings import Engine

SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.pdf"
PAGE = 4  # the page on which the first card begins


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_page_is_shown_with_its_values(engine: Engine) -> None:
    found = inspect(SAMPLE, PAGE, ReadSettings(engine=engine))
    assert found.values["/professions/0/code"] == "1234-2-001"
    assert found.values["/professions/0/other_names/0/name"] == "Директор фирмы"
    assert not any(path.endswith("/number") for path in found.values)
    assert found.unplaced == ()
    image = Image.open(io.BytesIO(found.picture))
    assert image.size == (1191, 1684)  # A4 at 144 dots an inch
    data = image.convert("RGB").tobytes()
    colours = set(zip(data[::3], data[1::3], data[2::3], strict=True))
    # A border of a cell, and the greenish ground of a label.
    assert (25, 90, 200) in colours
    assert any(green > red + 40 and green > blue + 30 for red, green, blue in colours)


@pytest.mark.parametrize(
    ("name", "page", "reason"),
    [
        ("standard-J63991088.pdf", 5000, "no_page"),
        ("standard-J63991088.txt", 1, "no_pages"),
        ("standard-J63991088.pdf.none", 1, "missing"),
    ],
)
def test_what_cannot_be_shown_is_told(name: str, page: int, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        inspect(SAMPLE.with_name(name), page)
    assert caught.value.reason == reason
