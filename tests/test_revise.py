"""Edits in files of data: what is meant changes, and nothing else."""

from __future__ import annotations

import codecs
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from profstd.document import ROOT
from profstd.model import Source
from profstd.parse.readers import yaml as yaml_reader
from profstd.parse.settings import DEFAULT
from profstd.revise.data_file import UnrevisableError, revise
from profstd.revise.edit import Edit

NAME = ROOT / "skills" / 0 / "name"


def _source(format: str) -> Source:
    return Source(file=f"draft.{format}", format=format, sha256="0" * 64)


def _revised(text: str, new: str, old: str = "Замес  теста .", format: str = "yaml") -> str:
    edit = Edit(NAME, old, new)
    return revise(text.encode(), _source(format), [edit]).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Замес  теста .", "Замес теста"),
        ("'Замес  теста .'", "'Замес теста'"),
        ('"Замес  теста ."', '"Замес теста"'),
        ('"\\u0417амес  т\\x65ста ."', None),
        ('"\\u0417амес  теста ." # почему', '"\\u0417амес теста" # почему'),
        ('"Замес \\\n      \\ теста ."', None),
        ("|-\n      Замес  теста .\n", "|-\n      Замес теста\n"),
        (">-\n      Замес \n      теста .\n", None),
        ("&a Замес  теста .", "&a Замес теста"),
    ],
)
def test_only_what_differs_is_written(before: str, after: str | None) -> None:
    text = "# Хлеб\nskills:\n  - {}\n" if after is None else ""
    text = f"# Хлеб\r\nkind:   standard\nskills:\n  - number: 1\n    name: {before}\n  # конец\n"
    if after is None:
        value = YAML(typ="safe").load(text)["skills"][0]["name"]
        revised = revise(text.encode(), _source("yaml"), [Edit(NAME, value, "Другое: всё")])
        assert YAML(typ="safe").load(revised)["skills"][0]["name"] == "Другое: всё"
        return
    assert _revised(text, "Замес теста") == text.replace(before, after)


def test_a_scalar_that_would_mean_something_else_gets_quotation_marks() -> None:
    text = "skills:\n- name: Замес  теста . # так\n"
    assert _revised(text, "Замес: теста") == 'skills:\n- name: "Замес: теста" # так\n'


def test_json_keeps_its_escapes_and_layout() -> None:
    text = '{"skills":[\t{"name" :"\\u0417амес  \\"теста\\" .", "n": 1e0}]}\r\n'
    new = _revised(text, 'Замес "теста"', 'Замес  "теста" .', "json")
    assert new == '{"skills":[\t{"name" :"\\u0417амес \\"теста\\"", "n": 1e0}]}\r\n'


def test_the_encoding_stays() -> None:
    text = "skills:\n- name: Замес  теста .\n"
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    revised = revise(data, _source("yaml"), [Edit(NAME, "Замес  теста .", "Замес теста")])
    assert revised == codecs.BOM_UTF16_LE + text.replace("  теста .", " теста").encode("utf-16-le")


def test_an_alias_becomes_a_text_of_its_own() -> None:
    text = "a: &x Замес  теста .\nskills:\n- name: *x\n"
    assert _revised(text, "Замес теста") == 'a: &x Замес  теста .\nskills:\n- name: "Замес теста"\n'


def test_an_edit_that_would_change_something_else_is_refused() -> None:
    text = "other: &x\n- name: Замес  теста .\nskills: *x\n"
    with pytest.raises(UnrevisableError):
        _revised(text, "Замес теста")


_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"),
    max_size=12,
) | st.sampled_from(
    ["- а", "а: б", "а #б", "'", '"', "1.0", "null", "~", "*а", "&а", " а ", "«а»; б"]
)


def _plain(raw: Any) -> Any:
    """Data with scalars as the texts that they are where a text belongs."""
    if isinstance(raw, dict):
        return {name: _plain(item) for name, item in raw.items()}
    if isinstance(raw, list):
        return [_plain(item) for item in raw]
    return getattr(raw, "text", raw)


@given(st.lists(_texts, min_size=1, max_size=6), st.data())
def test_any_edit_of_any_file_is_what_is_read_again(texts: list[str], data: st.DataObject) -> None:
    model = {"kind": "standard", "abilities": [{"text": text} for text in texts]}
    chosen = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    edits = [
        Edit(ROOT / "abilities" / index / "text", texts[index], data.draw(_texts))
        for index in sorted(chosen)
    ]
    expected: Any = json.loads(json.dumps(model))
    for edit in edits:
        expected["abilities"][edit.path.keys[1]]["text"] = edit.new
    written = io.StringIO()
    yaml = YAML()
    yaml.width = 30
    yaml.dump(model, written)
    for format, text in (("json", json.dumps(model, indent=1)), ("yaml", written.getvalue())):
        revised = revise(text.encode(), _source(format), edits)
        if format == "json":
            assert json.loads(revised) == expected
        else:
            assert _plain(yaml_reader.read(revised, _source("yaml"), DEFAULT).raw) == expected
        if not edits:
            assert revised == text.encode()
