"""What a check comes to: first what the rules found, then what of it counts."""

from __future__ import annotations

from msgspec import Struct

from profstd.document import Finding
from profstd.validate.comments import Comments


class Examined(Struct, frozen=True):
    """What the rules found in a document, in document order.

    `ran` are the codes of those that looked at it; `comments` are what its source says to
    profstd.
    """

    findings: tuple[Finding, ...] = ()
    ran: frozenset[str] = frozenset()
    comments: Comments = Comments()


class Settled(Struct, frozen=True):
    """The findings that count, those that a waiver is about, those that the baseline knows."""

    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()


NOTHING = Examined()
