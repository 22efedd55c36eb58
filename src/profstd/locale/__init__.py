"""The words a user reads about a finding, one file a language.

Templates are `str.format` texts over a finding's arguments. A format specification
names how an argument is put into words: ``{field:field}`` looks the value up in
``fields``, ``{kind:word}`` in ``words``, ``{part:part}`` in the account's ``parts``,
``{count:skill}`` adds the noun in the right number from ``nouns``. A list is joined with
commas, None is a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_RULE = re.compile(r"^  ([A-Z]{2}[0-9]{2}):$", re.M)


_SPECIFIED = re.compile(r"\{\w+:")
_SIMPLE = frozenset({str, int})  # what `format` puts into words as we do


@cache
def _is_plain(template: str) -> bool:
    return not _SPECIFIED.search(template)


class _Argument:
    def __init__(self, value: object, words: Words) -> None:
        self._value = value
        self._words = words

    def __format__(self, specification: str) -> str:
        value, words = self._value, self._words
        if specification == "field":
            return words.field(str(value))
        if specification == "word":
            values = value if isinstance(value, list) else [value]
            return ", ".join(str(words.table["words"].get(str(item), item)) for item in values)
        if specification == "part":
            return words.say(f"account.parts.{value}")
        if specification:
            assert isinstance(value, int)
            return words.count(value, specification)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(item) for item in value)
        return "—" if value is None else str(value)


class Words:
    """The words of one language. `table` is the file's content."""

    def __init__(self, language: str, table: Mapping[str, Any]) -> None:
        self.language = language
        self.table = table
        self._templates: dict[str, str] = {}

    def fill(self, template: str, arguments: Mapping[str, object]) -> str:
        """`template` with the arguments put into words; KeyError for one it lacks."""
        if "{" not in template:
            return template
        if _is_plain(template) and all(map(_SIMPLE.__contains__, map(type, arguments.values()))):
            return template.format_map(arguments)
        return template.format_map(
            {name: _Argument(value, self) for name, value in arguments.items()}
        )

    def say(self, key: str, **arguments: object) -> str:
        """The text at the dotted `key` of the file, filled in; KeyError where there is none."""
        if key not in self._templates:
            node: Any = self.table
            for part in key.split("."):
                node = node[part]
            self._templates[key] = node
        return self.fill(self._templates[key], arguments)

    def message(self, code: str, arguments: Mapping[str, object]) -> str:
        """The message of a finding. Where a rule has several, the argument `case` chooses."""
        template = self.table["rules"][code]["message"]
        if not isinstance(template, str):
            template = template[arguments["case"]]
        return self.fill(template, arguments)

    def field(self, name: str) -> str:
        """What the form calls a field of the model."""
        return str(self.table["fields"].get(name, name))

    def count(self, number: int, noun: str) -> str:
        """`number` with the noun in the right form: 1 навык, 2 навыка, 5 навыков."""
        forms = self.table["nouns"][noun]
        if isinstance(forms, str):
            return f"{number} {forms}"
        if len(forms) == 2:
            return f"{number} {forms[number != 1]}"
        if number % 10 == 1 and number % 100 != 11:
            form = forms[0]
        elif 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14:
            form = forms[1]
        else:
            form = forms[2]
        return f"{number} {form}"


def languages() -> list[str]:
    """The languages of messages: one for each file of this package."""
    names = (item.name for item in resources.files(__name__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@lru_cache
def load(language: str) -> Words:
    """The words of `language`; FileNotFoundError where it has no file.

    The words of the rules, most of the file, are its last section; those of a rule are
    parsed when they are asked for.
    """
    text = resources.files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    table, _, rules = text.partition("\nrules:\n")
    return Words(language, {**_parsed(table), "rules": _Rules(rules)})


class _Rules(Mapping[str, Any]):
    """The words of each rule by its code."""

    def __init__(self, text: str) -> None:
        starts = [(match[1], match.start()) for match in _RULE.finditer(text)]
        ends = [start for _, start in starts[1:]] + [len(text)]
        self._texts = {code: text[at:end] for (code, at), end in zip(starts, ends, strict=True)}
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, code: str) -> Any:
        if code not in self._parsed:
            self._parsed[code] = _parsed(self._texts[code])[code]
        return self._parsed[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _parsed(text: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found
