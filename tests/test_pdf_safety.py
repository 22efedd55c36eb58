"""PDF files that cannot be read, in part or at all, and hostile ones."""

from __future__ import annotations

import io
import re
import threading
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from PIL import Image

from pdf_writer import Writer, image, lines, table, text
from profstd.document import Document, UnreadableError
from profstd.parse import ReadSettings, load_bytes
from profstd.parse.inspection import inspect
from profstd.parse.readers._pdf.pdfium import File
from profstd.parse.readers._pdf.unread import is_rubbish
from profstd.parse.settings import Engine

SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.pdf"
WORDS = [f"Professional standard of the welder and of others, line {at}" for at in range(20)]
CURVES = "0 0 m " + "9 9 20 20 30 9 c S 0 0 m " * 900 + "S\n"
RUBBISH = [f"\\0{at % 8 + 20}!4<@9AB64A<9 ;4<E9AB7B B6A9 \\017 >64?<H<>4J<<" for at in range(20)]


def one(content: str, **page: str) -> bytes:
    writer = Writer()
    writer.page(content, **page)
    return writer.made()


def scans(*contents: str, ocr: str = "") -> bytes:
    """Pages covered by a picture, and pages of text where `contents` has it."""
    writer = Writer()
    name = f"/XObject<</P {image(writer)} 0 R>>"
    for content in contents:
        picture = "" if content else "q 560 0 0 800 10 10 cm /P Do Q\n"
        writer.page(content or picture + ocr, resources=name)
    return writer.made()


def load(data: bytes, engine: Engine = "pdfium", **limits: float) -> Document:
    document = load_bytes(data, "a.pdf", settings=ReadSettings(engine=engine, **limits))  # type: ignore[arg-type]
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters
    return document


def skipped(document: Document) -> list[tuple[str, int | None]]:
    assert document.account
    return [(part.kind, part.span.page) for part in document.account.not_assessed]


def printed(document: Document) -> str:
    assert document.account
    return " ".join(place.text for place in document.account.places)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no PDF at all", "not_pdf"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (scans("", ""), "no_text_layer"),
        (one(CURVES), "text_as_curves"),
        (one(lines(RUBBISH)), "unreadable_text"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str, engine: Engine) -> None:
    with pytest.raises(UnreadableError) as caught:
        load(data, engine)
    assert caught.value.reason == reason


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_pages_that_cannot_be_read_are_told(engine: Engine) -> None:
    good = lines(WORDS)
    document = load(scans(good, "", "", "", good, "", CURVES, lines(RUBBISH)), engine)
    told = {item.kind: item.arguments.get("pages") for item in document.observations}
    assert (
        told.items()
        >= {
            "no_text_layer": "2–4, 6",
            "text_as_curves": "7",
            "unreadable_text": "8",
        }.items()
    )
    assert skipped(document) == [
        *(("scan", page) for page in (2, 3, 4, 6)), ("text_as_curves", 7), ("unreadable_text", 8)
    ]  # fmt: skip
    assert WORDS[19] in printed(document)
    assert "4<@9AB" not in printed(document)


@pytest.mark.parametrize(
    ("words", "rubbish"),
    [
        ("3W07130101 Электромонтер, ЕТКС, § 42: КЦ-4Г, 63.1, ISO/IEC 27001:2022, 1С:ERP", False),
        ("0,4–10 кВ ВЛ-110кВ №306-ө-м (СТ РК 1.2-2021) name@example.kz 8(7172)00-00-00", False),
        ("Íàèìåíîâàíèå ïðîôåññèè Ñâàðùèê òðåòüåãî ðàçðÿäà", True),
        ("!4<@9AB64A<9 CDBH9EE<<: -?9>FDB@BAF9D CB D9@BAFG", True),
        ("\ue012\ue013\ue014\ue015 \ue012\ue013 \ue012\ue013\ue014\ue015", True),
    ],
)
def test_rubbish_is_known(words: str, rubbish: bool) -> None:
    assert is_rubbish([words] * 5) is rubbish


FILES = Path(__file__).parent / "cases" / "pdf"
PROGRAMS = ["chromium", "fpdf2", "libreoffice", "open", "typst", "wkhtmltopdf"]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_what_programs_write_is_read_and_told_of_without_its_codes(
    name: str, engine: Engine
) -> None:
    data = (FILES / f"{name}.pdf").read_bytes()
    document = load(data, engine)
    assert not {"unreadable_text", "text_as_curves"} & {item.kind for item in document.observations}
    assert skipped(document) == []
    if engine == "pdfplumber" and name == "chromium":
        return  # pdfminer guesses at the letters of its fonts, and is right
    blind = re.sub(rb"/ToUnicode \d+ \d+ R", lambda found: b" " * len(found[0]), data)
    if blind != data:
        with pytest.raises(UnreadableError, match="unreadable_text"):
            load(blind, engine)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_text_drawn_as_curves_by_a_program_is_told(engine: Engine) -> None:
    with pytest.raises(UnreadableError, match="text_as_curves"):
        load((FILES / "curves.pdf").read_bytes(), engine)


def test_filled_in_fields_are_read() -> None:
    writer = Writer(catalog="/AcroForm<</Fields[]>>")
    shown = writer.stream(
        text("Filled in", 2, 4), f"/Type/XObject/Subtype/Form/BBox[0 0 200 20]"
        f"/Resources<</Font<</F {writer.font} 0 R>>>>",
    )  # fmt: skip
    field = writer.add(
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Filled in)/F 4/Rect[60 100 260 120]"
        f"/AP<</N {shown} 0 R>>>>"
    )
    writer.page(lines(WORDS), entries=f"/Annots[{field} 0 R]")
    data = writer.made()
    assert "Filled in" in printed(load(data))
    assert ("form_field", 1) in skipped(load(data, "pdfplumber"))


def test_text_off_the_page_is_told() -> None:
    document = load(one(lines(WORDS) + text("secret", 2000, 2000)))
    told = {item.kind: item.arguments for item in document.observations}
    assert told["hidden_text"] == {"text": "secret"}


def test_an_open_page_is_given_back_before_its_file() -> None:
    """PDFium crashes where a page outlives its file."""
    for _ in range(20):
        with closing(File(SAMPLE.read_bytes(), "a.pdf")) as file, suppress(RuntimeError):
            for page in file.pages():
                raise RuntimeError(page)
        file.close()


def test_threads_read_side_by_side() -> None:
    data = one(lines(WORDS))
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(printed(load(data)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def again(times: int) -> bytes:
    writer = Writer()
    writer.again(writer.page(lines(WORDS)), times - 1)
    return writer.made()


def loop() -> bytes:
    """A page tree that holds itself."""
    writer = Writer()
    page = writer.page(lines(WORDS))
    writer.add(f"<</Type/Pages/Kids[{page} 0 R 2 0 R 2 0 R]/Count 3>>", at=2)
    return writer.made()


def forms(deep: int, times: int = 1) -> bytes:
    """Forms that each draw the next one so many times; the last one draws itself."""
    writer = Writer()
    head = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {} 0 R>>>>"
    inner = writer.font + 1
    for _ in range(deep):
        inner = writer.stream("/X Do " * times, head.format(inner))
    writer.page(lines(WORDS) + "/X Do", resources=f"/XObject<</X {inner} 0 R>>")
    return writer.made()


def crowd(count: int) -> bytes:
    return one("".join(text("w", at % 500, at // 500) for at in range(count)))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a page tree that holds itself": loop,
    "forms within forms": lambda: forms(8),
    "many areas": lambda: one(lines(WORDS) + "9 9 20 20 re f\n" * 200_000),
    "a large grid": lambda: one(lines(WORDS) + table(1, 1, 0.59, 0.8, 300, 300)),
    "a bomb": lambda: one(" " * 50_000_000 + lines(WORDS)),
    "a huge page": lambda: one(lines(WORDS), box="0 0 1e9 1e9"),
    "a page larger than numbers": lambda: one(lines(WORDS), box="-1e38 -1e38 1e38 1e38"),
    "a page without area": lambda: one(lines(WORDS), box="0 0 0 0"),
    "a page upside down": lambda: one(lines(WORDS), box="595 842 0 0"),
    "a page without a box": lambda: one(lines(WORDS), box=""),
    "an odd turn": lambda: one(lines(WORDS), entries="/Rotate 45"),
    "letters without a size": lambda: one("1e-38 0 0 1e-38 0 0 cm " + lines(WORDS)),
    "letters of any size": lambda: one("1e30 0 0 1e38 0 0 cm " + lines(WORDS)),
    "a million letters": lambda: one(text("w" * 1_000_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read(name: str) -> None:
    with suppress(UnreadableError):
        load(HOSTILE[name](), time_limit=20)


def test_limits_hold() -> None:
    with pytest.raises(UnreadableError, match="too_many_pages"):
        load(again(30), max_pages=29)
    with pytest.raises(UnreadableError, match="slow"):
        load(again(30), time_limit=0.001)
    with pytest.raises(UnreadableError, match="unsafe"):
        load(crowd(70_000))
    # PDFium draws each form anew and cannot be stopped: two to the thirtieth times.
    for deep in (1, 30):
        with pytest.raises(UnreadableError, match="unsafe"):
            load(forms(deep, times=2))
    with pytest.raises(UnreadableError, match="unpacked_too_large"):
        load(one(" " * 30_000_000), max_unpacked_size=20_000_000)
    writer = Writer()
    twice = zlib.compress(zlib.compress(b" " * 30_000_000, 9))
    writer.stream(twice, "/Filter[/FlateDecode/FlateDecode]", packed=False)
    writer.page(lines(WORDS))
    with pytest.raises(UnreadableError, match="unpacked_too_large"):
        load(writer.made(), max_unpacked_size=20_000_000)


@pytest.mark.parametrize(
    "entries", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox[40 60 500 800]",
                "/Rotate 90/CropBox[40 60 500 800]"],
)  # fmt: skip
def test_the_cells_of_a_turned_or_cut_page_are_where_they_are_drawn(
    entries: str, tmp_path: Path
) -> None:
    """Around every cell that is shown in blue the page has the black line of its border."""
    path = tmp_path / "a.pdf"
    path.write_bytes(one("2 w " + table(60, 200, 90, 40, 4, 4) + lines(WORDS), entries=entries))
    shown = Image.open(io.BytesIO(inspect(path, 1).picture)).convert("RGB")
    blue = [
        (x, y)
        for x in range(0, shown.width)
        for y in range(0, shown.height, 7)
        if shown.getpixel((x, y)) == (25, 90, 200)
    ]
    assert len(blue) > 200
    dark = 0
    for x, y in blue:
        near = [(x + dx, y + dy) for dx in range(-4, 5) for dy in range(-4, 5)]
        dark += any(
            0 <= i < shown.width and 0 <= j < shown.height and sum(shown.getpixel((i, j))) < 90  # type: ignore[arg-type]
            for i, j in near
        )
    assert dark > 0.9 * len(blue)
