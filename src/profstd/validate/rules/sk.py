"""SK: skills that are repeated or nearly so, and numbers out of order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rapidfuzz import fuzz, process

from profstd.document import Pointer
from profstd.model import PrintedNumber, Standard
from profstd.validate import walk
from profstd.validate.rule import ERROR, STYLE, WARNING, Basis, Hit, rule
from profstd.validate.walk import SkillAt
from profstd.validate.wording import differing, folded

_NUMERAL = re.compile(r"\d+|\b[ivxlc]+\b")


def _named(standard: Standard) -> dict[str, list[SkillAt]]:
    """The skills that have a name, by its wording, in document order."""
    found: dict[str, list[SkillAt]] = {}
    for at in walk.skills(standard):
        if name := folded(at.skill.name or ""):
            found.setdefault(name, []).append(at)
    return found


def _of_professions(standard: Standard) -> Iterator[dict[str, list[SkillAt]]]:
    """The named skills of each profession by itself."""
    for path, profession in walk.professions(standard):
        found: dict[str, list[SkillAt]] = {}
        for at in walk.skills_of(path, profession):
            if name := folded(at.skill.name or ""):
                found.setdefault(name, []).append(at)
        yield found


def _cards(places: Iterable[SkillAt]) -> list[str]:
    return list(dict.fromkeys(walk.card_title(at.profession) for at in places))


def _place(at: SkillAt) -> dict[str, Any]:
    """Where a skill stands, as the reader knows it."""
    facts = walk.card_facts(at.profession)
    numbers = {"function": at.function.number, "skill": at.skill.number}
    return {"kind": at.function.kind, **numbers, **facts}


def _difference(at: SkillAt, first: SkillAt) -> dict[str, Any]:
    """Both names, and the words that only one of them has, if it is not just their order."""
    name, first_name = at.skill.name or "", first.skill.name or ""
    here, there = differing(name, first_name)
    reordered = _sorted_words(folded(name)) == _sorted_words(folded(first_name))
    arguments = {"case": "order" if reordered else "words", "name": name, "first_name": first_name}
    words = {"name_words": here or None, "first_words": there or None}
    return {**arguments, **words, **_place(first)}


def _numerals(name: str) -> list[str]:
    """Names that differ in a number are meant to differ: «2 разряда», «3 разряда»."""
    return _NUMERAL.findall(name)


def _sorted_words(name: str) -> str:
    return " ".join(sorted(name.split()))


@rule("SK01", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def skill_repeated(standard: Standard) -> Iterator[Hit]:
    """A profession has a skill once; case, punctuation and ё make no difference."""
    for skills in _of_professions(standard):
        for first, *others in skills.values():
            for at in others:
                same = at.function_path == first.function_path
                case = "function" if same else "profession"
                arguments = {"case": case, "name": at.skill.name, **_place(first)}
                yield Hit(at.path / "name", arguments)


def _near(name: str, earlier: dict[str, str], near: float) -> list[str]:
    """The names in `earlier` (with their words sorted) that are near to `name`, nearest first."""
    found = process.extract(
        _sorted_words(name), earlier, scorer=fuzz.ratio, score_cutoff=near, limit=None
    )
    return [other for _, _, other in found if _numerals(other) == _numerals(name)]


@rule("SK02", WARNING, Basis.PRACTICE)
def skill_nearly_repeated(
    standard: Standard, *, near: float = 90, beginning: float = 0.8
) -> Iterator[Hit]:
    """No two skills of a profession are nearly the same.

    They are when their words, in alphabetical order, are at least `near` like each other
    (0 to 100), or when they begin with the same words, at least `beginning` (0 to 1) of
    the shorter one. Names with different numbers in them are different skills.
    """
    for skills in _of_professions(standard):
        earlier: dict[str, str] = {}
        for name, (at, *_) in skills.items():
            begun = (other for other in earlier if _begin_alike(name, other, beginning))
            for other in [*_near(name, earlier, near), *begun][:1]:
                yield Hit(at.path / "name", _difference(at, skills[other][0]))
            earlier[name] = _sorted_words(name)


def _begin_alike(name: str, other: str, share: float) -> bool:
    first, second = name.split(), other.split()
    shorter = min(len(first), len(second))
    common = 0
    while common < shorter and first[common] == second[common]:
        common += 1
    # Few words in common are a turn of phrase: «Подготовка отчета по результатам …».
    return common >= 6 and common >= share * shorter and _numerals(name) == _numerals(other)


@rule("SK03", WARNING, Basis.PRACTICE)
def skill_shared(standard: Standard) -> Iterator[Hit]:
    """A skill belongs to one profession of the standard; one finding for each skill.

    Where its recognition differs, SK04 tells.
    """
    for places in _named(standard).values():
        first = places[0]
        others = [at for at in places if at.profession_path != first.profession_path]
        if others and not _recognised_differently(places):
            yield Hit(
                others[0].path / "name",
                {
                    "name": others[0].skill.name,
                    "cards": _cards(places),
                    "places": [str(at.path) for at in places],
                    **_place(first),
                },
            )


@rule("SK04", WARNING, Basis.LAW, Basis.PRACTICE)
def shared_skill_recognised_differently(standard: Standard) -> Iterator[Hit]:
    """A skill of several professions has one recognition; one finding for each skill."""
    for places in _named(standard).values():
        if len({at.profession_path for at in places}) > 1 and _recognised_differently(places):
            given = [at for at in places if at.skill.recognition]
            at = next(at for at in given if at.skill.recognition != given[0].skill.recognition)
            cards = {
                value: _cards(at for at in given if at.skill.recognition == value)
                for value in ("recommended", "not_recommended")
            }
            paths = [str(at.path) for at in places]
            arguments = {"name": at.skill.name, **cards, "places": paths}
            yield Hit(at.path / "recognition", arguments)


def _recognised_differently(places: list[SkillAt]) -> bool:
    return len({at.skill.recognition for at in places} - {None}) > 1


@rule("SK05", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def statement_repeated(standard: Standard) -> Iterator[Hit]:
    """A skill names an ability or a piece of knowledge once."""
    for at in walk.skills(standard):
        for field, path, statements in walk.statements(at):
            first: dict[str, int] = {}
            for index, statement in enumerate(statements):
                text = folded(statement.text)
                earlier = first.setdefault(text, index)
                if text and earlier != index:
                    printed = statements[earlier].number
                    number = earlier + 1 if printed is None else printed
                    arguments = {"case": field, "text": statement.text, "first": number}
                    yield Hit(path / index / "text", arguments)


@rule("SK06", WARNING, Basis.PRACTICE)
def block_repeated(standard: Standard, *, least: int = 2, near: float = 90) -> Iterator[Hit]:
    """Skills of different names do not have the same abilities or the same knowledge.

    A block is a list of at least `least` statements, in any order. Skills whose names are
    at least `near` like each other (0 to 100) are one skill, as for SK02: they may agree.
    One finding for each block, at the second skill that has it; one for both its lists.
    """
    repeated: dict[tuple[Pointer, ...], tuple[list[SkillAt], list[tuple[str, int]]]] = {}
    for (field, texts), places in _blocks(standard, least).items():
        first, *others = places
        others = [at for at in others if not _one_skill(at, first, near)]
        if others:
            paths = (first.path, *(at.path for at in others))
            repeated.setdefault(paths, ([first, *others], []))[1].append((field, len(texts)))
    for paths, ((first, second, *_), lists) in repeated.items():
        both = len(lists) > 1
        field, count = ("both", sum(size for _, size in lists)) if both else lists[0]
        arguments = {
            "case": field,
            "statements": count,
            "name": second.skill.name,
            "first_name": first.skill.name,
            "skills": len(paths),
            "places": [str(path) for path in paths],
        }
        path = second.path if both else second.path / field
        yield Hit(path, {**arguments, **_place(first)})


def _blocks(standard: Standard, least: int) -> dict[tuple[str, frozenset[str]], list[SkillAt]]:
    """The skills that have a list of statements, by the field and the wordings in it."""
    blocks: dict[tuple[str, frozenset[str]], list[SkillAt]] = {}
    for at in walk.skills(standard):
        for field, _, statements in walk.statements(at):
            texts = frozenset(folded(statement.text) for statement in statements) - {""}
            if len(texts) >= least:
                blocks.setdefault((field, texts), []).append(at)
    return blocks


def _one_skill(first: SkillAt, second: SkillAt, near: float) -> bool:
    one, other = (folded(at.skill.name or "") for at in (first, second))
    return one != "" and bool(_near(one, {other: _sorted_words(other)}, near))


@rule("SK07", STYLE, Basis.PRACTICE)
def skill_twins(standard: Standard, *, near: float = 92) -> Iterator[Hit]:
    """Skills of two professions do not differ by a word, an ending or the order of words only.

    One of such twins is probably a slip. They are near as for SK02, and at least `near`
    (0 to 100). Those that stand in one profession too are SK02's.
    """
    skills = _named(standard)
    cards = {name: {at.profession_path for at in places} for name, places in skills.items()}
    earlier: dict[str, str] = {}
    for name, (at, *_) in skills.items():
        apart = (
            other for other in _near(name, earlier, near) if cards[name].isdisjoint(cards[other])
        )
        if other := next(apart, None):
            yield Hit(at.path / "name", _difference(at, skills[other][0]))
        earlier[name] = _sorted_words(name)


@rule("SK08", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def skill_numbers(standard: Standard) -> Iterator[Hit]:
    """The skills of a work function are numbered 1, 2, 3 …, if they are numbered."""
    for path, function, _ in walk.functions(standard):
        skills = function.skills
        numbers = [item.number for item in skills if item.name or item.number is not None]
        if _out_of_order(numbers):
            yield Hit(path / "skills", {"numbers": _printed(numbers), "count": len(numbers)})


@rule("SK09", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def statement_numbers(standard: Standard) -> Iterator[Hit]:
    """Abilities and knowledge are numbered 1, 2, 3 …, if they are numbered."""
    for at in walk.skills(standard):
        for field, path, statements in walk.statements(at):
            numbers = [item.number for item in statements]
            if _out_of_order(numbers):
                arguments = {"case": field, "numbers": _printed(numbers), "count": len(numbers)}
                yield Hit(path, arguments)


def _out_of_order(numbers: list[PrintedNumber | None]) -> bool:
    return any(number is not None for number in numbers) and numbers != list(
        range(1, len(numbers) + 1)
    )


def _printed(numbers: list[PrintedNumber | None]) -> list[int | str]:
    return ["—" if number is None else number for number in numbers]
