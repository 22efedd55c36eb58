"""Checking a document: schema and rules in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2s
from typing import Any

from msgspec import Struct

from profstd.document import ROOT, Document, Finding, Pointer, Severity
from profstd.model import RegistryPage, Standard
from profstd.validate.rule import Hit, Rule, Scope, registered
from profstd.validate.settings import Settings

__all__ = ["Settings", "all_rules", "check", "is_pair"]

# At the stage "submission" warnings of these families are errors.
_STRICT_FAMILIES = frozenset({"ST", "CD", "LV", "LK", "RC", "TD"})

# The schema's rules whose values the model cannot take: of a wrong type, in no list.
_UNTAKEN = frozenset({"SC02", "SC03"})


def all_rules() -> list[Rule]:
    """Every rule there is, by code."""
    import profstd.validate.rules  # noqa: F401  registers them

    return list(registered())


def check(
    document: Document, settings: Settings | None = None, *, against: Document | None = None
) -> list[Finding]:
    """All findings of `document`, in document order; the document is left as it is.

    `against` is a second document that belongs to the first (`is_pair`); the rules about
    both report places in `document`.
    """
    settings = settings or Settings()
    hits: list[tuple[Rule, Hit]] = []
    for rule in all_rules():
        if settings.wants(rule.code):
            options = {**rule.options, **settings.options.get(rule.code, {})}
            if rule.takes_classifiers:
                options["classifiers"] = settings.classifiers
            for subject in _subjects(rule.scope, document, against):
                hits += [(rule, hit) for hit in rule.check(*subject, **options)]
    return list(_findings(document, _without_echoes(hits), settings))


def _subjects(
    scope: Scope, document: Document, against: Document | None
) -> Iterator[tuple[Any, ...]]:
    if scope == "reading":
        yield (document,)
    elif scope == "standard":
        if isinstance(document.model, Standard):
            yield (document.model,)
    elif against is not None and is_pair(document, against):
        yield document.model, against.model


def is_pair(first: Document, second: Document) -> bool:
    """Whether two documents are there to be compared with each other.

    A registry page and a standard are, and two standards in different languages: versions
    of one.
    """
    kinds = {type(first.model), type(second.model)}
    if kinds == {Standard}:
        return first.model.language != second.model.language
    return kinds == {Standard, RegistryPage}


def _without_echoes(hits: list[tuple[Rule, Hit]]) -> Iterable[tuple[Rule, Hit]]:
    """Without what the schema says of a value that a rule has said already, and better.

    A value that the model could not take is the schema's alone: for the other rules
    nothing stands there.
    """
    said = {hit.path for rule, hit in hits if rule.family not in ("SC", "PA")}
    untaken = {hit.path for rule, hit in hits if rule.code in _UNTAKEN}
    echoes = {True: said - untaken, False: untaken}
    return ((rule, hit) for rule, hit in hits if hit.path not in echoes[rule.family == "SC"])


def _findings(
    document: Document, hits: Iterable[tuple[Rule, Hit]], settings: Settings
) -> list[Finding]:
    found: list[tuple[tuple[Any, ...], Finding]] = []
    seen: dict[str, int] = {}
    for rule, hit in hits:
        print_ = _fingerprint(document, rule.code, hit)
        seen[print_] = seen.get(print_, 0) + 1
        if seen[print_] > 1:
            print_ = f"{print_}-{seen[print_]}"
        finding = Finding(
            code=rule.code,
            severity=_severity(rule, hit, settings),
            path=str(hit.path),
            arguments=dict(hit.arguments),
            span=hit.span or document.locate(hit.path),
            fingerprint=print_,
            origin="extraction?" if hit.doubtful else None,
        )
        found.append(((_position(document, hit.path), rule.code), finding))
    return [finding for _, finding in sorted(found, key=lambda item: item[0])]


def _severity(rule: Rule, hit: Hit, settings: Settings) -> Severity:
    if (chosen := settings.severity_of(rule.code)) is not None:
        return chosen
    severity = hit.severity or rule.severity
    if settings.stage == "draft" and hit.pending:
        return Severity.STYLE
    if (
        settings.stage == "submission"
        and severity is Severity.WARNING
        and rule.family in _STRICT_FAMILIES
    ):
        return Severity.ERROR
    return severity


def _position(document: Document, path: Pointer) -> tuple[tuple[int, int], ...]:
    """A sort key that follows the model's order of fields and list items."""
    node: Any = document.model
    key: list[tuple[int, int]] = []
    for step in path.keys:
        if isinstance(step, int):
            key.append((1, step))
            node = node[step] if isinstance(node, tuple) and step < len(node) else None
        else:
            fields = node.__struct_fields__ if isinstance(node, Struct) else ()
            key.append((0, fields.index(step) if step in fields else len(fields)))
            node = getattr(node, step, None)
    return tuple(key)


def _fingerprint(document: Document, code: str, hit: Hit) -> str:
    """Made of the code, the names of what the place lies in, and the text there."""
    parts = [code]
    node: Any = document.model
    for step in hit.path.keys:
        try:
            node = (ROOT / step).resolve(node)
        except LookupError:
            node = None
        parts.append(_name(node) if isinstance(step, int) else str(step))
    if isinstance(node, (str, int)):
        parts.append(str(node))
    elif not hit.path:
        parts.append(str(hit.arguments.get("text", "")))
    return blake2s("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def _name(node: Any) -> str:
    """What a list item is called by its author: never its position."""
    if isinstance(node, Struct):
        for field in ("code", "name", "text", "term", "abbreviation", "heading", "number"):
            value = getattr(node, field, None)
            if value is not None:
                return str(value)
        return ""
    return str(node)
