"""The form's labels, one file a language; this package compiles them for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

# One character for one character, so that places in the folded text are places in the
# text itself. Look-alike letters of the two scripts fall together.
_ALIKE = {
    **dict(zip("abcehkmoptxyiəһё", "авсенкмортхуіәне", strict=True)),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009", " "),
}


_UNLIKE = re.compile(f"[{''.join(map(re.escape, _ALIKE))}]")
_TOKEN = re.compile(r'"\{name\}"|\{name\}|\{n\}|\w+|\s+|[^\w\s]')
KINDS = ("standard", "registry_page")
_NUMBER = r"(\d{1,3})"


def fold(text: str) -> str:
    """`text` in small letters with look-alikes, dashes, quotes and spaces alike; same length."""
    small = text.lower()
    if len(small) != len(text):
        # A few capitals, such as İ, have small forms of two characters.
        small = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    for sign in set(_UNLIKE.findall(small)):
        small = small.replace(sign, _ALIKE[sign])
    return small


class Label(NamedTuple):
    """One wording of a label, compiled against folded text.

    The pattern has a group ``name`` where the label holds a name in quotation marks. A
    `telling` label needs no colon where it begins a cell: it has three words or more, or
    begins with an item's number.
    """

    key: str
    pattern: re.Pattern[str]
    telling: bool
    numbered: bool


class Labels:
    """The labels of one language for one kind of document.

    `texts` has the wordings of each key as they stand in the file, `values` the form's
    recognition values, `other_values` what is understood as well, `words` the other
    words that values are made of.
    """

    def __init__(self, language: str, table: Mapping[str, Any], kind: str) -> None:
        self.language = language
        self.values: dict[str, list[str]] = table["values"]
        self.other_values: dict[str, list[str]] = table["other_values"]
        self.words: dict[str, list[str]] = table["words"]
        self.texts: dict[str, list[str]] = table[kind]
        self._others = [
            fold(text)
            for name in KINDS
            if name != kind
            for texts in table[name].values()
            for text in texts
        ]
        self._wordings: dict[str, list[tuple[str, str]]] = {}
        for key, texts in self.texts.items():
            for text in texts:
                folded = _folded(text)
                start = _start(folded.replace("{n}", "0"))
                self._wordings.setdefault(start, []).append((folded, key))
        self._compiled: dict[str, list[Label]] = {}

    @cached_property
    def heads(self) -> frozenset[str]:
        """What folded text must begin with, to hold a label: see `starting`."""
        return frozenset(self._wordings)

    def starting(self, letters: str) -> list[Label]:
        """The labels that folded text beginning with `letters` can hold, longest first."""
        start = _start(letters)
        if start not in self._compiled:
            # Compiled when first asked for: half of the wordings never are.
            wordings = sorted(self._wordings.get(start, ()), key=lambda item: -len(item[0]))
            self._compiled[start] = [compile_label(key, text) for text, key in wordings]
        return self._compiled[start]

    @cached_property
    def signature(self) -> list[list[str]]:
        """For each key the wordings that no other kind of document has."""
        wordings = (
            [_folded(text) for text in texts if "{" not in text] for texts in self.texts.values()
        )
        own = (
            [
                word
                for word in words
                if not any(word in text or text in word for text in self._others)
            ]
            for words in wordings
        )
        return [words for words in own if words]

    @cached_property
    def nothing(self) -> frozenset[str]:
        """What stands in a list that is empty, folded."""
        return frozenset(fold(word) for word in self.words["nothing"])

    @cached_property
    def plain(self) -> dict[str, str]:
        """Every wording without a name in quotation marks, 0 for a number, and its key."""
        return {
            folded.removesuffix("{name}").strip().rstrip(":").replace("{n}", "0"): key
            for wordings in self._wordings.values()
            for folded, key in wordings
            if '"{' not in folded
        }


def _folded(text: str) -> str:
    return fold(text).replace(fold("{name}"), "{name}").rstrip(":").strip()


def _start(letters: str) -> str:
    first = letters[:1]
    return "#" if first.isdecimal() else first if first == '"' else letters[:3]


def compile_label(key: str, folded: str) -> Label:
    """A folded wording of ``labels/*.yaml``, compiled."""
    tokens = _TOKEN.findall(folded)
    if tokens and tokens[-1] == "{name}":
        tokens.pop()
        while tokens and not re.match(r"\w|\{n\}", tokens[-1]):
            tokens.pop()
    return Label(
        key=key,
        pattern=re.compile("".join(_patterns(tokens)) + r"(?!\w)"),
        telling=sum(len(token) > 2 and token[0].isalnum() for token in tokens) > 2
        or tokens[:2] == ["{n}", "."],
        numbered="{n}" in folded,
    )


def _patterns(tokens: list[str]) -> Iterable[str]:
    gap = ""
    for index, token in enumerate(tokens):
        if token.isspace() or not (token[0].isalnum() or token[0] in '{"'):
            gap += token
            continue
        if index:
            # A number and its word stand in one line: a level may end the line above.
            one_line = "{n}" in (token, tokens[index - 1])
            yield _gap(gap).replace(r"\s", r"[^\S\n]") if one_line else _gap(gap)
        gap = ""
        if token == "{n}":
            yield _NUMBER
        elif token == '"{name}"':
            last = index == len(tokens) - 1
            yield r'"\s*+(?P<name>[^\t\s](?:[^\t]{0,298}?[^\t\s])??)\s{0,9}"'
            if last:
                yield r"(?=\s{0,9}[:.]?\s{0,9}(?:[\n\t]|$))"
        elif token == '"':
            yield '"?'
        else:
            yield re.escape(token)

    if gap.strip():
        yield _gap(gap)


def _gap(text: str) -> str:
    """What may stand between two words; signs are optional, and so are , and .

    Files made from PDF lose spaces at line ends.
    """
    if not text.strip():
        return r"[,.]?\s*+" if text else ""
    signs = "".join(re.escape(sign) for sign in sorted({*text, *",./"}) if not sign.isspace())
    return rf"\s*+[{signs}]*+\s*+"


@cache
def load(language: str, kind: str) -> Labels:
    """The labels of `language` for `kind`, "standard" or "registry_page"."""
    return Labels(language, _table(language), kind)


@cache
def _table(language: str) -> Mapping[str, Any]:
    from ruamel.yaml import YAML

    text = resources.files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = YAML(typ="safe").load(text)
    return table


@cache
def wordings() -> tuple[str, ...]:
    """What the forms of all languages have printed on them."""
    tables = [_table(language)[kind] for language in languages() for kind in KINDS]
    return tuple(text for table in tables for texts in table.values() for text in texts)


def languages() -> list[str]:
    """The languages of documents that can be read: one for each file of this package."""
    names = (item.name for item in resources.files(__name__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
