"""Lists in running text: typed numbers, semicolons between the items, a full stop behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from profstd.export._form.parts import Line, line

# Words with a full stop of their own: after them another one would not be told from it.
ABBREVIATED = (
    *("т.д.", "т. д.", "т.п.", "т. п.", "др.", "пр.", "г.", "гг.", "ст.", "п.", "см.", "руб."),
    *("тыс.", "млн.", "и.о.", "т.е.", "шт.", "тг.", "кв.", "мин.", "ч.", "экз.", "чел.", "ед."),
    *("л.", "м.", "т.", "обл.", "ул.", "табл.", "рис.", "прил.", "гл.", "разд.", "соотв."),
    *("напр.", "проч.", "т.ч.", "т. ч."),
    *("т.б.", "т. б.", "т.с.с.", "ж.", "жж.", "б.", "қ.", "мың.", "теңге.", "бөл.", "сағ."),
    *("дана.", "ш."),
)


def listed(items: Iterable[tuple[int | None, str]], sign: str = ")") -> tuple[Line, ...]:
    """A list, a line an item: the printed number, or a dash, and the text.

    The numbers are typed: those that are out of order or stand twice could not be counted.
    """
    written = [
        f"– {text}" if number is None else f"{number}{sign} {text}" for number, text in items
    ]
    return tuple(map(line, _ended(written)))


def separated(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts with semicolons between them, and dashes where they have semicolons of their own."""
    if len(texts) > 1:
        dashed = any(";" in text for text in texts)
        return tuple(_ended([f"– {text}" if dashed else text for text in texts]))
    # Else the commas of a single one would part it.
    return tuple(f"{text};" if "," in text else text for text in texts)


def _ended(items: list[str]) -> Iterator[str]:
    for position, item in enumerate(items, start=1):
        if position < len(items):
            yield f"{item};"
        else:
            yield item if item.endswith(".") or _is_cut(item) else f"{item}."


def _is_cut(text: str) -> bool:
    """Whether a full stop behind `text` would make an abbreviation of its last word."""
    stopped = f"{text}.".casefold()
    return any(
        stopped.endswith(word) and not stopped[: -len(word)][-1:].isalpha() for word in ABBREVIATED
    )
