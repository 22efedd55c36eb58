"""The registry's page of one profession, in the order of the site."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from profstd.document import leaves
from profstd.export._form.card import card_heading, card_table
from profstd.export._form.labels import LABELS
from profstd.export._form.lists import separated
from profstd.export._form.parts import Heading, Paragraph, Part, line, readable
from profstd.model import Profession, RegistryPage, RelatedProfession, WorkFunction


def title(page: RegistryPage) -> str:
    """The name of the profession."""
    return readable(page.profession.name or LABELS[page.language]["page.description"])


def compose(page: RegistryPage) -> Iterator[Part]:
    """The parts of the page; what the site shows nowhere stands below as a card."""
    labels = LABELS[page.language]
    profession = page.profession
    if profession.name is not None:
        yield Heading(1, title(page))
    yield Heading(2, labels["page.description"])
    if profession.code is not None:
        yield Paragraph(line(profession.code))
    for tab in page.navigation:
        yield Paragraph(line(tab))
    # The tabs end where the purpose begins: its label stands there in any case.
    yield from _section(labels["page.purpose"], profession.purpose or "")
    if profession.personal_competencies:
        text = " ".join(separated(profession.personal_competencies))
        yield from _section(labels["page.personal_competencies"], text)
    if profession.experience is not None:
        yield from _section(labels["page.experience"], profession.experience)
    if profession.related:
        yield Heading(2, labels["page.related"])
    for item in profession.related:
        yield from _related(item, labels["page.related_level"])
    if profession.level is not None:
        yield Heading(2, labels["page.level"].format(n=profession.level))
    rest = _rest(profession)
    for row in () if rest.education else profession.education:
        yield Paragraph(line(row.level))
    for function in () if rest.functions else profession.functions:
        for skill in function.skills:
            yield Heading(3, labels["page.skill"].format(n=skill.number))
            yield Paragraph(line(skill.name))
    if any(value not in (None, ()) for _, value in leaves(rest)):
        if heading := card_heading(rest, page.language):
            yield Heading(2, readable(heading))
        yield card_table(rest, page.language)


def _section(label: str, text: str) -> Iterator[Part]:
    yield Heading(2, label)
    yield Paragraph(line(text))


def _related(item: RelatedProfession, label: str) -> Iterator[Part]:
    if item.level is not None or item.sublevel is not None:
        level = label.format(n="" if item.level is None else item.level)
        below = "" if item.sublevel is None else f" ({item.sublevel})"
        yield Paragraph(line(label=f"{level}{below}".strip()))
    yield Paragraph(line(" ".join(filter(None, (item.code, item.name)))))


def _rest(profession: Profession) -> Profession:
    """What of a profession the page does not show."""
    education = () if all(map(_is_plain_row, profession.education)) else profession.education
    functions = () if all(map(_is_plain, profession.functions)) else profession.functions
    return replace(
        profession,
        code=None,
        name=None,
        level=None,
        education=education,
        experience=None,
        purpose=None,
        functions=functions,
        personal_competencies=(),
        related=(),
    )


def _is_plain_row(row: object) -> bool:
    return getattr(row, "specialty", None) is None and getattr(row, "qualification", None) is None


def _is_plain(function: WorkFunction) -> bool:
    """Whether it has nothing but skills with their numbers and names, from 1 on."""
    numbers = [skill.number for skill in function.skills]
    more = (function.kind, function.number, function.name)
    return (
        more == (None, None, None)
        and None not in numbers
        and numbers[:1] == [1]
        and not any(
            skill.abilities or skill.knowledge or skill.recognition for skill in function.skills
        )
    )
