"""Changes of the sample that change nothing of what it says: the model stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from profstd.document import leaves
from profstd.parse import load_bytes
from profstd.validate import check

SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")

_LABEL = re.compile(r"(Умения|Знания|Навык \d+|Трудовая функция \d+|Возможность признания навыка):")

CHANGES: dict[str, Callable[[str], str]] = {
    "no tags": lambda text: re.sub(r"<[^>]*>", "", text),
    "spaces for tabs": lambda text: text.replace("\t", " "),
    "no empty lines": lambda text: re.sub(r"\n+", "\n", text),
    "capitals in labels": lambda text: _LABEL.sub(lambda label: label[0].upper(), text),
    "lone labels without a colon": lambda text: re.sub(
        r"(?m)^(\t*)(Умения|Знания):(\t*)$", r"\1\2\3", text
    ),
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "a line an item": lambda text: re.sub(r"; (\d+\))", r";\n\1", text),
    "full stops for brackets": lambda text: re.sub(r"(?<=[ ;])(\d{1,2})\) ", r"\1. ", text),
    "Latin letters that look alike": lambda text: text.replace("Навык", "Hавык").replace(
        "Код группы", "Koд группы"
    ),
    "a running head": lambda text: re.sub(
        r"(?<=\t\n)\n(?=[<\t]|Навык)", "\n\nПрофессиональный стандарт связи, 2025\n\n", text
    ),
    "page numbers": lambda text: "".join(
        f"{part}\n\n{number}\n\n"
        for number, part in enumerate(re.split(r"(?<=\n)\n(?=[<\tА-Я])", text), start=1)
    ),
}


def _leaves(text: str) -> dict[str, Any]:
    document = load_bytes(text.encode(), "standard.txt")
    assert document.account
    assert document.account.coverage >= 0.999
    data = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    return dict(leaves(data))


@pytest.mark.parametrize("name", CHANGES)
def test_the_model_stays(name: str) -> None:
    expected, found = _leaves(TEXT), _leaves(CHANGES[name](TEXT))
    changed = [path for path in {**expected, **found} if expected.get(path) != found.get(path)]
    assert changed == []


def test_of_several_standards_the_first_is_read() -> None:
    other = (SAMPLE.parent.parent / "tests/cases/clean/metalwork-ru.txt").read_text("utf-8")
    expected = _leaves(TEXT)
    parts = [TEXT.strip(), other.strip(), TEXT.strip()]
    document = load_bytes("\n".join(parts).encode(), "order.txt")
    data = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    assert dict(leaves(data)) == expected
    (finding,) = [
        item for item in check(document) if item.arguments.get("case") == "several_standards"
    ]
    assert (finding.severity, finding.arguments["count"]) == ("error", 3)
    assert document.account
    begins = [part.span.line for part in document.account.not_assessed]
    assert begins == [len("\n".join(parts[:at]).splitlines()) + 1 for at in (1, 2)]
    assert finding.span == document.account.not_assessed[0].span


def test_a_table_of_contents_is_no_standard() -> None:
    chapters = re.findall(r"(?m)^Глава \d.*$", TEXT)
    contents = "\n".join(f"{chapter} {page}" for page, chapter in enumerate(chapters, 2))
    assert len(chapters) == 4
    document = load_bytes(f"Содержание\n{contents}\n{TEXT}".encode(), "standard.txt")
    assert document.account
    assert not document.account.not_assessed
