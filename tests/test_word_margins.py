"""Word files made from PDF: page numbers and running heads stand in the body."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docx_writer as word
from docx_shown import assert_accounted, differences, one, read
from docx_writer import StandardWriter, paragraph, row, run, table
from profstd.document import Block
from profstd.parse import load_bytes
from test_word import STANDARDS

_BREAK = paragraph("", "<w:sectPr/>")
_HEAD = "Проект. Профессиональный стандарт металлурга"


def _page(number: int, margin: str) -> str:
    """A page: half a table, and what its margin holds."""
    rows = [row(one(f"Навык {number}"), one(f"Умения: {'сварка ' * 60}"))] * 3
    return table([row(one(""), one(f"{'шов ' * 80}")), *rows], 2) + margin


def _furniture(body: str) -> list[str]:
    blocks = read(word.package(body)).blocks
    return [_text(block) for block in blocks if block.kind == "furniture"]


def _text(block: Block) -> str:
    return " / ".join(piece.text for cell in block.cells for piece in cell)


@pytest.mark.parametrize(
    ("margin", "found"),
    [
        (lambda n: paragraph(run(f"{n}")), ["1", "2", "3", "4"]),
        (lambda n: paragraph(run(f"– {n} –")), ["– 1 –", "– 2 –", "– 3 –", "– 4 –"]),
        (lambda n: paragraph(run(f"стр. {n} из 4")), [f"стр. {n} из 4" for n in range(1, 5)]),
        (
            lambda n: paragraph(run(f"{n}")) + paragraph(run(_HEAD)),
            ["1", _HEAD, "2", _HEAD, "3", _HEAD, "4", _HEAD],
        ),
        (
            lambda n: paragraph(run(_HEAD) + "<w:r><w:br/></w:r>" + run(f"{n}")) + _BREAK,
            [f"{_HEAD} / {n}" for n in range(1, 5)],
        ),
        (lambda n: paragraph(run(f"{_HEAD} {n}")), [f"{_HEAD} {n}" for n in range(1, 5)]),
        (lambda n: paragraph(run(_HEAD)), [_HEAD] * 4),
    ],
)
def test_margins_are_furniture(margin: Callable[[int], str], found: list[str]) -> None:
    body = "".join(_page(number, margin(number)) for number in range(1, 5))
    assert _furniture(body + table([row(one(""), one("шов"))], 2)) == found


@pytest.mark.parametrize(
    "line",
    [
        lambda n: "Описание трудовых функций",
        lambda n: f"Карточка профессии № {n}",
        lambda n: f"Уровень квалификации по ОРК: {n}",
        lambda n: f"{n}. Карточка профессии «Сварщик»:",
    ],
)
def test_headings_of_tables_are_none(line: Callable[[int], str]) -> None:
    body = "".join(
        paragraph(run(line(number)))
        + table([row(one("Код группы:"), one(f"721{number}-1"))] * 9, 2)
        for number in range(1, 9)
    )
    assert not _furniture(body)


def test_numbers_that_mean_something_are_none() -> None:
    levels = "".join(
        paragraph(run("Уровень квалификации по ОРК:")) + paragraph("") + paragraph(run(f"{n}"))
        + paragraph("") + table([row(one("Код группы:"), one("7211-1"))] * 9, 2)
        for n in range(1, 7)
    )  # fmt: skip
    assert not _furniture(levels)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_pages_may_end_anywhere(data: st.DataObject) -> None:
    """A standard with page numbers between its rows is read like one without them."""
    text = STANDARDS[-1].read_text(encoding="utf-8")
    lines = text.splitlines()
    rows = [at for at, line in enumerate(lines) if "\t" in line and "\t" in lines[at - 1]]
    every = data.draw(st.integers(6, 12))
    ends = rows[data.draw(st.integers(0, 3)) :: every]
    head = data.draw(st.sampled_from(["", _HEAD]))
    pieces = []
    for number, (start, end) in enumerate(zip([0, *ends], [*ends, len(lines)], strict=True), 1):
        pieces += [*lines[start:end], *([head] if head else []), str(number)]
    paged = load_bytes(StandardWriter(automatic=True).write("\n".join(pieces)), "a.docx")
    assert not differences(load_bytes(text.encode(), "a.txt"), paged)
    assert_accounted(paged)
    assert paged.account
    assert paged.account.unplaced == 0
