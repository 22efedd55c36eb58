"""SK: skills that are repeated or nearly so, and numbers out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

from profstd.document import Pointer
from profstd.model import Language, PrintedNumber, Standard
from profstd.validate import walk
from profstd.validate.rule import ERROR, STYLE, WARNING, Basis, Hit, rule
from profstd.validate.walk import SkillAt
from profstd.validate.wording import (
    difference,
    earlier_twins,
    folded,
    numerals,
    twins,
    without_endings,
)


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


def _place(at: SkillAt) -> dict[str, Any]:
    """Where a skill stands, as the reader knows it."""
    facts = walk.card_facts(at.profession)
    numbers = {"function": at.function.number, "skill": at.skill.number}
    return {"kind": at.function.kind, **numbers, **facts}


def _difference(at: SkillAt, first: SkillAt) -> dict[str, Any]:
    """Both names, and the words that only one of them has, if it is not just their order."""
    name, first_name = at.skill.name or "", first.skill.name or ""
    found = difference(name, first_name)
    reordered = sorted(folded(name).split()) == sorted(folded(first_name).split())
    case = "order" if reordered else "words" if found.case == "whole" else found.case
    words = {"name_words": found.first, "first_words": found.second}
    return {"case": case, "name": name, "first_name": first_name, **words, **_place(first)}


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


@rule("SK02", WARNING, Basis.PRACTICE)
def skill_nearly_repeated(
    standard: Standard, *, near: float = 90, beginning: float = 0.8
) -> Iterator[Hit]:
    """No two skills of a profession are nearly the same.

    They are when their names are twins (see `wording.twins`; `near`: 0 to 100), or begin
    with the same words, at least `beginning` (0 to 1) of the shorter one. In Kazakh, where
    the action comes last, the words at the end are compared. Names with different numbers
    in them are different skills.
    """
    for skills in _of_professions(standard):
        known = earlier_twins(tuple(skills), standard.language, near)
        earlier: list[str] = []
        for name, (at, *_) in skills.items():
            begun = (
                other
                for other in earlier
                if _begin_alike(name, other, standard.language, beginning)
            )
            if other := next(iter([*known[name], *begun]), None):
                yield Hit(at.path / "name", _difference(at, skills[other][0]))
            earlier.append(name)


def _begin_alike(name: str, other: str, language: Language, share: float) -> bool:
    first, second = name.split(), other.split()
    if language == "kk":
        first, second = first[::-1], second[::-1]
    shorter = min(len(first), len(second))
    common = 0
    while common < shorter and first[common] == second[common]:
        common += 1
    # Few words in common are a turn of phrase: «Подготовка отчета по результатам …».
    return common >= 6 and common >= share * shorter and numerals(name) == numerals(other)


@rule("SK03", WARNING, Basis.PRACTICE)
def skill_shared(standard: Standard) -> Iterator[Hit]:
    """A skill belongs to one profession of the standard; one finding for each skill.

    Where its recognition differs, SK04 tells.
    """
    for places in _named(standard).values():
        first = places[0]
        others = [at for at in places if at.profession_path != first.profession_path]
        if others and _contradiction(places, places) is None:
            here = others[0].profession_path
            more = (at.profession for at in others if at.profession_path != here)
            cards = list(dict.fromkeys(map(walk.card_number, more)))
            yield Hit(
                others[0].path / "name",
                {
                    "case": "several" if cards else "two",
                    "name": others[0].skill.name,
                    "cards": cards,
                    "places": [str(at.path) for at in places],
                    **_place(first),
                },
            )


@rule("SK04", WARNING, Basis.LAW, Basis.PRACTICE)
def shared_skill_recognised_differently(standard: Standard, *, near: float = 92) -> Iterator[Hit]:
    """A skill of several professions has one recognition; one finding for each skill.

    Twins (see `wording.twins`; `near`: 0 to 100) count as one skill.
    """
    for places in _named(standard).values():
        if found := _contradiction(places, places):
            yield _recognised_differently(found, "same", places)
    for twin in _twins_apart(standard, near):
        if twin.contradiction:
            places = [*twin.first, *twin.places]
            yield _recognised_differently(twin.contradiction, "twin", places)


class _Contradiction(NamedTuple):
    """Two places of a skill in two professions whose recognition differs."""

    at: SkillAt
    first: SkillAt


def _contradiction(places: list[SkillAt], firsts: list[SkillAt]) -> _Contradiction | None:
    for at, first in product(places, firsts):
        values = at.skill.recognition, first.skill.recognition
        apart = at.profession_path != first.profession_path
        if apart and None not in values and values[0] != values[1] and _is_before(first, at):
            return _Contradiction(at, first)
    return None


def _is_before(first: SkillAt, at: SkillAt) -> bool:
    return first.path.keys < at.path.keys


def _recognised_differently(found: _Contradiction, case: str, places: list[SkillAt]) -> Hit:
    at, first = found
    arguments = {
        "case": f"{case}_{at.skill.recognition}",
        "name": at.skill.name,
        "first_name": first.skill.name,
        "recognition": at.skill.recognition,
        "places": [str(place.path) for place in places],
    }
    return Hit(at.path / "recognition", {**arguments, **_place(first)})


class _TwinsApart(NamedTuple):
    """The places of two wordings that are twins and stand in no profession together."""

    places: list[SkillAt]
    first: list[SkillAt]

    @property
    def contradiction(self) -> _Contradiction | None:
        """Where recognition differs, if each wording has one value wherever it stands."""
        for places in self:
            if len({at.skill.recognition for at in places} - {None}) != 1:
                return None
        return _contradiction(self.places, self.first) or _contradiction(self.first, self.places)


def _twins_apart(standard: Standard, near: float) -> Iterator[_TwinsApart]:
    """For each wording one earlier twin: one recognised differently, or else the nearest."""
    skills = _named(standard)
    cards = {name: {at.profession_path for at in places} for name, places in skills.items()}
    for name, others in earlier_twins(tuple(skills), standard.language, near).items():
        apart = [
            _TwinsApart(skills[name], skills[other])
            for other in others
            if cards[name].isdisjoint(cards[other])
        ]
        if apart:
            yield next((twin for twin in apart if twin.contradiction), apart[0])


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
def block_repeated(
    standard: Standard, *, least: int = 2, part: int = 3, near: float = 90
) -> Iterator[Hit]:
    """Skills of different names do not have the same abilities or the same knowledge.

    A block is a list of at least `least` statements, in any order; endings make no
    difference («методы оценки», «методов оценки»). Inside one profession a
    list of at least `part` statements is not a part of another skill's list either. Skills
    whose names are twins (see `wording.twins`; `near`: 0 to 100) are one skill: they may
    agree. One finding for each block, at the second skill that has it; one for both its
    lists; one for a list that is a part of others.
    """
    blocks = _blocks(standard, least)
    repeated: dict[tuple[Pointer, ...], _Repeated] = {}
    for block, (first, *others) in blocks.items():
        others = [at for at in others if not _one_skill(at, first, standard.language, near)]
        if others:
            paths = (first.path, *(at.path for at in others))
            repeated.setdefault(paths, _Repeated(others[0], first, [])).blocks.append(block)
    for paths, found in repeated.items():
        yield _block_hit(found, "", {"skills": len(paths), "places": list(map(str, paths))})
    told = {frozenset(pair) for paths in repeated for pair in combinations(paths, 2)}
    contained: dict[Pointer, _Repeated] = {}
    for block, at, whole in _parts(blocks, part):
        pair = frozenset((at.path, whole.path))
        known = contained.get(at.path)
        if known and known.first.path == whole.path:
            known.blocks.append(block)
        elif not (known or pair in told or _one_skill(at, whole, standard.language, near)):
            contained[at.path] = _Repeated(at, whole, [block])
            told.add(pair)
    for path, found in contained.items():
        yield _block_hit(found, "part_", {"places": [str(path), str(found.first.path)]})


class _Repeated(NamedTuple):
    """A skill, an earlier or fuller one with the same statements, and the blocks of them."""

    at: SkillAt
    first: SkillAt
    blocks: list[tuple[str, frozenset[str]]]


def _block_hit(found: _Repeated, case: str, arguments: dict[str, Any]) -> Hit:
    both = len(found.blocks) > 1
    field = "both" if both else found.blocks[0][0]
    facts = {
        "case": f"{case}{field}",
        "statements": sum(len(texts) for _, texts in found.blocks),
        "name": found.at.skill.name,
        "first_name": found.first.skill.name,
    }
    path = found.at.path if both else found.at.path / field
    return Hit(path, {**facts, **arguments, **_place(found.first)})


def _blocks(standard: Standard, least: int) -> dict[tuple[str, frozenset[str]], list[SkillAt]]:
    """The skills that have a list of statements, by the field and the wordings in it."""
    blocks: dict[tuple[str, frozenset[str]], list[SkillAt]] = {}
    for at in walk.skills(standard):
        for field, _, statements in walk.statements(at):
            texts = frozenset(
                without_endings(statement.text, standard.language) for statement in statements
            ) - {""}
            if len(texts) >= least:
                blocks.setdefault((field, texts), []).append(at)
    return blocks


def _parts(
    blocks: dict[tuple[str, frozenset[str]], list[SkillAt]], least: int
) -> Iterator[tuple[tuple[str, frozenset[str]], SkillAt, SkillAt]]:
    """Each block that is a part of a longer one of the same profession, and the skills."""
    with_statement: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = {}
    for field, texts in blocks:
        for text in texts:
            with_statement.setdefault((field, text), []).append((field, texts))
    for block, places in blocks.items():
        field, texts = block
        if len(texts) >= least:
            for longer in with_statement[field, min(texts)]:
                if texts < longer[1]:
                    for whole in blocks[longer]:
                        for at in places:
                            if at.profession_path == whole.profession_path:
                                yield block, at, whole


def _one_skill(first: SkillAt, second: SkillAt, language: Language, near: float) -> bool:
    return twins(first.skill.name or "", second.skill.name or "", language, near=near)


@rule("SK07", STYLE, Basis.PRACTICE)
def skill_twins(standard: Standard, *, near: float = 92) -> Iterator[Hit]:
    """Skills of two professions are not twins (see `wording.twins`; `near`: 0 to 100).

    One of such twins is probably a slip. Those that stand in one profession too are SK02's,
    those recognised differently SK04's.
    """
    for twin in _twins_apart(standard, near):
        if not twin.contradiction:
            at = twin.places[0]
            yield Hit(at.path / "name", _difference(at, twin.first[0]))


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
