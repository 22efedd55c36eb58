"""PP: the Russian and the Kazakh version of one standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from profstd.document import ROOT, Pointer
from profstd.model import (
    Model,
    OtherName,
    Profession,
    RelatedProfession,
    Skill,
    Standard,
    WorkFunction,
)
from profstd.validate import walk
from profstd.validate.pairing import cards_alike, functions_alike, pair, skills_alike
from profstd.validate.rule import ERROR, Basis, Hit, rule

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TECHNICAL = ROOT / "technical"
_CARD_VALUES = ("group_code", "code", "level", "sublevel")


class _Sides(NamedTuple):
    """One thing in both versions: two places."""

    here: Pointer
    there: Pointer

    def __truediv__(self, key: str) -> _Sides:
        return _Sides(self.here / key, self.there / key)

    def at(self, here: int, there: int) -> _Sides:
        """The items at these positions of both lists."""
        return _Sides(self.here / here, self.there / there)


_ROOTS = _Sides(ROOT, ROOT)


class _Part(NamedTuple):
    """What a difference lies in: "standard", "card", "function" or "skill", as the other has it."""

    kind: str
    facts: Mapping[str, Any]

    def hit(self, at: _Sides, case: str, **arguments: Any) -> Hit:
        facts = {"other_path": str(at.there), **self.facts}
        return Hit(at.here, {"case": f"{self.kind}_{case}", **arguments, **facts})

    def unequal(self, at: _Sides, here: Any, there: Any) -> Iterator[Hit]:
        """A hit where the two versions have different values."""
        if here != there:
            given = {"field": at.here.keys[-1], "value": _shown(here), "other": _shown(there)}
            yield self.hit(at, "value", **given)

    def uneven(self, at: _Sides, here: Sequence[Any], there: Sequence[Any]) -> Iterator[Hit]:
        """A hit where two lists have different lengths."""
        if len(here) != len(there):
            given = {"count": len(here), "other_count": len(there)}
            yield self.hit(at, "count", field=at.here.keys[-1], **given)


def _shown(value: Any) -> str:
    """A value as the form writes it: dates with the day first, a dash for none."""
    text = "—" if value is None else str(value)
    return ".".join(reversed(text.split("-"))) if _DATE.fullmatch(text) else text


@rule("PP01", ERROR, Basis.ORDER, Basis.PRACTICE, scope="pair")
def versions_differ(document: Model, against: Model) -> Iterator[Hit]:
    """The Russian and the Kazakh version have one skeleton.

    Cards, codes, levels, work functions, skills, their recognition, the number of terms,
    abilities and knowledge, approvals and dates. Cards are paired by code and level, work
    functions by kind and number, all that is left by its build and by the words that both
    languages borrow, so that what one version lacks is told once.
    """
    if isinstance(document, Standard) and isinstance(against, Standard):
        yield from _passport(document, against)
        yield from _cards(document, against)
        yield from _technical(document, against)


def _passport(here: Standard, there: Standard) -> Iterator[Hit]:
    part = _Part("standard", {})
    yield from part.unequal(_ROOTS / "code", here.code, there.code)
    for name in ("terms", "abbreviations", "economic_activities", "profession_list"):
        mine, theirs = getattr(here, name), getattr(there, name)
        counts = list(part.uneven(_ROOTS / name, mine, theirs))
        yield from counts
        field = {"economic_activities": "code", "profession_list": "level"}.get(name)
        for index, (one, other) in enumerate(zip(mine, theirs, strict=False)):
            if field and not counts:
                at = (_ROOTS / name).at(index, index) / field
                yield from part.unequal(at, getattr(one, field), getattr(other, field))


def _technical(here: Standard, there: Standard) -> Iterator[Hit]:
    part = _Part("standard", {})
    data, other = here.technical, there.technical
    if here.approval and there.approval:
        yield from _decision(_ROOTS / "approval", here.approval, there.approval)
    at = _Sides(_TECHNICAL, _TECHNICAL)
    for name in ("sector_council", "national_body", "chamber"):
        yield from _decision(at / name, getattr(data, name), getattr(other, name))
    for name in ("version", "year", "review_date"):
        yield from part.unequal(at / name, getattr(data, name), getattr(other, name))
    yield from part.uneven(at / "developers", data.developers, other.developers)


def _decision(at: _Sides, here: Any, there: Any) -> Iterator[Hit]:
    """The date of an approval, and its number as far as it is digits."""
    name = str(at.here.keys[-1])
    mine, theirs = (re.findall("[0-9]+", item.number or "") for item in (here, there))
    for field, differ in (("number", mine != theirs), ("date", here.date != there.date)):
        if differ:
            given = {"value": _shown(getattr(here, field)), "other": _shown(getattr(there, field))}
            yield _Part("standard", {}).hit(at / field, field, field=name, **given)


def _cards(here: Standard, there: Standard) -> Iterator[Hit]:
    cards, others = here.professions, there.professions
    found = pair(
        cards,
        others,
        (lambda card: card.code and (card.code, card.level), lambda card: card.code),
        cards_alike,
    )
    both = _ROOTS / "professions"
    for index in found.here:
        at = _Sides(both.here / index, both.there)
        yield _Part("card", walk.card_facts(cards[index])).hit(at, "missing")
    for index in found.there:
        at = _Sides(both.here, both.there / index)
        yield _Part("card", walk.card_facts(others[index])).hit(at, "extra")
    order = [other for _, other in found.pairs]
    edits = LCSseq.editops(order, sorted(order))
    moved = {edit.src_pos for edit in edits if edit.tag == "delete"}
    for position, (one, other) in enumerate(found.pairs):
        part = _Part("card", walk.card_facts(others[other]))
        if position in moved:
            yield part.hit(both.at(one, other), "order")
        yield from _card(both.at(one, other), part, cards[one], others[other])


def _card(at: _Sides, part: _Part, here: Profession, there: Profession) -> Iterator[Hit]:
    for name in _CARD_VALUES:
        yield from part.unequal(at / name, getattr(here, name), getattr(there, name))
    yield from part.uneven(at / "education", here.education, there.education)
    for name in ("other_names", "related"):
        yield from _codes(at / name, part, getattr(here, name), getattr(there, name))
    whole = yield from _functions(at / "functions", part, here.functions, there.functions)
    for name in ("mandatory", "additional") if whole else ():
        lists = (getattr(item.listed_functions, name) for item in (here, there))
        yield from part.uneven(at / "listed_functions" / name, *lists)


def _codes(at: _Sides, part: _Part, here: Sequence[Any], there: Sequence[Any]) -> Iterator[Hit]:
    """Rows with codes: which codes only one version has; without codes, how many rows."""
    mine, theirs = ([_coded(row) for row in rows if row.code] for rows in (here, there))
    only_here = list((Counter(mine) - Counter(theirs)).elements())
    only_there = list((Counter(theirs) - Counter(mine)).elements())
    if only_here or only_there:
        case = "codes" if only_here and only_there else "here" if only_here else "there"
        given = {"field": at.here.keys[-1], "codes": only_here, "other_codes": only_there}
        yield part.hit(at, case, **given)
    else:
        yield from part.uneven(at, here, there)


def _coded(row: OtherName | RelatedProfession) -> str:
    level = getattr(row, "level", None)
    return str(row.code) if level is None else f"{row.code} ({level})"


def _functions(
    at: _Sides, card: _Part, here: Sequence[WorkFunction], there: Sequence[WorkFunction]
) -> Generator[Hit, None, bool]:
    """The differences; whether each has its counterpart is what is returned at the end."""
    found = pair(here, there, (), functions_alike)
    for index in found.here:
        part = _Part("function", {**card.facts, **_function_facts(here[index])})
        yield part.hit(_Sides(at.here / index, at.there), "missing", name=here[index].name)
    for index in found.there:
        part = _Part("function", {**card.facts, **_function_facts(there[index])})
        yield part.hit(_Sides(at.here, at.there / index), "extra", name=there[index].name)
    for one, other in found.pairs:
        mine, theirs = here[one], there[other]
        part = _Part("function", {**card.facts, **_function_facts(theirs)})
        places = at.at(one, other)
        yield from part.unequal(places / "kind", mine.kind, theirs.kind)
        if mine.kind == theirs.kind and not (found.here or found.there):
            yield from part.unequal(places / "number", mine.number, theirs.number)
        yield from _skills(places / "skills", part, mine.skills, theirs.skills)
    return not (found.here or found.there)


def _function_facts(function: WorkFunction) -> dict[str, Any]:
    return {"kind": function.kind, "function": function.number}


def _skills(
    at: _Sides, function: _Part, here: Sequence[Skill], there: Sequence[Skill]
) -> Iterator[Hit]:
    found = pair(here, there, (), skills_alike)
    for index in found.here:
        part = _Part("skill", {**function.facts, "skill": here[index].number})
        yield part.hit(_Sides(at.here / index, at.there), "missing", name=here[index].name)
    for index in found.there:
        part = _Part("skill", {**function.facts, "skill": there[index].number})
        yield part.hit(_Sides(at.here, at.there / index), "extra", name=there[index].name)
    for one, other in found.pairs:
        mine, theirs = here[one], there[other]
        part = _Part("skill", {**function.facts, "skill": theirs.number})
        places = at.at(one, other)
        if not (found.here or found.there):
            yield from part.unequal(places / "number", mine.number, theirs.number)
        yield from part.uneven(places / "abilities", mine.abilities, theirs.abilities)
        yield from part.uneven(places / "knowledge", mine.knowledge, theirs.knowledge)
        yield from part.unequal(places / "recognition", mine.recognition, theirs.recognition)
