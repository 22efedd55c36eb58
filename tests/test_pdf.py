"""Reading PDF: cells from lines and from columns, tables and words across page ends."""

from __future__ import annotations

import pytest

from pdf_pages import Sheet, write
from profstd.document import Reading
from profstd.model import Source
from profstd.parse import ReadSettings
from profstd.parse.readers import pdf
from profstd.parse.settings import Engine

XS = (50.0, 200.0, 500.0)
ENGINES: tuple[Engine, ...] = ("pdfium", "pdfplumber")
each_engine = pytest.mark.parametrize("engine", ENGINES)


def _read(data: bytes, engine: Engine = "pdfium") -> Reading:
    source = Source(file="a.pdf", format="pdf", sha256="0" * 64)
    return pdf.read(data, source, ReadSettings(engine=engine))


def _shown(data: bytes, engine: Engine = "pdfium") -> list[str]:
    """The blocks: cells parted by " | ", texts of a cell by " / ", furniture in brackets."""
    shown = []
    for block in _read(data, engine).blocks:
        cells = []
        for cell in block.cells:
            text = "".join(piece.text + piece.seam for piece in cell)
            cells.append(text.strip().replace("\n", " / "))
        line = " | ".join(cells)
        shown.append(f"({line})" if block.kind == "furniture" else line)
    return shown


def _ladder(sheet: Sheet) -> Sheet:
    """A table whose first column spans two rows."""
    sheet.rule(50, 100, 500, 100).rule(200, 140, 500, 140).rule(50, 180, 500, 180)
    for x in XS:
        sheet.rule(x, 100, x, 180)
    sheet.text(55, 115, "Функция").text(205, 115, "Умения: чинить")
    return sheet.text(205, 155, "Знания: схем")


@each_engine
def test_cells_between_lines(engine: Engine) -> None:
    sheet = Sheet().text(50, 60, "Глава 3. Карточки").grid(XS, (100, 140, 180))
    sheet.text(55, 115, "Код группы:").text(205, 115, "2511-1")
    sheet.text(55, 155, "Название:").text(205, 155, "Связист")
    assert _shown(write(sheet), engine) == [
        "Глава 3. Карточки",
        "Код группы: | 2511-1",
        "Название: | Связист",
    ]
    block = _read(write(sheet), engine).blocks[1]
    span = block.cells[1][0].span
    assert (span.page, span.table, span.row, span.cell) == (1, 1, 1, 2)
    assert span.box
    assert span.box[0] == pytest.approx(205)
    assert span.box[2] == pytest.approx(235, abs=2)


@each_engine
def test_a_merged_cell_keeps_the_columns(engine: Engine) -> None:
    expected = ["Функция | Умения: чинить", " | Знания: схем"]
    assert _shown(write(_ladder(Sheet())), engine) == expected


@each_engine
def test_lines_drawn_as_thin_areas_and_dashes(engine: Engine) -> None:
    sheet = Sheet()
    for y in (100, 140, 180):
        sheet.bar(50, y, 500, y + 0.7)
    for x in XS:
        for y in range(100, 180, 6):
            sheet.rule(x, y, x, y + 3)
    sheet.text(55, 115, "Код:").text(205, 115, "7")
    sheet.text(55, 155, "Имя:").text(205, 155, "Связист")
    assert _shown(write(sheet), engine) == ["Код: | 7", "Имя: | Связист"]


@each_engine
def test_missing_outer_borders_are_supplied(engine: Engine) -> None:
    sheet = Sheet().rule(50, 140, 500, 140).rule(200, 100, 200, 180)
    sheet.text(55, 115, "Код:").text(205, 115, "7")
    sheet.text(55, 155, "Имя:").text(205, 155, "Связист")
    assert _shown(write(sheet), engine) == ["Код: | 7", "Имя: | Связист"]


@each_engine
def test_columns_without_lines(engine: Engine) -> None:
    sheet = Sheet()
    for number, (label, value) in enumerate(
        (("Код группы:", "2511-1"), ("Название:", "Связист"), ("Уровень:", "6"))
    ):
        sheet.text(50, 100 + 30 * number, label).text(250, 100 + 30 * number, value)
    assert _shown(write(sheet), engine) == [
        "Код группы: | 2511-1",
        "Название: | Связист",
        "Уровень: | 6",
    ]


@each_engine
def test_a_row_that_a_page_end_cuts_goes_on_column_by_column(engine: Engine) -> None:
    """The lines are left open where the page ends."""
    first, second = Sheet(), Sheet()
    for sheet, top, bottom in ((first, 700, 790), (second, 50, 140)):
        for x in XS:
            sheet.rule(x, top, x, bottom)
    first.rule(50, 700, 500, 700)
    second.rule(50, 140, 500, 140)
    first.lines(55, 715, ["Функция 1: сбор", "сведений и", "ведение", "учета", "всех", "важных"])
    first.lines(
        205, 715, ["1) первое;", "2) второе;", "3) третье;", "4) пятое;", "5) шестое;", "6) и"]
    )
    second.lines(55, 65, ["дел"]).lines(205, 65, ["последнее."])
    (row,) = _shown(write(first, second), engine)
    label, _, value = row.partition(" | ")
    assert label.endswith("важных / дел")
    assert value.endswith("6) и / последнее.")


@each_engine
def test_heads_and_page_numbers_are_furniture(engine: Engine) -> None:
    sheets = [
        Sheet().text(200, 30, "Стандарт «Связь»").text(290, 820, str(number))
        .lines(50, 100, [f"Текст страницы {word}."])
        for number, word in enumerate(("один", "два", "три", "четыре"), start=1)
    ]  # fmt: skip
    shown = _shown(write(*sheets), engine)
    assert [line for line in shown if not line.startswith("(")] == [
        f"Текст страницы {word}." for word in ("один", "два", "три", "четыре")
    ]
    assert shown.count("(Стандарт «Связь»)") == 4


@each_engine
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(engine: Engine, turn: int) -> None:
    """What is level on the page as it is shown is read as level text."""
    width, height = (842.0, 595.0) if turn % 180 else (595.0, 842.0)
    matrix, x, y = {
        0: ("1 0 0 1", 50, 100),
        90: ("0 1 -1 0", 100, height - 50),
        180: ("-1 0 0 -1", width - 50, height - 100),
        270: ("0 -1 1 0", width - 100, 50),
    }[turn]
    sheet = Sheet(width, height, more=f"/Rotate {turn}").text(x, y, "Обычный текст", matrix=matrix)
    (block,) = _read(write(sheet), engine).blocks
    ((piece,),) = block.cells
    assert piece.text == "Обычный текст"
    assert piece.span.box == pytest.approx((50, 91.5, 115, 102.5), abs=1.5)


@each_engine
def test_boxes_are_those_of_the_crop_box(engine: Engine) -> None:
    sheet = Sheet(more="/MediaBox[-100 -50 595 842]/CropBox[20 30 500 800]")
    (block,) = _read(write(sheet.text(50, 100, "Обычный текст")), engine).blocks
    assert block.cells[0][0].span.box == pytest.approx((30, 49.5, 95, 60.5), abs=1.5)


@each_engine
def test_spaced_out_text_is_closed_up(engine: Engine) -> None:
    sheet = Sheet().raw("3 Tc").text(50, 100, "Профессиональный стандарт")
    assert _shown(write(sheet), engine) == ["Профессиональный стандарт"]


@each_engine
def test_every_letter_is_in_a_block(engine: Engine) -> None:
    sheet = _ladder(Sheet()).lines(50, 300, ["Первая строка текста", "и вторая."])
    sheet.text(400, 600, "Сбоку", matrix="0 1 -1 0")
    reading = _read(write(sheet), engine)
    read = "".join(piece.text for block in reading.blocks for cell in block.cells for piece in cell)
    printed = "Функция Умения: чинить Знания: схем Первая строка текста и вторая. Сбоку"
    assert sorted(read.replace(" ", "")) == sorted(printed.replace(" ", ""))
    assert reading.markup >= 0


def _card(sheet: Sheet, heading: str, rows: list[tuple[str, str]], top: float = 50) -> Sheet:
    """A table with a heading across it, above rows of a label and a value."""
    ys = [top + 20 * at for at in range(len(rows) + 2)]
    for y in ys:
        sheet.rule(50, y, 500, y)
    sheet.rule(50, top, 50, ys[-1]).rule(500, top, 500, ys[-1]).rule(200, ys[1], 200, ys[-1])
    sheet.text(150, top + 14, heading)
    for y, (label, value) in zip(ys[1:], rows, strict=False):
        sheet.text(55, y + 14, label).text(205, y + 14, value)
    return sheet


@each_engine
def test_a_heading_printed_again_above_the_rows_of_a_page(engine: Engine) -> None:
    first = _card(Sheet(), "9. Карточка «Связист»:", [("Код:", "7"), ("Имя:", "Связист")], 700)
    second = _card(Sheet(), "9. Карточка «Связист»:", [("Опыт:", "нет"), ("Цель:", "связь")])
    assert _shown(write(first, second), engine) == [
        "9. Карточка «Связист»: | ",
        "Код: | 7",
        "Имя: | Связист",
        "(9. Карточка «Связист»:)",
        "Опыт: | нет",
        "Цель: | связь",
    ]


def test_a_heading_printed_again_among_the_rows() -> None:
    """Some programs cut a table into pieces of which several come to stand on one page."""
    sheet = _card(Sheet(), "9. Карточка «Связист»:", [("Код:", "7"), ("Имя:", "Связист")], 100)
    sheet = _card(sheet, "9. Карточка «Связист»:", [("Опыт:", "нет")], 160)
    assert _shown(write(sheet)) == [
        "9. Карточка «Связист»: | ",
        "Код: | 7",
        "Имя: | Связист",
        "(9. Карточка «Связист»:)",
        "Опыт: | нет",
    ]


@each_engine
def test_a_heading_that_repeats_where_text_begins_is_no_running_head(engine: Engine) -> None:
    heading = "9. Карточка профессии «Связист»:"
    sheets = [Sheet().lines(50, 60, ["Глава 3.", "Перечень профессий."])]
    for rows in ((("Код:", "7"), ("Имя:", "Да")), (("Опыт:", "3"),), (("Цель:", "8"),), ()):
        sheet = Sheet().text(150, 60, heading)
        for number, (label, value) in enumerate(rows):
            sheet.text(50, 90 + 30 * number, label).text(250, 90 + 30 * number, value)
        sheets.append(sheet)
    shown = _shown(write(*sheets), engine)
    assert shown.count(heading) == 1
    assert shown.count(f"({heading})") == 3


@each_engine
def test_a_line_down_that_is_not_drawn_beside_one_row(engine: Engine) -> None:
    sheet = Sheet()
    for y in (100, 140, 180, 220):
        sheet.rule(50, y, 500, y)
    sheet.rule(50, 100, 50, 220).rule(500, 100, 500, 220).rule(200, 140, 200, 220)
    sheet.lines(55, 115, ["Код группы занятий по", "классификатору:"]).text(205, 115, "7")
    for y, label, value in ((155, "Имя:", "Связист"), (195, "Опыт:", "нет")):
        sheet.text(55, y, label).text(205, y, value)
    assert _shown(write(sheet), engine) == [
        "Код группы занятий по классификатору: | 7",
        "Имя: | Связист",
        "Опыт: | нет",
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("квалификационн", "ых", "квалификационных"),  # a word that the form has
        ("регламенттер", "мен", "регламенттер мен"),  # two words that it has side by side
        ("электромонте", "ром", "электромонтером"),  # one that only letters tell
        ("1) электромонте", "ром", "1) электромонтером"),
    ],
)
def test_a_word_too_long_for_its_column(upper: str, lower: str, joined: str) -> None:
    words = ["Электромонтер чинит", "монтером и мастером", "Электромонтажник", "под надзором"]
    sheet = Sheet().lines(300, 400, words)
    right = 55 + 5 * len(upper) + 8
    sheet.grid((50, right, right + 150), (100, 140, 180))
    sheet.lines(55, 115, [upper, lower]).text(right + 5, 115, "7")
    sheet.text(55, 155, "Имя:").text(right + 5, 155, "Связист")
    assert _shown(write(sheet))[0] == f"{joined} | 7"


def test_a_program_prints_a_sign_of_its_own_where_it_cuts_words() -> None:
    sheet = Sheet().lines(50, 100, ["Техник контакт-", "центра чинит электро\u2010", "двигатели."])
    assert _shown(write(sheet)) == ["Техник контакт-центра чинит электродвигатели."]


def test_codes_one_below_the_other_are_paragraphs() -> None:
    lines = ["35 Передача электро", "35.1 Сети и сборы", "35.12 Другие работы"]
    assert _shown(write(Sheet().lines(50, 100, lines))) == lines


def test_a_column_of_text_narrower_than_the_page() -> None:
    wide = "Текст, который идет через всю страницу до самого ее правого края и дальше."
    narrow = [
        "Первая строка узкого столбца и",
        "перенесенная далее затем вновь",
        "продолжение узкого столбца при",
        "четвертой строке с числом: 3-",
        "2025",
    ]
    shown = _shown(write(Sheet().lines(50, 60, [wide, wide]), Sheet().lines(50, 60, narrow)))
    assert shown[-1] == " ".join(narrow[:4]) + "2025"


def test_a_page_number_that_an_engine_parts() -> None:
    """LibreOffice's «- 2 -» is two lines for PDFium now and then."""
    sheets = []
    for number in (1, 2):
        sheet = Sheet().text(280, 30, "- ").text(286, 30, f"{number} -")
        sheets.append(sheet.lines(50, 300, [f"Текст {number}."]))
    shown = _shown(write(*sheets))
    assert [line for line in shown if not line.startswith("(")] == ["Текст 1.", "Текст 2."]
    assert "(- 2 -)" in shown


def test_a_name_that_comes_after_the_page_end() -> None:
    """The row is closed there; the label waits for its name, other cells have begun anew."""
    xs = (50, 200, 300, 500)
    first, second = Sheet().grid(xs, (700, 720)), Sheet().grid((300, 500), (50, 70))
    first.text(55, 713, "Трудовая функция 2:").text(205, 713, "Умения:").text(305, 713, "1) Да.")
    second.rule(50, 50, 300, 50).rule(50, 90, 500, 90).rule(200, 70, 300, 70)
    for x in (50, 200, 300, 500):
        second.rule(x, 50, x, 90)
    second.text(55, 63, "Значения").text(205, 63, "Знания:").text(305, 63, "1) Нет.")
    second.text(205, 83, "Признание:").text(305, 83, "нет")
    assert _shown(write(first, second)) == [
        "Трудовая функция 2: Значения | Умения: | 1) Да.",
        " | Знания: | 1) Нет.",
        " | Признание: | нет",
    ]


def test_a_lone_value_that_comes_after_the_page_end() -> None:
    first, second = Sheet(), Sheet()
    for number, code in enumerate(("Код:", "Имя:", "Опыт:")):
        first.text(50, 660 + 30 * number, code).text(200, 660 + 30 * number, "Место: - ")
        first.text(350, 660 + 30 * number, "Степень: нет")
    first.text(50, 760, "Образование:").text(200, 760, "Место:").text(350, 760, "Степень: есть")
    second.text(200, 60, "Техникум").text(50, 90, "Цель:").text(200, 90, "Место: дом")
    second.text(350, 90, "Степень: есть")
    shown = _shown(write(first, second))
    assert shown[3].split(" | ")[1].replace(" / ", " ") == "Место: Техникум"


def test_tables_of_inner_lines_only_that_follow_each_other() -> None:
    """Where one ends and the next begins no line is drawn across."""
    sheet = Sheet().rule(200, 100, 200, 140).rule(50, 120, 500, 120)
    sheet.rule(200, 143.8, 200, 180).rule(50, 160, 500, 160)
    for y, label, value in ((114, "Код:", "7"), (134, "Имя:", "Связист")):
        sheet.text(55, y, label).text(205, y, value)
    for y, label, value in ((155, "Опыт:", "нет"), (175, "Цель:", "связь")):
        sheet.text(55, y, label).text(205, y, value)
    assert _shown(write(sheet)) == ["Код: | 7", "Имя: | Связист", "Опыт: | нет", "Цель: | связь"]


def test_a_next_word_of_wide_letters_had_no_room() -> None:
    """Where letters are as wide as they mostly are it would have had some."""
    upper = "Инженер по обслуживанию линий связи и лифтов"
    sheet = Sheet().lines(50, 100, [f"{upper} и станций.", "Конец."])
    sheet.lines(50, 300, [upper, "жмышшаюфм и линий связи"])
    assert _shown(write(sheet))[1:] == [f"{upper} жмышшаюфм и линий связи"]
