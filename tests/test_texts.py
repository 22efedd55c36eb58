"""Rules about the text: the tables and the dictionary that they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import profstd
from profstd.validate import Settings, agreement, check, morphology
from profstd.validate.scripts import lookalikes, script, turned, unmixed

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "standard-J63991088.txt"
CLEAN = sorted((Path(__file__).parent / "cases" / "clean").glob("*-ru.txt"))
TEXT_RULES = Settings(select=("TX", "TM"))


CACHED = (
    *(morphology.forms, morphology.parts, morphology.cases),
    *(agreement.slips, agreement.row_slips, agreement.object_slips),
)


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(morphology, "_analyser", lambda: None)
    for function in CACHED:
        function.cache_clear()
    yield
    for function in CACHED:
        function.cache_clear()


def test_without_the_dictionary_one_finding_says_so(no_dictionary: None) -> None:
    found = check(profstd.load(CLEAN[0]), TEXT_RULES)
    assert [(item.code, item.path, item.arguments["case"]) for item in found] == [
        ("TX07", "", "unassessed")
    ]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_look_alikes_are_letters_of_the_two_scripts(language: str) -> None:
    table = lookalikes("kk" if language == "kk" else "ru")
    assert {script(sign) for sign in table.cyrillic} == {"latin"}
    assert {script(sign) for sign in table.latin} == {"cyrillic"}
    assert set(table.cyrillic.values()) <= set(table.latin)
    assert ("\u0456" in table.latin) == (language == "kk")


@given(st.text(alphabet="абвгдеорсхуABCabceopxy", min_size=1, max_size=12))
def test_an_unmixed_word_has_one_script_and_looks_the_same(word: str) -> None:
    found = unmixed(word, "ru")
    if found is not None:
        assert len({script(sign) for sign in found.meant}) == 1
        assert len(found.meant) == len(word)
        latin = turned(found.meant, "latin", "ru") or found.meant
        assert all(a == b or script(a) != script(b) for a, b in zip(word, found.meant, strict=True))
        assert len(latin) == len(word)


def test_known_defects_of_the_sample_are_found() -> None:
    found = check(profstd.load(SAMPLE), TEXT_RULES)
    said: dict[str, list[str]] = {}
    for item in found:
        said.setdefault(item.code, []).append(str(item.arguments))
    for code, word in (
        ("TX01", "СОРСОР"),
        ("TX02", "данных"),
        ("TX03", "Контролер узла связи,"),
        ("TX04", "информационно- справочному"),
        ("TX05", "по признаку"),
        ("TX06", "по к"),
        ("TX07", "Трудовое законодательство"),
        ("TX08", "контактцентра"),
        ("TX09", "удалённого"),
        ("TM01", "омниканальность"),
        ("TM02", "НКЗ"),
        ("TM03", "KPI"),
        ("TM04", "контактный информационный центр"),
    ):
        assert any(word in text for text in said[code]), code
