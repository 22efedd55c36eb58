"""RG: standards, registry pages and the registry as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from profstd.document import ROOT, Pointer
from profstd.model import (
    FunctionKind,
    Model,
    Profession,
    RegistryPage,
    RelatedProfession,
    Standard,
)
from profstd.validate import walk
from profstd.validate.rule import ERROR, Basis, Hit, rule
from profstd.validate.wording import difference, folded, nearness

_PAGE = ROOT / "profession"


class _Sides(NamedTuple):
    """One thing in the standard's card and on the page: two places."""

    standard: Pointer
    page: Pointer


class _Skill(NamedTuple):
    """A named skill with the positions of its function and of itself, and what is printed."""

    function: int
    position: int
    name: str
    number: int | None
    kind: FunctionKind | None
    function_number: int | None


class _Pair(NamedTuple):
    standard: _Skill
    page: _Skill


class _Difference(NamedTuple):
    at: _Sides
    arguments: Mapping[str, Any]


@rule("RG05", ERROR, Basis.PRACTICE, scope="pair")
def page_differs(document: Model, against: Model, *, near: float = 80) -> Iterator[Hit]:
    """A registry page shows the profession as the standard has it.

    `document` and `against` are a page and a standard, in either order; places are those
    of `document`. A skill is the same one reworded from a likeness of `near` on (0 to 100).
    """
    if isinstance(document, Standard) and isinstance(against, RegistryPage):
        for item in _differences(document, against.profession, near):
            yield Hit(item.at.standard, item.arguments)
    elif isinstance(document, RegistryPage) and isinstance(against, Standard):
        for item in _differences(against, document.profession, near):
            yield Hit(item.at.page, item.arguments)


def _differences(standard: Standard, page: Profession, near: float) -> Iterator[_Difference]:
    found = walk.meant(standard, page.code, page.level, page.name)
    if not found:
        arguments = {"code": page.code, "name": page.name, "level": page.level}
        at = _Sides(ROOT / "professions", _PAGE)
        yield _Difference(at, {"case": "no_profession", **arguments})
        return
    card, path = standard.professions[found[0]], ROOT / "professions" / found[0]
    facts = walk.card_facts(card)
    for item in (
        *_fields(path, card, page),
        *_skills(path, card, page, near),
        *_links(standard, path, card, page),
    ):
        yield _Difference(item.at, {**item.arguments, **facts})


def _fields(path: Pointer, card: Profession, page: Profession) -> Iterator[_Difference]:
    for field in ("code", "name", "level", "purpose", "experience", "personal_competencies"):
        here, there = (_shown(getattr(side, field)) for side in (card, page))
        if folded(here or "") != folded(there or ""):
            found = difference(here or "", there or "")
            arguments = {"field": field, "standard": here, "page": there}
            words = {"standard_words": found.first, "page_words": found.second}
            at = _Sides(path / field, _PAGE / field)
            yield _Difference(at, {"case": f"field_{found.case}", **arguments, **words})


def _shown(value: str | int | tuple[str, ...] | None) -> str | None:
    text = "; ".join(value) if isinstance(value, tuple) else str(value or "")
    return text or None


def _skills(
    path: Pointer, card: Profession, page: Profession, near: float
) -> Iterator[_Difference]:
    standard, shown = _named(card), _named(page)
    functions = _counterparts(standard, shown)
    pairs = _pairs(standard, shown, functions, near)
    for pair in pairs:
        at = _Sides(_name_at(path, pair.standard), _name_at(_PAGE, pair.page))
        if folded(pair.standard.name) != folded(pair.page.name):
            found = difference(pair.standard.name, pair.page.name)
            words = {"standard_words": found.first, "page_words": found.second}
            arguments = {"standard": pair.standard.name, "page": pair.page.name, **words}
            yield _Difference(at, {"case": f"reworded_{found.case}", **_where(pair), **arguments})
    for pair in _moved(pairs, functions):
        at = _Sides(_name_at(path, pair.standard), _name_at(_PAGE, pair.page))
        yield _Difference(at, {"case": "moved", "name": pair.standard.name, **_where(pair)})
    paired, page_paired = {pair.standard for pair in pairs}, {pair.page for pair in pairs}
    back = {there: here for here, there in functions.items()}
    for skill in standard:
        if skill not in paired:
            place = _function_at(_PAGE, functions.get(skill.function))
            arguments = {"name": skill.name, **_where_in_standard(skill)}
            at = _Sides(_name_at(path, skill), place)
            yield _Difference(at, {"case": "missing", **arguments})
    for skill in shown:
        if skill not in page_paired:
            place = _function_at(path, back.get(skill.function))
            arguments = {"name": skill.name, **_where_on_page(skill)}
            at = _Sides(place, _name_at(_PAGE, skill))
            yield _Difference(at, {"case": "extra", **arguments})


def _named(profession: Profession) -> list[_Skill]:
    return [
        _Skill(index, position, skill.name, skill.number, function.kind, function.number)
        for index, function in enumerate(profession.functions)
        for position, skill in enumerate(function.skills)
        if skill.name
    ]


def _counterparts(standard: list[_Skill], page: list[_Skill]) -> dict[int, int]:
    """The page's function for each of the standard's: by skills in common, the rest in order."""
    names: dict[str, list[int]] = {}
    for skill in page:
        names.setdefault(folded(skill.name), []).append(skill.function)
    common = Counter(
        (skill.function, there) for skill in standard for there in names.get(folded(skill.name), ())
    )
    found: dict[int, int] = {}
    for here, there in sorted(common, key=lambda pair: (-common[pair], pair)):
        if here not in found and there not in found.values():
            found[here] = there
    rest = sorted({skill.function for skill in standard} - found.keys())
    page_rest = sorted({skill.function for skill in page} - set(found.values()))
    return {**found, **dict(zip(rest, page_rest, strict=False))}


def _pairs(
    standard: list[_Skill], page: list[_Skill], functions: dict[int, int], near: float
) -> list[_Pair]:
    """Each skill with its counterpart: the nearest, of equally near ones that in its place."""
    candidates = [
        (-likeness, functions.get(here.function) != there.function, _Pair(here, there))
        for here in standard
        for there in page
        if (likeness := nearness(here.name, there.name)) >= near
    ]
    pairs: dict[_Skill, _Pair] = {}
    taken: set[_Skill] = set()
    for _, _, pair in sorted(candidates):
        if pair.standard not in pairs and pair.page not in taken:
            pairs[pair.standard] = pair
            taken.add(pair.page)
    return sorted(pairs.values())


def _moved(pairs: list[_Pair], functions: dict[int, int]) -> Iterator[_Pair]:
    """The fewest skills whose return to their place would restore the standard's order."""
    for here in sorted({pair.standard.function for pair in pairs}):
        own = [pair for pair in pairs if pair.standard.function == here]
        staying = [pair for pair in own if pair.page.function == functions.get(here)]
        order = [pair.page.position for pair in staying]
        edits = LCSseq.editops(order, sorted(order))
        out_of_order = {staying[edit.src_pos] for edit in edits if edit.tag == "delete"}
        for pair in own:
            if pair not in staying or pair in out_of_order:
                yield pair


def _links(
    standard: Standard, path: Pointer, card: Profession, page: Profession
) -> Iterator[_Difference]:
    """Related professions by level and name; a name beside a code may be the card's own too."""
    accepted = [_accepted(standard, row) for row in card.related]
    shown = [(row.level, folded(row.name or "")) for row in page.related]
    related, page_related = path / "related", _PAGE / "related"
    for index, row in enumerate(card.related):
        if row.name and not accepted[index].intersection(shown):
            arguments = {"name": row.name, "level": row.level}
            at = _Sides(related / index, page_related)
            yield _Difference(at, {"case": "link_missing", **arguments})
    known = set().union(*accepted)
    for index, row in enumerate(page.related):
        if row.name and shown[index] not in known:
            arguments = {"name": row.name, "level": row.level}
            at = _Sides(related, page_related / index)
            yield _Difference(at, {"case": "link_extra", **arguments})


def _accepted(standard: Standard, row: RelatedProfession) -> set[tuple[int | None, str]]:
    found = walk.meant(standard, row.code, row.level, row.name)
    names = [row.name, *(standard.professions[index].name for index in found)]
    return {(row.level, folded(name)) for name in names if name}


def _name_at(path: Pointer, skill: _Skill) -> Pointer:
    return path / "functions" / skill.function / "skills" / skill.position / "name"


def _function_at(path: Pointer, function: int | None) -> Pointer:
    functions = path / "functions"
    return functions if function is None else functions / function


def _where(pair: _Pair) -> dict[str, Any]:
    return {**_where_in_standard(pair.standard), **_where_on_page(pair.page)}


def _where_in_standard(skill: _Skill) -> dict[str, Any]:
    return {"kind": skill.kind, "function": skill.function_number, "skill": skill.number}


def _where_on_page(skill: _Skill) -> dict[str, Any]:
    """Functions have no number on a page: they are counted."""
    return {"page_function": skill.function + 1, "page_skill": skill.number}
