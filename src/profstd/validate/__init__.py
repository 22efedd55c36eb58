"""Checking a document: schema and rules in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from profstd.document import Document, Finding, Pointer, Severity
from profstd.model import Model, RegistryPage, Standard
from profstd.validate.baseline import compare
from profstd.validate.comments import comments
from profstd.validate.examined import Examined, Settled
from profstd.validate.fingerprint import fingerprint
from profstd.validate.ledger import Ledger
from profstd.validate.rule import Hit, Rule, Scope, registered
from profstd.validate.settings import Settings
from profstd.validate.waivers import waive

__all__ = [
    "Settings",
    "about_waivers",
    "all_rules",
    "check",
    "examine",
    "is_pair",
    "settle",
]

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
    """All findings of `document` that count, in document order; it is left as it is.

    `against` is a second document that belongs to the first (`is_pair`); the rules about
    both report places in `document`.
    """
    examined = examine(document, settings, against=against)
    return list(settle(document, examined, settings).findings)


def examine(
    document: Document, settings: Settings | None = None, *, against: Document | None = None
) -> Examined:
    """What the rules find, whatever waivers and the baseline say of it."""
    settings = settings or Settings()
    hits: list[tuple[Rule, Hit]] = []
    ran: set[str] = set()
    for rule in _rules_that_look():
        if settings.wants(rule.code):
            options = {**rule.options, **settings.options.get(rule.code, {})}
            if rule.takes_classifiers:
                options["classifiers"] = settings.classifiers
            for subject in _subjects(rule.scope, document, against):
                if settings.classifiers or not rule.takes_classifiers:
                    ran.add(rule.code)
                hits += [(rule, hit) for hit in rule.check(*subject, **options)]
    found = _findings(document, _without_echoes(hits), settings)
    rules = {rule.code: rule.scope != "waivers" for rule in all_rules()}
    return Examined(tuple(found), frozenset(ran), comments(document, rules))


def settle(document: Document, examined: Examined, settings: Settings | None = None) -> Settled:
    """What of the findings counts, and what there is to say of waivers and the baseline.

    Of `document` only the model is needed.
    """
    settings = settings or Settings()
    said = examined.comments
    waived = waive(
        document,
        examined.findings,
        (*settings.waivers, *said.waivers),
        ran=examined.ran,
        silent=silent(examined),
        today=settings.today,
    )
    compared = compare(document, waived.kept, settings.known, silent=silent(examined))
    ledger = Ledger(waived.expired, waived.unused, said.muddled, compared.gone)
    findings = compared.new
    if ledger != Ledger():
        hits: list[tuple[Rule, Hit]] = []
        for rule in all_rules():
            if rule.scope == "waivers" and settings.wants(rule.code):
                hits += [(rule, hit) for hit in rule.check(ledger)]
        every = (*findings, *_findings(document, hits, settings))
        places = {item: _position(document, Pointer(item)) for item in {i.path for i in every}}
        findings = tuple(sorted(every, key=lambda item: places[item.path]))
    return Settled(findings, waived.waived, compared.known)


def silent(examined: Examined) -> frozenset[str]:
    """The codes of the rules that did not look at the document."""
    return frozenset(rule.code for rule in _rules_that_look()) - examined.ran


def about_waivers(code: str) -> bool:
    """Whether all rules whose code begins so are about waivers; there is no such code: no."""
    scopes = {rule.scope for rule in all_rules() if rule.code.startswith(code)}
    return scopes == {"waivers"}


def _rules_that_look() -> list[Rule]:
    """The rules that look at documents, and not at what is said of their findings."""
    return [rule for rule in all_rules() if rule.scope != "waivers"]


def _subjects(
    scope: Scope, document: Document, against: Document | None
) -> Iterator[tuple[Any, ...]]:
    if scope == "reading":
        yield (document,)
    elif scope == "standard":
        if isinstance(document.model, Standard):
            yield (document.model,)
    elif against is not None and is_pair(document.model, against.model):
        yield document.model, against.model


def is_pair(first: Model, second: Model) -> bool:
    """Whether two documents are there to be compared with each other.

    A registry page and a standard are, and two standards in different languages: versions
    of one.
    """
    kinds = {type(first), type(second)}
    if kinds == {Standard}:
        return first.language != second.language
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
        print_ = fingerprint(document, rule.code, hit.path, hit.arguments)
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
