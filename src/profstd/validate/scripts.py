"""Letters of two scripts that look the same, and words that are written with both."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple, TypeAlias

from profstd.model import Language

Script: TypeAlias = Literal["latin", "cyrillic"]

_WORD = re.compile(r"[^\W_]+")
_ALPHABETS: dict[Language, frozenset[str]] = {
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "kk": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"),
}


class Lookalikes(NamedTuple):
    """Letter for letter: Latin into a language's Cyrillic, back, and signs among digits."""

    cyrillic: dict[str, str]
    latin: dict[str, str]
    digits: dict[str, str]


@cache
def lookalikes(language: Language) -> Lookalikes:
    """The look-alikes of a language's alphabet (UTS #39; the table stands beside this)."""
    text = (resources.files(__package__) / "lookalikes.tsv").read_text(encoding="utf-8")
    found = Lookalikes({}, {}, {})
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        sign, other = line.split("\t")
        if sign.isdecimal():
            found.digits[other] = sign
        elif other.lower() in _ALPHABETS[language]:
            found.cyrillic.setdefault(sign, other)
            found.latin[other] = sign
    return found


def script(letter: str) -> Script | None:
    """The script of a letter; None for digits and all other scripts."""
    if "A" <= letter <= "Z" or "a" <= letter <= "z" or "\u00c0" <= letter <= "\u02af":
        return "latin"
    return "cyrillic" if "\u0400" <= letter <= "\u052f" else None


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, parts of compounds apart."""
    return _WORD.findall(text)


class Mixed(NamedTuple):
    """A word of two scripts: what is meant, and the letters that are of the other one."""

    meant: str
    foreign: str
    script: Script


def unmixed(word: str, language: Language) -> Mixed | None:
    """`word` in one script, where it has two and one is there by look-alikes only.

    None where a word has one script, or where its letters of both are really meant
    («SMMщик»). The script of fewer letters is the foreign one.
    """
    kinds = [script(letter) for letter in word]
    if "latin" not in kinds or "cyrillic" not in kinds:
        return None
    table = lookalikes(language)
    choices: list[tuple[int, Mixed]] = []
    for foreign, letters in (("latin", table.cyrillic), ("cyrillic", table.latin)):
        wrong = [sign for sign, kind in zip(word, kinds, strict=True) if kind == foreign]
        if all(sign in letters for sign in wrong):
            meant = "".join(
                letters[s] if k == foreign else s for s, k in zip(word, kinds, strict=True)
            )
            unique = "".join(dict.fromkeys(wrong))
            found = Mixed(meant, unique, "latin" if foreign == "latin" else "cyrillic")
            choices.append((len(wrong), found))
    return min(choices, key=lambda choice: choice[0])[1] if choices else None


def turned(word: str, into: Script, language: Language) -> str | None:
    """`word` letter by letter in look-alikes of the other script; None where it has others."""
    table = lookalikes(language)
    letters = table.cyrillic if into == "cyrillic" else table.latin
    kinds = {script(sign) for sign in word} - {None}
    if kinds != {"latin" if into == "cyrillic" else "cyrillic"}:
        return None
    if not all(sign in letters or sign.isdecimal() for sign in word):
        return None
    return "".join(letters.get(sign, sign) for sign in word)
