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


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What every part of the model is: frozen, named fields, no unknown ones.

    Nothing in it leads back to where it came from, so that the garbage collector need not look.
    """


class Term(Record, frozen=True):
    """A term and its definition (item 2)."""

    number: PrintedNumber | None
    term: Annotated[Text, Meta(description="The term.")]
    definition: Annotated[str, Meta(description="Its definition, without the final separator.")]


class Abbreviation(Record, frozen=True):
    """An abbreviation and what it stands for (item 3)."""

    number: PrintedNumber | None
    abbreviation: Annotated[Text, Meta(description="The abbreviation.")]
    meaning: Annotated[str, Meta(description="What it stands for.")]


class EconomicActivity(Record, frozen=True):
    """One of the five ranks of the classifier of economic activities, ОКЭД (item 6)."""

    code: Annotated[
        str,
        Meta(pattern=r"^([A-U]|[0-9]{2}(\.[0-9]{1,2}(\.[0-9]{1,2})?)?)$", description="ОКЭД code."),
    ]
    name: Annotated[str, Meta(description="Name of the rank.")]
    rank: Annotated[Rank, Meta(description="Which of the five ranks it is.")]


class ListedProfession(Record, frozen=True):
    """A row of the list of profession cards (item 8)."""

    number: PrintedNumber | None
    name: Annotated[Text, Meta(description="Name of the profession.")]
    level: Level | None
    sublevel: Annotated[
        str | None, Meta(description="Sublevel of the sectoral framework, if printed.")
    ]


class Education(Record, frozen=True):
    """One row of «Уровень профессионального образования»."""

    level: Annotated[str | None, Meta(description="«Уровень образования»")]
    specialty: Annotated[str | None, Meta(description="«Специальность»; null where a dash stands.")]
    qualification: Annotated[
        str | None, Meta(description="«Квалификация»; null where a dash stands.")
    ]


class OtherName(Record, frozen=True):
    """One entry of «Другие возможные наименования профессии»."""

    code: OccupationCode | None
    name: Annotated[str | None, Meta(description="The other name of the profession.")]


class ListedFunction(Record, frozen=True):
    """A work function as the list of work functions names it."""

    number: PrintedNumber | None
    name: Annotated[Text, Meta(description="Name of the work function.")]


class ListedFunctions(Record, frozen=True):
    """«Перечень трудовых функций»: the mandatory and the additional ones."""

    mandatory: Annotated[
        tuple[ListedFunction, ...], Meta(description="«Обязательные трудовые функции»")
    ]
    additional: Annotated[
        tuple[ListedFunction, ...], Meta(description="«Дополнительные трудовые функции»")
    ]


class Statement(Record, frozen=True):
    """One ability (умение) or one piece of knowledge (знание)."""

    number: PrintedNumber | None
    text: Annotated[Text, Meta(description="The statement, without its number and separator.")]


class Skill(Record, frozen=True):
    """A skill (навык). A function without skills has one whose number and name are null."""

    number: PrintedNumber | None
    name: Annotated[
        str | None,
        Meta(description="Name of the skill; null for abilities and knowledge without one."),
    ]
    abilities: Annotated[tuple[Statement, ...], Meta(description="«Умения»")]
    knowledge: Annotated[tuple[Statement, ...], Meta(description="«Знания»")]
    recognition: Annotated[
        Recognition | None,
        Meta(description="«Возможность признания навыка»: can the skill be recognised on its own."),
    ]


class WorkFunction(Record, frozen=True):
    """A work function (трудовая функция) with its skills, in document order."""

    kind: Annotated[FunctionKind | None, Meta(description="Null only on registry pages.")]
    number: PrintedNumber | None
    name: Annotated[
        str | None, Meta(description="Name of the work function; null on registry pages.")
    ]
    skills: Annotated[
        tuple[Skill, ...], Meta(description="The skills of the function, in document order.")
    ]


class RelatedProfession(Record, frozen=True):
    """A row of «Связь с другими профессиями в рамках ОРК»."""

    level: Level | None
    sublevel: Annotated[
        str | None, Meta(description="Only where the source names one (registry pages).")
    ]
    code: OccupationCode | None
    name: Annotated[str | None, Meta(description="Name of the related profession as printed.")]


class Profession(Record, frozen=True):
    """A profession card (карточка профессии)."""

    item_number: Annotated[
        int | None, Meta(description="The card's number in the document (9, 10, …).")
    ]
    heading: Annotated[str | None, Meta(description="The name in the card's heading.")]
    group_code: GroupCode | None
    code: OccupationCode | None
    name: Annotated[str | None, Meta(description="«Наименование профессии»")]
    level: Level | None
    sublevel: Annotated[str | None, Meta(description="«подуровень квалификации по ОРК»")]
    other_qualification: Annotated[
        str | None, Meta(description="Level by ЕТКС, КС and other qualification handbooks.")
    ]
    education: Annotated[
        tuple[Education, ...],
        Meta(description="«Уровень профессионального образования», a row each."),
    ]
    experience: Annotated[str | None, Meta(description="«Требования к опыту работы»")]
    nonformal_learning: Annotated[
        str | None, Meta(description="«Связь с неформальным и информальным образованием»")
    ]
    other_names: Annotated[
        tuple[OtherName, ...], Meta(description="«Другие возможные наименования профессии»")
    ]
    purpose: Annotated[str | None, Meta(description="«Основная цель деятельности»")]
    listed_functions: Annotated[ListedFunctions, Meta(description="«Перечень трудовых функций»")]
    functions: Annotated[
        tuple[WorkFunction, ...],
        Meta(description="«Описание трудовых функций», in document order."),
    ]
    personal_competencies: Annotated[
        tuple[Text, ...], Meta(description="«Требования к личностным компетенциям»")
    ]
    regulations: Annotated[
        tuple[Text, ...],
        Meta(description="«Список технических регламентов и национальных стандартов»"),
    ]
    related: Annotated[
        tuple[RelatedProfession, ...],
        Meta(description="«Связь с другими профессиями в рамках ОРК»"),
    ]


class Contact(Record, frozen=True):
    """A contact of chapter 4; personal data."""

    role: Annotated[str | None, Meta(description="The label it stands under, e.g. «Исполнитель».")]
    name: Annotated[str | None, Meta(description="Name of the person.")]
    phone: Annotated[str | None, Meta(description="Telephone.")]
    email: Annotated[str | None, Meta(description="E-mail.")]


class Organisation(Record, frozen=True):
    """A state body or a developer of the standard, with its contacts."""

    name: Annotated[str | None, Meta(description="Name of the organisation.")]
    contacts: Annotated[tuple[Contact, ...], Meta(description="Its contacts.")]


class Decision(Record, frozen=True):
    """An approval or an opinion: the number of the minutes and the date."""

    number: Annotated[str | None, Meta(description="Number of the minutes.")]
    date: IsoDate | None


class Technical(Record, frozen=True):
    """Chapter 4, technical data of the standard."""

    item_numbers: Annotated[
        tuple[int, ...], Meta(description="The numbers of the items of chapter 4 as printed.")
    ]
    authority: Annotated[Organisation, Meta(description="«Наименование государственного органа»")]
    developers: Annotated[
        tuple[Organisation, ...],
        Meta(description="«Организации (предприятия) участвующие в разработке»"),
    ]
    contacts: Annotated[
        tuple[Contact, ...], Meta(description="Contacts that stand under no organisation.")
    ]
    sector_council: Annotated[
        Decision, Meta(description="«Отраслевой совет по профессиональным квалификациям»")
    ]
    national_body: Annotated[
        Decision, Meta(description="«Национальный орган по профессиональным квалификациям»")
    ]
    chamber: Annotated[
        Decision, Meta(description="«Национальная палата предпринимателей … «Атамекен»»")
    ]
    version: Annotated[str | None, Meta(description="Number of the version, as printed.")]
    year: Annotated[int | None, Meta(description="Year of issue.")]
    review_date: IsoDate | None


class Approval(Record, frozen=True):
    """The line that says by which order the standard was approved."""

    text: Annotated[Text, Meta(description="The line as printed.")]
    number: Annotated[str | None, Meta(description="Number of the order.")]
    date: IsoDate | None


class Source(Record, frozen=True):
    """The file that was read; its name, never its folder."""

    file: Annotated[str, Meta(description="Name of the file.")]
    format: Annotated[str, Meta(description="The format it was read as, e.g. txt.")]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of its bytes.")]


class Standard(Record, frozen=True):
    """A professional standard (профессиональный стандарт), form of 2023."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")]
    kind: Annotated[Literal["standard"], Meta(description="Always «standard».")]
    language: Annotated[Language, Meta(description="The language whose labels matched.")]
    form: Annotated[
        Literal["kz-2023"], Meta(description="The form: that of Order No. 377 of 2023.")
    ]
    title: Annotated[str | None, Meta(description="Item 4.")]
    code: StandardCode | None
    approval: Annotated[
        Approval | None,
        Meta(description="By which order the standard was approved; null in drafts."),
    ]
    scope: Annotated[str | None, Meta(description="Item 1.")]
    terms: Annotated[tuple[Term, ...], Meta(description="Item 2.")]
    abbreviations: Annotated[tuple[Abbreviation, ...], Meta(description="Item 3.")]
    economic_activities: Annotated[
        tuple[EconomicActivity, ...], Meta(description="Item 6: the five ranks of ОКЭД.")
    ]
    summary: Annotated[str | None, Meta(description="Item 7.")]
    profession_list: Annotated[tuple[ListedProfession, ...], Meta(description="Item 8.")]
    professions: Annotated[
        tuple[Profession, ...],
        Meta(description="Chapter 3: the profession cards, in document order."),
    ]
    technical: Annotated[Technical, Meta(description="Chapter 4.")]
    source: Annotated[Source, Meta(description="The file that was read.")]


class RegistryPage(Record, frozen=True):
    """The registry's page of one profession, as far as it goes."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")]
    kind: Annotated[Literal["registry_page"], Meta(description="Always «registry_page».")]
    language: Annotated[Language, Meta(description="The language whose labels matched.")]
    navigation: Annotated[tuple[Text, ...], Meta(description="The tabs named on the page.")]
    profession: Annotated[Profession, Meta(description="The profession, as far as the page goes.")]
    source: Annotated[Source, Meta(description="The file that was read.")]


Model: TypeAlias = Standard | RegistryPage
