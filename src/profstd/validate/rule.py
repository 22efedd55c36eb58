"""What a rule is: a function that yields hits, and the facts that the engine needs of it.

A rule does no I/O and changes nothing. Its scope says what it is given:

- ``standard``: one `Standard`;
- ``reading``: a `Document`, for rules about how the source reads (its model,
  observations and account; never blocks);
- ``pair``: two models, a registry page and the standard it belongs to or the Russian and
  the Kazakh version of a standard; a rule is silent about the kind that is not its own;
- ``waivers``: a `Ledger`, for rules about waivers and the baseline.

Keyword-only parameters of the function are the rule's options with their defaults. One
that is called ``classifiers`` is no option: it gets what `Settings.classifiers` holds, a
`Classifier` by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from msgspec import Struct

from profstd.document import Pointer, Severity, Span

_CLASSIFIERS = "classifiers"

ERROR, WARNING, STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE

Scope: TypeAlias = Literal["standard", "reading", "pair", "waivers"]


class Basis(StrEnum):
    """What a rule rests on; the locale's ``bases`` cite each in full."""

    LAW = "law"
    ORDER = "order"
    TEMPLATE = "template"
    OCCUPATIONS = "occupations"
    ACTIVITIES = "activities"
    FRAMEWORK = "framework"
    CONTRACT = "contract"
    PRACTICE = "practice"


class Hit(NamedTuple):
    """One thing that a rule found.

    `pending`: a draft may still lack it (stage "draft" makes it style). `doubtful`: the
    extraction may have caused it. `severity`: only where it differs from the rule's own.
    `span`: only where it stands elsewhere than `path` (rules of the scope "reading").
    `arguments` holds JSON values only; they fill the words of the locale.
    """

    path: Pointer
    arguments: Mapping[str, Any] = MappingProxyType({})
    severity: Severity | None = None
    pending: bool = False
    doubtful: bool = False
    span: Span | None = None


Check: TypeAlias = Callable[..., Iterable[Hit]]


class Rule(Struct, frozen=True):
    """A registered rule."""

    code: str
    severity: Severity
    basis: tuple[Basis, ...]
    scope: Scope
    check: Check
    options: dict[str, Any]
    takes_classifiers: bool = False

    @property
    def family(self) -> str:
        """The two letters of the code."""
        return self.code[:2]


_RULES: dict[str, Rule] = {}
_Function = TypeVar("_Function", bound=Check)


def rule(
    code: str, severity: Severity, *basis: Basis, scope: Scope = "standard"
) -> Callable[[_Function], _Function]:
    """Register the decorated function as the rule `code`; ValueError where it is taken."""

    def register(function: _Function) -> _Function:
        if code in _RULES:
            raise ValueError(f"rule code {code} is taken twice")
        options = dict(getattr(function, "__kwdefaults__", None) or {})
        takes = _CLASSIFIERS in options
        options.pop(_CLASSIFIERS, None)
        bases = basis or (Basis.PRACTICE,)
        _RULES[code] = Rule(code, severity, bases, scope, function, options, takes)
        return function

    return register


def registered() -> Iterator[Rule]:
    """The rules registered so far, by code; `profstd.validate.rules` registers them all."""
    return iter(sorted(_RULES.values(), key=lambda item: item.code))
