"""WV: waivers, and the baseline of findings that are known."""

from __future__ import annotations

from collections.abc import Iterator

from profstd.document import ROOT, Pointer
from profstd.validate.ledger import Ledger
from profstd.validate.rule import STYLE, WARNING, Basis, Hit, rule
from profstd.validate.waivers import Waiver


@rule("WV01", WARNING, Basis.PRACTICE, scope="waivers")
def waiver_is_over(ledger: Ledger) -> Iterator[Hit]:
    """The last day of a waiver is over, and what it was about is still there."""
    for item in ledger.expired:
        waiver = item.waiver
        yield Hit(
            Pointer(item.finding.path),
            {
                "rule": item.finding.code,
                "until": waiver.until.isoformat() if waiver.until else None,
                "owner": waiver.owner,
                "reason": waiver.reason,
                "place": waiver.place,
            },
            span=item.finding.span,
        )


@rule("WV02", WARNING, Basis.PRACTICE, scope="waivers")
def waiver_waives_nothing(ledger: Ledger) -> Iterator[Hit]:
    """A waiver is about no finding, though its rule looked at the document."""
    for item in ledger.unused:
        waiver = item.waiver
        arguments = {"rule": item.code, "reason": waiver.reason, "place": waiver.place}
        case = "settings" if waiver.span is None else "comment"
        text = f"{item.code} {waiver.reason}"
        yield Hit(_path(waiver), {"case": case, "text": text, **arguments}, span=waiver.span)


@rule("WV03", WARNING, Basis.PRACTICE, scope="waivers")
def comment_that_cannot_be_followed(ledger: Ledger) -> Iterator[Hit]:
    """A comment for profstd that is no ``ignore[CODE]``, names no rule, or gives no reason."""
    for item in ledger.muddled:
        yield Hit(Pointer(item.path), {"case": item.case, "rule": item.code}, span=item.span)


@rule("WV04", STYLE, Basis.PRACTICE, scope="waivers")
def known_finding_is_gone(ledger: Ledger) -> Iterator[Hit]:
    """Findings that the baseline has are there no more: a hit a rule."""
    for code in sorted({entry.code for entry in ledger.gone}):
        texts = [entry.text for entry in ledger.gone if entry.code == code]
        first = next(filter(None, texts), "")
        case = "several" if len(texts) > 1 else "one" if first else "nameless"
        arguments = {"case": case, "rule": code, "count": len(texts), "first": first}
        yield Hit(ROOT, {**arguments, "text": code})


def _path(waiver: Waiver) -> Pointer:
    """What a comment is about; a waiver of the settings is about the whole document."""
    return Pointer(waiver.paths[0]) if waiver.span and waiver.paths else ROOT
