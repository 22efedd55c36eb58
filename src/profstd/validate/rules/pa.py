"""PA: how the source reads; what the recogniser met on the way becomes findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from profstd.document import ROOT, Document, Pointer, Span
from profstd.validate.rule import ERROR, STYLE, WARNING, Basis, Hit, rule
from profstd.validate.walk import observed

_EXCERPT = 80
_UNREAD = ("no_text_layer", "text_as_curves", "unreadable_text")  # pages of a PDF
_OUT_OF_SIGHT = (
    *(*_UNREAD, "recognised_text", "hidden_text"),
    *("tracked_changes", "not_assessed", "several_standards"),
)


def _excerpt(text: str) -> str:
    """The first words of a text, at most 80 characters, with … where it goes on."""
    text = " ".join(text.split())
    if len(text) <= _EXCERPT:
        return text
    words = text[:_EXCERPT].rpartition(" ")[0] or text[: _EXCERPT - 1]
    return f"{words}…"


@rule("PA01", WARNING, Basis.CONTRACT, scope="reading")
def text_unplaced(document: Document, *, least: int = 1) -> Iterator[Hit]:
    """Every text of the source is in some field of the model.

    `least`: from how many letters and digits a text is told. Of a file that holds the
    model itself the schema's rules say it, with the name of the field.
    """
    if document.raw is not None:
        return
    for place in document.account.places if document.account else ():
        if sum(sign.isalnum() for sign in place.text) >= max(least, 1):
            text = " ".join(place.text.split())
            arguments = {"text": _excerpt(text), "characters": len(text)}
            yield Hit(ROOT, arguments, span=place.span)


def _part(path: Pointer) -> Pointer:
    """The card that `path` lies in, or the section of the standard."""
    keys = path.keys
    part = ROOT / keys[0] if keys else ROOT
    return part / keys[1] if keys[:1] == ("professions",) and len(keys) > 1 else part


@rule("PA02", STYLE, Basis.PRACTICE, scope="reading")
def markup_left(document: Document) -> Iterator[Hit]:
    """The text carries no markup (HTML tags); one finding for each card or section."""
    counts: dict[Pointer, Counter[str]] = {}
    first: dict[Pointer, Span | None] = {}
    for item in observed(document, "markup"):
        counts.setdefault(_part(item.path), Counter()).update(item.arguments["tags"])
        first.setdefault(_part(item.path), item.span)
    for part, tags in counts.items():
        arguments = {"count": tags.total(), "tags": [tag for tag, _ in tags.most_common()]}
        yield Hit(part, arguments, span=first[part])


@rule("PA03", WARNING, Basis.PRACTICE, scope="reading")
def label_repeated(document: Document) -> Iterator[Hit]:
    """A label is printed once, with its value. Beside two values it is a part of RC03's."""
    contradicting = {item.path for item in observed(document, "recognition_contradiction")}
    for item in observed(document, "label_repeated"):
        if item.path not in contradicting:
            yield Hit(item.path, item.arguments, doubtful=True, span=item.span)


@rule("PA04", WARNING, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def value_without_label(document: Document) -> Iterator[Hit]:
    """A value stands after its label."""
    for item in observed(document, "value_without_label"):
        text = _excerpt(item.arguments["text"])
        case = item.arguments["case"]
        arguments = {**item.arguments, "case": case, "text": text}
        yield Hit(item.path, arguments, doubtful=True, span=item.span)


@rule("PA05", WARNING, Basis.PRACTICE, scope="reading")
def name_rejoined(document: Document) -> Iterator[Hit]:
    """A heading or a name stands in one row, unbroken; breaks are shown as « / ».

    Names of economic activities are long: where one merely goes on in the next line, that
    is style.
    """
    for item in observed(document, "name_rejoined"):
        parts = item.arguments["parts"]
        severity = STYLE if item.path.keys[:1] == ("economic_activities",) else None
        arguments = {"text": " / ".join(parts)}
        yield Hit(item.path, arguments, severity, doubtful=True, span=item.span)


@rule("PA06", ERROR, Basis.TEMPLATE, scope="reading")
def label_missing(document: Document) -> Iterator[Hit]:
    """Every label of the form is there; missing chapters and items are ST10's."""
    for item in observed(document, "missing_label"):
        if item.arguments.get("level") not in ("chapter", "item"):
            yield Hit(item.path, item.arguments, span=item.span)


@rule("PA07", WARNING, Basis.PRACTICE, scope="reading")
def text_out_of_sight(document: Document) -> Iterator[Hit]:
    """The source has a text layer, no hidden text, no tracked changes, no text in parts.

    The letters of its text are those that are seen. It holds one standard; that most of a
    file was not read is an error.
    """
    for item in observed(document, *_OUT_OF_SIGHT):
        arguments = {"case": item.kind, **item.arguments}
        if "text" in arguments:
            arguments["text"] = _excerpt(arguments["text"])
        severity = ERROR if item.kind == "several_standards" else None
        yield Hit(item.path, arguments, severity, span=item.span)


@rule("PA08", STYLE, Basis.TEMPLATE, scope="reading")
def label_misspelt(document: Document) -> Iterator[Hit]:
    """A label is worded as the form has it; one that is merely near was understood."""
    for item in observed(document, "label_misspelt"):
        yield Hit(item.path, item.arguments, span=item.span)
