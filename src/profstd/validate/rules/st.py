"""ST: the structure of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from profstd.document import ROOT, Document, Observation, Pointer
from profstd.model import Profession, Standard, WorkFunction
from profstd.validate import walk
from profstd.validate.rule import ERROR, STYLE, WARNING, Basis, Hit, rule
from profstd.validate.wording import folded

_TITLE = ROOT / "title"
_SCOPE = ROOT / "scope"
_TECHNICAL = ROOT / "technical"

_StandardField: TypeAlias = Literal[
    "title",
    "code",
    "approval",
    "scope",
    "terms",
    "abbreviations",
    "economic_activities",
    "summary",
    "profession_list",
    "professions",
    "technical",
]
_CardField: TypeAlias = Literal[
    "item_number",
    "heading",
    "group_code",
    "code",
    "name",
    "level",
    "sublevel",
    "other_qualification",
    "education",
    "experience",
    "nonformal_learning",
    "other_names",
    "purpose",
    "listed_functions",
    "functions",
    "personal_competencies",
    "regulations",
    "related",
]
_TechnicalField: TypeAlias = Literal[
    "item_numbers",
    "authority",
    "authority.name",
    "authority.contacts",
    "developers",
    "contacts",
    "sector_council",
    "sector_council.number",
    "sector_council.date",
    "national_body",
    "national_body.number",
    "national_body.date",
    "chamber",
    "chamber.number",
    "chamber.date",
    "version",
    "year",
    "review_date",
]

# Required by the form (inferred from it, and borne out by practice).
_IN_STANDARD: tuple[_StandardField, ...] = (
    *("title", "code", "scope", "economic_activities", "summary"),
    *("profession_list", "professions"),
)
_IN_CARD: tuple[_CardField, ...] = (
    *("group_code", "code", "name", "level", "education", "experience"),
    *("nonformal_learning", "purpose", "related"),
)
_IN_TECHNICAL: tuple[_TechnicalField, ...] = (
    *("authority.name", "developers", "sector_council", "national_body", "chamber"),
    *("version", "year", "review_date"),
)
# What a draft may lack: the platform gives the codes, the approvals come last.
_PENDING = frozenset({"code", "group_code", *_IN_TECHNICAL[2:]})


@rule("ST01", ERROR, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def required_field_empty(
    document: Document,
    *,
    standard_fields: Sequence[_StandardField] = _IN_STANDARD,
    profession_fields: Sequence[_CardField] = _IN_CARD,
    technical_fields: Sequence[_TechnicalField] = _IN_TECHNICAL,
) -> Iterator[Hit]:
    """The fields that the form requires have a value; work functions and skills have a name.

    Which fields is a setting (inferred from the form and borne out by practice). A field
    whose label was not found in the source either is reported as that, not here.
    """
    standard = document.model
    if not isinstance(standard, Standard):
        return
    hits = [*_empty_fields("standard", ROOT, standard, standard_fields)]
    # Relations that no card has are a matter of the whole standard: ST09.
    related = any(item.related for item in standard.professions)
    in_card = [field for field in profession_fields if field != "related" or related]
    for path, profession in walk.professions(standard):
        hits += _empty_fields("card", path, profession, in_card)
    for path, function, _ in walk.functions(standard):
        hits += _empty_fields("function", path, function, ("name",))
    for at in walk.skills(standard):
        if _skills_of(at.function):
            hits += _empty_fields("skill", at.path, at.skill, ("name",))
    if technical_fields and _is_empty(standard.technical):
        hits += _empty_fields("standard", ROOT, standard, ("technical",))
    else:
        hits += _empty_fields("technical", _TECHNICAL, standard.technical, technical_fields)
    told = {item.path for item in document.observations if item.kind == "missing_label"}
    for hit in hits:
        in_item = hit.path.parent if hit.path.parent.parent == _TECHNICAL else hit.path
        if told.isdisjoint((hit.path, in_item)):
            yield hit
        if hit.path == _TECHNICAL / "version":
            told.add(_TECHNICAL / "year")  # both stand in one item


def _empty_fields(case: str, path: Pointer, node: Any, fields: Sequence[str]) -> Iterator[Hit]:
    for dotted in fields:
        value, place = node, path
        for name in dotted.split("."):
            # A name that no such part has is no field, and not empty either.
            value, place = getattr(value, name, 0), place / name
        if _is_empty(value):
            field = dotted.partition(".")[0]
            number = getattr(node, "number", None)
            arguments = {"case": case, "field": field, "number": number}
            yield Hit(place, arguments, pending=field in _PENDING)


def _is_empty(value: Any) -> bool:
    if isinstance(value, Struct):
        return all(_is_empty(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return all(_is_empty(item) for item in value)
    return value is None or value == ""


def _skills_of(function: WorkFunction) -> int:
    """How many skills the function has; the one that only holds stray statements is none."""
    return sum(skill.number is not None or skill.name is not None for skill in function.skills)


@rule("ST02", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def function_without_skill(standard: Standard) -> Iterator[Hit]:
    """A work function has at least one skill with a number or a name.

    Abilities and knowledge that stand in it without a skill are counted in the message.
    """
    for path, function, _ in walk.functions(standard):
        if not _skills_of(function):
            counts = {
                "abilities": sum(len(skill.abilities) for skill in function.skills),
                "knowledge": sum(len(skill.knowledge) for skill in function.skills),
            }
            case = "stray" if any(counts.values()) else "none"
            arguments = {"case": case, "name": function.name, "number": function.number}
            yield Hit(path / "skills", {**arguments, **counts})


@rule("ST03", ERROR, Basis.TEMPLATE, Basis.LAW, scope="reading")
def skill_without_abilities(document: Document) -> Iterator[Hit]:
    """A skill has at least one ability (умение).

    Where the label was printed with nothing under it, the list may have been lost while
    reading.
    """
    yield from _empty_lists(document, "abilities")


@rule("ST04", ERROR, Basis.TEMPLATE, Basis.LAW, scope="reading")
def skill_without_knowledge(document: Document) -> Iterator[Hit]:
    """A skill has at least one piece of knowledge (знание); a label alone as in ST03."""
    yield from _empty_lists(document, "knowledge")


def _empty_lists(document: Document, field: str) -> Iterator[Hit]:
    standard = document.model
    if not isinstance(standard, Standard):
        return
    labelled = {item.path for item in walk.observed(document, "empty_list")}
    for at in walk.skills(standard):
        path = at.path / field
        if not getattr(at.skill, field):
            doubtful = path in labelled
            yield Hit(path, {"case": "label" if doubtful else "none"}, doubtful=doubtful)


@rule("ST05", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def no_mandatory_function(standard: Standard) -> Iterator[Hit]:
    """A profession has at least one mandatory work function.

    One that is listed but not described is a difference of list and detail, not this.
    """
    for path, profession in walk.professions(standard):
        described = _functions_of(profession, "mandatory")
        if not described and not profession.listed_functions.mandatory:
            yield Hit(path / "functions")


def _functions_of(profession: Profession, kind: str) -> int:
    return sum(function.kind == kind for function in profession.functions)


@rule("ST06", WARNING, Basis.PRACTICE)
def unusual_number(
    standard: Standard,
    *,
    mandatory: tuple[int, int] = (1, 10),
    additional: tuple[int, int] = (0, 10),
    skills: tuple[int, int] = (1, 15),
    abilities: tuple[int, int] = (2, 15),
    knowledge: tuple[int, int] = (2, 20),
) -> Iterator[Hit]:
    """Work functions, skills and statements are not unusually few or many.

    Each option is the least and the greatest usual number. The defaults leave room above
    what standards have (10 at most); a skill of one ability is, by the law's definitions,
    an action and no skill. None at all is ST02 to ST05.
    """
    counts: list[tuple[Pointer, str, int, Sequence[int]]] = []
    for path, profession in walk.professions(standard):
        for kind, limits in (("mandatory", mandatory), ("additional", additional)):
            counts.append((path / "functions", kind, _functions_of(profession, kind), limits))
    for path, function, _ in walk.functions(standard):
        counts.append((path / "skills", "skills", _skills_of(function), skills))
    for at in walk.skills(standard):
        for field, path, statements in walk.statements(at):
            limits = abilities if field == "abilities" else knowledge
            counts.append((path, field, len(statements), limits))
    for path, what, count, (least, most) in counts:
        if count > most:
            yield Hit(path, {"case": "many", "what": what, "count": count, "limit": most})
        elif count < least and (count or what == "additional"):
            yield Hit(path, {"case": "few", "what": what, "count": count, "limit": least})


_QUOTED = r"[«\"“](?P<{}>(?:[^«»\"“”]|«[^«»]*»)+)[»\"”]"
_NAMED = re.compile(
    rf"\b(?:профессиональный\s+стандарт|к[әə]с[іi](?:пт[іi]к|би)\s+стандарт)\s*:?\s*"
    rf"{_QUOTED.format('after')}(?!\s*(?:[ҚК]азақстан\s+Республикасы\w*|ҚР)\s+Заң)"
    rf"|{_QUOTED.format('before')}\s*к[әə]с[іi](?:пт[іi]к|би)\s+стандарты\b",
    re.IGNORECASE,
)


@rule("ST08", ERROR, Basis.TEMPLATE, scope="reading")
def titles_differ(document: Document) -> Iterator[Hit]:
    """The title is the same in the heading, in the scope (item 1) and in item 4.

    In the scope it counts only in quotes beside the words «профессиональный стандарт» or
    «кәсіптік стандарт(ы)»; the law named after those words is not the title.
    """
    standard = document.model
    if not isinstance(standard, Standard):
        return
    named = _NAMED.search(standard.scope or "")
    heading = next(
        (item for item in document.observations if item.kind == "heading" and item.path == _TITLE),
        None,
    )
    titles = {
        "title": standard.title,
        "heading": str(heading.arguments["text"]) if heading else None,
        "scope": (named["after"] or named["before"]).strip() if named else None,
    }
    given = {place: text for place, text in titles.items() if text}
    wordings = {place: folded(text) for place, text in given.items()}
    right = next(iter(given), "")
    if len(given) == 3 and wordings["heading"] == wordings["scope"]:
        right = "heading"
    for place, text in given.items():
        if wordings[place] != wordings[right]:
            case = "scope_heading" if (place, right) == ("scope", "heading") else place
            yield Hit(
                _SCOPE if place == "scope" else _TITLE,
                {"case": case, "text": text, "expected": given[right]},
                span=heading.span if heading and place == "heading" else None,
            )


@rule("ST09", STYLE, Basis.PRACTICE)
def field_never_used(
    standard: Standard,
    *,
    fields: Sequence[_CardField] = (
        *("other_names", "personal_competencies", "regulations", "related"),
    ),
) -> Iterator[Hit]:
    """An optional field is not empty in every one of several professions.

    The sublevel and the level by ЕТКС and КС, which the form leaves empty as a rule, are
    not among the fields unless the settings name them.
    """
    if len(standard.professions) < 2:
        return
    for field in fields:
        if all(_is_empty(getattr(item, field, 0)) for item in standard.professions):
            yield Hit(
                ROOT / "professions", {"field": field, "professions": len(standard.professions)}
            )


# The labels of the items that each chapter of the form has; the cards are no items.
_ITEMS = {
    "chapter.general": {"scope", "terms", "abbreviations"},
    "chapter.passport": {"title", "code", "economic_activities", "summary", "profession_list"},
    "chapter.technical": {
        *("authority", "developers", "sector_council", "national_body"),
        *("chamber", "version", "review_date"),
    },
}


@rule("ST10", ERROR, Basis.TEMPLATE, scope="reading")
def chapters_and_items(document: Document) -> Iterator[Hit]:
    """Chapters 1 to 4 and the items of the form are all there, in the form's order.

    Of a chapter that is missing as a whole the items are not told one by one, nor are
    labels that follow the same one too early.
    """
    missing: dict[str, Observation] = {}
    late: dict[str, list[Observation]] = {}
    for item in document.observations:
        if item.kind == "order":
            late.setdefault(str(item.arguments["after"]), []).append(item)
        elif item.kind == "missing_label" and item.arguments.get("level") in ("chapter", "item"):
            missing[str(item.arguments["label"])] = item
    lost: set[str] = set()
    for chapter, items in _ITEMS.items():
        if chapter in missing and items <= missing.keys():
            lost |= items
    for label, item in missing.items():
        if label not in lost:
            case = f"no_{item.arguments['level']}"
            yield Hit(item.path, {"case": case, "text": item.arguments["text"]})
    for after, items_late in late.items():
        labels = [item.arguments["label"] for item in items_late]
        arguments = {"case": "order", "labels": labels, "after": after}
        yield Hit(items_late[0].path, arguments, span=items_late[0].span)
