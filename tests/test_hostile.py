"""Hostile text: however odd, it is read, and no test of it runs into its time limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profstd.parse import load_bytes

CARD = "Глава 3. Карточки профессий\n9. Карточка профессии «Сборщик»:\n"
CONTACT = "21. Наименование государственного органа:\nИсполнитель: "
ACTIVITIES = "6. Указание секции, раздела, группы, класса и подкласса согласно ОКЭД:\n"
TERMS = "2. В настоящем профессиональном стандарте применяются следующие термины и определения:\n"

TEXTS: dict[str, Callable[[int], str]] = {
    "spaces in a heading": lambda n: CARD.partition("9.")[0] + "9. Карточка профессии «" + " " * n,
    "spaces in a label": lambda n: CARD + "Трудовая функция" + " " * n,
    "cut words": lambda n: (
        CARD
        + "Основная цель деятельности:\t"
        + " ".join(f"аб{number}- вг{number}" for number in range(n // 12))
    ),
    "a long word": lambda n: CONTACT + "а" * n,
    "hyphens": lambda n: CONTACT + "-" * n,
    "spaces in a name": lambda n: CONTACT + "а" + " " * n + "б",
    "lines without cells": lambda n: "Навык в работе\n" * (n // 15),
    "numbers": lambda n: "\n\n".join(map(str, range(n // 7))),
    "titles": lambda n: "Профессиональный стандарт: «Связь»\n" * (n // 35) + CARD,
    "rows that go on": lambda n: (
        CARD + "Трудовая функция 1: Сбор\tНавык 1: а\tУмения:\n" + "б\tв\t\n" * (n // 6)
    ),
    "tags": lambda n: CARD + "<br>" * (n // 4),
    "codes": lambda n: ACTIVITIES + "63.1 " * (n // 5),
    "codes of no rank": lambda n: ACTIVITIES + "63.9.1 а\n" * (n // 9),
    "brackets": lambda n: CARD + "Умения: " + "(" * n,
    "numbers of items": lambda n: CARD + "Умения: " + "1) " * (n // 3),
    "labels": lambda n: CARD + "Знания: " * (n // 8),
    "terms": lambda n: TERMS + "1) а - б; " * (n // 10),
}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_read(name: str) -> None:
    """A pattern that tries every pair of characters would take minutes over this length."""
    text = TEXTS[name](200_000)
    account = load_bytes(text.encode(), "hostile.txt").account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters == len(text)
