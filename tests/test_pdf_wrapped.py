"""PDF files that are locked, wrapped round others, filled in, or of an odd size."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf_writer import Writer, lines, text
from profstd.document import Document, UnreadableError
from profstd.parse import ReadSettings, load, load_bytes
from profstd.parse.settings import Engine

FILES = Path(__file__).parent / "cases" / "pdf"
WORDS = [f"Professional standard of the welder and of others, line {at}" for at in range(6)]
ENGINES: list[Engine] = ["pdfium", "pdfplumber"]


def read(document: Document) -> str:
    assert document.account
    return " ".join(place.text for place in document.account.places)


def parts(document: Document) -> list[str]:
    assert document.account
    return [part.kind for part in document.account.not_assessed]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", sorted(FILES.glob("locked-*.pdf")), ids=lambda path: path.stem)
def test_a_lock_that_needs_no_password_does_not_matter(path: Path, engine: Engine) -> None:
    settings = ReadSettings(engine=engine)
    locked, free = load(path, settings), load(FILES / "open.pdf", settings)
    assert read(locked) == read(free)
    assert "Профессиональный ста" in read(free)
    assert locked.account
    assert free.account
    assert locked.account.characters == free.account.characters
    assert parts(locked) == []
    assert [item.kind for item in locked.observations] == [item.kind for item in free.observations]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", sorted(FILES.glob("password-*.pdf")), ids=lambda path: path.stem)
def test_a_password_is_asked_for(path: Path, engine: Engine) -> None:
    with pytest.raises(UnreadableError, match="encrypted"):
        load(path, ReadSettings(engine=engine))


def wrapper(*contents: str, catalog: str = "", note: str = "") -> bytes:
    """A file with another one embedded in it (ISO 32000-1, 7.11.4)."""
    writer = Writer()
    inner = writer.stream(b"%PDF-1.7 the other file", "/Type/EmbeddedFile")
    named = writer.add(f"<</Type/Filespec/F(other.pdf)/EF<</F {inner} 0 R>>>>")
    writer.catalog = catalog.format(file=named)
    entries = ""
    if note:
        entries = f"/Annots[{writer.add(note.format(file=named))} 0 R]"
    for content in contents:
        writer.page(content, entries=entries)
    return writer.made()


NAMED = "/Names<</EmbeddedFiles<</Names[(other.pdf) {file} 0 R]>>>>"
COVER = lines(["For the best experience, open this PDF portfolio in", "Acrobat X or later."])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "data",
    [
        wrapper(lines(WORDS), catalog=NAMED),
        wrapper(
            lines(WORDS),
            note="<</Type/Annot/Subtype/FileAttachment/Rect[9 9 29 29]/FS {file} 0 R>>",
        ),
        wrapper(lines(WORDS), catalog=NAMED + "/Collection<</View/D>>"),
    ],
    ids=["embedded", "attached to a page", "a portfolio with a cover"],
)
def test_embedded_files_are_told(data: bytes, engine: Engine) -> None:
    document = load_bytes(data, "a.pdf", settings=ReadSettings(engine=engine))
    assert WORDS[5] in read(document)
    assert parts(document) == ["embedded_file"]
    assert ("not_assessed", "embedded_file") in {
        (item.kind, item.arguments.get("part")) for item in document.observations
    }


def xfa(content: str) -> bytes:
    """A form whose looks only Adobe's programs know (12.7.8)."""
    writer = Writer()
    form = writer.stream("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    writer.catalog = f"/NeedsRendering true/AcroForm<</Fields[]/XFA {form} 0 R>>"
    writer.page(content)
    return writer.made()


WAIT = lines(["Please wait...", "If this message is not eventually replaced, upgrade Adobe Reader"])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (wrapper(COVER, catalog=NAMED), "portfolio"),
        (wrapper("", catalog=NAMED + "/Collection<<>>"), "portfolio"),
        (xfa(WAIT), "xfa"),
        (xfa(""), "xfa"),
    ],
)
def test_a_file_that_is_only_a_wrapper_is_told(data: bytes, reason: str, engine: Engine) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, "a.pdf", settings=ReadSettings(engine=engine))
    assert caught.value.reason == reason


@pytest.mark.parametrize("engine", ENGINES)
def test_a_form_that_has_its_page_is_read(engine: Engine) -> None:
    assert WORDS[5] in read(
        load_bytes(xfa(lines(WORDS)), "a.pdf", settings=ReadSettings(engine=engine))
    )


def box_of(data: bytes, words: str, engine: Engine) -> tuple[float, ...]:
    """Where some words stand, in points from the top left corner."""
    document = load_bytes(data, "a.pdf", settings=ReadSettings(engine=engine))
    assert document.account
    place = next(place for place in document.account.places if words in place.text)
    assert place.span.box
    return place.span.box


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("entries", "box", "left", "base"),
    [
        ("", "0 0 595 842", 60, 842 - 700),
        ("/CropBox[40 60 500 800]", "0 0 595 842", 20, 100),
        ("", "-100 -100 495 742", 160, 42),
        ("/UserUnit 2", "0 0 595 842", 120, 284),
        ("/UserUnit 1.5/CropBox[40 60 500 800]", "0 0 595 842", 30, 150),
        ("", "0 0 14400 14400", 60, 13_700),
        ("/CropBox[0 0 9000 9000]", "0 0 595 842", 60, 142),
    ],
)
def test_places_are_points_of_what_is_shown(
    entries: str, box: str, left: float, base: float, engine: Engine
) -> None:
    writer = Writer()
    writer.page(text("A heading", 60, 700), entries=entries, box=box)
    x0, top, x1, bottom = box_of(writer.made(), "A heading", engine)
    assert x0 == pytest.approx(left, abs=2)
    assert top < base < bottom
    scale = 2 if "Unit 2" in entries else 1.5 if "Unit" in entries else 1
    assert bottom - top < 16 * scale
    assert 40 * scale < x1 - x0 < 60 * scale


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 595 0", "5 5 5 5", "0 0 595 0.001", "0 0 1 1"])
def test_a_page_without_room_loses_no_text(box: str, engine: Engine) -> None:
    writer = Writer()
    writer.page(lines(WORDS), box=box)
    document = load_bytes(writer.made(), "a.pdf", settings=ReadSettings(engine=engine))
    hidden = [item.arguments["text"] for item in document.observations if "text" in item.arguments]
    assert "line 5" in " ".join([read(document), *hidden])
