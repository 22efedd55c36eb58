"""SC: the JSON Schema of the model, put into words.

One rule for each way in which data can miss the schema. Where a rule of another family
has found the same value wrong, it says so better, and the schema keeps silent.
"""

from __future__ import annotations

from collections.abc import Iterator

from profstd.document import Document
from profstd.validate.rule import ERROR, Basis, Hit, rule
from profstd.validate.schema import refusals


def _refused(document: Document, *keywords: str) -> Iterator[Hit]:
    for refusal in refusals(document):
        if refusal.keyword in keywords:
            names = [key for key in refusal.path.keys if isinstance(key, str)]
            value = refusal.value if isinstance(refusal.value, (str, int, float)) else None
            arguments = {
                "field": names[-1] if names else "",
                "value": value,
                "expected": refusal.expected,
                "case": "empty" if refusal.keyword == "minItems" else refusal.keyword,
            }
            yield Hit(refusal.path, arguments)


@rule("SC01", ERROR, Basis.CONTRACT, scope="reading")
def missing_field(document: Document) -> Iterator[Hit]:
    """Every field of the schema is there; what a standard does not have is null or []."""
    return _refused(document, "required")


@rule("SC02", ERROR, Basis.CONTRACT, scope="reading")
def wrong_type(document: Document) -> Iterator[Hit]:
    """A value has the type that the schema names: text, number, list, record."""
    return _refused(document, "type")


@rule("SC03", ERROR, Basis.CONTRACT, scope="reading")
def not_in_list(document: Document) -> Iterator[Hit]:
    """A value that the schema lists is one of that list."""
    return _refused(document, "enum", "const")


@rule("SC04", ERROR, Basis.CONTRACT, scope="reading")
def wrong_pattern(document: Document) -> Iterator[Hit]:
    """A code or a date is written as its pattern in the schema says."""
    return _refused(document, "pattern")


@rule("SC05", ERROR, Basis.CONTRACT, scope="reading")
def empty_value(document: Document) -> Iterator[Hit]:
    """A text that the schema wants to say something is not empty."""
    return _refused(document, "minLength", "minItems")


@rule("SC06", ERROR, Basis.CONTRACT, scope="reading")
def unknown_field(document: Document) -> Iterator[Hit]:
    """There is no field that the schema does not know, such as a misspelt one."""
    return _refused(document, "additionalProperties")


@rule("SC07", ERROR, Basis.CONTRACT, scope="reading")
def out_of_range(document: Document) -> Iterator[Hit]:
    """A number lies between the bounds of the schema: a level between 1 and 8."""
    return _refused(document, "minimum", "maximum")
