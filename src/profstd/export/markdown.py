"""Markdown: a standard to read on a code-hosting site, a file a document.

In the document's language and the order of the form, with a table of contents and links
between the professions. Everything the model holds is there; texts stand as they are
(see `profstd.export._markup`), a dash is what the source does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from profstd.document import Document
from profstd.export._files import Rendered, named
from profstd.export._markup import (
    ABSENT,
    bullets,
    heading,
    inline,
    link,
    numbered,
    strong,
    table,
)
from profstd.model import (
    Contact,
    ListedFunction,
    Model,
    Profession,
    RegistryPage,
    Standard,
    Statement,
    Technical,
    WorkFunction,
)
from profstd.words import WORDS, Words, titled

PER_DOCUMENT = True

_Value: TypeAlias = str | int | None
# The anchors of the cards, by code and level and by name and level.
_Anchors: TypeAlias = Mapping[tuple[str, int], str]
# The rows of a card: label and field.
_CARD_ROWS = {
    "group_code": "group_code",
    "occupation_code": "code",
    "profession": "name",
    "level": "level",
    "sublevel": "sublevel",
    "other_qualification": "other_qualification",
    "experience": "experience",
    "nonformal_learning": "nonformal_learning",
    "purpose": "purpose",
}


def render(documents: Iterable[Document]) -> Iterator[Rendered]:
    """A file a document: UTF-8, LF."""
    for name, document in named(documents):
        yield Rendered(f"{name}.md", f"{markdown(document.model)}\n".encode())


def markdown(model: Model) -> str:
    """The text of `model`, without a line end behind it."""
    words = WORDS[model.language]
    if isinstance(model, Standard):
        blocks = [*_standard(model, words), *_source(model, words)]
    else:
        blocks = [*_page(model, words), *_source(model, words)]
    return "\n\n".join(blocks)


def _standard(standard: Standard, words: Words) -> Iterator[str]:
    title = words["standard_named"].format(name=inline(standard.title))
    yield heading(1, words["standard"] if standard.title is None else title)
    yield strong(words["contents"])
    yield _contents(standard, words)
    yield from _general(standard, words)
    yield from _passport(standard, words)
    yield heading(2, words["chapter_3"], "chapter-3")
    anchors = _anchors(standard)
    for position, profession in enumerate(standard.professions, start=1):
        yield heading(3, _card_title(profession, words), f"profession-{position}")
        yield from _Card(words, anchors, depth=4, whole=True).blocks(profession)
    yield heading(2, words["chapter_4"], "chapter-4")
    yield from _technical(standard.technical, words)


def _page(page: RegistryPage, words: Words) -> Iterator[str]:
    yield heading(1, inline(page.profession.name))
    yield strong(words["registry_page"])
    yield bullets(map(inline, page.navigation))
    if page.profession.heading is not None or page.profession.item_number is not None:
        yield heading(2, _card_title(page.profession, words))
    yield from _Card(words, {}, depth=2, whole=False).blocks(page.profession)


def _contents(standard: Standard, words: Words) -> str:
    chapters = [link(words[f"chapter_{n}"], f"chapter-{n}") for n in (1, 2, 3, 4)]
    cards = []
    for position, profession in enumerate(standard.professions, start=1):
        entry = inline(profession.heading if profession.name is None else profession.name)
        if profession.level is not None:
            entry = words["at_level"].format(name=entry, level=profession.level)
        cards.append(link(_item(profession, entry), f"profession-{position}"))
    parts = [bullets(chapters[:3])]
    if cards:
        parts.append(bullets(cards, depth=1))
    return "\n".join([*parts, bullets(chapters[3:])])


def _anchors(standard: Standard) -> _Anchors:
    anchors: dict[tuple[str, int], str] = {}
    for position, profession in enumerate(standard.professions, start=1):
        for name in (profession.code, profession.name):
            if name is not None and profession.level is not None:
                anchors.setdefault((name, profession.level), f"profession-{position}")
    return anchors


def _linked(anchors: _Anchors, key: str | None, level: int | None, name: str | None) -> str:
    anchor = None if key is None or level is None else anchors.get((key, level))
    return link(inline(name), anchor)


def _general(standard: Standard, words: Words) -> Iterator[str]:
    yield heading(2, words["chapter_1"], "chapter-1")
    yield heading(3, words["scope"])
    yield inline(standard.scope)
    yield heading(3, words["terms"])
    terms = ((item.number, item.term, item.definition) for item in standard.terms)
    yield _table(words, ("number", "term", "definition"), terms)
    yield heading(3, words["abbreviations"])
    pairs = ((item.number, item.abbreviation, item.meaning) for item in standard.abbreviations)
    yield _table(words, ("number", "abbreviation", "meaning"), pairs)


def _passport(standard: Standard, words: Words) -> Iterator[str]:
    yield heading(2, words["chapter_2"], "chapter-2")
    rows = {"title": standard.title, "standard_code": standard.code, "approval": None}
    if approval := standard.approval:
        rows["approval"] = approval.text
        rows |= {"approval_number": approval.number, "approval_date": approval.date}
    yield _fields(words, rows)
    yield heading(3, words["economic_activities"])
    activities = standard.economic_activities
    ranks = ((words[item.rank], item.code, item.name) for item in activities)
    yield _table(words, ("rank", "code", "name"), ranks)
    yield heading(3, words["summary"])
    yield inline(standard.summary)
    yield heading(3, words["profession_list"])
    anchors = _anchors(standard)
    yield table(
        [words["number"], words["profession"], words["level"], words["sublevel"]],
        (
            [
                inline(item.number),
                _linked(anchors, item.name, item.level, item.name),
                inline(item.level),
                inline(item.sublevel),
            ]
            for item in standard.profession_list
        ),
    )


def _card_title(profession: Profession, words: Words) -> str:
    title = words["card_named"].format(name=inline(profession.heading))
    return _item(profession, words["card"] if profession.heading is None else title)


def _item(profession: Profession, markup: str) -> str:
    """`markup` behind the card's number; not where a list or a paragraph may begin."""
    return markup if profession.item_number is None else f"{profession.item_number}. {markup}"


class _Card(NamedTuple):
    """How cards are written.

    `depth` is that of a function's heading; where not `whole`, what is absent is left out.
    """

    words: Words
    anchors: _Anchors
    depth: int
    whole: bool

    def blocks(self, profession: Profession) -> Iterator[str]:
        """The card below its heading."""
        words = self.words
        rows = {label: getattr(profession, field) for label, field in _CARD_ROWS.items()}
        if not self.whole:
            rows = {label: value for label, value in rows.items() if value is not None}
        yield _fields(words, rows)
        yield from self._section("education", self._education(profession))
        yield from self._section("other_names", self._other_names(profession))
        yield from self._section("mandatory", _listed(profession.listed_functions.mandatory))
        yield from self._section("additional", _listed(profession.listed_functions.additional))
        for function in profession.functions:
            yield from self._function(function)
        competencies = map(inline, profession.personal_competencies)
        yield from self._section("personal_competencies", bullets(competencies), self.depth)
        regulations = map(inline, profession.regulations)
        yield from self._section("regulations", bullets(regulations), self.depth)
        yield from self._section("related", self._related(profession), self.depth)

    def _section(self, label: str, block: str, depth: int | None = None) -> Iterator[str]:
        if self.whole or block != ABSENT:
            title = self.words[label]
            yield strong(title) if depth is None else heading(depth, title)
            yield block

    def _function(self, function: WorkFunction) -> Iterator[str]:
        # Registry pages name no kind.
        key = f"{function.kind or 'kindless'}_function"
        yield heading(self.depth, self._titled(key, function.number, function.name))
        for skill in function.skills:
            yield heading(self.depth + 1, self._titled("skill", skill.number, skill.name))
            yield from self._section("abilities", _statements(skill.abilities))
            yield from self._section("knowledge", _statements(skill.knowledge))
            if self.whole or skill.recognition:
                recognition = self.words[skill.recognition] if skill.recognition else ABSENT
                yield f"{strong(self.words['recognition'])}: {recognition}"

    def _titled(self, key: str, number: int | None, name: str | None) -> str:
        return titled(self.words, key, number, None if name is None else inline(name))

    def _education(self, profession: Profession) -> str:
        names = ("education_level", "specialty", "qualification")
        return _table(
            self.words,
            names,
            ((row.level, row.specialty, row.qualification) for row in profession.education),
        )

    def _other_names(self, profession: Profession) -> str:
        rows = ((other.code, other.name) for other in profession.other_names)
        return _table(self.words, ("code", "name"), rows)

    def _related(self, profession: Profession) -> str:
        """The sublevel, which only registry pages name, has a column where there is one."""
        related = profession.related
        by_sublevel = any(item.sublevel is not None for item in related)
        head = ["related_level", *["related_sublevel"] * by_sublevel, "code", "profession"]
        rows = (
            [
                inline(item.level),
                *[inline(item.sublevel)] * by_sublevel,
                inline(item.code),
                _linked(self.anchors, item.code, item.level, item.name),
            ]
            for item in related
        )
        return table([self.words[name] for name in head], rows)


def _statements(statements: tuple[Statement, ...]) -> str:
    return bullets(numbered(item.number, inline(item.text)) for item in statements)


def _listed(functions: tuple[ListedFunction, ...]) -> str:
    return bullets(numbered(item.number, inline(item.name)) for item in functions)


def _technical(technical: Technical, words: Words) -> Iterator[str]:
    yield _fields(
        words,
        {
            "item_numbers": ", ".join(map(str, technical.item_numbers)) or None,
            "version": technical.version,
            "year": technical.year,
            "review_date": technical.review_date,
        },
    )
    yield heading(3, words["authority"])
    yield inline(technical.authority.name)
    yield from _contacts(technical.authority.contacts, words)
    yield heading(3, words["developers"])
    for developer in technical.developers:
        yield heading(4, inline(developer.name))
        yield from _contacts(developer.contacts, words)
    if not technical.developers:
        yield ABSENT
    yield heading(3, words["contacts"])
    yield from _contacts(technical.contacts, words) if technical.contacts else (ABSENT,)
    yield heading(3, words["approvals"])
    bodies = ("sector_council", "national_body", "chamber")
    decisions = [(words[body], getattr(technical, body)) for body in bodies]
    yield _table(
        words, ("body", "number", "date"), ((body, it.number, it.date) for body, it in decisions)
    )


def _contacts(contacts: tuple[Contact, ...], words: Words) -> Iterator[str]:
    """The table of an organisation's people; nothing where it names none."""
    if contacts:
        rows = ((one.role, one.name, one.phone, one.email) for one in contacts)
        yield _table(words, ("role", "person", "phone", "email"), rows)


def _source(model: Model, words: Words) -> Iterator[str]:
    yield heading(2, words["source"])
    rows: dict[str, _Value] = {
        "file": model.source.file,
        "format": model.source.format,
        "sha256": model.source.sha256,
        "language": model.language,
        "schema_version": model.schema_version,
    }
    if isinstance(model, Standard):
        rows["form"] = model.form
    yield _fields(words, rows)


def _fields(words: Words, rows: Mapping[str, _Value]) -> str:
    """A table of labels and values."""
    head = [words["field"], words["value"]]
    return table(head, ([words[label], inline(value)] for label, value in rows.items()))


def _table(words: Words, names: Iterable[str], rows: Iterable[Iterable[_Value]]) -> str:
    """A table of values; the columns are headed by the words of `names`."""
    return table([words[name] for name in names], ([inline(v) for v in row] for row in rows))
