"""The model: what a professional standard says, typed and frozen.

Field names are those of the contract (`schemas/standard.schema.json`). Text values
carry no markup and no list separators; what the source does not have is ``None``, an
absent list is an empty tuple.

Sources: the form of the standard is that of Order No. 377 of 7 September 2023 under
the Law of 4 July 2023 No. 14-VIII "On professional qualifications".
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

SCHEMA_VERSION = "1.0"

Language: TypeAlias = Literal["ru", "kk"]
Recognition: TypeAlias = Literal["recommended", "not_recommended"]
FunctionKind: TypeAlias = Literal["mandatory", "additional"]
Rank: TypeAlias = Literal["section", "division", "group", "class", "subclass"]

Level = Annotated[
    int, Meta(ge=1, le=8, description="Level of the sectoral qualifications framework (ОРК), 1-8.")
]
IsoDate = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="A date, ISO 8601: YYYY-MM-DD.")
]
GroupCode = Annotated[
    str,
    Meta(
        pattern=r"^[0-9X][0-9]{3}-[0-9]$",
        description="Group code of the national classifier of occupations (НКЗ): dddd-d.",
    ),
]
OccupationCode = Annotated[
    str,
    Meta(
        pattern=r"^[0-9X][0-9]{3}-[0-9]-[0-9]{3}$",
        description="Occupation code of the national classifier of occupations (НКЗ): dddd-d-ddd.",
    ),
]
StandardCode = Annotated[
    str,
    Meta(
        pattern=r"^[A-U][0-9]{8}$",
        description="Code of the standard: the letter of the section and eight digits.",
    ),
]
PrintedNumber = Annotated[
    int, Meta(description="The number as printed, also where it is out of order or printed twice.")
]
Text = Annotated[str, Meta(min_length=1, description="Text, not empty.")]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of the model is: frozen, named fields, no unknown ones."""


class Term(Record, frozen=True):
    """A term and its definition (item 2)."""

    number: PrintedNumber | None
    term: Text
    definition: str


class Abbreviation(Record, frozen=True):
    """An abbreviation and what it stands for (item 3)."""

    number: PrintedNumber | None
    abbreviation: Text
    meaning: str


class EconomicActivity(Record, frozen=True):
    """One of the five ranks of the classifier of economic activities, ОКЭД (item 6)."""

    code: Annotated[
        str,
        Meta(pattern=r"^([A-U]|[0-9]{2}(\.[0-9]{1,2}(\.[0-9]{1,2})?)?)$", description="ОКЭД code."),
    ]
    name: str
    rank: Rank


class ListedProfession(Record, frozen=True):
    """A row of the list of profession cards (item 8)."""

    number: PrintedNumber | None
    name: Text
    level: Level | None
    sublevel: str | None


class Education(Record, frozen=True):
    """One row of «Уровень профессионального образования»."""

    level: str | None
    specialty: str | None
    qualification: str | None


class OtherName(Record, frozen=True):
    """One entry of «Другие возможные наименования профессии»."""

    code: OccupationCode | None
    name: str


class ListedFunction(Record, frozen=True):
    """A work function as the list of work functions names it."""

    number: PrintedNumber | None
    name: Text


class ListedFunctions(Record, frozen=True):
    """«Перечень трудовых функций»: the mandatory and the additional ones."""

    mandatory: tuple[ListedFunction, ...]
    additional: tuple[ListedFunction, ...]


class Statement(Record, frozen=True):
    """One ability (умение) or one piece of knowledge (знание)."""

    number: PrintedNumber | None
    text: Text


class Skill(Record, frozen=True):
    """A skill (навык). A function without skills has one whose number and name are null."""

    number: PrintedNumber | None
    name: str | None
    abilities: tuple[Statement, ...]
    knowledge: tuple[Statement, ...]
    recognition: Annotated[
        Recognition | None,
        Meta(description="«Возможность признания навыка»: can the skill be recognised on its own."),
    ]


class WorkFunction(Record, frozen=True):
    """A work function (трудовая функция) with its skills, in document order."""

    kind: Annotated[FunctionKind | None, Meta(description="Null only on registry pages.")]
    number: PrintedNumber | None
    name: str | None
    skills: tuple[Skill, ...]


class RelatedProfession(Record, frozen=True):
    """A row of «Связь с другими профессиями в рамках ОРК»."""

    level: Level | None
    sublevel: Annotated[
        str | None, Meta(description="Only where the source names one (registry pages).")
    ]
    code: OccupationCode | None
    name: str | None


class Profession(Record, frozen=True):
    """A profession card (карточка профессии)."""

    item_number: Annotated[
        int | None, Meta(description="The card's number in the document (9, 10, …).")
    ]
    heading: Annotated[str | None, Meta(description="The name in the card's heading.")]
    group_code: GroupCode | None
    code: OccupationCode | None
    name: str | None
    level: Level | None
    sublevel: str | None
    other_qualification: Annotated[
        str | None, Meta(description="Level by ЕТКС, КС and other qualification handbooks.")
    ]
    education: tuple[Education, ...]
    experience: str | None
    nonformal_learning: str | None
    other_names: tuple[OtherName, ...]
    purpose: str | None
    listed_functions: ListedFunctions
    functions: tuple[WorkFunction, ...]
    personal_competencies: tuple[Text, ...]
    regulations: tuple[Text, ...]
    related: tuple[RelatedProfession, ...]


class Contact(Record, frozen=True):
    """A contact of chapter 4; personal data."""

    role: Annotated[str | None, Meta(description="The label it stands under, e.g. «Исполнитель».")]
    name: str | None
    phone: str | None
    email: str | None


class Organisation(Record, frozen=True):
    """A state body or a developer of the standard, with its contacts."""

    name: str | None
    contacts: tuple[Contact, ...]


class Decision(Record, frozen=True):
    """An approval or an opinion: the number of the minutes and the date."""

    number: str | None
    date: IsoDate | None


class Technical(Record, frozen=True):
    """Chapter 4, technical data of the standard."""

    item_numbers: Annotated[
        tuple[int, ...], Meta(description="The numbers of the items of chapter 4 as printed.")
    ]
    authority: Organisation
    developers: tuple[Organisation, ...]
    contacts: Annotated[
        tuple[Contact, ...], Meta(description="Contacts that stand under no organisation.")
    ]
    sector_council: Decision
    national_body: Decision
    chamber: Decision
    version: str | None
    year: int | None
    review_date: IsoDate | None


class Approval(Record, frozen=True):
    """The line that says by which order the standard was approved."""

    text: Text
    number: str | None
    date: IsoDate | None


class Source(Record, frozen=True):
    """The file that was read; its name, never its folder."""

    file: str
    format: str
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Standard(Record, frozen=True):
    """A professional standard (профессиональный стандарт), form of 2023."""

    schema_version: Literal["1.0"]
    kind: Literal["standard"]
    language: Language
    form: Literal["kz-2023"]
    title: Annotated[str | None, Meta(description="Item 4.")]
    code: StandardCode | None
    approval: Approval | None
    scope: Annotated[str | None, Meta(description="Item 1.")]
    terms: tuple[Term, ...]
    abbreviations: tuple[Abbreviation, ...]
    economic_activities: tuple[EconomicActivity, ...]
    summary: Annotated[str | None, Meta(description="Item 7.")]
    profession_list: tuple[ListedProfession, ...]
    professions: tuple[Profession, ...]
    technical: Technical
    source: Source


class RegistryPage(Record, frozen=True):
    """The registry's page of one profession, as far as it goes."""

    schema_version: Literal["1.0"]
    kind: Literal["registry_page"]
    language: Language
    navigation: Annotated[tuple[Text, ...], Meta(description="The tabs named on the page.")]
    profession: Profession
    source: Source


Model: TypeAlias = Standard | RegistryPage
