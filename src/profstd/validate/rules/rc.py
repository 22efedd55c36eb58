"""RC: recognition of a skill («Возможность признания навыка»)."""

from __future__ import annotations

from collections.abc import Iterator

from profstd.document import Document
from profstd.model import Standard
from profstd.validate.rule import ERROR, STYLE, WARNING, Basis, Hit, rule
from profstd.validate.walk import observed, skills

# The form's own wordings, which stay those of the document whatever language messages have.
_WORDINGS = {
    "ru": {"recommended": "Рекомендовано", "not_recommended": "Не рекомендовано"},
    "kk": {"recommended": "Ұсынылады", "not_recommended": "Ұсынылмайды"},
}


@rule("RC01", ERROR, Basis.LAW, Basis.TEMPLATE, scope="reading")
def recognition_missing(document: Document) -> Iterator[Hit]:
    """Each skill says whether it can be recognised on its own.

    A label that stands alone in its row has perhaps lost its value to the extraction.
    """
    if not isinstance(document.model, Standard):
        return
    lone = {item.path: item.span for item in observed(document, "lone_label")}
    for at in skills(document.model):
        skill, path = at.skill, at.path / "recognition"
        if skill.recognition is None and (skill.name or skill.abilities or skill.knowledge):
            yield Hit(path, doubtful=path in lone, span=lone.get(path))


@rule("RC02", WARNING, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def recognition_misspelt(document: Document) -> Iterator[Hit]:
    """Recognition is printed in one of the two wordings of the form, letter by letter."""
    wordings = _WORDINGS[document.model.language]
    for item in observed(document, "recognition_misspelt"):
        arguments = {**item.arguments, "expected": wordings[item.arguments["meant"]]}
        yield Hit(item.path, arguments, span=item.span)


@rule("RC03", ERROR, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def recognition_contradicts(document: Document) -> Iterator[Hit]:
    """A skill has one recognition; of two values that of the label's own row is taken."""
    for item in observed(document, "recognition_contradiction"):
        printed = [f"«{text}»" for text in dict.fromkeys(item.arguments["printed"])]
        arguments = {**item.arguments, "printed": printed}
        yield Hit(item.path, arguments, doubtful=True, span=item.span)


@rule("RC04", STYLE, Basis.PRACTICE, scope="reading")
def recognition_repeated(document: Document) -> Iterator[Hit]:
    """The recognition of a skill is printed once."""
    for item in observed(document, "recognition_repeated"):
        yield Hit(item.path, item.arguments, doubtful=True, span=item.span)
