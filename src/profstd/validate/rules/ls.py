"""LS: the list of work functions against their blocks, the heading against the card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from profstd.document import Pointer
from profstd.model import FunctionKind, Language, Profession, Standard
from profstd.validate import walk
from profstd.validate.rule import ERROR, Basis, Hit, rule
from profstd.validate.wording import begins, difference, folded, nearness


class _Function(NamedTuple):
    """A work function as the list or as its own block has it."""

    path: Pointer
    kind: FunctionKind | None
    number: int | None
    name: str | None

    @property
    def place(self) -> tuple[FunctionKind | None, int | None]:
        return self.kind, self.number


class _Pairs(NamedTuple):
    """The functions of one profession, paired, and those that have no counterpart."""

    path: Pointer
    pairs: list[tuple[_Function, _Function]]
    listed: list[_Function]
    blocks: list[_Function]


def _listed(path: Pointer, profession: Profession) -> Iterator[_Function]:
    kinds: tuple[FunctionKind, ...] = ("mandatory", "additional")
    for kind in kinds:
        for index, item in enumerate(getattr(profession.listed_functions, kind)):
            place = path / "listed_functions" / kind / index
            yield _Function(place, kind, item.number, item.name)


def _blocks(path: Pointer, profession: Profession) -> Iterator[_Function]:
    for index, function in enumerate(profession.functions):
        place = path / "functions" / index
        yield _Function(place, function.kind, function.number, function.name)


def _pairs(standard: Standard, near: float) -> Iterator[_Pairs]:
    """Each card's list and blocks, paired so that one slip leaves one difference.

    First what agrees in place and nearly in name, then by name, at last by place alone.
    """
    language = standard.language
    steps: tuple[Callable[[_Function, _Function], bool], ...] = (
        lambda one, other: one.place == other.place and _same(one, other),
        lambda one, other: one.place == other.place and _alike(one, other, near, language),
        lambda one, other: _same(one, other),
        lambda one, other: _alike(one, other, near, language),
        lambda one, other: one.place == other.place,
    )
    for path, profession in walk.professions(standard):
        listed, blocks = list(_listed(path, profession)), list(_blocks(path, profession))
        pairs: list[tuple[_Function, _Function]] = []
        for fits in steps:
            for item in tuple(listed):
                block = next((block for block in blocks if fits(item, block)), None)
                if block:
                    pairs.append((item, block))
                    listed.remove(item)
                    blocks.remove(block)
        yield _Pairs(path, pairs, listed, blocks)


def _same(one: _Function, other: _Function) -> bool:
    return folded(one.name or "") == folded(other.name or "") != ""


def _alike(one: _Function, other: _Function, near: float, language: Language) -> bool:
    """Whether two names are near, or one goes on where the other ends."""
    first, second = one.name or "", other.name or ""
    near_ones = bool(first and second) and nearness(first, second) >= near
    return near_ones or begins(first, second, language)


def _facts(function: _Function, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}kind": function.kind, f"{prefix}number": function.number}


@rule("LS01", ERROR, Basis.TEMPLATE)
def function_name_differs(standard: Standard, *, near: float = 75) -> Iterator[Hit]:
    """A work function has one name in the list and in its block.

    `near`: from which likeness (0 to 100) two names are taken for one function.
    """
    for card in _pairs(standard, near):
        for item, block in card.pairs:
            if item.name and block.name and folded(item.name) != folded(block.name):
                found = difference(block.name, item.name)
                arguments = {"name": block.name, "listed_name": item.name, **_facts(item)}
                words = {"name_words": found.first, "listed_words": found.second}
                yield Hit(block.path / "name", {"case": found.case, **arguments, **words})


@rule("LS02", ERROR, Basis.TEMPLATE)
def function_place_differs(standard: Standard, *, near: float = 75) -> Iterator[Hit]:
    """A work function has one number and one kind in the list and in its block.

    `near`: as for LS01.
    """
    for card in _pairs(standard, near):
        for item, block in card.pairs:
            arguments = {"name": block.name, **_facts(block), **_facts(item, "listed_")}
            if item.kind != block.kind:
                yield Hit(block.path / "kind", {"case": "kind", **arguments})
            elif item.number != block.number and None not in (item.number, block.number):
                yield Hit(block.path / "number", {"case": "number", **arguments})


@rule("LS03", ERROR, Basis.TEMPLATE)
def function_without_counterpart(standard: Standard, *, near: float = 75) -> Iterator[Hit]:
    """A listed work function has its block, a block stands in the list.

    Where the whole list or every block is missing, that is told once. `near`: as for LS01.
    """
    for card in _pairs(standard, near):
        if not card.pairs and bool(card.listed) != bool(card.blocks):
            missing = "functions" if card.listed else "listed_functions"
            case = "no_blocks" if card.listed else "no_list"
            yield Hit(card.path / missing, {"case": case, "count": len(card.listed + card.blocks)})
            continue
        for item in card.listed:
            yield Hit(item.path, {"case": "no_block", "name": item.name, **_facts(item)})
        for block in card.blocks:
            yield Hit(block.path, {"case": "not_listed", "name": block.name, **_facts(block)})


@rule("LS04", ERROR, Basis.TEMPLATE)
def heading_differs(standard: Standard) -> Iterator[Hit]:
    """The card's heading has the name of the row «Наименование профессии»."""
    for path, card in walk.professions(standard):
        heading, name = card.heading or "", card.name or ""
        if folded(heading) and folded(name) and folded(heading) != folded(name):
            found = difference(name, heading)
            arguments = {"case": found.case, "name": name, "heading": heading}
            words = {"name_words": found.first, "heading_words": found.second}
            yield Hit(path / "name", {**arguments, **words})
