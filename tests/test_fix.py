"""What is made right without asking: just that, once, in the file as it is laid out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from profstd import check, load
from profstd.cli import main
from profstd.revise.repairs import repairable, repaired
from profstd.validate import all_rules

CASES = Path(__file__).parent / "cases"
WORDS = "Работа в информационной системе контакт-центра, в контакт-центре"
Say = Callable[..., tuple[int, str, str]]


def _cases() -> Iterator[Any]:
    table = YAML(typ="safe").load((CASES / "fix.yaml").read_text(encoding="utf-8"))
    for field, cases in table.items():
        for code, before, after in cases:
            yield pytest.param(field, code, before, after, id=f"{code}-{before}")


def _model(field: str, value: str) -> dict[str, Any]:
    skill: dict[str, Any] = {
        "number": 1,
        "name": WORDS,
        "recognition": "recommended",
        "abilities": [{"number": 1, "text": "Писать"}],
        "knowledge": [],
    }
    card: dict[str, Any] = {"name": "Пекарь", "code": "7412-1-001"}
    if field == "ability":
        skill["abilities"][0]["text"] = value
    elif field == "recognition":
        skill["recognition"] = value
    else:
        card["code"] = value
    function = {"kind": "mandatory", "number": 1, "name": "Выпечка", "skills": [skill]}
    card["functions"] = [function]
    card["listed_functions"] = {"mandatory": [{"number": 1, "name": "Выпечка хлеба"}]}
    return {"kind": "standard", "language": "ru", "professions": [card]}


def _value(model: Any, field: str) -> str:
    card = model["professions"][0]
    skill = card["functions"][0]["skills"][0]
    values = {
        "ability": skill["abilities"][0]["text"],
        "recognition": skill["recognition"],
        "code": card["code"],
    }
    return str(values[field])


@pytest.mark.parametrize(("field", "code", "before", "after"), list(_cases()))
def test_each_repair_does_what_its_rule_says(
    field: str, code: str, before: str, after: str
) -> None:
    raw = _model(field, before)
    made = repaired(raw, lambda wanted, asked: wanted == code and not asked)
    assert raw == _model(field, before)
    assert [edit.new for edit in made.edits] == ([after] if after != before else [])
    again = repaired(_model(field, after), lambda wanted, asked: wanted == code and not asked)
    assert again.edits == ()


def test_every_repair_is_that_of_a_rule() -> None:
    known = {rule.code for rule in all_rules()}
    assert {*repairable(asked=False), *repairable(asked=True)} <= known


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes]) -> Say:
    """Runs a command; its exit code, standard output and standard error come out."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft in YAML, with comments, that has something of everything to put right."""
    file = tmp_path / "draft.yaml"
    model = _model("ability", "Вести  <b>учёт</b>;")
    model["professions"][0]["code"] = "7412-1-О01"
    text = "# Черновик\n" + json.dumps(model, ensure_ascii=False, indent=2) + "  # конец\n"
    file.write_text(text, encoding="utf-8", newline="\r\n")
    return file


def test_the_difference_is_shown_and_nothing_written(say: Say, draft: Path) -> None:
    before = draft.read_bytes()
    code, out, _ = say("fix", draft, "--diff")
    assert code == 1
    changed = [
        line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert [line.split(":", 1)[1].strip(' ",') for line in changed] == [
        "7412-1-О01",
        "7412-1-001",
        "Вести  <b>учёт</b>;",
        "Вести учёт",
    ]
    assert draft.read_bytes() == before


def test_only_what_is_wrong_is_written(say: Say, draft: Path) -> None:
    before = draft.read_text(encoding="utf-8")
    code, _, err = say("fix", draft, "--lang", "en")
    assert code == 0
    assert "2 values put right (CD01 1, PA02 1, TX03 1, TX04 1)" in err
    after = before.replace("7412-1-О01", "7412-1-001").replace("Вести  <b>учёт</b>;", "Вести учёт")
    assert draft.read_bytes() == after.replace("\n", "\r\n").encode()
    code, _, err = say("fix", draft, "--lang", "en")
    assert (code, err) == (0, "There is nothing to put right.\n")


def test_names_are_changed_only_on_request(say: Say, draft: Path) -> None:
    say("fix", draft)
    assert "LS01" in {finding.code for finding in check(load(draft))}
    code, _, _ = say("fix", draft, "--select", "LS01")
    assert code == 0
    assert "LS01" not in {finding.code for finding in check(load(draft))}


def test_settings_say_what_is_wanted(say: Say, draft: Path) -> None:
    (draft.parent / "profstd.toml").write_text('ignore = ["PA", "TX"]\n', encoding="utf-8")
    code, out, _ = say("fix", draft, "--diff")
    assert code == 1
    assert "<b>" not in out


def test_other_formats_are_left_to_their_authors(say: Say, tmp_path: Path) -> None:
    text = next((CASES / "parse").glob("*/*.txt"))
    code, _, err = say("fix", text, "--lang", "en")
    assert code == 2
    assert "changes only JSON and YAML" in err


def test_a_part_that_is_used_twice_is_not_changed_behind_the_back(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(
        "kind: standard\n"
        "title: &n 'Выпечка  хлеба'\n"
        "terms:\n- &t {term: 'Тесто  ржаное', definition: Тесто}\n- *t\n"
        "professions:\n- name: *n\n",
        encoding="utf-8",
    )
    code, _, _ = say("fix", file)
    assert code == 0
    model: Any = load(file).model
    assert (model.title, model.professions[0].name) == ("Выпечка хлеба", "Выпечка хлеба")
    assert [term.term for term in model.terms] == ["Тесто ржаное"] * 2
