"""What there is to say about waivers and the baseline of a document, for rules to say it."""

from __future__ import annotations

from msgspec import Struct

from profstd.validate.baseline import Entry
from profstd.validate.comments import Muddled
from profstd.validate.waivers import Expired, Unused


class Ledger(Struct, frozen=True):
    """What waivers and the baseline come to.

    Findings that show again, codes that waive nothing, comments that cannot be followed,
    and entries whose findings are gone.
    """

    expired: tuple[Expired, ...] = ()
    unused: tuple[Unused, ...] = ()
    muddled: tuple[Muddled, ...] = ()
    gone: tuple[Entry, ...] = ()
