"""CD: codes against the official classifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from profstd.document import ROOT, Pointer
from profstd.model import Standard
from profstd.validate import walk
from profstd.validate.classifier import Classifier
from profstd.validate.rule import WARNING, Basis, Hit, rule
from profstd.validate.wording import folded, nearness

_FORM = re.compile(
    r"[0-9X][0-9]{3}-[0-9](?:-[0-9]{3})?|[A-U]|[0-9]{2}(?:\.[0-9]{1,2}(?:\.[0-9])?)?"
)

# Main groups of the classifier of occupations with the levels of the framework that go with
# their skill level (9: 1, 4-8: 2, 3: 3, 2: 4), a level or two wider to either side. Main
# group 1 (heads) and the armed forces have no skill level.
_USUAL: Mapping[str, Sequence[int]] = {
    "2": (5, 6, 7, 8),
    "3": (3, 4, 5, 6),
    "4": (1, 2, 3, 4, 5),
    "5": (1, 2, 3, 4, 5),
    "6": (1, 2, 3, 4, 5),
    "7": (1, 2, 3, 4, 5),
    "8": (1, 2, 3, 4, 5),
    "9": (1, 2, 3),
}


class _Code(NamedTuple):
    """A well formed code, the codes it belongs with, where it stands, the name beside it."""

    within: Pointer
    path: Pointer
    code: str
    name: str


class _Known(NamedTuple):
    """A classifier by the bare signs of its codes: how each is written, and its name."""

    written: Mapping[str, str]
    names: Mapping[str, str]
    widths: frozenset[int]


@rule("CD06", WARNING, Basis.OCCUPATIONS, Basis.ACTIVITIES)
def code_not_in_classifier(
    standard: Standard, *, classifiers: Mapping[str, Classifier] = MappingProxyType({})
) -> Iterator[Hit]:
    """A code of an occupation or of an economic activity stands in the official classifier.

    Silent where the settings name no file. A code is looked up as far as the file goes: one
    that has only groups of four digits says nothing of the rest. Malformed codes are told
    by CD01, CD02 and CD05.
    """
    told: dict[Pointer, list[str]] = {}
    for name, codes in (("occupations", _occupations), ("activities", _activities)):
        if name not in classifiers or not classifiers[name].entries:
            continue
        known = _known(classifiers[name])
        for item in codes(standard):
            sought = _sought(item.code, known)
            wider = told.setdefault(item.within, [])
            # A code within one that is told already says nothing new.
            if not sought or sought in known.written or sought.startswith(tuple(wider)):
                continue
            wider.append(sought)
            nearest = _nearest(sought, item.name, known)
            arguments = {"code": item.code, "nearest": nearest}
            yield Hit(item.path, {"case": "near" if nearest else "unknown", **arguments})


def _occupations(standard: Standard) -> Iterator[_Code]:
    for path, card in walk.professions(standard):
        name = card.name or card.heading or ""
        if _FORM.fullmatch(card.group_code or ""):
            yield _Code(path, path / "group_code", card.group_code or "", name)
        if _FORM.fullmatch(card.code or ""):
            yield _Code(path, path / "code", card.code or "", name)
        for index, other in enumerate(card.other_names):
            if _FORM.fullmatch(other.code or ""):
                place = path / "other_names" / index
                yield _Code(place, place / "code", other.code or "", other.name or "")


def _activities(standard: Standard) -> Iterator[_Code]:
    path = ROOT / "economic_activities"
    for index, item in enumerate(standard.economic_activities):
        if _FORM.fullmatch(item.code):
            yield _Code(path, path / index / "code", item.code, item.name)


def _bare(code: str) -> str:
    return code.strip().replace("-", "").replace(".", "")


def _known(classifier: Classifier) -> _Known:
    written = {_bare(code): code for code in classifier.entries}
    names = {_bare(code): name for code, name in classifier.entries.items()}
    return _Known(written, names, frozenset(map(len, written)))


def _sought(code: str, known: _Known) -> str:
    """As many signs of `code` as some code of the classifier has; empty where none has."""
    signs = _bare(code)
    return signs[: max((width for width in known.widths if width <= len(signs)), default=0)]


def _nearest(sought: str, name: str, known: _Known, most: int = 3) -> list[str]:
    """Codes as long as `sought` that are spelt nearly so, or whose name is nearly `name`."""
    codes = [code for code in known.written if len(code) == len(sought)]
    named = [
        (-likeness, code)
        for code in codes
        if name and known.names[code] and (likeness := nearness(name, known.names[code])) >= 85
    ]
    spelt = process.extract(sought, codes, scorer=OSA.distance, score_cutoff=1, limit=None)
    # Of codes spelt alike those whose name is more like the one printed come first.
    alike = sorted(spelt, key=lambda item: (-nearness(name, known.names[item[0]]), item[0]))
    found = dict.fromkeys([code for _, code in sorted(named)] + [item[0] for item in alike])
    return [_shown(known.written[code], known.names[code]) for code in list(found)[:most]]


def _shown(code: str, name: str) -> str:
    return f"{code} «{name}»" if folded(name) else code


@rule("CD10", WARNING, Basis.OCCUPATIONS, Basis.FRAMEWORK, Basis.PRACTICE)
def level_unlike_code(
    standard: Standard, *, table: Mapping[str, Sequence[int]] = _USUAL
) -> Iterator[Hit]:
    """The level of a card is not far from the skill level of its main group of occupations.

    `table`: how the codes of a group begin (the longest beginning counts) and the levels
    that are usual for it. Beginnings that the table does not have say nothing.
    """
    for path, card in walk.professions(standard):
        code = card.code or card.group_code or ""
        if card.level is None or not 1 <= card.level <= 8 or not _FORM.fullmatch(code):
            continue
        begins = max((key for key in table if key and code.startswith(key)), key=len, default=None)
        if begins is not None and table[begins] and card.level not in table[begins]:
            arguments = {"code": code, "group": begins, "level": card.level}
            yield Hit(path / "level", {**arguments, "levels": sorted(table[begins])})
