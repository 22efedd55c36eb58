"""Word files: the automatic numbers of lists, which the text does not have."""

from __future__ import annotations

import pytest

import docx_writer as word
from docx_shown import shown
from docx_writer import paragraph, run
from profstd.parse.readers._word.numbering import formatted


def _numbers(items: list[tuple[int, int]], numbering: str) -> list[str]:
    body = "".join(paragraph(run("х"), word.number(*item)) for item in items)
    return [text.removesuffix("х").rstrip() for text in shown(body, numbering=numbering)]


def test_levels_restart_under_their_parents() -> None:
    levels = (
        word.level(0, text="%1."),
        word.level(1, text="%1.%2"),
        word.level(2, "russianLower", "%3)"),
    )
    items = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
    found = _numbers(items, word.abstract(*levels))
    assert found == ["1.", "1.1", "а)", "б)", "1.2", "а)", "2.", "2.1"]


def test_a_level_may_never_restart() -> None:
    levels = (word.level(0), word.level(1, text="%2.", more='<w:lvlRestart w:val="0"/>'))
    assert _numbers([(1, 0), (1, 1), (1, 0), (1, 1)], word.abstract(*levels)) == [
        "1)",
        "1.",
        "2)",
        "2.",
    ]


def test_lists_of_one_kind_count_on_and_begin_again_where_told() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    items = [(1, 0), (1, 0), (2, 0), (3, 0), (3, 0)]
    assert _numbers(items, word.abstract(word.level(0), nums=nums)) == [
        "1)",
        "2)",
        "3)",
        "5)",
        "6)",
    ]


def test_an_overridden_level_looks_its_own_way() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        + word.level(0, "upperRoman", "%1.", 4)
        + "</w:lvlOverride></w:num>"
    )
    assert _numbers([(1, 0), (1, 0)], word.abstract(word.level(0), nums=nums)) == ["IV.", "V."]


def test_bullets_and_labels_in_the_number() -> None:
    levels = (
        word.level(0, "bullet", "\uf0b7"),
        word.level(1, "none", "Умения:"),
        word.level(2, text="Навык %3:", start=3),
        word.level(3, text=""),
    )
    items = [(1, 0), (1, 1), (1, 2), (1, 3), (0, 0), (9, 0)]
    assert _numbers(items, word.abstract(*levels)) == ["-", "Умения:", "Навык 3:", "", "", ""]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="c"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    levels = word.level(0, text="%1."), word.level(1, text="%1.%2.", more='<w:pStyle w:val="B"/>')
    body = "".join(paragraph(run("х"), f'<w:pStyle w:val="{name}"/>') for name in "ABBCA")
    found = shown(body, styles=styles, numbering=word.abstract(*levels))
    assert found == ["1. х", "1.1. х", "1.2. х", "х", "2. х"]


def test_a_list_style_is_followed() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="l"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{word.level(0)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    body = paragraph(run("х"), word.number(1)) * 2
    assert shown(body, styles=styles, numbering=numbering) == ["1) х", "2) х"]


def test_an_empty_item_is_counted_and_not_shown() -> None:
    body = paragraph(run("а"), word.number(1)) + paragraph("", word.number(1))
    body += paragraph(run("в"), word.number(1))
    assert shown(body, numbering=word.abstract(word.level(0))) == ["1) а", "3) в"]


@pytest.mark.parametrize(
    ("count", "shape", "expected"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (11, "russianLower", "л"),
        (30, "russianUpper", "АА"),
        (5, "cardinalText", "5"),
        (5, "none", ""),
        (-1, "lowerRoman", "-1"),
        (0, "lowerLetter", "0"),
    ],
)
def test_formats_of_numbers(count: int, shape: str, expected: str) -> None:
    assert formatted(count, shape) == expected


def test_a_list_without_a_start_begins_at_zero() -> None:
    level = word.level(0).replace('<w:start w:val="1"/>', "")
    assert _numbers([(1, 0), (1, 0)], word.abstract(level)) == ["0)", "1)"]


def test_a_level_that_is_passed_over_has_begun() -> None:
    levels = (
        word.level(0, text="%1."),
        word.level(1, text="%1.%2"),
        word.level(2, text="%1.%2.%3"),
    )
    items = [(1, 0), (1, 2), (1, 1), (1, 2)]
    assert _numbers(items, word.abstract(*levels)) == ["1.", "1.1.1", "1.2", "1.2.1"]


def test_a_list_style_is_found_by_its_name_alone() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/>'
        f"{word.level(0)}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert _numbers([(1, 0), (1, 0)], numbering) == ["1)", "2)"]


def test_the_end_of_a_section_is_no_item() -> None:
    body = paragraph("", word.number(1) + "<w:sectPr/>") + paragraph(run("а"), word.number(1))
    assert shown(body, numbering=word.abstract(word.level(0))) == ["1) а"]
