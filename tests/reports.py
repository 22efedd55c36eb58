"""Reports to render in tests: every kind of place, and texts that would do harm."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

import fragments
from profstd import load
from profstd.document import Document, Finding, Severity, Span
from profstd.model import Source
from profstd.validate import check
from profstd.validate.report import Checked, Report

ROOT = Path(__file__).parent.parent
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SKILL = "/professions/0/functions/0/skills/0"

STANDARD: dict[str, Any] = {
    "title": "Хлебопечение",
    "economic_activities": [{"code": "C", "name": "Промышленность", "rank": "section"}],
    "professions": [
        {
            "item_number": 12,
            "heading": "Пекарь",
            "name": "Пекарь",
            "level": 4,
            "functions": [
                {
                    "kind": "additional",
                    "number": 1,
                    "name": "Выпечка хлеба",
                    "skills": [
                        {
                            "number": 1,
                            "name": "Замес теста",
                            "abilities": [
                                {"number": 1, "text": "отмерять муку"},
                                {"number": 2, "text": "месить тесто | руками"},
                                {"number": 3, "text": "отмерять муку"},
                            ],
                            "knowledge": [],
                        },
                        {"number": 2, "name": "Замес тесто", "knowledge": []},
                    ],
                }
            ],
            "related": [{"level": 5, "code": "7512-1-001", "name": "Кондитер"}],
        }
    ],
}

# Closing tags, event handlers, line ends of JavaScript, embeddings that turn the text round,
# marks of Markdown, of workflow commands and of XML, links of SARIF messages.
HOSTILE = (
    "</script></style><img src=x onerror=alert(1)>\u2028\u2029\u202eabc\u2066\u0000\u001b[2J"
    "\ufffe]]> --> &lt; \" ' `x` | *y* [a](javascript:alert(1)) ::error::%0A \r\n::warning::z {0}"
)


def document(model: dict[str, Any], name: str, format: str) -> Document:
    """A document that was read from a file."""
    made = fragments.document(fragments.standard(model))
    source = Source(file=name, format=format, sha256="ab" * 32)
    return msgspec.structs.replace(made, source=source)


def finding(code: str, path: str, span: Span | None = None, **fields: Any) -> Finding:
    """A finding; the fingerprint is made of what is given."""
    facts = {"severity": Severity.ERROR, "arguments": {}, **fields}
    return Finding(
        code=code, path=path, span=span, fingerprint=f"{code.lower()}{len(path)}", **facts
    )


def small(language: str = "ru") -> Report:
    """A file with lines, a Word file, a PDF, one without places, one that cannot be read."""
    text = Span(file="bread.txt", cell=2, line=7, column=3, end_line=7, end_column=15)
    lines = Span(file="bread.txt", cell=1, line=9, column=1, end_line=11, end_column=4)
    cell = Span(file="bread.docx", table=4, row=61, cell=2, paragraph=1)
    box = Span(file="bread.pdf", page=23, box=(56.7, 101.25, 540.0, 113.5))
    again = {"case": "abilities", "text": "отмерять муку", "first": 1}
    near = {
        "case": "words",
        "name": "Замес тесто",
        "first_name": "Замес теста",
        "name_words": "тесто",
        "first_words": "теста",
        **{"kind": "additional", "function": 1, "skill": 1},
        **{"card": 12, "card_name": "Пекарь", "card_level": 4},
    }
    unlinked = {
        "code": "7512-1-001",
        "name": "Кондитер",
        "level": 5,
        "case": "code",
    }
    parted = {"text": "Промышлен / ность"}
    found = {
        ("bread.txt", "txt"): (
            finding("SK05", f"{SKILL}/abilities/2/text", text, arguments=again),
            finding(
                "SK02", SKILL[:-1] + "1/name", lines, severity=Severity.WARNING, arguments=near
            ),
        ),
        ("папка 1/хлеб, тесто.docx", "docx"): (
            finding("ST04", f"{SKILL}/knowledge", cell, arguments={"case": "label"}),
            finding("LK01", "/professions/0/related/0/code", cell, arguments=unlinked),
        ),
        ("/tmp/bread.pdf", "pdf"): (
            finding(
                "PA05",
                "/economic_activities/0/name",
                box,
                severity=Severity.STYLE,
                arguments=parted,
                origin="extraction?",
            ),
        ),
        ("-", "json"): (finding("ST05", "/professions/0/functions"),),
        ("clean.txt", "txt"): (),
    }
    files = [
        Checked(
            name=name,
            language=language,
            document=document(STANDARD, Path(name).name, format),
            findings=findings,
        )
        for (name, format), findings in found.items()
    ]
    waived = (finding("ST03", f"{SKILL}/abilities", arguments={"case": "none"}),)
    files[0] = msgspec.structs.replace(files[0], waived=waived, known=waived * 2)
    failure = "Не читается: «.xls»."
    failed = Checked(name="y.xls", language=language, reason="format", failure=failure)
    return Report(files=(*files, failed), language=language, made=MADE)


def hostile() -> Report:
    """A report in which whatever comes from a file is hostile."""
    skill = {"number": 1, "name": HOSTILE, "abilities": [{"number": 1, "text": HOSTILE}]}
    card = {
        "heading": HOSTILE,
        "name": HOSTILE,
        "functions": [{"number": 1, "name": HOSTILE, "skills": [skill]}],
        "related": [{"level": 5, "code": None, "name": HOSTILE}],
    }
    model = {"title": HOSTILE, "professions": [card]}
    again = {"case": "abilities", "text": HOSTILE, "first": 1}
    findings = (
        finding("SK05", f"{SKILL}/abilities/0/text", Span(file="x", line=1), arguments=again),
        finding("ST04", f"{SKILL}/knowledge", arguments={"case": "label"}),
        finding("PA01", "", arguments={"text": HOSTILE, "characters": 9}),
    )
    name = "drafts/" + HOSTILE.replace("/", "_")
    checked = Checked(
        name=name, language="ru", document=document(model, name, "txt"), findings=findings
    )
    failed = Checked(name=f"{name}2", language="ru", reason="io", failure=HOSTILE)
    return Report(files=(checked, failed), language="ru", made=MADE)


@lru_cache
def sample(language: str = "ru", *names: str) -> Report:
    """The findings of the samples, all of them."""
    files = []
    for name in names or ("standard-J63991088.txt",):
        read = load(ROOT / "samples" / name)
        findings = tuple(check(read))
        files.append(
            Checked(name=f"samples/{name}", language=language, document=read, findings=findings)
        )
    return Report(files=tuple(files), language=language, made=MADE)
