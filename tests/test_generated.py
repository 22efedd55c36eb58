"""What is generated and kept in the repository is what would be generated now."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

import profstd
from profstd import locale
from profstd.cli.outcome import DEFAULT_LANGUAGE
from profstd.cli.rulebook import markdown
from profstd.cli.schema import NAMES, schema_text
from profstd.parse import suffixes

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
RENDERED = sorted(
    path for path in (ROOT / "samples").iterdir() if path.suffix in (".docx", ".html", ".pdf")
)


@pytest.mark.parametrize("name", NAMES)
def test_schema_file(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), "run `make generate`"


@pytest.mark.parametrize("language", locale.languages())
def test_rules_page(language: str) -> None:
    name = "rules.md" if language == DEFAULT_LANGUAGE else f"rules.{language}.md"
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert page == markdown(locale.load(language)), "run `make generate`"


def test_settings_page_names_every_setting(regen: bool) -> None:
    """The table of the page follows the schema."""
    file = ROOT / "docs" / "settings.md"
    page = file.read_text(encoding="utf-8")
    before, _, rest = page.partition("<!-- settings -->\n")
    _, end, after = rest.partition("<!-- end of settings -->\n")
    assert end
    made = f"{before}<!-- settings -->\n{_settings_table()}{end}{after}"
    if regen:
        file.write_text(made, encoding="utf-8", newline="\n")
        page = made
    assert page == made, "pytest --regen"


def _settings_table() -> str:
    schema = json.loads(schema_text("config"))
    for_files = set(schema["$defs"]["PerFile"]["properties"])
    rows = [
        "| setting | what it is | values | default | per file |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, value in schema["properties"].items():
        values = ", ".join(f"`{item}`" for item in _choices(value, schema["$defs"]))
        default = json.dumps(value.get("default"), ensure_ascii=False)
        default = "" if default in ("null", "[]", "{}") else f"`{default}`"
        yes = "yes" if name in for_files else ""
        rows.append(f"| `{name}` | {value['description']} | {values} | {default} | {yes} |")
    return "\n".join(rows) + "\n"


def _choices(value: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    parts = [value, *value.get("anyOf", [])]
    parts += [definitions[part["$ref"].rpartition("/")[2]] for part in parts if "$ref" in part]
    return [item for part in parts for item in part.get("enum", [])]


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_a_described_schema(name: str) -> None:
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"].startswith(f"urn:profstd:schema:{name}:")
    undescribed = [
        f"{title}.{field}"
        for title, definition in {name: schema, **schema["$defs"]}.items()
        for field, value in definition.get("properties", {}).items()
        if not _described(value, schema["$defs"])
    ]
    assert undescribed == []


def _described(value: dict[str, Any], definitions: dict[str, Any]) -> bool:
    parts = [value, *value.get("anyOf", [])]
    parts += [definitions[part["$ref"].rpartition("/")[2]] for part in parts if "$ref" in part]
    return any("description" in part for part in parts)


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_fit_their_schema(source: Path) -> None:
    model = profstd.load(source).model
    schema = json.loads(schema_text(model.kind))
    data = json.loads(msgspec.json.encode(model))
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive, which zlib may pack into other bytes elsewhere; else the file."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: path.name)
def test_the_samples_say_the_same_in_every_format(path: Path) -> None:
    document = profstd.load(path.with_suffix(".txt"))
    # PDF is LibreOffice's: another version sets other pages.
    if path.suffix != ".pdf":
        (content,) = profstd.render(document, path.suffix[1:]).values()
        assert _parts(path.read_bytes()) == _parts(content), "run `make samples`"
    # Read as soon as there is a reader.
    if path.suffix in suffixes():
        found = profstd.load(path).model
        assert msgspec.structs.replace(found, source=document.model.source) == document.model
