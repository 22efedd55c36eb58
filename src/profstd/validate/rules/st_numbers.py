"""ST: the numbers of items and of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from profstd.document import ROOT, Document, Pointer
from profstd.model import FunctionKind, Profession, Standard
from profstd.validate import walk
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule

_TECHNICAL = ROOT / "technical"


@rule("ST07", ERROR, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def numbers_not_consecutive(document: Document, *, first_card: int = 9) -> Iterator[Hit]:
    """The items of the document are numbered without gaps: cards, then chapter 4.

    Items 1 to 8 are those of chapters 1 and 2, so the first card is item 9. Items that
    were not found (ST10) may be missing from the numbers, too.
    """
    standard = document.model
    if not isinstance(standard, Standard):
        return
    printed = _item_numbers(standard)
    known = [number for _, number in printed if number is not None]
    if not known:
        return
    before, skipped = _items_not_found(document)
    last, gap = (
        (known[0] - 1, 1) if not standard.professions else (first_card - 1 - before, 1 + before)
    )
    for index, (path, number) in enumerate(printed):
        expected = last + gap
        previous = last if index else expected - 1
        arguments = {"previous": previous, "number": number, "expected": expected}
        if number is None:
            if any(item.item_number is not None for item in standard.professions):
                yield Hit(path, {"case": "none", **arguments}, doubtful=True)
            gap += 1
            continue
        if path.startswith(_TECHNICAL) and expected < number <= expected + skipped:
            skipped -= number - expected
        elif not last < number <= expected:
            yield Hit(path, {"case": "other", **arguments})
            following = printed[index + 1][1] if index + 1 < len(printed) else None
            # One misprinted number does not shift those after it.
            number = expected if following == expected + 1 else number
        last, gap = number, 1


def _items_not_found(document: Document) -> tuple[int, int]:
    """How many items of the form were not found before the cards, and how many after."""
    places = [
        item.path
        for item in document.observations
        if item.kind == "missing_label" and item.arguments.get("level") == "item"
    ]
    after = sum(path.startswith(_TECHNICAL) for path in places)
    return len(places) - after, after


def _item_numbers(standard: Standard) -> list[tuple[Pointer, int | None]]:
    cards = [
        (path / "item_number", profession.item_number)
        for path, profession in walk.professions(standard)
    ]
    chapter = enumerate(standard.technical.item_numbers)
    return cards + [(_TECHNICAL / "item_numbers" / index, number) for index, number in chapter]


@rule("ST11", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def list_numbers(standard: Standard) -> Iterator[Hit]:
    """Terms, abbreviations, item 8 and work functions are numbered 1, 2, 3 …, if at all.

    An entry without a number among numbered ones is passed over. The numbers of work
    functions are looked at where the list and the blocks have the same (else LS02, LS03).
    """
    for field in ("terms", "abbreviations", "profession_list"):
        numbers = _printed(getattr(standard, field))
        if not _in_order(numbers):
            yield Hit(ROOT / field, {"field": field, "numbers": _runs(numbers)})
    for path, profession in walk.professions(standard):
        yield from _function_numbers(path, profession)


def _function_numbers(path: Pointer, profession: Profession) -> Iterator[Hit]:
    """Additional work functions begin at 1 or go on from the mandatory ones."""
    kinds: tuple[FunctionKind, ...] = ("mandatory", "additional")
    before = 0
    for kind in kinds:
        listed = _printed(getattr(profession.listed_functions, kind))
        blocks = _printed([item for item in profession.functions if item.kind == kind])
        if not (listed and blocks) or sorted(listed) == sorted(blocks):
            places = ((path / "listed_functions" / kind, listed), (path / "functions", blocks))
            for place, numbers in places:
                if not (_in_order(numbers) or _in_order(numbers, before + 1)):
                    yield Hit(place, {"field": kind, "numbers": _runs(numbers)})
                    break
        before = len(listed or blocks)


def _printed(entries: Iterable[Any]) -> list[int]:
    return [item.number for item in entries if item.number is not None]


def _in_order(numbers: Sequence[int], first: int = 1) -> bool:
    return all(number == first + index for index, number in enumerate(numbers))


def _runs(numbers: Sequence[int]) -> list[str]:
    """The numbers with those that follow each other drawn together: 1–3, 5, 5–22."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
