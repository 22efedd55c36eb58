"""What a check can be told: which rules, how grave, at which stage, with which options."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from profstd.document import Severity
from profstd.validate.baseline import Entry
from profstd.validate.classifier import Classifier
from profstd.validate.waivers import Waiver

Stage: TypeAlias = Literal["draft", "review", "submission"]


class Settings(Struct, frozen=True, kw_only=True):
    """Settings of a check.

    `select` and `ignore` hold codes or their beginnings ("LK", "ST03"); an empty
    `select` means every rule; the longer match wins, and `ignore` on a tie. `severity`
    maps codes or their beginnings to a severity, `options` maps codes to their options.
    `classifiers` holds the official lists of codes by name, as far as files were named.
    `waivers` are those for the document, held against the day `today` (None: the clock's);
    `known` is what its baseline says of it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    stage: Stage = "review"
    severity: Mapping[str, Severity] = MappingProxyType({})
    options: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    classifiers: Mapping[str, Classifier] = MappingProxyType({})
    waivers: tuple[Waiver, ...] = ()
    known: tuple[Entry, ...] = ()
    today: date | None = None

    def wants(self, code: str) -> bool:
        """Whether the rule `code` is to run."""
        selected = _longest(code, self.select or ("",))
        return selected > _longest(code, self.ignore)

    def severity_of(self, code: str) -> Severity | None:
        """The severity that the settings give `code`, if any."""
        known = max((key for key in self.severity if code.startswith(key)), key=len, default=None)
        return None if known is None else self.severity[known]


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
